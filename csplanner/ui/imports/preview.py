"""The first rows of a file as the records they will be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.book.staging_preview import FirstRows, Shown
from csplanner.domain.measures import WATCHED
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD, font
from csplanner.ui.imports.table import PAD, STRETCH, LineTable, ListModel
from csplanner.ui.imports.targets import heading
from csplanner.ui.imports.words import one_line, value
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING

_ROW, _WIDEST, _COLUMNS = 28, 116, 3
_ROOM = 184
"""Pixels for all columns but the first."""
_RIGHT = ("money", "thousandths", "date", "number")


class Preview(QWidget):
    """One small table per kind of record that comes out of a file, from edge to edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.tables: list[LineTable] = []

    def show_rows(self, found: Sequence[FirstRows]) -> None:
        """Show these in place of the former ones."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.tables = []
        for first in found:
            self._add(first)
        self.setVisible(bool(found))
        self._column.activate()
        self.setMinimumHeight(self._column.totalMinimumSize().height())

    def _add(self, first: FirstRows) -> None:
        shown = first.columns[:_COLUMNS]
        cells = [[_cell(*pair) for pair in zip(shown, row, strict=False)] for row in first.rows]
        widths = _widths([c.label for c in shown], cells)
        columns = shown[: len(widths)]
        cells = [row[: len(widths)] for row in cells]
        note = tr("first {0} of {1}").format(number(len(cells)), number(first.total))
        title = PlainLabel(f"{heading(first.object)}, {note}", px=12, weight=SEMIBOLD)
        title.setContentsMargins(PADDING, 6, PADDING, 0)
        right = frozenset(n for n, c in enumerate(columns) if n and c.kind in _RIGHT)
        model = ListModel([tr(c.label) for c in columns], len(cells),
                          lambda offset, limit: cells[offset : offset + limit],
                          right=right)  # fmt: skip
        table = LineTable(heading(first.object), widths, self, row=_ROW)
        model.setParent(table)
        table.setModel(model)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFixedHeight(table.horizontalHeader().height() + len(cells) * _ROW + 2)
        self.tables.append(table)
        self._column.addWidget(title)
        self._column.addWidget(table)


def _widths(labels: Sequence[str], cells: Sequence[Sequence[str]]) -> list[int]:
    """The first column takes what is left; of the others as many as leave it room for a name."""
    widths = [STRETCH]
    for place, label in enumerate(labels[1:], 1):
        wide = _wide(label, place, cells)
        if sum(widths) + wide > _ROOM:
            break
        widths.append(wide)
    return widths


def _wide(label: str, place: int, cells: Sequence[Sequence[str]]) -> int:
    """The width that shows a column of figures whole, within reason."""
    texts = [QFontMetrics(font(12, MEDIUM)).horizontalAdvance(tr(label))]
    metrics = QFontMetrics(font(13))
    texts += [metrics.horizontalAdvance(row[place]) for row in cells]
    return min(_WIDEST, max(texts) + 2 * PAD + 4)


def _cell(column: Shown, cell: str | None) -> str:
    if column.kind == "measure":
        title = WATCHED.get(cell or "", "")
        return tr(title) if title else one_line(cell or "")
    return one_line(value(column.kind, cell))
