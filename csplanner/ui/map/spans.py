"""Which part of the scene cards and lines take."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import QRectF

from csplanner.domain.map_layout import Places
from csplanner.domain.map_model import Line
from csplanner.domain.map_routes import Drawn, Route
from csplanner.paint.map_drawing import rect_of
from csplanner.ui.map.board import bounds_of

_ALONG = (0.25, 0.5, 0.75)
_WORDS = 38
"""What short words on a line take."""


def box_of(places: Places, key: str) -> QRectF:
    """The card with that key, which must have a place."""
    found = places.rect(key)
    assert found is not None
    return rect_of(found)


def around(way: Route) -> QRectF:
    """Around a line that may reach further than the cards do, with its words."""
    if way.kind is not Drawn.CURVE:
        return QRectF()
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = way.points
    spots = [
        (u**3 * ax + 3 * u * u * t * bx + 3 * u * t * t * cx + t**3 * dx,
         u**3 * ay + 3 * u * u * t * by + 3 * u * t * t * cy + t**3 * dy)
        for t in _ALONG for u in (1 - t,)
    ]  # fmt: skip
    box = bounds_of(QRectF(x - 1, y - 1, 2, 2) for x, y in spots)
    x, y = way.label_at
    return box.united(QRectF(x - _WORDS / 2, y - 8, _WORDS, 16))


def with_ways(lines: Iterable[Line], ways: Mapping[str, Route]) -> Iterator[tuple[Line, Route]]:
    """The lines that have a way, each with it."""
    return ((line, ways[line.key]) for line in lines if line.key in ways)
