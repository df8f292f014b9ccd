"""The way of a reporting line: level and upright, and past the cards that are in between."""

from collections.abc import Sequence

from csplanner.domain.map_crowd import Crowd, Point
from csplanner.domain.map_layout import GRID, Rail, Rect

_DROP = 27
"""Below the manager, where the line turns to the side: half the air between two rows."""
_NEAR = 3 * _DROP
_OUT = 16
_LOWER = 8
"""How far below their manager's card somebody has to stand to hang from it."""


def elbow(child: str, below: Rect, above: Rect, crowd: Crowd) -> tuple[Point, ...]:
    """The corners from the card `below`, with the key `child`, to its manager's."""
    rail = crowd.places.rails.get(child)
    if rail is not None and rail.spot == (below.x, below.y) and _serves(rail, below, above):
        ways = [_on_rail(rail, below, above)]
        ways += (
            _from_above(below, above) if rail.doubtful and below.y >= above.bottom + _LOWER else []
        )
    elif below.y < above.bottom + _LOWER:
        ways = _from_beside(below, above)
    else:
        ways = _from_above(below, above)
    return _straightened(ways[0] if len(ways) == 1 else crowd.freest(ways))


def _serves(rail: Rail, below: Rect, above: Rect) -> bool:
    turn = above.bottom + rail.drop
    return turn <= (below.middle[1] if rail.by_side else below.y - rail.drop)


def _on_rail(rail: Rail, below: Rect, above: Rect) -> list[Point]:
    (x, y), (over, _) = below.middle, above.middle
    turn = above.bottom + rail.drop
    along = over if abs(over - rail.x) <= GRID else rail.x
    if rail.by_side:
        edge = below.x if rail.x < below.x else below.right
        start: list[Point] = [(edge, y), (along, y)]
    else:
        start = [(x, below.y), (x, below.y - rail.drop), (along, below.y - rail.drop)]
    return [*start, (along, turn), (over, turn), (over, above.bottom)]


def _from_above(below: Rect, above: Rect) -> list[list[Point]]:
    """Turning below the manager; where the two are far apart also over the card, or besides by
    one of their sides.
    """
    (x, y), (over, _) = below.middle, above.middle
    over = x if abs(over - x) <= GRID else over
    air = below.y - above.bottom
    turns = [above.bottom + min(_DROP, air / 2)]
    if air > _NEAR:
        turns.append(below.y - _DROP)
    ways: list[list[Point]] = [
        [(x, below.y), (x, turn), (over, turn), (over, above.bottom)] for turn in turns
    ]
    if air > _NEAR:
        for edge, out in ((below.x, below.x - _OUT), (below.right, below.right + _OUT)):
            ways.append(
                [(edge, y), (out, y), (out, turns[0]), (over, turns[0]), (over, above.bottom)]
            )
    return ways


def _from_beside(below: Rect, above: Rect) -> list[list[Point]]:
    """From side to side, where somebody stands beside or above their manager."""
    (_, y), (_, up) = below.middle, above.middle
    if below.x >= above.right:
        start, end, turns = below.x, above.right, (below.x - _OUT, above.right + _OUT)
    elif above.x >= below.right:
        start, end, turns = below.right, above.x, (below.right + _OUT, above.x - _OUT)
    else:
        left, right = min(below.x, above.x) - _OUT, max(below.right, above.right) + _OUT
        return [
            [(below.x, y), (left, y), (left, up), (above.x, up)],
            [(below.right, y), (right, y), (right, up), (above.right, up)],
        ]
    middle = (start + end) / 2
    apart = turns if abs(start - end) > 3 * _OUT else ()
    return [[(start, y), (turn, y), (turn, up), (end, up)] for turn in (middle, *apart)]


def _straightened(corners: Sequence[Point]) -> tuple[Point, ...]:
    """Without corners at which the line does not turn."""
    found: list[Point] = []
    for corner in corners:
        if found and found[-1] == corner:
            continue
        if len(found) > 1 and any(found[-2][i] == found[-1][i] == corner[i] for i in (0, 1)):
            found.pop()
        found.append(corner)
    return tuple(found)
