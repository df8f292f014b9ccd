"""The search index: folded text of accounts, people, touches and objectives in FTS5."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.book.accounts import fold

if TYPE_CHECKING:
    from csplanner.book.book import Book, Changed

_SOURCES: dict[str, str] = {
    "account": "select id, id, name, sector, name || ' ' || sector || ' ' || city || ' ' || domain "
    "from account where archived = 0",
    "person": "select p.id, p.account_id, p.name, p.title, "
    "p.name || ' ' || p.title || ' ' || p.email from person p",
    "touch": "select t.id, t.account_id, t.topic, t.\"on\", t.topic || ' ' || t.note from touch t "
    "where (t.topic <> '' or t.note <> '')",
    "objective": "select o.id, o.account_id, o.title, o.owner, o.title from objective o",
}
_BATCHED = frozenset({"account", "person", "touch"})
_MANY = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """One hit: what it is (`account`, `person`, `touch`, `objective`) and where it leads."""

    kind: str
    id: str
    account_id: str
    title: str
    detail: str


class Search:
    """Finds by prefix of any word, accents and strokes folded."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def refresh(self, changed: "Changed", batch: str | None = None) -> None:
        """Index anew what the open change touched: in its tables, its accounts and its import."""
        db = self._book.connection
        touched = "select account_id from temp.touched"
        for kind in sorted(changed.tables & _SOURCES.keys()):
            gone = f"kind = '{kind}' and account_id in ({touched})"
            db.execute(
                f"delete from search where rowid in (select id from search_text where {gone})"
            )
            db.execute(f"delete from search_text where {gone}")
            account = "id" if kind == "account" else "account_id"
            only, values = f"{account} in ({touched})", list[str]()
            if batch is not None and kind in _BATCHED:
                only, values = f"({only} or snapshot_id = ?)", [batch]
            joint = "and" if "where" in _SOURCES[kind] else "where"
            self._add(kind, db.execute(f"{_SOURCES[kind]} {joint} {only}", values).fetchall())

    def _add(self, kind: str, rows: list[tuple[str, ...]]) -> None:
        db = self._book.connection
        first = db.execute("select coalesce(max(id), 0) + 1 from search_text").fetchone()[0]
        db.executemany(
            "insert into search_text (id, kind, row_id, account_id, title, detail) "
            "values (?, ?, ?, ?, ?, ?)",
            ((n, kind, *row[:4]) for n, row in enumerate(rows, first)),
        )
        db.executemany(
            "insert into search (rowid, folded) values (?, ?)",
            ((n, fold(row[4])) for n, row in enumerate(rows, first)),
        )

    def find(self, text: str, limit: int) -> list[Found]:
        """Up to `limit` hits, accounts first, ranked only within a bounded set of candidates."""
        words = [w for w in _words(fold(text)) if w]
        if not words:
            return []
        query = " ".join(f'"{w}"*' for w in words)
        rows = self._book.connection.execute(
            "select kind, row_id, account_id, title, detail from search_text where id in ("
            "select rowid from search where search match ? limit ?) order by case kind "
            "when 'account' then 0 when 'person' then 1 when 'objective' then 2 else 3 end, "
            "length(title), title limit ?",
            (query, _MANY, limit),
        )
        return [Found(*row) for row in rows]


def _words(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in text).split()
