"""The staging file: a snapshot as it was read, before anything of it reaches the book.

A private SQLite file next to nothing of value: it is thrown away after the import.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Self

from csplanner.book.connection import connect, create_file
from csplanner.book.key import Key
from csplanner.book.rows import Cell
from csplanner.book.staging_shapes import SHAPES, Shape
from csplanner.domain.snapshot import Quarantined

_AT_ONCE = 50
"""Rows per insert statement: the quickest width measured."""


class Staging:
    """A staging file being written."""

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.connection = connection
        self.path = path

    @classmethod
    def create(cls, path: Path, key: Key | None = None) -> Self:
        """An empty staging file at `path` that only its owner can read; encrypted with the `key`
        of an encrypted book.
        """
        create_file(path)
        connection = connect(path, key=key, guarded=False)
        wide = () if key else ("page_size = 16384",)
        for pragma in (*wide, "journal_mode = off", "synchronous = off", "temp_store = 2"):
            connection.execute(f"pragma {pragma}")
        for shape in SHAPES.values():
            connection.execute(_table(shape))
        for statement in _BESIDE:
            connection.execute(statement)
        connection.execute("begin")
        return cls(connection, path)

    def add(self, shape: Shape, columns: Mapping[str, list[Cell]]) -> None:
        """Keep staged rows, given as equally long columns by name."""
        # What is the same in all rows (the file, often the currency) is bound once a statement.
        alike = {
            name: cells[0]
            for name, cells in columns.items()
            if name != "row" and cells and cells.count(cells[0]) == len(cells)
        }
        varied = [c for name, c in columns.items() if name not in alike]
        rows = list(zip(*varied, strict=True))
        shared = tuple(alike.values())
        names = ", ".join(f'"{c}"' for c in (*alike, *(c for c in columns if c not in alike)))
        marks = [f"?{at}" for at in range(1, len(shared) + 1)] + ["?"] * len(varied)
        one = f"({', '.join(marks)})"
        head = f"insert into {shape.staging} ({names}) values "
        whole = len(rows) // _AT_ONCE * _AT_ONCE
        self.connection.executemany(
            head + ", ".join([one] * _AT_ONCE),
            (
                (*shared, *chain.from_iterable(rows[at : at + _AT_ONCE]))
                for at in range(0, whole, _AT_ONCE)
            ),
        )
        self.connection.executemany(head + one, ((*shared, *row) for row in rows[whole:]))

    def quarantine(self, found: Iterable[Quarantined]) -> None:
        """Keep what could not be read."""
        self.connection.executemany(
            'insert into quarantine (file, "row", "column", value, reason) values (?, ?, ?, ?, ?)',
            ((q.file, q.row, q.column, q.value, q.reason) for q in found),
        )

    def note_ids(self, file: str, rows: Iterable[tuple[int, Cell]]) -> None:
        """Keep the CRM's own ids of rows that are added up, so that repeated ones are reported."""
        self.connection.executemany(
            'insert into row_id (file, "row", ext) values (?, ?, ?)',
            ((file, row, ext) for row, ext in rows if ext is not None),
        )

    def note(self, text: str) -> None:
        """Keep a sentence about the snapshot for the person who imports it."""
        self.connection.execute("insert into note (text) values (?)", (text,))

    def set_facts(self, **facts: object) -> None:
        """Keep facts about the snapshot under their names."""
        self.connection.executemany(
            "insert or replace into fact (name, value) values (?, ?)",
            ((name, json.dumps(value)) for name, value in facts.items()),
        )

    def close(self) -> None:
        """Write everything out and close the file."""
        if self.connection.in_transaction:
            self.connection.execute("commit")
        self.connection.close()


_BESIDE = (
    "create table fact (name text primary key, value text not null) strict",
    """create table quarantine (id integer primary key, file text not null, "row" integer not null,
    "column" text not null, value text not null, reason text not null,
    cells text not null default '') strict""",
    'create table row_id (file text not null, "row" integer not null, ext text not null) strict',
    "create table note (id integer primary key, text text not null) strict",
    """create table matched (object text not null, ext text not null, row_id text not null,
    how text not null) strict""",
)


def _table(shape: Shape) -> str:
    typed = ", ".join(f'"{c}"' for c in shape.staged_columns)
    link = ", account_id" if shape.object != "account" else ""
    return f"create table {shape.staging} (n integer primary key, {typed}{link}, moved)"
