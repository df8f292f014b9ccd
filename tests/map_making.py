"""Maps of any size, made by chance and the same for the same seed, for tests and benchmarks."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from random import Random

from csplanner.domain.account import AccountId
from csplanner.domain.map_model import Card, Line, LineKind, Ours, RelationMap, Standing
from csplanner.domain.map_routes import Drawn, Route
from csplanner.domain.person import Level, Person

Point = tuple[float, float]

DAY = date(2026, 3, 12)


def hierarchy(people: int, seed: int, shape: str = "mixed") -> dict[str, str | None]:
    """Who reports to whom: a `mixed` tree or forest, a `chain`, a `fan`, or `flat`: to nobody."""
    random = Random(seed)
    keys = [f"p:{n:04}" for n in range(people)]
    if shape == "chain":
        return {key: keys[n - 1] if n else None for n, key in enumerate(keys)}
    if shape == "fan":
        return {key: keys[0] if n else None for n, key in enumerate(keys)}
    if shape == "flat":
        return dict.fromkeys(keys)
    alone = random.choice((0.0, 0.0, 0.03, 0.2))
    reach = random.choice((3, 8, 20, people))
    above: dict[str, str | None] = {}
    for n, key in enumerate(keys):
        free = n == 0 or random.random() < alone
        above[key] = (
            None if free else keys[max(0, n // random.randint(2, 6) - random.randrange(reach))]
        )
    mixed = list(above)
    random.shuffle(mixed)
    return {key: above[key] for key in mixed}


def influences(above: dict[str, str | None], count: int, seed: int) -> list[tuple[str, str, int]]:
    """Lines between people of different teams, each with a weight of 1 to 3."""
    random = Random(seed)
    keys = sorted(above)
    found: list[tuple[str, str, int]] = []
    while len(found) < count and len(keys) > 2:
        a, b = random.sample(keys, 2)
        if above[a] != b and above[b] != a:
            found.append((a, b, random.randint(1, 3)))
    return found


def made_map(
    people: int, seed: int = 1, *, shape: str = "mixed", lines: int | None = None
) -> RelationMap:
    """A map of people who report, influence each other and are in touch with seven of ours."""
    random = Random(seed)
    above = hierarchy(people, seed, shape)
    levels = [*Level]
    cards = tuple(
        Card(
            key,
            name=f"Person {key[2:]}",
            title=f"Title {key[2:]}",
            standing=Standing.HERE,
            person=Person(
                key[2:], AccountId("a1"), f"Person {key[2:]}", level=levels[n % len(levels)]
            ),
            above=over,
        )
        for n, (key, over) in enumerate(sorted(above.items()))
    )
    ours = tuple(Ours(f"p:ours{n}", f"Colleague {n}", is_you=n == 2) for n in range(7))
    reports = [
        Line(f"r{n}", LineKind.REPORTS, c.key, c.above) for n, c in enumerate(cards) if c.above
    ]
    pulls = influences(above, people // 3 if lines is None else lines, seed)
    swayed = [
        Line(f"i{n}", LineKind.DOUBTS if n % 5 == 4 else LineKind.INFLUENCES, a, b, weight=w)
        for n, (a, b, w) in enumerate(pulls)
    ]
    ties = [
        Line(f"t{n}", LineKind.TIE, random.choice(ours).key, c.key, strength=random.randint(1, 100))
        for n, c in enumerate(cards)
        if n % 2 == 0
    ]
    return RelationMap(
        "a1", "Tidewater", DAY, cards=cards, ours=ours, lines=(*reports, *swayed, *ties)
    )


def crossings(routes: Mapping[str, Route], lines: Iterable[Line]) -> int:
    """How often lines cross as they are drawn; those of one manager are one, and ends that meet
    at a card do not count.
    """
    strokes = [
        (line.end if line.kind is LineKind.REPORTS else line.key, {line.start, line.end}, stretch)
        for line in lines
        if line.key in routes
        for stretch in _stretches(routes[line.key])
    ]
    found = {
        (*sorted((one, other)), point)
        for n, (one, ends, a) in enumerate(strokes)
        for other, others, b in strokes[:n]
        if one != other and not ends & others and (point := _meet(a, b)) is not None
    }
    return len(found)


def _stretches(route: Route) -> list[tuple[Point, Point]]:
    points = route.points
    if route.kind is Drawn.CURVE:
        points = tuple(_on_curve(route.points, n / 12) for n in range(13))
    return list(pairwise(points))


def _on_curve(points: Sequence[Point], t: float) -> Point:
    """The point at `t` of a cubic Bézier curve."""
    weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    x, y = (sum(w * p[i] for w, p in zip(weights, points, strict=True)) for i in (0, 1))
    return x, y


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> Point | None:
    """Where two stretches cross within both, in whole pixels."""
    (ax, ay), (bx, by) = one
    (cx, cy), (dx, dy) = other
    across = (bx - ax) * (dy - cy) - (by - ay) * (dx - cx)
    if not across:
        return None
    s = ((cx - ax) * (dy - cy) - (cy - ay) * (dx - cx)) / across
    t = ((cx - ax) * (by - ay) - (cy - ay) * (bx - ax)) / across
    if not (0 < s < 1 and 0 < t < 1):
        return None
    return round(ax + s * (bx - ax)), round(ay + s * (by - ay))
