"""The relationship map of an account, built of its records; nothing is read or written."""

from dataclasses import replace
from datetime import timedelta

from csplanner.domain.map_cards import cards
from csplanner.domain.map_chiefs import chiefs
from csplanner.domain.map_ground import Ground, MapMaterial, person_key
from csplanner.domain.map_model import YOU, Card, Line, LineKind, Meeting, Ours, RelationMap
from csplanner.domain.map_record import near
from csplanner.domain.map_ties import lines
from csplanner.domain.person import Side
from csplanner.domain.tie_strength import WINDOW_DAYS
from csplanner.domain.touch import TWO_WAY
from csplanner.language import tr


def build(material: MapMaterial) -> RelationMap:
    """The map as of the day of the material.

    On the map of everybody stands who holds a seat, reports or is reported to, has a line that is
    kept, or was placed on any map; on a further map who has a place on it. Everybody else is
    parked.
    """
    ground = Ground(material)
    chief = chiefs(ground)
    between = lines(ground)
    ours = _ours(ground)
    strongest = _strongest(between, frozenset(o.key for o in ours))
    made = cards(ground, {c: a for c, (a, _) in chief.items()}, strongest)
    on_map = _placed(ground, made, between)
    at = _spots(ground)
    placed = tuple(_put(card, on_map, at.get(card.key)) for card in made)
    there = on_map | {o.key for o in ours}
    reports = (
        Line(f"r:{card.key}", LineKind.REPORTS, card.key, card.above, chief[card.key][1])
        for card in placed
        if not card.parked and card.above is not None
    )
    return RelationMap(
        material.account_id,
        material.account_name,
        material.day,
        material.tier,
        material.kept.id if material.kept else "",
        material.kept.name if material.kept else "",
        placed,
        ours,
        (*reports, *(b for b in between if b.start in there and b.end in there)),
        _meetings(ground),
        material.decision_on,
    )


def _strongest(between: tuple[Line, ...], ours: frozenset[str]) -> dict[str, int]:
    """By card, the strength of the strongest tie with one of ours who has not left."""
    found: dict[str, int] = {}
    for line in between:
        if line.kind is LineKind.TIE and line.start in ours and line.strength is not None:
            found[line.end] = max(found.get(line.end, 0), line.strength)
    return found


def _placed(ground: Ground, made: tuple[Card, ...], between: tuple[Line, ...]) -> frozenset[str]:
    """The keys of the cards that stand on the map."""
    here = {c.key for c in made}
    parked: set[str] = set()
    explicit: set[str] = set()
    for place in ground.of.places:
        key = ground.end(place.person_id, place.seat_id)
        if key is not None:
            (parked if place.parked else explicit).add(key)
    if ground.of.kept is not None:
        return frozenset((explicit - parked) & here)
    drawn = {c.key for c in made if c.seats or c.above}
    drawn |= {c.above for c in made if c.above}
    elsewhere = (ground.end(p.person_id, p.seat_id) for p in ground.of.elsewhere)
    drawn |= {key for key in elsewhere if key is not None}
    for line in between:
        if line.kind is not LineKind.TIE or line.tie_id is not None:
            drawn |= {line.start, line.end}
    return frozenset(((drawn | explicit) - parked) & here)


def _spots(ground: Ground) -> dict[str, tuple[int, int]]:
    """Where you put cards, by key."""
    found: dict[str, tuple[int, int]] = {}
    for place in ground.of.places:
        key = ground.end(place.person_id, place.seat_id)
        if key is not None and place.x is not None and place.y is not None:
            found[key] = near(place.x, place.y)
    return found


def _put(card: Card, on_map: frozenset[str], at: tuple[int, int] | None) -> Card:
    """The card where it stands; whoever is above it and not on the map is not drawn above it."""
    is_on = card.key in on_map
    is_below = card.above is None or not is_on or card.above in on_map
    if is_on and is_below and at is None:
        return card
    return replace(card, parked=not is_on, at=at, above=card.above if is_below else None)


def _ours(ground: Ground) -> tuple[Ours, ...]:
    """Our people by name, and you among them."""
    found = [
        Ours(person_key(p.id), p.name, p.function or p.title, p, p.id == ground.you)
        for p in ground.ours
    ]
    if ground.you == YOU:
        found.append(Ours(YOU, ground.of.csm or tr("You"), tr("CSM"), is_you=True))
    return tuple(sorted(found, key=lambda o: (o.name.casefold(), o.key)))


def _meetings(ground: Ground) -> tuple[Meeting, ...]:
    since = ground.day - timedelta(days=WINDOW_DAYS)
    found = []
    for touch in ground.of.touches:
        if not since <= touch.on <= ground.day or touch.channel not in TWO_WAY:
            continue
        people = [ground.people[p] for p in touch.person_ids if p in ground.people]
        theirs = sum(1 for p in people if p.is_theirs)
        if theirs:
            ours = sum(1 for p in people if p.side is Side.OURS)
            found.append(Meeting(touch.on, touch.topic, max(1, ours), theirs))
    return tuple(sorted(found, key=lambda m: m.on, reverse=True))
