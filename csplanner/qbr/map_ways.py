"""How the lines of a diagram run between boxes on a slide, and where they hold on to them."""

from collections.abc import Sequence
from typing import NamedTuple

from csplanner.qbr.slides import DiagramLink

EMU = 914_400
"""PowerPoint's units in an inch."""
TOP, LEFT, BOTTOM, RIGHT = 0, 1, 2, 3
"""The places of a rectangle a connector can hold on to, as PowerPoint numbers them."""
_SHARES = (0.75, 0.7, 0.8, 0.65, 0.85, 0.6, 0.55, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.15, 0.9, 0.1)
"""Shares of a line at which its words may stand, where fewest others run first."""


class Spot(NamedTuple):
    """A box on the slide in EMU."""

    x: int
    y: int
    wide: int
    high: int

    def meets(self, other: "Spot") -> bool:
        """Whether two boxes lie over each other."""
        return (
            self.x < other.x + other.wide
            and other.x < self.x + self.wide
            and self.y < other.y + other.high
            and other.y < self.y + self.high
        )

    def site(self, number: int) -> tuple[int, int]:
        """Where a connector holds on."""
        if number in (TOP, BOTTOM):
            return self.x + self.wide // 2, self.y + (self.high if number == BOTTOM else 0)
        return self.x + (self.wide if number == RIGHT else 0), self.y + self.high // 2


class Way(NamedTuple):
    """A connector: its shape, its frame, how it is turned, and the sites it holds on to."""

    shape: str
    spot: Spot
    turned: str
    sites: tuple[int, int]
    bends: tuple[int, ...] = ()
    middle: tuple[int, int] = (0, 0)
    along: tuple[tuple[int, int], ...] = ()
    """Other places of its words, the best first."""

    def words_at(self, wide: int, high: int, taken: Sequence[Spot]) -> Spot:
        """Where words of that size stand: at the first place where they cover no box."""
        found = [
            Spot(x - wide // 2, y - high // 2, wide, high) for x, y in (self.middle, *self.along)
        ]
        return next((s for s in found if not any(map(s.meets, taken))), found[0])


def way(link: DiagramLink, start: Spot, end: Spot, others: Sequence[Spot]) -> Way:
    """How a line runs; the sites are those of its start and its end."""
    if link.kind == "reports":
        # From whom they report to, so that it hangs below the manager.
        return hanging("bentConnector", start, end, swapped=True)
    if start.y >= end.y + end.high:
        return hanging("curvedConnector", start, end, swapped=True)
    if end.y >= start.y + start.high:
        return hanging("curvedConnector", end, start, swapped=False)
    if _between(start, end, others):
        return below(start, end)
    sites = (RIGHT, LEFT) if start.x < end.x else (LEFT, RIGHT)
    return straight(start.site(sites[0]), end.site(sites[1]), sites)


def _between(start: Spot, end: Spot, others: Sequence[Spot]) -> bool:
    """Whether somebody stands between two boxes of one row."""
    low, high = sorted((start.x + start.wide // 2, end.x + end.wide // 2))
    top = max(start.y, end.y)
    foot = min(start.y + start.high, end.y + end.high)
    return any(
        low < o.x + o.wide // 2 < high and o.y < foot and o.y + o.high > top
        for o in others
        if o not in (start, end)
    )


def hanging(kind: str, lower: Spot, upper: Spot, *, swapped: bool) -> Way:
    """From the foot of the upper box to the top of the lower one, down, across and down.

    `swapped` where the line starts at the lower box.
    """
    a, b = upper.site(BOTTOM), lower.site(TOP)
    if b[1] <= a[1]:
        sites = (LEFT, LEFT)
        points = (lower.site(LEFT), upper.site(LEFT))
        return straight(*(points if swapped else points[::-1]), sites)
    if abs(a[0] - b[0]) < EMU // 200:
        sites = (TOP, BOTTOM) if swapped else (BOTTOM, TOP)
        return straight(*((b, a) if swapped else (a, b)), sites)
    return _down(f"{kind}3", a, b, swapped=swapped)


def _down(shape: str, a: tuple[int, int], b: tuple[int, int], *, swapped: bool) -> Way:
    """A bent line that leaves `a` downwards: the frame is the way turned by a quarter."""
    wide, high = b[1] - a[1], abs(b[0] - a[0])
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2)
    spot = Spot(middle[0] - wide // 2, middle[1] - high // 2, wide, high)
    right = b[0] > a[0]
    along = tuple(
        (round(a[0] + (b[0] - a[0]) * t * t * (3 - 2 * t)), round(a[1] + (b[1] - a[1]) * t))
        for t in _SHARES
    )
    if swapped:
        # The same way, walked from its lower end.
        turned = ' rot="5400000" flipH="1"' if right else ' rot="16200000"'
        return Way(shape, spot, turned, (TOP, BOTTOM), (50_000,), middle, along)
    turned = ' rot="16200000" flipH="1"' if right else ' rot="5400000"'
    return Way(shape, spot, turned, (BOTTOM, TOP), (50_000,), middle, along)


def below(start: Spot, end: Spot) -> Way:
    """Under whoever stands between, from foot to foot."""
    a, b = start.site(BOTTOM), end.site(BOTTOM)
    drop = start.high // 2
    high, wide = abs(b[0] - a[0]), max(1, abs(b[1] - a[1]))
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2)
    spot = Spot(middle[0] - wide // 2, middle[1] - high // 2, wide, high)
    turned = ' rot="16200000" flipH="1"' if b[0] > a[0] else ' rot="5400000"'
    bend = round(100_000 * drop / wide)
    return Way(
        "curvedConnector3", spot, turned, (BOTTOM, BOTTOM), (bend,), (middle[0], middle[1] + drop)
    )


def in_column(one: Spot, other: Spot) -> bool:
    return abs(one.site(TOP)[0] - other.site(TOP)[0]) < EMU // 20


def beside(start: Spot, end: Spot) -> Way:
    """Around the right of two boxes whose reporting line runs between them."""
    a, b = start.site(RIGHT), end.site(RIGHT)
    if a[1] == b[1]:
        return below(start, end)
    wide, high = max(1, abs(b[0] - a[0])), abs(b[1] - a[1])
    out = max(a[0], b[0]) - a[0] + start.high // 2
    left = b[0] < a[0]
    turned = (' flipH="1"' if left else "") + (' flipV="1"' if b[1] < a[1] else "")
    spot = Spot(min(a[0], b[0]), min(a[1], b[1]), wide, high)
    bend = round((-1 if left else 1) * 100_000 * out / wide)
    middle = (a[0] + out, (a[1] + b[1]) // 2)
    return Way("curvedConnector3", spot, turned, (RIGHT, RIGHT), (bend,), middle)


def straight(a: tuple[int, int], b: tuple[int, int], sites: tuple[int, int]) -> Way:
    spot = Spot(min(a[0], b[0]), min(a[1], b[1]), abs(a[0] - b[0]), abs(a[1] - b[1]))
    turned = (' flipH="1"' if b[0] < a[0] else "") + (' flipV="1"' if b[1] < a[1] else "")
    # Words stand above a level line and on any other one.
    level = EMU // 10 if abs(a[1] - b[1]) < EMU // 20 else 0
    middle = ((a[0] + b[0]) // 2, (a[1] + b[1]) // 2 - level)
    return Way("line", spot, turned, sites, (), middle)


def corner(point: Spot, child: Spot) -> Way:
    """From the side of a box to a point above it: across and up."""
    x, y = point.site(BOTTOM)
    side = LEFT if x < child.x + child.wide // 2 else RIGHT
    a = child.site(side)
    spot = Spot(min(a[0], x), min(a[1], y), abs(a[0] - x), abs(a[1] - y))
    turned = (' flipH="1"' if x < a[0] else "") + (' flipV="1"' if y < a[1] else "")
    return Way("bentConnector2", spot, turned, (side, BOTTOM))
