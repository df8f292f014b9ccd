"""When the meetings of a series begin, by a rule that anybody may have written.

The library looks for the next one until the year 9999 where a rule never comes. Here it takes no
more steps than there are periods up to the last day looked at, and asks before each of them.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Self

_MOST_RUNS = 40_000
"""Occurrences of one series that are counted from its start."""
_LONGEST_RULE = 400
"""Characters; a rule with every day of a month and every month in it has fewer."""
_DAYS = {"DAILY": 1, "WEEKLY": 7, "MONTHLY": 28, "YEARLY": 365}
"""The fewest days of a period."""
_AHEAD = 3
"""Periods before the first day looked at from which a series is written out."""


@dataclass(frozen=True, slots=True)
class Reach:
    """From when to when runs are wanted, by the clock of the series."""

    least: datetime
    most: datetime


def runs(
    rule: str, begin: datetime, zone: tzinfo | None, reach: Reach, *, ask: Callable[[], None]
) -> Iterator[datetime]:
    """The runs of a series that begins at `begin`, at least all those within reach, in order.

    `ask` is called before every period and may raise. Raises ValueError for a rule that is none
    or comes oftener than a day, which is no meeting.
    """
    from dateutil.rrule import rrule, rrulestr

    days = _period(rule)
    every = int(found[1]) if (found := re.search(r"INTERVAL=([^;]*)", rule)) else 1
    if every < 1:
        raise ValueError("no interval")
    if "COUNT=" not in rule and days <= 7:
        # What came before needs no counting; whole periods keep days of the week as they are.
        late = (reach.least - begin).days // (days * every) - _AHEAD
        begin += timedelta(days=max(0, late) * days * every)
    found_rule = rrulestr(_ending(rule, zone, reach.most), dtstart=begin)
    if not isinstance(found_rule, rrule):
        raise TypeError("no rule")
    most = (reach.most - begin).days // days // every + _AHEAD
    step = _Step.of(every, most, ask)
    try:
        for number, run in enumerate(found_rule.replace(interval=step)):
            if run > reach.most or number > _MOST_RUNS:
                return
            yield run
    except _OverError:
        return


class _OverError(Exception):
    """No period is left within reach."""


class _Step(int):
    """How many days, weeks, months or years a series goes on; counts how often it does.

    The library adds it once for every period, whether that has a run or not: nothing else of it
    is asked between two runs.
    """

    left: int
    ask: Callable[[], None]

    @classmethod
    def of(cls, every: int, most: int, ask: Callable[[], None]) -> Self:
        step = cls(every)
        step.left, step.ask = most, ask
        return step

    def _go(self) -> None:
        self.ask()
        self.left -= 1
        if self.left < 0:
            raise _OverError

    def __radd__(self, other: int) -> int:
        self._go()
        return int(other) + int(self)

    def __mul__(self, other: int) -> int:
        self._go()
        return int(self) * other


def _period(rule: str) -> int:
    """The fewest days of a period of the rule; ValueError where it is none of a meeting."""
    frequency = re.search(r"FREQ=(\w+)", rule)
    if frequency is None or frequency[1] not in _DAYS or len(rule) > _LONGEST_RULE:
        raise ValueError("no meetings")
    if re.search(r"BY(HOUR|MINUTE|SECOND)=[^;]*,|BY(YEARDAY|WEEKNO|EASTER)=", rule):
        raise ValueError("no meetings")
    return _DAYS[frequency[1]]


def _ending(rule: str, zone: tzinfo | None, most: datetime) -> str:
    """A rule with an end within reach, by the clock of its series."""
    if "COUNT=" in rule:
        return rule
    last = most
    if match := re.search(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?", rule):
        said = datetime.strptime(match[1] + (match[2] or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007
        if match[3] and zone is not None:
            said = said.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None)
        last = min(said, most)
    parts = [p for p in rule.split(";") if p and not p.startswith("UNTIL=")]
    return ";".join((*parts, f"UNTIL={last:%Y%m%dT%H%M%S}"))
