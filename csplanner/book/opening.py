"""Opening a book's file: what stands there is looked at before SQLite is let near it.

In order: is it a book, of a version we know; may we write, or does somebody else; is it the file
closed last; what lies beside it; is it sound; does it hold code of others; is it old.
"""

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from pathlib import Path

from csplanner.book import place, schema
from csplanner.book.audit import foreign_code, need_tables, without_code
from csplanner.book.cipher import need_driver
from csplanner.book.connection import (
    connect,
    create_file,
    delete_journal,
    is_open_here,
    sqlite_in_words,
)
from csplanner.book.file_kind import Header, header_of, may_write, need_file, needs_shorter_name
from csplanner.book.key import Key, NeedsPassphrase, key_for
from csplanner.book.lock import BookLock, holder_of, in_the_way, lock_path, take
from csplanner.book.open_file import OpenFile, Opening, Wish, damage, private_copy
from csplanner.book.seal import digest_of, looks_like, sealed, unseal
from csplanner.book.sidecars import Beside, any_beside, look_beside, move_aside, need_free_names
from csplanner.errors import DamagedBook, UserError
from csplanner.paths import backups_dir

__all__ = ["OpenFile", "Opening", "Wish", "create", "damage", "open_file"]

READ_AT_ONCE = 8_000_000
"""Bytes that are read in less time than a process to read them takes to start."""

_UNFINISHED = (
    "{0} holds a change that was not finished and must be taken back before it can be read, "
    "and you may not write to its folder. Copy it with the files beside it to a folder of your "
    "own, and open it there."
)


class _Proof(Enum):
    SAME = "same"
    LATER = "later"
    DIFFERENT = "different"
    UNKNOWN = "unknown"


def open_file(path: Path, wish: Wish, copy_first: Callable[[OpenFile], Path]) -> OpenFile:
    """The book's file at `path`, open; `copy_first` makes a backup before an upgrade.

    Raises UserError when it is no book or newer than this program, DamagedBook when SQLite cannot
    follow it. What may not be written, is in use elsewhere or holds foreign code is read-only.
    """
    header = _header(path)
    first = Opening(_cannot_write(path))
    lock = None
    if not first.read_only_because and (not wish.read_only or any_beside(path)):
        lock, first = _take(path, wish)
    elif header is not None:
        first = replace(first, holder=holder_of(path))
    try:
        with sqlite_in_words():
            found = _Arrival(path, wish, header, lock, first)
            opened = found.open()
            return _finish(opened, wish, copy_first)
    except BaseException:
        if lock is not None:
            lock.release()
        raise


def _header(path: Path) -> Header | None:
    """The file's header; None when this process has it open, so that Python must not read it."""
    need_file(path)
    if is_open_here(path):
        return None
    need_free_names(path)
    try:
        header = header_of(path)
        if header.salt:
            key_for(path)  # before anything is touched
        return header
    except (DamagedBook, NeedsPassphrase):
        raise
    except UserError as error:
        if "not a csplanner book" in str(error) and sealed(path) is not None:
            raise DamagedBook("its beginning was overwritten", path.name) from None
        raise


def _cannot_write(path: Path) -> str:
    if _is_backup(path):
        return "it is a backup"
    if not may_write(path):
        return "you may not write to it"
    if needs_shorter_name(path):
        return "its name is too long to write safely (rename it)"
    return ""


def _is_backup(path: Path) -> bool:
    """Whether it lies on a shelf, where a file that changes counts as damaged."""
    try:
        folder = backups_dir().resolve()
    except OSError:
        return False
    return path.suffix == ".csbook" and folder in path.resolve().parents


def _take(path: Path, wish: Wish) -> tuple[BookLock | None, Opening]:
    """The lock, or what to say of a book that cannot be locked."""
    try:
        taken = take(path, take_over=wish.take_over)
    except OSError as error:
        because = f"it cannot be locked ({in_the_way(path) or error.strerror})"
        move = f"Move {lock_path(path).name} away, then try again."
        return None, Opening(because, move if in_the_way(path) else "")
    if isinstance(taken, BookLock):
        return taken, Opening()
    how = "is" if taken.is_here else "was left"
    because = f"it {how} open in csplanner by {taken.words}"
    return None, Opening(because, taken.way_out, holder=taken)


class _Arrival:
    """One opening of a file, up to the connection."""

    def __init__(
        self,
        path: Path,
        wish: Wish,
        header: Header | None,
        lock: BookLock | None,
        opening: Opening,
    ) -> None:
        self._path, self._wish, self._header = path, wish, header
        self._lock, self._opening = lock, opening
        # While another csplanner writes, nothing about the file holds still.
        self._is_ours = header is not None and opening.holder is None
        self._known = sealed(path) if self._is_ours else None

    def open(self) -> OpenFile:
        """Look at the closed file, then connect."""
        proof = self._prove() if self._is_ours else _Proof.LATER
        if self._header is not None and self._is_ours:
            self._see_to(look_beside(self._path, self._header, is_sealed=proof is _Proof.SAME))
            if self._header.odd_length and not self._opening.recovered:
                self._bear(DamagedBook(self._header.odd_length, self._path.name))
        if self._wish.read_only and self._lock is not None:
            # The lock was only for what lay beside.
            if self._opening.recovered:
                _read_once(self._path)
            self._lock.release()
            self._lock = None
        shut = self._lock is None
        connection = connect(self._path, read_only=shut)
        try:
            _need_known(connection, self._path)
            if proof in (_Proof.UNKNOWN, _Proof.DIFFERENT):
                unsound = self._unsound(connection)
                is_other = proof is _Proof.DIFFERENT
                self._opening = replace(self._opening, changed_outside=is_other, unsound=unsound)
        except BaseException:
            connection.close()
            raise
        return OpenFile(
            self._path, self._path, connection, self._opening, shut, self._lock, self._known,
            is_unproved=self._is_ours and proof is _Proof.LATER,
        )  # fmt: skip

    def _unsound(self, connection: sqlite3.Connection) -> str:
        try:
            with sqlite_in_words():
                return damage(connection)
        except DamagedBook as error:
            self._bear(error)
            return ""

    def _bear(self, error: DamagedBook) -> None:
        """Go on with what is damaged where that is wished, only to look at it."""
        if not (self._wish.despite_damage and self._wish.read_only):
            raise error
        because = f"it is damaged ({error.found})"
        self._opening = replace(self._opening, read_only_because=because)

    def _prove(self) -> _Proof:
        if self._known is None:
            return _Proof.UNKNOWN
        is_alike = looks_like(self._path, self._known)
        is_long = self._known.size > READ_AT_ONCE
        if self._wish.prove_later and is_long and is_alike and not any_beside(self._path):
            return _Proof.LATER
        try:
            is_same = digest_of(self._path) == self._known.sha256
        except OSError as error:
            raise UserError(
                f"{self._path.name} cannot be read: {error.strerror}. "
                "Check the drive, then try again."
            ) from None
        if is_same:
            return _Proof.SAME
        is_crash = self._lock is not None and self._lock.healed
        return _Proof.UNKNOWN if is_crash else _Proof.DIFFERENT

    def _see_to(self, beside: Beside) -> None:
        if beside.foreign and self._lock is None:
            raise UserError(
                f"{beside.foreign[0].name} beside {self._path.name} belongs to another book, and "
                "you may not move it away. Copy the book alone to a folder of your own, and open "
                "it there."
            )
        if beside.foreign:
            moved = move_aside(self._path, beside.foreign)
            self._opening = replace(self._opening, moved_aside=moved)
        if beside.unfinished and self._lock is None:
            raise UserError(_UNFINISHED.format(self._path.name))
        self._opening = replace(self._opening, recovered=beside.unfinished)


def _read_once(path: Path) -> None:
    """Have SQLite take back what was not finished."""
    connection = connect(path)
    connection.execute("select count(*) from sqlite_master").fetchone()
    connection.close()


def _need_known(connection: sqlite3.Connection, path: Path) -> None:
    """As the header says where it could be read; it may say something else after recovery."""
    version = _version(connection)
    if connection.execute("pragma application_id").fetchone()[0] != schema.APPLICATION_ID:
        raise UserError(f"{path.name} is a database of another program, not a csplanner book.")
    if version > schema.SCHEMA_VERSION:
        raise UserError(
            f"{path.name} was written by a newer csplanner (book version {version}, this "
            f"program knows {schema.SCHEMA_VERSION}). Update csplanner; nothing was changed."
        )
    if version == 0:
        raise UserError(
            f"{path.name} was never finished, so it holds nothing. Delete it, then make a new book."
        )


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])


def _finish(opened: OpenFile, wish: Wish, copy_first: Callable[[OpenFile], Path]) -> OpenFile:
    """Audit, upgrade, and get ready to write."""
    try:
        version = _version(opened.connection)
        foreign = foreign_code(opened.connection)
        if foreign:
            _shut(opened, f"it holds code that csplanner did not write ({foreign[0]})")
            way_out = without_code(opened.connection)
            opened.opening = replace(opened.opening, way_out=way_out, foreign=foreign)
        if version < schema.SCHEMA_VERSION:
            _upgrade(opened, version, copy_first)
        need_tables(opened.connection)
        if not opened.read_only:
            delete_journal(opened.connection)
            if not opened.is_unproved:
                unseal(opened.path)
        warning = "" if wish.read_only else place.warn_once(opened.path)
        opened.opening = replace(opened.opening, place_warning=warning)
    except BaseException:
        opened.connection.close()
        raise
    return opened


def _shut(opened: OpenFile, because: str) -> None:
    """Go on read-only."""
    opened.opening = replace(opened.opening, read_only_because=because)
    if opened.read_only:
        return
    opened.connection.close()
    opened.connection = connect(opened.path, read_only=True)
    opened.read_only = True
    if opened.lock is not None:
        opened.lock.release()
        opened.lock = None


def _upgrade(opened: OpenFile, version: int, copy_first: Callable[[OpenFile], Path]) -> None:
    if opened.read_only:
        shown, file = private_copy(opened.connection)
        opened.private.append(file.parent)
        opened.connection.close()
        migrate_whole(shown)
        opened.connection, opened.file = shown, file
        shown.execute("pragma query_only = on")
        opened.is_unproved = False
    else:
        kept = copy_first(opened)
        migrate_whole(opened.connection)
        opened.opening = replace(opened.opening, upgrade_backup=kept)
    opened.opening = replace(opened.opening, upgraded_from=version)


def migrate_whole(connection: sqlite3.Connection) -> None:
    """Bring the book to the present schema in one transaction, or leave it as it was."""
    # A migration that builds a table anew must not have the rows that point to it deleted.
    connection.execute("pragma foreign_keys = off")
    try:
        connection.execute("begin exclusive")
        try:
            schema.migrate(connection)
            connection.execute("commit")
        except BaseException:
            if connection.in_transaction:
                connection.execute("rollback")
            raise
    finally:
        connection.execute("pragma foreign_keys = on")


def create(path: Path, key: Key | None = None) -> OpenFile:
    """A new file with every table of the present schema, encrypted when there is a `key`.

    Raises UserError when there is a file already.
    """
    if key is not None:
        need_driver()
    create_file(path)
    lock, found = _take(path, Wish(take_over=True))
    if lock is None:
        path.unlink()
        because = found.read_only_because
        raise UserError(f"{path.name} cannot be made, because {because}. {found.way_out}".strip())
    try:
        with sqlite_in_words():
            connection = connect(path, key=key)
            connection.execute("begin exclusive")
            schema.create_schema(connection)
            connection.execute("commit")
    except BaseException:
        lock.release()
        raise
    return OpenFile(path, path, connection, Opening(), False, lock)
