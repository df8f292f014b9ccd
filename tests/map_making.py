"""Maps of any size, made by chance and the same for the same seed, for tests and benchmarks."""

from datetime import date
from random import Random

from csplanner.domain.account import AccountId
from csplanner.domain.map_model import Card, Line, LineKind, Ours, RelationMap, Standing
from csplanner.domain.person import Level, Person

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
