"""What belongs to an account and goes with it when it is deleted, counted in words."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.history_words import table_word
from csplanner.book.journal import belonging

if TYPE_CHECKING:
    from csplanner.book.book import Book

_FIRST = (
    "person", "touch", "objective", "term", "opportunity", "support_case", "pulse", "note", "task",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Belongings:
    """The name of an account and what it holds: (count, words) of each kind that has any."""

    account_id: str
    name: str
    counts: tuple[tuple[int, str], ...]

    @property
    def rows(self) -> int:
        """How many records it holds."""
        return sum(count for count, _ in self.counts)


def belongings(book: "Book", account_id: str) -> Belongings:
    """What an account holds; raises UserError when there is no such account."""
    account = book.accounts.get(account_id)
    db = book.connection
    tables = sorted(belonging(db), key=lambda t: (_FIRST.index(t) if t in _FIRST else 99, t))
    counts = [
        (int(row[0]), table)
        for table in tables
        for row in db.execute(f"select count(*) from {table} where account_id = ?", (account_id,))
    ]
    return Belongings(
        account_id, account.name, tuple((n, table_word(t, n)) for n, t in counts if n)
    )
