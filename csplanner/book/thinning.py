"""Which of many backups stay: all of late, then one a day, one a week, one a month."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta

RECENT = timedelta(days=2)
"""So long every backup stays."""

DAILY, WEEKLY, MONTHLY = 12, 10, 9
"""How many days, weeks and months keep one backup each, once they are no longer recent."""

_RECENT_DAYS = 2

Period = tuple[int, ...]


def keep(moments: Sequence[datetime], now: datetime) -> set[datetime]:
    """The moments whose backups stay; `moments` in the order they were made, oldest first.

    All of the last two days stay, counted by the clock or by days that have a backup, whichever
    reaches further: so Friday is still whole on Monday, and a clock that jumps ahead for an hour
    costs nothing. Before those the newest of each of 12 days, then of 10 weeks (ISO), then of 9
    months. Days are UTC days, so that neither daylight saving nor travel moves them. "Newest"
    goes by the order given, not by the clock; what lies in the future stays.
    """
    newest_first = [moment.astimezone(UTC) for moment in reversed(moments)]
    late = _late_days(newest_first, now)
    steps = _Steps()
    kept = set()
    for moment in newest_first:
        recent = moment > now - RECENT or moment.date() in late
        if recent or steps.takes(moment):
            steps.note(moment)
            kept.add(moment)
    return kept


def _late_days(newest_first: list[datetime], now: datetime) -> set[date]:
    """The newest days, at most two, that have a backup and are not in the future."""
    days: list[date] = []
    for moment in newest_first:
        if moment <= now and moment.date() not in days:
            days.append(moment.date())
    return set(days[:_RECENT_DAYS])


class _Steps:
    """How many days, weeks and months may still keep one, and which already have theirs."""

    def __init__(self) -> None:
        self._left = [DAILY, WEEKLY, MONTHLY]
        self._had: tuple[set[Period], ...] = (set(), set(), set())

    def takes(self, moment: datetime) -> bool:
        """Whether `moment` is the newest of a period that still has room; counts it when so."""
        for step, left in enumerate(self._left):
            if left:
                if _PERIODS[step](moment) in self._had[step]:
                    return False
                self._left[step] -= 1
                return True
        return False

    def note(self, moment: datetime) -> None:
        """Mark the day, week and month of a moment that stays as having one."""
        for had, period in zip(self._had, _PERIODS, strict=True):
            had.add(period(moment))


_PERIODS: tuple[Callable[[datetime], Period], ...] = (
    lambda moment: (moment.toordinal(),),
    lambda moment: tuple(moment.isocalendar())[:2],
    lambda moment: (moment.year, moment.month),
)
