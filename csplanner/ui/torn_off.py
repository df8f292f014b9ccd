"""The windows of single accounts that belong to the window of a book, and end with it."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from csplanner.errors import UserError
from csplanner.ui.book_place import put_back, stands

if TYPE_CHECKING:
    from csplanner.ui.account_window import AccountWindow
    from csplanner.ui.book_window import BookWindow

_KEY = "accounts"
_LOOK_MS = 50
_MOST = 8


class TornOff(QObject):
    """Opens accounts in windows of their own, on the session of the book's window."""

    def __init__(self, window: "BookWindow") -> None:
        super().__init__(window)
        self._window = window
        self._all: list[AccountWindow] = []
        self._ended: list[AccountWindow] = []
        self._is_closing = False
        self._clearing = QTimer(self)
        self._clearing.setInterval(_LOOK_MS)
        self._clearing.timeout.connect(self._clear)

    def all(self) -> "tuple[AccountWindow, ...]":
        """The windows open, in the order they were opened."""
        return tuple(self._all)

    def tear(self, account_id: str, kept: object = None) -> "AccountWindow":
        """Show an account in a window of its own, standing as `kept` says; one that shows it comes
        forward.
        """
        from csplanner.ui.account_window import AccountWindow

        for window in self._all:
            if window.account_now == account_id:
                window.come_forward()
                return window
        window = AccountWindow(self._window, account_id)
        put_back(window, kept)
        self._all.append(window)
        self._keep()
        window.come_forward()
        self._window.windows.changed.emit()
        return window

    def bring_back(self) -> None:
        """Open the accounts that were in windows of their own when the book was closed last."""
        session = self._window.session
        if session is None:
            return
        kept = session.memory.get(_KEY)
        for one in kept[:_MOST] if isinstance(kept, list) else ():
            if not (isinstance(one, list) and len(one) == 2 and isinstance(one[0], str)):
                continue
            try:
                session.read.accounts.get(one[0])
            except UserError:
                continue
            self.tear(one[0], one[1])
        if self._all:
            self._window.come_forward()

    def closed(self, window: "AccountWindow") -> None:
        """A window was closed; it goes once nothing of the book is on its way to it."""
        if window in self._all:
            self._all.remove(window)
            self._keep()
            self._ended.append(window)
            self._clearing.start()
            self._window.windows.changed.emit()

    def close(self) -> None:
        """Close them all, as the book is closed; they come back with it."""
        self._keep()
        self._is_closing = True
        for window in self.all():
            window.close()
        self._is_closing = False

    def _keep(self) -> None:
        """Keep which accounts have windows of their own, so that they come back after a crash."""
        session = self._window.session
        if session is not None and not self._is_closing:
            session.memory.keep(_KEY, [[w.account_now, stands(w)] for w in self._all] or None)

    def _clear(self) -> None:
        session = self._window.session
        if session is None or session.idle:
            self._clearing.stop()
            while self._ended:
                self._ended.pop().deleteLater()
