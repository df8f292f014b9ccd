"""Who has a book open for writing: a locked file beside it, which heals when its holder dies."""

import errno
import json
import os
import stat
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from time import sleep

from csplanner.errors import UserError

_LONGEST_NAME = 255
_FAR = 1 << 30
"""On Windows a locked byte cannot be read, so one beyond the words is locked."""

_TRIES, _PAUSE = 3, 0.01
_MOST = 4096
_CLOSE_IT = "Close it there, then try again."
_TAKE_OVER = (
    "If it is no longer open there, take it over (Take over… in the window, --take-over on the "
    "command line)."
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has the book open for writing, and since when; `is_here` means on this computer."""

    pid: int
    user: str
    host: str
    program: str
    since: datetime
    is_here: bool

    @property
    def words(self) -> str:
        """Such as “anna on laptop-2 since 9:41”, with the day when it is not today's."""
        when = self.since.astimezone()
        clock = f"{when.hour}:{when.minute:02}"
        is_today = when.date() == datetime.now().astimezone().date()
        day = "" if is_today else f"{when.date().isoformat()} "
        return f"{self.user} on {self.host} since {day}{clock}"

    @property
    def way_out(self) -> str:
        """What to do to write the book oneself, one sentence."""
        return _CLOSE_IT if self.is_here else _TAKE_OVER


class BookLock:
    """The lock on one book, held until `release` or until the process ends in any way."""

    def __init__(self, descriptor: int, place: Path, *, healed: bool) -> None:
        self._place = place
        self._descriptor = descriptor
        self._close = weakref.finalize(self, os.close, descriptor)
        self.healed = healed
        """Whether whoever held it before ended without closing the book."""

    def release(self) -> None:
        """Give the book free and take the file away; again is no error."""
        if not self._close.alive:
            return
        if os.name == "nt":
            # Windows removes no file that is open.
            self._close()
            self._place.unlink(missing_ok=True)
            return
        if _is_at(self._descriptor, self._place):
            # A file that stays behind is a lock nobody holds.
            with suppress(OSError):
                self._place.unlink()
        self._close()


def take(path: Path, *, take_over: bool = False) -> BookLock | Holder:
    """The lock on the book at `path`, or who holds it.

    A lock whose holder died is taken. One left by another computer cannot be proved dead: only
    `take_over` takes it. Raises UserError where the folder keeps no locks, OSError where the
    file cannot be made or something else lies in its place (see `in_the_way`).
    """
    place = lock_path(path)
    for attempt in range(_TRIES):
        taken = _try(place, take_over=take_over)
        if taken is not None:
            return taken
        if attempt < _TRIES - 1:
            sleep(_PAUSE)
    return _read(place) or _someone()


def holder_of(path: Path) -> Holder | None:
    """Who has the book open for writing, None when nobody has (a dead holder is nobody)."""
    place = lock_path(path)
    try:
        descriptor = _open(place, os.O_RDWR)
    except OSError:
        return None
    try:
        if not _lock(descriptor):
            return _read(place) or _someone()
    finally:
        os.close(descriptor)
    return None


def in_the_way(path: Path) -> str:
    """What lies where the lock of the book at `path` belongs and cannot be one, such as
    “.book.csbook.lock beside it is a folder”; empty where nothing does.
    """
    place = lock_path(path)
    try:
        kind = place.lstat().st_mode
    except OSError:
        return ""
    if stat.S_ISREG(kind):
        return ""
    what = {stat.S_IFDIR: "a folder", stat.S_IFLNK: "a link", stat.S_IFIFO: "a pipe"}
    return f"{place.name} beside it is {what.get(stat.S_IFMT(kind), 'a device')}"


def lock_path(path: Path) -> Path:
    """Where the lock of the book at `path` lies: beside it, hidden."""
    real = path.resolve()
    name = f".{real.name}.lock"
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = f".{sha256(os.fsencode(real.name)).hexdigest()[:16]}.csbook.lock"
    return real.with_name(name)


def _try(place: Path, *, take_over: bool) -> BookLock | Holder | None:
    """The lock, a holder on another computer, or None while another process has it."""
    descriptor = _open(place, os.O_RDWR | os.O_CREAT)
    try:
        # Whoever released it may have taken away the file that was opened just now.
        if not _lock(descriptor) or not _is_at(descriptor, place):
            os.close(descriptor)
            return None
        before = _read(place)
        if before is not None and not before.is_here and not take_over:
            os.close(descriptor)
            return before
        os.ftruncate(descriptor, 0)
        os.write(descriptor, json.dumps(_facts()).encode())
    except OSError:
        os.close(descriptor)
        raise
    return BookLock(descriptor, place, healed=before is not None)


def _open(place: Path, flags: int) -> int:
    """The plain file at `place`, open; OSError for anything else that lies there.

    A link is followed nowhere: in a shared folder it must not make us write elsewhere. A pipe or
    a device is not opened, as that may wait for ever.
    """
    with suppress(FileNotFoundError):
        _need_plain(place.lstat())
    careful = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(place, flags | careful, 0o600)
    try:
        _need_plain(os.fstat(descriptor))
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def _need_plain(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EEXIST, "something else lies where its lock should be")


def _is_at(descriptor: int, place: Path) -> bool:
    try:
        there = place.stat()
    except OSError:
        return False
    ours = os.fstat(descriptor)
    return (there.st_dev, there.st_ino) == (ours.st_dev, ours.st_ino)


def _facts() -> dict[str, object]:
    return {
        "pid": os.getpid(),
        "host": _host(),
        "user": _user(),
        "program": "csplanner",
        "since": datetime.now().astimezone().isoformat(timespec="seconds"),
    }


def _read(place: Path) -> Holder | None:
    """What the file says, None when it says nothing that makes sense."""
    try:
        with os.fdopen(_open(place, os.O_RDONLY), "rb") as stream:
            said = json.loads(stream.read(_MOST))
        return Holder(
            int(said["pid"]),
            _short(said["user"]),
            _short(said["host"]),
            _short(said["program"]),
            datetime.fromisoformat(said["since"]),
            said["host"] == _host(),
        )
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return None


def _someone() -> Holder:
    return Holder(0, "someone", _host(), "another program", datetime.now().astimezone(), True)


def _short(said: object) -> str:
    """One printable line: the file may come from anywhere."""
    return "".join(c if c.isprintable() else " " for c in str(said))[:80] or "someone"


def _host() -> str:
    if sys.platform == "win32":
        return os.environ.get("COMPUTERNAME", "this computer")
    return os.uname().nodename or "this computer"


def _user() -> str:
    from getpass import getuser

    try:
        return getuser()
    except (OSError, KeyError, ImportError):
        return "someone"


def _posix_lock(descriptor: int) -> bool:
    import fcntl

    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno in (errno.EACCES, errno.EAGAIN):
            return False
        raise UserError(
            "The folder of this book cannot keep locks, so two programs could write at once. "
            "Move the book to a folder on this computer."
        ) from error
    return True


def _windows_lock(descriptor: int) -> bool:
    import msvcrt

    os.lseek(descriptor, _FAR, os.SEEK_SET)
    try:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return False
    finally:
        os.lseek(descriptor, 0, os.SEEK_SET)
    return True


_lock: Callable[[int], bool] = _windows_lock if os.name == "nt" else _posix_lock
