"""Dates, amounts and counts as the sentences of a judgement write them."""

import unicodedata
from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.money import Money, minor_digits
from csplanner.domain.reading import Band
from csplanner.language import current, noted, ntr, tr

MINUS = "−"
_READ_IN: dict[date, int] = {}
"""The year old books are read in, by the day they are judged on."""
_SIGNS = {"USD": "$", "EUR": "€", "GBP": "£", "JPY": "¥", "AUD": "A$", "CAD": "C$"}
_JOINERS = "\u200c\u200d"
"""Format characters that spell: Persian words and joined emoji need them."""
_BAND_WORDS = {
    Band.GOOD: noted("good"),
    Band.WATCH: noted("watch"),
    Band.RISK: noted("at risk"),
    Band.NONE: noted("unknown"),
}
_UNIT_WORDS = {"week": noted("week"), "month": noted("month"), "quarter": noted("quarter")}
_TIER_WORDS = {
    Tier.HIGH: noted("High"),
    Tier.MEDIUM: noted("Medium"),
    Tier.LOW: noted("Low"),
    Tier.DIGITAL: noted("Digital"),
    None: noted("Not placed"),
}


def day_text(day: date, as_of: date) -> str:
    """`24 Feb`, with the year (`18 Jan ’27`) when it is another one than that of `as_of`.

    Of a book as old as `read_later` was told, it is another one than that it is read in.
    """
    written = current()
    year = _READ_IN.get(as_of, as_of.year)
    return day_in(written.day if day.year == year else written.day_of_year, day)


def read_later(as_of: date, today: date) -> None:
    """Say on which day people read what is judged on `as_of`; the same day for most books."""
    if today.year == as_of.year:
        _READ_IN.pop(as_of, None)
    else:
        _READ_IN[as_of] = today.year


def is_read_later(as_of: date) -> bool:
    """Whether people read what is judged on that day in another year."""
    return as_of in _READ_IN


def full_day_text(day: date) -> str:
    """`24 Feb 2026`, which leaves no year open."""
    return day_in(current().dated, day)


def short_day_text(day: date) -> str:
    """The day in figures, as the language writes it: `24/02/2026`."""
    return day_in(current().short_date, day)


def day_in(pattern: str, day: date) -> str:
    """A day in one of the patterns of `csplanner.language.Language`, in the language in force."""
    written = current()
    return pattern.format(
        day=day.day,
        month=written.months[day.month - 1],
        short_month=written.short_months[day.month - 1],
        month_number=day.month,
        weekday=written.weekdays[day.weekday()],
        year=day.year % 100,
        full_year=day.year,
    )


def money_text(amount: Money) -> str:
    """`$412k`, `$4.82M`, `$950`, `CHF 12k`: rounded half up, so the same wherever it stands."""
    sign = MINUS if amount.minor < 0 else ""
    return sign + _with_mark(_short(abs(amount.minor), amount.currency), amount.currency)


def money_full_text(amount: Money, *, cents: bool = True) -> str:
    """The whole amount, `$412,000.00`; without `cents` they are left out where there are none."""
    digits = minor_digits(amount.currency)
    whole, rest = divmod(abs(amount.minor), 10**digits)
    tail = f".{rest:0{digits}d}" if digits and (cents or rest) else ""
    sign = MINUS if amount.minor < 0 else ""
    return sign + _with_mark(current().digits(f"{whole:,}{tail}"), amount.currency)


def _short(minor: int, currency: str) -> str:
    one = 10 ** minor_digits(currency)
    written = current()
    units = ((999_500_000, 10**9, written.billion), (999_500, 10**6, written.million))
    for limit, unit, letter in units:
        if minor >= limit * one:
            if 20 * minor >= 1999 * unit * one:
                return f"{_half_up(minor, unit * one)}{letter}"
            whole, rest = divmod(_half_up(100 * minor, unit * one), 100)
            return written.digits(f"{whole}.{rest:02}".rstrip("0").rstrip(".")) + letter
    if 2 * minor >= 1999 * one:
        return f"{_half_up(minor, 1000 * one)}{written.thousand}"
    return str(_half_up(minor, one))


def _half_up(part: int, whole: int) -> int:
    return (2 * part + whole) // (2 * whole)


def _with_mark(amount: str, currency: str) -> str:
    """The amount with its currency before or behind it, as the language does."""
    written, sign = current(), _SIGNS.get(currency)
    if written.joins_thousand and amount.endswith(written.thousand):
        return f"{amount}{sign or currency}"
    if sign is None:
        return written.coded_money.format(mark=currency, amount=amount)
    return written.money.format(mark=sign, amount=amount)


def number_text(value: float, digits: int = 0) -> str:
    """`1,180`, with a true minus and at most `digits` decimals."""
    text = f"{abs(value):,.{digits}f}"
    if digits:
        text = text.rstrip("0").rstrip(".")
    text, is_zero = current().digits(text), not text.strip("0.,")
    return f"{MINUS}{text}" if value < 0 and not is_zero else text


def count_text(count: int, one: str, many: str = "") -> str:
    """`1 case`, `3 cases`; `many` for irregular plurals."""
    return ntr(f"{{0}} {one}", f"{{0}} {many or one + 's'}", count)


def band_word(band: Band) -> str:
    """The word a band carries beside its colour: good, watch, at risk, unknown."""
    return tr(_BAND_WORDS[band])


def tier_word(tier: Tier | None) -> str:
    """High, Medium, Low, Digital, or Not placed."""
    return tr(_TIER_WORDS[tier])


def unit_word(unit: str) -> str:
    """The noun of the time hours are told for: week, month, quarter."""
    return tr(_UNIT_WORDS[unit])


def begin(text: str) -> str:
    """The text as it begins a line: `Sponsor`."""
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    """The text with a full stop where it ends without any mark."""
    text = text.strip()
    return text if not text or text[-1] in ".?!…" else f"{text}."


def one_line(text: str) -> str:
    """The text on one line, without controls that would turn what stands beside it around and
    without what is no character, which no document can hold.
    """
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _is_control(c))
    return " ".join("".join(kept).split())


def _is_control(character: str) -> bool:
    code = ord(character)
    is_none = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF
    kinds = ("Cc", "Cf", "Cs")
    return is_none or (character not in _JOINERS and unicodedata.category(character) in kinds)


def list_text(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    written = current()
    return f"{written.comma.join(words[:-1])}{written.last_of_list}{words[-1]}"


_QUOTES = '"“”„«»'


def quoted(text: str) -> str:
    """The text in the language's quotation marks: `“Renew”`, also where it brings its own."""
    before, after = current().quotes
    if len(text) > 2 and text[0] in _QUOTES and text[-1] in _QUOTES:
        text = text[1:-1].strip()
    return f"{before}{text}{after}"
