"""The commands of the Book's grid: cells, columns and many accounts, for menus and the palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book.page import BookPage
    from csplanner.ui.book_window import BookWindow

Run = Callable[["BookPage"], object]


def grid_commands(window: "BookWindow") -> list[Command]:
    """What can be done with the cells, columns and accounts chosen in the Book."""
    return [*_cells(window), *_columns(window), *_many(window)]


def shown_page(window: "BookWindow") -> "BookPage | None":
    """The Book page while it is the one shown."""
    page = window.current_page()
    if page is None or page.key != "book":
        return None
    from csplanner.ui.book.page import BookPage

    found = getattr(page, "page", page)
    return found if isinstance(found, BookPage) else None


def _verb(
    window: "BookWindow", name: str, text: str, run: Run, *, menu: str, submenu: str,
    icon: str = "", keys: str = "", words: str = "", writes: bool = False,
    when: Callable[["BookPage"], bool] = lambda _: True,
) -> Command:  # fmt: skip
    def ask() -> None:
        page = shown_page(window)
        if page is not None:
            run(page)

    def can() -> bool:
        page = shown_page(window)
        return page is not None and page.model.rowCount() > 0 and when(page)

    return Command(
        name, text, ask, menu=menu, submenu=submenu, icon=icon, local=keys, keywords=words,
        writes=writes, enabled=can, needs=window.tr("Show the Book and choose a cell first."),
    )  # fmt: skip


def _cells(window: "BookWindow") -> list[Command]:
    tr = window.tr
    verb = partial(_verb, window, menu="Edit", submenu=tr("Cells"))

    def asks(verb_: str) -> Run:
        return lambda page: page.table.asked.emit(verb_)

    return [
        verb("cell.edit", tr("Change the cell"), lambda page: page.table.editing.begin(),
             keys="F2", icon="pencil", words="type edit", writes=True),
        verb("cell.copy", tr("Copy cells"), asks("copy"), keys="Ctrl+C", icon="copy"),
        verb("cell.copy_heads", tr("Copy cells with heads"), asks("copy_heads"),
             keys="Ctrl+Shift+C", words="excel spreadsheet tab"),
        verb("cell.paste", tr("Paste into cells"), asks("paste"), keys="Ctrl+V", writes=True,
             words="excel spreadsheet tab"),
        verb("cell.fill", tr("Fill cells down"), asks("fill"), keys="Ctrl+D", writes=True),
        verb("cell.clear", tr("Clear cells"), asks("clear"), keys="Del", writes=True,
             words="delete empty"),
        verb("cell.filter", tr("Show only accounts with this value"),
             lambda page: page.filter_by_cell(), icon="list-filter", words="filter by value"),
        verb("cell.all", tr("Choose all cells"), lambda page: page.table.choose_all(),
             keys="Ctrl+A", words="select"),
        verb("cell.column", tr("Choose whole columns"), lambda page: page.table.choose_column(),
             keys="Ctrl+Space", words="select"),
        verb("cell.row", tr("Choose whole rows"), lambda page: page.table.choose_row(),
             keys="Shift+Space", words="select"),
        verb("cell.tick", tr("Select the accounts of the cells chosen"),
             lambda page: page.table.tick_chosen(), keys="Ctrl+Shift+A", words="tick check mark"),
    ]  # fmt: skip


def _columns(window: "BookWindow") -> list[Command]:
    tr = window.tr
    verb = partial(_verb, window, menu="View", submenu=tr("Columns"))

    def arranges(page: "BookPage") -> bool:
        return page.columns.can_arrange()

    def sorts(page: "BookPage") -> bool:
        return page.columns.can_sort()

    return [
        verb("column.choose", tr("Columns…"), lambda page: page.columns.choose(),
             icon="columns-3", words="show hide order chooser"),
        verb("column.menu", tr("Open the menu of this column"),
             lambda page: page.table.asked.emit("column_menu"), keys="Alt+Down"),
        verb("column.sort", tr("Sort by this column"), lambda page: page.columns.sort(),
             icon="arrow-up-down", words="order", when=sorts),
        verb("column.also", tr("Sort also by this column"),
             lambda page: page.columns.sort_also(), words="order several then", when=sorts),
        verb("column.left", tr("Move this column left"), lambda page: page.columns.move(-1),
             keys="Alt+Shift+Left", when=arranges),
        verb("column.right", tr("Move this column right"), lambda page: page.columns.move(1),
             keys="Alt+Shift+Right", when=arranges),
        verb("column.hide", tr("Hide this column"), lambda page: page.columns.hide(),
             icon="eye-off", when=arranges),
        verb("column.freeze", tr("Let the columns up to this one stay in place"),
             lambda page: page.columns.freeze(), words="freeze pin fix", when=arranges),
        verb("column.unfreeze", tr("Let only the names stay in place"),
             lambda page: page.columns.unfreeze(), words="unfreeze",
             when=lambda page: page.columns.has_frozen()),
        verb("column.fit", tr("Fit this column to what it shows"),
             lambda page: page.columns.fit(), words="width auto"),
        verb("column.fit_all", tr("Fit all columns to what they show"),
             lambda page: page.columns.fit_all(), words="width auto"),
        verb("column.reset", tr("Columns as they were"), lambda page: page.columns.reset(),
             words="default"),
    ]  # fmt: skip


def _many(window: "BookWindow") -> list[Command]:
    tr = window.tr
    verb = partial(
        _verb, window, menu="Account", submenu=tr("Accounts selected"), writes=True,
        when=lambda page: page.verbs.has_chosen(),
    )  # fmt: skip
    return [
        verb("many.tier", tr("Set tier of the accounts selected…"),
             lambda page: page.verbs.set_tier(), icon="pyramid", words="bulk"),
        verb("many.touches", tr("Plan touches with the accounts selected…"),
             lambda page: page.verbs.plan_touches(), icon="calendar-plus", words="bulk tasks"),
        verb("many.step", tr("Set next step of the accounts selected…"),
             lambda page: page.verbs.set_step(), icon="list-checks", words="bulk"),
        verb("many.tag", tr("Tag the accounts selected…"), lambda page: page.verbs.tag(),
             icon="tag", words="bulk label"),
        verb("many.sentiment", tr("Set sentiment of the accounts selected…"),
             lambda page: page.verbs.set_sentiment(), icon="gauge", words="bulk pulse"),
        verb("many.criticality", tr("Set criticality of the accounts selected…"),
             lambda page: page.verbs.set_criticality(), words="bulk"),
        verb("many.owner", tr("Set owner of the accounts selected…"),
             lambda page: page.verbs.set_owner(), words="bulk"),
        verb("many.segment", tr("Set segment of the accounts selected…"),
             lambda page: page.verbs.set_segment(), words="bulk"),
        verb("many.pin", tr("Pin or unpin the accounts selected"),
             lambda page: page.verbs.pin(), icon="pin", words="bulk"),
        verb("many.copy", tr("Copy the accounts selected"), lambda page: page.verbs.copy(),
             icon="copy", writes=False),
        verb("many.export", tr("Export the accounts selected…"),
             lambda page: page.verbs.ask_export_chosen(), icon="download", writes=False),
        verb("many.archive", tr("Archive the accounts selected…"),
             lambda page: page.verbs.archive(), icon="archive", words="bulk"),
    ]  # fmt: skip
