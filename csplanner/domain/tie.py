"""Ties: lines between people or seats on the relationship map (methods §5.2, §5.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class TieKind(StrEnum):
    """What a line says."""

    REPORTS = "reports"
    INFLUENCES = "influences"
    DOUBTS = "doubts"
    KNOWS = "knows"
    PAIRED = "paired"
    """A planned pair of executives, theirs and ours."""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line with a person or a seat at each end, never both; a seat's line outlives its holder.

    `strength` is 0 to 100 as stated; the computed one is not stored.
    """

    id: str
    account_id: AccountId
    kind: TieKind
    from_person_id: str | None = None
    to_person_id: str | None = None
    from_seat_id: str | None = None
    to_seat_id: str | None = None
    strength: Fact[int] = UNKNOWN
    evidence: str = ""
    as_of: date | None = None
    label: str = ""
    """What is drawn beside the line, such as “budget”."""
    weight: int = 1
    """1 to 3: how much it bears."""
    due: date | None = None
    """The day a planned pair meets."""
    ours_did: str = ""
    """Of a pair: what our executive did since they last met (methods §5.5)."""
    they_asked: str = ""
    """Of a pair: what theirs asked for."""

    def __post_init__(self) -> None:
        for person, seat in (
            (self.from_person_id, self.from_seat_id),
            (self.to_person_id, self.to_seat_id),
        ):
            if (person is None) == (seat is None):
                raise ValueError("a tie has a person or a seat at each end")
