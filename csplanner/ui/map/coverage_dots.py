"""The parts of the grid of who knows whom, drawn: the ground of a row, and a dot."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from csplanner.paint.tokens import Theme
from csplanner.ui.map.coverage_rows import Cell, Contact
from csplanner.ui.style_drawing import panel

_SMALLEST, _LARGEST = 8.0, 16.0
_HOLLOW, _PLANNED = 8.0, 11.0


def draw_ground(
    painter: QPainter, rect: QRect, theme: Theme, *, chosen: bool, ends: str = ""
) -> None:
    """Draw the ground of a part of a row and the hairline below it; a chosen row is rounded at its
    `ends`, of which a part has `l`, `r` or none.
    """
    painter.fillRect(rect, theme.colour("window"))
    painter.setPen(theme.colour("hair"))
    painter.drawLine(rect.bottomLeft(), rect.bottomRight())
    if not chosen:
        return
    room = rect.adjusted(0 if "l" in ends else -8, 0, 0 if "r" in ends else 8, 0)
    painter.save()
    painter.setClipRect(rect)
    panel(painter, QRectF(room), fill="selected", border="", theme=theme, radius=4)
    painter.restore()


def draw_contact(painter: QPainter, centre: QPointF, cell: Cell, theme: Theme) -> None:
    """Draw the dot of a cell around `centre`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if cell.contact is Contact.NOTHING:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawEllipse(centre, 1.0, 1.0)
        painter.restore()
        return
    pen = QPen(theme.colour("accent"), 1.5)
    filled = cell.contact is Contact.IN_TOUCH
    size = _HOLLOW
    if filled:
        share = (cell.strength or 0) / 100
        size = _SMALLEST + (_LARGEST - _SMALLEST) * share
        pen.setWidthF(0.5)
    elif cell.contact is Contact.PLANNED:
        size = _PLANNED
        pen.setWidthF(1.2)
        pen.setDashPattern([1.6, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(theme.colour("accent") if filled else Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, size / 2, size / 2)
    painter.restore()
