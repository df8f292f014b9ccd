"""Seats that nobody holds, outsiders, and what is judged of people on a relationship map."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast

from csplanner.book.ids import new_id
from csplanner.book.map_keys import End, end_of
from csplanner.book.map_lines import MapLines, need_past
from csplanner.book.map_roles import OF_ROLE, seat_meant
from csplanner.domain.account import AccountId
from csplanner.domain.evidence import Evidence
from csplanner.domain.map_chiefs import chiefs, circle_above, said
from csplanner.domain.map_ground import Ground, person_key, seat_key, seat_name
from csplanner.domain.person import (
    Adaptability,
    Level,
    Orientation,
    Outside,
    Person,
    Politics,
    Relation,
    Role,
    Seat,
)
from csplanner.domain.value import UNKNOWN, fact
from csplanner.errors import UserError
from csplanner.language import tr

OF_PERSON = frozenset(
    {"politics", "adaptability", "orientation", "relation_now", "relation_wanted", "level"}
)
"""Judgements kept with the person; the others are kept with a seat."""
OF_SEAT = frozenset(
    {"influence", "mood", "role", "has_power", "sells_for_us", "has_interest", "title"}
)
_FACTS = frozenset({"influence", "mood"})
_KINDS: Mapping[str, Callable[[Any], object]] = {
    "role": Role, "level": Level, "politics": Politics, "adaptability": Adaptability,
    "orientation": Orientation, "relation_now": Relation, "relation_wanted": Relation,
}  # fmt: skip
_RANGES = {"influence": range(1, 6), "mood": range(-2, 3)}


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody who is put on a map: one of theirs, or an outsider."""

    name: str
    title: str = ""
    department: str = ""
    level: Level = Level.UNKNOWN
    role: Role | None = None
    """Gives them a seat."""
    outside: Outside | None = None
    company: str = ""
    """Where an outsider works."""
    email: str = ""


class MapPeople(MapLines):
    """The verbs about seats, people and judgements; each is one step of undo."""

    def add_vacancy(
        self,
        account_id: str,
        role: Role,
        *,
        title: str = "",
        above: str | None = None,
        map_id: str = "",
    ) -> str:
        """A seat that nobody holds, such as “we need a COO”; returns its key on the map."""
        self._book.accounts.get(account_id)
        seat = Seat(new_id(), AccountId(account_id), role, title=title.strip())
        with self._book.change(tr("Add the vacant seat {0}").format(seat_name(seat))):
            self._book.seats.add(seat)
            if above is not None:
                self.report_to(account_id, seat_key(seat.id), above)
            if map_id or (role is Role.MEMBER and not seat.title):
                self._keep_on(account_id, map_id, [End(seat=seat)])
        return seat_key(seat.id)

    def settle_filled(self, account_id: str, seat_id: str, person: Person) -> None:
        """Give the place of a seat that was vacant to who holds it now, inside an open change.

        Raises UserError where they would report to themselves.
        """
        self._move_places(account_id, seat_id, person.id)
        self._promote(account_id, End(person))

    def settle_succeeded(self, account_id: str, former: Person, heir: Person) -> None:
        """Let all who reported to somebody who left report to who took the seat over, inside an
        open change.

        An heir from below them takes their place in the hierarchy, as does one without a chief.
        """
        above = {c: a for c, (a, _) in chiefs(self._ground(account_id)).items()}
        left, taker = person_key(former.id), person_key(heir.id)
        below = [key for key, chief in above.items() if chief == left and key != taker]
        chief = above.get(left)
        is_below = bool(circle_above(above, left, taker))
        if is_below or (taker not in above and chief and not circle_above(above, taker, chief)):
            self.report_to(account_id, taker, chief)
        for key in below:
            self.report_to(account_id, key, taker)

    def _promote(self, account_id: str, who: End) -> None:
        """Where their own chief now reports to them, they take the place of the seat."""
        ground = self._ground(account_id)
        key = who.key
        own = said(ground).get(key)
        if own is None or not circle_above(_above(ground), key, own[0]):
            return
        if who.person is not None and who.person.reports_to:
            self._book.people.update(who.person.id, reports_to=None)
        ground = self._ground(account_id)
        own = said(ground).get(key)
        if own is not None and circle_above(_above(ground), key, own[0]):
            raise UserError(
                tr(
                    "{0} would report to {0} in a circle. Let them report to somebody else first."
                ).format(who.name)
            )

    def _move_places(self, account_id: str, seat_id: str, person_id: str) -> None:
        places = self._book.map_places.of(account_id)
        theirs = {p.map_id for p in places if p.person_id == person_id}
        for place in places:
            if place.seat_id != seat_id:
                continue
            if place.map_id in theirs:
                self._book.map_places.remove(place.id)
            else:
                self._book.map_places.update(place.id, person_id=person_id, seat_id=None)

    def add_person(
        self, account_id: str, new: NewPerson, *, above: str | None = None, map_id: str = ""
    ) -> str:
        """One of theirs, or an outsider, on the map; returns the key. UserError without a name."""
        if not new.name.strip():
            raise UserError(tr("Somebody on the map needs a name. Type one, then add them again."))
        self._book.accounts.get(account_id)
        person = Person(
            new_id(), AccountId(account_id), new.name.strip(), title=new.title.strip(),
            department=new.department.strip(), level=new.level, outside=new.outside,
            company=new.company.strip(), email=new.email.strip(),
        )  # fmt: skip
        with self._book.change(tr("Add {0} to the map").format(person.name)):
            self._book.people.add(person)
            if new.role is not None:
                self._book.seats.add(
                    Seat(new_id(), person.account_id, new.role, person.id, since=self._book.today)
                )
            if above is not None:
                self.report_to(account_id, person_key(person.id), above)
            self._keep_on(account_id, map_id, [End(person)])
        return person_key(person.id)

    def add_outsider(
        self, account_id: str, name: str, outside: Outside, *, company: str = "", title: str = ""
    ) -> str:
        """Somebody of a partner, consultant or competitor on the map; returns the key."""
        return self.add_person(account_id, NewPerson(name, title, outside=outside, company=company))

    # --- judgements ---

    def judge(
        self, account_id: str, key: str, field: str, value: object, evidence: Evidence
    ) -> None:
        """Keep one judgement with what it rests on, also when it is only confirmed; None is
        unknown. See `judge_all`.
        """
        self.judge_all(account_id, key, {field: value}, evidence)

    def judge_all(
        self, account_id: str, key: str, values: Mapping[str, object], evidence: Evidence,
        *, seat: str = "",
    ) -> None:  # fmt: skip
        """Keep several judgements of one card, by field, as one step.

        A role and the three yeses are kept with `seat`, an id or `map_roles.ALSO` (see
        `map_roles.seat_meant`). A person without a seat gets one as a member of the team. Raises
        KeyError for a field that is not judged, ValueError for a value out of range, and UserError
        for one of ours and for a day that has not come.
        """
        values = {field: _judged(field, value) for field, value in values.items()}
        who = end_of(self._book, account_id, key)
        if who.is_ours:
            words = tr("{0} is one of ours: only their people are judged. Choose one of theirs.")
            raise UserError(words.format(who.name))
        need_past(self._book, evidence.on)
        with self._book.change(tr("Judge {0}").format(who.name)):
            own: dict[str, Any] = {f: v for f, v in values.items() if f in OF_PERSON}
            if own and who.person is None:
                raise UserError(tr("Nobody holds that seat. Fill it, then judge who holds it."))
            if own and who.person is not None:
                own = {
                    f: Level.UNKNOWN if f == "level" and v is None else v for f, v in own.items()
                }
                self._book.people.update(who.person.id, on_evidence=evidence, **own)
            of_seat = {f: v for f, v in values.items() if f in OF_SEAT}
            if of_seat:
                self._judge_seat(self._seats_of(account_id, who), of_seat, evidence, seat)

    def _judge_seat(
        self, seats: tuple[Seat, ...], values: dict[str, Any], evidence: Evidence, said: str
    ) -> None:
        facts = {f: UNKNOWN if values[f] is None else fact(values[f]) for f in _FACTS & set(values)}
        if "role" in values and values["role"] is None:
            values = {**values, "role": Role.MEMBER}
        of_role = {f: v for f, v in values.items() if f in OF_ROLE}
        rest = {f: v for f, v in values.items() if f not in OF_ROLE}
        if rest:
            self._book.seats.update(seats[0].id, on_evidence=evidence, **{**rest, **facts})
        # Influence and mood are of the person: whichever role they lose, what is newest stays.
        for seat in seats[1:] if facts else ():
            self._book.seats.update(seat.id, on_evidence=evidence, **cast("Any", facts))
        if of_role:
            meant = seat_meant(seats, of_role, said) or self._further_seat(seats[0])
            others = [s.role for s in seats if s.id != meant.id]
            if of_role.get("role") is Role.MEMBER and Role.MEMBER in others:
                self._book.seats.give_up(meant.id)
            else:
                self._book.seats.update(meant.id, on_evidence=evidence, **of_role)

    def _further_seat(self, beside: Seat) -> Seat:
        return self._book.seats.add(
            Seat(new_id(), beside.account_id, Role.MEMBER, beside.person_id, since=self._book.today)
        )

    def _seats_of(self, account_id: str, who: End) -> tuple[Seat, ...]:
        """The seats of a card, in the order of roles; a new one where there is none."""
        if who.seat is not None:
            return (who.seat,)
        held = self._ground(account_id).held.get(who.person_id or "", ())
        if held:
            return held
        made = Seat(new_id(), AccountId(account_id), Role.MEMBER, who.person_id)
        return (self._book.seats.add(made),)


def _above(ground: Ground) -> dict[str, str | None]:
    return {c: a for c, (a, _) in said(ground).items()}


def _judged(field: str, value: object) -> object:
    """The value as it is kept."""
    if field not in OF_PERSON | OF_SEAT:
        raise KeyError(field)
    if value is None:
        return None
    if field in _RANGES and (isinstance(value, bool) or value not in _RANGES[field]):
        raise ValueError(f"{field} cannot be {value}")
    return _KINDS[field](value) if field in _KINDS else value
