"""The History page: every change of the book, newest first, and the way back from each."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.book import Book, Changed
from csplanner.book.history_list import Entry, Wanted, count, entries
from csplanner.errors import UserError
from csplanner.language import noted
from csplanner.ui.actions import Actions
from csplanner.ui.history import rows
from csplanner.ui.history.explained import Explained
from csplanner.ui.history.list import HistoryHead, HistoryList
from csplanner.ui.history.model import HistoryModel
from csplanner.ui.history.panel import HistoryPanel
from csplanner.ui.history.returning import Returning
from csplanner.ui.history.tool_row import HistoryTools
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.widgets.empty import EmptyState, Way, draw_dashed_rows
from csplanner.ui.widgets.format import plural
from csplanner.ui.widgets.panes import Ground

PAGE = 200
_KEPT = 1000
"""So many entries are read again at once when the book changed."""
_MOST_COPIED = 100_000


class _Listed(NamedTuple):
    entries: list[Entry]
    total: int
    changes: int


class HistoryPage(SessionPage):
    """Opened with the id of an account it shows what touched it, with "" everything, with the
    number of a change that change, and with a pair both.
    """

    key = "history"
    title = noted("History")

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self._entries: list[Entry] = []
        self._total = 0
        self._opened = 0
        self._to_top = False
        self.tools = HistoryTools(session.read)
        self.model = HistoryModel()
        self.list = HistoryList(self.model)
        self.panel = HistoryPanel()
        self._explained = Explained(self, actions)
        self.returning = Returning(session, actions, self)
        self._middle = QStackedWidget()
        self._lay_out()
        self.tools.changed.connect(self._wanted_changed)
        self.tools.copy_asked.connect(self.copy)
        self.model.more_wanted.connect(lambda: self._ask_more())
        self.list.chosen.connect(lambda row: self._explained.show(row.number if row else 0))
        self.list.asked.connect(self._do)
        self.panel.asked.connect(self._do)
        self.tools.left.connect(self.list.setFocus)
        self.setFocusProxy(self.list)

    def _lay_out(self) -> None:
        listing = Ground("surface")
        column = QVBoxLayout(listing)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(HistoryHead(self.list))
        column.addWidget(self.list, 1)
        self._none = EmptyState(
            self.tr("No change matches"),
            self.tr("Nothing in the history fits these filters."),
            ways=(
                Way(
                    self.tr("Clear the filters"),
                    self.tr("Show every change of the book again."),
                    self.tools.clear,
                    "list-filter",
                ),
            ),
            drawing=draw_dashed_rows,
        )
        self._empty = EmptyState(
            self.tr("Nothing was changed yet"),
            self.tr(
                "Every edit and every import will stand here, with what was before and what came "
                "after, and a way back."
            ),
            drawing=draw_dashed_rows,
        )
        for part in (Ground("surface"), listing, self._none, self._empty):
            self._middle.addWidget(part)
        self._listing = listing
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.tools)
        whole.addWidget(self._middle, 1)

    # What the page shows

    @property
    def current_account(self) -> str | None:
        """The account the list is of, or the one the current change touched alone."""
        row = self.list.current_row()
        return self.tools.account_id or (row.account_id if row else "") or None

    def inspector(self) -> QWidget | None:
        """Return what explains the current change, as long as there is one."""
        return self.panel if self._entries else None

    def open(self, argument: object) -> None:
        """Show what was named; None shows what was shown."""
        if isinstance(argument, str):
            name = self.name_of(argument)
            self._to_top = (argument or None) != self.tools.account_id
            self.tools.show_account(argument if name else None, name)
        elif isinstance(argument, int):
            self._opened = argument
        elif isinstance(argument, tuple):
            for part in argument:
                self.open(part)

    def name_of(self, account_id: str) -> str:
        """Return the name of an account, empty when there is none."""
        try:
            return self._session.read.accounts.get(account_id).name if account_id else ""
        except UserError:
            return ""

    def focus_find(self) -> None:
        """Move the keyboard to the field that finds words."""
        self.tools.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from the tools to the list, and from a filtered list to the whole one."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif not self.list.hasFocus():
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self.tools.is_filtered:
            self.tools.clear()

    def concerns(self, changed: Changed) -> bool:
        """Readings and lines judged anew are no changes."""
        return bool(changed.tables - {"overview"})

    @property
    def wanted(self) -> Wanted:
        """The changes asked for."""
        tools = self.tools
        return Wanted(tools.account_id, tools.kinds.key, tools.search.text().strip())

    def read_book(self) -> None:
        """Ask for the list; what is shown stays until the answer comes."""
        size = min(max(PAGE, len(self._entries)), _KEPT)
        self.ask_book(partial(_listed, wanted=self.wanted, limit=size), self._show)

    def _wanted_changed(self) -> None:
        """Show the list for other filters, from its beginning."""
        self._entries = self._entries[:PAGE]
        self._to_top = True
        self.refresh()

    def _ask_oldest(self) -> None:
        """Show everything that is left, and the oldest change."""
        self.model.wait()
        self._ask_more(self._total - len(self._entries), then=self._go_to_oldest)

    def _go_to_oldest(self) -> None:
        self.list.setCurrentIndex(self.model.index(self.model.rowCount() - 1))

    def _ask_more(self, size: int = PAGE, *, then: Callable[[], object] | None = None) -> None:
        wanted, at = self.wanted, len(self._entries)

        def show(found: list[Entry]) -> None:
            if (wanted, at) == (self.wanted, len(self._entries)):
                day = rows.moment(self._entries[-1].change).date() if self._entries else None
                self._entries += found
                more = len(self._entries) < self._total and bool(found)
                self.model.add_lines(rows.lines(found, _clock_day(), day), has_more=more)
                if then is not None:
                    then()

        self.ask_book(lambda book: entries(book.connection, wanted, size, at), show, about="more")

    def _show(self, listed: _Listed) -> None:
        had = self.inspector()
        self._entries, self._total = listed.entries, listed.total
        self.tools.show_count(listed.total)
        if listed.entries:
            self._middle.setCurrentWidget(self._listing)
        else:
            self._middle.setCurrentWidget(self._none if listed.changes else self._empty)
        self.tools.setEnabled(bool(listed.changes))
        self._explained.forget()
        self._show_lines()
        if had is not self.inspector():
            self.inspector_changed.emit()

    def _show_lines(self) -> None:
        """Show the lines, keeping the current change or its neighbour."""
        row, place = self.list.current_row(), self.list.currentIndex().row()
        if self._to_top:
            row, place = None, 0
        number, self._opened = self._opened or (row.number if row else 0), 0
        self._to_top = False
        has_more = len(self._entries) < self._total
        self.model.show_lines(rows.lines(self._entries, _clock_day()), has_more=has_more)
        found = self.model.index_of(number)
        wanted = found if found.isValid() else self.model.nearest(max(place, 0))
        if self.list.currentIndex() != wanted:
            self.list.setCurrentIndex(wanted)
            if wanted.row() <= 1:
                self.list.scrollToTop()  # The heading above it stays in view.
        now = self.list.current_row()
        self._explained.show(now.number if now else 0)

    def current_entry(self) -> Entry | None:
        """Return the change that is current."""
        row = self.list.current_row()
        numbered = (e for e in self._entries if row and e.change.id == row.number)
        return next(numbered, None)

    # Verbs

    def _do(self, verb: str) -> None:
        """Do what a key or a button asks for."""
        entry = self.current_entry()
        if verb == "copy":
            self.copy()
        elif verb == "oldest":
            self._ask_oldest()
        elif verb == "more":
            self._explained.show_more()
        elif verb == "open":
            self.reveal_inspector()
            self.panel.focusNextChild()
        elif entry is None:
            return
        elif verb == "account" and entry.account_ids:
            self.navigate.emit("account", entry.account_ids[0])
        elif verb == "back":
            self.returning.ask_back(entry.change)
        elif verb == "back_to":
            self.returning.ask_back_to(entry.change)

    def copy(self) -> None:
        """Put the list, as it is filtered, on the clipboard as a table."""
        wanted = self.wanted

        def told(found: list[Entry]) -> None:
            QGuiApplication.clipboard().setText(rows.tsv(found))
            self._actions.say(self.tr("Copied {0}").format(plural(len(found), "change")), False)

        self.ask_book(
            lambda book: entries(book.connection, wanted, _MOST_COPIED), told, about="copy"
        )


def _clock_day() -> date:
    """The day of the clock, by which changes are dated whatever day the book is judged on."""
    return datetime.now().astimezone().date()


def _listed(book: Book, *, wanted: Wanted, limit: int) -> _Listed:
    db = book.connection
    found, total = entries(db, wanted, limit), count(db, wanted)
    return _Listed(found, total, total or count(db, Wanted()))
