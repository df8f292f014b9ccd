"""What is recorded of an account, as the ready rows of its tables."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from csplanner.book.history import Change
from csplanner.domain.account import Case, Opportunity, OpportunityState
from csplanner.domain.index import FileIndex, is_open, is_running
from csplanner.domain.touch import Channel
from csplanner.domain.wording import begin
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.change_words import label_shown
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount

CHANNEL_ICONS = {
    Channel.CALL: "phone",
    Channel.MEETING: "users",
    Channel.QBR: "presentation",
    Channel.EMAIL: "mail",
    Channel.VISIT: "map-pin",
    Channel.MESSAGE: "message-square",
    Channel.CAMPAIGN: "megaphone",
    Channel.OTHER: "circle-dot",
}
CHANNEL_WORDS = Spoken(
    {
        Channel.CALL: noted("Call"), Channel.MEETING: noted("Meeting"), Channel.QBR: noted("QBR"),
        Channel.EMAIL: noted("Email"), Channel.VISIT: noted("Visit"),
        Channel.MESSAGE: noted("Message"), Channel.CAMPAIGN: noted("Campaign"),
        Channel.OTHER: noted("Other"),
    }
)  # fmt: skip
_KINDS = Spoken(
    {
        "renewal": noted("Renewal"), "expansion": noted("Expansion"), "new": noted("New"),
        "low": noted("Low"), "medium": noted("Medium"), "high": noted("High"),
        "urgent": noted("Urgent"), "other": noted("Other"),
        "open": noted("Open"), "won": noted("Won"), "lost": noted("Lost"),
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TableRow:
    """One line of a table: its record's id and the text of each column."""

    id: str
    cells: tuple[str, ...]
    is_quiet: bool = False
    """Over, closed or superseded: drawn in grey."""


def channel_word(channel: Channel) -> str:
    """Return `Call`, `QBR`, …"""
    return CHANNEL_WORDS[channel]


def touch_rows(index: FileIndex) -> list[TableRow]:
    """Return the touch log, newest first: day, channel, with whom, topic, minutes, meaningful."""
    names = {p.id: p.name for p in index.file.people}
    rows = []
    for touch in sorted(index.file.touches, key=lambda t: t.on, reverse=True):
        meaningful = touch.meaningful.value
        said = tr("not said") if meaningful is None else tr("yes") if meaningful else tr("no")
        who = ", ".join(names[p] for p in touch.person_ids if p in names)
        cells = (
            words.day(touch.on, index.as_of),
            channel_word(touch.channel),
            who or tr("nobody named"),
            veil.note(touch.topic or touch.note),
            tr("{0} min").format(touch.minutes) if touch.minutes else tr("unknown"),
            said,
        )
        rows.append(TableRow(touch.id, cells))
    return rows


def case_rows(index: FileIndex) -> list[TableRow]:
    """Return the support cases, open ones first, newest first."""

    def order(case: Case) -> tuple[bool, int]:
        day = case.opened_on.toordinal() if case.opened_on else 0
        return not is_open(case, index.as_of), -day

    rows = []
    for case in sorted(index.file.cases, key=order):
        alive = is_open(case, index.as_of)
        age = ""
        if alive and case.opened_on:
            age = words.plural(index.days_since(case.opened_on), "day")
        cells = (
            case.number or tr("no number"),
            case.subject or tr("no subject"),
            _KINDS.get(case.priority.value, case.priority.value)
            + (tr(", escalated") if case.escalated else ""),
            case.status or ("open" if alive else "closed"),
            words.day(case.opened_on, index.as_of),
            age if alive else words.day(case.closed_on, index.as_of),
        )
        rows.append(TableRow(case.id, cells, is_quiet=not alive))
    return rows


def deal_rows(index: FileIndex) -> list[TableRow]:
    """Return the opportunities, open ones first."""

    def order(deal: Opportunity) -> tuple[bool, int]:
        day = deal.close_on.toordinal() if deal.close_on else 0
        return deal.state is not OpportunityState.OPEN, -day

    rows = []
    for deal in sorted(index.file.opportunities, key=order):
        alive = deal.state is OpportunityState.OPEN
        late = alive and deal.close_on is not None and deal.close_on < index.as_of
        day = words.day(deal.close_on, index.as_of) + (tr(", overdue") if late else "")
        cells = (
            deal.name,
            _KINDS.get(deal.kind.value, deal.kind.value.capitalize()),
            deal.stage or _KINDS.get(deal.state.value, deal.state.value),
            amount(deal.amount.value),
            day,
            veil.note(deal.next_step or deal.loss_reason),
        )
        rows.append(TableRow(deal.id, cells, is_quiet=not alive))
    return rows


def subscription_rows(index: FileIndex) -> list[TableRow]:
    """Return the subscriptions, running ones first."""
    ordered = sorted(index.file.subscriptions, key=lambda s: not is_running(s, index.as_of))
    rows = []
    for line in ordered:
        running = is_running(line, index.as_of)
        state = tr("running") if running else tr("superseded") if line.superseded else tr("over")
        if line.is_trial:
            state = tr("trial")
        cells = (
            line.product or tr("product unknown"),
            words.number(line.seats),
            amount(line.arr.value),
            words.day(line.start, index.as_of),
            words.day(line.end, index.as_of),
            state,
        )
        rows.append(TableRow(line.id, cells, is_quiet=not running))
    return rows


_CHANGE_STATES = Spoken(
    {"undone": noted("undone"), "dropped": noted("undone"), "reverted": noted("taken back")}
)
_CHANGE_KINDS = Spoken(
    {"undo": noted("taking back"), "edit": noted("edit"), "import": noted("import")}
)


def history_rows(changes: Iterable[Change]) -> list[TableRow]:
    """Return what was changed, newest first; undone changes are grey."""
    rows = []
    for change in changes:
        state = tr("for good") if change.is_for_good else _CHANGE_STATES.get(change.state, "")
        at = f"{datetime.fromisoformat(change.at).astimezone():%Y-%m-%d %H:%M}"
        kind = begin(_CHANGE_KINDS.get(change.kind, change.kind))
        cells = (at, label_shown(change), kind, words.plural(change.rows, "record"), state)
        rows.append(TableRow(str(change.id), cells, is_quiet=bool(state)))
    return rows
