"""Where books lie: asking for places, and making the example."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.language import tr
from csplanner.paths import data_dir

SUFFIX = ".csbook"
_SAMPLE = "example.csbook"


class BookFiles:
    """Asks for places of books with the system's own dialogs, and makes the example."""

    def __init__(self, parent: QWidget) -> None:
        self._parent = parent

    def ask_new(self) -> Path | None:
        """Where a new book shall lie, or None."""
        start = Path.home() / tr("My book{0}").format(SUFFIX)
        name, _ = QFileDialog.getSaveFileName(
            self._parent, self._parent.tr("New book"), str(start), tr("Books (*{0})").format(SUFFIX)
        )
        if not name:
            return None
        path = Path(name)
        return path if path.suffix else path.with_suffix(SUFFIX)

    def ask_open(self) -> Path | None:
        """Which book to open, or None."""
        name, _ = QFileDialog.getOpenFileName(
            self._parent,
            self._parent.tr("Open a book"),
            str(Path.home()),
            tr("Books (*{0})").format(SUFFIX),
        )
        return Path(name) if name else None

    def ask_copy(self, path: Path) -> Path | None:
        """Where a copy of the book at `path` shall lie, or None."""
        return self._ask_place(self._parent.tr("Save a copy"), path, "copy")

    def _ask_place(self, title: str, path: Path, ending: str) -> Path | None:
        """A place for a further book like the one at `path`, beside it at first."""
        folder = path.parent if path.parent.is_dir() else Path.home()
        start = folder / f"{f'{path.stem} {ending}'.strip()}{SUFFIX}"
        name, _ = QFileDialog.getSaveFileName(
            self._parent, title, str(start), tr("Books (*{0})").format(SUFFIX)
        )
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
        ending = "" if is_free else tr("from backup")
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
