"""Draws the diagram of a slide: who works with whom, as the deck will show it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from csplanner.paint.cells import elided
from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme
from csplanner.qbr.slides import Diagram, DiagramBox, DiagramLink

_LARGEST = 0.94
"""Points a pixel of the diagram takes at most."""
_FOOT = 30.0
"""Points kept free for the legend of the deck."""


def draw_diagram(painter: QPainter, rect: QRectF, *, diagram: Diagram, look: Theme) -> None:
    """Draw lines below and boxes above them, as large as they fit into `rect`."""
    wide, high = max(1.0, diagram.wide), max(1.0, diagram.high)
    scale = min(_LARGEST, rect.width() / wide, (rect.height() - _FOOT) / high)
    painter.save()
    painter.translate(rect.left() + (rect.width() - wide * scale) / 2, rect.top())
    painter.scale(scale, scale)
    if diagram.band is not None:
        painter.fillRect(QRectF(*diagram.band), look.colour("subtle"))
    for link in sorted(diagram.links, key=lambda li: li.kind == "reports"):
        _draw_link(painter, link, diagram, look)
    for box in diagram.boxes:
        _draw_box(painter, box, look)
    painter.restore()


def _draw_link(painter: QPainter, link: DiagramLink, diagram: Diagram, look: Theme) -> None:
    is_report = link.kind == "reports"
    painter.setPen(QPen(look.colour("control" if is_report else "tier-l"), link.width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    path = QPainterPath()
    if link.via:
        path.moveTo(*link.via[0])
        for point in link.via[1:]:
            path.lineTo(*point)
    else:
        start, end = diagram.boxes[link.start], diagram.boxes[link.end]
        upper, lower = sorted((start, end), key=lambda b: b.top)
        a = QPointF(upper.left + upper.wide / 2, upper.top + upper.high)
        b = QPointF(lower.left + lower.wide / 2, lower.top)
        middle = (a.y() + b.y()) / 2
        path.moveTo(a)
        path.cubicTo(QPointF(a.x(), middle), QPointF(b.x(), middle), b)
    painter.drawPath(path)


def _draw_box(painter: QPainter, box: DiagramBox, look: Theme) -> None:
    rect = QRectF(box.left, box.top, box.wide, box.high)
    painter.setPen(QPen(look.colour("line"), 1.2))
    painter.setBrush(look.colour("surface"))
    painter.drawRoundedRect(rect, 5, 5)
    sizes = (12, 10) if box.kind == "ours" else (14, 12, 12)
    shown = [(text, size) for text, size in zip(box.lines, sizes, strict=False) if text]
    y = rect.center().y() - sum(size * 1.25 for _, size in shown) / 2
    for at, (text, size) in enumerate(shown):
        face = (size, SEMIBOLD if at == 0 else REGULAR)
        painter.setFont(font(*face))
        painter.setPen(look.colour("text" if at == 0 else "text2"))
        y += size * 1.25
        painter.drawText(
            QPointF(rect.left() + 8, y - size * 0.3), elided(text, face, round(box.wide) - 14)
        )
