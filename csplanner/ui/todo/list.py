"""The list of tasks with its keys: Enter and E finish, S puts off, F2 changes, Del removes."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from csplanner.paint.tokens import Theme
from csplanner.ui.today.delegate import (
    HEADING_HEIGHT,
    draw_group_heading,
    draw_verb,
    verb_rect,
)
from csplanner.ui.today.rows import Heading
from csplanner.ui.todo.drawing import TASK_HEIGHT, draw_task, task_tip
from csplanner.ui.todo.rows import TaskRow
from csplanner.ui.widgets.headed_list import LINE_ROLE, HeadedDelegate, HeadedModel, Index

KEYS = {
    Qt.Key.Key_Return: "verb", Qt.Key.Key_Enter: "verb", Qt.Key.Key_F2: "edit",
    Qt.Key.Key_Delete: "remove", Qt.Key.Key_Space: "edit",
}  # fmt: skip
LETTERS = {Qt.Key.Key_E: "done", Qt.Key.Key_S: "snooze"}


class TaskModel(HeadedModel[Heading, TaskRow]):
    """Headings and tasks in the order they are shown."""

    row_kind = TaskRow

    def words(self, line: Heading | TaskRow) -> tuple[str, str]:
        if isinstance(line, Heading):
            return line.title, f"{line.title} {line.count}"
        return line.title, line.spoken

    def place_of(self, task_id: str) -> int | None:
        """Return where a task stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, TaskRow) and line.id == task_id:
                return place
        return None


class TaskDelegate(HeadedDelegate[Heading, TaskRow]):
    """Draws headings and tasks as Today does."""

    row_kind = TaskRow

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(LINE_ROLE), Heading)
        return QSize(400, HEADING_HEIGHT if is_heading else TASK_HEIGHT)

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
        draw_group_heading(painter, rect, heading, theme)

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: TaskRow, theme: Theme
    ) -> None:
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        draw_task(painter, option, row, theme)
        draw_verb(painter, option, row.verb, theme)

    def tip(self, row: TaskRow, rect: QRect, pos: QPoint) -> str:
        del pos
        return task_tip(row, rect)


class TaskList(QListView):
    """Shows the rows of a TaskModel; `asked` says what is to be done with the current one."""

    asked = Signal(str)

    def __init__(self, model: TaskModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.letters = True
        self.setModel(model)
        self.setItemDelegate(TaskDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Tasks"))
        self.setProperty("ownFocus", True)

    def current_row(self) -> TaskRow | None:
        """Return the task that is current."""
        return self._rows.row_at(self.currentIndex())

    def show_lines(self, lines: list[Heading | TaskRow]) -> None:
        """Show other lines, keeping the current task or its neighbour."""
        was, row = self.currentIndex().row(), self.current_row()
        self._rows.replace_lines(lines)
        kept = self._rows.place_of(row.id) if row else None
        self.setCurrentIndex(self._rows.nearest(max(was, 0) if kept is None else kept))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        ask = KEYS.get(key, "") or (LETTERS.get(key, "") if self.letters else "")
        if plain and ask and self.current_row() is not None:
            self.asked.emit(ask)
            return
        if plain and event.text() and event.text().isprintable():
            event.ignore()  # letters are verbs here, not a search
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and self._on_verb(event):
            self.asked.emit("verb")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self.indexAt(event.position().toPoint())
        if self._rows.row_at(at) is not None and not self._on_verb(event):
            self.asked.emit("edit")

    def row_corner(self) -> QPoint:
        """Return the lower right of the current row, in the list's coordinates."""
        return self.visualRect(self.currentIndex()).bottomRight() - QPoint(240, 0)

    def _on_verb(self, event: QMouseEvent) -> bool:
        spot = event.position().toPoint()
        index: QModelIndex = self.indexAt(spot)
        row = self._rows.row_at(index)
        return row is not None and verb_rect(self.visualRect(index), row.verb).contains(spot)
