"""A whole view as one line of text that can be sent to somebody and opened there.

`book: tier is not digital | group tier | sort renewal, arr down | columns account, health`
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from csplanner.domain.filters_condition import FIRST_SORT, Condition, Sort, View
from csplanner.domain.filters_fields import BY_KEY, field_named, plain_name
from csplanner.domain.filters_groups import GROUPS
from csplanner.domain.filters_text import filter_text, parse_condition, parse_filter
from csplanner.domain.filters_words import tokens

PREFIX = "book:"
EVERY = "every account"
SORTABLE = (
    "name", "tier", "health", "score", "change", "sentiment", "gap", "arr", "renewal", "year",
    "touch", "coverage", "end", "sector", "owner", "segment", "country", "city", "stage",
    "criticality", "equipped", "potential", "cases", "tasks", "task_due", "next_step", "step_due",
    "promised", "spent", "sentiment_on", "touch_due", "rule", "pinned", "tag",
)  # fmt: skip
"""The fields one can sort by."""

_DOWN = ("down", "descending", "desc", "largest first", "newest first", "z to a")
_UP = ("up", "ascending", "asc", "smallest first", "oldest first", "a to z")
_GROUP_NAMES = {"month": "renewal month", "quarter": "renewal quarter", "year": "contract year"}


@dataclass(frozen=True, slots=True)
class ViewText:
    """What a text of a view says; `columns` as it names them, empty where it names none."""

    view: View
    columns: tuple[str, ...] = ()


def is_view_text(text: str) -> bool:
    """Whether a text says that it is a view."""
    return text.strip().casefold().startswith(PREFIX)


def view_text(view: View, columns: Sequence[str] = ()) -> str:
    """A view, with the columns it shows where they are given, as `parse_view` reads it."""
    parts = [f"{PREFIX} {filter_text(view.conditions) or EVERY}"]
    if view.group:
        parts.append(f"group {_GROUP_NAMES.get(view.group, view.group)}")
    if view.sorts != (Sort(FIRST_SORT),):
        parts.append(f"sort {', '.join(_sort_text(sort) for sort in view.sorts)}")
    if columns:
        parts.append(f"columns {', '.join(columns)}")
    return " | ".join(parts)


def parse_view(text: str, today: date | None = None) -> ViewText:
    """The view a text says; a filter alone is one too. Raises ValueError in words.

    `today` is that of `parse_filter`.
    """
    body = text.strip()
    body = body[len(PREFIX) :] if is_view_text(body) else body
    first, *others = _sections(body)
    conditions: tuple[Condition, ...] = ()
    if plain_name(first) not in ("", EVERY, "all accounts", "everything"):
        conditions = parse_filter(first, today)
    group, sorts, columns = "", tuple[Sort, ...](), tuple[str, ...]()
    for section in others:
        verb, _, rest = section.partition(" ")
        verb, rest = verb.casefold().rstrip(":"), rest.strip().removeprefix("by ").strip()
        if verb in ("group", "grouped"):
            group = _group(rest)
        elif verb in ("sort", "sorted", "order"):
            sorts = tuple(dict.fromkeys(_sort(part) for part in rest.split(",") if part.strip()))
        elif verb == "columns":
            columns = tuple(part.strip() for part in rest.split(",") if part.strip())
        else:
            raise ValueError(
                f"“{section}” was not understood. After | write group, sort or columns."
            )
    return ViewText(View(conditions, sorts=sorts, group=group), columns)


def _sections(text: str) -> list[str]:
    """The text between unquoted bars."""
    cuts = [word for word in tokens(text) if word.says("|")]
    starts = [0, *(word.end for word in cuts)]
    ends = [*(word.start for word in cuts), len(text)]
    found = [text[a:b].strip() for a, b in zip(starts, ends, strict=True)]
    return [found[0], *(part for part in found[1:] if part)]


def _sort_text(sort: Sort) -> str:
    return f"{BY_KEY[sort.field].name}{' down' if sort.descending else ''}"


def _sort(text: str) -> Sort:
    said = plain_name(text)
    way = next((w for w in (*_DOWN, *_UP) if said.endswith(f" {w}")), "")
    name = said.removesuffix(f" {way}") if way else said
    found = field_named(name)
    if found is None or found.key not in SORTABLE:
        names = [BY_KEY[key].name for key in SORTABLE]
        raise ValueError(f"The Book cannot be sorted by “{name}”.{_near(name, names)}")
    return Sort(found.key, way in _DOWN)


def _group(text: str) -> str:
    said = plain_name(text)
    if said in ("", "none", "nothing", "no groups"):
        return ""
    names = {plain_name(_GROUP_NAMES.get(key, key)): key for key in GROUPS}
    names |= {key: key for key in GROUPS} | {"tags": "tag"}
    if said not in names:
        raise ValueError(f"The Book cannot be grouped by “{text}”.{_near(said, list(names))}")
    return names[said]


def _near(name: str, names: Sequence[str]) -> str:
    near = get_close_matches(name, names, 1, 0.6)
    return f" Did you mean “{near[0]}”?" if near else f" Name one of: {', '.join(names[:14])}."


# What is kept of a view


def view_of_spec(spec: Mapping[str, Any]) -> View:
    """The view kept as plain values."""
    texts, group = spec.get("conditions"), spec.get("group")
    return View(
        tuple(_conditions(texts if isinstance(texts, list) else [])),
        sorts=tuple(_sorts(spec)),
        group=group if isinstance(group, str) and group in GROUPS else "",
    )


def _sorts(spec: Mapping[str, Any]) -> Iterator[Sort]:
    """The sorts kept; books of the first version hold a single one in two values."""
    kept = spec.get("sorts")
    if not isinstance(kept, list):
        kept = [[spec.get("sort"), spec.get("descending") is True]]
    for entry in kept:
        field, down = entry if isinstance(entry, list) and len(entry) == 2 else (None, False)
        if isinstance(field, str) and field in SORTABLE:
            yield Sort(field, down is True)


def _conditions(texts: list[object]) -> list[Condition]:
    found = []
    for text in texts:
        try:
            found.append(parse_condition(str(text)))
        except ValueError:
            continue
    return found
