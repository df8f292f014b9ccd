"""Promises: what one side told the other it would do, and whether it was kept (methods §12.3)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.person import Side


class PromiseState(StrEnum):
    """What became of a promise."""

    OPEN = "open"
    KEPT = "kept"
    LATE = "late"
    """Kept, but after the day it was due."""
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Promise:
    """A commitment with an owner on one side; empty text means nobody said."""

    id: str
    account_id: AccountId
    what: str
    side: Side
    owner: str = ""
    """Who keeps it."""
    to_whom: str = ""
    made_on: date | None = None
    due: date | None = None
    kept_on: date | None = None
    state: PromiseState = PromiseState.OPEN
    touch_id: str | None = None
    """The touch in which it was given."""
    objective_id: str | None = None
    """The objective it is an action of."""
