"""Where a book lies: folders that are synced or on a network can harm it, so that is said once."""

import os
import re
from hashlib import sha256
from pathlib import Path

from csplanner.paths import data_dir

_SYNCED = (
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("google drive", "Google Drive"),
    ("googledrive", "Google Drive"),
    ("my drive", "Google Drive"),
    ("mobile documents", "iCloud Drive"),
    ("icloud", "iCloud Drive"),
    ("com~apple~clouddocs", "iCloud Drive"),
    ("owncloud", "ownCloud"),
    ("nextcloud", "Nextcloud"),
    ("syncthing", "Syncthing"),
)
_COPY = re.compile(r"conflicted copy|[-_. ]conflict|\(\d+\)$|\bin konflikt\b", re.IGNORECASE)
_REMOTE = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "davfs", "ncpfs"})
_LOCAL_FUSE = frozenset({"fuseblk", "fusectl", "fuse.portal", "fuse.gvfsd-fuse"})
_MOUNTS = Path("/proc/self/mounts")


def warning(path: Path) -> str:
    """One sentence about the place of the book at `path`, empty when there is nothing to say."""
    real = path.resolve()
    if _COPY.search(real.stem):
        return (
            f"{real.name} looks like a copy that a sync program made of another book. "
            "Check that it is the one you mean."
        )
    service = _service(real)
    if service:
        return (
            f"{real.name} lies in a folder of {service}, which may replace it while it is open. "
            "Move the book to a folder of this computer alone, and keep backups in the synced one."
        )
    if is_remote(real):
        return (
            f"{real.name} lies on a network drive, which may lose what was written. "
            "Move the book to this computer, and keep backups on the drive."
        )
    return ""


def warn_once(path: Path) -> str:
    """`warning`, the first time it is asked for this book in this place."""
    words = warning(path)
    if not words:
        return ""
    mark = sha256(os.fsencode(path.resolve()) + words.encode()).hexdigest()[:24]
    try:
        folder = data_dir() / "places"
        folder.mkdir(mode=0o700, exist_ok=True)
        os.close(os.open(folder / mark, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        return ""
    except OSError:
        # Said again next time, which is better than not at all.
        return words
    return words


def is_remote(path: Path) -> bool:
    """Whether `path` is on a drive that another computer serves, as far as can be told."""
    named = os.fspath(path)
    return named.startswith("\\\\") or _kind_of_mount(named, _mounts()) in _REMOTE


def _service(path: Path) -> str:
    for part in reversed(path.parts[:-1]):
        name = part.casefold()
        for start, service in _SYNCED:
            if name.startswith(start):
                return service
    return ""


def _mounts() -> str:
    try:
        return _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _kind_of_mount(path: str, mounts: str) -> str:
    """The file system at `path` by the longest mount above it; FUSE of others counts as 9p."""
    longest, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        at = re.sub(r"\\(\d{3})", lambda m: chr(int(m[1], 8)), fields[1])
        is_above = path == at or path.startswith(at if at.endswith("/") else at + "/")
        if is_above and len(at) >= longest:
            longest, kind = len(at), fields[2]
    if kind.startswith("fuse.") and kind not in _LOCAL_FUSE:
        return "9p"
    return kind
