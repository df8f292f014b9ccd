"""A page that shows an open book: it asks again when the book changed and the page is looked at."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book, Changed
from csplanner.errors import UserError
from csplanner.ui.actions.actions import Actions
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.widgets.progress import WaitBar

T = TypeVar("T")


class SessionPage(PageWidget):
    """Give `read_book`, which asks the book and shows what it says.

    `read_book` runs when the page is opened, and when the book changed while it is visible or once
    it is visible again. Short reads may use `self._session.read`; others go through `ask_book`.
    """

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._actions = session, actions
        self._stale = True
        self._waiting: WaitBar | None = None
        session.changed.connect(self._changed)

    def read_book(self) -> None:
        """Ask the book for what the page shows, and show it."""
        raise NotImplementedError

    def concerns(self, _changed: Changed) -> bool:
        """Whether a change may alter what the page shows; any does unless a page knows better."""
        return True

    def refresh(self) -> None:
        """Read the book anew, whether it changed or not."""
        self._stale = False
        self.read_book()

    def ask_book(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], None],
        *,
        failed: Callable[[UserError], None] | None = None,
        about: str = "",
    ) -> None:
        """Ask the book beside the window; the page keeps what it shows until `done` is called.

        Questions `about` different things do not replace one another. After 300 ms a thin bar
        says that the answer is still to come.
        """
        if self._waiting is None:
            self._waiting = WaitBar(self)
        self._waiting.begin()

        def answered(answer: T) -> None:
            self._end_waiting()
            done(answer)

        def refused(error: UserError) -> None:
            self._end_waiting()
            if failed is not None:
                failed(error)
            else:
                self._actions.refuse(str(error))

        self._session.ask(self, work, answered, about=about, failed=refused)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._stale:
            self.refresh()

    def _changed(self, changed: Changed) -> None:
        if not self.concerns(changed):
            return
        self._stale = True
        if self.isVisible():
            self.refresh()

    def _end_waiting(self) -> None:
        if self._waiting is not None:
            self._waiting.end()
