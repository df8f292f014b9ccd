"""The way of every line of a relationship map: from which edge, around what, to where.

Plain numbers, so that the screen, the pictures and the slides all draw the same lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from csplanner.domain.map_crowd import Crowd, Point
from csplanner.domain.map_elbows import elbow
from csplanner.domain.map_layout import Places, Rect
from csplanner.domain.map_model import Line, LineKind

_INSET = 0.14
"""No line meets a card closer to a corner, as a share of its edge."""
_MIDDLE = 12
"""No line meets a card closer to the middle of its lower edge, which is for reporting lines."""
_APART = 24
_ALONG = (0.5, 0.4, 0.6, 0.3, 0.7, 0.2, 0.8)
_LETTER, _DATED, _LINE = 6, 84, 9
"""About how wide a letter and the words of a planned meeting are, and half a line of words."""
_DIP, _TIGHT = 44, 26
"""How far the handles of an arc reach out at least, and where others stand close by."""


class Drawn(StrEnum):
    """How the points of a route are joined."""

    ELBOW = "elbow"
    """Level and upright stretches between all points; whoever draws rounds the corners."""
    CURVE = "curve"
    """One cubic Bézier curve: start, two handles, end."""
    STRAIGHT = "straight"
    """Two points."""


@dataclass(frozen=True, slots=True)
class Route:
    """Where a line runs, in the places' own units, from its start to its end."""

    points: tuple[Point, ...]
    kind: Drawn
    label_at: Point
    """The middle of its words."""
    arrow_at: Point
    """The tip of its arrow: the last point."""
    arrow_from: Point
    """A point the tip comes from: the arrow lies along the line between the two."""


class Side(StrEnum):
    """An edge of a card."""

    TOP = "top"
    BOTTOM = "bottom"
    LEFT = "left"
    RIGHT = "right"


_AWAY = {Side.TOP: (0, -1), Side.BOTTOM: (0, 1), Side.LEFT: (-1, 0), Side.RIGHT: (1, 0)}


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which edges a line joins."""

    line: Line
    start: Rect
    end: Rect
    leaves: Side
    enters: Side
    straight: bool = False
    tight: bool = False
    """There is little room for an arc."""

    def edges(self) -> tuple[tuple[str, Side, Rect, Rect], tuple[str, Side, Rect, Rect]]:
        """Both ends: the card's key, its edge, the card, and the card at the other end."""
        return (
            (self.line.start, self.leaves, self.start, self.end),
            (self.line.end, self.enters, self.end, self.start),
        )


def route(line: Line, places: Places) -> Route | None:
    """The way of one line on its own; None where an end of it has no place."""
    return routes((line,), places).get(line.key)


def routes(lines: Iterable[Line], places: Places) -> dict[str, Route]:
    """The ways of lines by their keys, apart from each other where they meet at one card.

    Lines with an end that has no place are left out.
    """
    found: dict[str, Route] = {}
    plans: list[_Plan] = []
    crowd = Crowd(places)
    for line in lines:
        start, end = places.rect(line.start), places.rect(line.end)
        if start is None or end is None:
            continue
        if line.kind is LineKind.REPORTS:
            found[line.key] = _elbowed(elbow(line.start, start, end, crowd))
        else:
            plans.append(_planned(line, start, end, crowd))
    ports = _ports(plans)
    for n, plan in enumerate(plans):
        a, b = ports[n, 0], ports[n, 1]
        found[plan.line.key] = _lined(plan, a, b) if plan.straight else _curved(plan, a, b, crowd)
    return found


def _planned(line: Line, start: Rect, end: Rect, crowd: Crowd) -> _Plan:
    if crowd.has_ours(line.start, line.end):
        up = start.y >= end.bottom
        return _Plan(
            line, start, end, *((Side.TOP, Side.BOTTOM) if up else (Side.BOTTOM, Side.TOP))
        )
    ahead = end.x - start.right if end.x >= start.x else start.x - end.right
    facing = (Side.RIGHT, Side.LEFT) if end.x >= start.x else (Side.LEFT, Side.RIGHT)
    if abs(start.y - end.y) < start.high:
        if ahead < start.wide:
            return _Plan(line, start, end, *facing, straight=ahead >= 0)
        return _Plan(line, start, end, Side.BOTTOM, Side.BOTTOM)
    if ahead >= _APART:
        return _Plan(line, start, end, *facing)
    if ahead < 0:
        side, tight = _freer(start, end, crowd)
        return _Plan(line, start, end, side, side, tight=tight)
    down = end.y > start.y
    return _Plan(line, start, end, *((Side.BOTTOM, Side.TOP) if down else (Side.TOP, Side.BOTTOM)))


def _freer(one: Rect, other: Rect, crowd: Crowd) -> tuple[Side, bool]:
    """The side on which an arc from one card to the other meets nobody, the right one if both;
    and whether there is none such.
    """
    top, low = min(one.y, other.y), max(one.bottom, other.bottom)
    left, right = min(one.x, other.x), max(one.right, other.right)
    at_right = crowd.within(right, top, right + _DIP, low) > 0
    at_left = crowd.within(left - _DIP, top, left, low) > 0
    return (Side.LEFT if at_right and not at_left else Side.RIGHT), at_right and at_left


def _ports(plans: Sequence[_Plan]) -> dict[tuple[int, int], Point]:
    """Where each end of each line meets its card: spread along the edge, in the order in which
    the other ends lie, so that no two cross at the card.
    """
    edges: dict[tuple[str, Side], list[tuple[Point, int, int, Rect]]] = {}
    for n, plan in enumerate(plans):
        for which, (key, side, own, other) in enumerate(plan.edges()):
            edges.setdefault((key, side), []).append((other.middle, n, which, own))
    found: dict[tuple[int, int], Point] = {}
    for (_, side), ends in edges.items():
        level = side in (Side.TOP, Side.BOTTOM)
        ends.sort(key=lambda end: (end[0][0 if level else 1], end[1], end[2]))
        for at, (far, n, which, own) in enumerate(ends):
            found[n, which] = _port(own, side, (at + 1) / (len(ends) + 1), far)
    return found


def _port(card: Rect, side: Side, share: float, other: Point) -> Point:
    share = _INSET + share * (1 - 2 * _INSET)
    if side in (Side.LEFT, Side.RIGHT):
        return (card.x if side is Side.LEFT else card.right), card.y + card.high * share
    x, middle = card.x + card.wide * share, card.middle[0]
    if side is Side.BOTTOM and abs(x - middle) < _MIDDLE:
        x = middle + (_MIDDLE if other[0] >= middle else -_MIDDLE)
    return x, (card.y if side is Side.TOP else card.bottom)


def _elbowed(points: tuple[Point, ...]) -> Route:
    level = [(a, b) for a, b in pairwise(points) if a[1] == b[1]]
    a, b = max(level, key=lambda ab: abs(ab[0][0] - ab[1][0]), default=(points[0], points[-1]))
    return Route(points, Drawn.ELBOW, _between(a, b), points[-1], points[-2])


def _lined(plan: _Plan, a: Point, b: Point) -> Route:
    """Level where both cards are met by a level line, else sloped."""
    level = (a[1] + b[1]) / 2
    if all(card.y < level < card.bottom for card in (plan.start, plan.end)):
        a, b = (a[0], level), (b[0], level)
    x, y = _between(a, b)
    return Route((a, b), Drawn.STRAIGHT, (x, y - 10), b, a)


def _curved(plan: _Plan, a: Point, b: Point, crowd: Crowd) -> Route:
    """A Bézier curve that leaves and enters at right angles to the edges."""
    if plan.leaves == plan.enters:
        # Around what stands between: the further apart, the wider.
        reach = _DIP + 0.08 * (abs(a[0] - b[0]) + abs(a[1] - b[1]))
        one = other = _TIGHT if plan.tight else min(reach, 2.5 * _DIP)
    else:
        upright = plan.leaves in (Side.TOP, Side.BOTTOM)
        one = other = max(_APART, 0.45 * abs(a[1] - b[1] if upright else a[0] - b[0]))
    first, last = _out(a, plan.leaves, one), _out(b, plan.enters, other)
    if plan.leaves == plan.enters == Side.BOTTOM:
        lean = 0.2 * (b[0] - a[0])
        first, last = (first[0] + lean, first[1]), (last[0] - lean, last[1])
    points = (a, first, last, b)
    return Route(points, Drawn.CURVE, _label_at(plan.line, points, crowd), b, last)


def _label_at(line: Line, points: Sequence[Point], crowd: Crowd) -> Point:
    """The point of a curve closest to its middle at which its words lie over no card."""
    spots = [_on_curve(points, t) for t in (_ALONG if line.label or line.due else _ALONG[:1])]
    if len(spots) == 1:
        return spots[0]
    half = max(_DATED, len(line.label) * _LETTER) / 2
    over = [crowd.within(x - half, y - _LINE, x + half, y + _LINE) for x, y in spots]
    return spots[over.index(min(over))]


def _on_curve(points: Sequence[Point], t: float) -> Point:
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in (0, 1))
    return x, y


def _out(point: Point, side: Side, far: float) -> Point:
    dx, dy = _AWAY[side]
    return point[0] + dx * far, point[1] + dy * far


def _between(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
