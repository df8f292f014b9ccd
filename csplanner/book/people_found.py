"""Finding the person that is meant by a name, an e-mail or an id."""

from typing import TYPE_CHECKING

from csplanner.book.accounts import fold
from csplanner.domain.person import Person
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book

_LISTED = 8


def only_person(book: "Book", text: str, account: str = "", *, whole: bool = False) -> Person:
    """The one person meant by `text` (id, e-mail, name, part of a name unless it must be `whole`),
    in one account when named.

    Raises UserError when nobody or several are meant; it lists who, with their ids.
    """
    within = book.accounts.only(account).id if account else None
    wanted = fold(text)
    people = [p for p in _all(book) if within is None or p.account_id == within]
    found = (
        [p for p in people if p.id == text]
        or [p for p in people if wanted and wanted in (fold(p.name), fold(p.email))]
        or [p for p in people if wanted and wanted in fold(p.name)]
    )
    if not found:
        raise UserError(f"Nobody is called “{text}”. See the people with csplanner account.")
    if len(found) > 1:
        listed = "; ".join(f"{p.name} at {_at(book, p)} ({p.id})" for p in found[:_LISTED])
        more = f"; and {len(found) - _LISTED} more" if len(found) > _LISTED else ""
        raise UserError(
            f"“{text}” could be {len(found)} people: {listed}{more}. Give the id of one."
        )
    is_named = text == found[0].id or wanted in (fold(found[0].name), fold(found[0].email))
    if whole and not is_named:
        raise UserError(
            f"“{text}” is a part of the name {found[0].name} only, and erasing cannot be undone. "
            "Nothing was erased. Give the whole name, the e-mail or the id."
        )
    return found[0]


def _all(book: "Book") -> list[Person]:
    return [person for people in book.people.grouped().values() for person in people]


def _at(book: "Book", person: Person) -> str:
    return book.accounts.get(person.account_id).name
