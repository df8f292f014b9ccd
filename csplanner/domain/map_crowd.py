"""Who stands where on a map, to lead lines past them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import itemgetter

from csplanner.domain.map_layout import HIGH, OURS_HIGH, OURS_WIDE, WIDE, Places, Spot

Point = tuple[float, float]
_TOP = itemgetter(1)


class Crowd:
    """The cards of a map by their height; sorted when somebody first asks."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._cards: list[Spot] | None = None

    def has_ours(self, *keys: str) -> bool:
        """Whether one of them is one of ours."""
        return any(key in self.places.ours for key in keys)

    def within(self, x: float, y: float, right: float, bottom: float) -> int:
        """How many cards reach into that rectangle, which may be as thin as a line."""
        if self._cards is None:
            at, ours = self.places.at, self.places.ours
            self._cards = sorted((at[key] for key in at.keys() - ours), key=_TOP)
        first = bisect_right(self._cards, y - HIGH, key=_TOP)
        last = bisect_left(self._cards, bottom, key=_TOP)
        start = x - WIDE
        found = sum(start < left < right for left, _ in self._cards[first:last])
        if self.places.row.high and bottom > self.places.row.y:
            small = (self.places.at[key] for key in self.places.ours)
            found += sum(
                left < right and left + OURS_WIDE > x and top < bottom and top + OURS_HIGH > y
                for left, top in small
            )
        return found

    def freest(self, ways: Iterable[Sequence[Point]]) -> Sequence[Point]:
        """The way that leads through the fewest cards; the first of those that are equal."""
        return min(ways, key=self._met)

    def _met(self, way: Sequence[Point]) -> int:
        return sum(
            self.within(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            for (ax, ay), (bx, by) in pairwise(way)
        )
