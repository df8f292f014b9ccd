"""What the columns of a staged file turned out to hold: who lacks a value, who is known already."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from csplanner.book.connection import connect
from csplanner.book.staging_shapes import SHAPES


@dataclass(frozen=True, slots=True)
class ColumnFact:
    """What a column holds once its file is read."""

    lacks: str = ""
    """The account whose cell is empty, when it is the only one."""
    known: int = 0
    """How many of its people the book knows already."""
    different: int = 0
    """How many different values of a list came out of it."""


Place = tuple[str, str, str]
"""A file, the kind of record a column goes to, and the field."""


def column_facts(
    path: Path, wanted: Mapping[Place, str], accounts: Sequence[str] = ()
) -> dict[Place, ColumnFact]:
    """The facts of columns of a staging file: `lacks`, `known` or `different` as `wanted` says.

    `accounts` are the files whose rows are accounts: only those name who lacks a value.
    """
    found = {}
    db = connect(path, guarded=False)
    try:
        for (file, object_, field), what in wanted.items():
            place = (file, object_, field)
            if what == "lacks" and file in accounts:
                found[place] = ColumnFact(lacks=_lacks(db, place))
            elif what == "known":
                found[place] = ColumnFact(known=_known(db, file))
            elif what == "different" and _has(object_, field):
                shape = SHAPES[object_]
                sql = f'select count(distinct "{field}") from {shape.staging} where file = ?'
                found[place] = ColumnFact(different=int(db.execute(sql, (file,)).fetchone()[0]))
    finally:
        db.close()
    return found


def _has(object_: str, field: str) -> bool:
    return object_ in SHAPES and field in {c.name for c in SHAPES[object_].columns}


def _lacks(db: sqlite3.Connection, place: Place) -> str:
    """The name of the one account of a file without a value in a field; empty otherwise."""
    file, object_, field = place
    if object_ == "measurement":
        empty = (
            "not exists (select 1 from s_measurement m where m.account_id = s.id "
            "and m.file = s.file and m.measure = :field)"
        )
    elif object_ == "account" and _has(object_, field):
        empty = f"coalesce(s.\"{field}\", '') = ''"
    else:
        return ""
    rows = db.execute(
        f"select s.name from s_account s where s.file = :file and {empty} limit 2",
        {"file": file, "field": field},
    ).fetchall()
    return str(rows[0][0] or "") if len(rows) == 1 else ""


def _known(db: sqlite3.Connection, file: str) -> int:
    return int(
        db.execute(
            "select count(*) from s_person s where s.file = ? "
            "and s.id in (select id from k_person)",
            (file,),
        ).fetchone()[0]
    )
