"""The views of the Book: those that come with it, and those you saved."""

from dataclasses import dataclass
from typing import Any

from csplanner.book.book import Book
from csplanner.book.views import SavedView
from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_view import view_of_spec
from csplanner.language import noted, tr
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

    @property
    def shown_title(self) -> str:
        """The title as shown: a name you gave is never translated."""
        return self.title if self.is_saved else tr(self.title)


BUILT_IN: tuple[NamedView, ...] = (
    NamedView(WHOLE, noted("Whole book"), View(group="tier")),
    NamedView(
        "renewing", noted("Renewing in 90 days"), View((Condition("renewal", "within", "90"),))
    ),
    NamedView(
        "yeah_but",
        noted("Yeah, but…"),
        View((Condition("gap", "at least", "25"),), sort="gap", descending=True),
    ),
    NamedView(
        "blind",
        noted("Blind spots"),
        View((Condition("coverage", "at most", "59"),), sort="coverage"),
    ),
    NamedView("first", noted("First renewal"), View((Condition("year", "is", "1"),))),
    NamedView("pinned", noted("Pinned"), View((Condition("pinned", "is", "yes"),), sort="name")),
    NamedView(
        "archived", noted("Archived"), View((Condition("archived", "is", "yes"),), sort="name")
    ),
)


def known_views(book: Book) -> list[tuple[NamedView, int]]:
    """Every view with how many accounts it holds; those of the program only with any, unhidden."""
    hidden = book.views.hidden()
    own = [named for named in BUILT_IN if named.key not in hidden]
    views = [*own, *(saved_view(kept) for kept in book.views.all())]
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
    return NamedView(kept.id, kept.name, view_of_spec(spec), layout_of(spec.get("layout")), True)
