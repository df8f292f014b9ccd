"""Equipped against potential: who stands where, and where the rule would place them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme

_SMALLEST, _GROWTH = 4.0, 6.5
_RING = 3.5
_CROWD, _CROWDED = 120, 0.6
"""Beyond so many points all are drawn smaller."""
_LABEL = 12
_LEFT, _BOTTOM, _TOP, _RIGHT = 30.0, 36.0, 8.0, 10.0
_LABELS, _MUST = 22, 60
"""At most so many points carry their name, and so many of those that matter most."""


@dataclass(frozen=True, slots=True)
class Point:
    """An account: equipped and potential 0 to 100, tier letter, ARR as a share of the largest."""

    key: str
    name: str
    equipped: int
    potential: int
    tier: str
    weight: float = 0.0
    differs: bool = False
    """The rule would place it elsewhere."""
    spoken: str = ""
    arr: str = ""
    """The whole amount, for a table of the chart."""


@dataclass(frozen=True, slots=True)
class Cuts:
    """The rule's cuts, the lower and the upper one of each axis."""

    equipped: tuple[int, int] = (40, 70)
    potential: tuple[int, int] = (34, 67)


_USUAL = Cuts()


@dataclass(frozen=True, slots=True)
class PlacedPoint:
    """Where a point stands, its radius, and where its name does (None without room)."""

    centre: QPointF
    radius: float
    label: QRectF | None = None


def plot_rect(rect: QRectF) -> QRectF:
    """The field between the axes within `rect`."""
    return rect.adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)


def place_points(
    points: Sequence[Point], rect: QRectF, *, current: str = "", cuts: Cuts = _USUAL
) -> list[PlacedPoint]:
    """Places of the points within `rect`; names where they cover nothing.

    Those of high touch and those little equipped with low potential come first, then weighty ones.
    """
    field = plot_rect(rect)
    shrink = 1.0 if len(points) <= _CROWD else _CROWDED
    spots = [_spot(p, field, shrink) for p in points]
    taken = [_around(centre, radius) for centre, radius in spots]
    taken += _corner_words(field, cuts)
    names: dict[int, QRectF] = {}
    order = sorted(range(len(points)), key=lambda i: _urgency(points[i], current, cuts))
    must = sum(_matters(p, cuts) for p in points)
    for at in order[: max(_LABELS, min(must, _MUST))]:
        found = _find_room(points[at].name, spots[at], field, [*taken, *names.values()])
        if found is not None:
            names[at] = found
    return [PlacedPoint(centre, radius, names.get(at)) for at, (centre, radius) in enumerate(spots)]


def _urgency(point: Point, current: str, cuts: Cuts) -> tuple[bool, bool, bool, float, str]:
    matters = _matters(point, cuts)
    return (point.key != current, not matters, not point.differs, -point.weight, point.name)


def _matters(point: Point, cuts: Cuts) -> bool:
    """Whether a point is of high touch, or little equipped with low potential."""
    in_zone = point.equipped < cuts.equipped[0] and point.potential < cuts.potential[0]
    return in_zone or point.tier == "H"


def _spot(point: Point, field: QRectF, shrink: float) -> tuple[QPointF, float]:
    radius = shrink * (_SMALLEST + _GROWTH * sqrt(max(0.0, min(1.0, point.weight))))
    x = field.left() + field.width() * point.equipped / 100
    y = field.bottom() - field.height() * point.potential / 100
    return QPointF(x, y), radius


def _around(centre: QPointF, radius: float) -> QRectF:
    return QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)


def _corner_words(field: QRectF, cuts: Cuts) -> list[QRectF]:
    half = field.width() / 2
    return [
        QRectF(field.left() + 6, field.top() + 4, half - 10, 18),
        QRectF(field.left() + half + 4, field.top() + 4, half - 8, 18),
        QRectF(field.left() + half, field.bottom() - 24, half - 4, 20),
        QRectF(field.left(), field.bottom() - 36, field.width() * cuts.equipped[0] / 100, 36),
    ]


def _find_room(
    text: str, spot: tuple[QPointF, float], field: QRectF, taken: Sequence[QRectF]
) -> QRectF | None:
    """The first free place beside a point: right, left, above, below."""
    centre, radius = spot
    width = QFontMetricsF(font(_LABEL, MEDIUM)).horizontalAdvance(text) + 2
    reach = radius + _RING + 3
    own = _around(centre, radius)
    places = (
        QPointF(centre.x() + reach, centre.y() - 8),
        QPointF(centre.x() - reach - width, centre.y() - 8),
        QPointF(centre.x() - width / 2, centre.y() - reach - 15),
        QPointF(centre.x() - width / 2, centre.y() + reach - 1),
        QPointF(centre.x() + reach - 4, centre.y() - reach - 10),
        QPointF(centre.x() + reach - 4, centre.y() + reach - 6),
        QPointF(centre.x() - reach + 4 - width, centre.y() - reach - 10),
        QPointF(centre.x() - reach + 4 - width, centre.y() + reach - 6),
    )
    for corner in places:
        box = QRectF(corner.x(), corner.y(), width, 16)
        core = box.adjusted(0, 2, 0, -2)
        if field.contains(box) and not any(core.intersects(t) for t in taken if t != own):
            return box
    return None


def draw_scatter(
    painter: QPainter,
    rect: QRectF,
    *,
    points: Sequence[Point],
    placed: Sequence[PlacedPoint],
    cuts: Cuts,
    theme: Theme,
    current: str = "",
) -> None:
    """Draw axes, cut lines, quadrants and points; the point with key `current` stands out."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    field = plot_rect(rect)
    _draw_field(painter, field, cuts, theme)
    order = sorted(range(len(points)), key=lambda i: (points[i].key == current, -points[i].weight))
    for at in order:
        _draw_point(painter, points[at], placed[at], theme, is_current=points[at].key == current)
    painter.setPen(theme.colour("text"))
    for at in order:
        label = placed[at].label
        if label is not None:
            is_current = points[at].key == current
            painter.setFont(font(_LABEL, SEMIBOLD if is_current else MEDIUM))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip
            painter.drawText(label, int(flags), points[at].name)
    painter.restore()


def _draw_field(painter: QPainter, field: QRectF, cuts: Cuts, theme: Theme) -> None:
    zone = QRectF(
        field.left(),
        field.bottom() - field.height() * cuts.potential[0] / 100,
        field.width() * cuts.equipped[0] / 100,
        field.height() * cuts.potential[0] / 100,
    )
    painter.fillRect(zone, theme.colour("watch-tint"))
    pen = QPen(theme.colour("line"), 1)
    pen.setDashPattern([2, 3])
    painter.setPen(pen)
    for cut in cuts.equipped:
        x = field.left() + field.width() * cut / 100
        painter.drawLine(QPointF(x, field.top()), QPointF(x, field.bottom()))
    for cut in cuts.potential:
        y = field.bottom() - field.height() * cut / 100
        painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
    painter.setPen(QPen(theme.colour("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(field)
    _draw_words(painter, field, zone, theme)


def _draw_words(painter: QPainter, field: QRectF, zone: QRectF, theme: Theme) -> None:
    painter.setFont(font(11, REGULAR))
    painter.setPen(theme.colour("text2"))
    inner = field.adjusted(8, 6, -8, -5)
    right, left = Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignLeft
    top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
    painter.drawText(inner, int(left | top), tr("Invest: high touch"))
    painter.drawText(inner, int(right | top), tr("Grow with them: medium touch"))
    painter.drawText(inner, int(right | bottom), tr("Let them run: digital touch"))
    painter.setFont(font(11, SEMIBOLD))
    painter.setPen(theme.colour("watch-ink"))
    words = zone.adjusted(7, 4, -4, -5)
    painter.drawText(
        words, int(left | bottom | Qt.TextFlag.TextWordWrap), tr("Little equipped, low potential")
    )
    painter.setFont(font(11, REGULAR))
    painter.setPen(theme.colour("text3"))
    below = field.bottom() + 3
    painter.drawText(QRectF(field.left() - 4, below, 40, 14), int(left), "0")
    painter.drawText(QRectF(field.right() - 40, below, 42, 14), int(right), "100")
    scale = QRectF(field.left() - 34, field.top() - 2, 30, 14)
    painter.drawText(scale, int(right), "100")
    painter.drawText(QRectF(field.left() - 34, field.bottom() - 12, 30, 14), int(right), "0")
    painter.setPen(theme.colour("text2"))
    centre = int(Qt.AlignmentFlag.AlignHCenter | top)
    caption = QRectF(field.left(), field.bottom() + 16, field.width(), 15)
    painter.drawText(caption, centre, tr("equipped: can they run it on their own?"))
    painter.save()
    painter.translate(field.left() - 22, field.center().y())
    painter.rotate(-90)
    span = QRectF(-field.height() / 2, -7, field.height(), 15)
    painter.drawText(span, centre, tr("potential: how far could it grow?"))
    painter.restore()


def _draw_point(
    painter: QPainter, point: Point, placed: PlacedPoint, theme: Theme, *, is_current: bool
) -> None:
    tier = point.tier.lower()
    painter.setPen(QPen(theme.colour("tier-m" if tier in "ld" else f"tier-{tier}"), 1))
    painter.setBrush(theme.colour(f"tier-{tier}"))
    painter.drawEllipse(placed.centre, placed.radius, placed.radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if point.differs:
        painter.setPen(QPen(theme.colour("text"), 1.4))
        reach = placed.radius + _RING
        painter.drawEllipse(placed.centre, reach, reach)
    if is_current:
        painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
        reach = placed.radius + (_RING + 3 if point.differs else _RING)
        painter.drawEllipse(placed.centre, reach, reach)
