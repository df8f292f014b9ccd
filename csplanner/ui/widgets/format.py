"""The one way numbers, money and dates are written in the window: plain values in, words out."""

from datetime import date

from csplanner.domain.money import Money
from csplanner.domain.wording import MINUS as MINUS
from csplanner.domain.wording import day_in, day_text, money_full_text, money_text
from csplanner.language import current, noted, ntr, tr
from csplanner.ui import veil

UNKNOWN = noted("unknown")


def money(minor: int | None, currency: str) -> str:
    """Return `$412k`, `$4.82M`, `$0`: minor units of `currency`, rounded half up; or `unknown`."""
    if minor is None:
        return tr(UNKNOWN)
    return veil.money(money_text(Money(minor, currency)))


def money_full(minor: int | None, currency: str) -> str:
    """Return the whole amount, `$412,000.00`, for tooltips; or `unknown`."""
    if minor is None:
        return tr(UNKNOWN)
    return veil.money(money_full_text(Money(minor, currency)))


def day(value: date | None, today: date) -> str:
    """Return `30 Jun`, with `’27` only in another year than `today`; or `unknown`."""
    if value is None:
        return tr(UNKNOWN)
    return day_text(value, today)


def long_day(value: date) -> str:
    """Return `Thursday 12 March`."""
    return day_in(current().long_day, value)


def month(value: date) -> str:
    """Return `Jan 2026`."""
    return day_in(current().month_of_year, value)


def days_left(value: date | None, today: date) -> str:
    """Return `49d`, `−3d` once passed; empty when there is no date."""
    return "" if value is None else tr("{0}d").format(number((value - today).days))


def days_left_colour(value: date | None, today: date) -> str:
    """Return the token of days left: 30 or less `risk-ink`, 90 or less `watch-ink`."""
    if value is None:
        return "text3"
    left = (value - today).days
    return "risk-ink" if left <= 30 else "watch-ink" if left <= 90 else "text3"


def number(value: float | None, places: int = 0) -> str:
    """Return `1,240` or `−3.5` with a true minus; or `unknown`."""
    if value is None:
        return tr(UNKNOWN)
    text = f"{abs(value):,.{places}f}"
    zero = not text.strip("0.,")
    text = current().digits(text)
    return text if value >= 0 or zero else MINUS + text


def signed(value: float | None, places: int = 0) -> str:
    """Return `+26`, `−17` or `0`; empty when unknown."""
    if value is None:
        return ""
    text = number(value, places)
    return text if value < 0 or not text.strip("0.,") else f"+{text}"


def share(part: int, whole: int) -> str:
    """Return a count with its base, `4 of 15`."""
    return tr("{0} of {1}").format(number(part), number(whole))


def plural(count: int, one: str, many: str = "") -> str:
    """Return `1 account` or `41 accounts`."""
    return ntr(f"{{0}} {one}", f"{{0}} {many or one + 's'}", count)


def shortly(sentence: str) -> str:
    """Return what went wrong without what to do: a first sentence as the end of another."""
    head, _, cause = sentence.split(". ")[0].rstrip(".").partition(": ")
    said = (head if head.startswith("There is no") else cause or head).partition(" (")[0]
    return said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said
