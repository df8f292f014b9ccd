"""How the Book says things: amounts, hours, filters as sentences."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.account import Tier
from csplanner.domain.bands import Cuts, band_of
from csplanner.domain.filters import Condition
from csplanner.domain.money import Money
from csplanner.domain.sentiment import Sentiment
from csplanner.ui.widgets import format as words

TIER_LETTERS = {Tier.HIGH: "H", Tier.MEDIUM: "M", Tier.LOW: "L", Tier.DIGITAL: "D"}
TIER_TITLES: dict[Tier | None, str] = {
    Tier.HIGH: "High touch",
    Tier.MEDIUM: "Medium touch",
    Tier.LOW: "Low touch",
    Tier.DIGITAL: "Digital",
    None: "Not placed",
}
SUBJECTS = {
    "tier": "Tier",
    "health": "Health",
    "sentiment": "Sentiment",
    "renewal": "Renewal",
    "arr": "ARR",
    "score": "Score",
    "gap": "Gap",
    "coverage": "Evidence known",
    "criticality": "Criticality",
    "year": "Contract year",
    "sector": "Sector",
    "name": "Name",
    "touch": "Last touch",
    "next_step": "Next step",
    "pinned": "Pinned",
    "overdue": "Touch overdue",
    "override": "Tier chosen by you",
}
_QUARTER_HOLDS = {"week": 13, "month": 3, "quarter": 1}
_BANDS = {"good": "good", "watch": "watch", "risk": "at risk", "none": "unknown"}


def amounts(totals: Sequence[Money]) -> str:
    """Totals of different currencies apart: `$4.82M + €120k`; empty when nothing is known."""
    return " + ".join(words.money(m.minor, m.currency) for m in totals)


def amounts_full(totals: Sequence[Money]) -> str:
    """The same in full, for tooltips and copying."""
    return " + ".join(words.money_full(m.minor, m.currency) for m in totals)


def hours(quarter: int, unit: str) -> str:
    """Thousandths of an hour a quarter as hours a `unit` (week, month, quarter): `59.3 h`."""
    value = quarter / 1000 / _QUARTER_HOLDS[unit]
    text = words.number(value, 1)
    return f"{text.removesuffix('.0')} h"


def hours_change(quarter: int, unit: str) -> str:
    """A change of hours: `+12 h a month`, `no change of hours`."""
    text = hours(quarter, unit)
    if not text.strip("0 h−"):
        return "no change of hours"
    return f"{'+' if quarter > 0 else ''}{text} a {unit}"


def sentiment_band(sentiment: Sentiment | None, cuts: Cuts) -> str:
    """The band of your judgement by the cuts in force."""
    return "none" if sentiment is None else band_of(sentiment.points, cuts).value


def condition_words(condition: Condition, today: date) -> tuple[str, str]:
    """A condition as subject and rest: (`Tier`, `is not Digital`)."""
    subject = SUBJECTS[condition.field]
    if condition.operator == "is unknown":
        return subject, "is unknown"
    return subject, f"{_operator(condition)} {_value(condition, today)}"


def conditions_text(conditions: Sequence[Condition], today: date) -> str:
    """Conditions as one sentence."""
    return " and ".join(" ".join(condition_words(c, today)) for c in conditions)


def _operator(condition: Condition) -> str:
    if condition.operator == "within":
        return "within the last" if condition.field == "touch" else "within"
    return condition.operator


def _value(condition: Condition, today: date) -> str:
    value = condition.value
    if condition.operator == "within":
        return words.plural(int(value), "day")
    if condition.operator in ("before", "after"):
        return _dated(date.fromisoformat(value), today)
    if condition.field == "health":
        return _BANDS.get(value, value)
    if condition.field in ("tier", "sentiment"):
        return value if value in ("placed", "not placed") else value.capitalize()
    if condition.field in ("pinned", "overdue", "override"):
        return value or "yes"
    if condition.field in ("arr", "gap"):
        return words.number(float(value))
    return f"“{value}”" if condition.operator == "contains" else value


def _dated(value: date, today: date) -> str:
    text = words.day(value, today)
    return text.replace("’", "20")
