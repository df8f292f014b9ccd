"""Figures, days and counts as a customer reads them on a slide."""

from collections.abc import Iterable, Sequence
from datetime import date

from csplanner.domain.wording import MINUS, list_text
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


def figure(value: float | None, unit: str, digits: int | None = None) -> str:
    """`81%`, `$7.85`, `5 hours`, or `unknown`; `digits` decimals, by default those it needs."""
    if value is None:
        return "unknown"
    sign = _SIGNS.get(unit)
    is_share = unit in ("%", "percent")
    if digits is None:
        digits = decimals([value], 1 if is_share else 2)
    if is_share:
        return f"{fixed(value, digits)}%"
    if sign is None:
        return f"{fixed(value, digits)} {unit}".strip()
    # A price has cents or none, never tenths.
    size = fixed(abs(value), 2 if digits else 0)
    return f"{MINUS if value < 0 else ''}{sign}{size}"


def has_sign(unit: str) -> bool:
    """Whether a unit is written as a sign at the figure: percent and currencies."""
    return unit in _SIGNS or unit in ("%", "percent")


def decimals(values: Iterable[float], most: int) -> int:
    """How many decimals the finest of `values` needs, `most` at most."""
    return max((len(f"{v:.{most}f}".partition(".")[2].rstrip("0")) for v in values), default=0)


def fixed(value: float, digits: int) -> str:
    """`1,180.5` with exactly `digits` decimals and a true minus."""
    text = f"{abs(value):,.{digits}f}"
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def even(values: Sequence[float], most: int = 1) -> list[str]:
    """Figures that stand under each other: all with as many decimals as the finest needs."""
    digits = decimals(values, most)
    return [fixed(v, digits) for v in values]


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


def short_month(day: date) -> str:
    """`Nov 2025`."""
    return f"{MONTHS[day.month - 1][:3]} {day.year}"


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
