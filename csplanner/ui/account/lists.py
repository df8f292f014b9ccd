"""The further tabs: touch log, people, cases and deals, history, each a plain table."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from csplanner.domain.glossary import meaning
from csplanner.domain.wording import one_line
from csplanner.paint.fonts import MEDIUM, font
from csplanner.ui import veil
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.look import colour_of, row_height, theme_of
from csplanner.ui.widgets.buttons import Button, changing
from csplanner.ui.widgets.empty import Drawing, EmptyState, draw_dashed_rows
from csplanner.ui.widgets.labels import PlainLabel, tooltip_of
from csplanner.ui.widgets.panes import Pane

_Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADER, _PADDING, _WIDEST = 30, 28, 8, 320
_FEWEST, _MOST = 3, 12
"""Rows a table of several is given room for at least and at most, against the others."""
_LONGEST = 1000
"""More characters than this are never seen in a cell."""


class RecordModel(QAbstractTableModel):
    """Ready strings in rows and columns."""

    def __init__(self, columns: Sequence[str], view: QWidget) -> None:
        super().__init__(view)
        self._columns = columns
        self._view = view
        self._rows: Sequence[TableRow] = ()

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def row(self, index: _Index) -> TableRow | None:
        """Return the row at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.ToolTipRole:
            return tooltip_of(meaning(self._columns[section])) or None
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.row(index)
        if row is None:
            return None
        text = veil.sentence(row.cells[index.column()])
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._columns[index.column()]}: {text}"
        if role == Qt.ItemDataRole.ForegroundRole:
            return colour_of(self._view, "text3" if row.is_quiet else "text")
        return None


class CellDelegate(QStyledItemDelegate):
    """Cells with 8 px of room on either side and a hairline below."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        found = super().sizeHint(option, index)
        return QSize(min(_WIDEST, found.width() + 2 * _PADDING), found.height())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, chosen = theme_of(option.palette), option.state & QStyle.StateFlag.State_Selected
        painter.save()
        if chosen:
            painter.fillRect(option.rect, theme.colour("selected-row"))
        painter.setPen(theme.colour("hair"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        painter.setFont(font(13))
        painter.setPen(index.data(Qt.ItemDataRole.ForegroundRole))
        room = option.rect.adjusted(_PADDING, 0, -_PADDING, 0)
        text = one_line(str(index.data(Qt.ItemDataRole.DisplayRole))[:_LONGEST])
        shown = QFontMetrics(font(13)).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class RecordTable(QTableView):
    """Rows one can choose; `asked` says `edit` (Enter, double click) or `remove` (Del)."""

    asked = Signal(str)

    def __init__(self, columns: Sequence[str], wide: int, *, name: str) -> None:
        """`wide` is the column that takes the room there is."""
        super().__init__()
        self.setAccessibleName(name)
        self.rows = RecordModel(columns, self)
        self.has_verbs = False
        self.setModel(self.rows)
        self.setItemDelegate(CellDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.fit_rows()
        header = self.horizontalHeader()
        header.setFont(font(12, MEDIUM))
        header.setFixedHeight(_HEADER)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.setSectionResizeMode(wide, QHeaderView.ResizeMode.Stretch)
        self.doubleClicked.connect(lambda _index: self.asked.emit("edit"))

    def fit_rows(self) -> None:
        """Give rows the height asked for."""
        self.verticalHeader().setMinimumSectionSize(row_height(_ROW))
        self.verticalHeader().setDefaultSectionSize(row_height(_ROW))

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show other rows, keeping the place."""
        place = self.currentIndex().row()
        self.rows.show_rows(rows)
        self.resizeColumnsToContents()
        if rows and (self.has_verbs or place >= 0):
            self.setCurrentIndex(self.rows.index(max(0, min(place, len(rows) - 1)), 0))

    def choose(self, record_id: str) -> None:
        """Make the row of a record current, where it is shown."""
        for place in range(self.rows.rowCount()):
            index = self.rows.index(place, 0)
            row = self.rows.row(index)
            if row is not None and row.id == record_id:
                self.setCurrentIndex(index)

    def current_id(self) -> str | None:
        """Return the id of the record that is current."""
        row = self.rows.row(self.currentIndex())
        return row.id if row else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = {
            Qt.Key.Key_Return: "edit",
            Qt.Key.Key_Enter: "edit",
            Qt.Key.Key_F2: "edit",
            Qt.Key.Key_Delete: "remove",
        }
        verb = keys.get(Qt.Key(event.key()))
        if verb is not None and self.current_id() is not None:
            self.asked.emit(verb)
            return
        super().keyPressEvent(event)


class ListPane(Pane):
    """A titled table with its verbs, or one sentence when it is empty.

    `asked(verb, record id)` carries add, edit or remove; `filled` how many rows are shown.
    """

    asked = Signal(str, str)
    filled = Signal(int)

    def __init__(
        self,
        title: str,
        columns: Sequence[str],
        wide: int,
        *,
        verbs: Sequence[tuple[str, str]] = (),
        empty: str = "",
        drawing: Drawing | None = draw_dashed_rows,
    ) -> None:
        """`verbs` are (key, words); `empty` is what is said without rows, under a `drawing`."""
        super().__init__(title, padded=False)
        self._heading = title
        self.table = RecordTable(columns, wide, name=title)
        self.table.asked.connect(self.ask)
        self.buttons: dict[str, Button] = {}
        for key, words in verbs:
            button = Button(words, small=True, icon="plus" if key == "add" else "")
            if all(other != "whole" for other, _ in verbs):
                changing(button)
            button.clicked.connect(lambda _on=False, key=key: self.ask(key))
            self.add_action(button)
            self.buttons[key] = button
        self.table.has_verbs = bool(verbs)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._none = _nothing(title, empty, drawing)
        self._stack.addWidget(self._none)
        self.body.setContentsMargins(8, 0, 8, 8)
        self.body.addWidget(self._stack)
        self.setFocusProxy(self.table)

    def show_rows(self, rows: Sequence[TableRow], note: str = "") -> None:
        """Show other rows."""
        self.set_title(self._heading, note)
        self.table.show_rows(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        self.filled.emit(len(rows))
        for key, button in self.buttons.items():
            button.setEnabled(key in ("add", "whole") or bool(rows))

    def say_empty(self, sentence: str) -> None:
        """Say another reason why there are no rows."""
        if isinstance(self._none, EmptyState):
            self._none.say(sentence)

    def ask(self, verb: str) -> None:
        """Ask for a verb on the record that is current, when the pane offers it."""
        if verb in self.buttons:
            self.asked.emit(verb, self.table.current_id() or "")


def _nothing(title: str, sentence: str, drawing: Drawing | None) -> QWidget:
    """What stands in place of an empty table: a drawing with a sentence, or the sentence alone."""
    if drawing is not None:
        return EmptyState(title, sentence, drawing=drawing)
    label = PlainLabel(sentence, colour="text2")
    label.setAlignment(Qt.AlignmentFlag.AlignTop)
    label.setContentsMargins(8, 4, 8, 4)
    return label


class StackedLists(QWidget):
    """Several tables under each other, sharing the height."""

    def __init__(self, panes: Sequence[ListPane], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._column = column
        for pane in panes:
            column.addWidget(pane, 1)
            pane.filled.connect(lambda rows, pane=pane: self._give_room(pane, rows))

    def _give_room(self, pane: QWidget, rows: int) -> None:
        """A table of more rows gets more of the height."""
        self._column.setStretchFactor(pane, max(_FEWEST, min(rows, _MOST)))
