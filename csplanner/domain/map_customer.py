"""The relationship map as it may leave: built anew from what the customer may see, nothing else."""

from collections.abc import Mapping

from csplanner.domain.map_model import (
    Card,
    Line,
    LineKind,
    Ours,
    RelationMap,
    Standing,
    TieState,
)  # fmt: skip
from csplanner.domain.person import Person, Side
from csplanner.language import tr


def customer_map(shown: RelationMap, csm: str = "") -> RelationMap:
    """Names, titles, departments, who reports to whom, and who of ours looks after whom.

    Vacant seats, who has left, outsiders and who is parked are left out, and whoever reported to
    them reports to whom they did. No judgement, role, strength, note, day or label comes along, nor
    what you call a further map.
    Nobody is “you”: `csm` is your name.
    """
    known = shown.by_key()
    cards = tuple(_card(c, known) for c in shown.cards if _may_leave(c))
    keys = {c.key for c in cards}
    reports = tuple(
        Line(f"reports:{c.key}", LineKind.REPORTS, c.key, c.above) for c in cards if c.above
    )
    ours = tuple(_ours(o, csm) for o in shown.ours)
    ties = _ties(shown, keys, {o.key for o in ours})
    looking = {line.start for line in ties}
    return RelationMap(
        shown.account_id, shown.account_name, shown.day, map_id=shown.map_id, cards=cards,
        ours=tuple(o for o in ours if o.key in looking), lines=reports + ties,
    )  # fmt: skip


def _may_leave(card: Card) -> bool:
    is_there = card.standing in (Standing.HERE, Standing.AWAY)
    return is_there and not card.outside and not card.parked and card.person is not None


def _card(card: Card, known: Mapping[str, Card]) -> Card:
    assert card.person is not None
    person = Person(
        card.person.id, card.person.account_id, card.person.name, title=card.person.title,
        department=card.person.department,
    )  # fmt: skip
    return Card(
        card.key, card.person.name, card.person.title, person=person, above=_above(card, known),
        at=card.at,
    )  # fmt: skip


def _above(card: Card, known: Mapping[str, Card]) -> str | None:
    """The next above who is shown; a circle in a damaged book has none."""
    at, passed = card.above, {card.key}
    while at is not None and at not in passed:
        passed.add(at)
        above = known.get(at)
        if above is None:
            return None
        if _may_leave(above):
            return at
        at = above.above
    return None


def _ours(ours: Ours, csm: str) -> Ours:
    person = ours.person
    if person is not None:
        plain = Person(person.id, person.account_id, person.name, Side.OURS)
        return Ours(ours.key, person.name, ours.function, plain)
    name = csm if ours.is_you else ours.name
    return Ours(ours.key, name or tr("Customer success manager"), ours.function)


def _ties(shown: RelationMap, theirs: set[str], ours: set[str]) -> tuple[Line, ...]:
    """One line for each two in contact: who is only planned to meet looks after nobody yet."""
    pairs = dict.fromkeys(
        (line.start, line.end)
        for line in shown.of_kind(LineKind.TIE)
        if line.start in ours and line.end in theirs
        if line.state in (TieState.LIVE, TieState.COOLING)
    )
    return tuple(
        Line(":".join(("tie", start, end)), LineKind.TIE, start, end, state=TieState.LIVE)
        for start, end in pairs
    )
