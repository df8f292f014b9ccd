"""Two words side by side in a row, of which one is chosen or none yet."""

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.tokens import Theme
from csplanner.ui.style_drawing import panel

HEIGHT, EDGE = 24, 12
Boxes = tuple[QRectF, QRectF]


def width_of(words: tuple[str, str]) -> float:
    """How wide both are together."""
    metrics = QFontMetricsF(font(12, MEDIUM))
    return 2 * max(74, max(metrics.horizontalAdvance(word) for word in words) + 16)


def boxes(row: QRect, right: float, words: tuple[str, str]) -> Boxes:
    """Where both stand in a row, ending 12 px before `right`."""
    wide = width_of(words)
    box = QRectF(right - EDGE - wide, row.center().y() - HEIGHT / 2 + 0.5, wide, HEIGHT)
    half = QRectF(box.left(), box.top(), wide / 2, HEIGHT)
    return half, half.translated(wide / 2, 0)


def draw(
    painter: QPainter, where: Boxes, words: tuple[str, str], *, chosen: int | None, theme: Theme
) -> None:
    """Draw both; without a choice their border asks for one."""
    border = "watch-ink" if chosen is None else "line"
    panel(painter, where[0].united(where[1]), fill="subtle", border=border, theme=theme)
    painter.setFont(font(12, MEDIUM))
    for place, (box, word) in enumerate(zip(where, words, strict=True)):
        on = place == chosen
        if on:
            inner = box.adjusted(2, 2, -2, -2)
            panel(painter, inner, fill="surface", border="line", theme=theme, radius=5)
        painter.setPen(theme.colour("text" if on else "text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)
