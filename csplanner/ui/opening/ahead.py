"""What can be told of a book before it is opened: whether that takes a while, and why."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.connection import is_open_here
from csplanner.book.file_kind import Header, header_of
from csplanner.book.place import is_remote
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.book.seal import Seal, looks_like, sealed
from csplanner.book.sidecars import any_beside
from csplanner.errors import UserError
from csplanner.language import tr

_SMALL = 1_500_000
"""Bytes of a book that is checked from end to end before anybody notices."""


@dataclass(frozen=True, slots=True)
class Request:
    """Which book is to be opened, and how.

    `take_over` takes the lock another computer left; `despite_damage` opens what can still be
    followed, to look at only.
    """

    path: Path
    take_over: bool = False
    despite_damage: bool = False

    def open(self, today: date) -> Book:
        """The book, open; raises UserError. The one place where the window opens books."""
        return Book.open(
            self.path,
            today=today,
            read_only=self.despite_damage,
            take_over=self.take_over,
            despite_damage=self.despite_damage,
            prove_later=True,
        )


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was seen of a closed book: `words` say why opening it takes a while.

    `closed_at` is when csplanner closed it last, and `written_at` when its file was last written
    (both UTC, None when not known).
    """

    is_quick: bool
    words: str = ""
    closed_at: datetime | None = None
    written_at: datetime | None = None


def look_ahead(path: Path) -> Ahead:
    """What opening the book at `path` will take; raises nothing, as opening it says what is wrong.

    A book that is as it was closed, or a small one, opens at once.
    """
    if is_open_here(path):
        return Ahead(is_quick=True)
    try:
        header, found = header_of(path), path.stat()
    except (UserError, OSError):
        return Ahead(is_quick=True)
    known, name = sealed(path), path.name
    words = _words(path, header, known)
    is_old = 0 < header.user_version < SCHEMA_VERSION
    is_quick = not words or (found.st_size <= _SMALL and not is_old)
    return Ahead(
        is_quick=is_quick and not is_remote(path.resolve()),
        words=words.format(name=name) or tr("Opening {0}…").format(name),
        closed_at=known.closed_at if known else None,
        written_at=datetime.fromtimestamp(found.st_mtime, UTC),
    )


def _words(path: Path, header: Header, known: Seal | None) -> str:
    """Why opening takes a while; empty when it does not."""
    if 0 < header.user_version < SCHEMA_VERSION:
        return tr("Upgrading {name}, which an older version made. It is backed up first…")
    if any_beside(path):
        return tr("Taking back what {name} was not finished with when it was last used…")
    if known is None:
        return tr("Looking {name} over, because it was not closed here last…")
    if not looks_like(path, known):
        return tr("Looking {name} over, because it was changed outside csplanner…")
    return ""
