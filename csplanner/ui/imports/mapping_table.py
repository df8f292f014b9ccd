"""The columns of one file: what stands in them, what they become, how they are read."""

from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QPoint, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.staging_columns import ColumnFact, Place
from csplanner.crm.fields import target
from csplanner.crm.mapping import ColumnMapping, FileMapping
from csplanner.domain.glossary import meaning
from csplanner.language import noted, tr
from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import MEDIUM, REGULAR
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.choice_box import choice_box, draw_choice
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.reading_words import NOTHING, checked, read_as
from csplanner.ui.imports.table import ROOT, STRETCH, Index, LineTable
from csplanner.ui.imports.targets import LEAVE_OUT, shown
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.format import share
from csplanner.ui.widgets.labels import tooltip_of

HEADS = (
    noted("In the file"),
    noted("First values"),
    "",
    noted("Goes to"),
    noted("Read as"),
    noted("Filled"),
    noted("Check"),
)
_WIDTHS = (STRETCH, STRETCH, 28, 214, 122, 92, 150)
_ROOM_FOR_CHECK = 760
_ROW = 36
HEADER, SAMPLES, ARROW, GOAL, RULE, FILLED, CHECK = range(7)
Role = Qt.ItemDataRole


def with_target(mapping: FileMapping, header: str, key: str) -> FileMapping:
    """The mapping with a column going elsewhere; how it is read is decided from its cells anew."""
    changed = mapping.with_target(header, key)
    columns = tuple(
        replace(c, rule="", readings=(), looked_at=0, both_ways=0) if c.header == header else c
        for c in changed.columns
    )
    return replace(changed, columns=columns)


class MappingModel(QAbstractTableModel):
    """Rows are the columns of a file; `changed` carries the mapping after each choice."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._mapping: FileMapping | None = None
        self.matched: frozenset[str] = frozenset()
        self.facts: dict[Place, ColumnFact] = {}
        """What the columns turned out to hold."""
        self.currency = ""
        self.open: dict[str, str] = {}
        """Headers of columns that wait for an answer, with the flag of the question."""
        self.new_words: dict[str, int] = {}
        """Headers of columns to how many words of theirs nobody explained."""
        self._order: list[int] = []
        self._orders: dict[tuple[str, ...], list[int]] = {}
        """The order of each file's columns, by its name and headers."""

    def show(self, mapping: FileMapping | None) -> None:
        """Show the columns of a file."""
        self.beginResetModel()
        self._mapping = mapping
        columns = mapping.columns if mapping is not None else ()
        # Those that are used first; a choice made later moves nothing.
        place = ("" if mapping is None else mapping.file, *(c.header for c in columns))
        if place not in self._orders:
            used_first = sorted(range(len(columns)), key=lambda n: not columns[n].target)
            self._orders[place] = used_first
        self._order = self._orders[place]
        self.endResetModel()

    def column(self, row: int) -> ColumnMapping | None:
        """The column in a row."""
        if self._mapping is None or not 0 <= row < len(self._order):
            return None
        return self._mapping.columns[self._order[row]]

    @property
    def mapping(self) -> FileMapping | None:
        """The mapping as chosen so far."""
        return self._mapping

    def choose(self, row: int, key: str) -> None:
        """Let a column go to a target; empty leaves it out."""
        column = self.column(row)
        if column is not None and self._mapping is not None and column.target != key:
            self._take(with_target(self._mapping, column.header, key))

    def read_by(self, row: int, rule: str) -> None:
        """Read a column by another rule."""
        column = self.column(row)
        if column is not None and self._mapping is not None and column.rule != rule:
            self._take(self._mapping.with_rule(column.header, rule))

    def _take(self, mapping: FileMapping) -> None:
        self._mapping = mapping
        last = self.index(len(mapping.columns) - 1, len(HEADS) - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.changed.emit(mapping)

    def cells(self, row: int) -> tuple[str, ...]:
        """The words of a row."""
        column = self.column(row)
        mapping = self._mapping
        if column is None or mapping is None:
            return ("",) * len(HEADS)
        goal = shown(column.target, mapping.object) if column.target else tr(LEAVE_OUT)
        filled = ""
        if column.target and mapping.rows:
            filled = share(column.filled, mapping.rows)
        samples = ", ".join(one_line(s) for s in column.samples)
        # While it is asked, none is named.
        currency = "" if column.header in self.open else self.currency
        return (
            one_line(column.header),
            samples,
            "",
            goal,
            read_as(column, mapping, currency, different=self._fact(column).different),
            filled,
            self.check(column)[0],
        )

    def check(self, column: ColumnMapping) -> tuple[str, str]:
        """What to look at in a column, and the kind of its chip."""
        return checked(
            column,
            self._mapping,
            matched=self.matched,
            open_for=self.open.get(column.header, ""),
            new_words=self.new_words.get(column.header, 0),
            fact=self._fact(column),
        )

    def _fact(self, column: ColumnMapping) -> ColumnFact:
        goal = target(column.target) if column.target else None
        if goal is None or self._mapping is None:
            return NOTHING
        return self.facts.get((self._mapping.file, goal.object, goal.field), NOTHING)

    def row_of(self, header: str) -> int:
        """The row of a column; -1 when there is none."""
        for row in range(len(self._order)):
            column = self.column(row)
            if column is not None and column.header == header:
                return row
        return -1

    def renew(self, mapping: FileMapping) -> None:
        """Take the same columns with something else said of the file."""
        self._mapping = mapping

    def told(self) -> None:
        """Show anew what is told of the columns from outside."""
        if self._mapping is not None and self._mapping.columns:
            last = self.index(len(self._mapping.columns) - 1, len(HEADS) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    # Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        if parent.isValid() or self._mapping is None:
            return 0
        return len(self._mapping.columns)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        if role == Role.AccessibleTextRole:
            header, samples, _, goal, rule, filled, check = self.cells(index.row())
            said = (
                (tr("read as"), rule),
                (tr("filled"), filled),
                ("", check),
                (tr("such as"), samples),
            )
            rest = (f"{words} {text}".strip() for words, text in said if text)
            return ", ".join((tr("{0} goes to {1}").format(header, goal), *rest))
        if role in (Role.DisplayRole, Role.ToolTipRole):
            text = self.cells(index.row())[index.column()]
            if role == Role.DisplayRole:
                return text
            return f"<qt>{escape(text)}</qt>" if text else None
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> Any:  # noqa: ANN401
        if orientation is Qt.Orientation.Vertical or not 0 <= section < len(HEADS):
            return None
        if role == Role.TextAlignmentRole:
            right = section == FILLED
            side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        if role == Role.ToolTipRole:
            return tooltip_of(meaning(tr(HEADS[section]))) or None
        return tr(HEADS[section]) if role == Role.DisplayRole else None


class MappingTable(LineTable):
    """Enter, F2 or a click on “Goes to” asks for the target; Delete leaves the column out.

    `moved` carries the row that is current, `goal_asked` the row and where its choice stands.
    """

    moved = Signal(int)
    goal_asked = Signal(int, QPoint)

    def __init__(self, model: MappingModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Columns of the file"), _WIDTHS, parent, row=_ROW)
        self._columns = model
        self.setModel(model)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last column and the arrow out where names would have no room."""
        super().resizeEvent(event)
        narrow = event.size().width() < _ROOM_FOR_CHECK
        self.setColumnHidden(CHECK, narrow)
        self.setColumnHidden(ARROW, narrow)
        head = self.horizontalHeader()
        for column, less in ((GOAL, 16), (RULE, 4), (FILLED, 10)):
            head.resizeSection(column, _WIDTHS[column] - (less if narrow else 0))

    def draw_row(self, painter: QPainter, rect: QRect, row: int, theme: Theme) -> None:
        column = self._columns.column(row)
        if column is None:
            return
        cells, on = self._columns.cells(row), bool(column.target)
        painter.setPen(theme.colour("text" if on else "text2"))
        write(painter, self.cell(rect, HEADER), cells[HEADER],
              face=(13, MEDIUM if on else REGULAR))  # fmt: skip
        painter.setPen(theme.colour("text2"))
        write(painter, self.cell(rect, SAMPLES), cells[SAMPLES], face=(12, REGULAR))
        if not self.isColumnHidden(ARROW):
            draw_icon(painter, self.cell(rect, ARROW), name="arrow-right",
                      colour=theme.colour("text3"), px=14)  # fmt: skip
        draw_choice(painter, self.goal_rect(rect), cells[GOAL], theme, on=on)
        narrow = self.isColumnHidden(CHECK)
        if narrow and self._columns.check(column)[1] == "watch":
            self._draw_check(painter, self.cell(rect, RULE), column, theme)
        else:
            painter.setPen(theme.colour("text2"))
            write(painter, self.cell(rect, RULE), cells[RULE])
        painter.setPen(theme.colour("text"))
        write(painter, self.cell(rect, FILLED), cells[FILLED], right=True)
        if not narrow:
            self._draw_check(painter, self.cell(rect, CHECK), column, theme)

    def goal_rect(self, row: QRect) -> QRectF:
        """Where the choice of the target stands in a row."""
        return choice_box(self.cell(row, GOAL), row)

    def _draw_check(
        self, painter: QPainter, box: QRectF, column: ColumnMapping, theme: Theme
    ) -> None:
        words, kind = self._columns.check(column)
        if not kind:
            painter.setPen(theme.colour("text2"))
            write(painter, box, words, face=(12, REGULAR))
            return
        size = chip_size(words, kind)
        chip = QRectF(box.left(), 0, size.width(), size.height())
        chip.moveTop(box.center().y() - size.height() / 2)
        draw_chip(painter, chip, text=words, theme=theme, kind=kind)

    # Keys and clicks

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and F2 choose a target, Delete leaves the column out."""
        row, key = self.currentIndex().row(), Qt.Key(event.key())
        turning = key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)
        if turning and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()  # it turns to another file
        elif event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            super().keyPressEvent(event)  # Ctrl+Enter goes on, whichever row is current
        elif row >= 0 and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.choose_target(row)
        elif row >= 0 and key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._columns.choose(row, "")
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position()
        index = self.indexAt(spot.toPoint())
        if index.isValid() and self.goal_rect(self.row_rect(index.row())).left() <= spot.x() <= (
            self.goal_rect(self.row_rect(index.row())).right()
        ):
            self.choose_target(index.row())

    def choose_target(self, row: int) -> None:
        """Ask for the target of a row."""
        self.setCurrentIndex(self._columns.index(row, 0))
        box = self.goal_rect(self.row_rect(row))
        corner = QPoint(round(box.left()), round(box.bottom()) + 4)
        self.goal_asked.emit(row, self.viewport().mapTo(self.window(), corner))
