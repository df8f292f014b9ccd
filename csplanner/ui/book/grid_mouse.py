"""What the mouse does in the Book's grid: choosing cells by dragging, ticking, opening, typing."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent

from csplanner.ui.book.columns import Col

if TYPE_CHECKING:
    from csplanner.ui.book.table import BookTable

_SCROLL_MS = 40
_LEFT = Qt.MouseButton.LeftButton
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_CTRL = Qt.KeyboardModifier.ControlModifier


class GridMouse:
    """Takes the mouse of a table; `press` and `move` say whether they did something."""

    def __init__(self, table: "BookTable") -> None:
        self._table = table
        self._is_dragging = False
        self._at = QPoint()
        self._scrolling = QTimer(table)
        self._scrolling.setInterval(_SCROLL_MS)
        self._scrolling.timeout.connect(self._drag)

    def press(self, event: QMouseEvent) -> bool:
        """Choose a cell, reach to it with Shift, tick with Ctrl or in the box, fold a heading."""
        table = self._table
        index = table.indexAt(event.position().toPoint())
        if not table.editing.finish():
            return True
        if not index.isValid() or event.button() != _LEFT:
            if index.isValid() and not self._is_chosen(index):
                table.make_current(index)
            return True
        line, mods = index.row(), event.modifiers()
        if table.accounts.is_heading(line):
            table.make_current(index)
            table.folded.emit(line)
        elif index.column() == Col.CHECK and mods & _SHIFT:
            table.accounts.tick_lines(table.line if table.line >= 0 else line, line)
            table.make_current(index)
        elif mods & _CTRL or index.column() == Col.CHECK:
            table.toggle(line)
            table.make_current(index)
        elif mods & _SHIFT:
            table.choose_to(index)
        else:
            table.make_current(index)
            table.forget_many()
            self._is_dragging = True
        return True

    def _is_chosen(self, index: QModelIndex) -> bool:
        chosen, head = self._table.chosen, self._table.head
        return index.row() in chosen.lines and head.visualIndex(index.column()) in chosen.places

    def move(self, event: QMouseEvent) -> bool:
        """Let the cells chosen follow the mouse while it is held, scrolling at the edges."""
        if not self._is_dragging or not event.buttons() & _LEFT:
            return False
        self._at = event.position().toPoint()
        self._drag()
        return True

    def release(self) -> None:
        """End the dragging."""
        self._is_dragging = False
        self._scrolling.stop()

    def _drag(self) -> None:
        table, at = self._table, self._at
        area = table.viewport().rect()
        upright, across = table.verticalScrollBar(), table.horizontalScrollBar()
        if at.y() < area.top() or at.y() > area.bottom():
            by = upright.singleStep() * (1 if at.y() > area.bottom() else -1)
            upright.setValue(upright.value() + by)
        if at.x() > area.right() or at.x() < area.left():
            across.setValue(across.value() + (30 if at.x() > area.right() else -30))
        inside = QPoint(
            min(max(at.x(), area.left()), area.right() - 1),
            min(max(at.y(), area.top()), area.bottom() - 1),
        )
        index = table.indexAt(inside)
        if index.isValid() and index != table.currentIndex():
            table.choose_to(index)
        if area.contains(at):
            self._scrolling.stop()
        elif not self._scrolling.isActive():
            self._scrolling.start()

    def double_click(self, event: QMouseEvent) -> None:
        """Type into a cell, or say why it cannot be changed; the name opens its account."""
        table = self._table
        index = table.indexAt(event.position().toPoint())
        if event.button() != _LEFT or not index.isValid():
            return
        if table.accounts.is_heading(index.row()) or index.column() == Col.CHECK:
            self.press(event)
        elif index.column() == Col.ACCOUNT:
            table.opened.emit(index.row())
        else:
            table.editing.begin()
