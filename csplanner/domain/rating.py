"""Ratings: what a customer said of one experience along the journey (methods §9.1)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class Scale(StrEnum):
    """How a rating is to be read: 0 to 10, 1 to 5, 1 to 7."""

    NPS = "nps"
    CSAT = "csat"
    CES = "ces"


class Respondent(StrEnum):
    """From where in the customer's house somebody speaks."""

    SENIOR = "senior"
    DAY_TO_DAY = "day_to_day"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Rating:
    """One answer about one touchpoint; `cause` and `fix` close the loop on a poor one."""

    id: str
    account_id: AccountId
    on: date
    touchpoint: str
    scale: Scale
    value: Fact[int] = UNKNOWN
    """As answered, on its scale."""
    person_id: str | None = None
    level: Respondent = Respondent.UNKNOWN
    words: str = ""
    function: str = ""
    """The function accountable for the experience."""
    owner: str = ""
    cause: str = ""
    fix: str = ""
    closed_on: date | None = None
