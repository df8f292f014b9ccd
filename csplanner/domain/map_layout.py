"""Where the cards of a relationship map stand: the same map gives the same places.

Nothing overlaps, and what you moved stays where you put it. Numbers are pixels at 100 %, x to the
right and y down, of the upper left corner, on a grid of 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from csplanner.domain.map_choice import chosen
from csplanner.domain.map_foot import (
    GRID,
    MORE,
    MORE_HIGH,
    MORE_WIDE,
    OURS_HIGH,
    OURS_WIDE,
    fold,
    foot,
)  # fmt: skip
from csplanner.domain.map_model import Card, LineKind, RelationMap
from csplanner.domain.map_outsiders import beside
from csplanner.domain.map_room import settled
from csplanner.domain.map_stood import Row, Spot, Stood
from csplanner.domain.map_tree import Size
from csplanner.domain.person import Level

WIDE, HIGH = 204, 74
"""A card."""
_AIR = 16
_ABOVE_ROW, _ABOVE_CROWDED, _FEW = 96, 56, 12
"""Between theirs and ours: on a map of few, whose ties all show there, and of more people."""
_EMPTY_WIDE = 4 * (WIDE + _AIR)
_LEVELS = (Level.EXEC, Level.DIRECTOR, Level.MANAGER, Level.USER)

__all__ = [
    "GRID",
    "HIGH",
    "MORE",
    "OURS_HIGH",
    "OURS_WIDE",
    "WIDE",
    "Places",
    "Rail",
    "Rect",
    "Spot",
    "lay_out",
    "places",
    "with_row",
]  # fmt: skip


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
    folded: tuple[str, ...] = ()
    """Those of us who stand nowhere until they are asked for."""
    more: Rect | None = None
    """What stands for those, and folds them again; None where all have room."""
    stood: Stood | None = None
    """What keeps the next layout of the map to this one."""

    def rect(self, key: str) -> Rect | None:
        """The card with that key, or `MORE`; None where it has no place."""
        if key == MORE:
            return self.more
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
    by_side: bool
    """The line enters at the card's side; else it goes over the card and enters from above."""
    drop: int = 27
    """How far below the manager lines to this team turn to the side."""
    doubtful: bool = False
    """The card or its manager was moved: somebody may stand in the way."""


def lay_out(
    cards_above: Mapping[str, str | None],
    *,
    kept: Mapping[str, Spot],
    wide: int = WIDE,
    high: int = HIGH,
    pulls: Iterable[tuple[str, str, int]] = (),
) -> dict[str, Spot]:
    """A place for every card of `cards_above`, each with the card it reports to.

    Cards in `kept` stand exactly there, and their people follow them where there is room; who
    stands in their way gives way, and nobody else moves. `pulls` are two cards and a weight:
    people of one manager are ordered so that these lines get short and cross little, else in the
    order given.
    """
    stands = chosen(cards_above, pulls, wide, high).stands
    wished = {key: (s.x, s.y) for key, s in stands.items()}
    kept = {key: spot for key, spot in kept.items() if key in cards_above}
    return settled(wished, kept, _leaders(cards_above, kept), (wide, high))


def places(map_: RelationMap) -> Places:
    """Where the cards on the map and our people stand, kept places first.

    Outsiders nobody reports to stand beside the others, our people in a row at the foot.
    """
    placed = map_.placed()
    keys = {c.key for c in placed}
    above = {c.key: c.above if c.above in keys else None for c in sorted(placed, key=_rank)}
    alone = _beside(placed, above)
    within = {key: over for key, over in above.items() if key not in alone}
    kept = {c.key: c.at for c in placed if c.at is not None}
    found = chosen(within, _pulls(map_), WIDE, HIGH, map_.stood)
    was = map_.stood.beside if map_.stood is not None and found.is_as_before else {}
    guests = beside(list(alone), found.stands, _known(map_), Size(WIDE, HIGH), was)
    stands = found.stands | guests
    wished = {key: (s.x, s.y) for key, s in stands.items()}
    at = settled(wished, kept, _leaders(above, kept), (WIDE, HIGH))
    moved = {key for key, spot in wished.items() if at[key] != spot}
    rails = {
        key: Rail(
            s.rail + at[key][0] - s.x,
            at[key],
            s.by_side,
            found.size.drop,
            not moved.isdisjoint((key, above[key])),
        )
        for key, s in stands.items()
        if s.rail is not None and key not in kept
    }
    made = _whole(map_, at, rails, map_.stood.ours if map_.stood is not None else None)
    spots = {key: (s.x, s.y) for key, s in guests.items()}
    return replace(made, stood=replace(found.stood(), beside=spots, ours=_row(made)))


def _row(places: Places) -> Row | None:
    """How our people stand in their row."""
    if not places.ours:
        return None
    xs = [x for key, (x, _) in places.at.items() if key not in places.ours]
    left, right = (min(xs), max(xs) + WIDE) if xs else (0, _EMPTY_WIDE)
    y = places.row.y
    return Row({k: (places.at[k][0], places.at[k][1] - y) for k in places.ours}, left, right)


def _rank(card: Card) -> int:
    """People whose manager is unknown stand by how high they are; others keep their order."""
    level = card.person.level if card.person else None
    return _LEVELS.index(level) if card.above is None and level in _LEVELS else len(_LEVELS)


def _beside(cards: Iterable[Card], above: Mapping[str, str | None]) -> dict[str, None]:
    """Outsiders who report to nobody on the map and whom nobody reports to."""
    leading = set(above.values())
    alone = (c.key for c in cards if c.outside and above[c.key] is None)
    return dict.fromkeys(key for key in alone if key not in leading)


def _leaders(above: Mapping[str, str | None], kept: Mapping[str, Spot]) -> dict[str, str | None]:
    """The closest card above each that you moved; None where there is none."""
    found: dict[str, str | None] = {}
    for key in above:
        trail: list[str] = []
        at: str | None = key
        while at is not None and at not in found and at not in trail:
            trail.append(at)
            over = above.get(at)
            if over in kept:
                found[at] = over
                break
            at = over if over in above else None
        leader = found.get(at) if at is not None else None
        for below in trail:
            found.setdefault(below, leader)
    return found


def _pulls(map_: RelationMap) -> list[tuple[str, str, int]]:
    lines = map_.of_kind(LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.RIVAL)
    return [(line.start, line.end, line.weight) for line in lines]


def with_row(
    map_: RelationMap, spots: Places, *, everybody: bool, before: Places | None = None
) -> Places:
    """The same map with who of us has no line folded away where not all have room in one line;
    with `everybody` they stand there too, and can be folded. They keep the order of `before`.
    """
    cards = {key: spot for key, spot in spots.at.items() if key not in spots.ours}
    xs = [x for x, _ in cards.values()]
    wide = max(xs) + WIDE - min(xs) if xs else _EMPTY_WIDE
    ours = [o.key for o in sorted(map_.ours, key=lambda o: not o.is_you)]
    away = fold(ours, _wishes(map_, cards), wide)
    if not away:
        return spots
    hidden = () if everybody else away
    few = replace(map_, ours=tuple(o for o in map_.ours if o.key not in hidden))
    made = _whole(few, cards, spots.rails, _row(before) if before is not None else None)
    row = made.row
    more = Rect(row.right - MORE_WIDE - 10, row.bottom - MORE_HIGH - 4, MORE_WIDE, MORE_HIGH)
    return replace(made, folded=hidden, more=more, stood=spots.stood)


def _known(map_: RelationMap) -> dict[str, list[str]]:
    """Whom on the map each card has a line with."""
    found: dict[str, list[str]] = {}
    for line in map_.lines:
        found.setdefault(line.start, []).append(line.end)
        found.setdefault(line.end, []).append(line.start)
    return found


def _whole(
    map_: RelationMap, at: dict[str, Spot], rails: Mapping[str, Rail], was: Row | None
) -> Places:
    """Everything with the row of our people below the lowest card."""
    left = min((x for x, _ in at.values()), default=0)
    top = min((y for _, y in at.values()), default=0)
    right = max((x + WIDE for x, _ in at.values()), default=_EMPTY_WIDE)
    low = max((y + HIGH for _, y in at.values()), default=0)
    row = foot([o.key for o in map_.ours], _wishes(map_, at), left, right, was=was)
    air = _ABOVE_ROW if len(at) <= _FEW else _ABOVE_CROWDED
    y = (low + air + GRID - 1) // GRID * GRID if row.at else low
    everything = at | {key: (x, y + down) for key, (x, down) in row.at.items()}
    start, end = min(left, row.x), max(right, row.x + row.wide)
    bounds = Rect(start, top, end - start, y + row.high - top)
    band = Rect(row.x, y, row.wide, row.high)
    return Places(everything, bounds, band, frozenset(row.at), rails)


def _wishes(map_: RelationMap, at: Mapping[str, Spot]) -> dict[str, float]:
    """The mean of the middles of whom each of ours has a line to."""
    ends: dict[str, list[float]] = {}
    for line in map_.of_kind(LineKind.TIE, LineKind.PAIRED):
        if line.end in at:
            ends.setdefault(line.start, []).append(at[line.end][0] + WIDE / 2)
    return {key: sum(xs) / len(xs) for key, xs in ends.items()}
