"""Private rooms: folders of this user alone for copies of a book that are thrown away again."""

import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from csplanner.book import unfinished
from csplanner.book.connection import connect, create_file, key_of
from csplanner.book.copies import disk_in_words, need_room

PREFIX = f"{unfinished.PREFIX}look-"
"""How the names of rooms begin, so that what a kill left of one is found at the next start."""


class Room:
    """A folder only this user can enter, removed by `close`.

    Where a killed program left one, the next start or the next room removes it.
    """

    def __init__(self) -> None:
        place = Path(tempfile.gettempdir())
        clear_left()
        with disk_in_words("No private copy could be made"):
            self.path = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        self._held = unfinished.hold(self.path)

    def close(self) -> None:
        """Remove the folder with everything in it; again is no error."""
        shutil.rmtree(self.path, ignore_errors=True)
        unfinished.let_go(self._held)
        self._held = None


STAGED = "import"
"""What staged imports are called in the names of their folders."""
_HELD: dict[Path, int | None] = {}
"""The folders this process has open, with what holds each."""


def new_folder(what: str) -> Path:
    """A folder only this user can enter, for files that are thrown away by `remove_folder`.

    `what` stands in its name. What a killed program left of one is removed before.
    """
    clear_left()
    with disk_in_words("No private folder could be made"):
        path = Path(tempfile.mkdtemp(prefix=f"{unfinished.PREFIX}{what}-"))
    _HELD[path] = unfinished.hold(path)
    return path


def remove_folder(path: Path) -> None:
    """Remove a folder `new_folder` made, with everything in it; again is no error."""
    shutil.rmtree(path, ignore_errors=True)
    unfinished.let_go(_HELD.pop(path, None))


def clear_left() -> None:
    """Remove what killed programs left of their rooms; those in use stay."""
    unfinished.sweep(Path(tempfile.gettempdir()))


def copy_of(path: Path, folder: Path, name: str) -> sqlite3.Connection:
    """A connection to a copy of the database at `path`, in a new file that only its owner can read.

    It is encrypted where the database is. Nothing of the copy need survive a crash, so it keeps
    no journal; a change in it that fails leaves nothing to use. Raises UserError.
    """
    with closing(connect(path, read_only=True, guarded=False)) as source:
        pages, size = (
            int(source.execute(f"pragma {name}").fetchone()[0])
            for name in ("page_count", "page_size")
        )
        need_room(folder, pages * size, "a private copy")
        file = folder / name
        create_file(file)
        copy = connect(file, key=key_of(source))
        try:
            in_passing(copy)
            source.backup(copy)
        except BaseException:
            copy.close()
            raise
    return copy


def in_passing(copy: sqlite3.Connection) -> None:
    """Let a connection write a copy that is thrown away: quickly, and safe from nothing."""
    for pragma in ("synchronous = off", "cache_spill = 1", "journal_mode = off",
                   "secure_delete = 0", "cache_size = -131072"):  # fmt: skip
        copy.execute(f"pragma {pragma}")
