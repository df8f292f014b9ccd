"""Scorecards: the factors by which a customer measures us, and their grades (methods §8)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class Grader(StrEnum):
    """Who graded: the customer's senior or day-to-day people, or we before seeing theirs."""

    SENIOR = "senior"
    DAY_TO_DAY = "day_to_day"
    OUR_GUESS = "our_guess"


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One round, such as `2026-Q1`; `meets` is the grade that meets expectations."""

    id: str
    account_id: AccountId
    quarter: str
    sent_on: date | None = None
    returned_on: date | None = None
    meets: int = 70_000
    """In thousandths of a point, 0 to 100,000."""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ScorecardFactor:
    """A factor in the customer's own words with its weight in thousandths."""

    id: str
    account_id: AccountId
    scorecard_id: str
    words: str
    weight: Fact[int] = UNKNOWN
    must_have: bool = False
    position: int = 0
    same_as: str = ""
    """Id of the factor of an earlier round that it continues; empty where a trend breaks."""


@dataclass(frozen=True, slots=True)
class ScorecardGrade:
    """What one respondent gave a factor, in thousandths of 100 points; unknown: cannot judge."""

    id: str
    account_id: AccountId
    factor_id: str
    level: Grader
    grade: Fact[int] = UNKNOWN
    person_id: str | None = None
    words: str = ""
    on: date | None = None
