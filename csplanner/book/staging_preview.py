"""The first records a file of a staged snapshot brings, with the values that tell most."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from csplanner.book.connection import connect
from csplanner.book.staging_shapes import SHAPES, Column, Shape

_MOST_COLUMNS = 6


@dataclass(frozen=True, slots=True)
class Shown:
    """A column of a preview: its name for people and the kind of its values."""

    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class FirstRows:
    """The first records of one kind from a file, as texts, and how many there are of them."""

    object: str
    columns: tuple[Shown, ...]
    rows: tuple[tuple[str | None, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class _Part:
    label: str
    kind: str
    sql: str


def first_rows(path: Path, files: Sequence[str], limit: int = 5) -> dict[str, list[FirstRows]]:
    """By file, per kind of record that comes out of it, its first rows in the file's order."""
    with _opened(path) as db:
        return {file: _of_file(db, file, limit) for file in files}


def account_ids(db: sqlite3.Connection) -> frozenset[str]:
    """The ids of the accounts a staged snapshot holds, as the book knows them."""
    return frozenset(row_id for (row_id,) in db.execute("select id from s_account"))


@contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    db = connect(path, guarded=False)
    try:
        yield db
    finally:
        db.close()


def _of_file(db: sqlite3.Connection, file: str, limit: int) -> list[FirstRows]:
    found = []
    for shape in SHAPES.values():
        where = f"from {shape.staging} s where s.file = ?"
        total = int(db.execute(f"select count(*) {where}", (file,)).fetchone()[0])
        if total:
            parts = _telling(db, shape, file)
            sql = f"select {', '.join(p.sql for p in parts)} {where} order by s.n limit ?"
            rows = tuple(tuple(row) for row in db.execute(sql, (file, limit)))
            shown = tuple(Shown(p.label, p.kind) for p in parts)
            found.append(FirstRows(shape.object, shown, rows, total))
    return found


def _telling(db: sqlite3.Connection, shape: Shape, file: str) -> Sequence[_Part]:
    """The record's name, then the columns that are filled, those that matter most first."""
    names = _names(shape)
    columns = [
        c
        for c in shape.columns
        if c.kind not in _DULL and shape.title != f"s.{c.name}" and c.name != "measure"
    ]
    if not columns:
        return names
    counts = ", ".join(f"count(nullif(s.\"{c.name}\", ''))" for c in columns)
    sql = f"select {counts} from {shape.staging} s where s.file = ?"
    filled = db.execute(sql, (file,)).fetchone()
    there = [c for c, count in zip(columns, filled, strict=True) if count]
    best = sorted(there, key=_place)[:_MOST_COLUMNS]
    return [*names, *(_Part(c.label, _kind(shape, c), c.shown("s")) for c in best)]


def _names(shape: Shape) -> list[_Part]:
    """What names a record: of those without a name of their own, the account they belong to."""
    account = _Part(
        "Account", "text", "(select a.name from s_account a where a.id = s.account_id limit 1)"
    )
    if shape.object == "term":
        return [account]
    own = _Part(shape.one[:1].upper() + shape.one[1:], "text", f"({shape.title})")
    if shape.object == "measurement":
        return [account, _Part(own.label, "measure", own.sql)]
    return [own]


_DULL = ("person", "flag")
_FIRST = ("end", "arr", "amount", "close_on", "measure", "value", "email", "role", "priority", "on",
          "seats", "title", "stage", "status")  # fmt: skip


def _place(column: Column) -> int:
    return _FIRST.index(column.name) if column.name in _FIRST else len(_FIRST)


def _kind(shape: Shape, column: Column) -> str:
    if column.kind == "money":
        return "money"
    if column.name in _DAYS:
        return "date"
    return "thousandths" if (shape.object, column.name) == ("measurement", "value") else "text"


_DAYS = frozenset(
    ("start", "end", "close_on", "first_close_on", "notice_deadline", "customer_since", "as_of",
     "first_value_on", "opened_on", "closed_on", "left_on", "last_activity_on", "on")
)  # fmt: skip
