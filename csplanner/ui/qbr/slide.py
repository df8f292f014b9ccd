"""Draws a slide as the deck will show it, from the same plain data; slides are always light."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QPen, QTextLayout, QTextOption

from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme, theme
from csplanner.qbr.place import (
    CAPTION,
    CELL_GAP,
    COLUMN_GAP,
    Box,
    Placed,
    figure_boxes,
    line_height,
    lines,
    row_heights,
    side_by_side,
    stack,
)
from csplanner.qbr.slides import Chart, Diagram, Figures, Note, Points, Slide, Table
from csplanner.qbr.words import sources_text
from csplanner.ui.qbr.slide_chart import draw_chart
from csplanner.ui.qbr.slide_diagram import draw_diagram

WIDTH, HEIGHT = 960.0, 540.0
"""A page in points, 13.333 × 7.5 inches; text of 14 points is 14 units high."""
_POINT = 72.0
_AREA = Box(0.75, 1.95, 13.333 - 1.5, 4.75)
_LEADING = 1.22
_SMALLEST_TITLE = 18
_LEFT, _RIGHT = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight


def draw_slide(painter: QPainter, rect: QRectF, *, slide: Slide, page: int) -> None:
    """Draw one slide filling `rect` (16:9); `page` is the number at its foot."""
    look = theme("light")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setClipRect(rect)
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / WIDTH, rect.height() / HEIGHT)
    if slide.key == "cover":
        _draw_cover(painter, slide, look)
    else:
        _draw_page(painter, slide, page, look)
    painter.restore()


def placed_blocks(slide: Slide) -> list[Placed]:
    """The blocks of a slide in their boxes, as the deck places them."""
    if not slide.beside:
        return stack(slide.blocks, _AREA)
    if not slide.blocks:
        return stack(slide.beside, _AREA)
    half = (_AREA.width - COLUMN_GAP) / 2
    left = Box(_AREA.left, _AREA.top, half, _AREA.height)
    right = Box(_AREA.left + half + COLUMN_GAP, _AREA.top, half, _AREA.height)
    return side_by_side(stack(slide.blocks, left), stack(slide.beside, right))


def _draw_cover(painter: QPainter, slide: Slide, look: Theme) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), look.colour("window"))
    painter.fillRect(_rect(Box(0.75, 3.85, 0.9, 0.07)), look.colour("cat1"))
    painter.setPen(look.colour("text"))
    _write(painter, _rect(Box(0.75, 1.3, 11.83, 2.3)), slide.title, font(44, SEMIBOLD), low=True)
    painter.setPen(look.colour("text2"))
    _write(painter, _rect(Box(0.75, 4.15, 11.83, 0.6)), slide.subtitle, font(22))
    notes = "\n".join(b.text for b in slide.blocks if isinstance(b, Note))
    _write(painter, _rect(Box(0.75, 6.6, 11.83, 0.4)), notes, font(14), low=True)


def _draw_page(painter: QPainter, slide: Slide, page: int, look: Theme) -> None:
    painter.fillRect(QRectF(0, 0, WIDTH, HEIGHT), look.colour("surface"))
    title = _rect(Box(0.75, 0.42, 11.83, 0.92))
    size = 28
    while size > _SMALLEST_TITLE and _height(slide.title, title.width(), font(size, SEMIBOLD)) > (
        title.height() + 4
    ):
        size -= 2
    painter.setPen(look.colour("text"))
    _write(painter, title, slide.title, font(size, SEMIBOLD), low=True)
    painter.setPen(look.colour("text2"))
    _write(painter, _rect(Box(0.75, 1.4, 11.83, 0.3)), slide.subtitle, font(14))
    for placed in placed_blocks(slide):
        _draw_block(painter, placed, look)
    painter.setPen(QPen(look.colour("hair"), 0.75))
    foot = 6.88 * _POINT
    painter.drawLine(QPointF(0.75 * _POINT, foot), QPointF(12.58 * _POINT, foot))
    painter.setPen(look.colour("text2"))
    _write(painter, _rect(Box(0.75, 6.98, 10.5, 0.25)), sources_text(slide.rests_on), font(10))
    _write(painter, _rect(Box(11.58, 6.98, 1.0, 0.25)), str(page), font(10), side=_RIGHT)


def _draw_block(painter: QPainter, placed: Placed, look: Theme) -> None:
    block, box = placed.block, placed.box
    if isinstance(block, Chart):
        _draw_caption(painter, block, box, look)
        rest = Box(box.left, box.top + CAPTION, box.width, box.height - CAPTION)
        draw_chart(painter, _rect(rest), chart=block, look=look)
    elif isinstance(block, Table):
        _draw_table(painter, block, placed, look)
    elif isinstance(block, Points):
        _draw_points(painter, block, placed, look)
    elif isinstance(block, Figures):
        _draw_figures(painter, block, box, look)
    elif isinstance(block, Diagram):
        draw_diagram(painter, _rect(box), diagram=block, look=look)
    else:
        painter.setPen(look.colour("text2"))
        _write(painter, _rect(box), block.text, font(14))


def _draw_caption(painter: QPainter, chart: Chart, box: Box, look: Theme) -> None:
    room = _rect(box)
    face = font(13, SEMIBOLD)
    painter.setPen(look.colour("text"))
    width = _write(painter, room, chart.title, face)
    painter.setPen(look.colour("text2"))
    _write(painter, room.adjusted(width + 10, 1, 0, 0), chart.unit, font(12))


def _draw_table(painter: QPainter, table: Table, placed: Placed, look: Theme) -> None:
    box, size = placed.box, placed.size
    total = sum(c.share for c in table.columns)
    widths = [box.width * c.share / total for c in table.columns]
    top = box.top
    all_rows = (tuple(c.title for c in table.columns), *table.rows)
    for at, (row, height) in enumerate(
        zip(all_rows, row_heights(table, box.width, size), strict=True)
    ):
        left = box.left
        for number, (text, column, width) in enumerate(
            zip(row, table.columns, widths, strict=True)
        ):
            cell = _rect(Box(left, top, width - CELL_GAP[column.align], height))
            bold = at == 0 or number == 0
            face = font(size - 1 if at == 0 else size, SEMIBOLD if bold else REGULAR)
            painter.setPen(look.colour("text2" if at == 0 else "text"))
            side = _RIGHT if column.align == "right" else _LEFT
            _write(painter, cell, text, face, side=side, middle=True)
            left += width
        top += height
        painter.setPen(QPen(look.colour("line" if at == 0 else "hair"), 1 if at == 0 else 0.75))
        y = top * _POINT
        painter.drawLine(QPointF(box.left * _POINT, y), QPointF((box.left + box.width) * _POINT, y))


def _draw_points(painter: QPainter, points: Points, placed: Placed, look: Theme) -> None:
    box, size = placed.box, placed.size
    top = box.top
    if points.title:
        painter.setPen(look.colour("text2"))
        _write(painter, _rect(box), points.title, font(14, SEMIBOLD))
        top += CAPTION
    for number, item in enumerate(points.items, 1):
        painter.setPen(look.colour("cat1"))
        _write(painter, _rect(Box(box.left, top, 0.45, 1)), str(number), font(size, SEMIBOLD))
        room = Box(box.left + 0.45, top, box.width - 0.45, box.height)
        painter.setPen(look.colour("text"))
        _write(painter, _rect(room), item.text, font(size, SEMIBOLD))
        top += lines(item.text, room.width, size) * line_height(size)
        if item.detail:
            painter.setPen(look.colour("text2"))
            below = Box(room.left, top, room.width, box.height)
            _write(painter, _rect(below), item.detail, font(size - 4))
            top += lines(item.detail, room.width, size - 4) * line_height(size - 4)
        top += size * 0.8 / _POINT


def _draw_figures(painter: QPainter, figures: Figures, box: Box, look: Theme) -> None:
    boxes, size = figure_boxes(figures, box)
    for figure, place in zip(figures.figures, boxes, strict=True):
        room = _rect(place)
        painter.setPen(look.colour("cat1"))
        _write(painter, room, figure.value, font(size, SEMIBOLD))
        painter.setPen(look.colour("text2"))
        _write(painter, room.adjusted(0, 1.3 * size, 0, 0), figure.label, font(12))


# Text


def _rect(box: Box) -> QRectF:
    return QRectF(box.left * _POINT, box.top * _POINT, box.width * _POINT, box.height * _POINT)


def _broken(text: str, width: float, face: QFont) -> list[tuple[str, float]]:
    """The lines of a text with their widths."""
    found = []
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, face)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1.0))
            start = line.textStart()
            words = paragraph[start : start + line.textLength()].rstrip()
            found.append((words, line.naturalTextWidth()))
        layout.endLayout()
    return found


def _height(text: str, width: float, face: QFont) -> float:
    return len(_broken(text, width, face)) * face.pixelSize() * _LEADING


def _write(
    painter: QPainter,
    rect: QRectF,
    text: str,
    face: QFont,
    *,
    side: Qt.AlignmentFlag = _LEFT,
    low: bool = False,
    middle: bool = False,
) -> float:
    """Write wrapped text into `rect` with the painter's pen; returns the widest line's width."""
    if not text:
        return 0.0
    broken = _broken(text, rect.width(), face)
    step = face.pixelSize() * _LEADING
    spare = rect.height() - step * len(broken)
    top = rect.top() + (spare if low else spare / 2 if middle else 0.0)
    painter.setFont(face)
    flags = int(side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip)
    for at, (words, _) in enumerate(broken):
        painter.drawText(QRectF(rect.left(), top + at * step, rect.width(), step), flags, words)
    return max(width for _, width in broken)
