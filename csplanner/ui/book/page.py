"""The Book page: tabs of views, filters as sentences, the table, totals and the bulk bar."""

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QModelIndex
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from csplanner.book.book import Changed
from csplanner.book.overview import Totals
from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_groups import Group
from csplanner.domain.filters_view import ViewText
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.cell_filter import value_condition
from csplanner.ui.book.chosen_totals import ChosenTotals
from csplanner.ui.book.columns import COLUMNS, Col, Layout
from csplanner.ui.book.foot import BulkBar, TotalsFoot, chosen_words
from csplanner.ui.book.grid_edits import GridEdits
from csplanner.ui.book.model import BookModel, Shown
from csplanner.ui.book.page_columns import PageColumns
from csplanner.ui.book.page_peek import PagePeek
from csplanner.ui.book.row_menu import RowMenu
from csplanner.ui.book.rows import Reader
from csplanner.ui.book.table import BookTable
from csplanner.ui.book.tool_row import ToolRow
from csplanner.ui.book.verbs import BookVerbs
from csplanner.ui.book.view_tabs import ViewTabs
from csplanner.ui.book.view_verbs import ViewVerbs
from csplanner.ui.book.views import NamedView, spec_of
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage

_LONGEST_ORDER = 5000
Conditions = tuple[Condition, ...]
_BY_SORT = {column.sort: at for at, column in enumerate(COLUMNS) if column.sort}
_BY_SORT["score"] = int(Col.HEALTH)
_QUIET_TABLES = frozenset({"attention", "field_history", "quarantine", "external_ref"})


class BookPage(SessionPage):
    """Every account in one table.

    Open it with the key, id or title of a view, or with a `View`. An account is opened with
    `navigate("account", (account_id, section, order))`, `order` being the accounts as shown here.
    """

    key = "book"
    title = "Book"

    def __init__(
        self, session: BookSession, actions: Actions, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, actions, parent)
        self.current_account: str | None = None
        self.tabs = ViewTabs(session, self)
        self.tools = ToolRow(session, self)
        self.model = BookModel(self)
        self.table = BookTable(self.model, self)
        self.bar = BulkBar(self)
        self.foot = TotalsFoot(self)
        self.verbs = BookVerbs(session, actions, self.table)
        self.edits = GridEdits(session, actions, self.table)
        self.row_menu = RowMenu(self.table)
        self._view = self.tabs.named.view
        self.columns = PageColumns(self.table, session.memory, lambda: self._view)
        self.peek = PagePeek(actions, partial(self.ask_book, about="peek"), self)
        self.totals = ChosenTotals(session, self.table, self.foot)
        self._nothing: QWidget | None = None
        self._sums: tuple[Conditions, str, Totals, dict[Group, Totals]] | None = None
        self._is_counted = False
        self._chosen = ""
        self.view_verbs = ViewVerbs(self, session, actions)
        self._lay_out()
        self._connect()
        self.setFocusProxy(self.table)

    # Page

    def open(self, argument: object) -> None:
        """Show the view named by `argument`; None keeps the one shown."""
        if isinstance(argument, str) and self.tabs.choose(argument):
            self._take_named(self.tabs.named)
        elif isinstance(argument, View):
            self._view = argument
        elif isinstance(argument, ViewText):
            self.view_verbs.take_text(argument)

    def read_book(self) -> None:
        """Ask the book again and keep the place in the table."""
        read = self._session.read
        whole = read.overview.count(View())
        if not whole:
            self._show_empty_book()
            return
        listing = read.overview.listing(self._view)
        totals, by_tier = self._tally()
        reader = Reader(read.as_of(), read.settings)
        at = self.model.id_at(self.table.line) if self.table.line >= 0 else None
        column = self.table.column
        top = self.table.verticalScrollBar().value()
        self.model.show(Shown(listing.ids, listing.groups, by_tier, read.overview.by_id, reader))
        self._keep_place(at, top, column)
        self._show_frame(reader)
        self.tools.show_count(len(listing.ids), whole)
        self.foot.show_totals(totals, read.as_of())
        self._show_selection()
        if listing.ids:
            self._pages.setCurrentWidget(self._body)
            self._stack.setCurrentWidget(self.table)
        else:
            self._show_no_match()
        if not self._is_counted:
            self._is_counted = True
            self.tabs.count()

    def inspector(self) -> QWidget | None:
        """Return the peek while it is open."""
        return self.peek.widget

    @property
    def peeked(self) -> str:
        """The id of the account in the inspector, or nothing."""
        return self.peek.account_id

    def focus_find(self) -> None:
        """Start a filter: finding within the Book is filtering it."""
        self.tools.add_button.click()

    def order(self) -> list[str]:
        """Return the ids of the accounts in the order shown."""
        return self.verbs.account_ids(self.model.ids)

    def export(self) -> None:
        """Ask where the accounts shown go, and write them as CSV."""
        self.verbs.ask_export(self._view)

    @property
    def view(self) -> View:
        """What is shown."""
        return self._view

    # Views

    def show_view(self, view: View) -> None:
        """Show other conditions, another sort or grouping."""
        if view != self._view:
            if view.looks_back:
                self.ask_book(
                    lambda book: book.overview.look_back(view),
                    lambda found: self._show_looked_back(view, found),
                    about="view",
                )
                return
            self._view = view
            self.refresh()

    def _show_looked_back(self, view: View, found: dict[str, str]) -> None:
        """Show a view whose history was looked through beside the window."""
        self._session.read.overview.take_look(found)
        self._view = view
        self.refresh()

    def clear_filters(self) -> None:
        """Show every account, sorted and grouped as now."""
        self.show_view(replace(self._view, conditions=()))
        self.table.setFocus()

    def _clear_filter(self, worst: Condition | None) -> None:
        if worst is None:
            self.clear_filters()
            return
        self.tools.remove_condition(worst)
        self.table.setFocus()

    def filter_by_cell(self) -> None:
        """Show only the accounts that have what the current cell holds."""
        row = self.model.account_at(self.table.line)
        found = value_condition(row.line, self.table.column) if row is not None else None
        if found is None:
            self.table.editing.say(self.tr("There is no filter for a value of this column."))
        else:
            self.add_condition(found)

    def add_condition(self, condition: Condition) -> None:
        """Filter further by one condition."""
        self.tools.add_condition(condition)

    def save_view(self) -> None:
        """Keep what is shown as a view."""
        named = self.tabs.named
        name = named.title if named.is_saved else ""
        spec = spec_of(self._view, self.table.arrangement())
        self.verbs.save_view(name, spec, self._choose_saved)

    def _choose_saved(self, name: str) -> None:
        """Be in the view just saved, as what is shown is that view."""
        if self.tabs.choose(name):
            self.refresh()

    def _take_named(self, named: NamedView) -> None:
        self.take_view(named.view, named.layout)

    def take_view(self, view: View, layout: Layout | None) -> None:
        """Have a view shown when the page is read next, with columns of its own where it has."""
        self._view = view
        self.columns.take(layout)

    def _choose_view(self, named: NamedView) -> None:
        self._take_named(named)
        self.refresh()
        self.table.scrollToTop()

    def is_view_changed(self) -> bool:
        """Whether what is shown is other than the view chosen as it was saved."""
        named = self.tabs.named
        if self._view != named.view:
            return True
        return named.layout is not None and named.layout != self.table.arrangement()

    def _columns_changed(self) -> None:
        self._show_frame(Reader(self._session.read.as_of(), self._session.read.settings))

    # Lines

    def _open_line(self, line: int) -> None:
        row = self.model.account_at(line)
        if row is not None:
            order = self.order() if len(self.model.ids) <= _LONGEST_ORDER else []
            self.navigate.emit("account", (row.account_id, "", order))

    def _fold_line(self, line: int) -> None:
        self.model.fold(self.model.heading_group(line))
        self.table.go_to(line)

    def _peek_line(self, line: int) -> None:
        self.peek.toggle(self.model.account_at(line))

    def _peek_toggled(self) -> None:
        self.inspector_changed.emit()
        self.reveal_inspector()

    def _moved(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.model.account_at(now.row()) if now.isValid() else None
        self.current_account = row.account_id if row else None
        if row is not None and row.account_id != self.peeked:
            self.peek.fill(row)

    def _keep_place(self, row_id: int | None, top: int, column: int) -> None:
        line = self.model.line_of(row_id) if row_id is not None else -1
        if self.table.line >= 0:
            self.peek.fill(self.model.account_at(self.table.line))
            return
        if line < 0 and self.model.rowCount():
            line = next((i for i in range(min(2, self.model.rowCount()))
                         if not self.model.is_heading(i)), 0)  # fmt: skip
        if line >= 0:
            self.table.go_to(line, max(column, int(Col.ACCOUNT)))
        self.table.verticalScrollBar().setValue(top)

    # Frame

    def _tally(self) -> tuple[Totals, dict[Group, Totals]]:
        """Sums of what is shown; another order of the same accounts has the same ones."""
        shown = self._view.conditions, self._view.group
        if self._sums is None or self._sums[:2] != shown:
            self._sums = (*shown, *self._session.read.overview.tally(self._view))
        return self._sums[2:]

    def _show_frame(self, reader: Reader) -> None:
        self.tools.show_view(
            self._view,
            self.table.arrangement(),
            today=reader.as_of,
            is_changed=self.is_view_changed(),
        )
        self.table.head.show_sorts(
            [
                (_BY_SORT[sort.field], sort.descending)
                for sort in self._view.sorts
                if sort.field in _BY_SORT
            ]
        )

    def _show_selection(self) -> None:
        read = self._session.read
        totals = read.overview.totals_of(sorted(self.model.ticks))
        whole = len(self.model.ids)
        self.bar.show_selection(totals, whole=whole, unit=read.settings.hours_per)
        chosen = chosen_words(totals, whole) if totals.accounts else ""
        if chosen != self._chosen:
            self._chosen = chosen
            self.heading_changed.emit()

    def chosen_text(self) -> str:
        """Return how many of the accounts shown are ticked, and their ARR."""
        return self._chosen

    def _show_empty_book(self) -> None:
        from csplanner.ui.book.nothing import empty_book

        self._show_nothing(empty_book(self._actions, self), everything=True)

    def _show_no_match(self) -> None:
        from csplanner.book.overview_values import most_excluding
        from csplanner.ui.book.nothing import nothing_matches

        worst = most_excluding(self._session.read, self._view.conditions)
        self._show_nothing(nothing_matches(worst, self._clear_filter, self))

    def _show_nothing(self, what: QWidget, *, everything: bool = False) -> None:
        if self._nothing is not None:
            self._nothing.hide()
            self._nothing.deleteLater()
        self._nothing = what
        stack = self._pages if everything else self._stack
        stack.addWidget(what)
        stack.setCurrentWidget(what)
        if not everything:
            self._pages.setCurrentWidget(self._body)

    def concerns(self, changed: Changed) -> bool:
        """What was put away, or where a value came from, is not shown here."""
        self._sums, self._is_counted = None, False
        return bool(changed.tables - _QUIET_TABLES)

    def _lay_out(self) -> None:
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self.table)
        self._body = QWidget(self)
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(0)
        inner.addWidget(self.tabs)
        inner.addWidget(self.tools)
        inner.addWidget(self._stack, 1)
        inner.addWidget(self.bar)
        inner.addWidget(self.foot)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)

    def _connect(self) -> None:
        table, model = self.table, self.model
        self.tabs.chosen.connect(self._choose_view)
        self.tabs.added.connect(self.save_view)
        self.tools.view_changed.connect(self.show_view)
        self.tools.columns_asked.connect(self.columns.choose)
        self.tools.save_asked.connect(self.save_view)
        self.tools.export_asked.connect(self.export)
        table.head.sectionClicked.connect(self.columns.sort)
        table.asked.connect(lambda verb: self.filter_by_cell() if verb == "filter" else None)
        self.columns.sorted.connect(self.show_view)
        self.columns.changed.connect(self._columns_changed)
        self.peek.toggled.connect(self._peek_toggled)
        table.opened.connect(self._open_line)
        table.peeked.connect(self._peek_line)
        table.folded.connect(self._fold_line)
        table.selectionModel().currentChanged.connect(self._moved)
        model.ticked.connect(self._show_selection)
        self.bar.cleared.connect(table.clear_ticks)
        self.bar.ticked.connect(table.tick_all_or_none)
        self.verbs.fill(self.bar)
