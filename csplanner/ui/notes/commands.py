"""The verbs of notes, for menus, keys and the palette."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from csplanner.language import tr
from csplanner.ui.commands import Command
from csplanner.ui.shown_page import page_widget
from csplanner.ui.verbs.of_account import of_account

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.notes.tab import NotesTab


def note_commands(window: "BookWindow") -> list[Command]:
    """Writing a note of the account shown or chosen, and what its words may become."""
    actions = window.verbs
    assert actions is not None
    needs = tr("Open a note first, and choose words in it.")
    verb = partial(of_account, window)

    def from_note(run: Callable[["NotesTab"], None]) -> Callable[[], None]:
        def go() -> None:
            tab = _tab(window)
            if tab is not None:
                run(tab)

        return go

    def has_words() -> bool:
        tab = _tab(window)
        return tab is not None and tab.has_words()

    return [
        verb("note.add", tr("Write a note…"), lambda account: _write(window, account),
             shortcut="Ctrl+Shift+L", icon="sticky-note", keywords="remember jot text markdown"),
        Command(
            "note.task", tr("Note: make it a task…"), from_note(lambda tab: tab.make_task()),
            menu="Account", shortcut="Ctrl+Shift+K", icon="list-checks", keywords="todo highlight",
            writes=True, enabled=has_words, needs=needs,
        ),
        Command(
            "note.promise", tr("Note: make it a promise…"),
            from_note(lambda tab: tab.make_promise()), menu="Account", shortcut="Ctrl+Shift+P",
            icon="handshake", keywords="commitment highlight", writes=True, enabled=has_words,
            needs=needs,
        ),
        verb("account.notes", tr("Account: notes"),
             lambda account: actions.open_account(account, "notes"), menu="Go", shortcut="G, N",
             writes=False, icon="sticky-note"),
    ]  # fmt: skip


def _tab(window: "BookWindow") -> "NotesTab | None":
    """The notes on the account page, once it was shown."""
    page = page_widget(window, "account")
    return getattr(page, "notes", None)


def _write(window: "BookWindow", account_id: str) -> None:
    window.show_place("account", (account_id, "notes"))
    tab = _tab(window)
    if tab is not None:
        tab.show_account(account_id)
        tab.new_note()
