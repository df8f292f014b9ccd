"""Draws relationship maps in a line of text, all as of 12 March 2026."""

from dataclasses import replace
from datetime import date, timedelta

from csplanner.domain.account import AccountId, Tier
from csplanner.domain.map_model import (
    YOU,
    Card,
    Judged,
    Line,
    LineKind,
    Ours,
    RelationMap,
    Standing,
    TieState,
)
from csplanner.domain.person import Level, Person, Role, Seat

DAY = date(2026, 3, 12)
ACME = AccountId("acme")


def ago(days: int) -> date:
    """The day so many days before."""
    return DAY - timedelta(days=days)


def card(name: str, *roles: Role, influence: int | None = None, **fields: object) -> Card:
    """One of theirs; the key is `p:` and the name in lower case."""
    key = name.lower()
    known = {"mood": fields.pop("mood", None), "politics": fields.pop("politics", None)}
    level = fields.pop("level", Level.UNKNOWN)
    joined = fields.pop("joined", None)
    person = Person(key, ACME, name, level=level, joined_on=joined)
    seats = tuple(Seat(f"{key}-{role}", ACME, role, key) for role in roles)
    return Card(
        f"p:{key}", name, person=person, seats=seats, influence=Judged(influence, DAY),
        **{field: Judged(value, DAY) for field, value in known.items()}, **fields,
    )  # fmt: skip


def vacancy(name: str, role: Role) -> Card:
    """A seat that nobody holds; the key is `s:` and the name in lower case."""
    seat = Seat(name.lower(), ACME, role)
    return Card(f"s:{name.lower()}", name, standing=Standing.VACANT, seats=(seat,))


def key_of(name: str) -> str:
    """The key of a card or of ours."""
    return YOU if name == YOU else f"p:{name}"


def tie(ours: str, theirs: str, strength: int | None, days: int | None = 5) -> Line:
    """A tie of ours with one of theirs."""
    start, end = key_of(ours), key_of(theirs)
    last = None if days is None else ago(days)
    return Line(
        f"t:{start}:{end}", LineKind.TIE, start, end, strength=strength, state=state_of(strength),
        last=last,
    )  # fmt: skip


def state_of(strength: int | None) -> TieState:
    """As methods §5.3 has it."""
    if strength is None:
        return TieState.NONE
    if strength >= 60:
        return TieState.LIVE
    return TieState.COOLING if strength >= 30 else TieState.COLD


def sways(start: str, end: str, weight: int = 2) -> Line:
    """One of theirs who influences another."""
    a, b = key_of(start), key_of(end)
    return Line(f"i:{a}:{b}", LineKind.INFLUENCES, a, b, weight=weight)


def doubts(start: str, end: str, evidence: str = "", weight: int = 2) -> Line:
    """One of theirs who doubts another, or us."""
    a, b = key_of(start), key_of(end)
    return Line(f"d:{a}:{b}", LineKind.DOUBTS, a, b, weight=weight, evidence=evidence)


def drawn(
    cards: list[Card], lines: list[Line], *, tier: Tier | None = Tier.HIGH, **fields: object
) -> RelationMap:
    """A map with you and whoever of ours the ties name; cards bear their strongest tie."""
    theirs = {c.key for c in cards}
    names = dict.fromkeys(
        k for line in lines for k in (line.start, line.end) if k not in theirs and k != YOU
    )
    ours = (
        Ours(YOU, "You", "CSM", is_you=True),
        *(Ours(k, k[2:].title(), "Support", Person(k[2:], ACME, k[2:].title())) for k in names),
    )
    return RelationMap(
        ACME, "Acme", DAY, tier, cards=tuple(_tied(c, lines) for c in cards), ours=ours,
        lines=tuple(lines), **fields,
    )  # fmt: skip


def _tied(card: Card, lines: list[Line]) -> Card:
    ties = [t for t in lines if t.kind is LineKind.TIE and t.end == card.key]
    known = [t.strength for t in ties if t.strength is not None]
    days = [t.last for t in ties if t.last is not None]
    return replace(
        card,
        strength=max(known, default=card.strength),
        last_contact=max(days, default=card.last_contact),
    )
