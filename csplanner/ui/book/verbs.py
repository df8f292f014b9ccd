"""What one does from the Book's table: bulk verbs, typed steps, copies, exports, saved views."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from csplanner.book.book import Book
from csplanner.domain.filters import View
from csplanner.language import tr
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.columns import FROZEN
from csplanner.ui.book.foot import BulkBar
from csplanner.ui.book.form_opener import FormOpener
from csplanner.ui.book.table import BookTable
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.menus import Menu

if TYPE_CHECKING:
    from csplanner.ui.actions.form import Form

    class MadeForm(Protocol):
        """Makes a form about some accounts."""

        def __call__(
            self, session: BookSession, parent: QWidget, *, ids: Sequence[int]
        ) -> Form: ...


class BookVerbs(FormOpener):
    """The verbs, each one change of the book; `form` is the form that is open, if any.

    What only some visits need is imported when it is first used.
    """

    def __init__(self, session: BookSession, actions: Actions, table: BookTable) -> None:
        super().__init__(table, actions, table)
        self._session, self._table = session, table
        self.menu: Menu | None = None

    def fill(self, bar: BulkBar) -> None:
        """Put the verbs for many accounts into the bulk bar."""
        bar.add_verb(self.tr("Set tier…"), "pyramid", self.set_tier)
        bar.add_verb(self.tr("Plan touches…"), "calendar-plus", self.plan_touches)
        bar.add_verb(self.tr("Set next step…"), "list-checks", self.set_step)
        bar.add_verb(self.tr("Tag…"), "tag", self.tag)
        bar.add_more(self.tr("More for the accounts selected"), lambda: self._open_more(bar))

    def more(self) -> list[tuple[str, Callable[[], object]]]:
        """The verbs for many accounts that stand behind the three dots; ("", …) is a line."""
        return [
            (self.tr("Set sentiment…"), self.set_sentiment),
            (self.tr("Set criticality…"), self.set_criticality),
            (self.tr("Set owner…"), self.set_owner),
            (self.tr("Set segment…"), self.set_segment),
            ("", self.pin),
            (self.tr("Pin or unpin"), self.pin),
            (self.tr("Copy these accounts"), self.copy),
            (self.tr("Export these accounts…"), self.ask_export_chosen),
            ("", self.archive),
            (self.tr("Archive…"), self.archive),
        ]

    def _open_more(self, bar: BulkBar) -> None:
        menu = self.menu = Menu(bar, self.tr("More for the accounts selected"))
        for text, run in self.more():
            if text:
                menu.addAction(text).triggered.connect(lambda _on=False, run=run: run())
            else:
                menu.addSeparator()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(bar.more.mapToGlobal(QPoint(0, -menu.sizeHint().height())))

    def chosen(self) -> list[int]:
        """Return the row ids of the accounts ticked, else of those with a cell chosen, in the
        order shown.
        """
        ticks = self._table.accounts.ticks
        if not ticks:
            return self._table.chosen_ids()
        return [i for i in self._table.accounts.ids if i in ticks]

    def has_chosen(self) -> bool:
        """Whether there is an account the verbs for many would reach."""
        table = self._table
        return table.accounts.has_ticks or table.accounts.account_at(table.line) is not None

    def account_ids(self, ids: Sequence[int]) -> list[str]:
        """Return the ids of the accounts behind row ids."""
        return self._session.read.overview.account_ids(ids)

    # Many accounts

    def set_tier(self) -> None:
        """Ask for the tier of the accounts chosen."""
        from csplanner.ui.book.bulk_forms import BulkTierForm

        self._ask(BulkTierForm)

    def set_step(self) -> None:
        """Ask for the next step of the accounts chosen."""
        from csplanner.ui.book.bulk_forms import BulkStepForm

        self._ask(BulkStepForm)

    def plan_touches(self) -> None:
        """Ask what the touches with the accounts chosen are about, and plan them."""
        from csplanner.ui.book.bulk_more import BulkTouchesForm

        self._ask(BulkTouchesForm)

    def tag(self) -> None:
        """Ask for a tag to put on the accounts chosen, or to take off."""
        from csplanner.ui.book.bulk_more import BulkTagForm

        self._ask(BulkTagForm)

    def set_sentiment(self) -> None:
        """Ask how you feel about the accounts chosen."""
        from csplanner.ui.book.bulk_more import BulkSentimentForm

        self._ask(BulkSentimentForm)

    def set_criticality(self) -> None:
        """Ask how critical you are to the accounts chosen."""
        from csplanner.ui.book.bulk_more import BulkCriticalityForm

        self._ask(BulkCriticalityForm)

    def set_owner(self) -> None:
        """Ask who owns the accounts chosen."""
        from csplanner.ui.book.bulk_more import BulkOwnerForm

        self._ask(BulkOwnerForm)

    def set_segment(self) -> None:
        """Ask for the segment of the accounts chosen."""
        from csplanner.ui.book.bulk_more import BulkSegmentForm

        self._ask(BulkSegmentForm)

    def archive(self) -> None:
        """Say what archiving the accounts chosen means, and do it when told to."""
        from csplanner.ui.book.bulk_forms import BulkArchiveForm

        self._ask(BulkArchiveForm)

    def _ask(self, form: "MadeForm") -> None:
        """Open a form about the accounts chosen."""
        ids = self.chosen()
        if ids and self._actions.may_write():
            self._open(form(self._session, self._table.window(), ids=ids))

    def pin(self) -> None:
        """Pin the accounts chosen; nothing needs asking."""
        from csplanner.ui.book import bulk

        self._actions.write(partial(bulk.pin, ids=self.chosen()))

    # Views and files

    def save_view(self, name: str, spec: dict[str, object], then: Callable[[str], object]) -> None:
        """Ask what the view is called; `then` gets the name once it is kept."""
        from csplanner.ui.book.view_form import ViewForm

        form = ViewForm(self._session, self._table.window(), name=name, spec=spec)
        form.saved.connect(lambda _said: then(form.typed_name))
        self._open(form)

    def remove_view(self, view_id: str) -> None:
        """Take a saved view away."""

        def work(book: Book) -> str:
            book.views.remove(view_id)
            return tr("The view is removed")

        self._actions.write(work)

    def copy(self) -> None:
        """Copy the accounts chosen, whole rows with the heads, as text with tabs."""
        from csplanner.ui.book.export_rows import tab_text

        ids = self.chosen()
        if not ids:
            return
        keys = self._keys()

        def done(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._actions.say(tr("Copied {0}").format(plural(len(ids), "account")), undo=False)

        self._session.write(lambda book: tab_text(book, ids, keys), done)

    def ask_export_chosen(self) -> None:
        """Ask where the rows of the accounts chosen go, and write them."""
        self.ask_export(View(), ids=self.chosen())

    def ask_export(self, view: View, *, ids: Sequence[int] | None = None) -> None:
        """Ask where the rows of a view go, or those with some ids, and write them."""
        start = str(Path.home() / "accounts.csv")
        path, _ = QFileDialog.getSaveFileName(
            self._table.window(), self.tr("Export the accounts shown"), start,
            self.tr("Table for spreadsheets (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if path:
            self.export(view, Path(path).with_suffix(".csv"), ids=ids)

    def export(self, view: View, path: Path, *, ids: Sequence[int] | None = None) -> None:
        """Write the rows of a view, or those with some ids, as CSV; where a file has that name the
        new one is numbered.
        """
        from csplanner.book.outgoing import place
        from csplanner.ui.book.export_rows import csv_text

        keys = self._keys()

        def work(book: Book) -> tuple[int, Path]:
            text, count = csv_text(book, view, keys, ids=ids)
            # The mark at the start tells spreadsheets that the text is UTF-8.
            return count, place(path.parent, path.name, text.encode("utf-8-sig"))

        def done(found: tuple[int, Path]) -> None:
            count, kept = found
            self._actions.say(
                tr("Exported {0} to {1}").format(plural(count, "account"), kept.name), undo=False
            )

        self._session.write(work, done, failed=self._actions.refuse)

    def _keys(self) -> list[str]:
        layout = self._table.arrangement()
        return [k for k in layout.order[FROZEN - 1 :] if k not in layout.hidden]
