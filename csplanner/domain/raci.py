"""Who does what in an account, cell by cell (methods §10)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId


class Letter(StrEnum):
    """Responsible, accountable, consulted or informed."""

    RESPONSIBLE = "R"
    ACCOUNTABLE = "A"
    CONSULTED = "C"
    INFORMED = "I"


class RaciSide(StrEnum):
    """Which of the two tables a cell stands in; they are kept apart."""

    INTERNAL = "internal"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class RaciCell:
    """One letter of a party in an activity; a party that is A and R has two cells."""

    id: str
    account_id: AccountId
    activity: str
    party: str
    letter: Letter
    side: RaciSide = RaciSide.INTERNAL
    person_id: str | None = None
    """The named person behind the party."""
    agreed_on: date | None = None
    note: str = ""
