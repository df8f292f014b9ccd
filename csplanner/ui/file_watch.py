"""Watches the file of an open book: whether it is still in its place, and who else writes it."""

from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.history import Change
from csplanner.errors import UserError


class FileWatch:
    """What the writer's thread knows of the file; it only asks the system, never opens it.

    Python closing a second handle of the file would drop the locks SQLite holds on it.
    `lost` is a sentence while the file is gone from its place or another stands there.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._place = book.path.absolute()
        self._file = _identity(self._place)
        self._version = book.written_elsewhere()
        self._foreign = False
        self.lost = ""

    def look(self) -> None:
        """Compare the file with what was seen last; UserError when SQLite cannot read it."""
        there = _identity(self._place)
        self.lost = (
            "" if there == self._file else f"The book is no longer where it was ({self._place})."
        )
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
        other = shown is not None and newest is not None and newest.id != shown
        if newest is not None and (self._foreign or other):
            raise UserError(
                "Another window has changed this book: the newest change is now "
                f"“{newest.label}”. Nothing was undone; ask again to take that one."
            )


def _identity(place: Path) -> tuple[int, int] | None:
    try:
        found = place.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if found.st_size else None
