"""Time entries: minutes given to an account; they power the hours of methods §4.5."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId


@dataclass(frozen=True, slots=True)
class TimeEntry:
    """Minutes spent on one kind of work, in a touch where `touch_id` says so."""

    id: str
    account_id: AccountId
    on: date
    kind: str
    minutes: int
    touch_id: str | None = None
    note: str = ""
