"""What one does from the Book's table: bulk verbs, typed steps, copies, exports, saved views."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog

from csplanner.book.book import Book
from csplanner.domain.filters import View
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.columns import FROZEN
from csplanner.ui.book.foot import BulkBar
from csplanner.ui.book.table import BookTable
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural

if TYPE_CHECKING:
    from csplanner.ui.actions.form import Form


class BookVerbs(QObject):
    """The verbs, each one change of the book; `form` is the form that is open, if any.

    What only some visits need is imported when it is first used.
    """

    def __init__(self, session: BookSession, actions: Actions, table: BookTable) -> None:
        super().__init__(table)
        self._session, self._actions, self._table = session, actions, table
        self.form: Form | None = None

    def fill(self, bar: BulkBar) -> None:
        """Put the verbs for many accounts into the bulk bar."""
        bar.add_verb(self.tr("Set tier…"), "pyramid", self.set_tier)
        bar.add_verb(self.tr("Set next step…"), "list-checks", self.set_step)
        bar.add_verb(self.tr("Pin"), "pin", self.pin)
        bar.add_verb(self.tr("Archive…"), "archive", self.archive)

    def chosen(self) -> list[int]:
        """Return the row ids of the accounts ticked, in the order shown."""
        model = self._table.accounts
        return [i for i in model.ids if i in model.ticks] if model.ticks else []

    def account_ids(self, ids: Sequence[int]) -> list[str]:
        """Return the ids of the accounts behind row ids."""
        return self._session.read.overview.account_ids(ids)

    # Many accounts

    def set_tier(self) -> None:
        """Ask for the tier of the accounts ticked."""
        from csplanner.ui.book.bulk_forms import BulkTierForm

        self._open(BulkTierForm(self._session, self._table.window(), ids=self.chosen()))

    def set_step(self) -> None:
        """Ask for the next step of the accounts ticked."""
        from csplanner.ui.book.bulk_forms import BulkStepForm

        self._open(BulkStepForm(self._session, self._table.window(), ids=self.chosen()))

    def archive(self) -> None:
        """Say what archiving the accounts ticked means, and do it when told to."""
        from csplanner.ui.book.bulk_forms import BulkArchiveForm

        self._open(BulkArchiveForm(self._session, self._table.window(), ids=self.chosen()))

    def pin(self) -> None:
        """Pin the accounts ticked; nothing needs asking."""
        from csplanner.ui.book import bulk

        self._actions.write(partial(bulk.pin, ids=self.chosen()))

    # Views and files

    def save_view(self, name: str, spec: dict[str, object]) -> None:
        """Ask what the view is called."""
        from csplanner.ui.book.view_form import ViewForm

        self._open(ViewForm(self._session, self._table.window(), name=name, spec=spec))

    def remove_view(self, view_id: str) -> None:
        """Take a saved view away."""

        def work(book: Book) -> str:
            book.views.remove(view_id)
            return "The view is removed"

        self._actions.write(work)

    def copy(self) -> None:
        """Copy the accounts ticked, or the current one, as text with tabs."""
        from csplanner.ui.book.export_rows import tab_text

        model, line = self._table.accounts, self._table.line
        current = model.id_at(line) if line >= 0 else None
        ids = self.chosen() or ([] if current is None else [current])
        if not ids:
            return
        keys = self._keys()

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._actions.say(f"Copied {plural(len(ids), 'account')}", undo=False)

        self._session.write(lambda book: tab_text(book, ids, keys), done)

    def ask_export(self, view: View) -> None:
        """Ask where the rows shown go, and write them."""
        start = str(Path.home() / "accounts.csv")
        path, _ = QFileDialog.getSaveFileName(
            self._table.window(), self.tr("Export the accounts shown"), start,
            self.tr("Table for spreadsheets (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if path:
            self.export(view, Path(path).with_suffix(".csv"))

    def export(self, view: View, path: Path) -> None:
        """Write the rows of a view as CSV; where a file has that name the new one is numbered."""
        from csplanner.book.outgoing import place
        from csplanner.ui.book.export_rows import csv_text

        keys = self._keys()

        def work(book: Book) -> tuple[int, Path]:
            text, count = csv_text(book, view, keys)
            # The mark at the start tells spreadsheets that the text is UTF-8.
            return count, place(path.parent, path.name, text.encode("utf-8-sig"))

        def done(found: tuple[int, Path]) -> None:
            count, kept = found
            self._actions.say(f"Exported {plural(count, 'account')} to {kept.name}", undo=False)

        self._session.write(work, done, failed=self._actions.refuse)

    def _keys(self) -> list[str]:
        layout = self._table.arrangement()
        return [k for k in layout.order[FROZEN - 1 :] if k not in layout.hidden]

    def _open(self, form: "Form") -> None:
        self.form = form
        form.saved.connect(self._actions.say)
        form.finished.connect(self._forget)
        form.open()

    def _forget(self) -> None:
        self.form = None
        self._table.setFocus()
