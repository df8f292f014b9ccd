"""The first rows that a finding of the check names, in words one can look up in the book."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.check import Finding
from csplanner.book.history_names import Names

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class Example:
    """A row by its name, with the account it belongs to; both texts empty where there is none."""

    words: str
    account: str
    account_id: str


def examples(book: "Book", finding: Finding, limit: int) -> list[Example]:
    """The first rows of a finding, at most `limit`."""
    names = Names(book.connection)
    found = []
    for place in finding.rows[:limit]:
        known = book.connection.execute(
            "select name from account where id = ?", (place.account_id,)
        ).fetchone()
        account = str(known[0]) if known else ""
        here = place.account_id if known else ""
        found.append(Example(names.of(place.table, place.id), account, here))
    return found
