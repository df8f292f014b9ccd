"""Dates: the order of day and month is decided per column, never per cell."""

import re
from collections.abc import Iterable
from datetime import date

from csplanner.crm.periods import period_end
from csplanner.crm.values import NULLS, Read, moment_day, serial_day

ORDERS = ("dmy", "mdy", "ymd")
_PARTS = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})(?:[ T].*)?")
_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_LONGEST_PERIOD = 92
_WORDED = re.compile(r"(\d{1,2})[ \-]([A-Za-z]{3})[a-z]*\.?[ \-,]+(\d{2,4})")


def order_of(cells: Iterable[str]) -> str | None:
    """The order a column has: ymd, dmy, mdy, `dmy|mdy` where both read all, None for none."""
    can_dmy = can_mdy = True
    slashed = False
    for cell in cells:
        text = cell.strip()
        if text in NULLS:
            continue
        found = _PARTS.fullmatch(text)
        if found is None or len(found[1]) == 4:
            continue
        slashed = True
        first, second = int(found[1]), int(found[3])
        if found[2] == ".":
            can_mdy = False
        can_dmy = can_dmy and second <= 12
        can_mdy = can_mdy and first <= 12
        if not (can_dmy and can_mdy):
            break
    if not slashed:
        return "ymd"
    if can_dmy and can_mdy:
        return "dmy|mdy"
    return "dmy" if can_dmy else "mdy" if can_mdy else None


def day(order: str, latest: date | None = None, *, months: bool = False) -> Read:
    """A reader of dates as ISO text; slashed ones are read in `order`, none is after `latest`.

    With `months` a month or a quarter is its last day, or `latest` while it runs.
    """

    def read(cell: str) -> str:
        try:
            found = moment_day(cell)
        except ValueError:
            end = period_end(cell) if months and len(cell.split("/")) < 3 else None
            found = _other(cell, order) if end is None else _by(end, latest)
        if found.year < 1901 or found.year > 2199:
            raise ValueError("This date is out of range.")
        if latest is not None and found > latest:
            raise ValueError("This day lies in the future.")
        return found.isoformat()

    return read


def _by(end: str, latest: date | None) -> date:
    """The last day of a period; of one that runs on `latest`, that day."""
    found = date.fromisoformat(end)
    runs = latest is not None and found > latest and (found - latest).days < _LONGEST_PERIOD
    return latest if runs and latest is not None else found


def _other(cell: str, order: str) -> date:
    serial = serial_day(cell)
    if serial is not None:
        return serial
    worded = _WORDED.match(cell)
    if worded and worded[2].casefold() in _MONTHS:
        return date(_year(worded[3]), _MONTHS[worded[2].casefold()], int(worded[1]))
    found = _PARTS.fullmatch(cell)
    if found is None:
        raise ValueError("This is not a date.")
    first, second, third = found[1], int(found[3]), found[4]
    try:
        if len(first) == 4:
            return date(int(first), second, int(third))
        if order == "mdy" and found[2] != ".":
            return date(_year(third), int(first), second)
        return date(_year(third), second, int(first))
    except ValueError:
        raise ValueError("There is no such day.") from None


def _year(text: str) -> int:
    """A year of two digits lies at most 20 years ahead of 2026, else in the past century."""
    year = int(text)
    if len(text) > 2:
        return year
    return 2000 + year if year <= 46 else 1900 + year
