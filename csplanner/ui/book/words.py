"""How the Book says filters as sentences, and a change of hours."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.filters import Condition
from csplanner.ui.widgets import format as words
from csplanner.ui.words import hours

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
_BANDS = {"good": "good", "watch": "watch", "risk": "at risk", "none": "unknown"}


def hours_change(quarter: int, unit: str) -> str:
    """A change of hours: `+12 h a month`, `no change of hours`."""
    text = hours(quarter, unit)
    if not text.strip("0 h−"):
        return "no change of hours"
    return f"{'+' if quarter > 0 else ''}{text} a {unit}"


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
