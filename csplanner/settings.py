"""The application's own settings: one frozen dataclass in one file of the settings folder."""

import json
import os
from contextlib import suppress
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path

from csplanner.errors import UserError
from csplanner.paths import config_dir

FILE = "settings.json"
MOST_RECENT = 8
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
    theme: str = "system"
    contrast: str = "system"
    motion: str = "system"
    """Whether panels and tokens move to their place, or stand there at once (`none`)."""
    rows: str = "normal"
    """How high the rows of tables and lists are."""
    scale: int = 100
    last_page: str = "today"
    single_keys: bool = True
    """Whether single letters act in lists and scenes."""

    def with_recent(self, path: Path) -> "AppSettings":
        """The same with a book moved to the front of those opened."""
        name = str(path)
        rest = tuple(other for other in self.recent if other != name)
        return replace(self, recent=(name, *rest)[:MOST_RECENT])

    def without(self, path: Path) -> "AppSettings":
        """The same without a book among those opened."""
        return replace(self, recent=tuple(p for p in self.recent if p != str(path)))


def load_settings() -> AppSettings:
    """What was remembered; whatever is missing or cannot be read has its default."""
    try:
        stored = json.loads((config_dir() / FILE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
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
            f"The settings could not be saved ({error.strerror}). They hold until you quit."
        ) from error


def _checked(stored: dict[str, object]) -> AppSettings:
    plain = AppSettings()
    kept: dict[str, object] = {}
    for field in fields(AppSettings):
        value = stored.get(field.name)
        if isinstance(value, type(getattr(plain, field.name))):
            kept[field.name] = value
    recent = stored.get("recent")
    if isinstance(recent, list):
        kept["recent"] = tuple(p for p in recent if isinstance(p, str))[:MOST_RECENT]
    for name, choices in _CHOICES.items():
        if kept.get(name) not in choices:
            kept.pop(name, None)
    return AppSettings(**kept)  # type: ignore[arg-type]
