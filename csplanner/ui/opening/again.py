"""The book shown, opened once more: when others let go of it, changed it, or it is damaged."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit

from csplanner.book.lock import Holder, holder_of
from csplanner.ui.copies import save_copy
from csplanner.ui.opening.ahead import Request
from csplanner.ui.opening.notices import Verbs, holder_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.dialogs import choices, confirmation

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

LOOK_MS = 3000
"""How often a book that somebody else has open is looked at."""


class Again(QObject):
    """What the strips of the book shown offer; each asks where something could be lost."""

    def __init__(self, window: "BookWindow") -> None:
        super().__init__(window)
        self._window, self._books = window, window.books
        self._looking = QTimer(self)
        self._looking.timeout.connect(self._look)
        self._looking.start(LOOK_MS)

    def verbs(self) -> Verbs:
        """What the strips under the header offer."""
        window = self._window
        return Verbs(
            try_again=self.try_again,
            take_over=self.take_over,
            save_copy=partial(save_copy, window),
            show_backups=lambda: window.show_place("settings", "backups"),
            check=window.check_book,
            rescue=self.rescue,
            without_code=partial(_make_without_code, window),
        )

    def try_again(self) -> None:
        """Open the book shown anew: for changes when nobody else has it, checked when others
        wrote to it. It stays as it is while somebody else has it.
        """
        self._ask_again(quietly=False)

    def try_again_quietly(self) -> None:
        """The same where the book is only read because of somebody else; else nothing."""
        session = self._window.session
        if session is None or session.lost_because or not self._books.idle:
            return
        if session.read_only and session.opened.holder is not None:
            self._ask_again(quietly=True)

    def _look(self) -> None:
        """Try again by itself, unless something is open or being typed that would be lost."""
        is_asking = QApplication.activeModalWidget() or QApplication.activePopupWidget()
        if not is_asking and not isinstance(QApplication.focusWidget(), QLineEdit):
            self.try_again_quietly()

    def take_over(self) -> None:
        """Take the lock another computer left, once you said that it is not at work there."""
        session = self._window.session
        holder = session.opened.holder if session is not None else None
        if session is None or holder is None:
            return
        dialog = confirmation(
            self._window,
            self.tr("Take the book over?"),
            sentence=self.tr(
                "It was left open by {0}. If csplanner still runs there, both would write to one "
                "file, and what one of them writes is lost. Take it over only when you know that "
                "it is closed there."
            ).format(holder_words(holder, self._window.today)),
            verb=self.tr("Take it over"),
            keep=self.tr("Leave it read-only"),
        )
        path = session.path

        def answered() -> None:
            dialog.deleteLater()
            if dialog.choice == "do":
                self._books.reopen(Request(path, take_over=True))

        dialog.finished.connect(answered)
        dialog.open()

    def rescue(self) -> None:
        """Say what can be done about the damage of the book shown."""
        from csplanner.ui.opening.damage import show_damage

        session = self._window.session
        if session is not None:
            because = session.read_only_because
            show_damage(self._window, session.path, because[because.find("(") + 1 : -1])

    def _ask_again(self, *, quietly: bool) -> None:
        """Reopen the book shown unless somebody else has it, or another file stands there."""
        session = self._window.session
        if session is None:
            return
        path = session.path
        if session.lost_because:
            # The lock is ours, and stands for the file that is gone.
            self._reopen_or_ask(session)
            return

        def answered(holder: Holder | None) -> None:
            still = self._window.session is session
            if still and holder is None and (path.exists() or not quietly):
                self._reopen_or_ask(session)
            elif still and not quietly and holder is not None:
                said = self.tr("It is still open by {0}.").format(
                    holder_words(holder, self._window.today)
                )
                self._window.say(said, undo=False)

        self._books.run_beside(lambda _: holder_of(path), answered)

    def _reopen_or_ask(self, session: BookSession) -> None:
        """What is only in here is lost once another file is opened: that is asked first."""
        path = session.path
        if not session.lost_because.startswith("The book is no longer"):
            self._books.reopen(Request(path))
            return
        dialog = choices(
            self._window,
            self.tr("Open what is there now?"),
            sentence=self.tr(
                "Another file has taken the place of {0}. What you see is no longer in any file "
                "you can open: save a copy first if you want to keep it."
            ).format(path.name),
            verbs=(
                ("copy", self.tr("Save a copy first…")),
                ("keep", self.tr("Leave it as it is")),
                ("open", self.tr("Open what is there")),
            ),
        )

        def chosen() -> None:
            dialog.deleteLater()
            if dialog.choice == "copy":
                save_copy(self._window)
            elif dialog.choice == "open":
                self._books.reopen(Request(path))

        dialog.finished.connect(chosen)
        dialog.open()


def _make_without_code(window: "BookWindow") -> None:
    from csplanner.ui.opening.bringing import make_without_code

    make_without_code(window)
