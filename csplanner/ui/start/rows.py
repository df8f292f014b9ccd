"""A book of the start page as one row you can take: what it is, where it lies, how it is kept."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.ui.look import theme_of
from csplanner.ui.start.known import Recent
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.labels import set_plain_tooltip

_HEIGHT, _LEFT, _RIGHT = 48, 34, 12


class BookRow(QPushButton):
    """A book: name, folder, what it held, when it was changed and when it was backed up.

    `stepped` asks for the row below (1) or above (−1), `left_out` to take it off the list,
    `opened_apart` for a window of its own, `menu_asked` for its verbs.
    """

    stepped = Signal(int)
    left_out = Signal()
    opened_apart = Signal()
    menu_asked = Signal()

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self._recent = recent
        self._state = recent.state
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_plain_tooltip(self, str(recent.path))
        self._name()

    def show_backup(self, words: str) -> None:
        """Say beside the rest when it was last backed up."""
        self._state = f"{self._recent.state} · {words}"
        self._name()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Delete and Ctrl Enter do what they do in any list."""
        key = event.key()
        held = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.stepped.emit(1 if key == Qt.Key.Key_Down else -1)
        elif key == Qt.Key.Key_Delete:
            self.left_out.emit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.opened_apart if held else self.clicked).emit()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, _event: QContextMenuEvent) -> None:
        self.menu_asked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect = theme_of(self), QRectF(self.rect())
            if self.underMouse():
                panel(painter, rect, fill="hover", border="", theme=look)
            there, recent = self._recent.there, self._recent
            ink = look.colour("text2" if there else "text3")
            box = QRectF(8, 0, 16, rect.height())
            draw_icon(painter, box, name=recent.icon, colour=ink)
            upper = QRectF(_LEFT, 5, rect.width() - _LEFT - _RIGHT, 20)
            lower = upper.translated(0, 19)
            name_ink = "text" if there else "text2"
            self._line(painter, upper, recent.name, self._state, inks=(name_ink, "text2"))
            self._line(painter, lower, recent.where, recent.known, inks=("text3", "text3"))

    def _line(
        self, painter: QPainter, room: QRectF, left: str, right: str, *, inks: tuple[str, str]
    ) -> None:
        """Draw a line: what it is at the left, elided; how it stands at the right."""
        look, middle = theme_of(self), int(Qt.AlignmentFlag.AlignVCenter)
        is_first = inks[1] == "text2"
        painter.setFont(font(12))
        end = painter.fontMetrics().horizontalAdvance(right)
        is_lost = is_first and not self._recent.there
        painter.setPen(look.colour("watch-ink" if is_lost else inks[1]))
        painter.drawText(room, middle | int(Qt.AlignmentFlag.AlignRight), right)
        room = room.adjusted(0, 0, -end - 20 if right else 0, 0)
        painter.setFont(font(13, MEDIUM) if is_first else font(12))
        painter.setPen(look.colour(inks[0]))
        mark = self._recent.mark if is_first else ""
        extra = QFontMetrics(font(12)).horizontalAdvance(mark) + 12 if mark else 0
        shown = _elided(painter, left, int(room.width()) - extra)
        painter.drawText(room, middle, shown)
        if mark:
            at = room.left() + painter.fontMetrics().horizontalAdvance(shown) + 12
            painter.setFont(font(12))
            is_bad = self._recent.icon == "triangle-alert"
            painter.setPen(look.colour("watch-ink" if is_bad else "text2"))
            painter.drawText(QRectF(at, room.top(), extra, room.height()), middle, mark)

    def _name(self) -> None:
        backup = self._state.removeprefix(self._recent.state)
        self.setAccessibleName(self._recent.words + backup)


def _elided(painter: QPainter, text: str, width: int) -> str:
    metrics = QFontMetrics(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, max(0, width))
