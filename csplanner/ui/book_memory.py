"""What the window remembers of one book: where you were in it and how its screens stand."""

import json
import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from csplanner.paths import config_dir

_PRIVATE = 0o600
_MOST_BYTES = 262_144
_WRITE_AFTER_MS = 400


class BookMemory(QObject):
    """Small values by key, in a file of the settings folder that is readable by you alone.

    Values are plain JSON: numbers, words of ours and identifiers, never names or notes of the
    book. What cannot be read or written is forgotten, never reported: nothing of the book is lost.
    """

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        """The memory of the book that lies at `path`."""
        super().__init__(parent)
        self._file = memory_file(path)
        self._values = _stored(self._file)
        self._fresh: set[str] = set()
        self._writing = QTimer(self)
        self._writing.setSingleShot(True)
        self._writing.setInterval(_WRITE_AFTER_MS)
        self._writing.timeout.connect(self.write)

    def get(self, key: str) -> object | None:
        """What was kept under `key`, None when nothing was; check its shape before use."""
        return self._values.get(key)

    def keep(self, key: str, value: object) -> None:
        """Keep a value, to be written within half a second; None forgets the key."""
        if self._values.get(key) == value:
            return
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._fresh.add(key)
        self._writing.start()

    def write(self) -> None:
        """Write now what was kept since the last time; what other windows kept stays."""
        self._writing.stop()
        if not self._fresh:
            return
        kept = _stored(self._file)
        for key in self._fresh:
            kept.pop(key, None)
            if key in self._values:
                kept[key] = self._values[key]
        self._fresh.clear()
        with suppress(OSError, TypeError, ValueError):
            _write(self._file, json.dumps(kept))


def memory_file(path: Path) -> Path:
    """Where the memory of the book at `path` lies; it need not exist. A link leads to the same."""
    name = sha256(os.fsencode(path.resolve())).hexdigest()[:24]
    return config_dir() / "books" / f"{name}.json"


def kept_of(path: Path) -> dict[str, object]:
    """Everything kept of the book at `path`, which need not be open."""
    return _stored(memory_file(path))


def move_memory(old: Path, new: Path) -> None:
    """Let a book that was moved from `old` keep its memory, unless there is one for `new`."""
    with suppress(OSError):
        source, target = memory_file(old), memory_file(new)
        if source.exists() and not target.exists():
            source.replace(target)


def forget_memory(path: Path) -> None:
    """Forget what was remembered of the book at `path`."""
    with suppress(OSError):
        memory_file(path).unlink(missing_ok=True)


def _stored(file: Path) -> dict[str, object]:
    try:
        if file.stat().st_size > _MOST_BYTES:
            return {}
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _write(file: Path, text: str) -> None:
    """Write the whole file or nothing of it."""
    file.parent.mkdir(mode=0o700, exist_ok=True)
    part = file.with_suffix(f".{os.getpid()}.part")
    part.unlink(missing_ok=True)
    descriptor = os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _PRIVATE)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            stream.write(text)
        part.replace(file)
    except OSError:
        part.unlink(missing_ok=True)
        raise
