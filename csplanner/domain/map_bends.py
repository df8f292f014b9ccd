"""Curves that bend a little where that leads them past a card."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from csplanner.domain.map_crowd import Crowd, Point

_STEPS = 14
_COARSE = 8
_AIR = 4
"""A curve that comes closer to a card than this counts as behind it."""
_LEANS = (0, -60, 60, -120, 120, -190, 190)
_REACHES = (1.0, 1.5)


def on_curve(points: Sequence[Point], t: float) -> Point:
    """The point of a cubic Bézier curve at the share `t` of its way."""
    u = 1 - t
    a, b, c, d = u * u * u, 3 * t * u * u, 3 * t * t * u, t * t * t
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy


def hidden(points: Sequence[Point], crowd: Crowd) -> int:
    """How many of some points along a curve lie behind a card, the ends left out."""
    found = 0
    for n in range(1, _STEPS):
        x, y = on_curve(points, n / _STEPS)
        air = _AIR if 2 <= n <= _STEPS - 2 else 0
        found += crowd.within(x - air, y - air, x + air, y + air) > 0
    return found


def bent(points: Sequence[Point], crowd: Crowd) -> tuple[Point, ...]:
    """The curve, its handles moved sideways as little as hides the least of it."""
    best, least = tuple(points), hidden(points, crowd)
    if not least:
        return best
    for tried in _tries(points):
        if (now := hidden(tried, crowd)) < least:
            best, least = tried, now
            if not least:
                break
    return best


def crosses(one: Sequence[Point], other: Sequence[Point]) -> bool:
    """Whether two curves cross between their ends."""
    first, second = _stretches(one), _stretches(other)
    return any(_cut(a, b, c, d) for a, b in first for c, d in second)


def _stretches(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    spots = [on_curve(points, n / _COARSE) for n in range(_COARSE + 1)]
    return list(pairwise(spots))


def _cut(a: Point, b: Point, c: Point, d: Point) -> bool:
    return _side(a, b, c) * _side(a, b, d) < 0 and _side(c, d, a) * _side(c, d, b) < 0


def _side(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _tries(points: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
    """The same ends with other handles, those that bend least first."""
    a, b, c, d = points
    upright = abs(b[1] - a[1]) >= abs(b[0] - a[0])
    pairs = sorted(
        ((one, other) for one in _LEANS for other in _LEANS),
        key=lambda pair: abs(pair[0]) + abs(pair[1]),
    )
    for one, other in pairs:
        for reach in _REACHES:
            first = a[0] + (b[0] - a[0]) * reach, a[1] + (b[1] - a[1]) * reach
            last = d[0] + (c[0] - d[0]) * reach, d[1] + (c[1] - d[1]) * reach
            if upright:
                yield a, (first[0] + one, first[1]), (last[0] + other, last[1]), d
            else:
                yield a, (first[0], first[1] + one), (last[0], last[1] + other), d
