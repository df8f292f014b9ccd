"""Pictures of every page in both themes, without a display: for the demo and for looking at."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.book import Book
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_PAGES = ("today", "book", "account", "pyramid", "qbr", "import", "history", "settings")
_STORY_ACCOUNT = "Tidewater Health Network"
_PATIENCE = 60.0


def take_pictures(
    book: Path, folder: Path, *, today: date, size: tuple[int, int] = (1440, 900)
) -> Iterator[Path]:
    """Write a PNG of every page of `book` in light and dark, and of an empty book and the start.

    Yields each file as it is written. Raises UserError when a page does not come to rest.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtWidgets import QApplication

    from csplanner.settings import AppSettings
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.theme import ThemeController

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    app = QApplication.instance() or QApplication(["csplanner"])
    assert isinstance(app, QApplication)
    with _home_apart() as home:
        empty = home / "empty.csbook"
        Book.create(empty, today=today).close()
        for theme in ("light", "dark"):
            window = BookWindow(ThemeController(app, theme), AppSettings(theme=theme), today=today)
            window.resize(*size)
            window.show()
            for name in _walk(window, book, empty):
                yield _grab(window, folder / f"{name}-{theme}.png", size)
            window.close()
            window.deleteLater()
            app.processEvents()


def _walk(window: "BookWindow", book: Path, empty: Path) -> Iterator[str]:
    """Show one screen after the other; yields the name of the one that stands now."""
    window.show_start()
    yield "start"
    window.start_with(book)
    for key in _PAGES:
        argument = _story_account(window) if key in ("account", "qbr") else None
        window.show_place(key, argument)
        yield key
        if key == "account" and argument is not None:
            window.show_place(key, (argument, "map"))
            yield "map"
    window.start_with(empty)
    window.show_place("today")
    yield "empty"


@contextmanager
def _home_apart() -> Iterator[Path]:
    """A folder of our own for settings, so that the user's recent books stay as they are."""
    before = os.environ.get("CSPLANNER_HOME")
    with tempfile.TemporaryDirectory(prefix="csplanner-pictures-") as name:
        os.environ["CSPLANNER_HOME"] = name
        try:
            yield Path(name)
        finally:
            if before is None:
                del os.environ["CSPLANNER_HOME"]
            else:
                os.environ["CSPLANNER_HOME"] = before


def _story_account(window: "BookWindow") -> str | None:
    """The account the story is about, else the first."""
    assert window.session is not None
    accounts = window.session.read.accounts
    found = accounts.find(_STORY_ACCOUNT) or accounts.all()
    return found[0].id if found else None


def _grab(window: "BookWindow", path: Path, size: tuple[int, int]) -> Path:
    """The window as it stands once nothing is being written or laid out any more."""
    from PySide6.QtWidgets import QApplication

    # A book brings the window it stood in last time.
    window.resize(*size)
    until = time.monotonic() + _PATIENCE
    for _ in range(3):
        QApplication.processEvents()
        while not (window.books.idle and (window.session is None or window.session.idle)):
            QApplication.processEvents()
            if time.monotonic() > until:
                raise UserError(f"{path.stem} did not come to rest. Try the demo again.")
    if not (_make_private(path) and window.grab().save(str(path))):
        raise UserError(f"{path.name} could not be written. Choose a folder you may write to.")
    return path


def _make_private(path: Path) -> bool:
    """A file only its owner can read, into which Qt can write: a picture shows names."""
    try:
        path.unlink(missing_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError:
        return False
    return True
