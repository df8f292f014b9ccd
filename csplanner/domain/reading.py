"""Readings: stored health results, immutable once written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId


class Band(StrEnum):
    """The colour of a score; NONE means not enough data."""

    GOOD = "good"
    WATCH = "watch"
    RISK = "risk"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Reading:
    """Score, bounds and coverage in thousandths (61800 = 61.8 points; coverage 725 = 72.5 %)."""

    id: str
    account_id: AccountId
    as_of: date
    score: int | None
    low: int
    high: int
    coverage: int
    raw_band: Band
    band: Band
    """The band shown, after hysteresis and caps."""
    caps: tuple[str, ...] = ()
    definition: int = 1
    """Version of the score definition in force."""
