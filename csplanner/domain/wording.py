"""Dates, amounts and counts as the sentences of a judgement write them."""

import unicodedata
from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.money import Money, minor_digits
from csplanner.domain.reading import Band

MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "CAD": "C$"}
_JOINERS = "\u200c\u200d"
"""Format characters that spell: Persian words and joined emoji need them."""
_BAND_WORDS = {Band.GOOD: "good", Band.WATCH: "watch", Band.RISK: "at risk", Band.NONE: "unknown"}


def day_text(day: date, as_of: date) -> str:
    """`24 Feb`, with the year (`18 Jan ’27`) when it is another one than that of `as_of`."""
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == as_of.year else f"{text} ’{day.year % 100:02}"


def money_text(amount: Money) -> str:
    """`$412k`, `$4.82M`, `$950`, `CHF 12k`: rounded half up, so the same wherever it stands."""
    sign = MINUS if amount.minor < 0 else ""
    return f"{sign}{money_mark(amount.currency)}{_short(abs(amount.minor), amount.currency)}"


def _short(minor: int, currency: str) -> str:
    one = 10 ** minor_digits(currency)
    for limit, unit, letter in ((999_500_000, 10**9, "B"), (999_500, 10**6, "M")):
        if minor >= limit * one:
            if 20 * minor >= 1999 * unit * one:
                return f"{_half_up(minor, unit * one)}{letter}"
            whole, rest = divmod(_half_up(100 * minor, unit * one), 100)
            return f"{whole}.{rest:02}".rstrip("0").rstrip(".") + letter
    if 2 * minor >= 1999 * one:
        return f"{_half_up(minor, 1000 * one)}k"
    return str(_half_up(minor, one))


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def money_mark(currency: str) -> str:
    """What stands before an amount: `$`, or the code and a space."""
    return _SIGNS.get(currency, f"{currency} ")


def number_text(value: float, digits: int = 0) -> str:
    """`1,180`, with a true minus and at most `digits` decimals."""
    text = f"{abs(value):,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    return f"{MINUS}{text}" if value < 0 and text.strip("0.,") else text


def count_text(count: int, one: str, many: str = "") -> str:
    """`1 case`, `3 cases`; `many` for irregular plurals."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def band_word(band: Band) -> str:
    """The word a band carries beside its colour: good, watch, at risk, unknown."""
    return _BAND_WORDS[band]


def tier_word(tier: Tier | None) -> str:
    """High, Medium, Low, Digital, or Not placed."""
    return "Not placed" if tier is None else tier.value.capitalize()


def sentence(text: str) -> str:
    """The text with a full stop where it ends without any mark."""
    text = text.strip()
    return text if not text or text[-1] in ".?!…" else f"{text}."


def one_line(text: str) -> str:
    """The text on one line, without controls that would turn what stands beside it around."""
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    return " ".join("".join(kept).split())


def _is_control(character: str) -> bool:
    return character not in _JOINERS and unicodedata.category(character) in ("Cc", "Cf", "Cs")


def list_text(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
