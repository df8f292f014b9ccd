"""The verbs of the account page that stand nowhere else: answers, promises, who does what."""

from functools import partial
from typing import TYPE_CHECKING

from csplanner.language import tr
from csplanner.ui.account.forms import AccountForms
from csplanner.ui.commands import Command
from csplanner.ui.verbs.of_account import of_account

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


def account_commands(window: "BookWindow") -> list[Command]:
    """What can be written down of the account shown or chosen."""
    actions = window.verbs
    assert actions is not None
    forms = AccountForms(actions)
    verb = partial(of_account, window)
    return [
        verb("rating.add", tr("Add an answer on a touchpoint…"), forms.rate, icon="gauge",
             keywords="rating nps csat ces survey journey experience"),
        verb("again.ask", tr("Say whether they would choose us again…"), forms.ask_again,
             icon="circle-question-mark", keywords="loyal stuck locked hostage"),
        verb("promise.add", tr("Write down a promise…"), forms.promise, icon="handshake",
             keywords="commitment owe action"),
        verb("care.set", tr("Say who looks after what…"), forms.care, icon="users",
             keywords="raci accountable responsible interlock owner"),
        verb("objective.figure", tr("Add a figure of an objective…"), forms.figure, icon="target",
             keywords="actual progress goal metric"),
        verb("account.timeline", tr("Timeline of the account"),
             lambda account: actions.open_account(account, "timeline"), menu="Go",
             writes=False,
             icon="history", keywords="events everything happened"),
        verb("account.promises", tr("Promises of the account"),
             lambda account: actions.open_account(account, "promises"), menu="Go",
             writes=False,
             icon="handshake", keywords="commitments due late"),
    ]  # fmt: skip
