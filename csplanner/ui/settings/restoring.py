"""Putting a backup in the book's place: asked first, then the window closes the book, restores it
beside and opens it again by itself.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from csplanner.book.book import Book
from csplanner.book.key import NeedsPassphrase
from csplanner.book.shelf import Kept
from csplanner.errors import UserError
from csplanner.ui.opening.passphrase import ask_passphrase
from csplanner.ui.settings.kept_rows import day_now, moment_words, restore_words
from csplanner.ui.shell.banner import Notice
from csplanner.ui.tasks import Cancelled, Progress
from csplanner.ui.widgets.dialogs import Dialog, confirmation

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_AGAIN_MS, _TRIES = 50, 200


class Restoring(QObject):
    """Restores backups into the book of a window. `dialog` is what it asks, while it asks."""

    def __init__(self, frame: "BookWindow") -> None:
        super().__init__(frame)
        self._frame = frame
        self.dialog: Dialog | None = None
        self._was_encrypted = False

    def ask(self, kept: Kept) -> None:
        """Say what a restore brings and takes, with the keyboard on the safe answer."""
        session = self._frame.session
        if session is None or self.dialog is not None:
            return

        def newer(book: Book) -> list[str] | None:
            from csplanner.book.restoring import lost_by

            return lost_by(book.path, kept.path)

        session.ask(self, newer, partial(self._show, kept))

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
            self._was_encrypted = session.read.is_encrypted
            self._frame.close_book()
            self._restore_once_closed(kept, path)

    def _restore_once_closed(self, kept: Kept, path: Path, tries: int = _TRIES) -> None:
        """Closing may take a moment, as it may back the book up."""
        from csplanner.book.connection import is_open_here

        if is_open_here(path) and tries:
            QTimer.singleShot(
                _AGAIN_MS, self, lambda: self._restore_once_closed(kept, path, tries - 1)
            )
            return

        def work(_: Progress) -> tuple[Path | None, str]:
            from csplanner.book.restoring import restore
            from csplanner.book.restoring_erased import returning

            back = returning(path, kept.path).words()
            return restore(path, kept.path), back

        self._frame.books.run_beside(
            work,
            lambda done: self._done(kept, path, *done),
            words=self.tr("Putting the backup in place…"),
            failed=lambda error: self._failed(kept, path, error),
        )

    def _done(self, kept: Kept, path: Path, aside: Path | None, back: str) -> None:
        when = moment_words(kept.made_at, day_now())
        words = self.tr("The book is as it was {0}.").format(when[:1].lower() + when[1:])
        if aside is not None:
            words += self.tr(" As it was before, it lies in “{0}”.").format(aside.parent.name)
        words = f"{words} {back}".rstrip()
        self._frame.open_book(path)
        session = self._frame.session
        if session is not None:  # else it is looked over first, or refused
            self._frame.show_place("settings", "backups")
            if self._was_encrypted and not session.read.is_encrypted:
                words += self.tr(" It is not encrypted, as it was not when that backup was made.")
        self._frame.banners.show_notice(Notice("restored", words))

    def _failed(self, kept: Kept, path: Path, error: UserError | Cancelled) -> None:
        if isinstance(error, NeedsPassphrase):
            # Of the backup: it may have been made under another passphrase.
            again = partial(self._restore_once_closed, kept, path)
            keep = partial(self._frame.open_book, path)
            ask_passphrase(self._frame, error.path, again, left=keep)
            return
        self._frame.open_book(path)
        self._frame.say(str(error), undo=False, failed=True)
