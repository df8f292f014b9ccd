"""The menus of the Book's tool row: what to group by, and what to sort by first and then."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

from csplanner.domain.filters import Sort, View
from csplanner.domain.filters_groups import GROUPS
from csplanner.domain.filters_view import SORTABLE
from csplanner.language import noted, tr
from csplanner.ui.book.words import subject, subject_inside
from csplanner.ui.widgets.menus import Menu

FIRST_SORTS = ("renewal", "name", "tier", "health", "change", "sentiment", "gap", "arr", "year",
          "touch", "coverage")  # fmt: skip
_REST = tuple(key for key in SORTABLE if key not in FIRST_SORTS and key != "score")
Emit = Callable[[View], None]


def group_menu(view: View, emit: Emit, parent: QWidget) -> Menu:
    """What the Book can be grouped by; `emit` gets the view as chosen."""
    menu = Menu(parent, tr("Group by"))
    choices = QActionGroup(menu)
    for key, text in (("", noted("No groups")), *GROUPS.items()):
        action = _choice(menu, choices, tr(text), chosen=view.group == key)
        action.triggered.connect(lambda _on, k=key: emit(replace(view, group=k)))
        if not key:
            menu.addSeparator()
    return menu


def sort_menu(view: View, emit: Emit, parent: QWidget) -> Menu:
    """What the Book can be sorted by, first and then, and which way; `emit` gets the view."""
    menu = Menu(parent, tr("Sort by"))
    _fields(menu, view.sorts[0], lambda sort: emit(replace(view, sorts=_led(view, sort))))
    menu.addSeparator()
    then = Menu(menu, tr("Then by"))
    menu.addMenu(then)
    second = view.sorts[1] if len(view.sorts) > 1 else None
    _fields(then, second, lambda sort: emit(replace(view, sorts=_added(view, sort))))
    if second is not None:
        then.addSeparator()
        then.addAction(tr("Nothing further")).triggered.connect(
            lambda: emit(replace(view, sorts=view.sorts[:1]))
        )
    menu.addSeparator()
    ways = QActionGroup(menu)
    for text, down in ((tr("Smallest first"), False), (tr("Largest first"), True)):
        action = _choice(menu, ways, text, chosen=view.descending == down)
        turned = replace(view, sorts=(Sort(view.sort, down), *view.sorts[1:]))
        action.triggered.connect(lambda _on, v=turned: emit(v))
    return menu


def sort_words(view: View) -> str:
    """The sorts in words: `renewal, ARR ↓`."""
    said = [f"{subject_inside(s.field)}{' ↓' if s.descending else ''}" for s in view.sorts]
    first_only = len(said) == 1
    return said[0].removesuffix(" ↓") if first_only else ", ".join(said)


def _led(view: View, sort: Sort) -> tuple[Sort, ...]:
    """Sorted by another field first; the further ones stay."""
    others = tuple(s for s in view.sorts[1:] if s.field != sort.field)
    return (Sort(sort.field, view.descending), *others)


def _added(view: View, sort: Sort) -> tuple[Sort, ...]:
    first = view.sorts[0]
    return (first,) if sort.field == first.field else (first, sort)


def _fields(menu: QMenu, chosen: Sort | None, take: Callable[[Sort], None]) -> None:
    choices = QActionGroup(menu)
    rest = Menu(menu, tr("More fields"))
    for shown, keys in ((menu, FIRST_SORTS), (rest, _REST)):
        for key in keys:
            on = chosen is not None and chosen.field == key
            action = _choice(shown, choices, subject(key), chosen=on)
            action.triggered.connect(lambda _on, k=key: take(Sort(k)))
    menu.addMenu(rest)


def _choice(menu: QMenu, group: QActionGroup, text: str, *, chosen: bool) -> QAction:
    action = menu.addAction(text)
    action.setCheckable(True)
    action.setChecked(chosen)
    group.addAction(action)
    return action
