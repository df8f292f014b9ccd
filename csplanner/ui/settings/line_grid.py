"""A small table of labels and buttons in a pane: a head, hairlines, columns that line up."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from csplanner.paint.fonts import MEDIUM
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_HEAD, _ROW, _GAP = 28, 34, 16


class LineGrid(QWidget):
    """Rows of widgets below heads; the column named `wide` takes the room there is."""

    def __init__(
        self,
        heads: Sequence[str],
        *,
        right: Sequence[int] = (),
        wide: int = 0,
        name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """`right` are the columns of numbers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self._right = frozenset(right)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(_GAP)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(wide, 1)
        self._columns = len(heads)
        self._held: list[QWidget] = []
        for column, words in enumerate(heads):
            label = PlainLabel(words, px=12, weight=MEDIUM, colour="text3")
            self._grid.addWidget(label, 0, column, self._side(column))
        self._grid.setRowMinimumHeight(0, _HEAD)
        self._grid.addWidget(Hairline(), 1, 0, 1, self._columns)

    def show_rows(self, rows: Sequence[Sequence[QWidget]]) -> None:
        """Show other rows; those shown before go."""
        for widget in self._held:
            widget.hide()
            self._grid.removeWidget(widget)
            widget.deleteLater()
        self._held = []
        for number, row in enumerate(rows):
            at = 2 + 2 * number
            for column, widget in enumerate(row):
                self._put(widget, at, column)
            self._grid.setRowMinimumHeight(at, _ROW)
            line = Hairline()
            self._grid.addWidget(line, at + 1, 0, 1, self._columns)
            self._held.append(line)
        self.updateGeometry()

    def _put(self, widget: QWidget, at: int, column: int) -> None:
        fills = widget.sizePolicy().horizontalPolicy() == widget.sizePolicy().Policy.Ignored
        if fills:
            self._grid.addWidget(widget, at, column)
        else:
            self._grid.addWidget(widget, at, column, self._side(column))
        self._held.append(widget)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        return _RIGHT if column in self._right else _LEFT
