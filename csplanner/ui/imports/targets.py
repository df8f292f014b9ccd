"""What a column may become, as a list to choose from: grouped by record, one line of meaning."""

from collections.abc import Sequence

from csplanner.crm.fields import Target, target
from csplanner.crm.fields import choices_of as goals_of
from csplanner.domain.glossary import meaning
from csplanner.language import Spoken, noted, tr
from csplanner.ui.imports.chooser import Choice
from csplanner.ui.imports.words import objects

LEAVE_OUT = noted("Leave out")
MEASURE = "measurement"
_MORE = Spoken(
    {
        MEASURE: noted("Measures"),
        "invoice": noted("Invoices"),
        "user": noted("Users of the CRM"),
        "campaign": noted("Campaigns"),
        "member": noted("Campaign members"),
    }
)
_KINDS = Spoken(
    {
        "id": noted("The CRM’s own id: the record is found by it next time."),
        "ref": noted("The CRM’s id of another record: it belongs to that one."),
        "nameref": noted("Finds the account by its exact name."),
        "line": noted("A line of text."),
        "plain": noted("Text."),
        "email": noted("An e-mail address: people are found by it."),
        "domain": noted("A web address: accounts are found by it."),
        "date": noted("A day."),
        "stamp": noted("When the record was last changed: tells the day of the snapshot."),
        "created": noted("When the record was made in the CRM."),
        "asof": noted("The day a figure was measured."),
        "money": noted("An amount of money."),
        "currency": noted("The currency of the row’s amounts, such as EUR."),
        "bool": noted("Yes or no."),
        "count": noted("A whole number."),
        "months": noted("A number of months."),
        "days": noted("A number of days."),
        "minutes": noted("A number of minutes."),
        "seconds": noted("A number of seconds."),
        "percent": noted("A share from 0 to 100."),
        "thousandths": noted("A figure, kept as a measure with its day."),
        "asminutes": noted("Seconds, kept as minutes of use."),
        "measure": noted("The name of the measure a row is about."),
        "roles": noted("What the person does in the account: sponsor, champion, …"),
        "priority": noted("How urgent it is: urgent, high, medium or low."),
        "oppstate": noted("Whether it is open, won or lost."),
        "oppkind": noted("Renewal, expansion or new business."),
        "channel": noted("How you were in touch: call, meeting, e-mail, …"),
    }
)


_CLEAR = ("term.end", "term.notice_deadline", "person.email")
"""What needs no record before it in a file of accounts: its title says whose it is."""


def one_line_meaning(goal: Target) -> str:
    """What a target is, in one line: its meaning in the trade, or how its cells are read."""
    return meaning(goal.title) or _KINDS.get(goal.kind, "")


def shown(key: str, object_: str) -> str:
    """What a column of a file of `object_` becomes, with the other record it goes to before it."""
    goal = target(key)
    if goal.object in (object_, MEASURE) or (object_ == "account" and key in _CLEAR):
        return tr(goal.title)
    return tr("{0}: {1}").format(heading(goal.object), tr(goal.title))


def heading(object_: str) -> str:
    """A kind of record as the heading of its targets."""
    return _MORE[object_] if object_ in _MORE else objects(object_)


def choices_of(object_: str) -> Sequence[Choice]:
    """Everything a column of a file of `object_` may become, its own record first."""
    goals = sorted(goals_of(object_), key=lambda g: (g.object != object_, g.object == MEASURE))
    made = [Choice("", tr(LEAVE_OUT), tr("The column changes nothing in your book."))]
    for goal in goals:
        words = " ".join((goal.field, *goal.aliases))
        group = heading(goal.object)
        made.append(Choice(goal.key, tr(goal.title), one_line_meaning(goal), group, words))
    return [made[0], *_gathered(made[1:])]


def _gathered(choices: Sequence[Choice]) -> list[Choice]:
    """The choices with those of one group together, groups in the order they come in."""
    groups: dict[str, list[Choice]] = {}
    for choice in choices:
        groups.setdefault(choice.group, []).append(choice)
    return [choice for group in groups.values() for choice in group]
