"""What the customer wants to achieve, in their own metric."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class ObjectiveStatus(StrEnum):
    """Where an objective stands."""

    AGREED = "agreed"
    PROPOSED = "proposed"
    REACHED = "reached"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Objective:
    """A goal with baseline, target and actual in thousandths of `unit` (`81000` = 81 %)."""

    id: str
    account_id: AccountId
    title: str
    unit: str = ""
    baseline: Fact[int] = UNKNOWN
    actual: Fact[int] = UNKNOWN
    target: Fact[int] = UNKNOWN
    actual_on: date | None = None
    actual_source: str = ""
    due: date | None = None
    owner: str = ""
    """Who at the customer owns it."""
    agreed_on: date | None = None
    status: ObjectiveStatus = ObjectiveStatus.PROPOSED
    problem: str = ""
    """The business problem behind it."""
    affects: str = ""
    """Which of their own customers it touches."""
    sponsor: str = ""
    """The senior person who wants it."""
    metric: str = ""
    """Their business metric; `actual_source` is the system it is read from."""
    read_by: str = ""
    """Who at the customer reads the metric."""
    baseline_on: date | None = None
    contribution: str = ""
    """How we fit in."""
    criteria: str = ""
    """By what it is tested."""
    risks: str = ""
    appetite: str = ""
    agreed_by: str = ""
    """Who at the customer agreed; unsigned it is ours only."""
    confirmed_by: str = ""
    """Who at the customer confirmed the actual value."""

    @property
    def progress(self) -> float | None:
        """Share of the way from baseline to target, 0 to 1 clamped; None when it cannot be said."""
        start, now, goal = self.baseline.value, self.actual.value, self.target.value
        if start is None or now is None or goal is None or goal == start:
            return None
        return max(0.0, min(1.0, (now - start) / (goal - start)))
