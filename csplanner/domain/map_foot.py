"""The row of our people at the foot of a map: each close to whom they know, in as few lines."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from csplanner.domain.map_stood import Row, Spot

GRID = 4
OURS_WIDE, OURS_HIGH = 112, 44
"""One of our people."""
_GAP = 8
_PAD, _WORDS = 12, 28
"""Around the cards of the row, and for its words below them."""
_AT_LEAST = 8
"""So many stand in one line even below a narrow map."""
_AT_MOST = 12
"""So many whom lines lead to do."""
_LOOSE = 0.6
"""With less of the width taken than this, people stand below those they know."""
MORE = "more"
"""The key of what stands for those of us who are folded away, and folds them again."""
MORE_WIDE, MORE_HIGH = 104, 20


@dataclass(frozen=True, slots=True)
class Foot:
    """The row of our people, from a y of 0 at its upper edge."""

    at: Mapping[str, tuple[int, int]]
    x: int
    wide: int
    high: int


def fold(ours: Sequence[str], wishes: Mapping[str, float], wide: int) -> tuple[str, ...]:
    """Who of us nobody misses where they have no room in one line: those without a wish.

    Where nobody has one, as many stay as one line below a map of that width takes.
    """
    fit = _fit(wide)
    if len(ours) <= fit:
        return ()
    known = any(key in wishes for key in ours)
    return tuple(key for key in ours if key not in wishes) if known else tuple(ours[fit:])


def _fit(wide: int) -> int:
    """How many stand in one line below a map of that width."""
    return max(_AT_LEAST, (wide - 2 * _PAD + _GAP) // (OURS_WIDE + _GAP))


def foot(
    ours: Sequence[str],
    wishes: Mapping[str, float],
    left: int,
    right: int,
    *,
    was: Row | None = None,
) -> Foot:
    """Our people below a map from `left` to `right`.

    `wishes` are the x they would like their middle at; who has none stands behind the others.
    They keep the order they stood in, and their places below a map as wide as it `was`.
    """
    if not ours:
        return Foot({}, left, right - left, 0)
    if was is not None and (was.left, was.right) == (left, right) and was.at.keys() == set(ours):
        return _foot(dict(was.at), left, right)
    at: dict[str, Spot] = {}
    for line, people in enumerate(_lines(ours, wishes, _fit(right - left), was)):
        y = _PAD + line * (OURS_HIGH + _GAP)
        xs = _line([wishes.get(k) for k in people], left + _PAD, right - _PAD)
        at.update((key, (x, y)) for key, x in zip(people, xs, strict=True))
    return _foot(at, left, right)


def _foot(at: dict[str, Spot], left: int, right: int) -> Foot:
    start = min(left, *(x - _PAD for x, _ in at.values()))
    end = max(right, *(x + OURS_WIDE + _PAD for x, _ in at.values()))
    low = max(y for _, y in at.values())
    return Foot(at, start, end - start, low + OURS_HIGH + _WORDS)


def _lines(
    ours: Sequence[str], wishes: Mapping[str, float], fit: int, was: Row | None
) -> list[list[str]]:
    """Who stands in which line: those with a wish first, so that their lines meet nobody of us."""
    known = sorted((k for k in ours if k in wishes), key=lambda k: wishes[k])
    if was is not None:
        known, ours = was.kept(known), was.kept(ours)
    others = [k for k in ours if k not in wishes]
    lines = list(_even(known, max(fit, _AT_MOST)))
    if not lines or len(lines[-1]) + len(others) > fit:
        return [*lines, *_even(others, fit)]
    lines[-1] += others
    if was is not None and len(lines) == 1:
        lines = [was.kept(lines[0])]
    return lines


def _even(people: list[str], most: int) -> Iterator[list[str]]:
    """Lines of about as many people each."""
    if people:
        each = ceil(len(people) / ceil(len(people) / most))
        yield from (people[n : n + each] for n in range(0, len(people), each))


def _line(wishes: Sequence[float | None], left: int, right: int) -> list[int]:
    """The x of people side by side in that order."""
    step = OURS_WIDE + _GAP
    taken = len(wishes) * step - _GAP
    if taken > _LOOSE * (right - left) or all(wish is None for wish in wishes):
        room = (right - left - OURS_WIDE) // max(1, len(wishes) - 1)
        share = max(step, min(step * 2, room)) // GRID * GRID
        whole = share * (len(wishes) - 1) + OURS_WIDE
        start = (left + right - whole) // 2
        return [(start + n * share) // GRID * GRID for n in range(len(wishes))]
    known = [w - OURS_WIDE / 2 for w in wishes if w is not None]
    found = [int(x) // GRID * GRID for x in _apart(known, step)]
    while len(found) < len(wishes):
        found.append(found[-1] + step if found else left)
    return found


def _apart(wishes: Sequence[float], step: int) -> list[float]:
    """The places closest to the wishes, in their order, at least `step` apart.

    Those who would touch stand together around the mean of what they wish.
    """
    groups: list[tuple[float, int]] = []
    for n, wish in enumerate(wishes):
        total, count = wish - n * step, 1
        while groups and groups[-1][0] / groups[-1][1] >= total / count:
            before, many = groups.pop()
            total, count = total + before, count + many
        groups.append((total, count))
    means = [total / count for total, count in groups for _ in range(count)]
    return [mean + n * step for n, mean in enumerate(means)]
