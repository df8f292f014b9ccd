"""Unfinished files and folders: who writes one holds it, so that what a kill left can be told."""

import os
import shutil
import stat
import time
from contextlib import suppress
from pathlib import Path

PREFIX = ".csplanner-"
"""How their names begin; they lie beside what they are to become."""

_JUST_MADE = 10
"""Seconds in which something empty may be about to be held."""

_ABANDONED = 86_400
"""Seconds longer than any writing takes, where holding cannot be told."""


def hold(path: Path) -> int | None:
    """Hold a file or folder until the descriptor that is returned is closed, or the process ends.

    None where the system or the disk cannot do that.
    """
    if os.name != "posix":
        return None
    import fcntl

    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(descriptor)
        return None
    return descriptor


def let_go(descriptor: int | None) -> None:
    """End holding what `hold` gave."""
    if descriptor is not None:
        with suppress(OSError):
            os.close(descriptor)


def sweep(folder: Path) -> None:
    """Remove what killed programs left unfinished in `folder`: at once where nobody holds it,
    after a day where that cannot be told.
    """
    for path in folder.glob(f"{PREFIX}*"):
        with suppress(OSError):
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and _is_left(path, found, found.st_size == 0):
                path.unlink()
            elif stat.S_ISDIR(found.st_mode) and _is_left(path, found, not any(path.iterdir())):
                shutil.rmtree(path)


def _is_left(path: Path, found: os.stat_result, is_empty: bool) -> bool:
    age = time.time() - found.st_mtime
    if age > _ABANDONED:
        return True
    if is_empty and age < _JUST_MADE:
        return False
    descriptor = hold(path)
    let_go(descriptor)
    return descriptor is not None
