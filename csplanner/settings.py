"""The application's own settings: one frozen dataclass in one file of the settings folder."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path

from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.paths import config_dir

FILE = "settings.json"
_MOST_BYTES = 262_144
MOST_RECENT, MOST_PINNED, MOST_OPEN = 8, 20, 6
THEMES = ("system", "light", "dark")
CONTRASTS = ("system", "normal", "high")
MOTIONS = ("system", "full", "none")
ROWS = ("compact", "normal", "roomy")
SCALES = (100, 110, 125, 150, 175, 200, 250, 300)
"""Sizes of text and everything else, in per cent of what the system asks for."""
_CHOICES: dict[str, tuple[object, ...]] = {
    "theme": THEMES, "contrast": CONTRASTS, "motion": MOTIONS, "rows": ROWS, "scale": SCALES,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AppSettings:
    """What the application remembers beyond any book."""

    recent: tuple[str, ...] = ()
    """Paths of the books opened, the last one first."""
    pinned: tuple[str, ...] = ()
    """Paths of the books that stay at the top of the start page, as they were pinned."""
    open_books: tuple[str, ...] = ()
    """Paths of the books that are open, or were when csplanner ended."""
    reopen: bool = True
    """Whether a start without a book opens those of last time."""
    starting: bool = False
    """True while books are being reopened: it stays when that brings the program down."""
    theme: str = "system"
    contrast: str = "system"
    motion: str = "system"
    """Whether panels and tokens move to their place, or stand there at once (`none`)."""
    rows: str = "normal"
    """How high the rows of tables and lists are."""
    scale: int = 100
    language: str = "system"
    """The code of the language the window speaks; one that does not ship means English."""
    last_version: str = ""
    """The version that was used last, so that what is new is told once."""
    single_keys: bool = True
    """Whether single letters act in lists and scenes."""
    shortcuts: dict[str, str] = field(default_factory=dict)
    """Your own shortcuts by the id of their command, an empty one being none."""

    def with_recent(self, path: Path) -> "AppSettings":
        """The same with a book moved to the front of those opened."""
        name = str(path)
        rest = tuple(other for other in self.recent if other != name)
        return replace(self, recent=(name, *rest)[:MOST_RECENT])

    def without(self, path: Path) -> "AppSettings":
        """The same without a book among those opened or pinned."""
        name = str(path)
        return replace(
            self,
            recent=tuple(p for p in self.recent if p != name),
            pinned=tuple(p for p in self.pinned if p != name),
        )

    def with_pin(self, path: Path, *, pinned: bool) -> "AppSettings":
        """The same with a book pinned, after those that are, or not pinned any more."""
        name = str(path)
        rest = tuple(p for p in self.pinned if p != name)
        return replace(self, pinned=(*rest, name) if pinned else rest)

    @property
    def known(self) -> tuple[str, ...]:
        """Paths of the books the start page lists: those pinned, then those opened last."""
        return (*self.pinned, *(p for p in self.recent if p not in self.pinned))


def load_settings() -> AppSettings:
    """What was remembered; whatever is missing or cannot be read has its default."""
    try:
        file = config_dir() / FILE
        if not file.is_file() or file.stat().st_size > _MOST_BYTES:
            return AppSettings()
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return AppSettings()
    return _checked(stored) if isinstance(stored, dict) else AppSettings()


def save_settings(settings: AppSettings) -> None:
    """Remember; readable by you alone. Raises UserError when the folder cannot be written."""
    try:
        target = config_dir() / FILE
        part = target.with_name(f"{FILE}.{os.getpid()}.part")
        with suppress(FileNotFoundError):
            part.unlink()
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump(asdict(settings), stream, indent=1)
            part.replace(target)
        except OSError:
            part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise UserError(
            tr("The settings could not be saved ({0}). They hold until you quit.").format(
                error.strerror
            )
        ) from error


def _texts(stored: object) -> dict[str, str]:
    found = stored.items() if isinstance(stored, dict) else ()
    return {k: v for k, v in found if isinstance(k, str) and isinstance(v, str)}


def _may_be_path(text: str) -> bool:
    """Whether a file system can be asked for a path of that text at all."""
    try:
        return bool(text) and b"\0" not in os.fsencode(text)
    except ValueError:
        return False


def _checked(stored: dict[str, object]) -> AppSettings:
    plain = AppSettings()
    kept: dict[str, object] = {}
    for known in fields(AppSettings):
        value = stored.get(known.name)
        if isinstance(value, type(getattr(plain, known.name))):
            kept[known.name] = value
    kept["shortcuts"] = _texts(stored.get("shortcuts"))
    for name, most in (("recent", MOST_RECENT), ("pinned", MOST_PINNED), ("open_books", MOST_OPEN)):
        paths = stored.get(name)
        if isinstance(paths, list):
            kept[name] = tuple(p for p in paths if isinstance(p, str) and _may_be_path(p))[:most]
    for name, choices in _CHOICES.items():
        if kept.get(name) not in choices:
            kept.pop(name, None)
    return AppSettings(**kept)  # type: ignore[arg-type]
