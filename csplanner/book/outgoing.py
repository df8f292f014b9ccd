"""What leaves the book: text cleaned of what no file can hold, safe names, files placed whole."""

import errno
import os
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from csplanner.book.unfinished import PREFIX, hold, let_go, sweep
from csplanner.errors import UserError

CELL_LIMIT = 32_767
"""Characters a spreadsheet cell can hold."""

# Control characters but tab and line feed, lone surrogates, noncharacters, and the invisible
# marks that make text read in another order than it is written.
_UNWRITABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
)
_EAST_ASIAN = re.compile("[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]")
_EMOJI = re.compile("[\u2600-\u27bf\U0001f000-\U0001faff]")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\s]+')
_DEVICES = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.IGNORECASE)
_NAME_BYTES = 120


class Cleaner:
    """Cleans texts on their way out and counts what was left out, for the export report."""

    def __init__(self) -> None:
        self.removed = 0
        """Characters that no document can hold."""
        self.shortened = 0
        """Texts cut to the length their place has."""
        self._scripts: set[str] = set()

    def text(self, text: str, limit: int = CELL_LIMIT) -> str:
        """`text` without what cannot be written, at most `limit` characters, cut with `…`."""
        return self._shorten(self._writable(text), limit)

    def line(self, text: str, limit: int = CELL_LIMIT) -> str:
        """The same on one line: every run of white space becomes one space."""
        return self._shorten(" ".join(self._writable(text).split()), limit)

    def _writable(self, text: str) -> str:
        lines = text.replace("\r\n", "\n").replace("\r", "\n")
        kept = _UNWRITABLE.sub("", lines)
        self.removed += len(lines) - len(kept)
        self._note_scripts(kept)
        return kept

    def _shorten(self, text: str, limit: int) -> str:
        if len(text) <= limit:
            return text
        self.shortened += 1
        return text[: limit - 1].rstrip() + "…"

    def _note_scripts(self, text: str) -> None:
        if text.isascii():
            return
        if _EAST_ASIAN.search(text):
            self._scripts.add("Chinese, Japanese or Korean characters")
        if _EMOJI.search(text):
            self._scripts.add("emoji")

    def warnings(self) -> tuple[str, ...]:
        """One sentence for each thing a reader of the export must know."""
        found = []
        if self.removed:
            what = "1 character" if self.removed == 1 else f"{self.removed:,} characters"
            found.append(f"{what} that no document can hold were left out.")
        if self.shortened:
            what = "1 text was" if self.shortened == 1 else f"{self.shortened:,} texts were"
            found.append(f"{what} too long and end in “…”.")
        found += [
            f"There are {script} in it: a computer without a font for them shows boxes."
            for script in sorted(self._scripts)
        ]
        return tuple(found)


def safe_file_name(text: str, fallback: str = "account") -> str:
    """A file name (without extension) made of `text` that every system accepts.

    No separators, no reserved device names, no trailing dot, at most 120 bytes of UTF-8.
    """
    name = _NOT_IN_NAMES.sub(" ", _UNWRITABLE.sub("", unicodedata.normalize("NFC", text)))
    name = "".join(c for c in name if unicodedata.category(c) not in ("Cf", "Cc", "Cs", "Co"))
    name = name.encode()[:_NAME_BYTES].decode(errors="ignore").strip(" .-")
    if _DEVICES.fullmatch(name):
        name = f"_{name}"
    return name or fallback


@contextmanager
def placing(folder: Path, name: str, *, over: bool = False) -> Iterator["Placement"]:
    """A private file to write beside its place; on success it takes `name` there.

    A file of that name is never overwritten, unless `over`: the new one becomes `name (2)` and so
    on, and `Placement.path` says which. On an error nothing is left behind. Raises UserError when
    the folder cannot be written to.
    """
    with disk_in_words(folder):
        make_folder(folder)
        sweep(folder)
        descriptor, temporary = tempfile.mkstemp(prefix=PREFIX, dir=folder)
        os.close(descriptor)
    placement = Placement(Path(temporary))
    held = hold(placement.temporary)
    try:
        with disk_in_words(folder):
            yield placement
            sync_file(placement.temporary)
            if over:
                placement.path = placement.temporary.replace(folder / name)
                sync_folder(folder)
            else:
                placement.path = _take_place(placement.temporary, folder / name)
    finally:
        # What cannot be removed now is swept away by a later export.
        with suppress(OSError):
            placement.temporary.unlink()
        let_go(held)


def make_folder(folder: Path) -> None:
    """Make a folder that only its owner can look into, and those above it that are missing."""
    missing = [f for f in (folder, *folder.parents) if not f.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
    if not missing:
        folder.mkdir(mode=0o700, exist_ok=True)  # says why where it is no folder


class Placement:
    """A file being written: `temporary` until the end, `path` after."""

    def __init__(self, temporary: Path) -> None:
        self.temporary = temporary
        self.path = temporary


def place(folder: Path, name: str, content: bytes) -> Path:
    """Write `content` as `name` into `folder` by `placing`; returns the path it got."""
    with placing(folder, name) as placement:
        placement.temporary.write_bytes(content)
    return placement.path


def _take_place(temporary: Path, wanted: Path) -> Path:
    number = 1
    while True:
        tail = "" if number == 1 else f" ({number})"
        path = wanted.with_name(f"{wanted.stem}{tail}{wanted.suffix}")
        try:
            take_name(temporary, path)
        except FileExistsError:
            number += 1
            continue
        return path


def take_name(temporary: Path, path: Path) -> None:
    """Give the finished file `temporary` the name `path`, whole or not at all, and keep it so
    through a power cut. Raises FileExistsError when the name is taken.
    """
    try:
        # A second name for the same file: unlike a renaming it never takes another's place, and
        # at no moment does the name stand for a part of the file.
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # Disks without second names, such as FAT: the name is reserved first.
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        temporary.replace(path)
    else:
        with suppress(OSError):
            temporary.unlink()
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring the names in a folder to the disk, where the system can do that."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network drives cannot; what they cannot promise must not stop the work.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def sync_file(path: Path) -> None:
    """Bring the content of a file to the disk."""
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


@contextmanager
def disk_in_words(folder: Path) -> Iterator[None]:
    """Turn what the system reports about a folder's disk or rights into a UserError."""
    try:
        yield
    except OSError as error:
        raise UserError(
            f"The export could not be written to {folder}: {error.strerror or error}. "
            "Choose a folder you may write to that has room."
        ) from error
