"""How wide teams of a map stand: so that a map of some dozens is seen as a whole, and large."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from csplanner.domain.map_stood import Shape
from csplanner.domain.map_tree import Size, outline

_MOST = 80
"""Larger maps are not seen as a whole anyway."""
_ROOM = (864, 540)
"""What the window has for cards at 100 %, the row of ours below them left out."""
_BELOW = 140
"""What that row takes, at any scale."""
_TRIES = (
    Shape(4, apart=7),
    Shape(2, apart=7),
    Shape(4, 0.35, apart=7),
    Shape(1, apart=7),
    Shape(1, 0.35, apart=7),
    Shape(1, 0.2, apart=7),
    Shape(4, 0.2, apart=7, hung=1),
    Shape(4, narrow=3, apart=7),
    Shape(1, narrow=5, apart=7, hung=2),
    Shape(4, 0.35, narrow=4, apart=7, hung=2),
)
"""From the broadest to the narrowest."""
_PLAIN, _READS_WELL = 3, 0.64
"""The first ones are tried on any map, the others where cards are too small to be read well."""
_BETTER = 1.06
"""Another shape is worth it only where everything gets that much larger."""
_WORTH_TURNING = 1.25
"""So much larger everything gets before a map is shaped otherwise than it stood."""


def shaped(teams: Mapping[str | None, Sequence[str]], size: Size) -> Size:
    """The size with the shape in which these teams are seen largest; as it is for many people."""
    if not 2 < sum(map(len, teams.values())) <= _MOST:
        return size
    given = size.shape._replace(row=size.people_in_row(teams))
    scales: dict[Shape, float] = {}
    for n, shape in enumerate((given, *_TRIES)):
        if scales and max(scales.values()) >= (1 if n <= _PLAIN else _READS_WELL):
            break
        scales[shape] = _scale(outline(teams, replace(size, shape=shape)))
    most = max(scales.values())
    plainest = next(shape for shape, scale in scales.items() if scale * _BETTER >= most)
    return replace(size, shape=plainest)


def shaped_as(teams: Mapping[str | None, Sequence[str]], size: Size, was: Shape) -> Size:
    """The size with the shape in which these teams stood, unless another is far better by now."""
    now = shaped(teams, size)
    if was == now.shape or sum(map(len, teams.values())) > _MOST:
        return now
    kept = replace(size, shape=was)
    better = _scale(outline(teams, now)) > _WORTH_TURNING * _scale(outline(teams, kept))
    return now if better else kept


def _scale(room: tuple[int, int]) -> float:
    """How large cards taking that room can be drawn in the window; 1 is 100 %."""
    wide, high = room
    return min(1.0, _ROOM[0] / wide, (_ROOM[1] + _BELOW) / (high + _BELOW))
