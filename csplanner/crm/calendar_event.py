"""One event of an iCalendar file as plain values; the library stays behind this."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from icalendar import Event

UNREADABLE = (ValueError, TypeError, KeyError, IndexError, AttributeError, OverflowError)
"""What is raised over an event that is none."""
# Before 1970 some systems know no local time.
_OLDEST, _NEWEST = date(1971, 1, 1), date(2199, 12, 31)
_MOST_GUESTS = 200


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody who was asked to a meeting, by mail address in small letters."""

    email: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a moment: with its zone, or without one in that called `zone`, if any."""

    value: date | datetime
    zone: str = ""


@dataclass(frozen=True, slots=True)
class CalendarEvent:
    """What one event says, a series not yet written out."""

    uid: str
    title: str
    start: Moment
    end: Moment | None
    length: timedelta | None
    is_cancelled: bool
    run: Moment | None
    """Which one of its series it stands for."""
    rule: str
    also: tuple[Moment, ...]
    without: tuple[Moment, ...]
    guests: tuple[Guest, ...]


class _Property(Protocol):
    """What the library makes of a line."""

    dt: object
    params: Mapping[str, str]

    def to_ical(self) -> bytes: ...


def parsed(lines: list[str]) -> CalendarEvent:
    """The event that these lines say; raises one of UNREADABLE when it is none."""
    from icalendar import Event

    event = Event.from_ical("\r\n".join(("BEGIN:VEVENT", *lines, "END:VEVENT", "")))
    if not isinstance(event, Event):
        raise TypeError("no event")
    begins = next(_said(event, "DTSTART"), None)
    if begins is None:
        raise KeyError("DTSTART")
    start = _moment(begins)
    end = next(_said(event, "DTEND"), None)
    length = next((p.dt for p in _said(event, "DURATION")), None)
    run = next(_said(event, "RECURRENCE-ID"), None)
    rule = next((p.to_ical().decode().upper() for p in _said(event, "RRULE")), "")
    title = " ".join(str(event.get("SUMMARY", "")).split())[:300]
    return CalendarEvent(
        str(event.get("UID", "")).strip() or f"{title} {start.value}",
        title or "Meeting",
        start,
        None if end is None else _moment(end),
        length if isinstance(length, timedelta) else None,
        str(event.get("STATUS", "")).upper() == "CANCELLED",
        None if run is None else _moment(run),
        rule,
        tuple(_listed(event, "RDATE")),
        tuple(_listed(event, "EXDATE")),
        _guests(event),
    )


def _said(event: "Event", name: str) -> Iterator[_Property]:
    """The lines of that name."""
    said = event.get(name)
    every = said if isinstance(said, list) else [] if said is None else [said]
    return iter(cast("list[_Property]", every))


def _moment(said: _Property) -> Moment:
    return Moment(_in_reach(said.dt), str(said.params.get("TZID", "")).strip())


def _listed(event: "Event", name: str) -> Iterator[Moment]:
    """The moments of a line that may stand several times, with several each."""
    for said in _said(event, name):
        for one in cast("list[_Property]", getattr(said, "dts", [])):
            value = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield Moment(_in_reach(value), str(said.params.get("TZID", "")).strip())


def _in_reach(value: object) -> date | datetime:
    if not isinstance(value, date):
        raise TypeError("no day")
    day = value.date() if isinstance(value, datetime) else value
    if not _OLDEST <= day <= _NEWEST:
        raise ValueError("a day out of reach")
    return value


def _guests(event: "Event") -> tuple[Guest, ...]:
    """Who asked and who was asked, without those who declined and without rooms."""
    found: dict[str, Guest] = {}
    for said in (*_said(event, "ORGANIZER"), *_said(event, "ATTENDEE")):
        email = re.sub(r"^mailto:", "", str(said).strip(), flags=re.IGNORECASE).strip().casefold()
        is_room = str(said.params.get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE")
        declined = str(said.params.get("PARTSTAT", "")).upper() == "DECLINED"
        if re.fullmatch(r"[^@\s]{1,64}@[^@\s]{1,190}", email) and not (is_room or declined):
            name = " ".join(str(said.params.get("CN", "")).split())[:120]
            found.setdefault(email, Guest(email, name))
    return tuple(found.values())[:_MOST_GUESTS]


@cache
def zone_called(name: str) -> ZoneInfo | None:
    """The time zone of that name, also as Windows and older calendars write it; None when none."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    plain = name.strip().strip('"')
    # “/example.org/2012/Europe/Berlin” is “Europe/Berlin”.
    tail = "/".join(plain.split("/")[-2:])
    for text in dict.fromkeys((WINDOWS_TO_OLSON.get(plain, plain), tail)):
        if re.fullmatch(r"[A-Za-z][\w+\-]*(/[\w+\-]+){0,2}", text, re.ASCII):
            try:
                return ZoneInfo(text)
            except (ValueError, OSError, KeyError):
                continue
    return None
