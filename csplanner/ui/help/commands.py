"""The commands of the Help menu, and what is shown once after an update."""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csplanner import __version__
from csplanner.ui.commands import Command
from csplanner.ui.help.handbook import FIRST, NEWS

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.help.window import HelpWindow
    from csplanner.ui.main_window import MainWindow


def help_commands(window: "MainWindow") -> list[Command]:
    """What the Help menu offers, whatever is shown."""
    tr = window.tr
    return [
        Command(
            "help.here", tr("Help on this screen"), lambda: help_on(window),
            menu="Help", shortcut="F1", icon="life-buoy", keywords="handbook manual how",
        ),
        Command(
            "help.handbook", tr("Handbook"), lambda: open_help(window, FIRST),
            menu="Help", icon="book-open", keywords="help manual documentation contents",
        ),
        Command(
            "help.words", tr("Words of the trade"), lambda: open_help(window, "words"),
            menu="Help", keywords="help glossary terms meaning",
        ),
        Command(
            "help.new", tr("What is new"), lambda: open_help(window, NEWS),
            menu="Help", keywords="help changes version update",
        ),
        Command(
            "help.about", tr("About csplanner"), lambda: _about(window),
            menu="Help", keywords="version licence",
        ),
    ]  # fmt: skip


def help_on(window: QWidget) -> "HelpWindow":
    """Show the page about what has the keyboard in a window or a dialog."""
    from csplanner.ui.help.places import page_of

    return open_help(window, page_of(window.focusWidget() or window))


def open_help(window: QWidget, key: str) -> "HelpWindow":
    """Show a page of the handbook beside the window; made when it is first asked for.

    A dialog has one of its own, for it keeps the keyboard from all others while it is open.
    """
    from csplanner.ui.help.window import HelpWindow

    shown = window.findChild(HelpWindow, options=Qt.FindChildOption.FindDirectChildrenOnly)
    if shown is None:
        shown = HelpWindow(window)
    shown.open_at(key)
    return shown


def show_news_once(window: "BookWindow") -> bool:
    """Show what is new when an older version was last used here; say whether it was shown.

    Where csplanner was never used there is nothing new to tell.
    """
    last, used_before = window.settings.last_version, bool(window.settings.recent)
    if last == __version__:
        return False
    window.change_settings(replace(window.settings, last_version=__version__))
    if not used_before:
        return False
    open_help(window, NEWS)
    return True


def _about(window: "MainWindow") -> None:
    from csplanner.ui.help.about import about_dialog

    about_dialog(window).open()
