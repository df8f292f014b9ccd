"""The way of every line of a relationship map: from which edge, around what, to where.

Plain numbers, so that the screen, the pictures and the slides all draw the same lines.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import pairwise

from csplanner.domain.map_bends import bent, crosses, hidden, on_curve
from csplanner.domain.map_crowd import Crowd, Point
from csplanner.domain.map_elbows import elbow
from csplanner.domain.map_layout import OURS_HIGH, Places, Rect
from csplanner.domain.map_model import Line, LineKind
from csplanner.domain.map_words import Words, tips_of, words_wide

_INSET = 0.14
"""No line meets a card closer to a corner, as a share of its edge."""
_MIDDLE = 12
"""No line meets a card closer to the middle of its upper or lower edge: they are for reporting
lines."""
_APART = 24
_ALONG = (0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8)
_ABOVE, _BELOW = -10, 11
"""From a straight line to the middle of its words."""
_DIP, _SIDE, _TIGHT = 44, 24, 26
"""How far the handles of an arc reach out at least: below, at a side, and where others stand close
by."""
_SHIFTED = 60
"""Cards this far from standing below each other are joined without an arc around their side."""
_FEW = 60
"""Of more lines at once none looks for a way past the cards between."""


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


def routes(lines: Iterable[Line], places: Places, *, bends: bool = True) -> dict[str, Route]:
    """The ways of lines by their keys, apart from each other where they meet at one card.

    Lines with an end that has no place are left out. A few lines bend past cards between, unless
    `bends` says that there is no time for it.
    """
    found: dict[str, Route] = {}
    plans: list[_Plan] = []
    crowd = Crowd(places)
    given = tuple(lines)
    few = bends and sum(line.kind is not LineKind.REPORTS for line in given) <= _FEW
    for line in given:
        start, end = places.rect(line.start), places.rect(line.end)
        if start is None or end is None:
            continue
        if line.kind is LineKind.REPORTS:
            found[line.key] = _elbowed(elbow(line.start, start, end, crowd))
        else:
            ways = _plans(line, start, end, crowd)
            plans.append(_freest(ways, crowd) if few and len(ways) > 1 else ways[0])
    ports = _ports(plans)
    for n, plan in enumerate(plans):
        a, b = ports[n, 0], ports[n, 1]
        if plan.straight:
            found[plan.line.key] = _lined(plan, a, b)
        else:
            found[plan.line.key] = _curved(_handles(plan, a, b))
    if few:
        _bend(found, plans, crowd)
    return _worded(found, [plan.line for plan in plans], crowd)


def _bend(ways: dict[str, Route], plans: Sequence[_Plan], crowd: Crowd) -> None:
    """Bend lines past cards, but for those that would then cross another one of the same card."""
    curves = [plan.line for plan in plans if not plan.straight]
    at_card: dict[str, set[str]] = {}
    for line in curves:
        for end in (line.start, line.end):
            at_card.setdefault(end, set()).add(line.key)
    for line in curves:
        points = bent(ways[line.key].points, crowd)
        if points != ways[line.key].points:
            others = (at_card[line.start] | at_card[line.end]) - {line.key}
            if not any(crosses(points, ways[other].points) for other in others):
                ways[line.key] = _curved(points)


def _worded(ways: dict[str, Route], lines: Sequence[Line], crowd: Crowd) -> dict[str, Route]:
    """The same ways with their words where they cover least."""
    said = [line for line in lines if words_wide(line)]
    if said:
        words = Words(crowd, tips_of({key: way.arrow_at for key, way in ways.items()}, lines))
        for line in said:
            way = ways[line.key]
            spots = _spots(way)
            ways[line.key] = replace(way, label_at=words.place(line, spots))
    return ways


def _spots(way: Route) -> list[Point]:
    """Where words may stand on a line, the best place first."""
    if way.kind is Drawn.CURVE:
        return [on_curve(way.points, t) for t in _ALONG]
    x, y = _between(way.points[0], way.points[-1])
    return [(x, y + _ABOVE), (x, y + _BELOW)]


def _plans(line: Line, start: Rect, end: Rect, crowd: Crowd) -> list[_Plan]:
    """Which edges a line could join, the best first."""
    if crowd.has_ours(line.start, line.end):
        return [_Plan(line, start, end, *_upright(start, end))]
    ahead = end.x - start.right if end.x >= start.x else start.x - end.right
    facing = (Side.RIGHT, Side.LEFT) if end.x >= start.x else (Side.LEFT, Side.RIGHT)
    if abs(start.y - end.y) < start.high:
        if ahead < start.wide and (ahead < 0 or ahead >= min(words_wide(line), start.wide // 2)):
            return [_Plan(line, start, end, *facing, straight=ahead >= 0)]
        return [_Plan(line, start, end, Side.BOTTOM, Side.BOTTOM)]
    over = _Plan(line, start, end, *_upright(start, end))
    if ahead >= _APART:
        return [_Plan(line, start, end, *facing), over]
    if ahead >= 0:
        return [over]
    side, tight = _freer(start, end, crowd)
    around = _Plan(line, start, end, side, side, tight=tight)
    shifted = abs(start.middle[0] - end.middle[0]) >= _SHIFTED
    return [over, around] if tight or shifted else [around, over]


def _upright(start: Rect, end: Rect) -> tuple[Side, Side]:
    """The edges that face each other up and down."""
    return (Side.TOP, Side.BOTTOM) if start.y >= end.bottom else (Side.BOTTOM, Side.TOP)


def _freest(plans: Sequence[_Plan], crowd: Crowd) -> _Plan:
    """The plan whose line is hidden least; the first of those that are equal."""

    def cost(plan: _Plan) -> int:
        a, b = (_port(own, side, 0.5, other.middle) for _, side, own, other in plan.edges())
        return hidden(_handles(plan, a, b), crowd)

    return min(plans, key=cost)


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
    if abs(x - middle) < _MIDDLE and (side is Side.BOTTOM or card.high > OURS_HIGH):
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
    return Route((a, b), Drawn.STRAIGHT, (x, y + _ABOVE), b, a)


def _handles(plan: _Plan, a: Point, b: Point) -> tuple[Point, Point, Point, Point]:
    """A Bézier curve that leaves and enters at right angles to the edges."""
    if plan.leaves == plan.enters:
        # Around what stands between: the further apart, the wider.
        far = abs(a[0] - b[0]) + abs(a[1] - b[1])
        below = plan.leaves is Side.BOTTOM
        reach = _DIP + 0.08 * far if below else _SIDE + 0.07 * far
        one = other = _TIGHT if plan.tight else min(reach, 2.5 * _DIP)
    else:
        upright = plan.leaves in (Side.TOP, Side.BOTTOM)
        one = other = max(_APART, 0.45 * abs(a[1] - b[1] if upright else a[0] - b[0]))
    first, last = _out(a, plan.leaves, one), _out(b, plan.enters, other)
    if plan.leaves == plan.enters == Side.BOTTOM:
        lean = 0.2 * (b[0] - a[0])
        first, last = (first[0] + lean, first[1]), (last[0] - lean, last[1])
    return a, first, last, b


def _curved(points: tuple[Point, ...]) -> Route:
    return Route(points, Drawn.CURVE, on_curve(points, 0.5), points[-1], points[-2])


def _out(point: Point, side: Side, far: float) -> Point:
    dx, dy = _AWAY[side]
    return point[0] + dx * far, point[1] + dy * far


def _between(a: Point, b: Point) -> Point:
    return (a[0] + b[0]) / 2, (a[1] + b[1]) / 2
