"""The ranked list with its keys: Enter runs the verb, Space peeks, E, S and D put away."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QListView, QWidget

from csplanner.ui.today.delegate import BY_KEYS, TodayDelegate, verb_rect
from csplanner.ui.today.model import TodayModel
from csplanner.ui.today.rows import Row
from csplanner.ui.todo.rows import TaskRow

_TASK_KEYS = {Qt.Key.Key_F2: "edit", Qt.Key.Key_Delete: "remove"}
_LETTERS = {Qt.Key.Key_E: "done", Qt.Key.Key_S: "snooze", Qt.Key.Key_D: "dismiss"}


class TodayList(QListView):
    """Shows the rows of a TodayModel.

    `chosen` says which row is current (None without one), `asked` what is to be done with it:
    verb, open, peek, done, snooze or dismiss.
    """

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, model: TodayModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.letters = True
        self.setModel(model)
        self.setItemDelegate(TodayDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Accounts that need you"))
        self.setProperty("ownFocus", True)

    def current_line(self) -> Row | TaskRow | None:
        """Return the account or task that is current."""
        return self._rows.row_at(self.currentIndex())

    def current_row(self) -> Row | None:
        """Return the account that is current."""
        line = self.current_line()
        return line if isinstance(line, Row) else None

    def current_task(self) -> TaskRow | None:
        """Return the task that is current."""
        line = self.current_line()
        return line if isinstance(line, TaskRow) else None

    def row_corner(self) -> QPoint:
        """Return the lower right of the current row, in the viewport's coordinates."""
        return self.visualRect(self.currentIndex()).bottomRight()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self._rows.row_at(current))

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        by_mouse = event.reason() is Qt.FocusReason.MouseFocusReason
        self.setProperty(BY_KEYS, not by_mouse)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setProperty(BY_KEYS, False)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Run the row's verbs; single letters only without Ctrl, Alt or Cmd."""
        self.setProperty(BY_KEYS, True)
        plain = not event.modifiers() & ~(
            Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier
        )
        key = Qt.Key(event.key())
        ask = ""
        if plain and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            ask = "verb"
        elif plain and key == Qt.Key.Key_Space:
            ask = "peek"
        elif plain and self.letters and key in _LETTERS:
            ask = _LETTERS[key]
        elif plain and key in _TASK_KEYS and self.current_task() is not None:
            ask = _TASK_KEYS[key]
        if ask and self.current_line() is not None:
            self.asked.emit(ask)
            return
        if event.text().isprintable() and event.text() and plain:
            event.ignore()  # letters are verbs here, not a search
            return
        super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        over = self._verb_at(event.position().toPoint())
        self.viewport().setCursor(
            Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        left = event.button() == Qt.MouseButton.LeftButton
        if left and self._verb_at(event.position().toPoint()):
            self.asked.emit("verb")

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        spot = event.position().toPoint()
        if self._rows.row_at(self.indexAt(spot)) is not None and not self._verb_at(spot):
            self.asked.emit("open")

    def _verb_at(self, spot: QPoint) -> bool:
        index = self.indexAt(spot)
        row = self._rows.row_at(index)
        if row is None:
            return False
        box: QRect = verb_rect(self.visualRect(index), row.verb).toAlignedRect()
        return box.contains(spot)
