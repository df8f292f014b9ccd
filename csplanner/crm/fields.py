"""The catalogue of what a column may become, with the names CRMs give it.

Names are compared without case, accents, spaces and signs, and without a trailing `__c`.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from types import MappingProxyType

from csplanner.crm.fields_accounts import ACCOUNT, PERSON, SEAT, TERM, USER
from csplanner.crm.fields_deals import EXIT, INVOICE, OPPORTUNITY, SUBSCRIPTION
from csplanner.crm.fields_events import CAMPAIGN, CASE, MEMBER, TOUCH
from csplanner.crm.fields_figures import (
    LONG_FIELDS,
    MEASUREMENT,
    WIDE,
    WIDE_FIELDS,
    is_figure,
    measure_of,
)
from csplanner.crm.targets import Target, header_key, slug
from csplanner.domain.measures import OTHER

__all__ = [
    "BESIDE", "CATALOGUE", "WIDE_FIELDS", "Target", "choices_of", "header_key", "header_score",
    "is_figure", "measure_of", "named_for", "target", "targets_of",
]  # fmt: skip

CATALOGUE: Mapping[str, tuple[Target, ...]] = MappingProxyType({
    "account": ACCOUNT, "term": TERM, "person": PERSON, "seat": SEAT,
    "opportunity": OPPORTUNITY, "case": CASE, "subscription": SUBSCRIPTION, "exit": EXIT,
    "touch": TOUCH, "measurement": MEASUREMENT, "invoice": INVOICE, "user": USER,
    "campaign": CAMPAIGN, "member": MEMBER,
})  # fmt: skip
"""Targets by object. Columns of one file may fill several objects: see `choices_of`."""

BESIDE: dict[str, tuple[str, ...]] = {"account": ("term.end", "term.notice_deadline")}
"""Targets of other objects that a file of the first fills by their usual names alone."""

_JOINED = ("account", "person", "opportunity", "case", "subscription", "term")
"""Objects that rows of a file of another object may hold as well."""


def targets_of(object_: str) -> tuple[Target, ...]:
    """What a column of a file of that object may become by its name alone."""
    own = CATALOGUE.get(object_, ())
    if object_ != "account":
        return own
    beside = tuple(t for t in TERM if t.key in BESIDE["account"])
    return (*own, *beside, *WIDE)


def choices_of(object_: str) -> tuple[Target, ...]:
    """Everything a person may choose for a column: the file's own object first, then others."""
    own = targets_of(object_)
    if object_ in ("user", "campaign", "member", "invoice"):
        return own
    listed = {t.key for t in own}
    others = (t for o in _JOINED if o != object_ for t in CATALOGUE[o])
    return (*own, *(t for t in (*others, *WIDE) if t.key not in listed))


def named_for(key: str, header: str) -> str:
    """The key a column gets when that target is chosen for it: some hold the column's name.

    “Another measure” and “Keep as a tag” may be chosen for several columns.
    """
    if key in (f"measurement.{OTHER}", "account.tag"):
        return f"{key}.{slug(header) or 'column'}"
    return key


@cache
def target(key: str) -> Target:
    """The target with that key; KeyError when there is none.

    `measurement.other.<name>` is a measure of the book's own, `measurement.<measure>@<ISO day>`
    the figures of one day, `account.tag.<name>` a column of tags.
    """
    object_, _, field = key.partition(".")
    for found in CATALOGUE[object_]:
        if found.field == field:
            return found
    if object_ == "account" and field.startswith("tag."):
        return replace(target("account.tag"), field=field, aliases=())
    if object_ == "measurement":
        return _figures(field, key)
    raise KeyError(key)


def _figures(field: str, key: str) -> Target:
    measure, day = measure_of(field)
    own = measure.removeprefix(f"{OTHER}.")
    if own != measure and slug(own) == own:
        base = Target("measurement", field, own.replace("_", " "), "thousandths")
    elif day is None or (measure in LONG_FIELDS and measure != "value"):
        raise KeyError(key)
    else:
        base = target(f"measurement.{measure}")
    if day is None:
        return base
    try:
        date.fromisoformat(day)
    except ValueError:
        raise KeyError(key) from None
    return replace(base, field=field, title=f"{base.title}, {day}", aliases=())


@cache
def _known_headers() -> frozenset[str]:
    return frozenset(a for ts in CATALOGUE.values() for t in ts for a in t.aliases)


def header_score(cells: list[str]) -> int:
    """How many cells of a row are names of columns that CRMs use."""
    known = _known_headers()
    keys = [header_key(c) for c in cells]
    return sum(1 for k in dict.fromkeys(keys) if k in known or k.split("account")[-1] in known)
