"""What you said about a signal: done, snoozed or dismissed, until its evidence changes."""

from dataclasses import dataclass
from datetime import date

DONE, SNOOZED, DISMISSED = "done", "snoozed", "dismissed"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What you said about a signal; it holds while the evidence keeps the same digest."""

    account_id: str
    signal: str
    """The signal's kind."""
    verdict: str
    """done, snoozed or dismissed."""
    until: date | None
    """A snooze is over on this day."""
    digest: str
    reason: str = ""
    on: date | None = None
    """The day it was said."""

    def hides(self, digest: str, as_of: date) -> bool:
        """Whether the signal stays away: the evidence is the same and a snooze is not over."""
        if self.digest != digest:
            return False
        if self.verdict == SNOOZED:
            return self.until is not None and as_of < self.until
        return True
