"""The command that does something with the account shown or chosen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command, always, nothing

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def of_account(
    window: "BookWindow", name: str, text: str, run: Callable[[str], object], *,
    menu: str = "Account", shortcut: str = "", icon: str = "", keywords: str = "",
    writes: bool = True, when: Callable[[], bool] = always, needs: str = "",
    far: Callable[[], str] = nothing,
) -> Command:  # fmt: skip
    """A command that does something with the account shown or chosen; it rests without one."""
    return Command(
        name, text, lambda: run(window.account_now or ""), menu=menu, shortcut=shortcut,
        icon=icon, keywords=keywords, writes=writes, far=far,
        needs=needs or window.tr("Choose an account first."),
        enabled=lambda: window.account_now is not None and when(),
    )  # fmt: skip
