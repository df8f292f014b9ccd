"""Verified copies: one state of a book in a file of its own, checked before it counts."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from hashlib import file_digest
from pathlib import Path
from typing import TYPE_CHECKING, Self

from csplanner.book.connection import connect, create_file, sqlite_in_words
from csplanner.book.history import stamp
from csplanner.book.key import NeedsPassphrase
from csplanner.book.opening import damage
from csplanner.book.schema import APPLICATION_ID, JOURNALLED
from csplanner.errors import DamagedBook, UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book

Connect = Callable[[Path], sqlite3.Connection]

SIDECARS = ("-journal", "-wal", "-shm")
"""What SQLite may leave beside a database, by the end of its name."""

LOCKED = "it is encrypted, and its passphrase was not given yet"
"""The flaw of a file whose facts cannot be told."""

_SPARE = 1_000_000


@dataclass(frozen=True, slots=True)
class Source:
    """A book to copy: its connection, its place, and how to connect to a copy of it."""

    db: sqlite3.Connection
    path: Path
    connect: Connect

    @classmethod
    def of(cls, book: "Book") -> Self:
        """The source an open book is."""
        return cls(book.connection, book.path, book.connect)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a file holds: bytes, digest, schema, rows of records, the stamp of its history.

    `sound` is false when SQLite cannot follow it; `flaws` says what a check should look at in one
    that is sound, such as “3 rows point nowhere”.
    """

    size: int
    sha256: str
    schema: int
    rows: int
    stamp: str
    sound: bool
    flaws: str = ""


def write_copy(source: Source, part: Path) -> Facts:
    """One state of the book in `part`, a new file for its owner only, verified and on the disk.

    Another connection may write meanwhile: it waits, or is not in the copy. Raises DamagedBook
    when SQLite cannot follow the book, UserError when there is no room or the place cannot be
    written; `part` is gone then.
    """
    with sqlite_in_words():
        need_room(part.parent, _bytes_of(source.db), "a copy of the book")
    create_file(part)
    try:
        with disk_in_words("The copy could not be written"):
            with _one_state(source.db):
                counts = _counts(source.db)
                _copy_pages(source, part)
            facts = examine(part, source.connect)
            with closing(source.connect(part)) as copy:
                complete = _counts(copy) == counts
            if not (facts.sound and complete):
                raise _what_is_wrong(source.db)
            sync_file(part)
    except BaseException:
        remove_with_sidecars(part)
        raise
    return facts


def reading(path: Path) -> sqlite3.Connection:
    """A connection that only reads."""
    return connect(path, read_only=True)


def examine(path: Path, connect_to: Connect = reading) -> Facts:
    """The facts of a closed file; `sound` is false when it is damaged or no book.

    Of an encrypted one whose passphrase was not given nothing is known: its flaw is `LOCKED`.
    """
    size = path.stat().st_size
    try:
        with closing(connect_to(path)) as db:
            version = int(db.execute("pragma user_version").fetchone()[0])
            ours = db.execute("pragma application_id").fetchone()[0] == APPLICATION_ID
            flaws = damage(db)
            counts = _counts(db)
            rows = sum(counts[table] for table in JOURNALLED if table in counts)
            facts = version, rows, stamp(db)
    except NeedsPassphrase:
        return Facts(size, digest(path), 0, 0, "", sound=True, flaws=LOCKED)
    except (sqlite3.Error, UserError):
        return Facts(size, digest(path), 0, 0, "", sound=False)
    return Facts(size, digest(path), *facts, sound=ours, flaws=flaws)


def digest(path: Path) -> str:
    """The SHA-256 of a file on which this process holds no connection."""
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def need_room(folder: Path, size: int, what: str) -> None:
    """Raise UserError unless `size` bytes and a little more are free in `folder`."""
    try:
        free = shutil.disk_usage(folder).free
    except OSError:
        return  # writing will tell
    if free < size + _SPARE:
        raise UserError(
            f"There is no room for {what}: it needs {megabytes(size + _SPARE)} and "
            f"{megabytes(free)} are free in {folder}. Free some space, then try again; "
            "the book is unchanged."
        )


def megabytes(size: int) -> str:
    """`23.4 MB`."""
    return f"{size / 1_000_000:,.1f} MB"


def sync_file(path: Path) -> None:
    """Have the disk take what was written to a file on which this process has no connection."""
    # Opened for writing, since not every system syncs what is only read.
    with path.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk take names made, changed or removed in a folder, where a system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sidecars_of(path: Path) -> list[Path]:
    """What SQLite left beside a database."""
    beside = (path.with_name(path.name + suffix) for suffix in SIDECARS)
    return [found for found in beside if found.exists()]


def remove_with_sidecars(path: Path) -> None:
    """Remove an unfinished file and what SQLite left beside it."""
    for found in (path, *sidecars_of(path)):
        found.unlink(missing_ok=True)


@contextmanager
def disk_in_words(failed: str) -> Iterator[None]:
    """Turn what the disk reports into a UserError that begins with the words in `failed`."""
    try:
        with sqlite_in_words():
            yield
    except OSError as error:
        why = error.strerror or "the disk did not answer"
        to_do = "Check the drive"
        if isinstance(error, PermissionError):
            where = f" ({error.filename})" if error.filename else ""
            why, to_do = f"{why}{where}", "Make it yours to read and write"
        raise UserError(
            f"{failed}: {why}. {to_do}, then try again; the book is unchanged."
        ) from error


@contextmanager
def _one_state(db: sqlite3.Connection) -> Iterator[None]:
    """Keep what is read inside to one moment, whoever else writes."""
    db.execute("begin")
    try:
        yield
    finally:
        # A failing disk makes SQLite end it by itself.
        if db.in_transaction:
            db.execute("rollback")


def _copy_pages(source: Source, part: Path) -> None:
    with closing(source.connect(part)) as copy:
        # The file does not count until it is verified, so it needs no journal of its own, and a
        # large book need not fit into memory.
        copy.execute("pragma cache_spill = 1")
        copy.execute("pragma journal_mode = off")
        source.db.backup(copy)
        copy.execute("pragma journal_mode = delete")


def _counts(db: sqlite3.Connection) -> dict[str, int]:
    """The number of rows of every table that is not virtual."""
    names = db.execute(
        "select name from sqlite_master where type = 'table' and sql not like 'create virtual%'"
    ).fetchall()
    return {
        name: int(db.execute(f'select count(*) from "{name}"').fetchone()[0])
        for (name,) in names
        if '"' not in name
    }


def _bytes_of(db: sqlite3.Connection) -> int:
    pages = db.execute("pragma page_count").fetchone()[0]
    return int(pages) * int(db.execute("pragma page_size").fetchone()[0])


def _what_is_wrong(db: sqlite3.Connection) -> UserError:
    """Whose fault it is that a copy is not sound: the book's, or the drive's it went to."""
    try:
        with sqlite_in_words():
            damage(db)
    except DamagedBook as error:
        return error
    return UserError("The copy differs from the book. Check the drive it was written to.")
