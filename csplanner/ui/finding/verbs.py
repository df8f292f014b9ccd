"""What can be done with an account that was found, for `Tab` and below the best match."""

from functools import partial
from typing import TYPE_CHECKING

from csplanner.ui.actions import Actions
from csplanner.ui.commands import CommandRegistry, key_words
from csplanner.ui.shell.hits import Hit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_SHORT, _FEWEST = 16, 4


def account_hits(actions: Actions, commands: CommandRegistry, account_id: str) -> list[Hit]:
    """Every verb for an account, with its name and the shortcut it has where it is shown."""
    name = short_name(actions.session.read.accounts.get(account_id).name)
    part = partial(partial, actions.open_account, account_id)
    tr = actions.tr
    reading: Sequence[tuple[str, Callable[[], object], str, str]] = (
        (tr("Open {0}"), part(""), "external-link", "go.account"),
        (tr("Health of {0}"), part("health"), "activity", "go.account.health"),
        (tr("Touch log of {0}"), part("touches"), "message-square", "go.account.touches"),
        (tr("People of {0}"), part("people"), "users", "go.account.people"),
        (tr("Cases and deals of {0}"), part("deals"), "briefcase", "go.account.deals"),
        (tr("Prepare the QBR for {0}"), partial(actions.export_qbr, account_id), "presentation",
         "go.account.qbr"),
        (tr("History of {0}"), partial(actions.navigate.emit, "history", account_id), "history",
         "account.history"),
    )  # fmt: skip
    writing: Sequence[tuple[str, Callable[[str], object], str, str]] = (
        (tr("Log a touch with {0}…"), actions.log_touch, "plus", "touch.log"),
        (tr("Set sentiment for {0}…"), actions.set_pulse, "gauge", "pulse.set"),
        (tr("Set the tier of {0}…"), actions.set_tier, "pyramid", "tier.set"),
        (tr("Set the next step with {0}…"), actions.set_next_step, "sticky-note", "step.set"),
        (tr("Add a person at {0}…"), actions.add_person, "users", "person.add"),
        (tr("Add an objective of {0}…"), actions.add_objective, "flag", "objective.add"),
        (tr("Change {0}…"), actions.edit_account, "pencil", "account.edit"),
        (tr("Change the renewal of {0}…"), actions.edit_renewal, "calendar-sync", "renewal.edit"),
        (tr("Pin or unpin {0}"), actions.pin, "pin", "account.pin"),
    )
    first, *others = reading
    writes = [(text, partial(run, account_id), icon, key) for text, run, icon, key in writing]
    verbs = [first, *(writes if actions.can_write else ()), *others]
    return [
        Hit(text.format(name), run, group="Do", icon=icon, keys=_keys(commands, key))
        for text, run, icon, key in verbs
    ]


def short_name(name: str) -> str:
    """The first word of a long name, as one says it: `Tidewater` for Tidewater Health Network."""
    first = name.split(" ")[0] if name else name
    return name if len(name) <= _SHORT or len(first) < _FEWEST else first


def _keys(commands: CommandRegistry, name: str) -> str:
    command = commands.get(name)
    return key_words(command.shortcut) if command is not None else ""
