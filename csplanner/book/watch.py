"""Whether anyone else has touched an open book's file; it asks the system, never opens the file."""

import os
import sqlite3
from pathlib import Path

from csplanner.book.place import is_remote

_Look = tuple[int, int, int, int]


class Watch:
    """What a connection knows of its file; for a reader only whether it is still in its place.

    Python closing a second handle of the file would drop the locks SQLite holds on it.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path, *, writes: bool) -> None:
        self._db = connection
        self._writes = writes
        self._place = path.absolute()
        # Windows and servers tell the time of the last write late.
        self._trusts_times = writes and os.name == "posix" and not is_remote(self._place.resolve())
        self._seen: _Look | None = None
        self._written = 0
        self._version = 0
        self._in_doubt = False
        self.note()

    def note(self) -> None:
        """Take the file as it is for ours: right after opening it, and after each own write."""
        self._in_doubt = False
        self._seen = _look(self._place)
        self._written = self._db.total_changes
        self._version = self._data_version()

    def doubt(self, error: BaseException) -> None:
        """A write of ours failed: what it left, and SQLite takes back, is nobody else's doing."""
        there = _look(self._place)
        self._in_doubt = self._in_doubt or (
            not self._is_replaced(there)
            and (there != self._seen or isinstance(error, sqlite3.Error))
        )

    def _is_replaced(self, there: _Look | None) -> bool:
        return there is None or self._seen is None or there[:2] != self._seen[:2]

    def trouble(self) -> str:
        """One sentence that says what others did to the file; empty when nothing."""
        if self._in_doubt and not self._is_replaced(_look(self._place)):
            # Reading lets SQLite bring back what stood there before.
            self._db.execute("select 1 from sqlite_master limit 1").fetchone()
            self.note()
        there, seen = _look(self._place), self._seen
        if there is None or seen is None or there[:2] != seen[:2]:
            return f"The book is no longer where it was ({self._place})."
        if not self._writes:
            return ""
        wrote_since = self._db.total_changes != self._written
        is_touched = self._trusts_times and there[2:] != seen[2:] and not wrote_since
        if is_touched or self._data_version() != self._version or there[2] != self._size():
            return f"Another program has changed the file of the book ({self._place})."
        return ""

    def is_untouched(self) -> bool:
        """Whether the file is still the one this connection wrote, as far as can be told."""
        try:
            return not self.trouble()
        except sqlite3.Error:
            return False

    def _data_version(self) -> int:
        return int(self._db.execute("pragma data_version").fetchone()[0])

    def _size(self) -> int:
        pages = self._db.execute("pragma page_count").fetchone()[0]
        return int(pages) * int(self._db.execute("pragma page_size").fetchone()[0])


def _look(place: Path) -> _Look | None:
    """Device, number, size and time of the file; None when gone or empty."""
    try:
        found = place.stat()
    except OSError:
        return None
    return (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns) if found.st_size else None
