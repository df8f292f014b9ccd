"""What the sample's CSM drew on relationship maps: lines, vacant seats, judgements, outsiders."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from csplanner.book.book import Book
from csplanner.book.ids import derived_id
from csplanner.domain.account import AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_record import AccountMap, MapPlace
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
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.touch import Touch
from csplanner.domain.value import UNKNOWN, Fact

Step = Mapping[str, Any]
_STANCES = {
    "level": Level,
    "politics": Politics,
    "adaptability": Adaptability,
    "orientation": Orientation,
    "relation_now": Relation,
    "relation_wanted": Relation,
}
_YESES = ("has_power", "sells_for_us", "has_interest")


class Mapped:
    """Records one step each; `place` is an id that no other step of the sample has."""

    def __init__(self, book: Book) -> None:
        self._book = book

    def called(self, account: AccountId, step: Step, _place: str) -> None:
        """The name somebody goes by."""
        self._book.people.update(self._person(account, step["person"]).id, name=step["name"])

    def stance(self, account: AccountId, step: Step, _place: str) -> None:
        """How high somebody stands, how near to decisions, how they see us."""
        known = {name: kind(step[name]) for name, kind in _STANCES.items() if name in step}
        person = self._person(account, step["person"]).id
        self._book.people.update(person, on_evidence=evidence(step), **known)

    def yeses(self, account: AccountId, step: Step, _place: str) -> None:
        """The three questions of a champion, answered."""
        person = self._person(account, step["person"]).id
        seat = next(s for s in self._book.seats.of(account) if s.person_id == person)
        answers = dict(zip(_YESES, step["answers"], strict=True))
        self._book.seats.update(seat.id, on_evidence=evidence(step), **answers)

    def vacant(self, account: AccountId, step: Step, place: str) -> None:
        """A seat nobody is known to hold, and who reports to it."""
        seat = self._book.seats.add(Seat(place, account, Role(step["role"]), title=step["title"]))
        on = date.fromisoformat(step["on"])
        for name in step["below"]:
            person = self._person(account, name).id
            self._book.ties.add(
                Tie(
                    derived_id(place, name), account, TieKind.REPORTS, person,
                    to_seat_id=seat.id, as_of=on,
                )
            )  # fmt: skip

    def line(self, account: AccountId, step: Step, place: str) -> None:
        """A line between two people."""
        strength = step.get("strength")
        due = step.get("due")
        self._book.ties.add(
            Tie(
                place, account, TieKind(step["kind"]),
                self._person(account, step["start"]).id, self._person(account, step["end"]).id,
                strength=UNKNOWN if strength is None else Fact(strength),
                evidence=step.get("note", ""), as_of=date.fromisoformat(step["on"]),
                label=step.get("label", ""), weight=step.get("weight", 1),
                due=None if due is None else date.fromisoformat(due),
                ours_did=step.get("ours_did", ""), they_asked=step.get("they_asked", ""),
            )
        )  # fmt: skip

    def attended(self, account: AccountId, step: Step, _place: str) -> None:
        """Who else took part in a touch that the CRM had without them."""
        touch = self._touch(account, date.fromisoformat(step["on"]), step["topic"])
        self._book.touches.took_part(
            touch, [self._person(account, name).id for name in step["people"]]
        )

    def outsider(self, account: AccountId, step: Step, place: str) -> None:
        """Somebody who stands at the account and works elsewhere."""
        self._book.people.add(
            Person(
                place, account, step["name"], title=step["title"],
                outside=Outside(step["outside"]), company=step["company"],
            )
        )  # fmt: skip

    def further_map(self, account: AccountId, step: Step, place: str) -> None:
        """A map of its own for some of the people."""
        kept = self._book.maps.add(AccountMap(place, account, step["name"]))
        for name in step["people"]:
            person = self._person(account, name).id
            self._book.map_places.add(
                MapPlace(derived_id(place, name), account, kept.id, person_id=person)
            )

    def _person(self, account: AccountId, name: str) -> Person:
        return next(p for p in self._book.people.of(account) if p.name == name)

    def _touch(self, account: AccountId, on: date, topic: str) -> Touch:
        return next(t for t in self._book.touches.of(account) if (t.on, t.topic) == (on, topic))


def evidence(step: Step) -> Evidence | None:
    """What a step says it rests on; None when it says nothing."""
    if "told_by" not in step and "note" not in step:
        return None
    kind = EvidenceKind.TOLD if step.get("told_by") else EvidenceKind.OBSERVED
    on = date.fromisoformat(step["on"])
    return Evidence(kind, step.get("told_by", ""), step.get("note", ""), on)
