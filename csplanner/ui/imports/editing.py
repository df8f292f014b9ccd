"""A table of drawn rows of which one column can be typed into."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from csplanner.ui.imports.table import LineTable


class EditTable(LineTable):
    """F2, Enter or a double click opens the cell of `column` in the current row."""

    def __init__(
        self, name: str, widths: Sequence[int], column: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(name, widths, parent)
        self._column = column

    def edit_row(self, row: int) -> bool:
        """Open the cell of a row; False where it cannot be changed."""
        index = self.model().index(row, self._column)
        if not index.flags() & Qt.ItemFlag.ItemIsEditable:
            return False
        self.setCurrentIndex(index)
        self.edit(index)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F2 and Enter open the cell; Enter in the open cell is its own."""
        if self.state() == LineTable.State.EditingState:
            return
        keys = (Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        row = self.currentIndex().row()
        if event.key() in keys and not event.modifiers() and row >= 0 and self.edit_row(row):
            return
        super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the cell of the row below the pointer."""
        row = self.rowAt(event.position().toPoint().y())
        if row < 0 or not self.edit_row(row):
            super().mouseDoubleClickEvent(event)
