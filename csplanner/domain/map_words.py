"""Where the words of lines stand: on the line, over no card, no other words and no arrow."""

from collections.abc import Iterable, Mapping, Sequence

from csplanner.domain.map_crowd import Crowd, Point
from csplanner.domain.map_model import Line, LineKind

_LETTER, _LEAST, _DATED, _HALF = 6, 30, 84, 9
"""About how wide a letter, the shortest words and those of a planned meeting are, and half a line
of words."""
_TIP = 10
"""Around the tip of an arrow."""

Box = tuple[float, float, float, float]


def words_wide(line: Line) -> int:
    """About how wide the words of a line are; 0 where it has none."""
    if line.kind is LineKind.PAIRED:
        return _DATED if line.due else _LEAST + 18
    if line.kind is LineKind.DOUBTS and not line.label:
        return _LEAST + 12
    return max(_LEAST, len(line.label) * _LETTER) if line.label else 0


class Words:
    """Places words one line after the other, each where the fewest things lie below it."""

    def __init__(self, crowd: Crowd, tips: Iterable[Point]) -> None:
        self._crowd = crowd
        self._taken: list[Box] = [(x - _TIP, y - _TIP, x + _TIP, y + _TIP) for x, y in tips]

    def place(self, line: Line, spots: Sequence[Point]) -> Point:
        """The best of some spots for the middle of the words of a line, the first one if equal."""
        wide = words_wide(line)
        if not wide:
            return spots[0]
        boxes = {spot: _box(spot, wide) for spot in spots}
        best = min(spots, key=lambda spot: self._met(boxes[spot]))
        self._taken.append(boxes[best])
        return best

    def _met(self, box: Box) -> int:
        return 3 * self._crowd.within(*box) + sum(_touch(box, other) for other in self._taken)


def tips_of(arrows: Mapping[str, Point], lines: Iterable[Line]) -> list[Point]:
    """The tips of those lines that have an arrow, by their keys."""
    pointed = (LineKind.INFLUENCES, LineKind.DOUBTS)
    return [arrows[li.key] for li in lines if li.kind in pointed and li.key in arrows]


def _box(spot: Point, wide: int) -> Box:
    x, y = spot
    return x - wide / 2, y - _HALF, x + wide / 2, y + _HALF


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
