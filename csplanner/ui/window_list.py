"""The commands about windows and the books to show in them: a further one, one of a single
account, going from one to the next.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command, SubList
from csplanner.ui.shown_page import shown_part

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.main_window import MainWindow


def windows_commands(window: "BookWindow") -> list[Command]:
    """What can be done with windows, whether a book is open or not."""
    tr, windows = window.tr, window.windows
    window.commands.add_list(SubList("window.list", tr("Windows"), "Window", lambda: named(window)))
    return [
        Command(
            "book.new.locked", tr("New book with a passphrase…"), lambda: _make_locked(window),
            menu="Book", icon="lock", keywords="encrypt protect",
        ),
        Command(
            "book.sample.reset", tr("Make the example anew…"), lambda: _ask_to_reset(window),
            menu="Book", keywords="reset sample demo",
            enabled=lambda: window.files.sample().exists(),
            needs=tr("The example was not made yet."),
        ),
        Command(
            "window.new", tr("New window"), lambda: windows.new(window), menu="Window",
            shortcut="Ctrl+Alt+N", keywords="second another",
        ),
        Command(
            "window.open", tr("Open a book in a new window…"), lambda: _open(window),
            menu="Window", icon="book-open", keywords="second another two",
        ),
        Command(
            "window.tear", tr("Show the account in its own window"), lambda: _tear(window),
            menu="Window", shortcut="Ctrl+Shift+O", keywords="tear off detach pop out",
            enabled=lambda: window.session is not None and window.account_now is not None,
            needs=tr("Choose an account first."),
        ),
        Command(
            "window.next", tr("Next window"), lambda: _next(window), menu="Window",
            shortcut="Ctrl+F6", enabled=lambda: len(_shown(window)) > 1,
            needs=tr("There is one window only."),
        ),
        Command(
            "window.close", tr("Close this window"), window.close, menu="Window",
            shortcut="Ctrl+W",
        ),
    ]  # fmt: skip


def named(window: "BookWindow") -> list[tuple[str, Callable[[], object]]]:
    """Every window by what it shows, with the way to it; the present one is said so."""
    found: list[tuple[str, Callable[[], object]]] = []
    for each in _shown(window):
        name = _name(each)
        if each is window:
            name = window.tr("{0} (this window)").format(name)
        found.append((name, each.come_forward))
    return found


def _name(window: "BookWindow") -> str:
    """The book, or the account of a window of its own."""
    state = window.state()
    session, account = window.session, window.account_now
    if session is None:
        return window.tr("Start page")
    if window not in window.windows.all() and account is not None:
        name = session.read.accounts.get(account).name
        return window.tr("{0}, in {1}").format(name, state.book_name)
    return state.book_name or session.path.stem


def _shown(window: "BookWindow") -> "list[BookWindow]":
    """The windows of books, each followed by those of its accounts."""
    return [each for lead in window.windows.all() for each in (lead, *lead.torn.all())]


def _make_locked(window: "BookWindow") -> None:
    from csplanner.ui.start.making import make_locked

    make_locked(window)


def _ask_to_reset(window: "BookWindow") -> None:
    from csplanner.ui.start.making import ask_to_reset

    ask_to_reset(window)


def _open(window: "BookWindow") -> None:
    path = window.files.ask_open()
    if path is not None:
        window.windows.open(path, window)


def _tear(window: "BookWindow") -> None:
    account = window.account_now
    if account is None:
        return
    shown = shown_part(window)
    torn = window.torn.tear(account)
    if shown:
        torn.show_place("account", (account, shown))


def _next(window: "BookWindow") -> None:
    shown: list[MainWindow] = list(_shown(window))
    at = shown.index(window) if window in shown else -1
    shown[(at + 1) % len(shown)].come_forward()
