"""Who stands where on a map, to lead lines past them."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise

from csplanner.domain.map_layout import HIGH, OURS_HIGH, OURS_WIDE, WIDE, Places

Point = tuple[float, float]


class Crowd:
    """The cards of a map by their height; sorted when somebody first asks."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._cards: list[tuple[int, int, int, int]] = []

    def has_ours(self, *keys: str) -> bool:
        """Whether one of them is one of ours."""
        return any(key in self.places.ours for key in keys)

    def within(self, x: float, y: float, right: float, bottom: float) -> int:
        """How many cards reach into that rectangle, which may be as thin as a line."""
        cards = self._cards or self._sorted()
        first = bisect_right(cards, (y - HIGH,))
        last = bisect_left(cards, (bottom,))
        return sum(left < right and end > x and low > y for _, left, end, low in cards[first:last])

    def _sorted(self) -> list[tuple[int, int, int, int]]:
        """Every card as its upper edge, its left, right and lower one, from the top down."""
        ours = self.places.ours
        self._cards = sorted(
            (y, x, x + OURS_WIDE, y + OURS_HIGH) if key in ours else (y, x, x + WIDE, y + HIGH)
            for key, (x, y) in self.places.at.items()
        )
        return self._cards

    def freest(self, ways: Iterable[Sequence[Point]]) -> Sequence[Point]:
        """The way that leads through the fewest cards; the first of those that are equal."""
        return min(ways, key=self._met)

    def _met(self, way: Sequence[Point]) -> int:
        return sum(
            self.within(min(ax, bx), min(ay, by), max(ax, bx), max(ay, by))
            for (ax, ay), (bx, by) in pairwise(way)
        )
