"""The Book's table: a grid whose cells are chosen, typed into and filled; ticks choose accounts."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from csplanner.paint.cells import Cells
from csplanner.ui.book.arranging import put, standing
from csplanner.ui.book.artist import BookArtist
from csplanner.ui.book.cell_editor import CellEditing
from csplanner.ui.book.chosen import FIRST, Chosen
from csplanner.ui.book.chosen_paint import draw_border, draw_tint
from csplanner.ui.book.columns import FROZEN, Col, Layout
from csplanner.ui.book.grid_keys import GridKeys
from csplanner.ui.book.grid_mouse import GridMouse
from csplanner.ui.book.model import BookModel
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.table import Table

_ROW = 30


class BookTable(Table):
    """Accounts in groups, a cell for each thing known of them.

    `opened(line)`, `peeked(line)` and `folded(line)` ask for more of a line; `layout_changed`
    tells of columns moved or resized, `chosen_changed` of other cells chosen. `asked(verb)` asks
    for what is done with the cells chosen: copy, copy_heads, paste, fill, clear, filter, row_menu,
    column_menu, left, right; `menu_wanted(point)` for the menu of the current line.
    """

    opened = Signal(int)
    peeked = Signal(int)
    folded = Signal(int)
    asked = Signal(str)
    menu_wanted = Signal(QPoint)
    layout_changed = Signal()
    chosen_changed = Signal()

    def __init__(self, model: BookModel, parent: QWidget | None = None) -> None:
        super().__init__(FROZEN, _ROW, parent)
        self.accounts = model
        self._drawn_by = BookArtist(model, self)
        self.artist = self._drawn_by
        self._chosen = Chosen()
        self._extending = False
        self._arranging = False
        self.editing = CellEditing(self)
        self.setModel(model)
        self.fit_rows()
        self._keys, self._mouse = GridKeys(self), GridMouse(self)
        self.setAccessibleName(self.tr("Accounts"))
        self.head.setResizeContentsPrecision(0)
        self.head.ticked.connect(self.tick_all_or_none)
        self.head.sectionResized.connect(self._arranged)
        self.head.sectionMoved.connect(self._arranged)
        self.selectionModel().currentChanged.connect(self._current_moved)
        model.ticked.connect(self._show_ticks)
        model.modelReset.connect(self._show_ticks)
        model.modelReset.connect(self._forget_chosen)
        model.modelReset.connect(self.editing.place)
        self.arrange(Layout())

    def fit_rows(self) -> None:
        """Give rows the height of the theme, more when the font asks for it."""
        height = max(theme_of(self).size("h-row"), self.fontMetrics().height() + 12)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self._drawn_by.set_height(height)

    # Columns

    def arrange(self, layout: Layout) -> None:
        """Put the columns into an order, with widths, hide some and let some stay in place."""
        self._arranging = True
        put(self, layout)
        self._arranging = False
        self._set_chosen(self._chosen_now())
        self.head.viewport().update()
        self.viewport().update()

    def arrangement(self) -> Layout:
        """Return how the columns stand now."""
        return standing(self)

    def _arranged(self, *_: object) -> None:
        if not self._arranging:
            self.layout_changed.emit()
        self.editing.place()

    # Lines and cells

    @property
    def line(self) -> int:
        """The current line, −1 for none."""
        return self.currentIndex().row()

    @property
    def column(self) -> int:
        """The current column by its place in the model."""
        return self.currentIndex().column()

    def go_to(self, line: int, column: int | None = None) -> None:
        """Make a line the current one, in the column that is current unless one is given."""
        at = max(self.column, int(Col.ACCOUNT)) if column is None else column
        self.setCurrentIndex(self.accounts.index(line, at))
        self.forget_many()

    def step(self, lines: int = 0, places: int = 0) -> None:
        """Go to the next account down or up, or to the next column that can be seen."""
        line, limit = self.line + lines, self.accounts.rowCount()
        while lines and 0 <= line < limit and self.accounts.is_heading(line):
            line += lines
        seen = self._seen()
        at = seen.index(self.head.visualIndex(self.column)) + places
        if 0 <= line < limit and 0 <= at < len(seen):
            self.go_to(line, self.head.logicalIndex(seen[at]))

    def _seen(self) -> list[int]:
        head = self.head
        shown = (v for v in range(head.count()) if not head.isSectionHidden(head.logicalIndex(v)))
        return list(shown)

    def last_column(self) -> int:
        """The last column that can be seen."""
        return self.head.logicalIndex(self._seen()[-1])

    @property
    def chosen(self) -> Chosen:
        """The cells chosen."""
        return self._chosen

    def chosen_columns(self) -> list[int]:
        """The columns chosen that can be seen, from left to right."""
        head = self.head
        columns = (head.logicalIndex(place) for place in self._chosen.places)
        return [column for column in columns if not head.isSectionHidden(column)]

    def chosen_ids(self) -> list[int]:
        """Row ids of the accounts with a cell chosen, in the order shown."""
        ids = (self.accounts.id_at(line) for line in self._chosen.lines)
        return [row_id for row_id in ids if row_id is not None]

    def choose_to(self, index: QModelIndex) -> None:
        """Let the cells chosen reach to a cell, and make that the current one."""
        self._extending = True
        self.setCurrentIndex(index)
        self._extending = False
        self._set_chosen(self._chosen.to(index.row(), self.head.visualIndex(index.column())))

    def choose(self, lines: Iterator[int] | range | None, places: range | None) -> None:
        """Choose whole lines and places around the current cell; None means all of them."""
        last = self.accounts.rowCount() - 1
        if last < 0:
            return
        rows = list(lines) if lines is not None else [0, last]
        seen = self._seen()
        across = list(places) if places is not None else [FIRST, seen[-1]]
        self._set_chosen(Chosen(rows[0], across[0], rows[-1], across[-1]))

    def choose_all(self) -> None:
        """Choose every cell."""
        self.choose(None, None)

    def choose_column(self) -> None:
        """Choose the columns of the cells chosen, from the first line to the last."""
        self.choose(None, self._chosen.places)

    def choose_row(self) -> None:
        """Choose the lines of the cells chosen, from the first column to the last."""
        self.choose(self._chosen.lines, None)

    def forget_many(self) -> None:
        """Choose the current cell alone."""
        self._set_chosen(self._chosen_now())

    def _chosen_now(self) -> Chosen:
        index = self.currentIndex()
        if not index.isValid():
            return Chosen()
        return Chosen.at(index.row(), self.head.visualIndex(index.column()))

    def _forget_chosen(self) -> None:
        self._set_chosen(self._chosen_now())

    def _current_moved(self, *_: object) -> None:
        if not self._extending:
            self._set_chosen(self._chosen_now())

    def _set_chosen(self, chosen: Chosen) -> None:
        if chosen == self._chosen:
            return
        self._chosen = chosen
        self.viewport().update()
        self.chosen_changed.emit()

    # Ticks

    def tick_all_or_none(self) -> None:
        """Tick every account shown, or none when all are."""
        ids = self.accounts.ids
        self.accounts.tick(ids, on=len(self.accounts.ticks) < len(ids))

    def tick_all(self) -> None:
        """Tick every account shown."""
        self.accounts.tick(self.accounts.ids, on=True)

    def clear_ticks(self) -> None:
        """Take all ticks away."""
        self.accounts.tick(self.accounts.ticks, on=False)

    def tick_chosen(self) -> None:
        """Tick the accounts with a cell chosen; take the ticks away where all have one."""
        ids = self.chosen_ids()
        self.accounts.tick(ids, on=not all(self.accounts.is_ticked(i) for i in ids))

    def toggle(self, line: int) -> None:
        """Tick the account on a line, or take its tick away."""
        row_id = self.accounts.id_at(line)
        if row_id is not None:
            self.accounts.tick([row_id], on=not self.accounts.is_ticked(row_id))

    def _show_ticks(self) -> None:
        ticked, whole = len(self.accounts.ticks), len(self.accounts.ids)
        states = Qt.CheckState
        some = states.PartiallyChecked if ticked else states.Unchecked
        self.head.show_tick(states.Checked if ticked and ticked == whole else some)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._chosen.is_many:
            with QPainter(self.viewport()) as painter:
                draw_border(self, painter)

    def draw_ground(self, painter: QPainter, cells: Cells, tops: dict[int, int]) -> None:
        """Tint the cells chosen below what stands in them."""
        if self._chosen.is_many:
            draw_tint(self, painter, cells, tops=tops)

    # Keys and mouse

    def event(self, event: QEvent) -> bool:
        """Keep letters typed over a cell from being taken for commands."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._keys.takes(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._keys.press(event):
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking for a name belongs to the search field, which asks SQL."""

    def move_current(self, event: QKeyEvent) -> None:
        """Let an arrow key move the current cell as tables do."""
        super().keyPressEvent(event)

    def extend(self, event: QKeyEvent) -> None:
        """Let an arrow key move the corner of the cells chosen."""
        before = self._chosen
        plain = QKeyEvent(event.type(), event.key(), event.modifiers() & ~_SHIFT)
        self._extending = True
        super().keyPressEvent(plain)
        self._extending = False
        index = self.currentIndex()
        if index.isValid():
            self._set_chosen(before.to(index.row(), self.head.visualIndex(index.column())))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._mouse.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._mouse.move(event):
            super().mouseMoveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._mouse.release()
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._mouse.double_click(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            self.menu_wanted.emit(event.globalPos())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.editing.place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.editing.place()

    def make_current(self, index: QModelIndex) -> None:
        """Make a cell the current one without selecting it as Qt does."""
        flag = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(index, flag)


_SHIFT = Qt.KeyboardModifier.ShiftModifier
