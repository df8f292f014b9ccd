"""What you decided about a signal: done, snoozed or dismissed, until its evidence changes."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId


class Verdict(StrEnum):
    """What was decided."""

    DONE = "done"
    SNOOZED = "snoozed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class Attention:
    """A verdict on one kind of signal of an account; `digest` is the signal's at that time."""

    account_id: AccountId
    signal_kind: str
    verdict: Verdict
    digest: str
    on: date | None = None
    until: date | None = None
    """Snoozed up to and without this day."""
    reason: str = ""

    def hides(self, digest: str, as_of: date) -> bool:
        """Whether the signal stays away: the evidence is the same and a snooze is not over."""
        if self.digest != digest:
            return False
        if self.verdict is Verdict.SNOOZED:
            return self.until is not None and as_of < self.until
        return True
