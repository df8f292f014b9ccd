"""Dates, amounts and counts as the sentences of a judgement write them."""

from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.money import Money, minor_digits
from csplanner.domain.reading import Band

MINUS = "−"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥"}
_BAND_WORDS = {Band.GOOD: "good", Band.WATCH: "watch", Band.RISK: "at risk", Band.NONE: "unknown"}


def day_text(day: date, as_of: date) -> str:
    """`24 Feb`, with the year (`18 Jan ’27`) when it is another one than that of `as_of`."""
    text = f"{day.day} {_MONTHS[day.month - 1]}"
    return text if day.year == as_of.year else f"{text} ’{day.year % 100:02}"


def money_text(amount: Money) -> str:
    """`$412k`, `$4.82M`, `$950`; a currency without a sign of its own follows the number."""
    units = amount.minor / 10 ** minor_digits(amount.currency)
    sign = MINUS if units < 0 else ""
    size = abs(units)
    if size >= 999_500:
        number = f"{size / 1_000_000:.2f}".rstrip("0").rstrip(".") + "M"
    elif size >= 1_000:
        number = f"{size / 1_000:.0f}k"
    else:
        number = f"{size:.0f}"
    mark = _SIGNS.get(amount.currency)
    return f"{sign}{mark}{number}" if mark else f"{sign}{number} {amount.currency}"


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


def list_text(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"
