"""What an account holds that could stand with another account: for splitting, record by record."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.history_words import table_word

if TYPE_CHECKING:
    from csplanner.book.book import Book

REFS = "external_ref"
"""The part that lists what other systems call the account."""
_MOST = 2_000
_TITLES = {
    REFS: "external_id || ' (' || source || ')'",
    "person": "name || iif(title = '', '', ', ' || title)",
    "opportunity": "name || coalesce(', ' || close_on, '')",
    "support_case": "trim(number || ' ' || subject) || coalesce(', ' || opened_on, '')",
    "term": "coalesce(start || ' – ', '') || \"end\"",
    "subscription": "product || coalesce(', ' || \"end\", '')",
    "touch": "\"on\" || ' ' || coalesce(nullif(topic, ''), channel)",
    "objective": "title",
    "promise": "what",
    "task": "title || coalesce(', ' || due, '')",
    "note": "\"on\" || ' ' || substr(text, 1, 80)",
    "exit": "\"on\" || ' ' || outcome",
}
_ORDER = {
    "touch": '"on" desc, rowid desc', "note": '"on" desc, rowid desc',
    "support_case": "opened_on desc, rowid desc", "term": '"end" desc', "person": "name, id",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """The records of one table: their words, and each record's id and title."""

    table: str
    words: str
    rows: tuple[tuple[str, str], ...]


def parts_of(book: "Book", account_id: str) -> tuple[Part, ...]:
    """The records of an account that can go to another one, the newest 2,000 of each kind."""
    found = []
    for table, title in _TITLES.items():
        where = "tbl = 'account' and row_id = ?" if table == REFS else "account_id = ?"
        rows = book.connection.execute(
            f"select id, {title} from {table} where {where} "
            f"order by {_ORDER.get(table, 'rowid')} limit {_MOST}",
            (account_id,),
        ).fetchall()
        if rows:
            words = table_word(table, 2)
            found.append(Part(table, words, tuple((i, str(t)) for i, t in rows)))
    return tuple(found)
