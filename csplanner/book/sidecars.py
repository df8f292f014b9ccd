"""Files SQLite left beside a book: its own are left to it, others' are moved aside, never applied.

A `-journal` holds the pages a transaction was about to change. SQLite applies any that lies beside
a file, also one of another book. A book's own bears the book's first page as it was.
"""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from csplanner.book.file_kind import Header
from csplanner.book.key import first_pages_in
from csplanner.book.schema import APPLICATION_ID
from csplanner.errors import UserError

_MAGIC = bytes.fromhex("d9d505f920a163d7")
_RESERVED = 0x40000001
"""The byte SQLite locks while it writes."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies beside a book: a journal to be played back, and what belongs to another book."""

    unfinished: bool
    foreign: tuple[Path, ...]


def look_beside(path: Path, header: Header, *, is_sealed: bool) -> Beside:
    """What lies beside the closed book at `path`.

    `is_sealed` says that the book's bytes are those of its last clean close: then nothing beside
    it can be its own. Reads only the files beside, never the book.
    """
    real = path.resolve()
    foreign: list[Path] = []
    journal, wal, shm = (real.with_name(real.name + s) for s in ("-journal", "-wal", "-shm"))
    unfinished = False
    if _first_byte(journal):
        if is_sealed or not _fits(journal, header):
            foreign.append(journal)
        else:
            unfinished = True
    if _first_byte(wal):
        # A book in write-ahead logging says so in its header, before the log is first used.
        if header.is_wal and not is_sealed:
            unfinished = True
        else:
            foreign += [f for f in (wal, shm) if f.exists()]
    return Beside(unfinished, tuple(foreign))


def need_free_names(path: Path) -> None:
    """Raise UserError when something else stands where SQLite must put its own files."""
    real = path.resolve()
    for name in (f"{real.name}{suffix}" for suffix in ("-journal", "-wal", "-shm")):
        try:
            kind = real.with_name(name).stat().st_mode
        except OSError:
            continue
        if not stat.S_ISREG(kind):
            what = "a folder" if stat.S_ISDIR(kind) else "not a file"
            raise UserError(
                f"{name} beside {path.name} is {what} and stands where the book needs a file of "
                "its own. Move it away, then open the book again; nothing was changed."
            )


def any_beside(path: Path) -> bool:
    """Whether SQLite's files lie beside the book at `path`."""
    real = path.resolve()
    return any(_first_byte(real.with_name(real.name + s)) for s in ("-journal", "-wal"))


def move_aside(path: Path, foreign: tuple[Path, ...]) -> Path:
    """Move files of another book into a dated folder beside the book; returns the folder.

    Raises UserError while another program is writing to the book, or when they cannot be moved.
    """
    real = path.resolve()
    stamp = datetime.now(UTC).strftime("%Y-%m-%d %H.%M.%S.%f")
    folder = real.with_name(f"not of this book {stamp}")
    with _nobody_writes(real):
        try:
            folder.mkdir(mode=0o700)
            for file in foreign:
                file.rename(folder / file.name)
        except OSError as error:
            raise UserError(
                f"{foreign[0].name} beside {path.name} belongs to another book and cannot be "
                f"moved away ({error.strerror}). Move it away, then open the book again."
            ) from None
    return folder


def _first_byte(file: Path) -> bool:
    """Whether SQLite would take the file for one in use: it starts with anything but zero."""
    try:
        if not file.is_file():
            return False
        with file.open("rb") as stream:
            return stream.read(1) not in (b"", b"\0")
    except OSError:
        return False


def _fits(journal: Path, header: Header) -> bool:
    """Whether the journal can be of the transaction the book's header shows.

    It bears page 1 as it was: under the same number of the last transaction, or, once the book's
    own page 1 was overwritten, under the one before. One without page 1 is left to SQLite, which
    checks the count of its pages and their sums. Of an encrypted book all tells its salt.
    """
    if header.salt:
        return all(page.startswith(header.salt) for page in first_pages_in(journal))
    with journal.open("rb") as stream:
        start = stream.read(28)
        if len(start) < 28 or not start.startswith(_MAGIC):
            return False
        records = int.from_bytes(start[8:12], "big")
        sector = int.from_bytes(start[20:24], "big")
        page_size = int.from_bytes(start[24:28], "big")
        if page_size != header.page_size or not 32 <= sector <= 65536:
            return False
        length = page_size + 8
        known = (os.fstat(stream.fileno()).st_size - sector) // length
        count = known if records == 0xFFFFFFFF else min(records, known)
        for number in range(max(count, 0)):
            stream.seek(sector + number * length)
            if int.from_bytes(stream.read(4), "big") == 1:
                return _is_page_one_of(stream.read(100), header)
    return True


def _is_page_one_of(page: bytes, header: Header) -> bool:
    counter = int.from_bytes(page[24:28], "big")
    application = int.from_bytes(page[68:72], "big")
    version = int.from_bytes(page[60:64], "big")
    return (
        application == APPLICATION_ID
        and counter in (header.counter, header.counter - 1)
        and (version == header.user_version or counter != header.counter)
    )


@contextmanager
def _nobody_writes(real: Path) -> Iterator[None]:
    """Hold the byte that SQLite locks to write, so that no program is in the middle of it."""
    if os.name == "nt":
        # There a file that another program has open cannot be moved at all.
        yield
        return
    import fcntl

    with real.open("rb+") as stream:
        try:
            fcntl.lockf(stream, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _RESERVED)
        except OSError:
            raise UserError(
                "The book is in use by another program. Close it there, then try again."
            ) from None
        yield
