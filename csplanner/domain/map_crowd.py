"""Who stands where on a map, to lead lines past them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from csplanner.domain.map_layout import HIGH, Places, Rect

Point = tuple[float, float]


class Crowd:
    """The cards of a map by their height; sorted when somebody first asks."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._cards: list[Rect] = []

    def has_ours(self, *keys: str) -> bool:
        """Whether one of them is one of ours."""
        return any(key in self.places.ours for key in keys)

    def within(self, x: float, y: float, right: float, bottom: float) -> int:
        """How many cards reach into that rectangle, which may be as thin as a line."""
        if not self._cards:
            cards = [self.places.rect(key) for key in self.places.at]
            self._cards = sorted((c for c in cards if c), key=lambda c: c.y)
        first = bisect_right(self._cards, y - HIGH, key=lambda c: c.y)
        last = bisect_left(self._cards, bottom, key=lambda c: c.y)
        near = self._cards[first:last]
        return sum(c.x < right and c.right > x and c.bottom > y for c in near)

    def freest(self, ways: Iterable[Sequence[Point]]) -> Sequence[Point]:
        """The way that leads through the fewest cards; the first of those that are equal."""
        return min(ways, key=self._met)

    def _met(self, way: Sequence[Point]) -> int:
        return sum(
            self.within(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            for (ax, ay), (bx, by) in pairwise(way)
        )
