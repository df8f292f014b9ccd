"""Score and sentiment over time: a measured line, a judged step, and what happened meanwhile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from csplanner.language import current
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

_LEFT, _RIGHT, _TOP, _BOTTOM = 34.0, 92.0, 22.0, 20.0
_MARK, _BESIDE = 12.0, 14.0
_BRIDGE_DAYS = 62
"""Readings further apart than this are joined by dashes."""


@dataclass(frozen=True)
class PlotPoint:
    """A value of 0 to 100 on a day, with its band."""

    on: date
    value: float
    band: str = "none"


@dataclass(frozen=True)
class ScorePlot:
    """What the chart shows between two days; `events` are (day, name)."""

    start: date
    end: date
    scores: Sequence[PlotPoint] = ()
    sentiments: Sequence[PlotPoint] = ()
    events: Sequence[tuple[date, str]] = ()
    cuts: tuple[int, int] = (50, 75)
    score_words: str = ""
    sentiment_words: str = ""
    gap_words: str = ""


def plot_room(rect: QRectF, plot: ScorePlot) -> QRectF:
    """Return the part of `rect` in which points stand, the words at the line ends beside it."""
    return rect.adjusted(_LEFT, _TOP, -_end_room(plot), -_BOTTOM)


def _end_room(plot: ScorePlot) -> float:
    """What the longest words at the end of a line need."""
    metrics = QFontMetricsF(font(11, MEDIUM))
    words = (plot.score_words, plot.sentiment_words, plot.gap_words)
    return max(_RIGHT, _BESIDE + 6 + max(metrics.horizontalAdvance(text) for text in words))


def place_of(plot: ScorePlot, point: PlotPoint, room: QRectF) -> QPointF:
    """Return where a point stands in the room of the plot."""
    return QPointF(_x(plot, point.on, room), _y(point.value, room))


def draw_score_plot(
    painter: QPainter, rect: QRectF, *, plot: ScorePlot, theme: Theme, current: int = -1
) -> None:
    """Draw the chart; the score numbered `current` has a crosshair."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    room = plot_room(rect, plot)
    _draw_grid(painter, room, plot, theme)
    _draw_events(painter, room, plot, theme)
    if 0 <= current < len(plot.scores):
        spot = place_of(plot, plot.scores[current], room)
        painter.setPen(QPen(theme.colour("text3"), 1))
        painter.drawLine(QPointF(spot.x(), room.top()), QPointF(spot.x(), room.bottom()))
        painter.setBrush(theme.colour("text"))
        painter.drawEllipse(spot, 3, 3)
    _draw_sentiment(painter, room, plot, theme)
    _draw_scores(painter, room, plot, theme)
    _draw_ends(painter, room, plot, theme)
    painter.restore()


def _x(plot: ScorePlot, day: date, room: QRectF) -> float:
    whole = max(1, (plot.end - plot.start).days)
    return room.left() + room.width() * (day - plot.start).days / whole


def _y(value: float, room: QRectF) -> float:
    return room.bottom() - room.height() * max(0.0, min(100.0, value)) / 100


def _draw_grid(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    painter.setFont(font(11))
    right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    for value in (0, *plot.cuts, 100):
        y = _y(value, room)
        pen = QPen(theme.colour("hair"), 1)
        if value in plot.cuts:
            pen = QPen(theme.colour("line"), 1)
            pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(room.left(), y), QPointF(room.right(), y))
        painter.setPen(theme.colour("text3"))
        painter.drawText(QRectF(room.left() - 34, y - 8, 26, 16), right, str(value))
    watch, good = plot.cuts
    for band, middle in (
        ("good", (good + 100) / 2),
        ("watch", (watch + good) / 2),
        ("risk", watch / 2),
    ):
        box = QRectF(0, 0, 9, 9)
        box.moveCenter(QPointF(room.left() - 14, _y(middle, room)))
        draw_mark(painter, box, band=band, theme=theme)
    _draw_months(painter, room, plot, theme)


def _draw_months(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    """Name every second month below the axis, as long as there is room."""
    painter.setPen(theme.colour("text2"))
    first = (plot.start.replace(day=1) + timedelta(days=32)).replace(day=1)
    step = 2 if room.width() > 240 else 3
    number = 0
    while first <= plot.end:
        if number % step == 0:
            box = QRectF(_x(plot, first, room) - 20, room.bottom() + 4, 40, 16)
            painter.drawText(
                box, int(Qt.AlignmentFlag.AlignCenter), current().short_months[first.month - 1]
            )
        number += 1
        first = (first + timedelta(days=32)).replace(day=1)


def _draw_events(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    """Draw a dotted line an event, and its name where it does not cover another."""
    painter.setFont(font(11))
    metrics = QFontMetricsF(painter.font())
    free = room.right() + _end_room(plot)
    for day, name in sorted(plot.events, reverse=True):
        x = _x(plot, day, room)
        pen = QPen(theme.colour("control"), 1)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        painter.drawLine(QPointF(x, room.top() - 4), QPointF(x, room.bottom()))
        width = metrics.horizontalAdvance(name)
        left = min(max(x - width / 2, room.left() - _LEFT), free - width - 8)
        if left + width < x - 60 or left < room.left() - _LEFT:
            continue
        painter.setPen(theme.colour("text2"))
        box = QRectF(left, room.top() - 22, width + 2, 16)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), name)
        free = left


def _draw_scores(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    pen = QPen(theme.colour("text"), 1.8)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    dashed = QPen(theme.colour("text2"), 1.2)
    dashed.setDashPattern([3, 3])
    for before, after in pairwise(plot.scores):
        far = (after.on - before.on).days > _BRIDGE_DAYS
        painter.setPen(dashed if far else pen)
        painter.drawLine(place_of(plot, before, room), place_of(plot, after, room))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("text"))
    for point in plot.scores[:-1]:
        painter.drawEllipse(place_of(plot, point, room), 1.8, 1.8)


def _draw_sentiment(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    """Draw the step of what you said: hollow points, dashed line, held until you said otherwise."""
    if not plot.sentiments:
        return
    pen = QPen(theme.colour("accent"), 1.4)
    pen.setDashPattern([4, 3])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = [place_of(plot, plot.sentiments[0], room)]
    for point in plot.sentiments[1:]:
        spot = place_of(plot, point, room)
        corners += [QPointF(spot.x(), corners[-1].y()), spot]
    corners.append(QPointF(room.right(), corners[-1].y()))
    painter.drawPolyline(QPolygonF(corners))
    painter.setPen(QPen(theme.colour("accent"), 1.5))
    painter.setBrush(theme.colour("surface"))
    for point in plot.sentiments:
        painter.drawEllipse(place_of(plot, point, room), 3, 3)


def _draw_ends(painter: QPainter, room: QRectF, plot: ScorePlot, theme: Theme) -> None:
    """Name both lines at their ends, with the gap between them."""
    score = plot.scores[-1] if plot.scores else None
    said = plot.sentiments[-1] if plot.sentiments else None
    spots: list[float] = []
    if score is not None:
        spot = QPointF(_x(plot, score.on, room), _y(score.value, room))
        _end(painter, spot, (plot.score_words, "text"), theme=theme, band=score.band)
        spots.append(spot.y())
    if said is not None:
        y = _y(said.value, room)
        if spots and abs(y - spots[0]) < 16:
            y = spots[0] + (16 if y >= spots[0] else -16)
        spot = QPointF(room.right(), y)
        words = (plot.sentiment_words, "accent-text")
        _end(painter, spot, words, theme=theme, band=said.band, form="hollow")
        spots.append(y)
    if plot.gap_words and len(spots) == 2 and abs(spots[1] - spots[0]) > 36:
        painter.setPen(QPen(theme.colour("risk"), 1.2))
        x = room.right() + 8
        top, bottom = min(spots) + 9, max(spots) - 9
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setFont(font(11, MEDIUM))
        painter.setPen(theme.colour("risk-ink"))
        box = QRectF(x + 6, (top + bottom) / 2 - 8, 80, 16)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), plot.gap_words)


def _end(
    painter: QPainter,
    spot: QPointF,
    words: tuple[str, str],
    *,
    theme: Theme,
    band: str,
    form: str = "filled",
) -> None:
    box = QRectF(0, 0, _MARK, _MARK)
    box.moveCenter(spot)
    if form == "hollow":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(box)
    draw_mark(painter, box, band=band, theme=theme, form=form)
    painter.setFont(font(11, MEDIUM))
    painter.setPen(theme.colour(words[1]))
    width = QFontMetricsF(painter.font()).horizontalAdvance(words[0]) + 2
    room = QRectF(spot.x() + 11, spot.y() - 8, width, 16)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words[0])
