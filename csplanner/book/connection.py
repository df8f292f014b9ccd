"""Opening the file: driver, key, pragmas, permissions, and SQLite's errors said in words.

This is the one place that connects to a book. An encrypted file goes through SQLCipher
(`cipher.py`), by the key its salt asks for (`key.py`); every other through Python's SQLite.
"""

import os
import sqlite3
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import RLock

from csplanner.book.key import Key, key_for
from csplanner.errors import DamagedBook, UserError

_PRAGMAS = {
    "trusted_schema": 0,
    "cell_size_check": 1,
    "foreign_keys": 1,
    "recursive_triggers": 1,
    "secure_delete": 1,
    "cache_spill": 0,
    "temp_store": 2,
    "synchronous": 3,
}

_LONGEST_VALUE = 64_000_000
"""Bytes of one value; a received book may hold a text of a gigabyte, ours never do."""

_TOO_BIG = (
    "The book holds a value too large to be read. Open a backup, or save what can be read "
    "with csplanner salvage."
)
_NOT_TEXT = (
    "The book holds a text that is not readable text. Open a backup, or save what can be read "
    "with csplanner salvage."
)

_WORDS = {
    sqlite3.SQLITE_BUSY: "The book is in use by another window or program. "
    "Close it there, then try again.",
    sqlite3.SQLITE_FULL: "The disk is full. Free some space, then try again; "
    "the book is unchanged.",
    sqlite3.SQLITE_READONLY: "The book is read-only. Save a copy to a folder you may write to.",
    sqlite3.SQLITE_IOERR: "The disk did not answer. Check the drive, then try again; "
    "the book is unchanged.",
    sqlite3.SQLITE_TOOBIG: _TOO_BIG,
    sqlite3.SQLITE_NOTADB: "The file is not a csplanner book. Choose a .csbook file.",
    sqlite3.SQLITE_CANTOPEN: "The book cannot be opened there. Check that the folder exists "
    "and that you may write to it.",
}


_open: Counter[tuple[int, int]] = Counter()
_keys: dict[tuple[int, int], Key] = {}
"""Of files that are open here, the keys of those that are encrypted."""
_open_guard = RLock()  # taken again where a collected connection is forgotten under it


class Counted:
    """What makes a connection known while it is open, see `is_open_here`."""

    key: Key | None = None
    """What opens its file; None when that is not encrypted."""

    _file: tuple[int, int] | None = None

    def count(self, path: Path, key: Key | None) -> None:
        """Note which file this is a connection to, and its key."""
        found = path.stat()
        self.key = key
        self._file = (found.st_dev, found.st_ino)
        with _open_guard:
            _open[self._file] += 1
            if key is not None:
                _keys[self._file] = key

    def close(self) -> None:
        """Close the connection; again is no error."""
        super().close()  # type: ignore[misc]
        self._forget()

    def __del__(self) -> None:
        """One that was dropped without being closed is closed by SQLite itself."""
        self._forget()

    def _forget(self) -> None:
        if self._file is not None:
            with _open_guard:
                _open[self._file] -= 1
                if not _open[self._file]:
                    del _open[self._file]
                    _keys.pop(self._file, None)
            self._file = None


class CountedConnection(Counted, sqlite3.Connection):
    """A connection to a file that is not encrypted."""


def key_of(connection: sqlite3.Connection) -> Key | None:
    """What opens the connection's file; None when that is not encrypted."""
    return getattr(connection, "key", None)


def is_open_here(path: Path) -> bool:
    """Whether this process has a connection to the file at `path`.

    Then Python must not open it: closing that handle would drop the locks SQLite holds on it.
    """
    try:
        found = path.stat()
    except OSError:
        return False
    with _open_guard:
        return _open[(found.st_dev, found.st_ino)] > 0


def connect(
    path: Path, *, read_only: bool = False, key: Key | None = None, guarded: bool = True
) -> sqlite3.Connection:
    """A connection with the book's pragmas in force, unless it is not to be `guarded`.

    What is in the file tells whether it is encrypted; an empty one becomes so with a `key`.
    Raises UserError when a pragma does not take, NeedsPassphrase when the key is not known.
    """
    uri = f"{path.resolve().as_uri()}?mode={'ro' if read_only else 'rw'}"
    with sqlite_in_words():
        # Nobody else may connect between looking at the file and being counted.
        with _open_guard:
            fitting = key_of_file(path, key)
            connection = _connection(uri, fitting)
            try:
                connection.count(path, fitting)  # type: ignore[attr-defined]
            except BaseException:
                connection.close()
                raise
        try:
            if guarded:
                _guard(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def like(connection: sqlite3.Connection) -> Callable[[Path], sqlite3.Connection]:
    """`connect` for copies of the connection's file: an empty file gets its key."""
    return partial(connect, key=key_of(connection))


def _connection(uri: str, key: Key | None) -> sqlite3.Connection:
    if key is not None:
        from csplanner.book.cipher import open_encrypted

        return open_encrypted(uri, key, Counted)
    return sqlite3.connect(
        uri,
        uri=True,
        isolation_level=None,
        timeout=5.0,
        check_same_thread=False,
        factory=CountedConnection,
    )


def key_of_file(path: Path, key: Key | None = None) -> Key | None:
    """The key of a file that may be open here, None when it is plain, `key` when it is empty.

    Raises NeedsPassphrase when its passphrase was not given yet.
    """
    try:
        found = path.stat()
        with _open_guard:
            if _open[(found.st_dev, found.st_ino)] and found.st_size:
                return _keys.get((found.st_dev, found.st_ino))
            return key_for(path) if found.st_size else key
    except OSError:
        return None  # SQLite says why it cannot be opened


def _guard(connection: sqlite3.Connection) -> None:
    """Set what keeps a book safe, and see that each setting took."""
    # SQLCipher's connections lack both; who writes to an encrypted file has its passphrase.
    is_plain = isinstance(connection, CountedConnection)
    if is_plain:
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    if is_plain and sys.version_info >= (3, 12):
        connection.setconfig(sqlite3.SQLITE_DBCONFIG_DEFENSIVE, True)
    for name, value in _PRAGMAS.items():
        connection.execute(f"pragma {name} = {value}")
        if connection.execute(f"pragma {name}").fetchone()[0] != value:
            raise UserError(
                f"This SQLite cannot keep a book safe: it refuses {name}. Update Python."
            )


def delete_journal(connection: sqlite3.Connection) -> None:
    """Take a book out of write-ahead logging, which another program may have switched on."""
    if connection.execute("pragma journal_mode").fetchone()[0] != "delete":
        connection.execute("pragma journal_mode = delete")


def create_file(path: Path) -> None:
    """An empty file only its owner can read; raises UserError when it exists or cannot be made."""
    try:
        descriptor = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except FileExistsError:
        raise UserError(f"{path.name} is already there. Choose another name.") from None
    except OSError as error:
        raise UserError(
            f"{path.name} cannot be made in {path.parent.name or path.parent}: {error.strerror}. "
            "Choose a folder you may write to."
        ) from None
    os.close(descriptor)


@contextmanager
def sqlite_in_words() -> Iterator[None]:
    """Turn what SQLite reports about disk, lock or damage into a UserError; bugs fly on."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is not None and code & 0xFF == sqlite3.SQLITE_CORRUPT:
            raise DamagedBook("SQLite cannot follow its pages") from error
        words = _WORDS.get(code & 0xFF) if code is not None else None
        if str(error) == "user-defined function raised exception":
            # Ctrl+C met one of our functions inside SQLite, which hides what was raised.
            raise KeyboardInterrupt from None
        if str(error).startswith("Could not decode to UTF-8"):
            raise UserError(_NOT_TEXT) from error
        if words is None:
            raise
        raise UserError(words) from error


def sqlite_facts(folder: Path) -> str:
    """What this SQLite is, after trying in `folder` what a book needs of it."""
    path = folder / "facts.csbook"
    create_file(path)
    with sqlite_in_words():
        probe = connect(path)
        probe.execute("create virtual table t using fts5(x)")
        probe.execute("create table s (id text) strict")
        probe.close()
    return f"SQLite {sqlite3.sqlite_version} with strict tables and full-text search"
