"""Figures, days and counts as a customer reads them on a slide."""

from datetime import date

from csplanner.domain.wording import MINUS, list_text, number_text
from csplanner.qbr.slides import Source

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_COUNTS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
)  # fmt: skip
_FOOT = 135
"""Characters on one line at the foot of a slide."""
_SIGNS = {"$": "$", "USD": "$", "€": "€", "EUR": "€", "£": "£", "GBP": "£"}


def figure(value: float | None, unit: str) -> str:
    """`81%`, `$7.85`, `5 hours`, or `unknown`."""
    if value is None:
        return "unknown"
    if unit in ("%", "percent"):
        return f"{number_text(value, 1)}%"
    sign = _SIGNS.get(unit)
    if sign is None:
        return f"{number_text(value, 2)} {unit}".strip()
    digits = 0 if value == int(value) else 2
    return f"{MINUS if value < 0 else ''}{sign}{abs(value):,.{digits}f}"


def count_word(count: int) -> str:
    """`no`, `one`, … `twelve`, then figures."""
    return _COUNTS[count] if 0 <= count < len(_COUNTS) else f"{count:,}"


def counted(count: int, one: str, many: str = "") -> str:
    """`one goal`, `four goals`."""
    return f"{count_word(count)} {one if count == 1 else many or one + 's'}"


def sentence(text: str) -> str:
    """`text` with a capital at its start."""
    return text[:1].upper() + text[1:]


def full_day(day: date) -> str:
    """`30 June 2026`."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def short_day(day: date | None) -> str:
    """`30 Jun 2026`, or `no date` for None."""
    return "no date" if day is None else f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def month_label(day: date) -> str:
    """`Mar 25` for the axis of a chart."""
    return f"{MONTHS[day.month - 1][:3]} {day.year % 100:02}"


def month_name(day: date) -> str:
    """`November 2025`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def sources_text(sources: tuple[Source, ...]) -> str:
    """`Source: HR, as of 12 January 2026; …`: the line at the foot of a slide."""
    parts = [
        short(source.words, 48) + (f", {full_day(source.as_of)}" if source.as_of else "")
        for source in dict.fromkeys(sources)
    ]
    if not parts:
        return ""
    return short(f"{'Source' if len(parts) == 1 else 'Sources'}: {'; '.join(parts)}", _FOOT)


def short(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, cut with `…`."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def quoted(names: list[str], shown: int = 3) -> str:
    """`“A”, “B” and 2 more`."""
    words = [f"“{name}”" for name in names[:shown]]
    if len(names) > shown:
        words.append(f"{len(names) - shown} more")
    return list_text(words)
