"""The best of several orders of people: lines between teams short, and seldom across each other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from math import dist

from csplanner.domain.map_order import Pull, Teams, ordered, teams_of
from csplanner.domain.map_shape import shaped, shaped_as
from csplanner.domain.map_stood import Stood
from csplanner.domain.map_tree import Size, Stand, stand

Spot = tuple[int, int]
_Stroke = tuple[str, str, int, int, int, int]
"""Two cards and where they stand."""

_FEW = 60
"""Up to this many people and lines, crossings are counted and neighbours tried in turn."""
_TRIES = 2
_CROSSING = 400
"""What a crossing costs, in pixels of length."""
_MOST = 60
"""So many of one team are looked at to change places."""


@dataclass(frozen=True, slots=True)
class _Order:
    """One order of all teams, and what it costs."""

    teams: dict[str | None, list[str]]
    cost: float


@dataclass(frozen=True, slots=True)
class _Judge:
    """The lines that orders are compared by."""

    lines: Sequence[Pull]
    reports: Sequence[tuple[str, str]]
    """Reporting lines, where crossings count."""
    size: Size

    def tried(self, teams: dict[str | None, list[str]]) -> _Order:
        """The map in that order, with who leads nobody where their lines are short."""
        spots = {key: (s.x, s.y) for key, s in stand(teams, self.size).items()}
        changed = exchanged(spots, teams, self.lines)
        spots |= {key: spots[place] for key, place in changed.items()}
        owners = {place: key for key, place in changed.items()}
        teams = {over: [owners.get(k, k) for k in below] for over, below in teams.items()}
        return _Order(teams, self._cost(spots))

    def _cost(self, spots: Mapping[str, Spot]) -> float:
        total = sum(dist(spots[a], spots[b]) * w for a, b, w in self.lines)
        if not self.reports:
            return total
        strokes = [(a, b, *spots[a], *spots[b]) for a, b, _ in self.lines]
        reports = [(a, b, *spots[a], *spots[b]) for a, b in self.reports]
        crossed = sum(
            _crossed(stroke, strokes[:n]) + _crossed(stroke, reports)
            for n, stroke in enumerate(strokes)
        )
        return total + _CROSSING * crossed


@dataclass(frozen=True, slots=True)
class Chosen:
    """Where everybody stands, in which order and shape."""

    stands: dict[str, Stand]
    teams: dict[str | None, list[str]]
    size: Size
    is_as_before: bool = False
    """Whether everybody stands where they stood."""

    def stood(self) -> Stood:
        """What keeps the next layout to this one."""
        teams = {over: tuple(below) for over, below in self.teams.items()}
        return Stood(teams, self.size.shape, self.size.linked)


def chosen(
    above: Mapping[str, str | None],
    pulls: Iterable[Pull],
    wide: int,
    high: int,
    stood: Stood | None = None,
) -> Chosen:
    """Where everybody stands: in the order given where no other is better for these lines.

    With `stood` everybody keeps the order they stood in, whatever the lines.
    """
    lines = [(a, b, w) for a, b, w in pulls if a in above and b in above and a != b]
    size = Size(wide, high, frozenset((a, b) for a, b, _ in lines))
    given = teams_of(above)
    if stood is not None:
        return _as_before(given, size, stood)
    size = shaped(given, size)
    few = len(above) + len(lines) <= _FEW
    reports = [(key, over) for key, over in above.items() if over in above and over is not None]
    teams = _best(given, _Judge(lines, reports if few else (), size))
    return Chosen(stand(teams, size), teams, size)


def _as_before(given: dict[str | None, list[str]], size: Size, stood: Stood) -> Chosen:
    teams = stood.kept(given)
    if stood.is_as(teams):
        size = replace(size, shape=stood.shape, linked=stood.linked)
        return Chosen(stand(teams, size), teams, size, is_as_before=True)
    size = shaped_as(teams, size, stood.shape)
    return Chosen(stand(teams, size), teams, size)


def _best(given: dict[str | None, list[str]], judge: _Judge) -> dict[str | None, list[str]]:
    lines = judge.lines
    if not judge.reports or not lines:
        return judge.tried(ordered(given, lines)).teams
    best = min(judge.tried(given), judge.tried(ordered(given, lines)), key=lambda order: order.cost)
    for over, n in islice(_neighbours(best.teams), _TRIES):
        team = list(best.teams[over])
        team[n : n + 2] = team[n + 1], team[n]
        best = min(best, judge.tried(best.teams | {over: team}), key=lambda order: order.cost)
    return best.teams


def _neighbours(teams: Teams) -> Iterator[tuple[str | None, int]]:
    """Places in a team whose owner could change with the next; at least one of them leads."""
    for over, below in teams.items():
        for n in range(len(below) - 1):
            if below[n] in teams or below[n + 1] in teams:
                yield over, n


def exchanged(spots: Mapping[str, Spot], teams: Teams, pulls: Iterable[Pull]) -> dict[str, str]:
    """Whose place each card takes, where people of one team who lead nobody do better to change
    places: those lines get shorter. Cards that stay are left out.
    """
    ends: dict[str, list[tuple[str, int]]] = {}
    for a, b, weight in pulls:
        ends.setdefault(a, []).append((b, weight))
        ends.setdefault(b, []).append((a, weight))
    now = dict(spots)
    taken: dict[str, str] = {}
    for over, below in teams.items():
        if over is None or not ends:
            continue
        team = [key for key in below if key not in teams][:_MOST]
        for key in (k for k in team if k in ends):
            gains = [_gain(key, other, now, ends) for other in team]
            if (best := min(gains)) < 0:
                other = team[gains.index(best)]
                now[key], now[other] = now[other], now[key]
                taken[key], taken[other] = taken.get(other, other), taken.get(key, key)
    return {key: place for key, place in taken.items() if key != place}


def _gain(
    one: str,
    other: str,
    spots: Mapping[str, Spot],
    ends: Mapping[str, list[tuple[str, int]]],
) -> float:
    """How much longer lines get when two change places; below 0 when they get shorter."""
    total = 0.0
    for key, to in ((one, spots[other]), (other, spots[one])):
        was = spots[key]
        for end, weight in ends.get(key, ()):
            if end not in (one, other):
                total += weight * (dist(to, spots[end]) - dist(was, spots[end]))
    return total


def _crossed(stroke: _Stroke, others: Iterable[_Stroke]) -> int:
    """How many of the others cross a stretch within both; those at one of its ends do not.

    Two stretches cross where the ends of either lie on both sides of the other.
    """
    a, b, ax, ay, bx, by = stroke
    dx, dy = bx - ax, by - ay
    found = 0
    for c, d, cx, cy, ex, ey in others:
        one = dx * (cy - ay) - dy * (cx - ax)
        if one * (dx * (ey - ay) - dy * (ex - ax)) >= 0 or a in (c, d) or b in (c, d):
            continue
        fx, fy = ex - cx, ey - cy
        found += (fx * (ay - cy) - fy * (ax - cx)) * (fx * (by - cy) - fy * (bx - cx)) < 0
    return found
