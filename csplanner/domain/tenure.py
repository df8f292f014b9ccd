"""Tenures: who held a seat before, and who holds it now (methods §5.1)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.person import Person, Seat, is_gone


@dataclass(frozen=True, slots=True)
class Tenure:
    """A time in a seat that is over; a day is None where nobody knows it."""

    id: str
    account_id: AccountId
    seat_id: str
    person_id: str
    since: date | None = None
    until: date | None = None
    why: str = ""
    evidence: str = ""


def incumbent(seat: Seat, people: Mapping[str, Person], as_of: date) -> Person | None:
    """Who sits in the seat and is still there on that day; None for a vacant seat.

    Who left stays noted in the seat until it is filled again, so that it is known who is missed.
    """
    person = people.get(seat.person_id or "")
    return None if person is None or is_gone(person, as_of) else person
