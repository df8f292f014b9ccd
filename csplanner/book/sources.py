"""What a book can be made of again: a folder of CSV files, JSON, lines of JSON, a workbook.

Each reader gives the head and the tables one after the other, in pieces of bounded size: a file
from elsewhere may be anything.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from csplanner.book.audit import expected_parts
from csplanner.book.export_tables import FORMAT, FORMAT_VERSION, KEPT, Head
from csplanner.book.rows import Cell
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.errors import UserError

MAX_BYTES = 4 << 30
"""Larger files are refused."""

MAX_RECORD = 64 << 20
"""Characters one row may have; larger ones are refused."""

_SUFFIXES = (".json", ".jsonl", ".xlsx")
"""Exports that are one file."""

FIRST_FORMAT = (
    "setting", "snapshot", "account", "external_ref", "term", "person", "seat", "opportunity",
    "support_case", "subscription", "exit", "touch", "touch_person", "measurement", "pulse",
    "objective", "placement", "attention", "field_history", "quarantine", "saved_view", "reading",
    "change",
)  # fmt: skip
"""The tables of exports of format 1, which do not say themselves what belongs to them."""


@dataclass(frozen=True, slots=True)
class SourceTable:
    """A table as it is read; `rows` are as wide as `columns` and are to be read before the next
    table is asked for.
    """

    name: str
    columns: tuple[str, ...]
    rows: Iterator[Sequence[Cell]]


class Source(Protocol):
    """An export, open to be read once."""

    head: Head

    @property
    def blank_is_empty(self) -> bool:
        """Whether an empty cell may also stand for an empty text."""

    def tables(self) -> Iterator[SourceTable]:
        """The tables with their rows; the same table may come in several parts."""


def open_source(path: Path) -> AbstractContextManager[Source]:
    """The reader for what lies at `path`, told by its content and not by its name.

    Raises UserError when it is none of the formats, newer than this program, or too large.
    """
    if path.is_dir():
        from csplanner.book.source_csv import csv_source

        return _only_export(path) or csv_source(path)
    if not path.exists():
        raise UserError(f"There is no file {path.name}. Check the path.")
    if not path.is_file():
        raise UserError(f"{path.name} is neither a file nor a folder. Choose an export.")
    if path.stat().st_size > MAX_BYTES:
        raise UserError(f"{path.name} is larger than 4 GB, which no export of csplanner is.")
    with path.open("rb") as stream:
        start = stream.read(64)
    if start.startswith(b"PK"):
        from csplanner.book.source_xlsx import xlsx_source

        return xlsx_source(path)
    if start.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        from csplanner.book.source_json import json_source

        return json_source(path)
    if start.startswith(b"SQLite format 3\0"):
        raise UserError(
            f"{path.name} is a database, not an export. Open it, or restore it if it is a backup."
        )
    raise no_export(path.name)


def _only_export(folder: Path) -> AbstractContextManager[Source] | None:
    """The one export in a folder without CSV files, such as `export --format json` fills."""
    files = [p for p in folder.iterdir() if not p.name.startswith(".")]
    found = [p for p in files if p.suffix.casefold() in _SUFFIXES and p.is_file()]
    if len(found) != 1 or any(p.suffix.casefold() == ".csv" for p in files):
        return None
    return open_source(found[0])


def no_export(name: str) -> UserError:
    """What to say of a file csplanner has not exported."""
    return UserError(
        f"{name} is no export of csplanner. Choose a folder of its CSV files, its JSON, JSONL or "
        "XLSX; what a CRM exported is imported into a book."
    )


def damaged(name: str) -> UserError:
    """What to say of an export that is cut off or altered."""
    return UserError(f"{name} is not complete or was altered. Export the book again.")


def head_of(found: Mapping[str, Any], name: str) -> Head:
    """The head that an export's own words make; raises UserError when it is none of ours, newer
    than this program, or nonsense.
    """
    if found.get("format") != FORMAT:
        raise no_export(name)
    version, schema = (_count(found.get(k, 1), name) for k in ("version", "schema"))
    if version > FORMAT_VERSION or schema > SCHEMA_VERSION:
        raise UserError(
            f"{name} was written by a newer csplanner (format {version}, book version {schema}; "
            f"this program knows {FORMAT_VERSION} and {SCHEMA_VERSION}). Update csplanner."
        )
    if version > 1 and ("schema" not in found or schema < 1):
        raise damaged(name)
    rows = found.get("rows", {})
    if not isinstance(rows, Mapping):
        raise damaged(name)
    missing = sorted(set(_tables_of(schema)) - set(rows)) if version > 1 else []
    if missing:
        # A table that is not told of could be left out without anybody noticing.
        raise UserError(
            f"{name} is not complete or was altered: its contents do not tell of the table "
            f"{missing[0]}{f' and {len(missing) - 1} more' if missing[1:] else ''}. Export the "
            "book again."
        )
    counts = {str(table): _count(count, name) for table, count in rows.items()}
    as_of, book, app = (str(found.get(k, ""))[:200] for k in ("as_of", "book", "app"))
    return Head(version, as_of, book, schema, app, counts)


@cache
def _tables_of(schema: int) -> tuple[str, ...]:
    """The tables that every export of a book of that schema tells of."""
    there = {part.name for part in expected_parts(schema) if part.kind == "table"}
    return tuple(name for name in KEPT if name in there)


def _count(value: object, name: str) -> int:
    if isinstance(value, str) and value.isdecimal() and len(value) < 16:
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**53:
        return value
    raise damaged(name)


def in_step(
    columns: tuple[str, ...], rows: Iterator[Sequence[Cell]], table: str
) -> Iterator[Sequence[Cell]]:
    """The rows, each as wide as `columns`; raises UserError for the first that is not."""
    width = len(columns)
    for number, row in enumerate(rows, 1):
        if len(row) != width:
            raise UserError(
                f"Row {number:,} of the table {table} has {len(row):,} cells and {width:,} "
                "columns. Export the book again."
            )
        yield row


REFUSALS = (sqlite3.Error, OverflowError, UnicodeEncodeError)
"""What SQLite's driver raises for a cell that no column can hold."""
