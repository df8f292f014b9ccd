"""What the keys of a relationship map stand for in the book."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.domain.account import AccountId
from csplanner.domain.map_ground import person_key, seat_key, seat_name, your_person
from csplanner.domain.map_model import YOU
from csplanner.domain.person import Person, Seat, Side
from csplanner.errors import UserError
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class End:
    """A person, or a seat that nobody holds: where a line ends and what stands on a map."""

    person: Person | None = None
    seat: Seat | None = None

    @property
    def key(self) -> str:
        """As the map calls it."""
        return person_key(self.person.id) if self.person else seat_key(self._vacant.id)

    @property
    def name(self) -> str:
        """Of the person, or what the seat is called."""
        return self.person.name if self.person else seat_name(self._vacant)

    @property
    def person_id(self) -> str | None:
        """For the column of that name."""
        return self.person.id if self.person else None

    @property
    def seat_id(self) -> str | None:
        """For the column of that name."""
        return None if self.person else self._vacant.id

    @property
    def is_ours(self) -> bool:
        """Whether it is one of our people."""
        return self.person is not None and self.person.side is Side.OURS

    @property
    def is_outsider(self) -> bool:
        """Whether it is neither one of ours nor one of theirs."""
        return self.person is not None and self.person.outside is not None

    @property
    def _vacant(self) -> Seat:
        if self.seat is None:
            raise ValueError("an end is a person or a seat")
        return self.seat


def end_of(book: "Book", account_id: str, key: str, *, make: bool = False) -> End:
    """What stands behind a key; UserError when it is no longer at the account.

    The key of a seat that was filled meanwhile leads to who holds it. Where you have no record at
    the account, yours is kept only with `make`, inside the open change.
    """
    if key == YOU:
        return End(_you(book, account_id, make=make))
    kind, _, row_id = key.partition(":")
    if kind == "s":
        seat = book.seats.get(row_id)
        _need_same(account_id, seat.account_id, seat_name(seat))
        return End(book.people.get(seat.person_id)) if seat.person_id else End(seat=seat)
    person = book.people.get(row_id)
    _need_same(account_id, person.account_id, person.name)
    return End(person)


def _need_same(account_id: str, found: str, name: str) -> None:
    if account_id != found:
        raise UserError(tr("{0} is at another account. Choose somebody of this one.").format(name))


def _you(book: "Book", account_id: str, *, make: bool) -> Person:
    """Your own record at the account, kept or as it would be."""
    name = book.settings.csm.strip()
    if not name:
        raise UserError(
            tr("The book does not know your name. Write it in the settings, then try again.")
        )
    found = your_person(book.people.of(account_id), name)
    if found is not None:
        return found
    made = Person(new_id(), AccountId(account_id), name, Side.OURS, function=tr("CSM"))
    return book.people.add(made) if make else made
