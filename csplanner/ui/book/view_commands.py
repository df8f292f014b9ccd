"""The commands of the Book's views: filter, group, sort, save, share; for menus and the palette."""

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from csplanner.domain.filters_groups import GROUPS
from csplanner.language import tr as translated
from csplanner.language import within
from csplanner.ui.book.grid_commands import shown_page
from csplanner.ui.book.tool_menus import FIRST_SORTS
from csplanner.ui.book.views import WHOLE
from csplanner.ui.book.words import subject_inside
from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book.page import BookPage
    from csplanner.ui.book_window import BookWindow

_DOWN = frozenset({"arr", "gap"})
Run = Callable[["BookPage"], object]


def view_commands(window: "BookWindow") -> list[Command]:
    """What can be done with what the Book shows."""
    return [*_filters(window), *_views(window), *_groups(window), *_sorts(window)]


def _verb(
    window: "BookWindow", name: str, text: str, run: Run, *, submenu: str = "", icon: str = "",
    words: str = "", keys: str = "", writes: bool = False,
    when: Callable[["BookPage"], bool] = lambda _: True,
) -> Command:  # fmt: skip
    def ask() -> None:
        page = shown_page(window)
        if page is not None:
            run(page)

    def can() -> bool:
        page = shown_page(window)
        return page is not None and when(page)

    return Command(
        name, text, ask, menu="View", submenu=submenu or window.tr("Book view"), icon=icon,
        keywords=words, local=keys, writes=writes, enabled=can,
        needs=window.tr("Show the Book first."),
    )  # fmt: skip


def _filters(window: "BookWindow") -> list[Command]:
    tr = window.tr
    return [
        _verb(window, "view.filter", tr("Add a filter…"), lambda page: page.tools.open_form(),
              icon="list-filter", words="search where only show accounts"),
        _verb(window, "view.filter.clear", tr("Clear all filters"),
              lambda page: page.clear_filters(), words="show every account",
              when=lambda page: bool(page.view.conditions)),
    ]  # fmt: skip


def _views(window: "BookWindow") -> list[Command]:
    tr = window.tr

    def own(page: "BookPage") -> bool:
        return page.tabs.named.is_saved

    def built_in(page: "BookPage") -> bool:
        return not own(page) and page.tabs.named.key != WHOLE

    def verb(name: str, text: str, when: Callable[["BookPage"], bool], keys: str = "") -> Command:
        return _verb(window, f"view.{name}", text, lambda page: page.view_verbs.do(name),
                     when=when, keys=keys, writes=True)  # fmt: skip

    return [
        _verb(window, "view.save", tr("Save view…"), lambda page: page.save_view(),
              words="keep filters columns", writes=True),
        _verb(window, "view.revert", tr("Undo the changes of the view"),
              lambda page: page.view_verbs.undo_changes(), words="reset revert",
              when=lambda page: page.is_view_changed()),
        _verb(window, "view.copy", tr("Copy view as text"),
              lambda page: page.view_verbs.copy_text(), icon="copy", words="share send colleague"),
        _verb(window, "view.paste", tr("Open the view you copied"),
              lambda page: page.view_verbs.paste_text(), words="paste view text"),
        verb("rename", tr("Rename the view…"), own, "F2"),
        verb("duplicate", tr("Duplicate the view…"), lambda _: True),
        verb("left", tr("Move the view to the left"), own, "Alt+Up"),
        verb("right", tr("Move the view to the right"), own, "Alt+Down"),
        verb("remove", tr("Remove the view"), own, "Delete"),
        verb("hide", tr("Hide the view"), built_in, "Delete"),
        verb("unhide", tr("Show hidden views"), lambda _: True),
    ]  # fmt: skip


def _groups(window: "BookWindow") -> list[Command]:
    tr = window.tr
    made = [
        _verb(window, f"view.group.{key}", tr("Group by {0}").format(within(translated(title))),
              _grouped(key),
              submenu=tr("Group by"))
        for key, title in GROUPS.items()
    ]  # fmt: skip
    none = _verb(window, "view.group.none", tr("Group by nothing"),
                 lambda page: page.show_view(replace(page.view, group="")),
                 submenu=tr("Group by"), words="no groups flat")  # fmt: skip
    return [none, *made]


def _sorts(window: "BookWindow") -> list[Command]:
    tr = window.tr
    return [
        _verb(window, f"view.sort.{key}", tr("Sort by {0}").format(subject_inside(key)),
              _sorted(key),
              submenu=tr("Sort by"))
        for key in FIRST_SORTS
    ]  # fmt: skip


def _grouped(key: str) -> Run:
    return lambda page: page.show_view(replace(page.view, group=key))


def _sorted(key: str) -> Run:
    return lambda page: page.show_view(page.view.sorted_by(key, descending=key in _DOWN))
