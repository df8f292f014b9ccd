"""One account in a window of its own: live, with its verbs, and without the rest of the book."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QCloseEvent

from csplanner.ui.book_commands import window_verbs
from csplanner.ui.book_pages import account_page
from csplanner.ui.book_window import BookWindow
from csplanner.ui.commands import Command
from csplanner.ui.shell.state import ShellState
from csplanner.ui.window_list import windows_commands

_SIZE = QSize(1120, 820)
_LEFT_OUT = frozenset({
    "book.new", "book.new.locked", "book.open", "book.sample", "book.sample.reset", "book.import",
     "book.doubles", "book.archived",
    "book.check", "book.close", "account.add", "view.sidebar", "window.tear",
})  # fmt: skip
"""Commands about the whole book, which are those of its own window."""


class AccountWindow(BookWindow):
    """Shows an account of the book `lead` shows, on the same session, until either is closed.

    Everything else you go to from here is shown in the window of the book.
    """

    def __init__(self, lead: BookWindow, account_id: str) -> None:
        self.lead = lead
        super().__init__(lead.themes, files=lead.files, windows=lead.windows)
        self.commands.add(
            *(c for c in (*window_verbs(self), *windows_commands(self)) if c.id not in _LEFT_OUT)
        )
        assert lead.session is not None
        self.sidebar.hide()
        self.resize(_SIZE)
        actions = self._take_up(lead.session)
        self.facts = lead.facts
        self.add_page(account_page(lead.session, actions))
        self.show_state(lead.state())
        self.show_place("account", account_id)
        # Else the field that finds things has the keyboard when the window is shown.
        self.content.setFocus()

    def _begin(self) -> None:
        """Open and close books where the book is."""
        self.books, self.again, self.torn = self.lead.books, self.lead.again, self.lead.torn

    def _book_verbs(self) -> list[Command]:
        home = Command(
            "window.home", self.tr("Show the account in the book’s window"), self.go_home,
            menu="Window",
        )  # fmt: skip
        return [*(c for c in super()._book_verbs() if c.id not in _LEFT_OUT), home]

    def go_home(self) -> None:
        """Show the account in the window of the book, and close this one."""
        self.lead.show_place("account", self.account_now)
        self.lead.come_forward()
        self.close()

    def show_place(self, key: str, argument: object = None) -> None:
        """Show an account here, anything else in the window of the book."""
        if key == "account":
            super().show_place(key, argument)
        else:
            self.lead.show_place(key, argument)
            self.lead.come_forward()

    def show_state(self, state: ShellState) -> None:
        """Show what the frame says of the book; a title names books only."""
        super(BookWindow, self).show_state(state)
        self.setWindowTitle(self.tr("Account — {0} — csplanner").format(state.book_name))
        self.refresh_commands()

    def open_book(self, path: Path) -> bool:
        """Open a book in the window of the book."""
        return self.lead.open_book(path)

    def show_start(self) -> None:
        """Close the book."""
        self.lead.show_start()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a book that was dropped, or import what was, in the window of the book."""
        self.lead.come_forward()
        self.lead.take_files(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close this window; the book stays open."""
        if self.verbs is not None and self.verbs.form is not None:
            self.verbs.form.done(0)
        self.torn.closed(self)
        event.accept()
