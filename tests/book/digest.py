"""The content of a book as one comparable value: every journalled row, whatever its row number."""

from csplanner.book.book import Book
from csplanner.book.schema import JOURNALLED


def digest(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """Every journalled table as a sorted list of rows."""
    return {
        table: sorted(
            book.connection.execute(f"select * from {table}").fetchall(),
            key=lambda row: str(row[0]),
        )
        for table in JOURNALLED
    }
