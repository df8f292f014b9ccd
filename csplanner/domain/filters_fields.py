"""The fields of the Book one can filter by: how each is written, and what it can be."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS, WATCHED
from csplanner.language import noted


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field. `name` is how a filter writes it, `title` how a sentence shown begins."""

    key: str
    name: str
    title: str
    kind: str
    """word, date, number, text, flag, seat or measure."""
    words: tuple[str, ...] = ()
    """What a word can be, the least first where that means anything."""
    aliases: tuple[str, ...] = ()
    past: bool = False
    """A date that has been: `within` counts back from today."""
    kept: bool = False
    """What it was before is kept, so that its changes can be asked for."""
    ordered: bool = False
    """It can fall and rise."""


_TIERS = ("digital", "low", "medium", "high", "not placed")
_BANDS = ("risk", "watch", "good", "none")
_FEELINGS = ("alarmed", "uneasy", "unsure", "comfortable", "confident")
_YES = ("yes", "no")
SEATS = ("nobody", "quiet", "in touch")
_F = FilterField

_JUDGED = (
    _F("tier", "tier", noted("Tier"), "word", _TIERS, kept=True, ordered=True),
    _F("health", "health", noted("Health"), "word", _BANDS, ("band",), kept=True, ordered=True),
    _F("sentiment", "sentiment", noted("Sentiment"), "word", _FEELINGS, ("pulse", "feeling"),
       kept=True, ordered=True),
    _F("score", "score", noted("Score"), "number", kept=True, ordered=True),
    _F("gap", "gap", noted("Gap"), "number"),
    _F("change", "health change", noted("Change of health in 90 days"), "number",
       aliases=("change", "90 d")),
    _F("coverage", "evidence", noted("Evidence known"), "number",
       aliases=("coverage", "evidence known", "coverage of evidence")),
    _F("rule", "rule tier", noted("Tier by the rule"), "word", _TIERS, ("rule", "tier by rule")),
    _F("override", "override", noted("Tier chosen by you"), "flag", _YES, ("tier chosen by you",)),
    _F("sentiment_on", "sentiment date", noted("Sentiment set"), "date",
       aliases=("sentiment on", "sentiment set", "pulse date"), past=True),
)  # fmt: skip
_COMMERCIAL = (
    _F("arr", "arr", noted("ARR"), "number", aliases=("revenue",), kept=True, ordered=True),
    _F("renewal", "renewal", noted("Renewal"), "date",
       aliases=("renewal date", "renews", "decision"), kept=True, ordered=True),
    _F("end", "contract end", noted("Contract end"), "date",
       aliases=("end", "term end", "ends"), kept=True, ordered=True),
    _F("year", "year", noted("Contract year"), "number", aliases=("contract year",)),
    _F("criticality", "criticality", noted("Criticality"), "number", kept=True, ordered=True),
    _F("stage", "stage", noted("Stage"), "word", ("onboarding", "adoption", "mature")),
    _F("regrettable", "regrettable", noted("Loss would be regrettable"), "word",
       ("yes", "no", "undecided"), kept=True),
    _F("equipped", "equipped", noted("How equipped they are"), "number"),
    _F("potential", "potential", noted("Potential"), "number"),
)  # fmt: skip
_ACCOUNT = (
    _F("name", "name", noted("Name"), "text", aliases=("account",), kept=True),
    _F("sector", "sector", noted("Sector"), "text", aliases=("industry",), kept=True),
    _F("owner", "owner", noted("Owner"), "text", kept=True),
    _F("segment", "segment", noted("Segment"), "text", kept=True),
    _F("country", "country", noted("Country"), "text", kept=True),
    _F("city", "city", noted("City"), "text", kept=True),
    _F("tag", "tag", noted("Tag"), "text", aliases=("tags",)),
    _F("pinned", "pinned", noted("Pinned"), "flag", _YES),
    _F("archived", "archived", noted("Archived"), "flag", _YES),
)  # fmt: skip
_WORK = (
    _F("touch", "last touch", noted("Last touch"), "date", aliases=("touch", "touched"),
       past=True),
    _F("touch_due", "touch due", noted("Touch due"), "date", aliases=("next touch",)),
    _F("overdue", "overdue", noted("Touch overdue"), "flag", _YES, ("touch overdue",)),
    _F("cadence", "cadence", noted("Days between touches"), "number", aliases=("rhythm",)),
    _F("next_step", "next step", noted("Next step"), "text", aliases=("step",), kept=True),
    _F("step_due", "step due", noted("Next step due"), "date",
       aliases=("next step due", "next step date")),
    _F("tasks", "open tasks", noted("Open tasks"), "number", aliases=("tasks",)),
    _F("task_due", "task due", noted("Task due"), "date", aliases=("tasks due", "task")),
    _F("promised", "hours promised", noted("Hours promised"), "number",
       aliases=("promised", "promised hours")),
    _F("spent", "hours spent", noted("Hours spent"), "number",
       aliases=("spent", "hours", "spent hours")),
    _F("cases", "open cases", noted("Open cases"), "number", aliases=("cases",)),
)  # fmt: skip
_PEOPLE = (
    _F("people", "people", noted("People known"), "number", aliases=("people known",)),
    _F("sponsor", "sponsor", noted("Sponsor"), "seat", SEATS, kept=True),
    _F("decides", "decides", noted("Who decides"), "seat", SEATS, ("decider", "who decides"),
       kept=True),
    _F("champion", "champion", noted("Champion"), "seat", SEATS, kept=True),
    _F("day_to_day", "day-to-day", noted("Day-to-day contact"), "seat", SEATS,
       ("day to day contact",), kept=True),
    _F("finance", "finance", noted("Finance contact"), "seat", SEATS, ("finance contact",),
       kept=True),
)  # fmt: skip
_MEASURES = {
    "usage.events": ("usage", "use", "events"),
    "usage.seats_active": ("seats active", "active seats", "seats used"),
    "usage.seats_bought": ("seats bought", "seats"),
    "usage.modules_used": ("modules used", "modules"),
    "usage.modules_bought": ("modules bought",),
    "usage.minutes": ("minutes of use", "minutes"),
    "usage.module_share": ("module share",),
    "usage.errors": ("errors",),
    "voice.nps": ("nps",),
    "voice.csat": ("csat",),
    "voice.ces": ("effort", "ces"),
    "commercial.invoice_overdue_days": ("invoice overdue", "invoice overdue days"),
    "commercial.billing_disputes": ("billing disputes", "disputes"),
}
_QUIET = frozenset({*EQUIPPED_ITEMS, *POTENTIAL_ITEMS})


def _measure(key: str) -> FilterField:
    name, *aliases = _MEASURES.get(key, (key,))
    title = WATCHED.get(key, key)
    more = () if name == key else (key,)
    return FilterField(
        key, name, title, "measure", aliases=(*aliases, *more), kept=True, ordered=True
    )


GROUPED: Mapping[str, tuple[FilterField, ...]] = MappingProxyType({
    noted("Judged"): _JUDGED,
    noted("Contract"): _COMMERCIAL,
    noted("Account"): _ACCOUNT,
    noted("Your work"): _WORK,
    noted("People"): _PEOPLE,
    noted("Measured"): tuple(_measure(key) for key in _MEASURES),
})  # fmt: skip
"""The fields under the headings a menu shows them with."""

BY_KEY: Mapping[str, FilterField] = MappingProxyType(
    {f.key: f for fields in GROUPED.values() for f in fields}
    | {key: _measure(key) for key in WATCHED if key not in _MEASURES}
)
"""Every field by its key."""


def plain_name(text: str) -> str:
    """A name as names are compared: lower case, with single spaces for dashes and underscores."""
    return " ".join(re.sub(r"[_\-]+", " ", text.casefold()).split())


_BY_NAME = {
    plain_name(name): found
    for found in reversed(tuple(BY_KEY.values()))
    for name in (found.name, found.key, *found.aliases)
}
LONGEST_NAME = max(len(name.split()) for name in _BY_NAME)
"""How many words a name has at most."""
_ANY_MEASURE = re.compile(r"[a-z]{2,20}\.[a-z][a-z0-9_]{0,39}")


def field_named(name: str) -> FilterField | None:
    """The field that is written so, in any case; a measure also by the id it has in the book."""
    found = _BY_NAME.get(plain_name(name))
    if found is None and _ANY_MEASURE.fullmatch(name.casefold()):
        return _measure(name.casefold())
    return found


def field_of(key: str) -> FilterField:
    """The field with that key; KeyError where there is none."""
    return BY_KEY.get(key) or (_measure(key) if _ANY_MEASURE.fullmatch(key) else BY_KEY[key])


def known_names() -> list[str]:
    """How every field is written, in the order of the menu."""
    return [f.name for fields in GROUPED.values() for f in fields]


OPERATORS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "word": ("is", "is not", "is unknown", "is known"),
    "flag": ("is",),
    "date": ("before", "after", "by", "from", "on", "within", "is unknown", "is known"),
    "number": ("is", "is not", "at least", "at most", "above", "below", "is unknown", "is known"),
    "text": ("is", "is not", "contains", "does not contain", "starts with", "is unknown",
             "is known"),
    "seat": ("is", "is not"),
    "measure": ("at least", "at most", "above", "below", "is unknown", "is known"),
})  # fmt: skip
"""What can be said of a kind of field, besides how it changed."""

BARE = frozenset({"is unknown", "is known"})
"""The operators without a value."""
LISTED = frozenset({"is", "is not", "contains", "does not contain", "starts with", "on"})
"""The operators that take several values."""
CHANGES = ("moved", "fell", "rose", "left")
"""The operators that ask what became of a field over time."""

_ALIASES = {
    "is not": ("isn't", "isn’t", "not", "≠", "!=", "<>", "is none of", "is neither"),
    "is": ("=", "==", "equals", "is any of", "is one of", "any of", "in"),
    "at least": (">=", "≥", "from", "is at least", "minimum"),
    "at most": ("<=", "≤", "up to", "is at most", "maximum"),
    "above": (">", "more than", "over", "greater than", "is above", "is over", "is more than",
              "better than", "higher than"),
    "below": ("<", "less than", "under", "is below", "is under", "is less than",
              "worse than", "lower than"),
    "before": ("<", "is before", "earlier than"),
    "after": (">", "is after", "later than"),
    "by": ("<=", "≤", "until", "no later than", "is by"),
    "from": (">=", "≥", "no earlier than", "is from"),
    "on": ("is", "=", "is on"),
    "within": ("in the last", "in the next", "within the last", "within the next", "in",
               "is within"),
    "contains": ("has", "with", "including", "~"),
    "does not contain": ("doesn't contain", "doesn’t contain", "without", "has no"),
    "starts with": ("begins with",),
    "is unknown": ("unknown", "is empty", "is missing", "is blank", "is not known", "is not set"),
    "is known": ("known", "is not empty", "is not unknown", "is set", "exists"),
    "moved": ("changed", "has moved", "has changed", "was moved", "was changed", "went"),
    "fell": ("dropped", "has fallen", "decreased", "went down", "sank"),
    "rose": ("grew", "has risen", "increased", "went up", "climbed"),
    "left": ("has left", "departed"),
}  # fmt: skip


@cache
def operators_of(found: FilterField) -> tuple[str, ...]:
    """Everything that can be said of a field."""
    moves = ("moved",) if found.kept and found.kind != "measure" else ()
    ways = ("fell", "rose") if found.ordered else ()
    gone = ("left",) if found.kind == "seat" else ()
    return (*OPERATORS[found.kind], *moves, *ways, *gone)


@cache
def spellings(found: FilterField) -> list[tuple[str, str]]:
    """(as written, operator) of all that can be said of a field, the longest first."""
    offered = operators_of(found)
    ways = {operator: operator for operator in offered}
    for operator in offered:
        for alias in _ALIASES.get(operator, ()):
            ways.setdefault(alias, operator)
    return sorted(ways.items(), key=lambda way: (-len(way[0].split()), -len(way[0])))
