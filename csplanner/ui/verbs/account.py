"""The verbs of the menu Account: what you say of an account, and whether it stays in the book."""

from functools import partial
from typing import TYPE_CHECKING

from csplanner.errors import UserError
from csplanner.ui.commands import Command
from csplanner.ui.verbs.of_account import of_account

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def account_verbs(window: "BookWindow") -> list[Command]:
    """What can be done with the account shown or chosen."""
    return [*_judged(window), *_kept(window), *_leaving(window), *_today(window)]


def _judged(window: "BookWindow") -> list[Command]:
    """What you say of an account: touches, sentiment, tier, people, objectives."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    verb = partial(of_account, window)
    return [
        Command(
            "account.add", tr("Add an account…"), actions.add_account, menu="Account",
            shortcut="Ctrl+N", icon="plus", keywords="new create customer", writes=True,
        ),
        Command(
            "touch.log", tr("Log a touch…"), lambda: actions.log_touch(window.account_now),
            menu="Account", shortcut="Ctrl+L", icon="plus", keywords="call meeting email visit",
            writes=True, enabled=actions.session.read.accounts.any_active,
            needs=tr("Add an account or import a snapshot first."),
        ),
        verb("pulse.set", tr("Set sentiment…"), actions.set_pulse, shortcut="Ctrl+J",
             icon="gauge", keywords="pulse feeling confident"),
        verb("tier.set", tr("Set tier…"), actions.set_tier, shortcut="Ctrl+T", icon="pyramid",
             keywords="place touch high medium low digital"),
        verb("step.set", tr("Set next step…"), actions.set_next_step, icon="sticky-note",
             keywords="plan do"),
        verb("departure.plan", tr("Plan the 30 days after a departure"), actions.plan_departure,
             icon="user-x", keywords="champion sponsor left gone successor tasks"),
        verb("account.assess", tr("Say how equipped they are…"), actions.assess,
             icon="clipboard-check", keywords="potential criticality answers"),
        verb("gap.explain", tr("Say why score and sentiment part…"), actions.explain_gap,
             keywords="yeah but reason"),
        verb("person.add", tr("Add a person…"), actions.add_person, shortcut="Ctrl+Shift+N",
             icon="users", keywords="contact sponsor champion new"),
        verb("objective.add", tr("Add an objective…"), actions.add_objective,
             icon="flag", keywords="goal outcome new"),
    ]  # fmt: skip


def _kept(window: "BookWindow") -> list[Command]:
    """The account itself: its fields, its contract, its history."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    verb = partial(of_account, window)
    return [
        verb("account.edit", tr("Change the account…"), actions.edit_account,
             icon="pencil", keywords="edit rename arr criticality"),
        verb("renewal.edit", tr("Change the renewal…"), actions.edit_renewal,
             icon="calendar-sync", keywords="edit term notice contract outcome"),
        verb("account.history", tr("History of this account"),
             lambda account: window.show_place("history", account), writes=False,
             icon="history", keywords="changes what did i change"),
        verb("account.pin", tr("Pin or unpin the account"), actions.pin, keywords="sidebar"),
    ]  # fmt: skip


def _leaving(window: "BookWindow") -> list[Command]:
    """Out of the book, and back."""
    tr, actions = window.tr, window.verbs
    assert actions is not None
    verb = partial(of_account, window)

    def present() -> bool:
        return not actions.is_archived(window.account_now or "")

    def what_goes() -> str:
        name = _name_now(window)
        return tr("Archive {0}: it leaves the Book and Today. Undo brings it back.").format(name)

    return [
        verb("account.archive", tr("Archive the account"), actions.archive, when=present,
             icon="archive", far=what_goes,
             needs=tr("Choose an account that is not archived first.")),
        verb("account.back", tr("Bring the account back"), actions.archive,
             keywords="archived restore", when=lambda: not present(),
             needs=tr("Choose an account that was archived first.")),
        verb("account.split", tr("Split the account…"), actions.split_account,
             icon="users", keywords="part divide two unmerge"),
        verb("account.merge", tr("Merge into another account…"), actions.merge_account,
             icon="users", keywords="duplicate join double", when=present),
        verb("account.delete", tr("Delete the account for good…"), actions.delete_account,
             icon="trash-2", keywords="remove erase"),
    ]  # fmt: skip


def _name_now(window: "BookWindow") -> str:
    actions = window.verbs
    assert actions is not None
    try:
        return actions.session.read.accounts.get(window.account_now or "").name
    except UserError:
        return window.tr("the account")


def _today(window: "BookWindow") -> list[Command]:
    """What the letters E, S and D do in the list of Today."""
    tr = window.tr

    def verdict(name: str, text: str, icon: str, key: str) -> Command:
        return Command(
            f"today.{name}", text, lambda: window.shown.put_away(name), menu="Account", icon=icon,
            keywords=f"{name} {key}", writes=True, local=key, enabled=window.shown.can_put_away,
            needs=tr("Go to Today and choose a row first."),
        )  # fmt: skip

    return [
        verdict("done", tr("Today: finish what is chosen"), "check", "E"),
        verdict("snooze", tr("Today: snooze what is chosen for a week"), "clock-alert", "S"),
        verdict("dismiss", tr("Today: dismiss what is chosen…"), "x", "D"),
    ]
