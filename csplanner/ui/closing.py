"""What stands between a window and its end: an import on its way, and a backup to be made."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from csplanner.ui.opening.finishing import finish
from csplanner.ui.widgets.dialogs import choices

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


class Closing(QObject):
    """Sees to what is to be done with a book before its window lets go of it."""

    def __init__(self, window: "BookWindow") -> None:
        super().__init__(window)
        self._window = window
        self._waits = self._is_answered = False

    def may_close(self) -> bool:
        """Whether the window can close now; it says why not, and closes by itself once it can."""
        window, session = self._window, self._window.session
        if session is not None and session.is_applying:
            window.say(
                self.tr("An import is on its way. The window closes when it is done."), undo=False
            )
            if not self._waits:
                self._waits = True
                session.working.connect(self._close_when_done)
            return False
        unkept = self.keep()
        if unkept and not self._is_answered:
            self._tell_unkept(unkept)
            return False
        return True

    def keep(self) -> str:
        """Back the book up before it is closed; the window says so when that takes a while.

        Returns a sentence when that could not be done, else nothing.
        """
        window, session, facts = self._window, self._window.session, self._window.facts
        work = facts.keeper.at_closing() if facts is not None else None
        if session is None or work is None:
            return ""
        why = finish(session, work, lambda: window.say(self.tr("Keeping a backup…"), undo=False))
        saved = self.tr("{0} is saved, but it was not backed up: {1}")
        return saved.format(session.path.name, why) if why else ""

    def _tell_unkept(self, sentence: str) -> None:
        """Say that there is no backup of what was done; the window closes after that."""
        title = self.tr("Saved, but not backed up")
        verbs = (("stay", self.tr("Stay here")), ("close", self.tr("Close without a backup")))
        dialog = choices(self._window, title, sentence=sentence, verbs=verbs)

        def answered() -> None:
            dialog.deleteLater()
            if dialog.choice == "close":
                self._is_answered = True
                self._window.close()

        dialog.finished.connect(answered)
        dialog.open()

    def _close_when_done(self, working: bool) -> None:
        if not working:
            QTimer.singleShot(0, self._window.close)
