"""The dotted ground of the map, drawn once for each zoom and then only shifted."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QPainter, QPen, QPixmap

from csplanner.paint.tokens import Theme

STEP = 20
"""Between two dots, in px of the map."""
_DOTS = 8
"""On a side of the picture that is laid like a tile."""
_LEAST = 0.6
"""Below this zoom the dots would be a haze."""


class DottedGround:
    """Keeps a picture of a few dots, from which the whole ground is laid."""

    def __init__(self) -> None:
        self._kept: tuple[object, QPixmap] | None = None

    def draw(self, painter: QPainter, size: QSize, theme: Theme) -> None:
        """Fill the window, dots where the map has its steps."""
        world = painter.worldTransform()
        painter.setWorldMatrixEnabled(False)
        zoom, ratio = world.m11(), painter.device().devicePixelRatioF()
        room = QRectF(QPointF(), QSizeF(size))
        if zoom < _LEAST:
            painter.fillRect(room, theme.colour("canvas"))
        else:
            tile = self._tile(STEP * zoom, ratio, theme)
            side = tile.deviceIndependentSize().width()
            painter.drawTiledPixmap(room, tile, QPointF(-world.dx() % side, -world.dy() % side))
        painter.setWorldMatrixEnabled(True)

    def _tile(self, step: float, ratio: float, theme: Theme) -> QPixmap:
        key = (step, ratio, theme.name)
        if self._kept is None or self._kept[0] != key:
            self._kept = (key, _dotted(step, ratio, theme))
        return self._kept[1]


def _dotted(step: float, ratio: float, theme: Theme) -> QPixmap:
    """A square of dots, whole pixels wide; that shifts a dot by less than anybody sees."""
    side = round(_DOTS * step * ratio)
    picture = QPixmap(side, side)
    picture.setDevicePixelRatio(ratio)
    picture.fill(theme.colour("canvas"))
    apart = side / ratio / _DOTS
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("dot"), 1.6)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        places = [(place + 0.5) * apart for place in range(_DOTS)]
        painter.drawPoints([QPointF(x, y) for x in places for y in places])
    return picture
