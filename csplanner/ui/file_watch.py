"""Watches the file of an open book: whether it is still as it was left, and who else writes it."""

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.domain.wording import quoted
from csplanner.errors import UserError
from csplanner.language import tr


class FileWatch:
    """What the writer's thread knows of the file; the book asks the system, never opens it.

    `lost` is a sentence while others moved, replaced or changed the file of a book that is
    written here. Of a book that is only read here, another window's changes are followed.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._version = book.written_elsewhere()
        self._foreign = False
        self.lost = ""

    def look(self) -> None:
        """Compare the file with what was seen last; UserError when SQLite cannot read it."""
        self.lost = self._book.trouble()
        version = self._book.written_elsewhere()
        if version != self._version:
            self._version = version
            self._foreign = True

    def take_foreign(self) -> bool:
        """Whether another program wrote to the book since this was asked last."""
        foreign, self._foreign = self._foreign, False
        return foreign

    def need_newest(self, shown: int | None, newest: Change | None) -> None:
        """UserError when `newest` is not the change the window has `shown`."""
        if shown is not None and newest is not None and newest.id != shown:
            raise UserError(
                tr(
                    "Another window has changed this book: the newest change is now {0}. "
                    "Nothing was undone; ask again to take that one."
                ).format(quoted(newest.label))
            )
