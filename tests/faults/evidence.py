"""What a book holds, as values two moments can be compared by."""

from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.schema import JOURNALLED
from tests.faults.operations import TODAY

# Written by the clock, so that they differ between two runs of the same operation.
_CLOCKED = {"imported_at", "at"}
PATIENCE = 2.0
"""Seconds a book may take to open after a fault."""


def content(book: Book) -> str:
    """A digest of every record and every change, but for the times they were written at."""
    return _digest(book.connection, JOURNALLED, _CLOCKED)


def everything(connection: Any) -> str:
    """A digest of every record, every change and every image in the journal, times included."""
    return _digest(connection, (*JOURNALLED, "change", "change_row"), set())


def _digest(connection: Any, tables: tuple[str, ...], left_out: set[str]) -> str:
    digest = sha256()
    for table in tables:
        found = connection.execute(f"pragma table_info({table})").fetchall()
        columns = ", ".join(f'"{row[1]}"' for row in found if row[1] not in left_out)
        digest.update(table.encode())
        # Unknown tables of an older schema are simply not there yet.
        if columns:
            rows = connection.execute(f"select {columns} from {table} order by id").fetchall()
            digest.update(repr(rows).encode())
    return digest.hexdigest()


def open_again(path: Path) -> tuple[Book, list[str]]:
    """The book after a fault, and what is wrong with it; raises UserError when it cannot open."""
    began = perf_counter()
    book = Book.open(path, today=TODAY)
    took = perf_counter() - began
    wrong = [f"{finding.count} {finding.words}" for finding in check(book)]
    if book.read_only:
        wrong.append(f"read-only because {book.read_only_because}")
    if took > PATIENCE:
        wrong.append(f"took {took:.1f} s to open")
    return book, wrong
