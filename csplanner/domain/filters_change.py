"""What a filter asks of the past: from what to what, by how much, since when."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

DEFAULT_DAYS = 90
_SPAN = re.compile(r"(?:^|\s)(?:since (\d{4}-\d\d-\d\d)|in (\d+) days)$")
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?)( %)?")
_FROM_TO = re.compile(r"(?:from (?P<was>.+?))?(?:(?:^| )to (?P<became>.+))?")


@dataclass(frozen=True, slots=True)
class Change:
    """A change over a time: `since` a day, or over the last `days`; empty texts mean any value."""

    was: str = ""
    became: str = ""
    amount: str = ""
    """By how much at least, as a plain number; empty for by anything."""
    is_percent: bool = False
    since: date | None = None
    days: int = DEFAULT_DAYS

    def start(self, as_of: date) -> date:
        """The last day on which the former state still counts."""
        if self.since is not None:
            return self.since - timedelta(days=1) if self.since > date.min else self.since
        return as_of - timedelta(days=min(self.days, 36_500))

    def __str__(self) -> str:
        parts = [f"from {self.was}"] if self.was else []
        if self.became:
            parts.append(f"to {self.became}")
        if self.amount:
            parts.append(f"{self.amount} %" if self.is_percent else self.amount)
        parts.append(f"since {self.since}" if self.since else f"in {self.days} days")
        return " ".join(parts)


def change_of(value: str) -> Change:
    """The change a condition's value holds, as `str` wrote it."""
    found = _SPAN.search(value)
    since = date.fromisoformat(found[1]) if found and found[1] else None
    days = int(found[2]) if found and found[2] else DEFAULT_DAYS
    rest = value[: found.start()].strip() if found else value.strip()
    if amount := _AMOUNT.fullmatch(rest):
        return Change("", "", amount[1], amount[2] is not None, since, days)
    states = _FROM_TO.fullmatch(rest)
    if states is None:
        return Change(since=since, days=days)
    return Change(states["was"] or "", states["became"] or "", since=since, days=days)
