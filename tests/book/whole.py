"""Everything a book holds that cannot be derived, as one comparable value."""

import sqlite3

from csplanner.book.book import Book
from csplanner.book.export_tables import KEPT


def whole(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every kept table as a sorted list of rows: records, readings, history with its images."""
    return rows_of(book.connection)


def rows_of(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """The same of an open file."""
    return {
        table: sorted(
            connection.execute(f"select * from {table}").fetchall(), key=lambda row: str(row[0])
        )
        for table in KEPT
    }
