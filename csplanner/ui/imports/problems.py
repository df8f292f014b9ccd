"""Problems of an import: what could not be read, corrected in place and tried again."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.book.staged_problems import Problems
from csplanner.language import ntr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.editing import EditTable
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.problem_models import FILE, VALUE, CellsModel, Corrections, ProblemModel
from csplanner.ui.imports.table import STRETCH
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.format import number
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import PADDING, Ground, Hairline

_WIDTHS = (STRETCH, 150, 110, 130, 56)
_CELL_WIDTHS = (190, STRETCH)
_ROW_PANE = 236
_ROOM_FOR_FILE = 780


class _ProblemTable(EditTable):
    """Corrected values stand in the accent."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the file to the row below where reasons would have no room."""
        super().resizeEvent(event)
        if self.model() is not None and self.model().columnCount() > FILE:
            self.setColumnHidden(FILE, self.viewport().width() < _ROOM_FOR_FILE)

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        model = self.model()
        fixed = getattr(model, "is_corrected", lambda _row: False)(row)
        for column in range(model.columnCount()):
            if self.isColumnHidden(column):
                continue
            is_value = column == self._column
            ink = "text" if column == 0 else "text2"
            painter.setPen(theme.colour("accent-text" if fixed and is_value else ink))
            text = str(model.index(row, column).data() or "")
            weight = MEDIUM if fixed and is_value else 400
            right = column in getattr(model, "right", ())
            write(painter, self.cell(rect, column), text, face=(13, weight), right=right)


class _CellTable(_ProblemTable):
    """The cell that could not be read stands out."""

    def ground(self, row: int) -> str:
        model = self.model()
        wrong = isinstance(model, CellsModel) and row < model.rowCount() and model.is_wrong(row)
        return "watch-tint" if wrong else ""


class ProblemsPanel(QWidget):
    """The problems with the whole row of the current one below.

    `changed` after each correction; `again` and `save_asked` when their button is pressed.
    """

    changed = Signal()
    again = Signal()
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.corrections = Corrections()
        self.model = ProblemModel(self.corrections)
        self.cells = CellsModel(self.corrections)
        self.table = _ProblemTable(self.tr("What could not be read"), _WIDTHS, VALUE)
        self.table.setModel(self.model)
        self.row_table = _CellTable(self.tr("The whole row"), _CELL_WIDTHS, 1)
        self.row_table.setModel(self.cells)
        self.save = Button(self.tr("Save as CSV…"))
        self.try_again = Button(self.tr("Try again"))
        self.save.clicked.connect(self.save_asked)
        self.try_again.clicked.connect(self.again)
        self._title, self._why = PlainLabel("", weight=SEMIBOLD), ElidedLabel("", colour="text2")
        self._lay_out()
        self.table.selectionModel().currentChanged.connect(lambda *_: self._show_row())
        self.model.corrected.connect(self._typed)
        self.cells.corrected.connect(self._typed)
        self.setFocusProxy(self.table)

    def _lay_out(self) -> None:
        pane = Ground("window", lines="t")
        pane.setFixedHeight(_ROW_PANE)
        head = QHBoxLayout()
        head.setContentsMargins(PADDING, 0, PADDING, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._why, 1)
        inside = QVBoxLayout(pane)
        inside.setContentsMargins(0, 9, 0, 0)
        inside.setSpacing(8)
        inside.addLayout(head)
        inside.addWidget(Hairline())
        inside.addWidget(self.row_table, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(pane)
        self._pane = pane

    def show_problems(self, source: Problems | None, reason: str = "") -> None:
        """Show these problems, of one reason or of all."""
        self.model.show(source, reason)
        if self.model.rowCount():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._show_row()
        self._say()

    def _show_row(self) -> None:
        q = self.model.problem(self.table.currentIndex().row())
        self.cells.show(q)
        wrong = self.cells.wrong_row()
        if wrong >= 0:
            self.row_table.setCurrentIndex(self.cells.index(wrong, 1))
        self._pane.setVisible(q is not None and bool(q.cells))
        if q is not None:
            place = self.tr("Row {0} of {1}").format(number(q.row), one_line(q.file))
            self._title.setText(place)
            self._why.setText(one_line(in_words(q.reason)))

    def _typed(self) -> None:
        self.model.tell()
        self.row_table.viewport().update()
        self._say()
        self.changed.emit()

    def _say(self) -> None:
        count = len(self.corrections.fixes())
        words = ntr("Try again with {0} correction", "Try again with {0} corrections", count)
        self.try_again.set_text(words if count else self.tr("Try again"))
        self.try_again.setEnabled(count > 0)
        self.save.setEnabled(self.model.rowCount() > 0)
