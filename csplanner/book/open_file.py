"""A book's file while it is open: what opening it found, proving it later, closing and sealing."""

import os
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from csplanner.book.audit import foreign_code
from csplanner.book.connection import connect, create_file, key_of, sqlite_in_words
from csplanner.book.lock import BookLock, Holder
from csplanner.book.seal import Seal, keep, looks_like, prove_beside, seal, unseal
from csplanner.book.settings import unreadable_settings
from csplanner.errors import DamagedBook


@dataclass(frozen=True, slots=True)
class Opening:
    """What was found when a book was opened; texts are empty where there is nothing to say."""

    read_only_because: str = ""
    """Why it cannot be written, to follow “because”; empty also when read-only was asked for."""
    way_out: str = ""
    """What to do about that, one sentence; empty where a copy can be saved and changed."""
    foreign: tuple[str, ...] = ()
    """Code that csplanner did not write, such as “trigger evil”."""
    holder: Holder | None = None
    """Who has it open for writing."""
    changed_outside: bool = False
    """Whether it is not the file csplanner closed last; it was checked and is whole."""
    unsound: str = ""
    """What a check should look at, such as “3 rows point nowhere”; the book can be used."""
    upgraded_from: int | None = None
    upgrade_backup: Path | None = None
    place_warning: str = ""
    """One sentence about a synced or network folder, said once per book."""
    moved_aside: Path | None = None
    """The folder that files of another book, found beside this one, were moved to."""
    recovered: bool = False
    """Whether a change that was not finished had to be taken back."""


@dataclass(frozen=True, slots=True)
class Wish:
    """How a book is to be opened; `prove_later` compares the whole file once it is open.

    `despite_damage` opens, for reading alone, what SQLite cannot follow in every part.
    """

    read_only: bool = False
    take_over: bool = False
    prove_later: bool = False
    despite_damage: bool = False


@dataclass(slots=True)
class OpenFile:
    """An open book file and what closing it has to see to."""

    path: Path
    file: Path
    """The file connected to: `path`, or a private copy of it."""
    connection: sqlite3.Connection
    opening: Opening
    read_only: bool
    lock: BookLock | None = None
    known: Seal | None = None
    """The seal the file had; while `is_unproved`, the file is still to be compared with it."""
    is_unproved: bool = False
    private: list[Path] = field(default_factory=list)
    """Folders to remove at closing."""


def damage(connection: sqlite3.Connection) -> str:
    """What a check should look at in a file SQLite can follow; raises DamagedBook otherwise.

    An index that does not say what its table says is damage too: what is looked up by it is not
    found, and what must be there once can come twice.
    """
    # Only the full check compares indexes; it computes what those of others would have it compute.
    kind = "quick_check" if foreign_code(connection) else "integrity_check"
    found = [str(row[0]) for row in connection.execute(f"pragma {kind}(20)")]
    structural = [f for f in found if f != "ok" and not _is_of_a_value(f)]
    if structural:
        raise DamagedBook(structural[0].splitlines()[-1].strip().rstrip("."))
    astray = len(connection.execute("pragma foreign_key_check").fetchall())
    values = sum(f != "ok" for f in found)
    said = []
    if values:
        said.append(f"{values} values are not what they must be")
    if astray:
        said.append(f"{astray} rows point nowhere")
    settings = len(unreadable_settings(connection))
    if settings:
        have = "cannot be read and has its default"
        if settings > 1:
            have = "cannot be read and have their defaults"
        said.append(f"{settings} setting{'s' * (settings > 1)} {have}")
    return " and ".join(said)


def _is_of_a_value(found: str) -> bool:
    return " value in " in found or found.startswith("CHECK constraint failed")


def private_copy(connection: sqlite3.Connection) -> tuple[sqlite3.Connection, Path]:
    """A connection to a copy only this user can read, and its file in a folder of its own."""
    folder = Path(mkdtemp(prefix="csplanner-"))
    try:
        file = folder / "copy.csbook"
        create_file(file)
        copy = connect(file, key=key_of(connection))
        connection.backup(copy)
    except BaseException:
        rmtree(folder, ignore_errors=True)
        raise
    return copy, file


def private(opened: OpenFile) -> OpenFile:
    """A copy of the open file for this user alone, removed at closing."""
    connection, file = private_copy(opened.connection)
    made = OpenFile(opened.path, file, connection, opened.opening, read_only=False)
    made.private.append(file.parent)
    return made


def prove(opened: OpenFile) -> Opening:
    """Compare the open file with its seal, by another process; see `Book.prove`."""
    opened.is_unproved = False
    if opened.known is None:
        return opened.opening
    same = prove_beside(opened.file, opened.known).answer()
    if same is not True:
        with sqlite_in_words():
            opened.opening = replace(
                opened.opening,
                changed_outside=same is False,
                unsound=damage(opened.connection),
            )
    if opened.lock is not None:
        unseal(opened.path)
    return opened.opening


def close(opened: OpenFile, *, is_own: bool = False) -> None:
    """Close the connection, seal the file when it `is_own` still, and give it free."""
    try:
        wrote = opened.connection.total_changes > 0
    except sqlite3.ProgrammingError:
        return  # closed before
    opened.connection.close()
    try:
        if opened.lock is not None and is_own and not opened.is_unproved:
            _seal(opened, wrote=wrote)
    finally:
        if opened.lock is not None:
            opened.lock.release()
        _remove(opened.private)


def _seal(opened: OpenFile, *, wrote: bool) -> None:
    known = opened.known
    if known is not None and not wrote and looks_like(opened.path, known):
        with suppress(OSError):
            keep(opened.path, known)
    else:
        seal(opened.path)


def _remove(folders: list[Path]) -> None:
    """Remove the folders of private copies."""
    while folders:
        rmtree(os.fspath(folders.pop()), ignore_errors=True)
