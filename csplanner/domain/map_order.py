"""In which order people of one manager stand, so that the lines between teams stay short."""

from collections.abc import Iterable, Mapping

Teams = Mapping[str | None, list[str]]
Pull = tuple[str, str, int]

_SWEEPS = 6


def teams_of(cards_above: Mapping[str, str | None]) -> dict[str | None, list[str]]:
    """Who stands below whom, in the order given; who reports to nobody there is below None.

    A circle, which no map should have, is cut at its first card.
    """
    known: set[str | None] = {None}
    above: dict[str, str | None] = {}
    for key in cards_above:
        trail: list[str] = []
        at: str | None = key
        while at not in known and at is not None:
            known.add(at)
            trail.append(at)
            over = cards_above[at]
            above[at] = over if over in cards_above else None
            at = above[at]
        if at in trail:
            above[at] = None
    teams: dict[str | None, list[str]] = {None: []}
    for key in cards_above:
        teams.setdefault(above[key], []).append(key)
    return teams


def ordered(teams: Teams, pulls: Iterable[Pull]) -> dict[str | None, list[str]]:
    """The same teams, their people moved as little as shortens those lines; else as given."""
    best = {over: list(below) for over, below in teams.items()}
    known = {key for below in best.values() for key in below}
    lines = [(a, b, w) for a, b, w in pulls if a in known and b in known and a != b]
    if not lines:
        return best
    pulled = _pulled(best, lines)
    costs = _cost(_places(best), lines)
    for _ in range(_SWEEPS):
        tried = _swept(best, pulled)
        if (now := _cost(_places(tried), lines)) >= costs:
            break
        best, costs = tried, now
    return best


def _places(teams: Teams) -> dict[str, float]:
    """Where everybody would stand with people who lead nobody side by side: their middles."""
    down: list[str] = list(teams[None])
    for key in down:
        down.extend(teams.get(key, ()))
    wide: dict[str, int] = {}
    for key in reversed(down):
        wide[key] = sum(wide[k] for k in teams[key]) if key in teams else 1
    found: dict[str, float] = {}
    start: dict[str | None, float] = {None: 0.0}
    for over in (None, *down):
        at = start[over]
        for child in teams.get(over, ()):
            start[child] = at
            found[child] = at + wide[child] / 2
            at += wide[child]
    return found


def _cost(places: Mapping[str, float], lines: list[Pull]) -> float:
    return sum(abs(places[a] - places[b]) * w for a, b, w in lines)


def _pulled(teams: Teams, lines: list[Pull]) -> dict[str, list[tuple[str, int]]]:
    """For everybody whose branch has a line out of it: its other ends, with the weights.

    Who is alone in their team has nobody to change places with and is left out.
    """
    chosen, above = _choices(teams)
    found: dict[str, list[tuple[str, int]]] = {}
    for a, b, weight in lines:
        one, other = _up(chosen[a], above), _up(chosen[b], above)
        for branch, far, end in ((one, set(other), b), (other, set(one), a)):
            for key in branch:
                if key in far:
                    break
                found.setdefault(key, []).append((end, weight))
    return found


def _choices(teams: Teams) -> tuple[dict[str | None, str | None], dict[str, str | None]]:
    """The closest at or above each card who has others in their team, and for these the next."""
    chosen: dict[str | None, str | None] = {None: None}
    above: dict[str, str | None] = {}
    down: list[str | None] = [None]
    for over in down:
        below = teams.get(over, [])
        for key in below:
            chosen[key] = key if len(below) > 1 else chosen[over]
            above[key] = chosen[over]
        down.extend(below)
    return chosen, above


def _up(key: str | None, above: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    while key is not None:
        found.append(key)
        key = above[key]
    return found


def _swept(
    teams: Teams, pulled: Mapping[str, list[tuple[str, int]]]
) -> dict[str | None, list[str]]:
    """Every team in the order of where its people are pulled to."""
    places = _places(teams)

    def target(key: str) -> float:
        ends = pulled.get(key)
        if not ends:
            return places[key]
        return sum(places[end] * w for end, w in ends) / sum(w for _, w in ends)

    found = {over: sorted(below, key=target) for over, below in teams.items()}
    # People without manager or team stand in a block of their own, by how high they are.
    alone = [key for key in teams[None] if key not in teams]
    found[None] = [key for key in found[None] if key in teams] + alone
    return found
