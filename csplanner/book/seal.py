"""What a book's file was when it was last closed, kept outside it: damage and swaps show.

A seal exists only while the book is closed: opening it for writing takes the seal away, closing
it writes a new one. So a crash leaves none, and is never taken for a change by other hands.
"""

import json
import os
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from csplanner.book.connection import is_open_here
from csplanner.paths import data_dir

_LONGEST_WAIT = 120.0
_DIGEST = """
import hashlib, sys
with open(sys.argv[1], "rb") as stream:
    print(hashlib.file_digest(stream, "sha256").hexdigest())
"""


@dataclass(frozen=True, slots=True)
class Seal:
    """The file as it was closed: digest, size in bytes, time of its last write, moment (UTC)."""

    sha256: str
    size: int
    mtime_ns: int
    closed_at: datetime


def seal(path: Path) -> Seal | None:
    """Seal the closed book at `path`; None when it cannot be kept or the book is open here."""
    if is_open_here(path):
        return None
    try:
        found = path.stat()
        made = Seal(digest_of(path), found.st_size, found.st_mtime_ns, datetime.now(UTC))
        keep(path, made)
    except OSError:
        # Only the proof at the next opening is lost: it then checks the book instead.
        return None
    return made


def keep(path: Path, made: Seal) -> None:
    """Write the seal of the book at `path` down; raises OSError."""
    place = _place(path)
    place.parent.mkdir(mode=0o700, exist_ok=True)
    part = place.with_suffix(f".{os.getpid()}")
    part.unlink(missing_ok=True)
    said = {
        "sha256": made.sha256,
        "size": made.size,
        "mtime_ns": made.mtime_ns,
        "closed_at": made.closed_at.isoformat(),
    }
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        json.dump(said, stream)
    part.replace(place)


def sealed(path: Path) -> Seal | None:
    """The seal of the book at `path`, None when it was never closed here, or not cleanly."""
    try:
        said = json.loads(_place(path).read_text(encoding="utf-8"))
        return Seal(
            str(said["sha256"]),
            int(said["size"]),
            int(said["mtime_ns"]),
            datetime.fromisoformat(said["closed_at"]),
        )
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def unseal(path: Path) -> None:
    """Take the seal away, as the book is about to be written."""
    try:
        _place(path).unlink(missing_ok=True)
    except OSError:
        return


def matches(path: Path) -> bool:
    """Whether the closed book at `path` is byte for byte the one that was sealed."""
    known = sealed(path)
    return known is not None and digest_of(path) == known.sha256


def looks_like(path: Path, known: Seal) -> bool:
    """Whether size and time are those of the seal; asks the system only, opens nothing."""
    try:
        found = path.stat()
    except OSError:
        return False
    return (found.st_size, found.st_mtime_ns) == (known.size, known.mtime_ns)


def digest_of(path: Path) -> str:
    """SHA-256 of the whole file; never call it while this process has the book open."""
    if is_open_here(path):
        raise RuntimeError("reading an open book's file would drop SQLite's locks")
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


class Proof:
    """A process of its own that reads the open book's file; `answer` waits for it."""

    def __init__(self, path: Path, known: Seal) -> None:
        import subprocess

        self._known = known
        self._process = subprocess.Popen(
            [sys.executable, "-I", "-S", "-c", _DIGEST, os.fspath(path.resolve())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )

    def answer(self) -> bool | None:
        """Whether the file is the one that was sealed; None when that could not be found out."""
        from subprocess import TimeoutExpired

        try:
            said, _ = self._process.communicate(timeout=_LONGEST_WAIT)
        except TimeoutExpired:
            self.stop()
            return None
        digest = said.decode("ascii", "replace").strip()
        return digest == self._known.sha256 if len(digest) == 64 else None

    def stop(self) -> None:
        """End the process; nobody wants the answer any more."""
        self._process.kill()
        self._process.communicate()


def prove_beside(path: Path, known: Seal) -> Proof:
    """Start comparing the file at `path`, which may be open here, with its seal.

    Reading it in another process leaves the locks of this one alone. Nothing may write to the
    book until `answer` has come; `Book.prove` sees to that.
    """
    return Proof(path, known)


def _place(path: Path) -> Path:
    name = sha256(os.fsencode(path.resolve())).hexdigest()[:24]
    return data_dir() / "seals" / f"{name}.json"
