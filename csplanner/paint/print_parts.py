"""The parts of a printed document: how each is drawn, and what of it must stay together."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QPen

from csplanner.paint.document import (
    Bar,
    Bars,
    Facts,
    Grid,
    GridColumn,
    Items,
    Lines,
    Marked,
    Paragraph,
    Part,
)  # fmt: skip
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.print_sheet import SIDE, Sheet

_TONES = {"body": (11, REGULAR, "text"), "strong": (11, SEMIBOLD, "text"),
          "quiet": (11, REGULAR, "text2")}  # fmt: skip
_CELL_GAP = 10.0
_GRID_HEADING, _ROW_GAP = 21.0, 6.0
_HIGHEST_ROW = 900.0
"""What a page holds under a heading; the rest of a longer text is cut off."""


def draw_parts(sheet: Sheet, parts: tuple[Part, ...]) -> None:
    """Draw parts one under the other; what leads in to another never stands alone."""
    for at, part in enumerate(parts):
        sheet.room(beginning(sheet, parts[at:]))
        _DRAW[type(part)](sheet, part)
        sheet.y += 4


def beginning(sheet: Sheet, parts: tuple[Part, ...]) -> float:
    """How much of the first of `parts` must stand on one page, with what it leads in to."""
    first = parts[0]
    if isinstance(first, Paragraph):
        size, weight, _ = _TONES[first.tone]
        height = min(60.0, sheet.height_of(first.text, sheet.width, font(size, weight)) + 4)
        leads = first.tone == "strong" and len(parts) > 1
        return height + (4 + beginning(sheet, parts[1:]) if leads else 0)
    if isinstance(first, Grid):
        if not first.rows:
            return _GRID_HEADING
        return _GRID_HEADING + _row_height(sheet, first.rows[0], _column_widths(sheet, first))
    if isinstance(first, Bars):
        return _bar_height(sheet, first.bars[0]) if first.bars else 0.0
    if isinstance(first, Items):
        return _item_height(sheet, first.items[0]) if first.items else 0.0
    if isinstance(first, Facts):
        return _facts_height(sheet, first.pairs[:2]) + 4 if first.pairs else 0.0
    return _lines_height(first) if isinstance(first, Lines) else _marked_height(sheet, first)


def _paragraph(sheet: Sheet, part: Paragraph) -> None:
    size, weight, colour = _TONES[part.tone]
    sheet.text(part.text, size=size, weight=weight, colour=colour)


def _marked_height(sheet: Sheet, part: Marked) -> float:
    detail = sheet.height_of(part.detail, sheet.width - 24, font(11)) + 4 if part.detail else 0
    return 20.0 + min(60.0, detail)


def _marked(sheet: Sheet, part: Marked) -> None:
    box = QRectF(SIDE, sheet.y, 16, 16)
    draw_mark(sheet.painter, box, band=part.band, theme=sheet.look, form=part.form)
    sheet.text(part.text, size=12, weight=SEMIBOLD, indent=24)
    if part.detail:
        sheet.text(part.detail, colour="text2", indent=24)


def _halves(sheet: Sheet) -> tuple[float, float]:
    """The width of one of two columns and of the names in it."""
    return (sheet.width - 24) / 2, 118.0


def _facts_height(sheet: Sheet, row: tuple[tuple[str, str], ...]) -> float:
    half, name_width = _halves(sheet)
    return max(
        max(
            sheet.height_of(name, name_width - 8, font(11)),
            sheet.height_of(value, half - name_width, font(11, MEDIUM)),
        )
        for name, value in row
    )


def _facts(sheet: Sheet, part: Facts) -> None:
    half, name_width = _halves(sheet)
    faces = font(11), font(11, MEDIUM)
    for at in range(0, len(part.pairs), 2):
        row = part.pairs[at : at + 2]
        height = _facts_height(sheet, row)
        sheet.room(height + 4)
        for column, (name, value) in enumerate(row):
            left = SIDE + column * (half + 24)
            sheet.cell(QRectF(left, sheet.y, name_width - 8, height), name, faces[0])
            sheet.cell(
                QRectF(left + name_width, sheet.y, half - name_width, height),
                value,
                faces[1],
                colour="text",
            )
        sheet.y += height + 4


def _grid(sheet: Sheet, part: Grid) -> None:
    widths = _column_widths(sheet, part)
    heights = [_row_height(sheet, row, widths) for row in part.rows]
    sheet.room(_GRID_HEADING + (heights[0] if heights else 0))
    _grid_heading(sheet, part.columns, widths)
    for row, height in zip(part.rows, heights, strict=True):
        if sheet.room(height):
            _grid_heading(sheet, part.columns, widths)
        left = SIDE
        for number, (text, width) in enumerate(zip(row, widths, strict=True)):
            box = QRectF(left, sheet.y, width - _CELL_GAP, height - _ROW_GAP)
            sheet.cell(box, text, _face(number), colour="text")
            left += width
        sheet.y += height - _ROW_GAP / 2
        sheet.line("hair", 0.7)
        sheet.y += _ROW_GAP / 2


def _column_widths(sheet: Sheet, part: Grid) -> list[float]:
    total = sum(c.share for c in part.columns)
    return [sheet.width * c.share / total for c in part.columns]


def _row_height(sheet: Sheet, row: tuple[str, ...], widths: list[float]) -> float:
    cells = enumerate(zip(row, widths, strict=True))
    height = max(sheet.height_of(t, w - _CELL_GAP, _face(n)) for n, (t, w) in cells)
    return _ROW_GAP + min(height, _HIGHEST_ROW)


def _face(column: int) -> QFont:
    return font(11, REGULAR if column else MEDIUM)


def _grid_heading(sheet: Sheet, columns: tuple[GridColumn, ...], widths: list[float]) -> None:
    left = SIDE
    for column, width in zip(columns, widths, strict=True):
        box = QRectF(left, sheet.y, width - _CELL_GAP, 15)
        sheet.cell(box, column.title, font(11, SEMIBOLD))
        left += width
    sheet.y += _GRID_HEADING - 4
    sheet.line("control", 0.8)
    sheet.y += 4


def _bar_height(sheet: Sheet, bar: Bar) -> float:
    return max(18.0, sheet.height_of(bar.detail, sheet.width - 330, font(11)) + 3)


def _bars(sheet: Sheet, part: Bars) -> None:
    widest = max((b.most for b in part.bars), default=1.0) or 1.0
    for bar in part.bars:
        height = _bar_height(sheet, bar)
        sheet.room(height)
        sheet.cell(QRectF(SIDE, sheet.y, 96, 16), bar.title, font(11, MEDIUM), colour="text")
        track = QRectF(SIDE + 100, sheet.y + 3, 120 * bar.most / widest, 9)
        sheet.painter.setPen(QPen(sheet.colour("control"), 0.7))
        sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
        if bar.points is None:
            sheet.painter.setPen(QPen(sheet.colour("control"), 0.8, Qt.PenStyle.DashLine))
            track.setWidth(60)
        sheet.painter.drawRect(track)
        if bar.points:
            filled = QRectF(track)
            filled.setWidth(track.width() * min(1.0, bar.points / bar.most) if bar.most else 0)
            sheet.painter.fillRect(filled, sheet.colour("accent"))
        words = "unknown" if bar.points is None else f"{bar.points:.0f} of {bar.most:.0f}"
        sheet.cell(QRectF(SIDE + 232, sheet.y, 80, 16), words, font(11), colour="text")
        rest = QRectF(SIDE + 318, sheet.y, sheet.width - 318, height - 3)
        sheet.cell(rest, bar.detail, font(11))
        sheet.y += height


def _item_height(sheet: Sheet, item: str) -> float:
    """All of a short item; of a long one, as much as the number beside it needs."""
    return min(60.0, sheet.height_of(item, sheet.width - 20, font(11)) + 4)


def _items(sheet: Sheet, part: Items) -> None:
    for number, item in enumerate(part.items, 1):
        sheet.room(_item_height(sheet, item))
        if part.box:
            sheet.painter.setPen(QPen(sheet.colour("control"), 1))
            sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
            sheet.painter.drawRect(QRectF(SIDE + 1, sheet.y + 2, 10, 10))
        else:
            sheet.cell(QRectF(SIDE, sheet.y, 20, 15), f"{number}.", font(11))
        sheet.text(item, indent=20)


def _lines_height(part: Lines) -> float:
    return 18.0 + 26 * part.count


def _lines(sheet: Sheet, part: Lines) -> None:
    sheet.room(_lines_height(part))
    sheet.text(part.label, weight=MEDIUM)
    sheet.painter.setPen(QPen(sheet.colour("control"), 0.6))
    for _ in range(part.count):
        sheet.y += 22
        sheet.painter.drawLine(QPointF(SIDE, sheet.y), QPointF(SIDE + sheet.width, sheet.y))
    sheet.y += 6


_DRAW: dict[type[Part], Callable[..., None]] = {
    Paragraph: _paragraph,
    Marked: _marked,
    Facts: _facts,
    Grid: _grid,
    Bars: _bars,
    Items: _items,
    Lines: _lines,
}
