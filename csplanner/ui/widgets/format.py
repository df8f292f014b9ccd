"""The one way numbers, money and dates are written in the window: plain values in, words out."""

from datetime import date

from csplanner.domain.money import Money, minor_digits
from csplanner.domain.wording import MINUS as MINUS
from csplanner.domain.wording import money_mark, money_text

UNKNOWN = "unknown"
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_LONG_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def money(minor: int | None, currency: str) -> str:
    """Return `$412k`, `$4.82M`, `$0`: minor units of `currency`, rounded half up; or `unknown`."""
    if minor is None:
        return UNKNOWN
    return money_text(Money(minor, currency))


def money_full(minor: int | None, currency: str) -> str:
    """Return the whole amount, `$412,000.00`, for tooltips and copying; or `unknown`."""
    if minor is None:
        return UNKNOWN
    digits = minor_digits(currency)
    sign, size = (MINUS if minor < 0 else ""), abs(minor)
    whole, rest = divmod(size, 10**digits)
    tail = f".{rest:0{digits}d}" if digits else ""
    return f"{sign}{money_mark(currency)}{whole:,}{tail}"


def day(value: date | None, today: date) -> str:
    """Return `30 Jun`, with `’27` only in another year than `today`; or `unknown`."""
    if value is None:
        return UNKNOWN
    year = "" if value.year == today.year else f" ’{value.year % 100:02d}"
    return f"{value.day} {_MONTHS[value.month - 1]}{year}"


def long_day(value: date) -> str:
    """Return `Thursday 12 March`."""
    return f"{_DAYS[value.weekday()]} {value.day} {_LONG_MONTHS[value.month - 1]}"


def month(value: date) -> str:
    """Return `Jan 2026`."""
    return f"{_MONTHS[value.month - 1]} {value.year}"


def days_left(value: date | None, today: date) -> str:
    """Return `49d`, `−3d` once passed; empty when there is no date."""
    return "" if value is None else f"{number((value - today).days)}d"


def days_left_colour(value: date | None, today: date) -> str:
    """Return the token of days left: 30 or less `risk-ink`, 90 or less `watch-ink`."""
    if value is None:
        return "text3"
    left = (value - today).days
    return "risk-ink" if left <= 30 else "watch-ink" if left <= 90 else "text3"


def number(value: float | None, places: int = 0) -> str:
    """Return `1,240` or `−3.5` with a true minus; or `unknown`."""
    if value is None:
        return UNKNOWN
    text = f"{abs(value):,.{places}f}"
    zero = not text.strip("0.,")
    return text if value >= 0 or zero else MINUS + text


def signed(value: float | None, places: int = 0) -> str:
    """Return `+26`, `−17` or `0`; empty when unknown."""
    if value is None:
        return ""
    text = number(value, places)
    return text if value < 0 or not text.strip("0.,") else f"+{text}"


def share(part: int, whole: int) -> str:
    """Return a count with its base, `4 of 15`."""
    return f"{number(part)} of {number(whole)}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 account` or `41 accounts`."""
    return f"{number(count)} {one if count == 1 else many or one + 's'}"


def shortly(sentence: str) -> str:
    """Return what went wrong without what to do: a first sentence as the end of another."""
    head, _, cause = sentence.split(". ")[0].rstrip(".").partition(": ")
    said = (head if head.startswith("There is no") else cause or head).partition(" (")[0]
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said
