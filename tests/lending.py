"""One book, one writer: a test that filled a book gives it to whoever opens it next."""

from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.connection import connect


def lent(book: Book) -> Path:
    """The path of `book`, closed for writing; the test can go on reading from it."""
    if not book.read_only:
        book.close()
        shut = connect(book.path, read_only=True)
        book.__init__(shut, book.path, read_only=True, today=book.today)  # type: ignore[misc]
    return book.path
