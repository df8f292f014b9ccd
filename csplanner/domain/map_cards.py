"""The cards of a relationship map: people and vacant seats with what is judged of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum

from csplanner.domain.aggregate import Fading, freshness
from csplanner.domain.evidence import FieldChange
from csplanner.domain.map_ground import Ground, person_key, seat_key, seat_name
from csplanner.domain.map_model import Card, Judged, Standing
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.tie_strength import Contact

RECHECK_DAYS = 90
"""A judgement older than this asks to be looked at again (methods §5.1)."""
CHAMPION_DAYS = 180
"""So long three yeses make a champion."""
_FADING = Fading(RECHECK_DAYS, 90, 36_500)
_AWAY = frozenset({PersonStatus.ON_LEAVE, PersonStatus.LEAVING, PersonStatus.UNVERIFIED})
_UNKNOWN = Judged()
_YESES = ("has_power", "sells_for_us", "has_interest")


def cards(
    ground: Ground, above: Mapping[str, str], strengths: Mapping[str, int]
) -> tuple[Card, ...]:
    """Everybody and every vacant seat, in the order of names; nobody is parked yet.

    `strengths` is of the strongest tie with one of ours, by card. Who left is there while a seat
    misses them or somebody shown reports to them.
    """
    seen = _shown(ground, above)
    people = (
        _of_person(ground, p, above, strengths) for p in ground.others if person_key(p.id) in seen
    )
    seats = (_of_seat(ground, s, above) for s in ground.vacant)
    return tuple(sorted((*people, *seats), key=lambda c: (c.name.casefold(), c.key)))


def _shown(ground: Ground, above: Mapping[str, str]) -> frozenset[str]:
    """Who is there, whose seat nobody took over, and all who are above those."""
    shown = {seat_key(s.id) for s in ground.vacant}
    for person in ground.others:
        is_missed = any(s.role is not Role.MEMBER for s in ground.held.get(person.id, ()))
        if is_missed or not ground.is_gone(person):
            shown.add(person_key(person.id))
    for key in tuple(shown):
        at = above.get(key)
        while at is not None and at not in shown:
            shown.add(at)
            at = above.get(at)
    return frozenset(shown)


def _of_person(
    ground: Ground, person: Person, above: Mapping[str, str], strengths: Mapping[str, int]
) -> Card:
    seats = ground.held.get(person.id, ())
    key = person_key(person.id)
    last, contacts = _met(ground, person)
    return Card(
        key,
        person.name,
        person.title or next((s.title for s in seats if s.title), ""),
        _standing(ground, person),
        person,
        seats,
        above.get(key),
        influence=_of_seats(ground, seats, "influence"),
        mood=_of_seats(ground, seats, "mood"),
        politics=_of_row(ground, person.id, "politics", person.politics),
        adaptability=_of_row(ground, person.id, "adaptability", person.adaptability),
        orientation=_of_row(ground, person.id, "orientation", person.orientation),
        level_now=_of_row(ground, person.id, "relation_now", person.relation_now),
        level_wanted=_of_row(ground, person.id, "relation_wanted", person.relation_wanted),
        last_contact=last,
        contacts_90=contacts,
        strength=strengths.get(key),
        outside=person.outside.value if person.outside else "",
        unproven=any(_is_unproven(ground, seat) for seat in seats),
    )


def _of_seat(ground: Ground, seat: Seat, above: Mapping[str, str]) -> Card:
    key = seat_key(seat.id)
    return Card(
        key,
        seat_name(seat),
        standing=Standing.VACANT,
        seats=(seat,),
        above=above.get(key),
        influence=_of_seats(ground, (seat,), "influence"),
    )


def _standing(ground: Ground, person: Person) -> Standing:
    if ground.is_gone(person):
        return Standing.LEFT
    return Standing.AWAY if person.status in _AWAY else Standing.HERE


def _met(ground: Ground, person: Person) -> tuple[date | None, int]:
    """Newest contact, which a CRM may also have told, and two-way contacts of 90 days."""
    found = ground.met.get(person.id, Contact())
    said = person.last_activity_on
    days = [d for d in (found.last, said) if d is not None and d <= ground.day]
    return max(days, default=None), found.two_way


def _of_seats(ground: Ground, seats: tuple[Seat, ...], field: str) -> Judged:
    """`influence` or `mood`, of the first seat that knows it."""
    for seat in seats:
        value = (seat.influence if field == "influence" else seat.mood).value
        if value is not None:
            return _of_row(ground, seat.id, field, value)
    return _UNKNOWN


def _of_row(ground: Ground, row_id: str, field: str, value: int | StrEnum | None) -> Judged:
    if value is None:
        return _UNKNOWN
    told = ground.of.told.get((row_id, field))
    if told is None:
        return Judged(value)
    age = (ground.day - told.as_of).days
    return Judged(
        value,
        told.as_of,
        told.said_by or ("" if told.source == "csm" else told.source),
        told.evidence,
        told.note,
        freshness(age, _FADING),
        age > RECHECK_DAYS,
    )


def _is_unproven(ground: Ground, seat: Seat) -> bool:
    """Whether the seat calls somebody a champion without three yeses, the newest of them fresh.

    Where no history tells their day, it is the day the seat was taken.
    """
    if seat.role is not Role.CHAMPION:
        return False
    if not (seat.has_power and seat.sells_for_us and seat.has_interest):
        return True
    days = [t.as_of for t in _told(ground, seat)] or ([seat.since] if seat.since else [])
    return not days or (ground.day - max(days)).days > CHAMPION_DAYS


def _told(ground: Ground, seat: Seat) -> Iterator[FieldChange]:
    for field in _YESES:
        told = ground.of.told.get((seat.id, field))
        if told is not None:
            yield told
