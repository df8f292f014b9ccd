"""The search index: folded text of accounts, people, touches, notes and more in FTS5."""

from typing import TYPE_CHECKING, NamedTuple

from csplanner.book.accounts import fold
from csplanner.book.search_find import Finder, Found, Wanted
from csplanner.domain.likeness import initials

if TYPE_CHECKING:
    import sqlite3

    from csplanner.book.book import Book, Changed


class Source(NamedTuple):
    """What of a table is found, in SQL: what is shown of a row, its text, and which rows."""

    account: str
    title: str
    detail: str
    text: str
    found: str = "true"


_OF_NOTHING = ""
"""Stands for the account of what belongs to none."""
SOURCES: dict[str, Source] = {
    "account": Source(
        "id", "name", "sector",
        "name || ' ' || initials(name) || ' ' || sector || ' ' || city || ' ' || domain",
        "archived = 0",
    ),
    "person": Source(
        "account_id", "name", "title",
        "name || ' ' || initials(name) || ' ' || title || ' ' || email",
    ),
    "touch": Source(
        "account_id", "topic", '"on"', "topic || ' ' || note", "topic <> '' or note <> ''"
    ),
    "objective": Source("account_id", "title", "owner", "title"),
    "opportunity": Source("account_id", "name", "stage", "name || ' ' || next_step"),
    "support_case": Source("account_id", "subject", "status", "number || ' ' || subject"),
    "note": Source("account_id", "substr(text, 1, 120)", '"on"', "text"),
    "task": Source(
        f"coalesce(account_id, '{_OF_NOTHING}')", "title", "coalesce(due, '')",
        "title || ' ' || note",
    ),
    "tag": Source("account_id", "word", "''", "word"),
}  # fmt: skip
"""Per table what is found of it."""
_BATCHED = frozenset({"account", "person", "touch", "opportunity", "support_case"})
_AT_ONCE = 2_000
"""Accounts indexed within the change that touched them; of more, `catch_up` does it."""


class Search:
    """Finds by prefix of any word, accents and strokes folded."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._finder = Finder()

    def refresh(self, changed: "Changed", batch: str | None = None) -> None:
        """Index anew what the open change touched: in its tables, its accounts and its import.

        Of a large change that is only noted, in the same transaction, for `catch_up`.
        """
        db = self._book.connection
        note = "insert or ignore into search_dirty select"
        for kind in sorted(changed.tables & SOURCES.keys()):
            db.execute(f"{note} ?, account_id from temp.touched", (kind,))
            if kind == "task":
                db.execute(f"{note} ?, ?", (kind, _OF_NOTHING))
            if batch is not None and kind in _BATCHED:
                account = "id" if kind == "account" else "account_id"
                db.execute(f"{note} ?, {account} from {kind} where snapshot_id = ?", (kind, batch))
        most = db.execute("select 1 from search_dirty limit 1 offset ?", (_AT_ONCE,))
        if most.fetchone() is None:
            _index(db)

    @property
    def is_behind(self) -> bool:
        """Whether a change was too large to be indexed with it."""
        found = self._book.connection.execute("select exists (select 1 from search_dirty)")
        return bool(found.fetchone()[0])

    def catch_up(self) -> None:
        """Index what large changes left, in a transaction of its own."""
        if self._book.read_only or not self.is_behind:
            return
        db = self._book.connection
        usual = db.execute("pragma main.cache_size").fetchone()[0]
        # Records are read in the order of their ids, which is none of the file's pages.
        db.execute("pragma main.cache_size = -65536")
        db.execute("begin immediate")
        try:
            _index(db)
            db.execute("commit")
        except BaseException as error:
            # A full or failing disk makes SQLite take it back by itself.
            try:
                if db.in_transaction:
                    db.execute("rollback")
            finally:
                self._book.doubt_file(error)
            raise
        finally:
            db.execute(f"pragma main.cache_size = {usual}")

    def doubt_all(self) -> None:
        """Have every record indexed anew by the next refresh, in the open transaction."""
        doubt_all(self._book.connection)

    def find(self, wanted: Wanted) -> list[Found]:
        """The hits for what is wanted, those of each kind together, best first."""
        return self._finder.find(self._book.connection, wanted, is_behind=self.is_behind)

    def inside(self, text: str, limit: int) -> list[Found]:
        """Up to `limit` records that hold the text anywhere, also within words; looks at each."""
        return self._finder.inside(self._book.connection, fold(text), limit)


def rebuild(db: "sqlite3.Connection") -> None:
    """Index every record anew inside an open transaction: nothing of what is gone stays in it."""
    doubt_all(db)
    _index(db)
    # Deleted rows leave their words in the segments of the index until those are written anew.
    db.execute("insert into search (search) values ('rebuild')")


def doubt_all(db: "sqlite3.Connection") -> None:
    """Empty the index and note every record to be indexed, inside an open transaction."""
    db.execute("delete from search")
    db.execute("delete from search_text")
    note_all(db)


def note_all(db: "sqlite3.Connection") -> None:
    """Note every record to be indexed, inside an open transaction."""
    found = db.execute("select name from sqlite_master where type = 'table'")
    there = {name for (name,) in found}  # A backup of an older schema lacks some.
    note = "insert or ignore into search_dirty select ?,"
    for kind in sorted(SOURCES.keys() & there):
        db.execute(f"{note} id from account", (kind,))
        if kind == "task":
            db.execute(f"{note} ?", (kind, _OF_NOTHING))


def _index(db: "sqlite3.Connection") -> None:
    """Index the noted records anew."""
    for (kind,) in db.execute("select distinct kind from search_dirty order by 1").fetchall():
        noted = f"(select account_id from search_dirty where kind = '{kind}')"
        gone = f"kind = '{kind}' and account_id in {noted}"
        db.execute(f"delete from search where rowid in (select id from search_text where {gone})")
        db.execute(f"delete from search_text where {gone}")
        _add(db, kind, noted)
    db.execute("delete from search_dirty")


def _add(db: "sqlite3.Connection", kind: str, accounts: str) -> None:
    db.create_function("fold", 1, fold, deterministic=True)
    db.create_function("initials", 1, initials, deterministic=True)
    source = SOURCES[kind]
    shown = f"{source.account}, {source.title}, {source.detail}"
    last = db.execute("select coalesce(max(id), 0) from search_text").fetchone()[0]
    db.execute(
        "insert into search_text (kind, row_id, account_id, title, detail) "
        f"select '{kind}', id, {shown} from {kind} where ({source.found}) "
        f"and {source.account} in {accounts}"
    )
    db.execute(
        f"insert into search (rowid, folded) select t.id, fold(r.text) from search_text t "
        f"join (select id, {source.text} as text from {kind}) r on r.id = t.row_id where t.id > ?",
        (last,),
    )
