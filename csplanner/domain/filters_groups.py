"""What the Book can be grouped by: fields, the order of their groups and what each is called."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from csplanner.domain.sentiment import Sentiment
from csplanner.language import current, noted, tr

GROUPS: dict[str, str] = {
    "tier": noted("Tier"),
    "health": noted("Health"),
    "sentiment": noted("Sentiment"),
    "sector": noted("Sector"),
    "owner": noted("Owner"),
    "segment": noted("Segment"),
    "country": noted("Country"),
    "stage": noted("Stage"),
    "year": noted("Contract year"),
    "month": noted("Renewal month"),
    "quarter": noted("Renewal quarter"),
    "tag": noted("Tags"),
    "criticality": noted("Criticality"),
}
"""The fields one can group by, with their titles; to be given to `tr` where they are shown."""


@dataclass(frozen=True, slots=True)
class Group:
    """Accounts that share a value; `key` is the value as text, empty for unknown."""

    key: str
    title: str = field(default="", compare=False)
    """As shown, in the language it was made in."""


_FIXED: dict[str, dict[str, str]] = {
    "tier": {
        "high": noted("High touch"),
        "medium": noted("Medium touch"),
        "low": noted("Low touch"),
        "digital": noted("Digital"),
        "": noted("Not placed"),
    },
    "health": {
        "risk": noted("At risk"),
        "watch": noted("To watch"),
        "good": noted("Good"),
        "none": noted("Health unknown"),
    },
    "sentiment": {str(int(s)): s.word for s in Sentiment} | {"": noted("No sentiment yet")},
    "stage": {
        "onboarding": noted("Onboarding"),
        "adoption": noted("Adoption"),
        "mature": noted("Mature"),
        "": noted("Stage unknown"),
    },
    "criticality": {
        "3": noted("Mission-critical or life safety"),
        "2": noted("Business-critical"),
        "1": noted("Important"),
        "0": noted("Convenience"),
        "": noted("Criticality unknown"),
    },
}
_UNKNOWN: dict[str, str] = {
    "sector": noted("No sector"),
    "owner": noted("Nobody owns it"),
    "segment": noted("No segment"),
    "country": noted("No country"),
    "tag": noted("No tag"),
    "year": noted("Contract year unknown"),
    "month": noted("Renewal unknown"),
    "quarter": noted("Renewal unknown"),
}


def group_of(by: str, key: str) -> Group:
    """The group of the accounts whose field `by` has the value `key`."""
    fixed = _FIXED.get(by, {}).get(key)
    if fixed is not None:
        return Group(key, tr(fixed))
    if not key:
        return Group(key, tr(_UNKNOWN.get(by, noted("Unknown"))))
    say = _SAID.get(by)
    return Group(key, say(key) if say else key)


def place_of(by: str, key: str) -> tuple[bool, int, str]:
    """What groups are put in order by: as the field counts, unknown last."""
    fixed = _FIXED.get(by)
    if fixed is not None and key in fixed:
        return False, list(fixed).index(key), ""
    if not key:
        return True, 0, ""
    return False, int(key) if by == "year" else 0, "" if by == "year" else key.casefold()


def _year(key: str) -> str:
    return tr("Contract year {0}").format(key)


def _month(key: str) -> str:
    day = date.fromisoformat(f"{key}-01")
    return f"{current().months[day.month - 1]} {day.year}"


def _quarter(key: str) -> str:
    year, number = key.split("Q")
    return tr("Q{0} {1}").format(number, year)


def _tags(key: str) -> str:
    """The tags of a line, kept as JSON."""
    return current().comma.join(str(word) for word in json.loads(key))


_SAID: dict[str, Callable[[str], str]] = {
    "year": _year,
    "month": _month,
    "quarter": _quarter,
    "tag": _tags,
}
