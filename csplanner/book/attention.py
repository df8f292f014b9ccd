"""What was done, snoozed or dismissed in Today, until its evidence changes."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.ids import derived_id

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class Verdict:
    """What you said about a signal; it holds while the evidence keeps the same digest."""

    account_id: str
    signal: str
    verdict: str
    """done, snoozed or dismissed."""
    until: date | None
    digest: str
    reason: str = ""


class Attentions:
    """The verdicts of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def set(self, verdict: Verdict, label: str) -> None:
        """Keep a verdict; a later one on the same signal takes its place."""
        until = verdict.until.isoformat() if verdict.until else None
        row = (verdict.account_id, verdict.signal, verdict.verdict, until, verdict.digest,
               verdict.reason, self._book.today.isoformat())  # fmt: skip
        key = derived_id("attention", verdict.account_id, verdict.signal)
        with self._book.change(label):
            updated = self._book.connection.execute(
                "update attention set account_id = ?, signal = ?, verdict = ?, until = ?, "
                "digest = ?, reason = ?, at = ? where id = ?",
                (*row, key),
            )
            if updated.rowcount == 0:
                self._book.connection.execute(
                    "insert into attention (account_id, signal, verdict, until, digest, reason, "
                    "at, id) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, key),
                )

    def all(self) -> list[Verdict]:
        """Every verdict in the book."""
        return [
            Verdict(a, s, v, date.fromisoformat(u) if u else None, d, r)
            for a, s, v, u, d, r in self._book.connection.execute(
                "select account_id, signal, verdict, until, digest, reason from attention"
            )
        ]
