"""The one shadow of the product, 0 8 24, painted once into a nine-patch."""

from functools import cache

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap

from csplanner.paint.tokens import Theme

REACH = 24
DROP = 8
# The panel hides what lies deeper than this inside the shadow.
_DEPTH = REACH + DROP


def draw_panel(painter: QPainter, panel: QRectF, *, theme: Theme, radius: int = 8) -> None:
    """Draw a raised panel with its border, and the shadow that reaches 24 px around it."""
    draw_shadow(painter, panel.toRect(), theme=theme, radius=radius)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(theme.colour("line"))
    painter.setBrush(theme.colour("raised"))
    painter.drawRoundedRect(panel.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.restore()


def draw_shadow(painter: QPainter, panel: QRect, *, theme: Theme, radius: int = 8) -> None:
    """Draw the shadow alone around and below `panel`."""
    patch = _patch(radius, theme.colour("shadow").rgba())
    edge = _DEPTH + radius
    outer = panel.adjusted(-REACH, DROP - REACH, REACH, DROP + REACH)
    stretch_x, stretch_y = outer.width() - 2 * edge, outer.height() - 2 * edge
    columns = [
        (0, edge, 0, edge),
        (edge, stretch_x, edge, 1),
        (edge + stretch_x, edge, edge + 1, edge),
    ]
    rows = [
        (0, edge, 0, edge),
        (edge, stretch_y, edge, 1),
        (edge + stretch_y, edge, edge + 1, edge),
    ]
    for x, width, from_x, from_width in columns:
        for y, height, from_y, from_height in rows:
            painter.drawPixmap(
                QRect(outer.x() + x, outer.y() + y, width, height),
                patch,
                QRect(from_x, from_y, from_width, from_height),
            )


@cache
def _patch(radius: int, rgba: int) -> QPixmap:
    edge = _DEPTH + radius
    side = 2 * edge + 1
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Source)
        painter.setPen(Qt.PenStyle.NoPen)
        colour = QColor.fromRgba(rgba)
        strength = colour.alphaF()
        for inset in range(_DEPTH + 1):
            share = inset / (2 * REACH)
            colour.setAlphaF(strength * share * share * (3 - 2 * share))
            painter.setBrush(colour)
            painter.drawRoundedRect(
                QRectF(inset, inset, side - 2 * inset, side - 2 * inset), edge - inset, edge - inset
            )
    return picture
