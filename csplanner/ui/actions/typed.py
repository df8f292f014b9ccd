"""What people type into fields, read as values; what cannot be read gets one sentence."""

import re
from calendar import monthrange
from datetime import date, timedelta

from csplanner.domain.money import Money, minor_digits
from csplanner.errors import UserError

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_UNITS = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}
_LONGEST_TOUCH = 24 * 60


def day_shown(day: date | None) -> str:
    """`12 Mar 2026`, which `read_day` reads back; empty for None."""
    return "" if day is None else f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def read_day(text: str, today: date) -> date | None:
    """The day typed; None for an empty field. Raises UserError with what to type instead.

    Reads `28/02/2026` (day first), `2026-02-28`, `28 Feb`, `today`, `yesterday`, and `+90` or `-3`
    days from today. A day without a year is the one nearest to today.
    """
    words = text.strip().casefold()
    if not words:
        return None
    spoken = {"today": 0, "yesterday": -1, "tomorrow": 1}
    if words in spoken:
        return today + timedelta(days=spoken[words])
    if re.fullmatch(r"[+\-−]\d{1,4}d?", words):
        count = int(words[1:].rstrip("d"))
        return today + timedelta(days=count if words[0] == "+" else -count)
    parts = _day_parts(words)
    if parts is None:
        raise UserError(f"“{text.strip()}” is not a day. Type one like {_example(today)}.")
    year, month, number = parts
    if year is None:
        return _nearest(month, number, today)
    return _checked(year, month, number)


def _day_parts(words: str) -> tuple[int | None, int, int] | None:
    """Year (None when not typed), month and day, unchecked; None when it is nothing like a day."""
    if match := re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})", words):
        return int(match[1]), int(match[2]), int(match[3])
    if match := re.fullmatch(r"(\d{1,2})[/.\-](\d{1,2})(?:[/.\-](\d{4}|\d{2}))?\.?", words):
        return _year(match[3]), int(match[2]), int(match[1])
    if match := re.fullmatch(r"(\d{1,2})\.?\s*([a-z]{3,9})\.?,?\s*(?:[’']?(\d{4}|\d{2}))?", words):
        month = _month(match[2])
        return None if month is None else (_year(match[3]), month, int(match[1]))
    return None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int | None:
    found = [n for n, name in enumerate(_MONTHS, 1) if name.casefold().startswith(word)]
    return found[0] if len(found) == 1 else None


def _checked(year: int, month: int, number: int) -> date:
    if not 1 <= month <= 12:
        raise UserError(f"There is no month {month}. Type the day first, as in 28/02/{year}.")
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        raise UserError(
            f"{_MONTHS[month - 1]} has no {_ordinal(number)} day. "
            f"Type {last}/{month:02}/{year} or pick a date."
        )
    if not 1970 <= year <= 2200:
        raise UserError(f"The year {year} is out of reach. Type a year like 2026.")
    return date(year, month, number)


def _nearest(month: int, number: int, today: date) -> date:
    """That day in the year that brings it closest to today."""
    first = _checked(today.year, month, min(number, 28)) if 1 <= number <= 31 else None
    if first is None:
        return _checked(today.year, month, number)
    years = (today.year - 1, today.year, today.year + 1)
    fitting = [date(y, month, number) for y in years if number <= monthrange(y, month)[1]]
    if not fitting:
        return _checked(today.year, month, number)
    return min(fitting, key=lambda day: abs((day - today).days))


def _ordinal(number: int) -> str:
    tail = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{tail}"


def _example(today: date) -> str:
    return f"{today.day:02}/{today.month:02}/{today.year}, {today.day} {_MONTHS[today.month - 1]}"


def read_minutes(text: str) -> int | None:
    """Minutes typed as `30`, `45m`, `1h`, `1h30`, `1:30` or `1.5h`; None for an empty field."""
    words = text.strip().casefold().replace(",", ".")
    if not words:
        return None
    minutes: float | None = None
    if match := re.fullmatch(r"(\d+)\s*(?:m|min|mins|minutes)?", words):
        minutes = int(match[1])
    elif match := re.fullmatch(r"(\d+)\s*(?:h|:)\s*([0-5]?\d)\s*m?", words):
        minutes = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:h|hours?)", words):
        minutes = float(match[1]) * 60
    if minutes is None:
        raise UserError(f"“{text.strip()}” is not a length of time. Type minutes like 30, or 1h30.")
    if minutes > _LONGEST_TOUCH:
        raise UserError("That is more than a day. Type the minutes you spent, such as 30.")
    return round(minutes)


def minutes_shown(minutes: int | None) -> str:
    """`30`, which `read_minutes` reads back; empty for None."""
    return "" if minutes is None else str(minutes)


def read_money(text: str, currency: str) -> Money | None:
    """An amount typed as `412k`, `$4.82M` or `412,000`; None for an empty field.

    Without a sign or code of its own it is in `currency`.
    """
    words = text.strip()
    if not words:
        return None
    match = re.fullmatch(
        r"([$€£¥]|[A-Za-z]{3})?\s*([\d.,’' ]*\d)\s*([kKmMbB])?\s*([$€£¥]|[A-Za-z]{3})?", words
    )
    if match is None:
        raise UserError(f"“{words}” is not an amount. Type one like 412000 or 412k.")
    mark = match[1] or match[4] or currency
    code = _SYMBOLS.get(mark, mark).upper()
    units = _number(match[2], words, asks=True) * _UNITS[(match[3] or "").casefold()]
    minor = round(units * 10 ** minor_digits(code))
    if minor >= 10**15:
        raise UserError(f"“{words}” is too large. Type an amount like 412000 or 412k.")
    return Money(minor, code)


def money_typed(amount: Money | None, currency: str) -> str:
    """`412000` or `412000 EUR`, which `read_money` reads back; empty for None."""
    if amount is None:
        return ""
    digits = minor_digits(amount.currency)
    whole, rest = divmod(amount.minor, 10**digits)
    number = f"{whole}.{rest:0{digits}d}" if rest else str(whole)
    return number if amount.currency == currency else f"{number} {amount.currency}"


def read_thousandths(text: str) -> int | None:
    """A number such as `81`, `81 %`, `1,180` or `−2.5` in thousandths; None for an empty field."""
    words = text.strip().rstrip("%").strip().replace("−", "-")
    if not words:
        return None
    sign = -1 if words.startswith("-") else 1
    body = words.removeprefix("-").strip()
    if not re.fullmatch(r"[\d.,’' ]*\d", body):
        raise UserError(f"“{text.strip()}” is not a number. Type one like 81 or 3.5.")
    value = round(_number(body, text.strip(), asks=False) * 1000)
    if value >= 10**15:
        raise UserError(f"“{text.strip()}” is too large. Type a smaller number.")
    return sign * value


def thousandths_shown(value: int | None) -> str:
    """`81` or `3.5`, which `read_thousandths` reads back; empty for None."""
    if value is None:
        return ""
    text = f"{abs(value) / 1000:.3f}".rstrip("0").rstrip(".")
    return f"-{text}" if value < 0 else text


def read_whole(text: str, *, least: int, most: int, what: str) -> int:
    """A whole number between `least` and `most`; `what` names it, as in `the days`."""
    words = text.strip()
    if re.fullmatch(r"\d{1,9}", words) and least <= int(words) <= most:
        return int(words)
    raise UserError(f"Type {what} as a whole number from {least} to {most}.")


def required(text: str, sentence: str) -> str:
    """The text without blanks around it; raises UserError with `sentence` when nothing is left."""
    words = text.strip()
    if not words:
        raise UserError(sentence)
    return words


def _number(digits: str, typed: str, *, asks: bool) -> float:
    """`412,000.50`, `412.000,50`, `412000`; `asks` raises UserError where it could be two."""
    text = re.sub(r"[’' ]", "", digits)
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = re.sub(r"[.,]", "", text[:decimal])
        return float(f"{whole or 0}.{text[decimal + 1 :]}")
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        return float(text.replace(".", ""))
    if asks and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        joined = text.replace(".", "")
        raise UserError(
            f"“{typed}” could be {text.partition('.')[0]} and a part, or {joined}. "
            f"Type {joined} if you mean the larger."
        )
    if re.fullmatch(r"\d*[.,]\d+|\d+", text):
        return float(text.replace(",", "."))
    raise UserError(f"“{typed}” is not a number. Type one like 412000 or 3.5.")
