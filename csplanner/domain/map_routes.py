"""The way of every line of a relationship map: from which edge, around what, to where.

Plain numbers, so that the screen, the pictures and the slides all draw the same lines.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from csplanner.domain.map_layout import Places
from csplanner.domain.map_model import Line

Point = tuple[float, float]


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


def route(line: Line, places: Places) -> Route | None:
    """The way of one line on its own; None where an end of it has no place."""
    return routes((line,), places).get(line.key)


def routes(lines: Iterable[Line], places: Places) -> dict[str, Route]:
    """The ways of lines by their keys, apart from each other where they meet at one card.

    Lines with an end that has no place are left out.
    """
    found: dict[str, Route] = {}
    for line in lines:
        start, end = places.rect(line.start), places.rect(line.end)
        if start is None or end is None:
            continue
        a, b = start.middle, end.middle
        found[line.key] = Route(
            (a, b), Drawn.STRAIGHT, ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), b, a
        )
    return found
