"""The day a snapshot shows: said, else read from its rows, its files' properties or names."""

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from csplanner.crm.question import Question
from csplanner.crm.table import Table
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.crm.rows import Days

_ISO = re.compile(r"(20\d{2})[-_.]?(0[1-9]|1[0-2])[-_.]?([0-2]\d|3[01])(?!\d)")
_US = re.compile(r"(?<!\d)(\d{1,2})-(\d{1,2})-(20\d{2})(?!\d)")
_EPOCH = re.compile(r"(?<!\d)(1\d{12})(?!\d)")


HAPPENED = "The newest record or event in its rows."
"""The weakest reason for a day: nothing says when the files were made."""
_EARLIEST = date(1970, 1, 1)


def check_said(said: date | None, today: date) -> None:
    """Raise UserError for a day no snapshot of today can show."""
    if said is not None and said > today:
        raise UserError(
            f"A snapshot cannot show {said}: that is after today, {today}. Say the day it was made."
        )
    if said is not None and said < _EARLIEST:
        raise UserError(f"A snapshot cannot show {said}. Say the day it was made, after 1970.")


def latest_day(today: date) -> date:
    """The last day a CRM may stamp on what has happened: its clock may be a day ahead."""
    return today + timedelta(days=1)


def as_of_day(
    said: date | None, days: "Days", tables: list[Table], *, today: date
) -> tuple[date, str]:
    """The as-of date with the reason, never after today; raises Question when nothing tells."""
    if said is not None:
        return said, "You said so."
    hint = max((t.as_of_hint for t in tables if t.as_of_hint), default="")
    if hint and days.stamped <= hint <= today.isoformat():
        return date.fromisoformat(hint), "The day the file says it shows."
    if days.stamped:
        stamped = date.fromisoformat(days.stamped)
        return min(stamped, today), "The newest change or measurement in its rows."
    named = [d for d in (day_in_name(t.file) for t in tables) if d and d <= today]
    if named:
        return max(named), "The date in the file’s name."
    if days.happened:
        happened = date.fromisoformat(days.happened)
        return min(happened, today), HAPPENED
    raise Question(
        "Nothing in these files tells which day they show. Say it with --as-of, such as "
        "--as-of 2026-03-10.",
        "--as-of",
    )


def need_later(as_of: date, why: str, newest: date | None, source: str) -> None:
    """Raise Question where a day that is only a guess lies before the snapshot kept last.

    Taken for an older snapshot, a newer one would change nothing.
    """
    if why == HAPPENED and newest is not None and as_of < newest:
        raise Question(
            f"Nothing in these files tells which day they show; their newest record is of {as_of}, "
            f"but your book has a snapshot of {source} of {newest}. Say the day with --as-of, such "
            f"as --as-of {newest}.",
            "--as-of",
        )


def day_in_name(name: str) -> date | None:
    """The day a file's name holds: 2026-03-10, 1-8-2026 (month first) or epoch milliseconds."""
    try:
        if found := _EPOCH.search(name):
            return datetime.fromtimestamp(int(found[1]) / 1000, UTC).date()
        if found := _ISO.search(name):
            return date(int(found[1]), int(found[2]), int(found[3]))
        if found := _US.search(name):
            return date(int(found[3]), int(found[1]), int(found[2]))
    except ValueError:
        return None
    return None
