"""The journey strip: a mark a touchpoint at the height of its result, joined by a line, with who
is accountable below.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

HEIGHT = 132
_HEAD, _FOOT, _MARK = 36.0, 38.0, 14.0
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


@dataclass(frozen=True)
class StripStop:
    """One touchpoint; `height` is 0 to 1, None draws a dashed mark; `is_agreed` false is grey."""

    title: str
    value: str
    tail: str
    band: str = "none"
    height: float | None = None
    function: str = ""
    person: str = ""
    is_agreed: bool = True


def column_of(rect: QRectF, count: int, at: int) -> QRectF:
    """Where the touchpoint numbered `at` stands in a strip of `count`."""
    wide = rect.width() / max(1, count)
    return QRectF(rect.left() + at * wide, rect.top(), wide, rect.height())


def draw_journey(
    painter: QPainter,
    rect: QRectF,
    *,
    stops: Sequence[StripStop],
    theme: Theme,
    current: int = -1,
    hovered: int = -1,
) -> None:
    """Draw the strip; the touchpoint `current` has the focus ring, `hovered` a quiet ground."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = rect.adjusted(0, _HEAD, 0, -_FOOT)
    for at in (hovered, current):
        if 0 <= at < len(stops):
            _draw_ground(painter, column_of(rect, len(stops), at), theme, ring=at == current)
    _draw_levels(painter, room, theme)
    spots = [_spot(room, column_of(rect, len(stops), at), stop) for at, stop in enumerate(stops)]
    _draw_line(painter, spots, stops, theme)
    for at, stop in enumerate(stops):
        column = column_of(rect, len(stops), at)
        _draw_head(painter, column, stop, theme)
        box = QRectF(0, 0, _MARK, _MARK)
        box.moveCenter(spots[at])
        if stop.height is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("surface"))
            painter.drawEllipse(box)
        draw_mark(painter, box, band=stop.band, theme=theme)
        _draw_foot(painter, column, stop, theme, is_first=at == 0)
    painter.restore()


def _draw_ground(painter: QPainter, column: QRectF, theme: Theme, *, ring: bool) -> None:
    box = column.adjusted(2, 1, -2, -1)
    if ring:
        painter.setPen(QPen(theme.colour("focus"), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("hover"))
    painter.drawRoundedRect(box, 4, 4)


def _draw_levels(painter: QPainter, room: QRectF, theme: Theme) -> None:
    """Dotted lines where watch and good begin."""
    pen = QPen(theme.colour("line"), 1)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    for level in (1 / 3, 2 / 3):
        y = _level(room, level)
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))


def _level(room: QRectF, height: float) -> float:
    inner = room.adjusted(0, _MARK / 2 + 1, 0, -_MARK / 2 - 1)
    return inner.bottom() - inner.height() * height


def _spot(room: QRectF, column: QRectF, stop: StripStop) -> QPointF:
    height = 0.5 if stop.height is None else stop.height
    return QPointF(column.center().x(), _level(room, height))


def _draw_line(
    painter: QPainter, spots: Sequence[QPointF], stops: Sequence[StripStop], theme: Theme
) -> None:
    """Join what is known; a touchpoint nobody was asked about is bridged by dashes."""
    known = [at for at, stop in enumerate(stops) if stop.height is not None]
    for before, after in pairwise(known):
        pen = QPen(theme.colour("text2"), 1.2)
        if after - before > 1:
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(spots[before], spots[after])


def _draw_head(painter: QPainter, column: QRectF, stop: StripStop, theme: Theme) -> None:
    """Name, and below it the value in ink with its scale and answers in grey."""
    top = QRectF(column.left() + 2, column.top() + 2, column.width() - 4, 16)
    _words(painter, top, stop.title, (font(12, MEDIUM), theme, "text"))
    line = top.translated(0, 16)
    if not stop.value:
        _words(painter, line, stop.tail, (font(12), theme, "text3"))
        return
    strong, plain = font(12, MEDIUM), font(12)
    first = QFontMetricsF(strong).horizontalAdvance(stop.value)
    space = QFontMetricsF(plain).horizontalAdvance(" ")
    room = max(0.0, line.width() - first - space)
    tail = QFontMetricsF(plain).elidedText(stop.tail, Qt.TextElideMode.ElideRight, room)
    whole = first + space + QFontMetricsF(plain).horizontalAdvance(tail)
    left = line.left() + max(0.0, (line.width() - whole) / 2)
    middle = int(Qt.AlignmentFlag.AlignVCenter)
    painter.setFont(strong)
    painter.setPen(theme.colour("risk-ink" if stop.band == "risk" else "text"))
    painter.drawText(QRectF(left, line.top(), first + 2, 16), middle, stop.value)
    painter.setFont(plain)
    painter.setPen(theme.colour("text2"))
    painter.drawText(QRectF(left + first + space, line.top(), room + 2, 16), middle, tail)


def _draw_foot(
    painter: QPainter, column: QRectF, stop: StripStop, theme: Theme, *, is_first: bool
) -> None:
    """The function accountable and its person, parted from the next by a short upright."""
    top = column.bottom() - _FOOT + 4
    if not is_first:
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(
            QPointF(column.left(), top + 2), QPointF(column.left(), column.bottom() - 4)
        )
    ink, weight = ("text2", 400) if stop.is_agreed else ("text3", 400)
    if stop.band == "risk":
        ink, weight = "risk-ink", MEDIUM
    line = QRectF(column.left() + 3, top, column.width() - 6, 16)
    _words(painter, line, stop.function, (font(12, weight), theme, ink))
    ink = "text2" if stop.is_agreed else "text3"
    _words(painter, line.translated(0, 15), stop.person, (font(11), theme, ink))


def _words(painter: QPainter, room: QRectF, text: str, how: tuple[QFont, Theme, str]) -> None:
    face, theme, ink = how
    painter.setFont(face)
    painter.setPen(theme.colour(ink))
    shown = QFontMetricsF(painter.font()).elidedText(
        text, Qt.TextElideMode.ElideRight, room.width()
    )
    painter.drawText(room, _CENTRE, shown)
