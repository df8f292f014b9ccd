"""The commands the frame itself brings: going places, panes, palette, theme, shortcut sheet."""

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from csplanner.ui.commands import Command
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.shell.state import ShellState

if TYPE_CHECKING:
    from csplanner.ui.main_window import MainWindow


def window_commands(window: "MainWindow") -> list[Command]:
    """Return what every window can do, whatever book is open."""
    return [*_going(window), *_viewing(window)]


def _going(window: "MainWindow") -> list[Command]:
    """Finding, and going back and forward."""
    tr = window.tr
    return [
        Command(
            "go.palette", tr("Find anything…"), window.open_palette,
            menu="Go", shortcut="Ctrl+K", icon="search", keywords="search palette command",
        ),
        Command(
            "go.find", tr("Find in this screen"), lambda: _find(window),
            menu="Go", shortcut="Ctrl+F", enabled=lambda: _page_shown(window) is not None,
            keywords="search look for screen page", icon="search",
        ),
        Command(
            "go.back", tr("Back"), lambda: window.go(-1),
            menu="Go", shortcut="Alt+Left", icon="arrow-left", enabled=lambda: window.can_go(-1),
        ),
        Command(
            "go.forward", tr("Forward"), lambda: window.go(1),
            menu="Go", shortcut="Alt+Right", icon="arrow-right", enabled=lambda: window.can_go(1),
        ),
    ]  # fmt: skip


def _viewing(window: "MainWindow") -> list[Command]:
    """Panes, theme and the shortcut sheet."""
    tr = window.tr
    return [
        Command(
            "view.inspector", tr("Show or hide the inspector"), window.toggle_inspector,
            menu="View", shortcut="Ctrl+I", icon="panel-right",
            enabled=lambda: _has_inspector(window),
        ),
        Command(
            "view.sidebar", tr("Shrink or grow the sidebar"), window.toggle_sidebar,
            menu="View", shortcut="Ctrl+\\", icon="panel-left",
        ),
        Command(
            "view.theme", tr("Change to light or dark"), window.themes.toggle,
            menu="View", shortcut="Ctrl+Shift+D", icon="sun-moon", keywords="theme night",
        ),
        Command(
            "view.theme.system", tr("Follow the system’s light or dark"),
            lambda: window.themes.choose("system"), menu="View", keywords="theme",
        ),
        Command(
            "view.next_pane", tr("Next pane"), lambda: window.cycle_panes(1),
            menu="View", shortcut="F6",
        ),
        Command(
            "view.previous_pane", tr("Previous pane"), lambda: window.cycle_panes(-1),
            menu="View", shortcut="Shift+F6",
        ),
        Command(
            "help.shortcuts", tr("Shortcuts"), partial(_show_shortcuts, window),
            menu="Help", shortcut="?", icon="keyboard", keywords="keys help",
        ),
    ]  # fmt: skip


def place_commands(window: "MainWindow", state: ShellState, keys: Iterable[str]) -> list[Command]:
    """Return one command a place shown, Ctrl+1 to Ctrl+9 in the sidebar's order."""
    known = set(keys)
    shown = [place for place in state.places if place.key in known]
    return [
        Command(
            f"go.{place.key}",
            window.tr("Go to {0}").format(place.title),
            partial(window.show_place, place.key),
            menu="Go",
            shortcut=f"Ctrl+{number}" if number <= 9 else "",
            icon=place.icon,
            keywords="open page",
        )
        for number, place in enumerate(shown, start=1)
    ]


def _show_shortcuts(window: "MainWindow") -> None:
    from csplanner.ui.shell.shortcut_sheet import shortcut_sheet

    shortcut_sheet(window.commands, window).open()


def _find(window: "MainWindow") -> None:
    """Let the page find in its own way, where it has one; else look through what it shows."""
    page = _page_shown(window)
    if isinstance(page, PageWidget) and type(page).focus_find is not PageWidget.focus_find:
        page.focus_find()
    elif page is not None:
        window.find_bar.open(page)


def _page_shown(window: "MainWindow") -> QWidget | None:
    """The page itself, once it was made."""
    page = window.current_page()
    page = getattr(page, "page", None) or page
    return page if isinstance(page, QWidget) else None


def _has_inspector(window: "MainWindow") -> bool:
    page = window.current_page()
    return page is not None and page.inspector() is not None
