"""The way of a reporting line: level and upright, down from the manager, never through a team."""

from csplanner.domain.map_layout import GRID, Places, Rail, Rect

Point = tuple[float, float]

_DROP = 27
"""Below the manager, where the line turns to the side: half the air between two rows."""
_NEAR = 3 * _DROP
_OUT = 16
_LOWER = 8
"""How far below their manager's card somebody has to stand to hang from it."""


def elbow(child: str, places: Places, below: Rect, above: Rect) -> tuple[Point, ...]:
    """The corners from the card `below`, with the key `child`, to its manager's."""
    rail = places.rails.get(child)
    if rail is not None and rail.spot == (below.x, below.y) and _serves(rail, below, above):
        corners = _on_rail(rail, below, above)
    elif below.y >= above.bottom + _LOWER:
        corners = _from_above(below, above)
    else:
        corners = _from_beside(below, above)
    return _straightened(corners)


def _serves(rail: Rail, below: Rect, above: Rect) -> bool:
    turn = above.bottom + _DROP
    return turn <= (below.middle[1] if rail.by_side else below.y - _DROP)


def _on_rail(rail: Rail, below: Rect, above: Rect) -> list[Point]:
    (x, y), (over, _) = below.middle, above.middle
    turn = above.bottom + _DROP
    along = over if abs(over - rail.x) <= GRID else rail.x
    if rail.by_side:
        edge = below.x if rail.x < below.x else below.right
        start: list[Point] = [(edge, y), (along, y)]
    else:
        start = [(x, below.y), (x, below.y - _DROP), (along, below.y - _DROP)]
    return [*start, (along, turn), (over, turn), (over, above.bottom)]


def _from_above(below: Rect, above: Rect) -> list[Point]:
    (x, _), (over, _) = below.middle, above.middle
    over = x if abs(over - x) <= GRID else over
    air = below.y - above.bottom
    turn = above.bottom + min(_DROP, air / 2) if air <= _NEAR else below.y - _DROP
    return [(x, below.y), (x, turn), (over, turn), (over, above.bottom)]


def _from_beside(below: Rect, above: Rect) -> list[Point]:
    """Where somebody stands beside or above their manager: from side to side."""
    (_, y), (_, up) = below.middle, above.middle
    if below.x >= above.right:
        turn = (below.x + above.right) / 2
        return [(below.x, y), (turn, y), (turn, up), (above.right, up)]
    if above.x >= below.right:
        turn = (above.x + below.right) / 2
        return [(below.right, y), (turn, y), (turn, up), (above.x, up)]
    turn = min(below.x, above.x) - _OUT
    return [(below.x, y), (turn, y), (turn, up), (above.x, up)]


def _straightened(corners: list[Point]) -> tuple[Point, ...]:
    """Without corners at which the line does not turn."""
    found: list[Point] = []
    for corner in corners:
        if found and found[-1] == corner:
            continue
        if len(found) > 1 and any(found[-2][i] == found[-1][i] == corner[i] for i in (0, 1)):
            found.pop()
        found.append(corner)
    return tuple(found)
