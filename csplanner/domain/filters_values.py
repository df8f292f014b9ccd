"""Reads the values of a filter as people write them: words, numbers, dates, spans of days."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation

from csplanner.domain.filters_fields import FilterField

MOST_DAYS = 36_500
_LARGEST = Decimal(10) ** 15
_MONTH_NAMES = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTHS = tuple(name[:3] for name in _MONTH_NAMES)
_READ_ON: ContextVar[date | None] = ContextVar("read_on", default=None)
_UNITS = {"day": 1, "week": 7, "month": 30, "quarter": 91, "year": 365}
_SYNONYMS = {
    "health": {"at risk": "risk", "red": "risk", "to watch": "watch", "yellow": "watch",
               "green": "good", "unknown": "none", "?": "none"},
    "tier": {"h": "high", "m": "medium", "l": "low", "d": "digital", "unplaced": "not placed",
             "high touch": "high", "medium touch": "medium", "low touch": "low",
             "none": "not placed"},
    "seat": {"open": "nobody", "empty": "nobody", "vacant": "nobody", "unknown": "nobody",
             "nobody known": "nobody", "active": "in touch"},
    "flag": {"true": "yes", "false": "no"},
    "stage": {"adopting": "adoption", "established": "mature"},
}  # fmt: skip
_SYNONYMS["rule"] = _SYNONYMS["tier"]
_SCALES = {"": 1, "k": 10**3, "m": 10**6, "mn": 10**6, "b": 10**9, "bn": 10**9}
_NUMBER = re.compile(r"([-−–]?)([\d.,’' \u00a0\u202f]*\d)\s*(k|mn?|bn?)?", re.IGNORECASE)
_AROUND = re.compile(
    r"^(?:[$€£¥]|[A-Z]{3}\s)\s*|\s*(?:[$€£¥%]|[A-Z]{3}|h|hours?|days?|points?|percent|pct)$"
)


@contextmanager
def reading_on(today: date | None) -> Iterator[None]:
    """Read dates without a year, while it lasts, as seen on this day; None refuses them."""
    token = _READ_ON.set(today)
    try:
        yield
    finally:
        _READ_ON.reset(token)


def word_of(found: FilterField, text: str) -> str:
    """One of the words of a field; raises ValueError naming them."""
    said = " ".join(text.casefold().replace("_", " ").split())
    known = _SYNONYMS.get(found.key, {}) | _SYNONYMS.get(found.kind, {})
    said = known.get(said, said)
    if said not in found.words:
        raise ValueError(f"“{text}” is no {found.name}. Say one of: {', '.join(found.words)}.")
    return said


def number_of(text: str) -> str:
    """A plain number of `100k`, `$1.5M`, `60 %` or `−5`; raises ValueError."""
    bare = _AROUND.sub("", _AROUND.sub("", text.strip())).strip()
    found = _NUMBER.fullmatch(bare.replace("−", "-").replace("–", "-"))
    if found is None:
        raise ValueError(f"“{text}” is not a number. Write it like 250 or 100k.")
    digits = re.sub(r"[’' \u00a0\u202f]", "", found[2])
    digits = _with_point(digits, text)
    try:
        value = Decimal(digits) * _SCALES[(found[3] or "").casefold()]
    except InvalidOperation:
        raise ValueError(f"“{text}” is not a number. Write it like 250 or 100k.") from None
    if value >= _LARGEST:
        raise ValueError(f"“{text}” is too large a number. Write one below a thousand million.")
    plain = f"{value:f}"
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"-{plain}" if found[1] and plain.strip("0.") else plain


def _with_point(digits: str, text: str) -> str:
    """Thousands left out, a point before the decimals."""
    if re.fullmatch(r"\d{1,3}(,\d{3})+(\.\d+)?", digits):
        return digits.replace(",", "")
    if re.fullmatch(r"\d{1,3}(\.\d{3}){2,}(,\d+)?|\d{1,3}(\.\d{3})+,\d+", digits):
        return digits.replace(".", "").replace(",", ".")
    if re.fullmatch(r"[1-9]\d{0,2}\.\d{3}", digits):
        whole = digits.replace(".", "")
        raise ValueError(
            f"“{text}” can be read in two ways. Write {whole} or {digits.rstrip('0').rstrip('.')}."
        )
    return digits.replace(",", ".") if digits.count(",") == 1 else digits


def days_of(text: str) -> int:
    """A number of days of `90`, `90 days`, `2 weeks` or `3 months`; raises ValueError."""
    found = re.fullmatch(r"(\d{1,6})\s*(d|day|week|month|quarter|year)?s?", text.strip().casefold())
    if found is None:
        raise ValueError(f"“{text}” is not a number of days. Write it like 90 or 90 days.")
    unit = "day" if found[2] in (None, "d") else found[2]
    days = int(found[1]) * _UNITS[unit]
    if days > MOST_DAYS:
        raise ValueError(f"“{text}” is too long. Say at most {MOST_DAYS} days.")
    return days


def when_of(text: str, way: int = 0) -> str:
    """A date as ISO, or `today`, `in 30 days`, `30 days ago`; raises ValueError.

    `way` is that of `day_of`.
    """
    said = " ".join(text.casefold().split())
    if said in ("today", "now"):
        return "today"
    if said in ("tomorrow", "yesterday"):
        return "in 1 days" if said == "tomorrow" else "1 days ago"
    ahead = re.fullmatch(r"in (.+)", said)
    ago = re.fullmatch(r"(.+) ago", said)
    if ahead:
        return f"in {days_of(ahead[1])} days"
    if ago:
        return f"{days_of(ago[1])} days ago"
    return day_of(text, way).isoformat()


def day_at(when: str, as_of: date) -> date:
    """The day that `when_of` wrote, as seen on a day."""
    if when == "today":
        return as_of
    if when.startswith("in "):
        return as_of + timedelta(days=int(when.split()[1]))
    if when.endswith(" ago"):
        return as_of - timedelta(days=int(when.split()[0]))
    return date.fromisoformat(when)


def day_of(text: str, way: int = 0) -> date:
    """A date of `2027-04-30`, `30 Apr 2027`, `30.04.2027` or `Apr 30, 2027`; raises ValueError.

    Without its year it is the next one ahead (`way` 1), or the latest one behind (−1); 0 refuses.
    """
    said = " ".join(re.sub(r"[,’']", " ", text.casefold()).split())
    try:
        if iso := re.fullmatch(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})", said):
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        if dotted := re.fullmatch(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2})", said):
            return date(_year(dotted[3]), int(dotted[2]), int(dotted[1]))
        if slashed := re.fullmatch(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})", said):
            return _slashed(text, int(slashed[1]), int(slashed[2]), int(slashed[3]))
        return _named(text, said, way)
    except ValueError as error:
        if "“" in str(error):
            raise
        raise ValueError(f"“{text}” is no day of the calendar. Check day and month.") from None


def months_of(text: str, way: int) -> tuple[date, date] | None:
    """The first and last day of `May`, `May 2027`, `Q3`, `Q3 2027` or `2027`; None for others.

    Without its year it is the one we are in, or else the next ahead (`way` 1) or latest behind.
    """
    said = " ".join(text.casefold().split())
    found = re.fullmatch(r"(?:([a-z]{3,9})\.?|q([1-4]))?(?:\s?(\d{4}))?", said)
    if found is None or not said or (found[3] is not None and not 1900 <= int(found[3]) <= 9000):
        return None
    if found[1] is None:
        first, length = (3 * int(found[2]) - 2, 3) if found[2] else (1, 12)
    elif (month := _month(found[1])) is not None:
        first, length = month, 1
    else:
        return None
    today = _READ_ON.get()
    if found[3] is not None:
        return _months(int(found[3]), first, length)
    if today is None:
        raise ValueError(f"“{text}” has no year. Say it too, like {text.strip()} 2027.")
    spans = [_months(today.year + step, first, length) for step in (0, way)]
    is_over = spans[0][1] < today if way > 0 else spans[0][0] > today
    return spans[1] if is_over else spans[0]


def _months(year: int, first: int, length: int) -> tuple[date, date]:
    after = date(year + (first + length > 12), (first + length - 1) % 12 + 1, 1)
    return date(year, first, 1), after - timedelta(days=1)


def _month(name: str) -> int | None:
    """The number of a month by its name or the beginning of it."""
    names = [n for n in _MONTH_NAMES if n.startswith(name)]
    return _MONTH_NAMES.index(names[0]) + 1 if len(names) == 1 else None


def _nearest(month: int, day: int, way: int) -> date | None:
    """The next such day from today on, or the latest up to today; None where nobody said when."""
    today = _READ_ON.get()
    if today is None or not way:
        return None
    if not 1 <= day <= 31 or (month == 2 and day > 29):
        raise ValueError("no such day")
    for step in range(9):
        try:
            found = date(today.year + way * step, month, day)
        except ValueError:
            continue  # 29 February
        if (found - today).days * way >= 0:
            return found
    raise ValueError("no such day")


def _named(text: str, said: str, way: int) -> date:
    """A date with the name of its month."""
    month_name, day = r"([a-z]{3,9})\.?", r"(\d{1,2})(?:st|nd|rd|th)?\.?"
    if found := re.fullmatch(rf"{day} {month_name} (\d{{4}}|\d{{2}})", said):
        number, month, year = found[1], found[2], found[3]
    elif found := re.fullmatch(rf"{month_name} {day} (\d{{4}}|\d{{2}})", said):
        number, month, year = found[2], found[1], found[3]
    elif found := re.fullmatch(rf"{day} {month_name}|{month_name} {day}", said):
        return _without_year(text, found[2] or found[3], found[1] or found[4], way)
    else:
        number, month, year = "", "", ""
    if month[:3] not in _MONTHS:
        raise ValueError(f"“{text}” is not a date like 2027-04-30 or 30 Apr 2027.")
    return date(_year(year), _MONTHS.index(month[:3]) + 1, int(number))


def _without_year(text: str, month: str, number: str, way: int) -> date:
    if month[:3] not in _MONTHS:
        raise ValueError(f"“{text}” is not a date like 2027-04-30 or 30 Apr 2027.")
    found = _nearest(_MONTHS.index(month[:3]) + 1, int(number), way)
    if found is None:
        raise ValueError(f"“{text}” has no year. Say it too, like 30 Apr 2027.")
    return found


def _year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def _slashed(text: str, first: int, second: int, year: int) -> date:
    if first > 12 or first == second:
        return date(year, second, first)
    if second > 12:
        return date(year, first, second)
    raise ValueError(
        f"“{text}” can be read in two ways. Write {date(year, second, first)} or "
        f"{date(year, first, second)}."
    )
