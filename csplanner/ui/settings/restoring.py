"""Putting a backup in the book's place: asked first, then the window closes the book, restores it
beside and opens it again by itself.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer

from csplanner.book.book import Book
from csplanner.book.shelf import Kept
from csplanner.errors import UserError
from csplanner.ui.settings.kept_rows import day_now, moment_words, restore_words
from csplanner.ui.tasks import Cancelled, Tasks
from csplanner.ui.widgets.dialogs import Dialog, confirmation

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_AGAIN_MS = 50


class Restoring(QObject):
    """Restores backups into the book of a window. `dialog` is what it asks, while it asks."""

    def __init__(self, frame: "BookWindow") -> None:
        super().__init__(frame)
        self._frame = frame
        self.dialog: Dialog | None = None
        self._tasks = Tasks("restore", self)
        frame.installEventFilter(self)

    def ask(self, kept: Kept) -> None:
        """Say what a restore brings and takes, with the keyboard on the safe answer."""
        session = self._frame.session
        if session is None or self.dialog is not None:
            return

        def newer(book: Book) -> list[str] | None:
            from csplanner.book.restoring import lost_by

            return lost_by(book.path, kept.path)

        session.ask("restore", newer, partial(self._show, kept))

    def _show(self, kept: Kept, lost: list[str] | None) -> None:
        session = self._frame.session
        if session is None:
            return
        when = moment_words(kept.made_at, day_now())
        self.dialog = confirmation(
            self._frame,
            self.tr("Restore the backup of {0}?").format(when[:1].lower() + when[1:]),
            sentence=restore_words(lost, session.path),
            verb=self.tr("Restore the backup"),
            keep=self.tr("Keep the book as it is"),
        )
        self.dialog.finished.connect(lambda _code: self._answered(kept))
        self.dialog.open()

    def _answered(self, kept: Kept) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        session = self._frame.session
        if dialog.choice == "do" and session is not None:
            path = session.path
            self._frame.close_book()
            self._frame.status.show_note(self.tr("Restoring the backup…"))
            self._restore_once_closed(kept, path)

    def _restore_once_closed(self, kept: Kept, path: Path) -> None:
        """Closing may take a moment, as it may back the book up."""
        from csplanner.book.connection import is_open_here

        if is_open_here(path):
            QTimer.singleShot(_AGAIN_MS, lambda: self._restore_once_closed(kept, path))
            return

        def work(_: object) -> Path | None:
            from csplanner.book.restoring import restore

            return restore(path, kept.path)

        self._tasks.run(
            work,
            done=lambda aside: self._done(kept, path, aside),
            failed=lambda error: self._failed(path, error),
        )

    def _done(self, kept: Kept, path: Path, aside: Path | None) -> None:
        self._frame.status.show_note("")
        when = moment_words(kept.made_at, day_now())
        words = self.tr("The book is as it was {0}.").format(when[:1].lower() + when[1:])
        if aside is not None:
            words += self.tr(" As it was before, it lies in “{0}”.").format(aside.parent.name)
        self._frame.open_book(path)
        self._frame.show_place("settings", "backups")
        self._frame.say(words, undo=False)

    def _failed(self, path: Path, error: UserError | Cancelled) -> None:
        self._frame.status.show_note("")
        self._frame.open_book(path)
        self._frame.say(str(error), undo=False, failed=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window that closes waits for the restore, which is not left half way."""
        if watched is self._frame and event.type() == QEvent.Type.Close:
            self._tasks.close()
        return False
