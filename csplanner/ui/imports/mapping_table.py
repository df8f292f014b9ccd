"""The columns of one file: what stands in them, what they become, how they are read."""

from collections.abc import Sequence
from dataclasses import replace
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from csplanner.crm.dates import order_of
from csplanner.crm.fields import Target, target, targets_of
from csplanner.crm.mapping import DATES, NUMBERS, ColumnMapping, FileMapping
from csplanner.domain.glossary import meaning
from csplanner.language import noted, tr
from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import MEDIUM, REGULAR
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.parts import write
from csplanner.ui.imports.table import ROOT, STRETCH, Index, LineTable
from csplanner.ui.imports.words import one_line
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.format import share
from csplanner.ui.widgets.labels import tooltip_of

HEADS = (
    noted("In the file"),
    noted("First values"),
    "",
    noted("Goes to"),
    noted("Read as"),
    "Filled",
    "Check",
)
_WIDTHS = (STRETCH, STRETCH, 30, 190, 118, 92, 128)
_ROOM_FOR_CHECK = 780
_ROW = 34
HEADER, SAMPLES, ARROW, GOAL, RULE, FILLED, CHECK = range(7)
LEAVE_OUT = noted("Leave out")
Role = Qt.ItemDataRole


def kind_of(column: ColumnMapping) -> str:
    """How the column's target is read: date, money, line, …; empty when it is left out."""
    return target(column.target).kind if column.target else ""


def is_ambiguous(column: ColumnMapping) -> bool:
    """Whether its dates read both ways, so that the order was said or taken from others."""
    return column.rule in ("dmy", "mdy") and "two ways" in column.why


def checked(column: ColumnMapping, matched: frozenset[str] = frozenset()) -> tuple[str, str]:
    """What to look at in a column, and the kind of its chip (empty: plain words).

    `matched` are the kinds of record of which the book has some by their id.
    """
    kind = kind_of(column)
    if kind == "id":
        found = target(column.target).object in matched
        return (tr("matches records"), "accent") if found else (tr("ID of the record"), "")
    if kind in ("ref", "nameref"):
        return tr("finds the account"), ""
    if is_ambiguous(column):
        return (
            tr("read as day/month") if column.rule == "dmy" else tr("read as month/day")
        ), "watch"
    if column.target == "account.segment":
        return tr("tiers stay yours"), ""
    return "", ""


def with_target(mapping: FileMapping, header: str, key: str) -> FileMapping:
    """The mapping with a column going elsewhere, read by the rule its first values suggest."""
    changed = mapping.with_target(header, key)
    if not key:
        return changed
    kind = target(key).kind
    columns = list(changed.columns)
    for place, column in enumerate(columns):
        if column.header == header:
            columns[place] = replace(column, rule=_rule(column, kind))
    return replace(changed, columns=tuple(columns))


def _rule(column: ColumnMapping, kind: str) -> str:
    if kind in DATES:
        if column.rule in ("dmy", "mdy", "ymd"):
            return column.rule
        found = order_of(column.samples) or "ymd"
        return "dmy" if "|" in found else found
    if kind in NUMBERS:
        return column.rule if column.rule in (".", ",") else "."
    return ""


class MappingModel(QAbstractTableModel):
    """Rows are the columns of a file; `changed` carries the mapping after each choice."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._mapping: FileMapping | None = None
        self.matched: frozenset[str] = frozenset()
        self.goals: tuple[Target, ...] = ()
        self._order: list[int] = []

    def show(self, mapping: FileMapping | None) -> None:
        """Show the columns of a file."""
        self.beginResetModel()
        self._mapping = mapping
        self.goals = targets_of(mapping.object) if mapping is not None else ()
        columns = mapping.columns if mapping is not None else ()
        # Those that are used first; a choice made later moves nothing.
        self._order = sorted(range(len(columns)), key=lambda n: not columns[n].target)
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
        if column is None or self._mapping is None:
            return ("",) * len(HEADS)
        goal = target(column.target).title if column.target else LEAVE_OUT
        filled = ""
        if column.target and self._mapping.rows:
            filled = share(column.filled, self._mapping.rows)
        samples = ", ".join(one_line(s) for s in column.samples)
        return (
            one_line(column.header),
            samples,
            "",
            goal,
            column.read_as,
            filled,
            checked(column, self.matched)[0],
        )

    # Qt

    def rowCount(self, parent: Index = ROOT) -> int:
        if parent.isValid() or self._mapping is None:
            return 0
        return len(self._mapping.columns)

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(HEADS)

    def flags(self, index: Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == GOAL else flags

    def data(self, index: Index, role: int = Role.DisplayRole) -> Any:  # noqa: ANN401
        if not index.isValid():
            return None
        if role == Role.AccessibleTextRole:
            header, samples, _, goal, rule, filled, check = self.cells(index.row())
            said = (
                (tr("read as"), rule),
                ("filled", filled),
                ("", check),
                (tr("such as"), samples),
            )
            rest = (f"{words} {text}".strip() for words, text in said if text)
            return ", ".join((f"{header} goes to {goal}", *rest))
        if role == Role.EditRole:
            column = self.column(index.row())
            return column.target if column is not None else ""
        if role in (Role.DisplayRole, Role.ToolTipRole):
            text = self.cells(index.row())[index.column()]
            if role == Role.DisplayRole:
                return text
            return f"<qt>{escape(text)}</qt>" if text else None
        return None

    def setData(self, index: Index, value: object, role: int = Role.EditRole) -> bool:
        if role != Role.EditRole or index.column() != GOAL:
            return False
        self.choose(index.row(), str(value))
        return True

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
    """Enter, F2 or a click on “Goes to” chooses the target; Delete leaves the column out.

    `moved` carries the row that is current.
    """

    moved = Signal(int)

    def __init__(self, model: MappingModel, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Columns of the file"), _WIDTHS, parent, row=_ROW)
        self._columns = model
        self.setModel(model)
        self.setItemDelegateForColumn(GOAL, _GoalDelegate(model, self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the last column out where names would have no room."""
        super().resizeEvent(event)
        self.setColumnHidden(CHECK, event.size().width() < _ROOM_FOR_CHECK)

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
        draw_icon(painter, self.cell(rect, ARROW), name="arrow-right",
                  colour=theme.colour("text3"), px=14)  # fmt: skip
        self._draw_goal(painter, self.goal_rect(rect), cells[GOAL], theme, on=on)
        painter.setPen(theme.colour("text2"))
        write(painter, self.cell(rect, RULE), cells[RULE])
        painter.setPen(theme.colour("text"))
        write(painter, self.cell(rect, FILLED), cells[FILLED], right=True)
        if not self.isColumnHidden(CHECK):
            self._draw_check(painter, self.cell(rect, CHECK), column, theme)

    def goal_rect(self, row: QRect) -> QRectF:
        """Where the choice of the target stands in a row."""
        box = self.cell(row, GOAL)
        box.setHeight(26)
        box.moveTop(row.top() + (row.height() - 27) // 2)
        return box

    def _draw_goal(
        self, painter: QPainter, box: QRectF, words: str, theme: Theme, *, on: bool
    ) -> None:
        if on:
            panel(painter, box, fill="surface", border="control", theme=theme)
        else:
            pen = QPen(theme.colour("control"))
            pen.setDashPattern([3, 2])
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(pen)
            painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        painter.setPen(theme.colour("text" if on else "text2"))
        write(painter, box.adjusted(9, 0, -26, 0), words)
        arrow = QRectF(box.right() - 23, box.top(), 20, box.height())
        draw_icon(painter, arrow, name="chevron-down", colour=theme.colour("text3"), px=14)

    def _draw_check(
        self, painter: QPainter, box: QRectF, column: ColumnMapping, theme: Theme
    ) -> None:
        words, kind = checked(column, self._columns.matched)
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
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
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
        """Open the choice of the target of a row."""
        self.edit(self._columns.index(row, GOAL))


class _GoalDelegate(QStyledItemDelegate):
    """Chooses among the targets of a file's kind of record."""

    def __init__(self, model: MappingModel, parent: QWidget) -> None:
        super().__init__(parent)
        self._model = model

    def createEditor(
        self, parent: QWidget, _option: QStyleOptionViewItem, index: Index
    ) -> QComboBox:
        box = QComboBox(parent)
        box.setAccessibleName(self.tr("Goes to"))
        box.addItem(LEAVE_OUT, "")
        _fill(box, self._model.goals)
        del index
        box.activated.connect(lambda _at: self._finish(box))
        QTimer.singleShot(0, box, box.showPopup)
        return box

    def _finish(self, box: QComboBox) -> None:
        self.commitData.emit(box)
        self.closeEditor.emit(box)

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        assert isinstance(editor, QComboBox)
        editor.setCurrentIndex(max(0, editor.findData(index.data(Role.EditRole))))

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:  # noqa: ANN401
        assert isinstance(editor, QComboBox)
        model.setData(index, editor.currentData())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, _index: Index
    ) -> None:
        editor.setGeometry(option.rect.adjusted(8, 4, -8, -4))


def _fill(box: QComboBox, goals: Sequence[Target]) -> None:
    seen: dict[str, int] = {}
    for goal in goals:
        seen[goal.title] = seen.get(goal.title, 0) + 1
    for goal in goals:
        double = seen[goal.title] > 1
        box.addItem(f"{goal.title} ({goal.object})" if double else goal.title, goal.key)
    box.setMaxVisibleItems(16)
