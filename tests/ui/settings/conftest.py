"""A window at the settings of a book that nobody else has open, so that it can be restored."""

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.start.files import BookFiles


class Files(BookFiles):
    """Answers for the system's dialogs."""

    def __init__(self, parent, folder):
        super().__init__(parent)
        self.folder = folder

    def ask_copy(self, path):
        return self.folder / f"{path.stem} copy.csbook"


@pytest.fixture
def frame(qtbot, themes, today, small_book, tmp_path):
    """A window at the settings of the small book."""
    path = small_book.path
    small_book.close()
    made = BookWindow(themes, AppSettings(), today=today)
    made.files = Files(made, tmp_path)
    qtbot.addWidget(made)
    made.start_with(path)
    made.show()
    made.show_place("settings")
    settle(qtbot, made)
    yield made
    made.close()


@pytest.fixture
def page(frame):
    """The settings page."""
    return frame.page("settings").page


def settle(qtbot, frame):
    """Wait until the book has written and told everything."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session.idle)
    QApplication.processEvents()
