"""The window that shows a book as of a past day: to look at, and gone when it is closed."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer

from csplanner.book.as_of import Past
from csplanner.book.book import Book
from csplanner.book.open_file import Opening
from csplanner.domain.wording import day_in, list_text
from csplanner.errors import UserError
from csplanner.language import current, tr
from csplanner.settings import AppSettings
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.as_of.commands import look_back
from csplanner.ui.book_memory import forget_memory
from csplanner.ui.book_window import BookWindow
from csplanner.ui.commands import Command
from csplanner.ui.shell.banner import Notice
from csplanner.ui.shell.state import ShellState
from csplanner.ui.widgets.buttons import BARRED

if TYPE_CHECKING:
    from csplanner.ui.windows import Windows

_NOT_HERE = frozenset(
    {"book.as_of", "account.as_of", "book.backup", "book.copy", "book.check", "book.import",
     "book.calendar", "book.doubles", "book.close"}
)  # fmt: skip
"""What is done with a book that is kept."""


class PastWindow(BookWindow):
    """Shows a private copy turned back to a day. Nothing of it is kept: no backups, no place
    among recent books, no place in the next start.
    """

    keeps = False

    def __init__(self, windows: "Windows", past: Past, home: Path) -> None:
        """`home` is the book that `past` shows as of a day."""
        self.past, self.home = past, home
        super().__init__(windows.themes, windows=windows)
        # Everything is told from that day: how long ago, how far ahead.
        self.today = past.day

    @classmethod
    def of(cls, beside: BookWindow, past: Past, account_id: str | None = None) -> "PastWindow":
        """A further window that shows `past` of the book in `beside`, at an account if one is
        named; a window that shows the same day of it is closed.
        """
        assert beside.session is not None
        home = beside.session.path
        for window in beside.windows.all():
            if isinstance(window, cls) and (window.home, window.past.day) == (home, past.day):
                window.close()
        made = cls(beside.windows, past, home)
        made.resize(beside.size())
        made.move(beside.pos())
        book = past.open()
        book.opened = Opening(
            tr("it shows the past, {0}").format(day_in(current().full_day, past.day)),
            tr("Go back to now to change the book."),
        )
        made.setProperty(BARRED, tr("This is the past. Go back to now to change the book."))
        made.show_book(past.path, book)
        made._say_when()
        if account_id is not None and _holds(book, account_id):
            made.show_place("account", account_id)
        made.come_forward()
        return made

    def back_to_now(self) -> None:
        """Show the book as it is now, at the account that is shown, and close this window."""
        account = self.account_now
        now = self.windows.open(self.home, self)
        if account is not None and now.session is not None and _holds(now.session.read, account):
            now.show_place("account", account)
        self.close()

    def look_anew(self) -> None:
        """Look at the day again, in the language spoken now, from the window of the book."""
        if self.session is None:
            return
        now = self.windows.showing(self.home)
        if now is None:
            # It is on its way to a new window.
            self.windows.changed.connect(self._look_soon, Qt.ConnectionType.SingleShotConnection)
            return
        account = self.account_now
        self.close()
        look_back(now, self.past.day, account)

    def _look_soon(self) -> None:
        QTimer.singleShot(0, self, self.look_anew)

    # What is different from a window of a book that is kept

    def show_state(self, state: ShellState) -> None:
        """Name the day beside the book."""
        name = tr("{0}, as of {1}").format(
            state.book_name or self.home.stem, day_shown(self.past.day)
        )
        super().show_state(replace(state, book_name=name, book_file=self.home.name))

    def open_book(self, path: Path) -> bool:
        """Open another book in a window of its own."""
        self.windows.open(path, self)
        return True

    def show_start(self) -> None:
        """There is nothing else to show here."""
        self.close()

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a book that was dropped; nothing can be brought into the past."""
        if len(paths) == 1 and paths[0].suffix.casefold() == ".csbook":
            self.open_book(paths[0])
        else:
            self.say(tr("Nothing can be brought into the past. Go back to now for that."),
                     undo=False, failed=True)  # fmt: skip

    def _book_verbs(self) -> list[Command]:
        kept = [command for command in super()._book_verbs() if command.id not in _NOT_HERE]
        back = Command(
            "book.now", self.tr("Back to now"), self.back_to_now, menu="Book", icon="history",
            keywords="present today past as of",
        )  # fmt: skip
        return [back, *kept]

    def _say_when(self) -> None:
        past = self.past
        when, of = day_in(current().full_day, past.day), list_text(list(past.sources))
        if past.snapshot_on == past.day:
            text = tr("The book as of {0} (snapshot of {1}).").format(when, of)
        elif past.snapshot_on is not None:
            newest = day_shown(past.snapshot_on)
            text = tr("The book as of {0} (newest snapshot then: {1}, {2}).").format(
                when, of, newest
            )
        else:
            text = tr("The book as of {0}.").format(when)
        nothing = tr("You can look at everything and change nothing.")
        text = " ".join((text, *past.notes, nothing))
        back = (tr("Back to now"), self.back_to_now)
        self.banners.show_notice(
            Notice("read-only", text, (back,), "watch", "history", can_close=False)
        )

    def _remember(self, settings: AppSettings) -> None:
        """Keep what was set, but not that this copy was open."""
        super()._remember(replace(settings, recent=self.settings.recent))

    def _leave(self) -> None:
        had_book = self.session is not None
        super()._leave()
        if had_book:
            forget_memory(self.past.path)
            self.past.close()


def _holds(book: Book, account_id: str) -> bool:
    """Whether the account is in the book, also put away."""
    try:
        book.accounts.get(account_id)
    except UserError:
        return False
    return True
