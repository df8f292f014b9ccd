"""Where outsiders stand whom nobody reports to: close to whom they know, the map staying small."""

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import combinations

from csplanner.domain.map_tree import Size, Stand

Spot = tuple[int, int]
Ends = Mapping[str, Sequence[str]]

_APART, _AIR = 72, 16
"""Before the column of outsiders, and between its columns."""
_FEW, _FEW_AROUND = 6, 40
"""More outsiders, or those beside more people, stand in columns."""
_ROOM = (840, 500)
"""What a map of a few people may take to be seen as large as it is."""
_OVER = 8
"""Steps of a scale of 1 that count as another size: less does not outweigh a shorter line."""


def beside(
    keys: Sequence[str],
    inside: Mapping[str, Stand],
    known: Ends,
    size: Size,
    was: Mapping[str, Spot],
) -> dict[str, Stand]:
    """A place for each of `keys` around those `inside`; `known` are whom each has a line with.

    Who `was` somewhere stays there.
    """
    stay = {key: Stand(*was[key]) for key in keys if key in was}
    if stay:
        new = [key for key in keys if key not in stay]
        return stay | beside(new, {**inside, **stay}, known, size, {}) if new else stay
    if len(keys) > _FEW or len(inside) > _FEW_AROUND or not inside:
        return _column(keys, inside, size)
    taken = {key: (s.x, s.y) for key, s in inside.items()}
    for key in keys:
        tried = ({**taken, key: spot} for spot in _free(taken, size))
        taken = min(tried, key=partial(_cost, key, known, size))
    _exchanged(keys, taken, known)
    return {key: Stand(*taken[key]) for key in keys}


def _exchanged(keys: Sequence[str], taken: dict[str, Spot], ends: Ends) -> None:
    """Let two outsiders change places where their lines get shorter."""
    for one, other in combinations(keys, 2):
        before = _far(one, taken, ends) + _far(other, taken, ends)
        taken[one], taken[other] = taken[other], taken[one]
        if _far(one, taken, ends) + _far(other, taken, ends) >= before:
            taken[one], taken[other] = taken[other], taken[one]


def _far(key: str, taken: Mapping[str, Spot], ends: Ends) -> int:
    """How far the lines of a card go, level and upright."""
    x, y = taken[key]
    met = (taken[end] for end in ends.get(key, ()) if end in taken)
    return sum(abs(x - across) + abs(y - down) for across, down in met)


def _free(taken: Mapping[str, Spot], size: Size) -> list[Spot]:
    """At the ends of every row of cards, and below them all in every column of those there are."""
    rows: dict[int, list[int]] = {}
    for x, y in taken.values():
        rows.setdefault(y, []).append(x)
    found: list[Spot] = []
    ys = sorted(rows)
    for y in ys:
        near = [x for other in ys if abs(other - y) < size.high + _AIR for x in rows[other]]
        found.append((max(near) + size.wide + _APART, y))
        left = min(near) - size.wide - _APART
        if left >= 0:
            found.append((left // 4 * 4, y))
    return found


def _cost(key: str, ends: Ends, size: Size, taken: Mapping[str, Spot]) -> tuple[int, int, Spot]:
    """How much smaller the map gets with the card there, then how far its lines go."""
    xs, ys = [x for x, _ in taken.values()], [y for _, y in taken.values()]
    wide, high = max(xs) + size.wide - min(xs), max(ys) + size.high - min(ys)
    over = max(1.0, wide / _ROOM[0], high / _ROOM[1])
    return round(over * _OVER), _far(key, taken, ends), taken[key]


def _column(keys: Sequence[str], inside: Mapping[str, Stand], size: Size) -> dict[str, Stand]:
    """One below the other, right of the others, no lower than those reach."""
    pitch = size.pitch
    low = max((s.y for s in inside.values()), default=0)
    rows = max(3, low // pitch + 1)
    start = max((s.x + size.wide + _APART for s in inside.values()), default=0)
    return {
        key: Stand(start + n // rows * (size.wide + _AIR), n % rows * pitch)
        for n, key in enumerate(keys)
    }
