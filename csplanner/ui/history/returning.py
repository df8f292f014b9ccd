"""Taking changes back from the History: asked first, with what it would do now, then done."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.book.history import Change, Undone
from csplanner.book.history_list import Preview, newer_count, preview
from csplanner.domain.wording import count_text, one_line
from csplanner.ui.actions import Actions
from csplanner.ui.change_words import label_shown
from csplanner.ui.history.rows import when_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.dialogs import Dialog, confirmation

Work = Callable[[Book], list[Undone]]
"""What is done with the writing book once it was agreed to."""


class Returning(QObject):
    """Asks whether a change, or all after it, shall be taken back, and does it.

    `dialog` is what it asks.
    """

    def __init__(self, session: BookSession, actions: Actions, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._actions, self._page = session, actions, page
        self.dialog: Dialog | None = None

    def ask_back(self, change: Change) -> None:
        """Ask whether to take one change back, saying what that would do now."""
        if not self._actions.may_write():
            return
        self._session.ask(
            self,
            lambda book: preview(book.connection, change.id),
            self._ask_one,
            failed=lambda error: self._actions.refuse(str(error)),
        )

    def ask_back_to(self, change: Change) -> None:
        """Ask whether to take back everything after a change."""
        if not self._actions.may_write():
            return
        self._session.ask(
            self,
            lambda book: newer_count(book.connection, change.id),
            lambda found: self._ask_many(change, *found),
        )

    def _ask_one(self, ahead: Preview) -> None:
        if not ahead.does_something:
            self._actions.refuse(ahead.words)
            return
        ways = (
            self.tr("Redo brings it again.")
            if ahead.is_newest
            else self.tr("This is a change of its own and can be undone.")
        )
        is_import = ahead.change.kind == "import"
        self._open(
            self.tr("Take back “{0}”?").format(label_shown(ahead.change)),
            f"{ahead.told}\n{ways}",
            verb=self.tr("Undo import") if is_import else self.tr("Take it back"),
            keep=self.tr("Keep import") if is_import else self.tr("Keep it"),
            work=lambda book: [book.undo_change(ahead.change.id)],
        )

    def _ask_many(self, change: Change, newer: int, barred: str) -> None:
        if barred or not newer:
            self._actions.refuse(barred or self.tr("Nothing was changed after that."))
            return
        words = count_text(newer, "change")
        self._open(
            self.tr("Undo the {0} after this one?").format(words),
            self.tr(
                "The book goes back to how it was on {0}, right after “{1}”. Redo brings the "
                "changes again one by one, as long as you change nothing else."
            ).format(when_words(change), label_shown(change)),
            verb=self.tr("Undo {0}").format(words),
            keep=self.tr("Keep them"),
            work=lambda book: book.undo_back_to(change.id),
        )

    def _open(self, title: str, sentence: str, *, verb: str, keep: str, work: Work) -> None:
        dialog = confirmation(self._page.window(), title, sentence=sentence, verb=verb, keep=keep)
        self.dialog = dialog
        dialog.finished.connect(lambda _code: self._answered(work))
        dialog.open()

    def _answered(self, work: Work) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        if dialog.choice == "do":
            self._session.write_long(
                lambda book, _: work(book), self._told, failed=self._actions.refuse
            )

    def _told(self, undone: list[Undone]) -> None:
        if len(undone) == 1:
            words = one_line(undone[0].words)
        else:
            words = self.tr("Undone: {0}").format(count_text(len(undone), "change"))
        self._actions.say(words, undo=False)
        self._session.refresh()
