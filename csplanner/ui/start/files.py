"""Where books lie: asking for places, and what can be said of the books opened before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.paths import data_dir
from csplanner.ui.widgets.format import day

SUFFIX = ".csbook"
_SAMPLE = "example.csbook"


@dataclass(frozen=True, slots=True)
class Recent:
    """A book opened before: its name, where it lies and when it was changed, in words."""

    path: Path
    name: str
    where: str
    state: str
    there: bool


def backup_words(newest: datetime | None, today: date) -> str:
    """`backup 9:30`, `backup 3 Mar`, `no backup`."""
    if newest is None:
        return "no backup"
    local = newest.astimezone()
    is_today = local.date() == today
    return f"backup {f'{local.hour}:{local.minute:02}' if is_today else day(local.date(), today)}"


def newest_backups(paths: Sequence[Path]) -> dict[Path, datetime | None]:
    """When each book was last backed up; reads the shelves, for another thread."""
    from csplanner.book.shelf import shelf

    return {
        path: next((kept.made_at for kept in shelf(path) if kept.sound), None) for path in paths
    }


def recent_books(paths: Sequence[str], today: date) -> list[Recent]:
    """What can be said of books without opening them."""
    return [_recent(Path(path), today) for path in paths]


def _recent(path: Path, today: date) -> Recent:
    where = str(path.parent)
    home = str(Path.home())
    if where.startswith(home):
        where = f"~{where[len(home) :]}"
    try:
        changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    except OSError:
        return Recent(path, path.stem, where, "not found there", False)
    return Recent(path, path.stem, where, f"changed {_ago(changed, today)}", True)


def _ago(changed: date, today: date) -> str:
    days = (today - changed).days
    if days == 0:
        return "today"
    return "yesterday" if days == 1 else f"on {day(changed, today)}"


class BookFiles:
    """Asks for places of books with the system's own dialogs, and makes the example."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask_new(self) -> Path | None:
        """Where a new book shall lie, or None."""
        start = Path.home() / f"My book{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self._parent, self._parent.tr("New book"), str(start), f"Books (*{SUFFIX})"
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def ask_open(self) -> Path | None:
        """Which book to open, or None."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, self._parent.tr("Open a book"), str(Path.home()), f"Books (*{SUFFIX})"
        )
        return Path(name) if name else None

    def ask_copy(self, path: Path) -> Path | None:
        """Where a copy of the book at `path` shall lie, or None."""
        return self._ask_place(self._parent.tr("Save a copy"), path, "copy")

    def _ask_place(self, title: str, path: Path, ending: str) -> Path | None:
        """A place for a further book like the one at `path`, beside it at first."""
        folder = path.parent if path.parent.is_dir() else Path.home()
        start = folder / f"{f'{path.stem} {ending}'.strip()}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(self._parent, title, str(start), f"Books (*{SUFFIX})")
        if not name:
            return None
        chosen = Path(name)
        return chosen if chosen.suffix else chosen.with_suffix(SUFFIX)

    def ask_export(self) -> Path | None:
        """Which export, or weekly copy in plain lines, to make a book of, or None."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent, self._parent.tr("Open an export"), str(Path.home()),
            self._parent.tr("Exports (*.json *.jsonl *.xlsx *.csv)"),
        )  # fmt: skip
        path = Path(name) if name else None
        # An export as CSV is a folder of one file a table.
        return path.parent if path is not None and path.suffix.casefold() == ".csv" else path

    def ask_from_backup(self, path: Path) -> Path | None:
        """Where the backup of a book that lay at `path` shall be put, or None."""
        is_free = not path.exists() and path.parent.is_dir()
        ending = "" if is_free else "from backup"
        return self._ask_place(self._parent.tr("Bring the book back as"), path, ending)

    def ask_recovered(self, path: Path) -> Path | None:
        """Where what can be read of the damaged book at `path` shall be put, or None."""
        return self._ask_place(self._parent.tr("Recover the book as"), path, "recovered")

    def ask_without_code(self, path: Path) -> Path | None:
        """Where a book of the records of the one at `path`, without foreign code, shall be put."""
        return self._ask_place(self._parent.tr("Make a book without the code"), path, "clean")

    def sample(self) -> Path:
        """Where the example lies, or will lie once it is made."""
        return data_dir() / _SAMPLE


def make_sample(path: Path, today: date) -> Path:
    """Make the example at `path`, for another thread: it takes seconds; returns `path`.

    It gets its name when it is whole, so that one interrupted is made again.
    """
    from csplanner.sample import make_sample_book

    part = path.with_suffix(f".part{SUFFIX}")
    part.unlink(missing_ok=True)
    make_sample_book(part, today=today, shift=True).close()
    return part.rename(path)
