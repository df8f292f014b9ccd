"""The ends of quarters as stops on a line; the arrows go from one to the next."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.ui.look import theme_of

_HIGH, _EDGE, _LINE = 34, 22, 10
_STOP, _HELD = 3.0, 6.0
_ROOM = 46


class QuarterTrack(QSlider):
    """A slider whose stops bear the names of their quarters where there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._words: tuple[str, ...] = ()
        self.setPageStep(4)
        self.setFixedHeight(_HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_days(self, days: Sequence[date]) -> None:
        """Offer these days, the last one being today."""
        self._words = tuple(
            tr("today") if n == len(days) - 1 else _quarter(day) for n, day in enumerate(days)
        )
        self.setRange(0, max(0, len(days) - 1))
        self.setMaximumWidth(2 * _EDGE + _ROOM * max(2, len(days)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(2 * _EDGE + _ROOM * max(2, len(self._words)), _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, _HIGH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._go_to(event.position().x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            theme, last = theme_of(self), self.maximum()
            painter.setPen(QPen(theme.colour("line"), 2))
            painter.drawLine(QPointF(self._x(0), _LINE), QPointF(self._x(last), _LINE))
            every = max(1, round(_ROOM / max(1.0, self._step())))
            for at, words in enumerate(self._words):
                held = at == self.value()
                ink = theme.colour("accent" if held else "control")
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(ink)
                radius = _HELD if held else _STOP
                painter.drawEllipse(QPointF(self._x(at), _LINE), radius, radius)
                if held or (last - at) % every == 0:
                    painter.setFont(font(11, MEDIUM if held else REGULAR))
                    painter.setPen(theme.colour("accent-text" if held else "text2"))
                    box = QRectF(self._x(at) - _ROOM / 2, _LINE + 7, _ROOM, 16)
                    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)

    def _step(self) -> float:
        return (self.width() - 2 * _EDGE) / max(1, self.maximum())

    def _x(self, at: int) -> float:
        return _EDGE + at * self._step()

    def _go_to(self, x: float) -> None:
        self.setValue(round((x - _EDGE) / max(1.0, self._step())))


def _quarter(day: date) -> str:
    """`Q4 25` for a day in the last quarter of 2025."""
    return f"Q{(day.month + 2) // 3} {day.year % 100:02d}"
