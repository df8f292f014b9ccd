"""What people type into fields, read as values; what cannot be read gets one sentence."""

import re
from calendar import monthrange
from datetime import date, timedelta

from csplanner.domain.money import Money, minor_digits
from csplanner.domain.wording import day_in, full_day_text, quoted, short_day_text
from csplanner.errors import UserError
from csplanner.language import Spoken, current, languages, noted, tr

_SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}
_UNITS = {
    "": 1,
    "k": 10**3,
    "t": 10**3,
    "tsd": 10**3,
    "m": 10**6,
    "mio": 10**6,
    "b": 10**9,
    "mrd": 10**9,
}
_SPOKEN = {
    "today": 0, "yesterday": -1, "tomorrow": 1, "heute": 0, "gestern": -1, "morgen": 1,
    "übermorgen": 2, "vorgestern": -2,
}  # fmt: skip
"""Days by their words in every language that ships: one types what one is used to."""
_SHORT_MONTHS = {"mrz": 3}
_ORDINALS = Spoken({1: noted("{0}st"), 2: noted("{0}nd"), 3: noted("{0}rd")})
_OTHER_ORDINAL = noted("{0}th")
_SWAPPED = str.maketrans(",.", ".,")
_AMOUNT = re.compile(
    r"([$€£¥]|[A-Za-z]{3})?\s*([\d.,’' ]*\d)\s*"
    r"(?:(k|m|b|tsd|mio|mrd|t)\.?(?![a-z]))?\s*([$€£¥]|[A-Za-z]{3})?",
    re.IGNORECASE,
)
_LONGEST_TOUCH = 24 * 60


def day_shown(day: date | None) -> str:
    """`12 Mar 2026`, which `read_day` reads back; empty for None."""
    return "" if day is None else full_day_text(day)


def read_day(text: str, today: date) -> date | None:
    """The day typed; None for an empty field. Raises UserError with what to type instead.

    Reads `28/02/2026` (day first), `2026-02-28`, `28 Feb`, `today`, `yesterday`, and `+90` or `-3`
    days from today. A day without a year is the one nearest to today.
    """
    words = text.strip().casefold()
    if not words:
        return None
    if words in _SPOKEN:
        return today + timedelta(days=_SPOKEN[words])
    if re.fullmatch(r"[+\-−]\d{1,4}d?", words):
        count = int(words[1:].rstrip("d"))
        return today + timedelta(days=count if words[0] == "+" else -count)
    parts = _day_parts(words)
    if parts is None:
        said = tr("{0} is not a day. Type one like {1}.")
        raise UserError(said.format(quoted(text.strip()), _example(today)))
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
    if match := re.fullmatch(
        r"(\d{1,2})\.?\s*([^\W\d_]{3,9})\.?,?\s*(?:[’']?(\d{4}|\d{2}))?", words
    ):
        month = _month(match[2])
        return None if month is None else (_year(match[3]), month, int(match[1]))
    return None


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _month(word: str) -> int | None:
    found = {
        number
        for language in languages()
        for number, name in enumerate(language.months, 1)
        if name.casefold().startswith(word)
    }
    return found.pop() if len(found) == 1 else _SHORT_MONTHS.get(word)


def _checked(year: int, month: int, number: int) -> date:
    if not 1 <= month <= 12:
        example = short_day_text(date(min(max(year, 1), 9999), 2, 28))
        said = tr("There is no month {0}. Type the day first, as in {1}.")
        raise UserError(said.format(month, example))
    last = monthrange(year, month)[1]
    if not 1 <= number <= last:
        name = current().months[month - 1]
        said = tr("{0} has no {1} day. Type {2} or pick a date.")
        example = short_day_text(date(min(max(year, 1), 9999), month, last))
        raise UserError(said.format(name, _ordinal(number), example))
    if not 1970 <= year <= 2200:
        raise UserError(tr("The year {0} is out of reach. Type a year like 2026.").format(year))
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
    is_teen = 10 <= number % 100 <= 20
    pattern = _OTHER_ORDINAL if is_teen else _ORDINALS.get(number % 10, _OTHER_ORDINAL)
    return tr(pattern).format(number)


def _example(today: date) -> str:
    return f"{short_day_text(today)}, {day_in(current().worded_day, today)}"


def read_minutes(text: str) -> int | None:
    """Minutes typed as `30`, `45m`, `1h`, `1h30`, `1:30` or `1.5h`; None for an empty field."""
    words = text.strip().casefold().replace(",", ".")
    if not words:
        return None
    minutes: float | None = None
    if match := re.fullmatch(r"(\d+)\s*(?:m|min\.?|mins|minutes|minuten)?", words):
        minutes = int(match[1])
    elif match := re.fullmatch(r"(\d+)\s*(?:h|:)\s*([0-5]?\d)\s*m?", words):
        minutes = int(match[1]) * 60 + int(match[2])
    elif match := re.fullmatch(r"(\d+(?:\.\d+)?)\s*(?:h|hours?|std\.?|stunden?)", words):
        minutes = float(match[1]) * 60
    if minutes is None:
        said = tr("{0} is not a length of time. Type minutes like 30, or 1h30.")
        raise UserError(said.format(quoted(text.strip())))
    if minutes > _LONGEST_TOUCH:
        raise UserError(tr("That is more than a day. Type the minutes you spent, such as 30."))
    return round(minutes)


def minutes_shown(minutes: int | None) -> str:
    """`30`, which `read_minutes` reads back; empty for None."""
    return "" if minutes is None else str(minutes)


def read_money(text: str, currency: str) -> Money | None:
    """An amount typed as `412k`, `$4.82M` or `412,000`; None for an empty field.

    Without a sign or code of its own it is in `currency`.
    """
    words = text.replace("\N{NO-BREAK SPACE}", " ").strip()
    if not words:
        return None
    match = _AMOUNT.fullmatch(words)
    if match is None:
        said = tr("{0} is not an amount. Type one like 412000 or 412k.")
        raise UserError(said.format(quoted(words)))
    mark = match[1] or match[4] or currency
    code = _SYMBOLS.get(mark, mark).upper()
    units = _number(match[2], words, asks=True) * _UNITS[(match[3] or "").casefold()]
    minor = round(units * 10 ** minor_digits(code))
    if minor >= 10**15:
        said = tr("{0} is too large. Type an amount like 412000 or 412k.")
        raise UserError(said.format(quoted(words)))
    return Money(minor, code)


def money_typed(amount: Money | None, currency: str) -> str:
    """`412000` or `412000 EUR`, which `read_money` reads back; empty for None."""
    if amount is None:
        return ""
    digits = minor_digits(amount.currency)
    whole, rest = divmod(amount.minor, 10**digits)
    number = current().digits(f"{whole}.{rest:0{digits}d}") if rest else str(whole)
    return number if amount.currency == currency else f"{number} {amount.currency}"


def read_thousandths(text: str) -> int | None:
    """A number such as `81`, `81 %`, `1,180` or `−2.5` in thousandths; None for an empty field."""
    words = text.strip().rstrip("%").strip().replace("−", "-")
    if not words:
        return None
    sign = -1 if words.startswith("-") else 1
    body = words.removeprefix("-").strip()
    if not re.fullmatch(r"[\d.,’' ]*\d", body):
        raise UserError(_no_number(text.strip(), "3.5"))
    value = round(_number(body, text.strip(), asks=False) * 1000)
    if value >= 10**15:
        said = tr("{0} is too large. Type a smaller number.")
        raise UserError(said.format(quoted(text.strip())))
    return sign * value


def thousandths_shown(value: int | None) -> str:
    """`81` or `3.5`, which `read_thousandths` reads back; empty for None."""
    if value is None:
        return ""
    text = f"{abs(value) / 1000:.3f}".rstrip("0").rstrip(".")
    text = current().digits(text)
    return f"-{text}" if value < 0 else text


def read_whole(text: str, *, least: int, most: int, what: str) -> int:
    """A whole number between `least` and `most`; `what` names it, as in `the days`."""
    words = text.strip()
    if re.fullmatch(r"\d{1,9}", words) and least <= int(words) <= most:
        return int(words)
    said = tr("Type {0} as a whole number from {1} to {2}.")
    raise UserError(said.format(what, least, most))


def required(text: str, sentence: str) -> str:
    """The text without blanks around it; raises UserError with `sentence` when nothing is left."""
    words = text.strip()
    if not words:
        raise UserError(sentence)
    return words


def _no_number(typed: str, example: str) -> str:
    said = tr("{0} is not a number. Type one like 81 or {1}.")
    return said.format(quoted(typed), current().digits(example))


def _number(digits: str, typed: str, *, asks: bool) -> float:
    """`412,000.50`, `412.000,50`, `412000`; `asks` raises UserError where it could be two."""
    text = re.sub(r"[’' ]", "", digits)
    if "," in text and "." in text:
        decimal = max(text.rfind(","), text.rfind("."))
        whole = re.sub(r"[.,]", "", text[:decimal])
        return float(f"{whole or 0}.{text[decimal + 1 :]}")
    if current().decimal == ",":
        text = text.translate(_SWAPPED)
    if re.fullmatch(r"\d{1,3}(,\d{3})+", text):
        return float(text.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}", text):
        return float(text.replace(".", ""))
    if asks and re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", text):
        joined = text.replace(".", "")
        said = tr("{0} could be {1} and a part, or {2}. Type {2} if you mean the larger.")
        raise UserError(said.format(quoted(typed), text.partition(".")[0], joined))
    if re.fullmatch(r"\d*[.,]\d+|\d+", text):
        return float(text.replace(",", "."))
    raise UserError(_no_number(typed, "3.5"))
