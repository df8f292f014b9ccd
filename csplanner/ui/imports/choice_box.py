"""The box of a choice drawn in a row of a table: what is chosen, with an arrow to choose again."""

from PySide6.QtCore import QRect, QRectF
from PySide6.QtGui import QPainter, QPen

from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.imports.parts import write
from csplanner.ui.style_drawing import panel


def choice_box(cell: QRectF, row: QRect) -> QRectF:
    """Where the box stands in a cell of the row."""
    box = QRectF(cell)
    box.setHeight(26)
    box.moveTop(row.top() + (row.height() - 27) // 2)
    return box


def draw_choice(painter: QPainter, box: QRectF, words: str, theme: Theme, *, on: bool) -> None:
    """Draw the box with its words; dashed where nothing is chosen (`on` is false)."""
    if on:
        panel(painter, box, fill="surface", border="control", theme=theme)
    else:
        pen = QPen(theme.colour("control"))
        pen.setDashPattern([3, 2])
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    painter.setPen(theme.colour("text" if on else "text2"))
    write(painter, box.adjusted(9, 0, -26, 0), words)
    arrow = QRectF(box.right() - 23, box.top(), 20, box.height())
    draw_icon(painter, arrow, name="chevron-down", colour=theme.colour("text3"), px=14)
