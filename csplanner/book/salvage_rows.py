"""Filling a new book with the rows of a damaged one, and keeping apart what it cannot take."""

import json
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from csplanner.book import schema
from csplanner.book.connection import create_file
from csplanner.book.pages import Row, Value

DERIVED = frozenset({"overview", "search_text", "search_dirty", "derived_dirty", "search"})
"""Tables that are made anew from the others."""
_JOURNAL = ("change", "change_row")
_IS_ID = re.compile(r"[0-9a-f]{20}").fullmatch
_IS_DAY = re.compile(r"\d{4}-\d\d-\d\d").fullmatch
_IDS = ("_id", "reports_to", "same_as", "sponsor_of")
_DAYS = ("on", "_on", "as_of", "since", "until", "start", "end", "due", "_deadline")


@dataclass(slots=True)
class Kept:
    """A table of the new book: its shape, and what is known of its rows in the damaged one."""

    name: str
    columns: tuple[str, ...]
    numbered: bool
    """Whether its key is the row number."""
    narrow: int
    """Columns of its first shape: SQLite does not write added columns into rows that were there."""
    has_account: bool
    read: int = 0
    remade: int = 0
    merged: int = 0
    aside: int = 0
    present: int = 0
    gone: set[Value] = field(default_factory=set)
    """Keys known to have been in the damaged book and not in the new one."""
    unsure: bool = True
    """Whether more rows than those in `gone` may be lost: neither table nor index was whole."""
    broken: bool = True
    """Whether any page of the table itself could not be read."""


class LostAndFound:
    """What was read and could not be put in its place, one JSON object a line.

    The file is made when there is something to write.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.counts: Counter[str] = Counter()

    def put(self, table: str, row: dict[str, Value] | Sequence[Value], why: str) -> None:
        """Write one row down."""
        if not self.counts:
            create_file(self.path)
        self.counts[table] += 1
        document = {"table": table, "why": why, "row": row}
        with self.path.open("a", encoding="utf-8", errors="replace") as stream:
            stream.write(json.dumps(document, ensure_ascii=False, default=_hex) + "\n")


def _hex(value: object) -> str:
    return value.hex() if isinstance(value, bytes) else str(value)


class Loader:
    """Puts rows into the new book, each as it stood or not at all."""

    def __init__(self, db: sqlite3.Connection, found: LostAndFound) -> None:
        self.db = db
        self.found = found
        self.tables = _tables(db)

    def load(self, table: Kept, rows: Sequence[Row]) -> list[Row]:
        """Insert the rows of one page; returns those that the table does not take."""
        whole = [r for r in rows if r.is_whole and self._fits(table, r)]
        try:
            with self._all_or_nothing():
                for width in {len(r.values) for r in whole}:
                    same = [r for r in whole if len(r.values) == width]
                    self.db.executemany(self._insert(table, width), map(_cells(table), same))
            taken = set(map(id, whole))
            refused = [r for r in rows if id(r) not in taken]
        except sqlite3.Error:
            refused = [r for r in rows if not self._one(table, r)]
        table.read += len(rows) - len(refused)
        return refused

    def set_aside(self, table: Kept, rows: Iterable[Row], why: str) -> None:
        """Keep rows apart, once each, unless the very same is in the book already."""
        for row in rows:
            if not self._has(table, row):
                table.aside += 1
                if not table.numbered and isinstance(row.values[0], str):
                    table.gone.add(row.values[0])
                self.found.put(table.name, dict(zip(table.columns, row.values, strict=False)), why)

    def put(self, table: Kept, values: dict[str, Value]) -> bool:
        """Insert one row by its columns' names; whether the table took it."""
        known = {c: v for c, v in values.items() if c in table.columns}
        names = ", ".join(f'"{c}"' for c in known)
        marks = ", ".join("?" * len(known))
        try:
            self.db.execute(
                f"insert into {table.name} ({names}) values ({marks})", tuple(known.values())
            )
        except sqlite3.Error:
            return False
        return True

    def accepts(self, table: Kept, rows: Sequence[Row]) -> int:
        """How many of the rows the table would take; nothing is kept."""
        if not all(table.narrow <= len(r.values) <= len(table.columns) for r in rows):
            return 0
        with self._all_or_nothing(keep=False):
            return sum(self._fits(table, r) and self._one(table, r) for r in rows)

    @contextmanager
    def _all_or_nothing(self, *, keep: bool = True) -> Iterator[None]:
        self.db.execute("savepoint page")
        try:
            yield
            if not keep:
                self.db.execute("rollback to page")
        except BaseException:
            self.db.execute("rollback to page")
            raise
        finally:
            self.db.execute("release page")

    def _one(self, table: Kept, row: Row) -> bool:
        if not (row.is_whole and self._fits(table, row)):
            return False
        try:
            self.db.execute(self._insert(table, len(row.values)), _cells(table)(row))
        except sqlite3.Error:
            return False
        return True

    def _has(self, table: Kept, row: Row) -> bool:
        columns = table.columns[: len(row.values)]
        same = " and ".join(f'"{c}" is ?' for c in columns)
        values = [row.rowid, *row.values[1:]] if table.numbered else list(row.values)
        try:
            sql = f"select 1 from {table.name} where {same}"
            return self.db.execute(sql, values[: len(columns)]).fetchone() is not None
        except sqlite3.Error:
            return False

    def _fits(self, table: Kept, row: Row) -> bool:
        """Whether a row can be of the table by its key and width; SQLite looks at the rest."""
        if not table.narrow <= len(row.values) <= len(table.columns):
            return False
        key = row.values[0]
        return key is None and row.rowid > 0 if table.numbered else isinstance(key, str)

    def _insert(self, table: Kept, width: int) -> str:
        names = [f'"{c}"' for c in table.columns[:width]]
        names = names if table.numbered else ["rowid", *names]
        return (
            f"insert into {table.name} ({', '.join(names)}) values ({', '.join('?' * len(names))})"
        )

    def of_which(self, rows: Sequence[Row]) -> Kept | None:
        """The table that rows without an owner belong to, None when no one or several may be.

        Keys that an index knew and the table lacks decide; then what each table would take.
        """
        keys = {r.values[0] for r in rows}
        known = {name: len(t.gone.intersection(keys)) for name, t in self.tables.items()}
        best = max(known, key=lambda name: known[name])
        if known[best] and known[best] * 2 > len(rows):
            return self.tables[best]
        marks = [
            (taken, _likeness(t, rows[:50]), len(rows[0].values) == len(t.columns), t.name)
            for t in self.tables.values()
            if (taken := self.accepts(t, rows[:50])) * 2 > len(rows[:50])
        ]
        marks.sort(reverse=True)
        if not marks or (len(marks) > 1 and marks[0][:3] == marks[1][:3]):
            return None
        return self.tables[marks[0][3]]

    def is_derived(self, rows: Sequence[Row]) -> bool:
        """Whether rows that no table takes are of one that is made anew: numbered, or one value."""
        return all(r.values[0] is None or len(r.values) == 1 for r in rows)


def _likeness(table: Kept, rows: Sequence[Row]) -> int:
    """How many more cells than not look as the names of the table's columns say."""
    score = 0
    for place, column in enumerate(table.columns):
        cells = [r.values[place] for r in rows if place < len(r.values)]
        texts = [c for c in cells if isinstance(c, str) and c]
        ids, days = sum(map(bool, map(_IS_ID, texts))), sum(map(bool, map(_IS_DAY, texts)))
        if place == 0 or (column.endswith(_IDS) and column != "external_id"):
            score += 2 * ids - len(texts)
        elif column.endswith(_DAYS):
            score += 2 * days - len(texts)
        elif column == "tbl":
            score += 2 * sum(t in schema.JOURNALLED for t in texts) - len(texts)
        else:
            score -= ids + days
    return score


def _cells(table: Kept) -> "_Cells":
    return _Cells(table.numbered)


@dataclass(frozen=True, slots=True)
class _Cells:
    """Turns a row as it lies in the file into the values of the insert."""

    numbered: bool

    def __call__(self, row: Row) -> tuple[Value, ...]:
        return (row.rowid, *row.values[1:]) if self.numbered else (row.rowid, *row.values)


def _tables(db: sqlite3.Connection) -> dict[str, Kept]:
    """The tables of the new book that hold what cannot be made anew."""
    names = [
        name
        for (name,) in db.execute("select name from sqlite_master where type = 'table'")
        if not name.startswith(("sqlite_", "_sqlite_", "search_")) and name not in DERIVED
    ]
    first = _first_widths()
    made = {}
    for name in names:
        columns = tuple(r[1] for r in db.execute(f"pragma table_info({name})"))
        narrow = first.get(name, len(columns))
        made[name] = Kept(name, columns, name in _JOURNAL, narrow, "account_id" in columns)
    return made


@cache
def _first_widths() -> dict[str, int]:
    """How many columns each table had when it came to be."""
    memory = sqlite3.connect(":memory:")
    found: dict[str, int] = {}
    for statement in schema.statements(schema.SCHEMA_VERSION):
        words = statement.split(maxsplit=3)
        memory.execute(statement)
        if words[:2] == ["create", "table"]:
            name = words[2].partition("(")[0]
            found[name] = len(memory.execute(f"pragma table_info({name})").fetchall())
    memory.close()
    return found
