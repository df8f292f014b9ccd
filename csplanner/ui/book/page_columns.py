"""The columns of the Book page: their order, widths and what stays, sorting by them, their menu."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtGui import QKeySequence

from csplanner.book.overview_filter import SORTS
from csplanner.domain.filters import Sort, View
from csplanner.language import tr
from csplanner.ui.book.columns import COLUMNS, FROZEN, Col, Layout
from csplanner.ui.book.fitting import fitting_width
from csplanner.ui.book.kept_layout import keep_layout, kept_layout
from csplanner.ui.book.table import BookTable
from csplanner.ui.book_memory import BookMemory
from csplanner.ui.widgets.menus import Menu

if TYPE_CHECKING:
    from csplanner.ui.book.column_chooser import ColumnChooser


class PageColumns(QObject):
    """Arranges the columns of a table and keeps how they stand.

    `view` gives the view shown; `sorted` asks for it in another order. `changed` tells that the
    columns stand otherwise.
    """

    sorted = Signal(object)
    changed = Signal()

    def __init__(self, table: BookTable, memory: BookMemory, view: Callable[[], View]) -> None:
        super().__init__(table)
        self._table, self._memory, self._view = table, memory, view
        self._own = kept_layout(memory)
        self._is_views = False
        self.menu: Menu | None = None
        self.chooser: ColumnChooser | None = None
        table.arrange(self._own)
        table.layout_changed.connect(self._moved)
        table.asked.connect(self._do)
        head = table.head
        head.setContextMenuPolicy(head.contextMenuPolicy().CustomContextMenu)
        head.customContextMenuRequested.connect(self._open_at)
        head.sectionHandleDoubleClicked.connect(self.fit)

    # How they stand

    def take(self, layout: Layout | None) -> None:
        """Arrange as a view that has columns of its own, or as kept for the book."""
        self._is_views = layout is not None
        self._table.arrange(layout or self._own)

    def arrange(self, layout: Layout) -> None:
        """Arrange the columns and keep it."""
        self._table.arrange(layout)
        self._moved()

    def show(self, key: str, on: bool) -> None:
        """Show or hide a column."""
        self.arrange(self._table.arrangement().show(key, on))

    def reset(self) -> None:
        """Arrange the columns as they were in the beginning."""
        self.arrange(Layout())

    def _moved(self) -> None:
        if not self._is_views:
            self._own = self._table.arrangement()
            keep_layout(self._memory, self._own)
        self.changed.emit()

    # One column; −1 is the current one

    def _column(self, at: int) -> int:
        return self._table.column if at < 0 else at

    def can_arrange(self, at: int = -1) -> bool:
        """Whether a column can be hidden and moved: the first ones always stand first."""
        return self._column(at) >= FROZEN

    def can_sort(self, at: int = -1) -> bool:
        """Whether accounts can be put in order by a column."""
        at = self._column(at)
        return at >= 0 and COLUMNS[at].sort in SORTS

    def fit(self, at: int = -1) -> None:
        """Make a column as wide as what it shows asks for."""
        at = self._column(at)
        if at > Col.CHECK:
            self._table.head.resizeSection(at, fitting_width(self._table, at))

    def fit_all(self) -> None:
        """Make every column as wide as what it shows asks for."""
        for at in range(int(Col.ACCOUNT), len(COLUMNS)):
            if not self._table.isColumnHidden(at):
                self.fit(at)

    def hide(self, at: int = -1) -> None:
        """Hide a column."""
        at = self._column(at)
        if self.can_arrange(at):
            self._table.step(places=-1 if at == self._table.last_column() else 1)
            self.show(COLUMNS[at].key, False)

    def move(self, by: int, at: int = -1) -> None:
        """Move a column to the left (−1) or to the right (1)."""
        at = self._column(at)
        if self.can_arrange(at):
            self.arrange(self._table.arrangement().move(COLUMNS[at].key, by))
            self._table.scrollTo(self._table.currentIndex())

    def freeze(self, at: int = -1) -> None:
        """Let all columns up to one stay in place."""
        self.arrange(self._table.arrangement().freeze(COLUMNS[self._column(at)].key))

    def unfreeze(self) -> None:
        """Let only the names of the accounts stay in place."""
        self.arrange(replace(self._table.arrangement(), frozen=FROZEN))

    def has_frozen(self) -> bool:
        """Whether more than the names stay in place."""
        return self._table.frozen > FROZEN

    def is_frozen_to(self, at: int) -> bool:
        """Whether a column is the last of those that stay."""
        return self._table.head.visualIndex(at) == self._table.frozen - 1

    def sort(self, at: int = -1, *, descending: bool | None = None) -> None:
        """Put the accounts in order by a column; the other way round if they are already."""
        at = self._column(at)
        if not self.can_sort(at):
            return
        column, view = COLUMNS[at], self._view()
        if descending is None:
            same = view.sort == column.sort
            descending = not view.descending if same else column.first == "down"
        self.sorted.emit(replace(view, sorts=(Sort(column.sort, descending),)))

    def sort_also(self, at: int = -1) -> None:
        """Let a column decide between accounts that are equal so far; again turns it round."""
        at = self._column(at)
        if not self.can_sort(at):
            return
        column, sorts = COLUMNS[at], self._view().sorts
        known = next((s for s in sorts if s.field == column.sort), None)
        if known is not None:
            turned = replace(known, descending=not known.descending)
            sorts = tuple(turned if s is known else s for s in sorts)
        else:
            sorts = (*sorts, Sort(column.sort, column.first == "down"))
        self.sorted.emit(replace(self._view(), sorts=sorts))

    def choose(self) -> None:
        """Open the list of all columns."""
        from csplanner.ui.book.column_chooser import ColumnChooser

        chooser = ColumnChooser(self._table.arrangement(), self._table.window())
        chooser.changed.connect(self.arrange)
        chooser.finished.connect(self._chosen)
        self.chooser = chooser
        chooser.open()

    def _chosen(self) -> None:
        self.chooser = None
        self._table.setFocus()

    # The menu of a column

    def _do(self, verb: str) -> None:
        if verb == "left":
            self.move(-1)
        elif verb == "right":
            self.move(1)
        elif verb == "column_menu" and self._table.column >= 0:
            head, at = self._table.head, self._table.column
            corner = QPoint(head.left_of(at), head.height())
            self._pop(at, head.mapToGlobal(corner))

    def _open_at(self, place: QPoint) -> None:
        at = self._at(place.x())
        if at >= 0:
            self._pop(at, self._table.head.mapToGlobal(place))

    def _at(self, x: int) -> int:
        for places in self._table.places():
            for column, left, width in places:
                if left <= x < left + width:
                    return column
        return -1

    def _pop(self, at: int, corner: QPoint) -> None:
        menu = self.menu = self.menu_of(at)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)

    def menu_of(self, at: int) -> Menu:
        """What can be done with a column."""
        menu = Menu(self._table, tr(COLUMNS[at].title))
        can_sort, can_arrange = self.can_sort(at), self.can_arrange(at)
        last = self.is_frozen_to(at) and at >= FROZEN
        entries: list[tuple[str, bool, Callable[[], object], str]] = [
            (self.tr("Sort from the smallest"), can_sort,
             lambda: self.sort(at, descending=False), ""),
            (self.tr("Sort from the largest"), can_sort,
             lambda: self.sort(at, descending=True), ""),
            (self.tr("Sort also by this"), can_sort, lambda: self.sort_also(at), ""),
            ("", True, lambda: None, ""),
            (self.tr("Let only the names stay in place") if last
             else self.tr("Let the columns up to here stay in place"), can_arrange,
             self.unfreeze if last else lambda: self.freeze(at), ""),
            (self.tr("Fit to what it shows"), at > Col.CHECK, lambda: self.fit(at), ""),
            (self.tr("Move left"), can_arrange, lambda: self.move(-1, at), "Alt+Shift+Left"),
            (self.tr("Move right"), can_arrange, lambda: self.move(1, at), "Alt+Shift+Right"),
            (self.tr("Hide"), can_arrange, lambda: self.hide(at), ""),
            ("", True, lambda: None, ""),
            (self.tr("Columns…"), True, self.choose, ""),
        ]  # fmt: skip
        for text, enabled, run, keys in entries:
            if not text:
                menu.addSeparator()
                continue
            action = menu.addAction(text)
            action.setEnabled(enabled)
            action.triggered.connect(lambda _on=False, run=run: run())
            if keys:
                action.setShortcut(QKeySequence(keys))
        return menu
