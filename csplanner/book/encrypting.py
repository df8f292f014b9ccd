"""Encrypting a book, decrypting it, giving it another passphrase: a new file takes its place.

The new file is made beside the old one, compared with it row by row, brought to the disk, and only
then takes the book's name, in one step. Whoever pulls the plug finds the old book or the new one.
"""

import os
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

from csplanner.book.audit import foreign_code, need_tables
from csplanner.book.book import Book
from csplanner.book.cipher import need_driver, open_encrypted
from csplanner.book.connection import (
    Counted,
    connect,
    create_file,
    is_open_here,
    key_of_file,
    sqlite_in_words,
)
from csplanner.book.copies import (
    disk_in_words,
    need_room,
    remove_with_sidecars,
    sync_file,
    sync_folder,
)
from csplanner.book.erase_backups import copies_of, in_its_place
from csplanner.book.key import Key, is_encrypted, is_locked, new_key
from csplanner.book.open_file import damage
from csplanner.book.restoring import held
from csplanner.book.seal import seal
from csplanner.errors import UserError

TRACES = (
    "What the disk held before may still be found with special tools: only an encrypted disk "
    "protects against that."
)


@dataclass(frozen=True, slots=True)
class Contents:
    """What two files must have in common to be the same book: a sum of rows for each table."""

    version: int
    application: int
    tables: dict[str, tuple[int, int]]


def encrypt(path: Path, passphrase: str, *, today: date | None = None) -> Key:
    """Put an encrypted book in the place of a plain one; copies made before stay as they are.

    Raises UserError, with the book unchanged, when it is encrypted already, open, unsound, or
    when there is no room.
    """
    need_driver()
    if is_encrypted(path):
        raise UserError(f"{path.name} is encrypted already. Give it another passphrase instead.")
    key = new_key(passphrase)
    _remake(path, key, today)
    return key


def change_passphrase(path: Path, passphrase: str, *, today: date | None = None) -> Key:
    """Make the book open with another passphrase; its present one must have been given.

    Copies made before still open with the one they were made under. Raises as `encrypt`.
    """
    _need_encrypted(path)
    key = new_key(passphrase)
    _remake(path, key, today)
    return key


def decrypt(path: Path, *, today: date | None = None) -> None:
    """Put a plain book in the place of an encrypted one whose passphrase was given.

    Copies made before stay encrypted. Raises as `encrypt`.
    """
    _need_encrypted(path)
    _remake(path, None, today)


def _need_encrypted(path: Path) -> None:
    need_driver()
    if not is_encrypted(path):
        raise UserError(f"{path.name} is not encrypted. Encrypt it first.")


def _remake(path: Path, key: Key | None, today: date | None) -> None:
    place = path.resolve()
    if is_open_here(place):
        raise UserError(f"{place.name} is open in this window. Close it first.")
    # What is unfinished, old or damaged is seen to as at every opening.
    with Book.open(place, today=today) as book:
        book.need_own_file()
        book.need_writable()
    part = place.with_name(place.name + ".part")
    with disk_in_words("The new file could not be written"), held(place):
        need_room(place.parent, place.stat().st_size, "the new file of the book")
        remove_with_sidecars(part)
        try:
            convert(place, part, key)
            os.replace(part, place)  # noqa: PTH105
        except BaseException:
            remove_with_sidecars(part)
            raise
        sync_folder(place.parent)
    seal(place)


def convert(source: Path, target: Path, key: Key | None) -> None:
    """The closed book at `source` as a new file under another key, plain without one; compared,
    and on the disk. Raises UserError when what was written is not the same.
    """
    create_file(target)
    with sqlite_in_words():
        fitting = key_of_file(source)
        uri = source.resolve().as_uri()
        with closing(open_encrypted(f"{uri}?mode=ro", fitting, Counted)) as db:
            db.count(source, fitting)  # type: ignore[attr-defined]
            # An empty key says that a file is plain.
            spec = key.spec if key is not None else ""
            made = f"{target.resolve().as_uri()}?mode=rw"
            db.execute("attach database ? as made key ?", (made, spec))
            db.execute("select sqlcipher_export('made')").fetchall()
            for name in ("user_version", "application_id"):
                number = db.execute(f"pragma main.{name}").fetchone()[0]
                db.execute(f"pragma made.{name} = {int(number)}")
            before = contents(db)
            db.execute("detach database made")
        with closing(connect(target)) as copy:
            damage(copy)
            need_tables(copy)
            if contents(copy) != before or foreign_code(copy):
                raise UserError(
                    "The new file differs from the book. Check the drive; the book is unchanged."
                )
    sync_file(target)


def contents(db: sqlite3.Connection) -> Contents:
    """What the book at a connection holds, for comparing; in no order."""
    names = [
        name
        for (name,) in db.execute(
            "select name from main.sqlite_master where type = 'table' "
            "and name not like 'sqlite\\_%' escape '\\' and sql not like 'create virtual%'"
        ).fetchall()
    ]
    version = int(db.execute("pragma main.user_version").fetchone()[0])
    tables = {name: _sum(db, name) for name in sorted(names)}
    application = int(db.execute("pragma main.application_id").fetchone()[0])
    return Contents(version, application, tables)


def _sum(db: sqlite3.Connection, table: str) -> tuple[int, int]:
    count = total = 0
    for row in db.execute(f'select * from main."{table}"'):
        count += 1
        total ^= int.from_bytes(blake2b(repr(row).encode("utf-8", "replace")).digest(), "big")
    return count, total


# --- copies made before ---


def other_copies(path: Path) -> list[Path]:
    """Backups, weekly dumps and books set aside by a restore that do not open with the passphrase
    of the closed or open book at `path`: plain ones, and those of an earlier passphrase.
    """
    key = key_of_file(path)
    salt = key.salt if key is not None else b""
    return [copy for copy in copies_of(path) if _salt_of(copy) != salt]


def _salt_of(copy: Path) -> bytes:
    if copy.suffix == ".jsonl" or not is_encrypted(copy):
        return b""
    with copy.open("rb") as stream:
        return stream.read(16)


def rewrite_copies(path: Path, copies: list[Path]) -> list[tuple[Path, str]]:
    """Bring copies to the passphrase of the book at `path`; weekly dumps, which are plain, go when
    it has one. Returns those that stay as they were, with the sentence that says why.
    """
    key, failed = key_of_file(path), []
    for copy in copies:
        try:
            _rewrite(copy, key)
        except UserError as error:
            failed.append((copy, str(error)))
        except OSError as error:
            failed.append((copy, f"{copy.name} could not be rewritten: {error.strerror}."))
    return failed


def _rewrite(copy: Path, key: Key | None) -> None:
    if copy.suffix == ".jsonl":
        if key is not None:
            copy.unlink()
        return
    if is_locked(copy):
        raise UserError("It opens with an earlier passphrase only, which was not given.")
    times = copy.stat()
    with in_its_place(copy) as part:
        made = part.with_name(part.name + ".new")
        try:
            convert(part, made, key)
            made.replace(part)
        finally:
            remove_with_sidecars(made)
    os.utime(copy, ns=(times.st_atime_ns, times.st_mtime_ns))


def remove_copies(copies: list[Path]) -> list[tuple[Path, str]]:
    """Remove copies for good; returns those that could not be, with the reason."""
    failed = []
    for copy in copies:
        try:
            copy.unlink()
        except OSError as error:
            failed.append((copy, f"{copy.name} could not be removed: {error.strerror}."))
    return failed
