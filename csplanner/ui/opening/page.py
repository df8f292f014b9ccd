"""The quiet page shown while a book is opened that must be looked over first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout

from csplanner.language import noted
from csplanner.ui.shell.banner import Notice
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.widgets.empty import Sketch, draw_dashed_pyramid
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH = 480


class OpeningPage(PageWidget):
    """Says what is being done with the file; nothing for the first 300 ms."""

    key = "opening"
    title = noted("Opening a book")

    def __init__(self) -> None:
        super().__init__()
        ground = Ground("surface")
        column = QVBoxLayout(ground)
        column.setSpacing(16)
        column.addStretch(1)
        middle = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Sketch(draw_dashed_pyramid, ground), alignment=middle)
        self._words = PlainLabel("", colour="text2")
        self._words.setWordWrap(True)
        self._words.setAlignment(middle)
        self._words.setFixedWidth(_WIDTH)
        column.addWidget(self._words, alignment=middle)
        self.progress = ProgressLine(cancellable=False)
        self.progress.setFixedWidth(_WIDTH)
        column.addWidget(self.progress, alignment=middle)
        column.addStretch(2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(ground)

    def say(self, words: str) -> None:
        """Say what is being done."""
        self._words.setText(words)
        self.setAccessibleDescription(words)
        self.progress.begin("")


def show_waiting(window: "BookWindow", words: str) -> None:
    """Say what is being done with a file: on a page of its own, or above the book shown.

    Without words it is over.
    """
    shown = window.current_page()
    if window.session is not None and words:
        window.banners.show_notice(Notice("waiting", words, icon="timer", can_close=False))
    elif window.session is not None:
        window.banners.drop("waiting")
    elif words:
        page = shown if isinstance(shown, OpeningPage) else OpeningPage()
        page.say(words)
        if shown is not page:
            window.add_page(page)
            window.show_place(page.key)
    elif isinstance(shown, OpeningPage):
        window.show_start()
