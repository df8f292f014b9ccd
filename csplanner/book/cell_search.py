"""Looking for names in an encrypted book: its bytes say nothing, so every cell is read instead,
those of the search index and of the journal among them.
"""

import re
import sqlite3
from collections.abc import Iterator


def count_in_cells(db: sqlite3.Connection, needles: re.Pattern[bytes]) -> int:
    """How often one of the needles stands in a cell of the database."""
    return sum(len(set(needles.findall(cell))) for cell in _cells(db))


def cells_hold(db: sqlite3.Connection, needles: re.Pattern[bytes]) -> bool:
    """Whether one of the needles stands in a cell of the database."""
    return any(needles.search(cell) for cell in _cells(db))


def _cells(db: sqlite3.Connection) -> Iterator[bytes]:
    names = db.execute(
        "select name from main.sqlite_master "
        "where type = 'table' and sql not like 'create virtual%'"
    ).fetchall()
    for (name,) in names:
        for row in db.execute(f'select * from main."{name}"'):
            for cell in row:
                if isinstance(cell, str):
                    yield cell.encode("utf-8", "replace")
                elif isinstance(cell, bytes):
                    yield cell
