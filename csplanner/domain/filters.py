"""Filters of the Book as sentences: `tier is not digital and renewal before 2027-04-30`."""

import re
from datetime import date

from csplanner.domain.filters_condition import Condition, Sort, View

__all__ = ["Condition", "Sort", "View", "parse_condition", "parse_filter"]

FIELDS: dict[str, str] = {
    "tier": "word",
    "health": "word",
    "sentiment": "word",
    "renewal": "date",
    "arr": "number",
    "score": "number",
    "gap": "number",
    "coverage": "number",
    "criticality": "number",
    "year": "number",
    "sector": "text",
    "name": "text",
    "touch": "date",
    "next_step": "text",
    "pinned": "flag",
    "overdue": "flag",
    "override": "flag",
}
"""The fields one can filter by, with the kind of value each takes."""

WORDS: dict[str, tuple[str, ...]] = {
    "tier": ("high", "medium", "low", "digital", "not placed"),
    "health": ("good", "watch", "risk", "none"),
    "sentiment": ("alarmed", "uneasy", "unsure", "comfortable", "confident"),
    "pinned": ("yes", "no"),
    "overdue": ("yes", "no"),
    "override": ("yes", "no"),
}
"""What a field of words or a flag can be."""

OPERATORS: dict[str, tuple[str, ...]] = {
    "word": ("is", "is not"),
    "date": ("before", "after", "within", "is unknown"),
    "number": ("is", "at least", "at most", "is unknown"),
    "text": ("contains", "is", "is not"),
    "flag": ("is",),
}


def parse_filter(text: str) -> tuple[Condition, ...]:
    """The conditions written in `text`, joined by `and`; raises ValueError in words."""
    parts = [p.strip() for p in re.split(r"\s+and\s+", text.strip(), flags=re.IGNORECASE)]
    return tuple(parse_condition(p) for p in parts if p)


def parse_condition(text: str) -> Condition:
    """The condition written as `tier is not digital`; raises ValueError saying what is wrong."""
    name, _, rest = text.strip().partition(" ")
    name = name.casefold()
    if name not in FIELDS:
        raise ValueError(f"There is no field “{name}”. Filter by one of: {', '.join(FIELDS)}.")
    kind = FIELDS[name]
    rest = rest.strip()
    for operator in sorted(OPERATORS[kind], key=len, reverse=True):
        if rest.casefold() == operator or rest.casefold().startswith(operator + " "):
            value = rest[len(operator) :].strip()
            if (name, value.casefold()) == ("tier", "placed"):
                # “is not placed” names a shelf of its own: it reads as “is”, “not placed”.
                return Condition(name, "is" if operator == "is not" else "is not", "not placed")
            _check(name, kind, operator, value)
            return Condition(name, operator, value if kind == "text" else value.casefold())
    raise ValueError(f"After “{name}” say one of: {', '.join(OPERATORS[kind])}.")


def _check(name: str, kind: str, operator: str, value: str) -> None:
    if operator == "is unknown":
        return
    if not value:
        raise ValueError(f"Say what {name} {operator}.")
    words = WORDS.get(name)
    if words is not None and value.casefold() not in words:
        raise ValueError(f"“{value}” is no {name}. Say one of: {', '.join(words)}.")
    if operator == "within":
        if not value.isdecimal():
            raise ValueError(f"Say within how many days, like {name} within 90.")
    elif kind == "date":
        try:
            date.fromisoformat(value)
        except ValueError:
            raise ValueError(f"“{value}” is not a date like 2026-04-30.") from None
    if kind == "number" and not re.fullmatch(r"-?\d+(\.\d+)?", value):
        raise ValueError(f"“{value}” is not a number.")
