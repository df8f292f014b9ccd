"""The first rows of a file as the records they will be."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from csplanner.book.staging_preview import FirstRows, Shown
from csplanner.domain.measures import WATCHED
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.imports.table import STRETCH, LineTable, ListModel
from csplanner.ui.imports.targets import heading
from csplanner.ui.imports.words import one_line, value
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import PADDING

_ROW, _SIDE, _COLUMNS = 28, 80, 3
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

    def _add(self, first: FirstRows) -> None:
        columns = first.columns[:_COLUMNS]
        cells = [[_cell(*pair) for pair in zip(columns, row, strict=False)] for row in first.rows]
        note = tr("first {0} of {1}").format(number(len(cells)), number(first.total))
        title = PlainLabel(f"{heading(first.object)}, {note}", px=12, weight=SEMIBOLD)
        title.setContentsMargins(PADDING, 6, PADDING, 0)
        right = frozenset(n for n, c in enumerate(columns) if n and c.kind in _RIGHT)
        model = ListModel([tr(c.label) for c in columns], len(cells),
                          lambda offset, limit: cells[offset : offset + limit],
                          right=right)  # fmt: skip
        widths = (STRETCH, *[_SIDE] * (len(columns) - 1))
        table = LineTable(heading(first.object), widths, self, row=_ROW)
        model.setParent(table)
        table.setModel(model)
        table.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        table.setFixedHeight(table.horizontalHeader().height() + len(cells) * _ROW + 2)
        self.tables.append(table)
        self._column.addWidget(title)
        self._column.addWidget(table)


def _cell(column: Shown, cell: str | None) -> str:
    if column.kind == "measure":
        title = WATCHED.get(cell or "", "")
        return tr(title) if title else one_line(cell or "")
    return one_line(value(column.kind, cell))
