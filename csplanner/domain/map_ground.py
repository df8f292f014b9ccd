"""What a relationship map is built of, and the ways to find in it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import FieldChange
from csplanner.domain.likeness import plain
from csplanner.domain.map_model import YOU
from csplanner.domain.map_record import AccountMap, MapPlace
from csplanner.domain.person import Person, Role, Seat, Side, is_gone
from csplanner.domain.tie import Tie
from csplanner.domain.tie_strength import Contact, contacts, met
from csplanner.domain.touch import Touch

_ROLE_ORDER = {role: at for at, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class MapMaterial:
    """The records of one account as they were known on `day`."""

    account_id: str
    account_name: str
    day: date
    people: tuple[Person, ...] = ()
    seats: tuple[Seat, ...] = ()
    ties: tuple[Tie, ...] = ()
    touches: tuple[Touch, ...] = ()
    places: tuple[MapPlace, ...] = ()
    """Those on the map that is built."""
    kept: AccountMap | None = None
    """The further map that is built; None for the map of everybody."""
    told: Mapping[tuple[str, str], FieldChange] = field(default_factory=dict)
    """The newest entry up to the day, by the id of the row and its column."""
    csm: str = ""
    """Your name."""
    tier: Tier | None = None
    decision_on: date | None = None
    elsewhere: tuple[MapPlace, ...] = ()
    """Of the map of everybody: the places on further maps, whose people stand on it too."""


def person_key(person_id: str) -> str:
    """The key of a person's card."""
    return f"p:{person_id}"


def seat_key(seat_id: str) -> str:
    """The key of the card of a seat that nobody holds."""
    return f"s:{seat_id}"


def seat_name(seat: Seat) -> str:
    """What a seat is called: its title, or its role."""
    role = ROLE_WORDS[seat.role]
    return seat.title or f"{role[:1].upper()}{role[1:]}"


def your_person(people: tuple[Person, ...], csm: str) -> Person | None:
    """The person of ours who bears your name, whatever its case and accents."""
    name = plain(csm).strip()
    if not name:
        return None
    return next((p for p in people if p.side is Side.OURS and plain(p.name).strip() == name), None)


def _is_missed(seat: Seat) -> bool:
    """Whether somebody is missed in the seat: not where it only said that they were known."""
    return seat.role is not Role.MEMBER or bool(seat.title)


class Ground:
    """Finds people by id, seats by holder and contacts by pair."""

    def __init__(self, of: MapMaterial) -> None:
        self.of = of
        self.day = of.day
        self.people = {p.id: p for p in of.people}
        self.ours = tuple(p for p in of.people if p.side is Side.OURS and not is_gone(p, of.day))
        self.others = tuple(p for p in of.people if p.side is Side.THEIRS)
        """Theirs and outsiders, those who left included."""
        you = your_person(self.ours, of.csm)
        self.you = YOU if you is None else you.id
        """Your id, or `YOU`: also the first part of the pairs that are yours."""
        self.held, self.vacant, self._of_seat = self._seated()
        self.contacts: dict[tuple[str, str], Contact] = contacts(
            of.touches,
            frozenset(p.id for p in of.people if p.side is Side.OURS),
            frozenset(p.id for p in self.others),
            self.you,
            of.day,
        )
        self.met = met(of.touches, frozenset(p.id for p in self.others), of.day)
        """Per person, what passed with anybody of ours."""

    def _seated(self) -> tuple[dict[str, tuple[Seat, ...]], tuple[Seat, ...], dict[str, str]]:
        held: dict[str, tuple[Seat, ...]] = {}
        vacant, of_seat, named = [], {}, self._named_seats()
        for seat in sorted(self.of.seats, key=lambda s: (_ROLE_ORDER[s.role], s.id)):
            holder = self.people.get(seat.person_id or "")
            if holder is None:
                if not (_is_missed(seat) or seat.id in named):
                    continue
                vacant.append(seat)
                of_seat[seat.id] = seat_key(seat.id)
            else:
                held[holder.id] = (*held.get(holder.id, ()), seat)
                of_seat[seat.id] = person_key(holder.id)
        return held, tuple(vacant), of_seat

    def _named_seats(self) -> frozenset[str | None]:
        """Seats that a line, another seat or a place on the map speaks of."""
        ties = (end for t in self.of.ties for end in (t.from_seat_id, t.to_seat_id))
        seats = (end for s in self.of.seats if s.reports_to for end in (s.id, s.reports_to))
        return frozenset((*ties, *seats, *(p.seat_id for p in self.of.places)))

    def end(self, person_id: str | None, seat_id: str | None) -> str | None:
        """The key of what a link leads to; None for who is not of the account."""
        if seat_id is not None:
            return self._of_seat.get(seat_id)
        return person_key(person_id) if person_id in self.people else None

    def ends(self, tie: Tie) -> tuple[str | None, str | None]:
        """The keys at both ends of a line that is kept."""
        return (
            self.end(tie.from_person_id, tie.from_seat_id),
            self.end(tie.to_person_id, tie.to_seat_id),
        )

    def is_gone(self, person: Person) -> bool:
        """Whether the person had left by the day."""
        return is_gone(person, self.day)

    def name_of(self, key: str) -> str:
        """Of the person, or what the vacant seat is called; empty for who is not there."""
        person = self.person_of(key)
        seat = next((s for s in self.vacant if seat_key(s.id) == key), None)
        return person.name if person else seat_name(seat) if seat else ""

    def person_of(self, key: str) -> Person | None:
        """The person a key names; None for a vacant seat, and for you without a record."""
        return self.people.get(key[2:]) if key.startswith("p:") else None
