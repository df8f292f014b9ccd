"""Room for cards beside those you moved: who is in the way gives way, and nobody else moves."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush

Spot = tuple[int, int]

GRID = 4
AIR = 8
"""At least that much between a card and one that you put somewhere."""
_TRIES = 200
_STEP = 28
_REACH = 20


@dataclass(slots=True)
class Room:
    """Where cards stand already, found quickly by where."""

    wide: int
    high: int
    _cells: dict[Spot, list[Spot]] = field(default_factory=dict)
    _bottom: int = 0

    def take(self, spot: Spot) -> None:
        """Put a card there, whatever stands there already."""
        self._cells.setdefault(self._cell(spot), []).append(spot)
        self._bottom = max(self._bottom, spot[1] + self.high + 3 * AIR)

    def in_the_way(self, spot: Spot) -> Spot | None:
        """A card that one put there would touch; None where it is free."""
        column, row = self._cell(spot)
        x, y = spot
        across, down = self.wide + AIR, self.high + AIR
        for c in (column - 1, column, column + 1):
            for r in (row - 1, row, row + 1):
                for other in self._cells.get((c, r), ()):
                    if abs(other[0] - x) < across and abs(other[1] - y) < down:
                        return other
        return None

    def nearest(self, wish: Spot) -> Spot:
        """The free place closest to `wish`.

        Rather beside it than below, and rather that than above, where managers stand.
        """
        heap = [(0, *wish)]
        seen = {wish}
        for _ in range(_TRIES):
            if not heap:
                break
            _, x, y = heappop(heap)
            if (other := self.in_the_way((x, y))) is None:
                return x, y
            across, down = self.wide + 2 * AIR, self.high + 2 * AIR
            ox, oy = other
            right, left, under, over = ox + across, ox - across, oy + down, oy - down
            for to in ((right, y), (left, y), (x, under), (x, over)):
                spot = _on_grid(to[0]), _on_grid(to[1])
                if spot not in seen:
                    seen.add(spot)
                    down_by = spot[1] - wish[1]
                    far = abs(spot[0] - wish[0]) + (2 * down_by if down_by > 0 else -5 * down_by)
                    heappush(heap, (far, *spot))
        return wish[0], max(_on_grid(self._bottom), wish[1])

    def shift(self, team: Iterable[Spot], wish: Spot) -> Spot | None:
        """By how much all of a team can be moved together so that all are free: `wish`, or close
        to it sideways or further down; None where there is no such room.
        """
        spots = list(team)
        steps = sorted(
            (
                (abs(c) + 2 * r, c, r)
                for c in range(-_REACH, _REACH + 1)
                for r in range(_REACH // 4)
            ),
        )
        for _, c, r in steps:
            dx, dy = wish[0] + c * _STEP, wish[1] + r * _STEP
            if all(self.in_the_way((x + dx, y + dy)) is None for x, y in spots):
                return dx, dy
        return None

    def _cell(self, spot: Spot) -> Spot:
        return spot[0] // (self.wide + AIR), spot[1] // (self.high + AIR)


def _on_grid(length: int) -> int:
    return length // GRID * GRID


def settled(
    wished: Mapping[str, Spot],
    kept: Mapping[str, Spot],
    leaders: Mapping[str, str | None],
    size: tuple[int, int],
) -> dict[str, Spot]:
    """Where all of `wished` stand at last: kept cards exactly where they were put.

    A team follows its manager (`leaders`: the closest kept one above a card) as one where there
    is room. Who then stands in a kept card's way goes to the nearest free place.
    """
    room = Room(*size)
    for spot in kept.values():
        room.take(spot)
    found = {key: spot for key, spot in kept.items() if key in wished}
    moved = {k: led for k, led in leaders.items() if led and kept[led] != wished[led]}
    stay = [k for k in wished if k not in kept and k not in moved]
    free = [k for k in stay if room.in_the_way(wished[k]) is None]
    for key in free:
        found[key] = wished[key]
        room.take(wished[key])
    teams: dict[str, list[str]] = {}
    for key in (k for k in wished if k in moved and k not in kept):
        teams.setdefault(moved[key], []).append(key)
    for leader, team in teams.items():
        found |= _followed(room, [wished[k] for k in team], team, wished[leader], kept[leader])
    for key in (k for k in wished if k not in found):
        found[key] = room.nearest(wished[key])
        room.take(found[key])
    return {key: found[key] for key in wished}


def _followed(
    room: Room, spots: list[Spot], team: list[str], was: Spot, now: Spot
) -> dict[str, Spot]:
    """Where a team stands after its manager was moved; nothing where it has no room as one."""
    by = room.shift(spots, (_on_grid(now[0] - was[0]), _on_grid(now[1] - was[1])))
    if by is None:
        return {}
    found = {key: (x + by[0], y + by[1]) for key, (x, y) in zip(team, spots, strict=True)}
    for spot in found.values():
        room.take(spot)
    return found
