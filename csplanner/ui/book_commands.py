"""The commands of the window with a book and without: menu, shortcut and palette get them here."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from csplanner.ui.commands import Command, always
from csplanner.ui.copies import back_up, save_copy

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


_WRITING = frozenset({
    "book.import", "book.doubles", "edit.undo", "edit.redo", "account.add", "touch.log",
    "pulse.set", "tier.set", "step.set", "account.assess", "gap.explain", "person.add",
    "objective.add", "account.edit", "renewal.edit", "account.pin", "account.archive",
    "account.back", "account.delete", "today.done", "today.snooze", "today.dismiss",
})  # fmt: skip
"""The commands that change the book."""


def window_verbs(window: "BookWindow") -> list[Command]:
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
        Command("app.quit", tr("Quit"), window.close, menu="Book", shortcut="Ctrl+Q"),
    ]  # fmt: skip


def book_verbs(window: "BookWindow") -> list[Command]:
    """What can be done with the open book."""
    commands = [
        *_book(window), *_edit(window), *_account(window), *_today(window), *_ways(window)
    ]  # fmt: skip
    return [_writing(window, c) if c.id in _WRITING else c for c in commands]


def _writing(window: "BookWindow", command: Command) -> Command:
    """The same, for a book that can be changed; in another one it says why it cannot."""
    actions = window.verbs
    assert actions is not None
    return replace(
        command,
        enabled=lambda: actions.can_write and command.enabled(),
        barred=lambda: actions.barred if command.enabled() else "",
    )


def _book(window: "BookWindow") -> list[Command]:
    tr, actions = window.tr, window.verbs
    assert actions is not None
    return [
        Command(
            "book.import", tr("Import snapshot…"), actions.import_snapshot, menu="Book",
            shortcut="Ctrl+Shift+I", icon="file-input", keywords="csv excel crm salesforce",
        ),
        Command(
            "book.doubles", tr("Review doubled names…"), actions.review_doubles, menu="Book",
            icon="users", keywords="merge duplicates",
        ),
        Command(
            "book.archived", tr("Archived accounts…"), actions.show_archived, menu="Book",
            icon="archive", keywords="bring back restore put away",
            enabled=lambda: bool(actions.session.read.accounts.any_archived()),
        ),
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
            keywords="integrity repair",
        ),
        Command(
            "app.settings", tr("Settings…"), lambda: window.show_place("settings"), menu="Book",
            shortcut="Ctrl+,", icon="settings-2", keywords="preferences hours cadence currency",
        ),
        Command("book.close", tr("Close the book"), window.close_book, menu="Book"),
    ]  # fmt: skip


def _edit(window: "BookWindow") -> list[Command]:
    tr, actions = window.tr, window.verbs
    assert actions is not None
    read = actions.session.read
    return [
        Command(
            "edit.undo", tr("Undo"), actions.undo, menu="Edit", shortcut="Ctrl+Z", icon="undo-2",
            enabled=lambda: read.can_undo is not None,
        ),
        Command(
            "edit.redo", tr("Redo"), actions.redo, menu="Edit", shortcut="Ctrl+Shift+Z",
            icon="redo-2", enabled=lambda: read.can_redo is not None,
        ),
        Command(
            "edit.history", tr("History…"), lambda: window.show_place("history", ""), menu="Edit",
            shortcut="Ctrl+H", icon="history", keywords="changes undo take back before after",
        ),
        Command(
            "page.export", tr("Export what is shown…"), window.export_shown, menu="Book",
            shortcut="Ctrl+E", enabled=window.can_export, keywords="csv qbr deck",
        ),
    ]  # fmt: skip


def _of_account(
    window: "BookWindow", name: str, text: str, run: Callable[[str], None], *, shortcut: str = "",
    icon: str = "", keywords: str = "", when: Callable[[], bool] = always,
) -> Command:  # fmt: skip
    """A command that does something with the account shown or chosen."""
    return Command(
        name, text, lambda: run(window.account_now or ""), menu="Account", shortcut=shortcut,
        icon=icon, keywords=keywords,
        enabled=lambda: window.account_now is not None and when(),
    )  # fmt: skip


def _account(window: "BookWindow") -> list[Command]:
    return [*_account_judged(window), *_account_kept(window)]


def _account_judged(window: "BookWindow") -> list[Command]:
    """What you say of an account: touches, sentiment, tier, people, objectives."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    verb = partial(_of_account, window)
    return [
        Command(
            "account.add", tr("Add an account…"), actions.add_account, menu="Account",
            shortcut="Ctrl+N", icon="plus",
        ),
        Command(
            "touch.log", tr("Log a touch…"), lambda: actions.log_touch(window.account_now),
            menu="Account", shortcut="Ctrl+L", icon="plus", keywords="call meeting email visit",
        ),
        verb("pulse.set", tr("Set sentiment…"), actions.set_pulse, shortcut="Ctrl+J",
             icon="gauge", keywords="pulse feeling confident"),
        verb("tier.set", tr("Set tier…"), actions.set_tier, shortcut="Ctrl+T", icon="pyramid",
             keywords="place touch high medium low digital"),
        verb("step.set", tr("Set next step…"), actions.set_next_step, icon="sticky-note"),
        verb("account.assess", tr("Say how equipped they are…"), actions.assess,
             icon="clipboard-check", keywords="potential criticality answers"),
        verb("gap.explain", tr("Say why score and sentiment part…"), actions.explain_gap,
             keywords="yeah but reason"),
        verb("person.add", tr("Add a person…"), actions.add_person, shortcut="Ctrl+Shift+N",
             icon="users", keywords="contact sponsor champion"),
        verb("objective.add", tr("Add an objective…"), actions.add_objective,
             keywords="goal outcome"),
    ]  # fmt: skip


def _account_kept(window: "BookWindow") -> list[Command]:
    """The account itself: its fields, history, and whether it stays in the book."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    verb = partial(_of_account, window)

    def present() -> bool:
        return not actions.is_archived(window.account_now or "")

    return [
        verb("account.edit", tr("Change the account…"), actions.edit_account,
             keywords="rename arr criticality"),
        verb("renewal.edit", tr("Change the renewal…"), actions.edit_renewal,
             icon="calendar-sync", keywords="term notice contract outcome"),
        Command(
            "account.history", tr("History of this account"),
            lambda: window.show_place("history", window.account_now), menu="Account",
            icon="history", keywords="changes what did i change",
            enabled=lambda: window.account_now is not None,
        ),
        verb("account.pin", tr("Pin or unpin the account"), actions.pin),
        verb("account.archive", tr("Archive the account"), actions.archive, when=present),
        verb("account.back", tr("Bring the account back"), actions.archive,
             keywords="archived restore", when=lambda: not present()),
        verb("account.delete", tr("Delete the account for good…"), actions.delete_account,
             keywords="remove erase"),
    ]  # fmt: skip


def _today(window: "BookWindow") -> list[Command]:
    """What the letters E, S and D do in the list of Today."""
    tr, actions = window.tr, window.verbs
    assert actions is not None

    def verdict(name: str, text: str, icon: str, keywords: str) -> Command:
        return Command(
            f"today.{name}", text, lambda: window.shown.put_away(name), menu="Account", icon=icon,
            keywords=keywords,
            enabled=window.shown.can_put_away,
        )  # fmt: skip

    return [
        verdict("done", tr("Today: finish what is chosen"), "check", "done e"),
        verdict("snooze", tr("Today: snooze what is chosen for a week"), "clock-alert", "later s"),
        verdict("dismiss", tr("Today: dismiss what is chosen…"), "x", "wrong away d"),
    ]


def _ways(window: "BookWindow") -> list[Command]:
    """From an account to its parts: G, then a letter."""
    tr, actions = window.tr, window.verbs
    assert actions is not None

    def way(name: str, text: str, run: Callable[[str], None], keys: str) -> Command:
        return Command(
            name, text, lambda: run(window.account_now or ""), menu="Go",
            shortcut=keys if window.settings.single_keys else "",
            enabled=lambda: window.account_now is not None,
        )  # fmt: skip

    def beside(name: str, text: str, by: int, keys: str) -> Command:
        return Command(
            name, text, lambda: window.shown.step(by), menu="Go", shortcut=keys,
            enabled=window.shown.can_step,
        )  # fmt: skip

    return [
        beside("go.account.previous", tr("Account: the one before in the list"), -1, "Ctrl+Up"),
        beside("go.account.next", tr("Account: the next in the list"), 1, "Ctrl+Down"),
        way("go.account", tr("Account: open it"), actions.open_account, "G, A"),
        way("go.account.health", tr("Account: health"),
            lambda account: actions.open_account(account, "health"), "G, H"),
        way("go.account.qbr", tr("Account: QBR"), actions.export_qbr, "G, Q"),
    ]  # fmt: skip
