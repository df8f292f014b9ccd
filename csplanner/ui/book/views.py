"""The views of the Book: those that come with it, and those you saved."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from csplanner.book.book import Book
from csplanner.book.overview_filter import SORTS
from csplanner.book.views import SavedView
from csplanner.domain.filters import Condition, Sort, View, parse_condition
from csplanner.domain.filters_groups import GROUPS
from csplanner.ui.book.columns import Layout, layout_of

WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class NamedView:
    """A view with its key and title; `layout` is None where it has no columns of its own."""

    key: str
    title: str
    view: View
    layout: Layout | None = None
    is_saved: bool = False


BUILT_IN: tuple[NamedView, ...] = (
    NamedView(WHOLE, "Whole book", View(group="tier")),
    NamedView("renewing", "Renewing in 90 days", View((Condition("renewal", "within", "90"),))),
    NamedView(
        "yeah_but",
        "Yeah, but…",
        View((Condition("gap", "at least", "25"),), sort="gap", descending=True),
    ),
    NamedView(
        "blind", "Blind spots", View((Condition("coverage", "at most", "59"),), sort="coverage")
    ),
    NamedView("first", "First renewal", View((Condition("year", "is", "1"),))),
)


def known_views(book: Book) -> list[tuple[NamedView, int]]:
    """Every view with how many accounts it holds; those of the program only with any."""
    views = [*BUILT_IN, *(saved_view(kept) for kept in book.views.all())]
    counted = [(named, book.overview.count(named.view)) for named in views]
    return [(n, count) for n, count in counted if count or n.is_saved or n.key == WHOLE]


def spec_of(view: View, layout: Layout) -> dict[str, Any]:
    """What is kept of a view: plain values."""
    return {
        "conditions": [str(c) for c in view.conditions],
        "sorts": [[sort.field, sort.descending] for sort in view.sorts],
        "group": view.group,
        "layout": layout.plain(),
    }


def saved_view(kept: SavedView) -> NamedView:
    """A saved view as it can be shown; what this program does not understand is left out."""
    spec = kept.spec
    return NamedView(kept.id, kept.name, view_of(spec), layout_of(spec.get("layout")), True)


def view_of(spec: Mapping[str, Any]) -> View:
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
        if isinstance(field, str) and field in SORTS:
            yield Sort(field, down is True)


def _conditions(texts: list[object]) -> list[Condition]:
    found = []
    for text in texts:
        try:
            found.append(parse_condition(str(text)))
        except ValueError:
            continue
    return found
