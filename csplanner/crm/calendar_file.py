"""An iCalendar file as plain meetings: each on its day in local time, series written out.

A file may come from anybody. Only the text of its events is given to the library, piece by piece:
what stands around them (time zones with rules of their own, alarms) is left out, and every count
has an end.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from time import monotonic

from csplanner.crm.calendar_event import (
    UNREADABLE,
    CalendarEvent,
    Guest,
    Moment,
    parsed,
    zone_called,
)
from csplanner.crm.calendar_series import Reach, runs
from csplanner.crm.calendar_text import MOST_EVENTS, events_in, is_withdrawn_in, text_of
from csplanner.domain.wording import number_text
from csplanner.errors import UserError
from csplanner.language import tr

MOST_MEETINGS = 5_000
"""Meetings within the days that are looked at."""
_MOST_SECONDS = 10.0
_LONGEST = 24 * 60


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting on one day; `uid` and `run` are the same whenever the same one is read again."""

    uid: str
    run: str
    """Which one of a series, empty for a single meeting."""
    title: str
    on: date
    at: str = ""
    """Local time, `14:30`; empty for a whole day."""
    minutes: int | None = None
    is_cancelled: bool = False
    guests: tuple[Guest, ...] = ()
    """With who asked them, without those who declined and without rooms."""


@dataclass(frozen=True, slots=True)
class CalendarFile:
    """The meetings of a file by day, and what was left out of it."""

    meetings: tuple[Meeting, ...]
    unreadable: int = 0
    """Events that are none."""
    zones: tuple[str, ...] = ()
    """Time zones nobody knows: their times were taken as local."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are looked at, both included, and the time zone (None: the computer's)."""

    first: date
    last: date
    zone: tzinfo | None = None


def read_calendar(path: Path, span: Span) -> CalendarFile:
    """The meetings of a file within these days.

    Raises UserError when it is no calendar, too large, or takes too long.
    """
    text = text_of(path)
    return _Reader(path.name, span).read(list(events_in(text, path.name)), is_withdrawn_in(text))


@dataclass(slots=True)
class _Reader:
    """Reads the events of one file."""

    name: str
    span: Span
    unreadable: int = 0
    zones: dict[str, None] = field(default_factory=dict)
    until: float = 0.0

    def read(self, events: list[list[str]], is_withdrawn: bool) -> CalendarFile:
        """The meetings that these events say."""
        self.until = monotonic() + _MOST_SECONDS
        found: dict[tuple[str, str], Meeting] = {}
        moved: dict[tuple[str, str], Meeting] = {}
        for lines in events:
            self._keep_time()
            try:
                event = parsed(lines)
                meetings = list(self._meetings(event))
            except UNREADABLE:
                self.unreadable += 1
                continue
            into = found if event.run is None else moved
            into.update({(m.uid, m.run): m for m in meetings})
            if len(found) > MOST_MEETINGS + MOST_EVENTS:
                raise self._too_many()
        # One of a series that was moved or cancelled stands for itself.
        every = (found | moved).values()
        here = [m for m in every if self.span.first <= m.on <= self.span.last]
        if len(here) > MOST_MEETINGS:
            raise self._too_many()
        if is_withdrawn:
            here = [replace(m, is_cancelled=True) for m in here]
        here.sort(key=lambda m: (m.on, m.at, m.title, m.uid, m.run))
        return CalendarFile(tuple(here), self.unreadable, tuple(self.zones))

    def _too_many(self) -> UserError:
        return UserError(
            tr("{0} has more than {1} meetings in these days. Choose fewer days.").format(
                self.name, number_text(MOST_MEETINGS)
            )
        )

    def _keep_time(self) -> None:
        if monotonic() > self.until:
            raise UserError(
                tr("{0} takes too long to read. Export fewer months.").format(self.name)
            )

    # --- one event ---

    def _meetings(self, event: CalendarEvent) -> Iterator[Meeting]:
        if event.run is not None:
            yield self._meeting(event, event.start, self._run_name(event.run))
            return
        if not event.rule and not event.also:
            yield self._meeting(event, event.start, "")
            return
        without = {self._run_name(moment) for moment in event.without}
        for start in self._starts(event):
            run = self._run_name(start)
            if run not in without:
                yield self._meeting(event, start, run)

    def _meeting(self, event: CalendarEvent, start: Moment, run: str) -> Meeting:
        local = self._aware(start)
        return Meeting(
            event.uid,
            run,
            event.title,
            start.value if local is None else local.date(),
            "" if local is None else f"{local:%H:%M}",
            self._minutes(event),
            event.is_cancelled,
            event.guests,
        )

    def _minutes(self, event: CalendarEvent) -> int | None:
        begins = self._aware(event.start)
        if begins is None:
            return None
        ends = None if event.end is None else self._aware(event.end)
        length = event.length if ends is None else ends - begins
        minutes = 0 if length is None else int(length.total_seconds() // 60)
        return minutes if 0 < minutes <= _LONGEST else None

    def _aware(self, moment: Moment) -> datetime | None:
        """The moment in local time; None for a whole day."""
        value = moment.value
        if not isinstance(value, datetime):
            return None
        if value.tzinfo is None:
            # A time without a zone is meant wherever one is.
            value = value.replace(tzinfo=self._zone(moment.zone) or self.span.zone)
        return value.astimezone(self.span.zone)

    def _zone(self, name: str) -> tzinfo | None:
        zone = zone_called(name) if name else None
        if name and zone is None:
            self.zones[name[:80]] = None
        return zone

    def _run_name(self, moment: Moment) -> str:
        at = self._aware(moment)
        return moment.value.isoformat() if at is None else f"{at.astimezone(UTC):%Y%m%dT%H%M}"

    # --- series ---

    def _starts(self, event: CalendarEvent) -> Iterator[Moment]:
        """When the runs of a series begin, by the clock of its zone, within the days looked at."""
        first = event.start.value
        zone = first.tzinfo if isinstance(first, datetime) else None
        begin = _by_clock(first, zone)
        # A day more on either side: zones differ.
        least = datetime.combine(self.span.first - timedelta(days=1), time())
        most = datetime.combine(self.span.last + timedelta(days=2), time())
        starts = {begin, *(_by_clock(m.value, zone) for m in event.also)}
        if event.rule:
            reach = Reach(least, most)
            starts.update(runs(event.rule, begin, zone, reach, ask=self._keep_time))
        for run in sorted(s for s in starts if least <= s <= most):
            if isinstance(first, datetime):
                yield Moment(run.replace(tzinfo=zone), event.start.zone)
            else:
                yield Moment(run.date())


def _by_clock(value: date | datetime, zone: tzinfo | None) -> datetime:
    """The moment as the clock of the series says it."""
    if not isinstance(value, datetime):
        return datetime.combine(value, time())
    if value.tzinfo is not None and zone is not None:
        value = value.astimezone(zone)
    return value.replace(tzinfo=None)
