"""How the Book says filters as sentences, and a change of hours."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.filters import Condition
from csplanner.domain.filters_change import change_of
from csplanner.domain.filters_fields import BARE, CHANGES, FilterField, field_of
from csplanner.domain.filters_values import day_at
from csplanner.domain.wording import quoted, unit_word
from csplanner.language import Spoken, current, noted, ntr, tr, within
from csplanner.ui.widgets import format as words
from csplanner.ui.words import hours

_VALUES = {
    "health": {
        "good": noted("good"), "watch": noted("watch"), "risk": noted("at risk"),
        "none": noted("unknown"),
    },
    "tier": {
        "high": noted("High"), "medium": noted("Medium"), "low": noted("Low"),
        "digital": noted("Digital"), "not placed": noted("not placed"),
    },
    "sentiment": {
        "alarmed": noted("Alarmed"), "uneasy": noted("Uneasy"), "unsure": noted("Unsure"),
        "comfortable": noted("Comfortable"), "confident": noted("Confident"),
    },
    "stage": {
        "onboarding": noted("onboarding"), "adoption": noted("adoption"),
        "mature": noted("mature"),
    },
    "regrettable": {"yes": noted("yes"), "no": noted("no"), "undecided": noted("undecided")},
    "seat": {
        "nobody": noted("nobody"), "quiet": noted("quiet"), "in touch": noted("in touch"),
    },
    "flag": {"yes": noted("yes"), "no": noted("no")},
}  # fmt: skip
_VALUES["rule"] = _VALUES["tier"]
_SAID = Spoken({
    "is": noted("is {0}"), "is not": noted("is not {0}"), "before": noted("before {0}"),
    "after": noted("after {0}"), "by": noted("by {0}"), "from": noted("from {0}"),
    "on": noted("on {0}"), "at least": noted("at least {0}"), "at most": noted("at most {0}"),
    "above": noted("above {0}"), "below": noted("below {0}"),
    "contains": noted("contains {0}"), "does not contain": noted("does not contain {0}"),
    "starts with": noted("starts with {0}"), "is unknown": noted("is unknown"),
    "is known": noted("is known"), "within": noted("within {0}"), "moved": noted("moved"),
    "fell": noted("fell"), "rose": noted("rose"), "left": noted("left"),
})  # fmt: skip
_MEANS = Spoken({
    "within": noted("within a number of days"), "moved": noted("has changed"),
    "fell": noted("has fallen"), "rose": noted("has risen"), "left": noted("has left"),
    "by": noted("on or before"), "from": noted("on or after"), "above": noted("more than"),
    "below": noted("less than"),
})  # fmt: skip
_NUMBERS = frozenset({"number", "measure"})


def hours_change(quarter: int, unit: str) -> str:
    """A change of hours: `+12 h a month`, `no change of hours`."""
    text = hours(quarter, unit)
    if not text.strip("0 h−"):
        return tr("no change of hours")
    return tr("{0} a {1}").format(f"{'+' if quarter > 0 else ''}{text}", unit_word(unit))


def subject(key: str) -> str:
    """What a field is called where a sentence about it begins."""
    return tr(field_of(key).title)


def subject_inside(key: str) -> str:
    """The same within a sentence: `tier`, but `ARR`."""
    return within(subject(key))


def operator_words(operator: str) -> str:
    """An operator as a list offers it: `is not`, `more than`."""
    return tr(_MEANS.get(operator, _SAID[operator])).replace("{0}", "").strip()


def value_words(key: str, value: str) -> str:
    """A word a field can be, as it is shown: `High`, `at risk`."""
    found = field_of(key)
    known = _VALUES.get(found.key) or _VALUES.get(found.kind) or {}
    return tr(known[value]) if value in known else value


def condition_words(condition: Condition, today: date) -> tuple[str, str]:
    """A condition as subject and rest: (`Tier`, `is not Digital`)."""
    first, *others = condition.sides
    rest = _rest(first, today)
    for other in others:
        side = f"{subject(other.field)} {_rest(other, today)}"
        rest = tr("{0} or {1}").format(rest, side)
    return subject(first.field), rest


def conditions_text(conditions: Sequence[Condition], today: date) -> str:
    """Conditions as one sentence."""
    sentences = [" ".join(condition_words(c, today)) for c in conditions]
    return current().last_of_list.join(sentences)


def _rest(c: Condition, today: date) -> str:
    found = field_of(c.field)
    if c.operator in BARE:
        return tr(_SAID[c.operator])
    if c.operator in CHANGES:
        return _change(found, c, today)
    if c.operator == "within":
        days = int(c.value)
        if found.past:
            return ntr("within the last {0} day", "within the last {0} days", days)
        return ntr("within {0} day", "within {0} days", days)
    *first, last = (_value(found, c.operator, value, today) for value in c.values)
    said = tr("{0} or {1}").format(current().comma.join(first), last) if first else last
    return tr(_SAID[c.operator]).format(said)


def _value(found: FilterField, operator: str, value: str, today: date) -> str:
    if found.kind == "date":
        return _when(value, today)
    if found.kind in _NUMBERS:
        if found.key == "year":
            return value
        places = len(value.partition(".")[2])
        return words.number(float(value), min(places, 3))
    if found.kind == "text":
        return quoted(value) if operator not in ("is", "is not") else value
    return value_words(found.key, value)


def _change(found: FilterField, c: Condition, today: date) -> str:
    """What moved, by how much or from what to what, and over which time."""
    change = change_of(c.value)
    was, became = (_value(found, "is", v, today) if v else "" for v in (change.was, change.became))
    if c.operator == "left":
        said = tr("left")
    elif change.amount:
        places = len(change.amount.partition(".")[2])
        amount = words.number(float(change.amount), min(places, 3))
        amount = tr("{0} %").format(amount) if change.is_percent else amount
        said = tr("fell by {0}" if c.operator == "fell" else "rose by {0}").format(amount)
    elif was and became:
        said = tr("moved from {0} to {1}").format(was, became)
    elif was or became:
        said = tr("moved from {0}" if was else "moved to {0}").format(was or became)
    else:
        said = tr(_SAID[c.operator])
    if change.since is not None:
        return tr("{0} since {1}").format(said, _dated(change.since, today))
    return ntr("{1} in {0} day", "{1} in {0} days", change.days).replace("{1}", said)


def _when(value: str, today: date) -> str:
    if value == "today":
        return tr("today")
    if value.endswith(" ago"):
        return ntr("{0} day ago", "{0} days ago", int(value.split()[0]))
    if value.startswith("in "):
        return ntr("{0} day from now", "{0} days from now", int(value.split()[1]))
    return _dated(day_at(value, today), today)


def _dated(value: date, today: date) -> str:
    text = words.day(value, today)
    return text.replace("’", "20")
