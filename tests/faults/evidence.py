"""What a book holds, as values two moments can be compared by."""

from hashlib import sha256
from pathlib import Path
from time import perf_counter
from typing import Any

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.schema import JOURNALLED
from tests.faults.operations import TODAY

# Written by the clock or by lot, so that they differ between two runs of the same operation.
_BY_CHANCE = {"snapshot": {"imported_at"}, "field_history": {"id"}}
PATIENCE = 2.0
"""Seconds a book may take to open after a fault."""


def content(book: Book) -> str:
    """A digest of every record, the same for two runs of the same operation."""
    return _digest(book.connection, JOURNALLED, _BY_CHANCE)


def everything(connection: Any) -> str:
    """A digest of every record, every change and every image in the journal, to the letter."""
    return _digest(connection, (*JOURNALLED, "change", "change_row"), {})


def _digest(connection: Any, tables: tuple[str, ...], left_out: dict[str, set[str]]) -> str:
    digest = sha256()
    for table in tables:
        found = connection.execute(f"pragma table_info({table})").fetchall()
        kept = [row[1] for row in found if row[1] not in left_out.get(table, ())]
        digest.update(table.encode())
        # A table that an older schema does not have has no columns.
        if kept:
            columns = ", ".join(f'"{name}"' for name in kept)
            order = "id" if "id" in kept else columns
            rows = connection.execute(f"select {columns} from {table} order by {order}").fetchall()
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


def moments(most: int, few: int | None) -> list[int]:
    """Every call, or a few of them spread evenly from the first to the last."""
    if few is None or most <= few:
        return list(range(1, most + 1))
    return sorted({1 + round(n * (most - 1) / (few - 1)) for n in range(few)})
