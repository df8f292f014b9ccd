"""The inspector of the Book page: one account in short, while it is open."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.rows import BookRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from csplanner.book.book import Book
    from csplanner.domain.judgement import Judgement
    from csplanner.ui.book.peek import Peek

    Ask = Callable[[Callable[[Book], Judgement], Callable[[Judgement], None]], None]


class PagePeek(QObject):
    """Opens and fills the peek; `ask(work, done)` asks the book beside the window.

    `toggled` tells that it was opened or closed.
    """

    toggled = Signal()

    def __init__(self, actions: Actions, ask: "Ask", parent: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._ask, self._over = actions, ask, parent
        self._peek: Peek | None = None
        self.is_open = False
        self.account_id = ""

    @property
    def widget(self) -> "Peek | None":
        """The peek while it is open."""
        return self._peek if self.is_open else None

    def toggle(self, row: BookRow | None) -> None:
        """Open on an account, or close when it shows that account."""
        shown = row is not None and self.is_open and self.account_id == row.account_id
        self.is_open = row is not None and not shown
        self.fill(row)
        self.toggled.emit()

    def fill(self, row: BookRow | None) -> None:
        """Show another account while it is open."""
        if row is None or not self.is_open:
            return
        if self._peek is None:
            from csplanner.ui.book.peek import Peek

            self._peek = Peek(self._actions, self._over)
            self._peek.hide()
        self.account_id = row.account_id

        def show(judgement: "Judgement") -> None:
            if self._peek is not None and self.account_id == row.account_id:
                self._peek.show_row(row, judgement)

        self._ask(lambda book: book.derived.judge(row.account_id)[1], show)
