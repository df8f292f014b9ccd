"""The verbs of the menu Edit: taking back, bringing again, and what changed."""

from typing import TYPE_CHECKING

from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def edit_verbs(window: "BookWindow") -> list[Command]:
    """Undo, redo and the history."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    read = actions.session.read
    return [
        Command(
            "edit.undo", tr("Undo"), actions.undo, menu="Edit", shortcut="Ctrl+Z", icon="undo-2",
            enabled=lambda: read.can_undo is not None, writes=True,
            needs=tr("Nothing is left to take back."),
        ),
        Command(
            "edit.redo", tr("Redo"), actions.redo, menu="Edit", shortcut="Ctrl+Shift+Z",
            icon="redo-2", enabled=lambda: read.can_redo is not None, writes=True,
            needs=tr("Nothing was undone that could be brought again."),
        ),
        Command(
            "edit.history", tr("History…"), lambda: window.show_place("history", ""), menu="Edit",
            shortcut="Ctrl+H", icon="history", keywords="changes undo take back before after",
        ),
    ]  # fmt: skip
