"""The verbs of the menu Book: whole books, what comes in and goes out, the settings."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command, SubList
from csplanner.ui.copies import back_up, save_copy

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def opening_verbs(window: "BookWindow") -> list[Command]:
    """What can be done whether a book is open or not."""
    tr = window.tr
    return [
        Command("book.new", tr("New book…"), window.books.make_new, menu="Book", icon="plus"),
        Command(
            "book.open", tr("Open a book…"), window.books.choose, menu="Book", shortcut="Ctrl+O",
            icon="book-open",
        ),
        Command(
            "book.sample", tr("Open the example"), window.books.open_sample, menu="Book",
            icon="flask-conical", keywords="sample demo look around",
        ),
        Command(
            "help.shortcuts.change", tr("Change shortcuts…"), partial(_edit_shortcuts, window),
            menu="Help", icon="keyboard", keywords="keys keyboard settings",
        ),
        Command(
            "app.quit", tr("Quit"), window.windows.quit, menu="Book", shortcut="Ctrl+Q",
            keywords="exit close leave",
        ),
    ]  # fmt: skip


def _edit_shortcuts(window: "BookWindow") -> None:
    from csplanner.ui.settings.shortcuts import edit_shortcuts

    edit_shortcuts(window)


def recent_books(window: "BookWindow") -> SubList:
    """The books opened recently, but for the one shown."""

    def entries() -> list[tuple[str, partial[bool]]]:
        shown = window.session.path if window.session is not None else None
        paths = [Path(name) for name in window.settings.recent]
        there = [path for path in paths if path != shown and path.exists()]
        return [(path.name, partial(window.open_book, path)) for path in there]

    return SubList("book.recent", window.tr("Recent books"), "Book", entries)


def book_verbs(window: "BookWindow") -> list[Command]:
    """What can be done with the open book as a whole."""
    return [*_contents(window), *_file(window)]


def _contents(window: "BookWindow") -> list[Command]:
    """What comes into the book and leaves it."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    return [
        Command(
            "book.import", tr("Import snapshot…"), actions.import_snapshot, menu="Book",
            shortcut="Ctrl+Shift+I", icon="file-input", keywords="csv excel crm salesforce",
            writes=True,
        ),
        Command(
            "book.doubles", tr("Review doubled names…"), actions.review_doubles, menu="Book",
            icon="users", keywords="merge duplicates", writes=True,
        ),
        Command(
            "book.archived", tr("Archived accounts…"), actions.show_archived, menu="Book",
            icon="archive", keywords="bring back restore put away",
            enabled=lambda: actions.session.read.derived.has_archived(),
            needs=tr("No account is archived."),
        ),
        Command(
            "page.export", tr("Export what is shown…"), window.shown.export, menu="Book",
            shortcut="Ctrl+E", enabled=window.shown.can_export, keywords="csv qbr deck",
            needs=tr("Go to the Book, an account or its QBR to export it."),
        ),
    ]  # fmt: skip


def _file(window: "BookWindow") -> list[Command]:
    """The book as a file, and its settings."""
    tr = window.tr
    return [
        Command(
            "book.copy", tr("Save a copy…"), partial(save_copy, window), menu="Book", icon="copy",
            keywords="save as duplicate export",
        ),
        Command(
            "book.backup", tr("Back up now"), partial(back_up, window), menu="Book",
            icon="database-backup", keywords="copy save",
        ),
        Command(
            "book.check", tr("Check the book"), window.check_book, menu="Book",
            icon="shield-check", keywords="integrity repair",
        ),
        Command(
            "app.settings", tr("Settings…"), lambda: window.show_place("settings"), menu="Book",
            shortcut="Ctrl+,", icon="settings-2", keywords="preferences hours cadence currency",
        ),
        Command("book.close", tr("Close the book"), window.close_book, menu="Book"),
    ]  # fmt: skip
