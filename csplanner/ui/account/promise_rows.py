"""What was promised by them and by us, as ready rows."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.index import FileIndex
from csplanner.domain.person import Side
from csplanner.domain.promise import Promise, PromiseState
from csplanner.domain.wording import one_line
from csplanner.language import ntr, tr
from csplanner.ui import veil
from csplanner.ui.account.event_rows import TableRow
from csplanner.ui.account.kept import Kept
from csplanner.ui.widgets import format as words


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One open promise: whose it is, what, by whom, and when it is due."""

    id: str
    side: str
    what: str
    owner: str
    due: str
    due_ink: str

    @property
    def spoken(self) -> str:
        """The promise as one sentence."""
        return f"{self.side}: {self.what}. {self.owner}. {self.due}"


def _order(promise: Promise) -> tuple[bool, date, str]:
    is_open = promise.state is PromiseState.OPEN
    return not is_open, promise.due or date.max, promise.what


def side_word(side: Side) -> str:
    """`We` or `They`."""
    return tr("We") if side is Side.OURS else tr("They")


def is_late(promise: Promise, as_of: date) -> bool:
    """Whether an open promise is past the day it was due."""
    is_open = promise.state is PromiseState.OPEN
    return is_open and promise.due is not None and promise.due < as_of


def open_promises(index: FileIndex, kept: Kept) -> list[PromiseRow]:
    """Return what is still to be kept, the earliest due first."""
    live = [p for p in sorted(kept.promises, key=_order) if p.state is PromiseState.OPEN]
    return [_row(p, index.as_of) for p in live]


def _row(promise: Promise, as_of: date) -> PromiseRow:
    late = is_late(promise, as_of)
    due = tr("no day said")
    if promise.due is not None:
        day = words.day(promise.due, as_of)
        due = tr("late since {0}").format(day) if late else tr("by {0}").format(day)
    ink = "risk-ink" if late else "text2" if promise.due else "text3"
    owner = one_line(promise.owner) or tr("no owner")
    return PromiseRow(
        promise.id, side_word(promise.side), veil.note(one_line(promise.what)), owner, due, ink
    )


def state_words(promise: Promise, as_of: date) -> str:
    """`open`, `late by 3 days`, `kept 3 Mar`, `kept late, 3 Mar` or `dropped`."""
    on = words.day(promise.kept_on, as_of) if promise.kept_on else ""
    if promise.state is PromiseState.KEPT:
        return tr("kept {0}").format(on) if on else tr("kept")
    if promise.state is PromiseState.LATE:
        return tr("kept late, {0}").format(on) if on else tr("kept late")
    if promise.state is PromiseState.DROPPED:
        return tr("dropped")
    if promise.due is not None and is_late(promise, as_of):
        return ntr("late by {0} day", "late by {0} days", (as_of - promise.due).days)
    return tr("open")


def promise_rows(index: FileIndex, kept: Kept) -> list[TableRow]:
    """Return every promise, open ones first: who, what, owner, to whom, made, due, state."""
    as_of = index.as_of
    return [
        TableRow(
            p.id,
            (
                side_word(p.side), veil.note(one_line(p.what)), one_line(p.owner) or tr("no owner"),
                one_line(p.to_whom), words.day(p.made_on, as_of) if p.made_on else "",
                words.day(p.due, as_of) if p.due else tr("no day said"), state_words(p, as_of),
            ),
            is_quiet=p.state is not PromiseState.OPEN,
        )
        for p in sorted(kept.promises, key=_order)
    ]  # fmt: skip


def promises_note(index: FileIndex, kept: Kept) -> str:
    """`3 open, 1 late`; empty without any."""
    live = [p for p in kept.promises if p.state is PromiseState.OPEN]
    if not live:
        return ""
    late = sum(1 for p in live if is_late(p, index.as_of))
    told = tr("{0} open").format(words.number(len(live)))
    return tr("{0}, {1} late").format(told, words.number(late)) if late else told
