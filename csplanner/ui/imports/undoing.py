"""Taking an import back: asked first, since it reaches far, then done as one undoable step."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.book.history import Undone
from csplanner.ui.actions import Actions
from csplanner.ui.imports.history import Import, kept_words
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.dialogs import Dialog, confirmation


class Undoing(QObject):
    """Asks whether an import shall be taken back, and takes it back. `dialog` is what it asks."""

    def __init__(self, session: BookSession, actions: Actions, page: QWidget) -> None:
        super().__init__(page)
        self._session, self._actions, self._page = session, actions, page
        self.dialog: Dialog | None = None

    def ask(self, entry: Import) -> None:
        """Ask, with the keyboard on the safe answer."""
        self.dialog = confirmation(
            self._page.window(),
            self.tr("Undo the import of {0}?").format(entry.title),
            sentence=self.tr(
                "What it brought is taken back. What you edited since stays, and so do accounts "
                "you worked on."
            ),
            verb=self.tr("Undo import"),
            keep=self.tr("Keep import"),
        )
        self.dialog.finished.connect(lambda _code: self._answered(entry))
        self.dialog.open()

    def _answered(self, entry: Import) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is None:
            return
        dialog.deleteLater()
        change = entry.change
        if dialog.choice != "do" or change is None:
            return

        def take_back(book: Book) -> Undone:
            return book.undo_change(change)

        def told(undone: Undone) -> None:
            if undone.is_nothing:
                self._actions.refuse(undone.words)
                return
            self._actions.say(kept_words(entry.title, undone.stays))
            self._session.refresh()

        self._session.write(take_back, told, failed=self._actions.refuse)
