"""A person's own data: written out for them, or erased for good, and what that means."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.book.book import Book
from csplanner.book.erase import Erased, erase
from csplanner.book.erase_preview import Preview, preview
from csplanner.ui.actions.erase_dialogs import ErasedDialog, EraseDialog
from csplanner.ui.as_of.commands import close_pasts

if TYPE_CHECKING:
    from csplanner.ui.actions.actions import Actions


class PersonData:
    """The two verbs, for whoever shows people."""

    def __init__(self, actions: "Actions", window: QWidget | None) -> None:
        self._actions = actions
        self._window = window

    # --- writing out ---

    def export(self, person_id: str, folder: Path | None = None) -> None:
        """Write everything about a person as JSON and PDF into `folder`, else one asked for."""
        folder = folder or self._ask_folder()
        if folder is None:
            return

        def work(book: Book) -> list[Path]:
            from csplanner.qbr.person_pages import export_person

            return export_person(book, person_id, folder)

        self._actions.session.ask(
            self._actions,
            work,
            self._exported,
            about="data of a person",
            failed=lambda error: self._actions.refuse(str(error)),
        )

    def _exported(self, paths: list[Path]) -> None:
        tr = self._actions.tr
        names = tr(" and ").join(path.suffix[1:].upper() for path in paths)
        self._actions.say(
            tr("Written as {0} into the folder {1}").format(names, paths[0].parent.name),
            undo=False,
        )

    def _ask_folder(self) -> Path | None:
        chosen = QFileDialog.getExistingDirectory(
            self._window,
            self._actions.tr("Where should this person’s data go?"),
            str(self._actions.session.path.parent),
        )
        return Path(chosen) if chosen else None

    # --- erasing ---

    def ask_to_erase(self, person_id: str) -> None:
        """Say what erasing a person would do, and do it when that is wanted."""
        if not self._actions.may_write():
            return
        self._actions.session.ask(
            self._actions,
            partial(preview, person_id=person_id),
            partial(self._ask, person_id),
            about="erasing a person",
            failed=lambda error: self._actions.refuse(str(error)),
        )

    def _ask(self, person_id: str, expected: Preview) -> None:
        dialog = EraseDialog(expected, self._window)

        def answered(_result: int) -> None:
            if dialog.choice == "do":
                self.erase(person_id, also_shared=dialog.also_shared)

        dialog.finished.connect(answered)
        dialog.finished.connect(dialog.deleteLater)
        self._actions.show_dialog(dialog)

    def erase(self, person_id: str, *, also_shared: bool = False) -> None:
        """Erase a person for good, then say what was done and which backups still hold them."""
        self._actions.session.write_long(
            lambda book, _: erase(book, person_id, also_shared=also_shared),
            self._erased,
            failed=self._actions.refuse,
        )

    def _erased(self, done: Erased) -> None:
        # They would still show the person.
        close_pasts(self._actions.session.path)
        dialog = ErasedDialog(done, self._actions, self._window)
        self._actions.show_dialog(dialog)
