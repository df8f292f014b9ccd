"""Verified copies of a book: made beside nothing, checked before they count, never written over."""

import os
import re
import sqlite3
from datetime import UTC, datetime
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book import schema
from csplanner.book.connection import connect, create_file, sqlite_in_words
from csplanner.errors import UserError
from csplanner.paths import backups_dir

if TYPE_CHECKING:
    from csplanner.book.book import Book


def backup(book: "Book", out: Path | None = None) -> Path:
    """A verified copy of the open book; returns where it stands.

    Without `out` it goes to the backups folder outside the book's own, under the book's name and
    the moment. Raises UserError when the book is damaged or the place cannot be written.
    """
    target = out or _default_place(book.path)
    with sqlite_in_words():
        if book.connection.execute("pragma quick_check").fetchone()[0] != "ok":
            raise UserError("The book is damaged, so no backup was made. Restore an earlier one.")
    part = target.with_name(target.name + ".part")
    part.unlink(missing_ok=True)
    create_file(part)
    try:
        with sqlite_in_words():
            copy = sqlite3.connect(part)
            book.connection.backup(copy)
            copy.close()
        _verify(part)
        if target.exists():
            raise UserError(f"{target.name} is already there. Choose another name.")
        _sync(part)
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
    return target


def backups_of(path: Path) -> list[Path]:
    """The backups of the book at `path`, newest first."""
    folder = backups_dir() / _folder_name(path)
    return sorted(folder.glob("*.csbook"), reverse=True) if folder.is_dir() else []


def restore(path: Path, from_backup: Path) -> Path | None:
    """Put a backup in the place of the book; returns where the present book was moved, if any.

    The book must be closed. Raises UserError when the backup is not sound, or when what stands
    in the place is no book.
    """
    schema.read_header(from_backup)
    if path.exists():
        schema.read_header(path)
    _verify(from_backup)
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    create_file(part)
    try:
        with sqlite_in_words():
            source = connect(from_backup, read_only=True)
            copy = sqlite3.connect(part)
            source.backup(copy)
            copy.close()
            source.close()
        _verify(part)
        _sync(part)
        aside = _move_aside(path)
        part.rename(path)
    finally:
        part.unlink(missing_ok=True)
    return aside


def _move_aside(path: Path) -> Path | None:
    """Move the book and what SQLite left beside it into a dated folder next to it."""
    if not path.exists():
        return None
    named = path.parent / f"{path.stem} before restore {_stamp()}"
    folder = named
    for number in count(2):
        if not folder.exists():
            break
        folder = named.with_name(f"{named.name} {number}")
    folder.mkdir(mode=0o700)
    for suffix in ("", "-journal", "-wal", "-shm"):
        beside = path.with_name(path.name + suffix)
        if beside.exists():
            beside.rename(folder / beside.name)
    return folder / path.name


def _verify(path: Path) -> None:
    with sqlite_in_words():
        copy = connect(path, read_only=True)
        try:
            sound = copy.execute("pragma quick_check").fetchone()[0] == "ok"
            linked = not copy.execute("pragma foreign_key_check").fetchall()
        finally:
            copy.close()
    if not (sound and linked):
        raise UserError(f"{path.name} is damaged and was not used. Choose another backup.")


def _default_place(path: Path) -> Path:
    folder = backups_dir() / _folder_name(path)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    stamp = _stamp()
    taken = len(list(folder.glob(f"{stamp}*.csbook")))
    return folder / f"{stamp}{f' {taken + 1}' if taken else ''}.csbook"


def _folder_name(path: Path) -> str:
    """One folder per book: its name, and its place hashed so that namesakes stay apart."""
    place = sha256(os.fsencode(path.resolve())).hexdigest()[:8]
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '-', path.stem)[:40]}-{place}"


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d %H.%M.%S")


def _sync(path: Path) -> None:
    with path.open("rb") as stream:
        os.fsync(stream.fileno())
