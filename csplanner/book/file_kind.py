"""What stands at a path, found out without SQLite: a book, or what else, in one sentence."""

import os
import stat
from dataclasses import dataclass
from pathlib import Path

from csplanner.book.key import PAGE, looks_encrypted
from csplanner.book.schema import APPLICATION_ID, SCHEMA_VERSION
from csplanner.errors import DamagedBook, UserError

LONGEST_NAME = 255 - len("-journal")
"""Bytes of a book's name; SQLite puts its journal beside the book under a longer one."""

_MAGIC = b"SQLite format 3\0"
_HEADER = 100
_TOLD = PAGE
_KINDS = {
    b"PK\x03\x04": "a zip archive or an Office file",
    b"PK\x05\x06": "an empty zip archive",
    b"\x1f\x8b": "a compressed file",
    b"7z\xbc\xaf": "a compressed file",
    b"%PDF": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\xd0\xcf\x11\xe0": "an old Office file",
    b"\x7fELF": "a program",
    b"MZ": "a program",
}

_UNKNOWN = "a file of another kind, or damaged"


class NewerBook(UserError):  # noqa: N818 - named for what it is
    """The book was written by a csplanner newer than this one; nothing is wrong with it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The first 100 bytes of a book, as far as opening it needs them."""

    page_size: int
    pages: int
    """Pages the file should have, 0 when another program left that unsaid."""
    counter: int
    """Moves with every transaction."""
    is_wal: bool
    user_version: int
    size: int
    """Bytes of the file."""
    salt: bytes = b""
    """What an encrypted book begins with; nothing else of its header can be read then."""

    @property
    def odd_length(self) -> str:
        """How the file's length is wrong, in words; empty when it ends where it should."""
        known = self.pages * self.page_size
        if self.size % self.page_size == 0 and self.size >= known:
            return ""
        if known and self.size > known:
            return f"{self.size - known:,} bytes that are not its own follow its end"
        return "its file is cut short"


def need_file(path: Path) -> None:
    """Raise UserError when no plain file that can be opened stands at `path`."""
    try:
        found = path.stat()
    except ValueError:
        raise UserError("That is not a path. Check it, or make a new book.") from None
    except FileNotFoundError:
        gone = " It is a link to a file that is gone." if path.is_symlink() else ""
        raise UserError(
            f"There is no book called {path.name}.{gone} Check the path, or make a new book."
        ) from None
    except OSError as error:
        raise UserError(f"{path.name} cannot be reached: {error.strerror}.") from None
    if stat.S_ISDIR(found.st_mode):
        raise UserError(f"{path.name or path} is a folder, not a file. Choose a .csbook file.")
    if not stat.S_ISREG(found.st_mode):
        raise UserError(f"{path.name} is not a file but a device or a pipe. Choose a .csbook file.")


def header_of(path: Path) -> Header:
    """The header of the book at `path`; UserError when no book stands there, or a newer one.

    Must be called before any connection to the file exists in this process: closing a plain
    file handle would drop the locks SQLite holds on it.
    """
    need_file(path)
    try:
        with path.open("rb") as stream:
            start = stream.read(_TOLD)
            size = os.fstat(stream.fileno()).st_size
    except OSError as error:
        raise UserError(f"{path.name} cannot be read: {error.strerror}.") from None
    if looks_encrypted(start, size) and _kind(start) == _UNKNOWN:
        return Header(
            PAGE, 0, 0, is_wal=True, user_version=SCHEMA_VERSION, size=size, salt=start[:16]
        )
    if not start.startswith(_MAGIC) or len(start) < _HEADER:
        raise UserError(
            f"{path.name} is {_kind(start)}, not a csplanner book. "
            "If it is a CRM export, import it into a book."
        )
    if _number(start, 68) != APPLICATION_ID:
        raise UserError(f"{path.name} is a database of another program, not a csplanner book.")
    version = _number(start, 60)
    if version > SCHEMA_VERSION:
        raise NewerBook(
            f"{path.name} was written by a newer csplanner (book version {version}, this "
            f"program knows {SCHEMA_VERSION}). Update csplanner; nothing was changed."
        )
    return _header(path, start, size)


def _header(path: Path, start: bytes, size: int) -> Header:
    said = int.from_bytes(start[16:18], "big")
    page_size = 65536 if said == 1 else said
    if page_size < 512 or page_size & (page_size - 1):
        raise DamagedBook("its beginning makes no sense", path.name)
    counter = _number(start, 24)
    # The count of pages holds only where the last writer kept it, which it marks so.
    pages = _number(start, 28) if _number(start, 92) == counter else 0
    is_wal = start[18:20] != b"\x01\x01"
    return Header(page_size, pages, counter, is_wal, _number(start, 60), size)


def _number(start: bytes, at: int) -> int:
    return int.from_bytes(start[at : at + 4], "big")


def _kind(start: bytes) -> str:
    if not start:
        return "empty"
    for beginning, words in _KINDS.items():
        if start.startswith(beginning):
            return words
    if start.startswith(_MAGIC):
        return "only the beginning of a database"
    if not start.strip(b"\0"):
        return "filled with zeros"
    if b"\0" not in start and start.isascii():
        return "a text file"
    return _UNKNOWN


def needs_shorter_name(path: Path) -> bool:
    """Whether the name leaves no room for the name of SQLite's journal."""
    return len(os.fsencode(path.resolve().name)) > LONGEST_NAME


def may_write(path: Path) -> bool:
    """Whether this user may write to the file and make files beside it."""
    effective = os.access in os.supports_effective_ids
    return all(
        os.access(place, os.W_OK, effective_ids=effective)
        for place in (path, path.resolve().parent)
    )
