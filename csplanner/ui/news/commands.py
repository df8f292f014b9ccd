"""The verb that shows what the last snapshot changed, for the menu and the palette."""

from typing import TYPE_CHECKING

from csplanner.language import tr
from csplanner.ui.commands import Command

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def news_commands(window: "BookWindow") -> list[Command]:
    """What changed since the last snapshot."""
    return [
        Command(
            "book.news", tr("What changed since the last snapshot"),
            lambda: window.show_place("news"), menu="Book", icon="git-compare",
            keywords="news digest import crm left joined moved difference monday",
        )
    ]  # fmt: skip
