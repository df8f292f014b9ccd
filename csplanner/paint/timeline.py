"""The strip of weeks ahead: months on an axis, decisions as marks, names that never overlap."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from csplanner.language import current, ntr, tr
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

HEIGHT, NOTES_HEIGHT = 100, 16
_LEVELS = (29.0, 13.0)
"""Middles of the two rows of names, the nearer to the marks first."""
_MARKS, _AXIS, _MONTHS = 64.0, 79.0, 89.0
_SMALLEST, _GROWTH = 10.0, 14.0
_WIDEST_DAY = 96.0
"""Marks of one day that need more room than this overlap after all."""
_COVERS, _FARTHEST = 12.0, 56.0
"""Middles nearer than the first hide each other's letter; marks part by the second at most."""
_PX, _NOTE = 12, 5.0


@dataclass(frozen=True)
class StripMark:
    """One decision: its day, its health band, its share of the largest value (0 to 1), its name.

    `label` stands above the mark where there is room, the heaviest marks first.
    """

    on: date
    band: str
    weight: float = 0.0
    label: str = ""


@dataclass(frozen=True)
class StripNote:
    """Something of a day below the axis: a review is filled, what is waited for is hollow."""

    on: date
    label: str
    filled: bool = True


@dataclass(frozen=True)
class Strip:
    """What the strip shows: `weeks` from `start`, with a dotted line after `horizon` days.

    `start_words` names the first day: Today, or the day an old book is judged on.
    """

    start: date
    marks: Sequence[StripMark] = ()
    weeks: int = 16
    horizon: int = 90
    start_words: str = ""
    notes: Sequence["StripNote"] = ()
    """What stands in a line of its own below the months."""
    says_year: bool = False
    """Whether the first month says its year, as weeks of another year than ours do."""

    @property
    def height(self) -> int:
        """How high it is, in px."""
        return HEIGHT + (NOTES_HEIGHT if self.notes else 0)


@dataclass(frozen=True)
class PlacedMark:
    """Where a mark stands, and where its name does; None where there is no room for it."""

    mark: QRectF
    label: QRectF | None = None


def lay_out(strip: Strip, rect: QRectF) -> list[PlacedMark]:
    """Return the places of the marks of a strip in `rect`, in the order of `strip.marks`."""
    boxes = _side_by_side(strip, rect)
    taken = _fixed(strip, rect)
    names: dict[int, QRectF] = {}
    by_weight = sorted(range(len(boxes)), key=lambda i: -strip.marks[i].weight)
    for place in by_weight:
        if strip.marks[place].label:
            found = _find_room(strip.marks[place].label, boxes[place], rect, taken)
            if found is not None:
                names[place] = found
    return [PlacedMark(box, names.get(place)) for place, box in enumerate(boxes)]


def draw_strip(
    painter: QPainter, rect: QRectF, *, strip: Strip, theme: Theme, current: int = -1
) -> None:
    """Draw a strip of HEIGHT px in `rect`; the mark numbered `current` carries the focus ring."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_axis(painter, rect, strip, theme)
    placed = lay_out(strip, rect)
    for place in sorted(range(len(placed)), key=lambda i: -placed[i].mark.width()):
        spot, mark = placed[place], strip.marks[place]
        if spot.label is not None:
            painter.setPen(QPen(theme.colour("line"), 1))
            x = spot.mark.center().x()
            painter.drawLine(QPointF(x, spot.label.bottom()), QPointF(x, spot.mark.top() - 2))
            painter.setFont(font(_PX, MEDIUM))
            painter.setPen(theme.colour("text"))
            painter.drawText(spot.label, int(Qt.AlignmentFlag.AlignCenter), mark.label)
        draw_mark(painter, spot.mark, band=mark.band, theme=theme)
    _draw_notes(painter, rect, strip, theme)
    if 0 <= current < len(placed):
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
        painter.drawRoundedRect(placed[current].mark.adjusted(-4, -4, 4, 4), 4, 4)
    painter.restore()


def _x(strip: Strip, day: date, rect: QRectF) -> float:
    left, width = rect.left() + 26, rect.width() - 40
    return left + width * (day - strip.start).days / (strip.weeks * 7)


def _mark_box(strip: Strip, mark: StripMark, rect: QRectF) -> QRectF:
    side = _SMALLEST + _GROWTH * max(0.0, min(1.0, mark.weight)) ** 0.5
    box = QRectF(0, 0, side, side)
    box.moveCenter(QPointF(_x(strip, mark.on, rect), rect.top() + _MARKS))
    return box


def _side_by_side(strip: Strip, rect: QRectF) -> list[QRectF]:
    """The boxes of the marks; those that would cover each other stand beside each other.

    A few of neighbouring days move around their middle; many only part from those of their day.
    """
    boxes = [_mark_box(strip, mark, rect) for mark in strip.marks]
    days: dict[date, list[QRectF]] = {}
    for mark, box in zip(strip.marks, boxes, strict=True):
        days.setdefault(mark.on, []).append(box)
    near: list[list[list[QRectF]]] = []
    for on in sorted(days):
        if near and near[-1][-1][-1].center().x() + _COVERS > days[on][0].center().x():
            near[-1].append(days[on])
        else:
            near.append([days[on]])
    for parts in near:
        together = [box for day in parts for box in day]
        reach = together[-1].center().x() - together[0].center().x()
        is_few = sum(box.width() for box in together) <= reach + _FARTHEST
        for boxes_of in [together] if is_few else parts:
            _part(boxes_of)
    return boxes


def _part(together: list[QRectF]) -> None:
    """Put boxes that cover each other side by side around their middle."""
    whole = sum(box.width() for box in together)
    packed = min(1.0, _WIDEST_DAY / whole)
    left = (together[0].center().x() + together[-1].center().x()) / 2 - whole * packed / 2
    for box in together:
        box.moveCenter(QPointF(left + box.width() * packed / 2, box.center().y()))
        left += box.width() * packed


def _fixed(strip: Strip, rect: QRectF) -> list[QRectF]:
    """What names must not cover: the word Today with its line, and the words of the horizon."""
    today = _x(strip, strip.start, rect)
    beyond = _text_box(
        ntr("{0} day", "{0} days", strip.horizon),
        _x(strip, _horizon(strip), rect),
        _LEVELS[1] + rect.top(),
    )
    line = QRectF(today - 4, rect.top(), 8, _AXIS)
    return [line, _start_box(strip, rect), beyond]


def _start_box(strip: Strip, rect: QRectF) -> QRectF:
    box = _text_box((strip.start_words or tr("Today")), 0, rect.top() + _LEVELS[1])
    box.moveLeft(max(rect.left(), _x(strip, strip.start, rect) + 10 - box.width() / 2))
    return box


def _horizon(strip: Strip) -> date:
    return strip.start + timedelta(days=strip.horizon)


def _text_box(text: str, x: float, y: float) -> QRectF:
    metrics = QFontMetricsF(font(_PX, MEDIUM))
    box = QRectF(0, 0, metrics.horizontalAdvance(text) + 2, 16)
    box.moveCenter(QPointF(x, y))
    return box


def _find_room(text: str, mark: QRectF, rect: QRectF, taken: list[QRectF]) -> QRectF | None:
    """The first row with room above the mark; what it takes is added to `taken`."""
    x = mark.center().x()
    for level in _LEVELS:
        box = _text_box(text, x, rect.top() + level)
        box.moveLeft(min(max(box.left(), rect.left()), rect.right() - box.width()))
        stem = QRectF(x - 3, box.bottom(), 6, max(0.0, mark.top() - box.bottom()))
        spaced = box.adjusted(-6, 0, 6, 0)
        if not any(spaced.intersects(t) or stem.intersects(t) for t in taken):
            taken += [box, stem]
            return box
    return None


def _draw_axis(painter: QPainter, rect: QRectF, strip: Strip, theme: Theme) -> None:
    axis = rect.top() + _AXIS
    painter.setPen(QPen(theme.colour("line"), 1))
    end = strip.start + timedelta(weeks=strip.weeks)
    painter.drawLine(QPointF(rect.left(), axis), QPointF(rect.right(), axis))
    for week in range(strip.weeks + 1):
        x = _x(strip, strip.start + timedelta(weeks=week), rect)
        painter.drawLine(QPointF(x, axis - 3), QPointF(x, axis))
    painter.setFont(font(11))
    words = current().short_months[strip.start.month - 1]
    if strip.says_year:
        words += f" {strip.start.year}"
    _draw_month(painter, words, rect.left() + 4, rect, theme)
    first = (strip.start.replace(day=1) + timedelta(days=32)).replace(day=1)
    while first < end:
        x = _x(strip, first, rect)
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(QPointF(x, axis - 5), QPointF(x, axis + 14))
        words = current().short_months[first.month - 1]
        words += f" {first.year}" if first.month == 1 else ""
        _draw_month(painter, words, x + 5, rect, theme)
        first = (first + timedelta(days=32)).replace(day=1)
    _draw_days(painter, rect, strip, theme)


def lay_out_notes(strip: Strip, rect: QRectF) -> list[tuple[QRectF, str]]:
    """Return where each note stands with its words; without them where they have no room."""
    metrics, found = QFontMetricsF(font(11)), []
    free = rect.left()
    end = strip.start + timedelta(weeks=strip.weeks)
    for note in sorted(strip.notes, key=lambda each: each.on):
        x = _x(strip, min(note.on, end), rect)
        width = _NOTE + 6 + metrics.horizontalAdvance(note.label)
        left = min(max(x - _NOTE / 2, rect.left()), rect.right() - width)
        words = note.label if left >= free else ""
        left = left if words else max(x - _NOTE / 2, rect.left())
        box = QRectF(left, rect.top() + HEIGHT, width if words else _NOTE, NOTES_HEIGHT)
        free = max(free, box.right() + 12)
        found.append((box, words))
    return found


def _draw_notes(painter: QPainter, rect: QRectF, strip: Strip, theme: Theme) -> None:
    """Draw the line below the months: a square and its words for each note."""
    painter.setFont(font(11))
    notes = sorted(strip.notes, key=lambda each: each.on)
    for note, (box, words) in zip(notes, lay_out_notes(strip, rect), strict=True):
        square = QRectF(box.left() + 0.5, box.center().y() - _NOTE / 2, _NOTE, _NOTE)
        painter.setPen(QPen(theme.colour("text2"), 1))
        painter.setBrush(theme.colour("text2") if note.filled else Qt.BrushStyle.NoBrush)
        painter.drawRect(square)
        painter.drawText(
            box.adjusted(_NOTE + 5, 0, 4, 0), int(Qt.AlignmentFlag.AlignVCenter), words
        )
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _draw_month(painter: QPainter, words: str, x: float, rect: QRectF, theme: Theme) -> None:
    painter.setPen(theme.colour("text2"))
    room = QRectF(x, rect.top() + _MONTHS - 8, 60, 16)
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)


def _draw_days(painter: QPainter, rect: QRectF, strip: Strip, theme: Theme) -> None:
    """Draw today's line and the dotted one of the horizon, with their words."""
    top, axis = rect.top(), rect.top() + _AXIS
    today, beyond = _x(strip, strip.start, rect), _x(strip, _horizon(strip), rect)
    painter.setPen(QPen(theme.colour("accent"), 1.5))
    painter.drawLine(QPointF(today, top + _LEVELS[1] + 9), QPointF(today, axis))
    painter.setFont(font(_PX, MEDIUM))
    painter.setPen(theme.colour("accent-text"))
    centre = int(Qt.AlignmentFlag.AlignCenter)
    painter.drawText(_start_box(strip, rect), centre, (strip.start_words or tr("Today")))
    pen = QPen(theme.colour("control"), 1)
    pen.setDashPattern([1, 3])
    painter.setPen(pen)
    painter.drawLine(QPointF(beyond, top + _LEVELS[0] + 10), QPointF(beyond, axis))
    painter.setFont(font(_PX))
    painter.setPen(theme.colour("text3"))
    words = ntr("{0} day", "{0} days", strip.horizon)
    painter.drawText(_text_box(words, beyond, top + _LEVELS[1]), centre, words)
