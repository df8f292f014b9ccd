"""Draws which cells of the Book are chosen: a tint below them and a line around."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from csplanner.paint.cells import Cells
from csplanner.ui.look import theme_of

if TYPE_CHECKING:
    from csplanner.ui.book.table import BookTable


def draw_tint(table: "BookTable", painter: QPainter, cells: Cells, *, tops: dict[int, int]) -> None:
    """Tint the cells chosen on some lines, each at its top; headings stay as they are."""
    lines, height = table.chosen.lines, table.row_height
    tint = cells.theme.colour("selected")
    for left, width in _strips(table):
        for line, top in tops.items():
            if line in lines and not table.artist.spans(line):
                painter.fillRect(left, top, width, height, tint)


def draw_border(table: "BookTable", painter: QPainter) -> None:
    """Draw a line around the cells chosen, as far as they can be seen."""
    strips = _strips(table)
    if not strips:
        return
    lines = table.chosen.lines
    top = table.rowViewportPosition(lines.start)
    bottom = table.rowViewportPosition(lines.stop - 1) + table.row_height
    left, right = min(x for x, _ in strips), max(x + w for x, w in strips)
    top, bottom = max(top - 1, -2), min(bottom - 1, table.viewport().height() + 2)
    painter.setPen(theme_of(table).colour("accent"))
    painter.drawRect(QRect(left, top, right - left - 1, bottom - top))


def _strips(table: "BookTable") -> list[tuple[int, int]]:
    """Where the columns chosen can be seen: (left, width), those that scroll clipped."""
    still, moving = table.places()
    head, chosen = table.head, table.chosen.places
    edge = head.frozen_width()
    found = [(left, width) for at, left, width in still if head.visualIndex(at) in chosen]
    for at, left, width in moving:
        if head.visualIndex(at) in chosen:
            start = max(left, edge)
            found.append((start, left + width - start))
    return found
