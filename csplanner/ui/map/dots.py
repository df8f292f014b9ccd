"""The dotted ground of the map, drawn once for each zoom and then only shifted."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, QSizeF
from PySide6.QtGui import QPainter, QPen, QPixmap, Qt

from csplanner.paint.tokens import Theme

STEP = 20
"""Between two dots, in px of the map."""
_LEAST = 0.45
"""Below this zoom the dots would be a haze."""


class DottedGround:
    """Keeps a picture of the dots, one step larger than the window."""

    def __init__(self) -> None:
        self._kept: tuple[object, QPixmap] | None = None

    def draw(self, painter: QPainter, size: QSize, theme: Theme) -> None:
        """Fill the window, dots where the map has its steps."""
        world = painter.worldTransform()
        painter.setWorldMatrixEnabled(False)
        zoom, ratio = world.m11(), painter.device().devicePixelRatioF()
        if zoom < _LEAST:
            painter.fillRect(0, 0, size.width(), size.height(), theme.colour("canvas"))
        else:
            step = STEP * zoom
            left, top = world.dx() % step - step, world.dy() % step - step
            spot = QPointF(round(left * ratio) / ratio, round(top * ratio) / ratio)
            painter.drawPixmap(spot, self._picture(size, step, ratio, theme))
        painter.setWorldMatrixEnabled(True)

    def _picture(self, size: QSize, step: float, ratio: float, theme: Theme) -> QPixmap:
        key = (size, step, ratio, theme.name)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, _dotted(size, step, ratio, theme))
        return self._kept[1]


def _dotted(size: QSize, step: float, ratio: float, theme: Theme) -> QPixmap:
    room = QSizeF(size) + QSizeF(2 * step, 2 * step)
    picture = QPixmap(ceil(room.width() * ratio), ceil(room.height() * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("canvas"))
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("dot"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.drawPoints(
            [
                QPointF(across * step, down * step)
                for across in range(ceil(room.width() / step) + 1)
                for down in range(ceil(room.height() / step) + 1)
            ]
        )
    return picture
