"""The verbs that look at a past date: the whole book, the account shown, one snapshot's day."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def as_of_commands(window: "BookWindow") -> list[Command]:
    """Looking at a past date, for the menus and the palette."""
    tr = window.tr
    return [
        Command(
            "book.as_of", tr("Look at a past date…"), lambda: ask_for_day(window), menu="Book",
            icon="history", keywords="as of back then snapshot history time travel earlier",
            enabled=lambda: may_look(window), needs=tr("This book holds nothing yet."),
        ),
        Command(
            "account.as_of", tr("Look at this account on a past date…"),
            lambda: ask_for_day(window, window.account_now), menu="Account", icon="history",
            keywords="as of back then snapshot history earlier",
            enabled=lambda: window.account_now is not None and may_look(window),
        ),
    ]  # fmt: skip


def ask_for_day(window: "BookWindow", account_id: str | None = None) -> None:
    """Ask which day, and show the book of it in a second window, at an account if one is named."""
    _open(window, account_id, None)


def look_back(window: "BookWindow", day: date, account_id: str | None = None) -> None:
    """Show the book as of `day` in a second window, at an account if one is named; a line with a
    way to stop tells how far it is.
    """
    _open(window, account_id, day)


def _open(window: "BookWindow", account_id: str | None, day: date | None) -> None:
    from csplanner.ui.as_of.form import PastForm
    from csplanner.ui.as_of.window import PastWindow

    if window.session is None:
        return
    about = "" if account_id is None else window.session.read.accounts.get(account_id).name
    form = PastForm(
        window, lambda past: PastWindow.of(window, past, account_id), at_once=day, about=about
    )
    form.open()


def close_pasts(home: Path) -> None:
    """Close every window that shows a past of the book at `home`: its copy goes with it."""
    from csplanner.ui.as_of.window import PastWindow

    for window in QApplication.topLevelWidgets():
        if isinstance(window, PastWindow) and window.home == home:
            window.close()


def may_look(window: "BookWindow") -> bool:
    """Whether there is anything to look back at, and the window shows no past already."""
    session, lead = window.session, getattr(window, "lead", window)
    return session is not None and lead.keeps and session.read.derived.has_past()
