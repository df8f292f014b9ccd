"""The commands of the window with a book and without: menu, shortcut and palette get them here.

Verbs of a part of the window are a function `…_commands(window)` in its own module, named once in
`_PARTS`.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from csplanner.ui.account.commands import account_commands
from csplanner.ui.as_of.commands import as_of_commands
from csplanner.ui.book.grid_commands import grid_commands
from csplanner.ui.book.view_commands import view_commands
from csplanner.ui.commands import Command
from csplanner.ui.help.commands import help_commands
from csplanner.ui.look_commands import look_commands
from csplanner.ui.map.commands import map_commands
from csplanner.ui.news.commands import news_commands
from csplanner.ui.notes.commands import note_commands
from csplanner.ui.todo.commands import todo_commands
from csplanner.ui.verbs.account import account_verbs
from csplanner.ui.verbs.book import book_verbs as whole_book_verbs
from csplanner.ui.verbs.book import opening_verbs, recent_books
from csplanner.ui.verbs.edit import edit_verbs
from csplanner.ui.verbs.go import go_verbs, recent_list

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_PARTS: Sequence[Callable[["BookWindow"], Sequence[Command]]] = (
    whole_book_verbs,
    edit_verbs,
    account_verbs,
    account_commands,
    go_verbs,
    grid_commands,
    view_commands,
    todo_commands,
    note_commands,
    news_commands,
    as_of_commands,
    map_commands,
)
"""Who brings the commands of an open book. Say `writes=True` of those that change it."""


def window_verbs(window: "BookWindow") -> list[Command]:
    """What can be done whether a book is open or not."""
    window.commands.add_list(recent_books(window))
    return [*opening_verbs(window), *help_commands(window), *look_commands(window)]


def book_verbs(window: "BookWindow") -> list[Command]:
    """What can be done with the open book."""
    window.commands.add_list(recent_list(window))
    commands = [command for part in _PARTS for command in part(window)]
    return [_writing(window, c) if c.writes else c for c in commands]


def _writing(window: "BookWindow", command: Command) -> Command:
    """The same, for a book that can be changed; in another one it says why it cannot."""
    actions = window.verbs
    assert actions is not None
    return replace(
        command,
        enabled=lambda: actions.can_write and command.enabled(),
        barred=lambda: actions.barred if not actions.can_write and command.enabled() else "",
    )
