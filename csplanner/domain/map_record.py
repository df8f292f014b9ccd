"""What is kept of maps besides people, seats and ties: names, places, answers to proposals."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId

FAR = 40_000
"""Pixels from the middle of a map beyond which nothing is put: a map of thousands needs less."""


def near(x: float, y: float) -> tuple[int, int]:
    """The place in whole pixels, drawn in where it lies too far out to be found or painted."""
    return max(-FAR, min(FAR, round(x))), max(-FAR, min(FAR, round(y)))


@dataclass(frozen=True, slots=True)
class AccountMap:
    """A further map of an account, such as of a division; the map of everybody is not kept."""

    id: str
    account_id: AccountId
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class MapPlace:
    """Where a person or a vacant seat stands on a map, or that it is parked beside it.

    `map_id` None is the map of everybody. A further map shows those who have a place on it.
    `x` and `y` are pixels of the scene; None lets the layout decide.
    """

    id: str
    account_id: AccountId
    map_id: str | None = None
    person_id: str | None = None
    seat_id: str | None = None
    x: int | None = None
    y: int | None = None
    parked: bool = False

    def __post_init__(self) -> None:
        if (self.person_id is None) == (self.seat_id is None):
            raise ValueError("a place is of a person or of a seat")
        if (self.x is None) != (self.y is None):
            raise ValueError("a place has both coordinates or none")


@dataclass(frozen=True, slots=True)
class LineSaid:
    """What you say of a line between two cards; what you leave out is not said."""

    label: str = ""
    weight: int = 1
    """1 to 3."""
    strength: int | None = None
    """0 to 100, of one of ours and one of theirs."""
    due: date | None = None
    """The day a planned pair meets."""
    evidence: str = ""
    on: date | None = None
    """The day it was so; today when None."""
    ours_did: str = ""
    they_asked: str = ""

    def __post_init__(self) -> None:
        if not 1 <= self.weight <= 3:
            raise ValueError("a weight is 1 to 3")
        if self.strength is not None and not 0 <= self.strength <= 100:
            raise ValueError("a strength is 0 to 100")


class MapVerdict(StrEnum):
    """What you said to a proposed change of the map."""

    TAKEN = "taken"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class MapAnswer:
    """Your answer to a proposed change, so that it is not proposed again."""

    id: str
    account_id: AccountId
    proposal: str
    """The key of the proposal, see `domain.map_proposals`."""
    verdict: MapVerdict
    on: date
