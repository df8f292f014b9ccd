"""The Book's table: keys, ticks, folding and typing over rows drawn by the artist."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLineEdit, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csplanner.ui.book.artist import BookArtist
from csplanner.ui.book.columns import COLUMNS, FROZEN, Col, Layout
from csplanner.ui.book.model import BookModel
from csplanner.ui.look import row_height
from csplanner.ui.widgets.table import Table

Index = QModelIndex | QPersistentModelIndex
_MOVES = (
    Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home,
    Qt.Key.Key_End,
)  # fmt: skip
_ROW = 30
_NONE = Qt.KeyboardModifier.NoModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class BookTable(Table):
    """Accounts in groups.

    `opened(line)`, `peeked(line)` and `folded(line)` ask for more of a line; `copy_asked` for the
    rows as text; `layout_changed` tells of columns moved or resized.
    """

    opened = Signal(int)
    peeked = Signal(int)
    folded = Signal(int)
    copy_asked = Signal()
    layout_changed = Signal()

    def __init__(self, model: BookModel, parent: QWidget | None = None) -> None:
        super().__init__(FROZEN, _ROW, parent)
        self.accounts = model
        self._drawn_by = BookArtist(model, self)
        self.artist = self._drawn_by
        self._anchor = -1
        self._arranging = False
        self._delegate = _StepDelegate(self)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self.fit_rows()
        self.setAccessibleName(self.tr("Accounts"))
        self.head.setResizeContentsPrecision(0)
        self.head.ticked.connect(self.tick_all_or_none)
        self.head.sectionResized.connect(self._arranged)
        self.head.sectionMoved.connect(self._arranged)
        model.ticked.connect(self._show_ticks)
        model.modelReset.connect(self._show_ticks)
        self.arrange(Layout())

    def fit_rows(self) -> None:
        """Give rows the height of the theme, more when the font asks for it."""
        height = max(row_height(), self.fontMetrics().height() + 10)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)
        self.verticalScrollBar().setSingleStep(height)
        self._drawn_by.set_height(height)

    # Columns

    def arrange(self, layout: Layout) -> None:
        """Put the columns into an order, with widths, and hide some."""
        self._arranging = True
        places = {column.key: at for at, column in enumerate(COLUMNS)}
        for visual, key in enumerate(layout.order):
            self.head.moveSection(self.head.visualIndex(places[key]), visual)
        for at, column in enumerate(COLUMNS):
            self.head.resizeSection(at, layout.widths.get(column.key, column.width))
            self.setColumnHidden(at, column.key in layout.hidden)
        self._arranging = False
        self.viewport().update()

    def arrangement(self) -> Layout:
        """Return how the columns stand now."""
        head = self.head
        order = tuple(COLUMNS[head.logicalIndex(v)].key for v in range(len(COLUMNS)))
        hidden = frozenset(c.key for at, c in enumerate(COLUMNS) if head.isSectionHidden(at))
        last = next((key for key in reversed(order) if key not in hidden), "")
        # The last column fills what is left, so its width says nothing.
        widths = {
            column.key: head.sectionSize(at)
            for at, column in enumerate(COLUMNS)
            if column.key not in hidden
            and column.key != last
            and head.sectionSize(at) != column.width
        }
        return Layout(order, hidden, widths)

    def _arranged(self, *_: object) -> None:
        if not self._arranging:
            self.layout_changed.emit()

    # Lines

    @property
    def line(self) -> int:
        """The current line, −1 for none."""
        return self.currentIndex().row()

    def go_to(self, line: int) -> None:
        """Make a line the current one, in the column that is current."""
        column = max(self.currentIndex().column(), int(Col.ACCOUNT))
        self.setCurrentIndex(self.accounts.index(line, column))

    def edit_step(self) -> None:
        """Type the next step of the current account in its cell."""
        index = self.accounts.index(self.line, Col.STEP)
        if self.accounts.account_at(self.line) and not self.isColumnHidden(Col.STEP):
            self.setCurrentIndex(index)
            self.scrollTo(index)
            self.edit(index)

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

    def _toggle(self, line: int) -> None:
        row_id = self.accounts.id_at(line)
        if row_id is not None:
            self._anchor = line
            self.accounts.tick([row_id], on=not self.accounts.is_ticked(row_id))

    def _show_ticks(self) -> None:
        ticked, whole = len(self.accounts.ticks), len(self.accounts.ids)
        states = Qt.CheckState
        some = states.PartiallyChecked if ticked else states.Unchecked
        self.head.show_tick(states.Checked if ticked and ticked == whole else some)

    # Keys and mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take_key(event):
            self._move_or_pass(event)

    def _take_key(self, event: QKeyEvent) -> bool:
        """Do what a key means to the current line; say whether it meant anything."""
        key, mods, line = event.key(), event.modifiers(), self.line
        if mods == _CTRL and key == Qt.Key.Key_A:
            self.tick_all()
        elif mods == _CTRL and key == Qt.Key.Key_C:
            self.copy_asked.emit()
        elif mods == _CTRL and key == Qt.Key.Key_Space:
            self._toggle(line)
        elif key == Qt.Key.Key_Escape and self.accounts.ticks:
            self.clear_ticks()
        elif mods & ~Qt.KeyboardModifier.KeypadModifier != _NONE or line < 0:
            return False
        elif self.accounts.is_heading(line):
            return self._take_heading_key(key, line)
        else:
            return self._take_account_key(key, line)
        return True

    def _take_heading_key(self, key: int, line: int) -> bool:
        row = self.accounts.at(line)
        is_open = getattr(row, "is_open", False)
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.folded.emit(line)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            if is_open == (key == Qt.Key.Key_Left):
                self.folded.emit(line)
        else:
            return False
        return True

    def _take_account_key(self, key: int, line: int) -> bool:
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(line)
        elif key == Qt.Key.Key_Space and self.currentIndex().column() == Col.CHECK:
            self._toggle(line)
        elif key == Qt.Key.Key_Space:
            self.peeked.emit(line)
        elif key == Qt.Key.Key_F2:
            self.edit_step()
        else:
            return False
        return True

    def _move_or_pass(self, event: QKeyEvent) -> None:
        """Move the current cell, ticking on the way with Shift; pass letters on to commands."""
        if event.text().isprintable() and event.text() and event.key() not in _MOVES:
            event.ignore()
            return
        before, extends = self.line, event.modifiers() & _SHIFT and event.key() in _MOVES
        if extends and self._anchor < 0:
            self._anchor = before
        super().keyPressEvent(event)
        if extends and self.line >= 0:
            self.accounts.tick_lines(self._anchor, self.line)
        elif event.key() in _MOVES:
            self._anchor = -1

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: looking for a name belongs to the search field, which asks SQL."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        line, mods = index.row(), event.modifiers()
        if self.accounts.is_heading(line):
            self.setCurrentIndex(index)
            self.folded.emit(line)
        elif mods & _SHIFT:
            self.accounts.tick_lines(self._anchor if self._anchor >= 0 else self.line, line)
            self._current(index)
        elif mods & _CTRL or index.column() == Col.CHECK:
            self._toggle(line)
            self._current(index)
        else:
            self._anchor = line
            super().mousePressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            return
        if self.accounts.is_heading(index.row()) or index.column() == Col.CHECK:
            self.mousePressEvent(event)
        elif index.column() == Col.STEP:
            self.edit_step()
        else:
            self.opened.emit(index.row())

    def _current(self, index: QModelIndex) -> None:
        flag = QItemSelectionModel.SelectionFlag.NoUpdate
        self.selectionModel().setCurrentIndex(index, flag)


class _StepDelegate(QStyledItemDelegate):
    """Edits a next step in its cell; ticks are the table's own."""

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, _index: Index
    ) -> QWidget:
        editor = QLineEdit(parent)
        editor.setAccessibleName(self.tr("Next step"))
        return editor

    def editorEvent(
        self,
        _event: QEvent,
        _model: QAbstractItemModel,
        _option: QStyleOptionViewItem,
        _index: Index,
    ) -> bool:
        return False
