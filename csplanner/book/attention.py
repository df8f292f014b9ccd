"""What was done, snoozed or dismissed in Today, until its evidence changes."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.ids import derived_id
from csplanner.domain.account import AccountId
from csplanner.domain.attention import Attention, Verdict

if TYPE_CHECKING:
    from csplanner.book.book import Book

_COLUMNS = 'account_id, signal, verdict, until, digest, reason, "on"'


class Attentions:
    """The verdicts of a book."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def set(self, attention: Attention, label: str) -> None:
        """Keep a verdict, dated by the book’s day where it has none, in place of an earlier one."""
        kept = attention if attention.on else replace(attention, on=self._book.as_of())
        key = derived_id("attention", kept.account_id, kept.signal_kind)
        until = kept.until.isoformat() if kept.until else None
        on = kept.on.isoformat() if kept.on else ""
        row = (kept.account_id, kept.signal_kind, kept.verdict.value, until, kept.digest,
               kept.reason, on)  # fmt: skip
        with self._book.change(label):
            updated = self._book.connection.execute(
                "update attention set account_id = ?, signal = ?, verdict = ?, until = ?, "
                'digest = ?, reason = ?, "on" = ? where id = ?',
                (*row, key),
            )
            if updated.rowcount == 0:
                self._book.connection.execute(
                    f"insert into attention ({_COLUMNS}, id) values (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, key),
                )

    def all(self) -> list[Attention]:
        """Every verdict in the book."""
        rows = self._book.connection.execute(f"select {_COLUMNS} from attention")
        return [
            Attention(
                AccountId(account), signal, Verdict(verdict), digest, date.fromisoformat(on),
                date.fromisoformat(until) if until else None, reason,
            )
            for account, signal, verdict, until, digest, reason, on in rows
        ]  # fmt: skip
