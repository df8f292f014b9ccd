"""The verbs of the menu Go: to any account, the next one, and the parts of the one shown."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command, SubList
from csplanner.ui.finding.recent import recent_accounts
from csplanner.ui.verbs.of_account import of_account

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def go_verbs(window: "BookWindow") -> list[Command]:
    """From anywhere to an account, and from an account to its parts: G, then a letter."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    way = partial(of_account, window, menu="Go", writes=False)

    def part(name: str) -> Callable[[str], None]:
        return lambda account: actions.open_account(account, name)

    return [
        Command(
            "go.to_account", tr("Go to an account…"),
            lambda: window.open_palette(scope="account"), menu="Go", shortcut="Ctrl+P",
            icon="search", keywords="jump open customer",
        ),
        _beside(window, "go.account.previous", tr("Previous account"), -1),
        _beside(window, "go.account.next", tr("Next account"), 1),
        way("go.account", tr("Account: open it"), actions.open_account, shortcut="G, A"),
        way("go.account.health", tr("Account: health"), part("health"), shortcut="G, H",
            icon="activity", keywords="score measures"),
        way("go.account.touches", tr("Account: touch log"), part("touches"), shortcut="G, T",
            keywords="calls meetings"),
        way("go.account.people", tr("Account: people"), part("people"), shortcut="G, P",
            icon="users", keywords="contacts roles"),
        way("go.account.deals", tr("Account: cases and deals"), part("deals"), shortcut="G, D",
            keywords="support opportunities"),
        way("go.account.qbr", tr("Account: QBR"), actions.export_qbr, shortcut="G, Q",
            icon="presentation", keywords="review slides deck"),
    ]  # fmt: skip


def recent_list(window: "BookWindow") -> SubList:
    """The accounts you were at last, the newest first."""

    def entries() -> list[tuple[str, partial[None]]]:
        if window.session is None or window.verbs is None:
            return []
        lines = recent_accounts(window.session)
        return [(n.name, partial(window.verbs.open_account, n.account_id)) for n in lines]

    return SubList("go.account.recent", window.tr("Recent accounts"), "Go", entries)


def _beside(window: "BookWindow", name: str, text: str, by: int) -> Command:
    return Command(
        name, text, lambda: _step(window, by), menu="Go",
        shortcut="Ctrl+Up" if by < 0 else "Ctrl+Down",
        icon="arrow-up" if by < 0 else "arrow-down", keywords="before after list",
        enabled=lambda: window.shown.can_step() or _neighbour(window, by) is not None,
        needs=window.tr("The book has no other account."),
    )  # fmt: skip


def _step(window: "BookWindow", by: int) -> None:
    """Where the page cannot go on by itself, open the account beside the one you were at last."""
    if window.shown.can_step():
        window.shown.step(by)
        return
    account = _neighbour(window, by)
    if account is not None and window.verbs is not None:
        window.verbs.open_account(account)


def _neighbour(window: "BookWindow", by: int) -> str | None:
    """The account beside the one chosen or last gone to, in the order of names."""
    if window.session is None:
        return None
    last = next((line.account_id for line in recent_accounts(window.session)), "")
    return window.session.read.overview.beside(window.account_now or last, by)
