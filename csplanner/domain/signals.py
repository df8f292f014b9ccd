"""Signals: facts about an account that ask for a step, each with its evidence and its rank."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import blake2b
from math import log10, sqrt
from typing import NamedTuple

from csplanner.domain.context import BookContext
from csplanner.domain.divergence import Divergence
from csplanner.domain.health import Health
from csplanner.domain.index import FileIndex
from csplanner.domain.money import Money, minor_digits, totals
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.tiers import Choice
from csplanner.domain.wording import band_word, money_text
from csplanner.language import Spoken, noted, tr


class Group(StrEnum):
    """Where a signal stands in Today."""

    NOW = "now"
    THIS_WEEK = "this_week"
    DECISION = "decision"

    @property
    def heading(self) -> str:
        """Now, This week, Worth a decision."""
        return _GROUP_TITLES[self]


_GROUP_TITLES = Spoken(
    {
        Group.NOW: noted("Now"),
        Group.THIS_WEEK: noted("This week"),
        Group.DECISION: noted("Worth a decision"),
    }
)
_GROUP_ORDER = {Group.NOW: 0, Group.THIS_WEEK: 1, Group.DECISION: 2}


class Evidence(NamedTuple):
    """One fact a signal rests on: `severity` is risk, watch, good or info."""

    text: str
    source: str
    as_of: date | None = None
    severity: str = "watch"


class Rank(NamedTuple):
    """Why an entry stands where it does: four parts, the most each can be is in RANK_MOST."""

    arr: int
    time: int
    agree: int
    sure: int

    @property
    def total(self) -> int:
        """0 to 100."""
        return self.arr + self.time + self.agree + self.sure


RANK_MOST = Rank(40, 25, 20, 15)


class Verb(NamedTuple):
    """What the one button does: a key the window knows, and its label."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule saw. `basis` names what must change before a dismissed signal comes back."""

    kind: str
    severity: int
    """0 to 100: how much it outranks other signals of the account in its group."""
    group: Group
    headline: str
    why: str
    evidence: tuple[Evidence, ...]
    verb: Verb
    basis: tuple[str, ...]
    due: date | None = None
    sure: int = 8
    """0 to 10: 10 for a recorded fact, less for what is concluded."""


@dataclass(frozen=True, slots=True)
class Signal:
    """A ranked signal: headline = fact, why = second line, one verb, and the rows behind it."""

    kind: str
    headline: str
    why: str
    evidence: tuple[Evidence, ...]
    verb: Verb
    group: Group
    rank: Rank
    severity: int
    digest: str
    """Stays the same until the evidence changes, so that Done and Dismiss stick until then."""
    due: date | None = None
    at_stake: Money | None = None
    stake_note: str = ""
    """Says so when the amount is not the account's ARR."""


@dataclass(frozen=True, slots=True)
class View:
    """All that the rules look at."""

    index: FileIndex
    health: Health
    choice: Choice
    letters: str
    divergence: Divergence
    settings: BookSettings
    context: BookContext
    equipped: int | None = None
    potential: int | None = None
    fallen_from: Band | None = None
    """A better band shown within the last 30 days."""

    @property
    def as_of(self) -> date:
        """The day everything is judged on."""
        return self.index.as_of

    @property
    def sentiment(self) -> Sentiment | None:
        """The newest pulse."""
        return None if self.index.pulse is None else self.index.pulse.sentiment


def stake(index: FileIndex) -> tuple[Money | None, str]:
    """What is at stake: the ARR, else the sum of open opportunities, with a note that says so."""
    if index.arr is not None:
        return index.arr, ""
    amounts = totals(o.amount.value for o in index.open_opportunities if o.amount.value is not None)
    if amounts:
        return amounts[0], tr("ARR unknown, {0} in open deals").format(money_text(amounts[0]))
    return None, tr("ARR unknown")


def finish(view: View, found: Iterable[Found]) -> tuple[Signal, ...]:
    """Ranked signals, the strongest first: by group, then severity, then rank."""
    rows = list(found)
    at_stake, note = stake(view.index)
    arr = _arr_points(at_stake, view.context)
    backing = sum(1 for f in rows if f.severity >= 40) + _backing(view)
    certain = round(5 * view.health.coverage)
    signals = [
        Signal(
            f.kind,
            f.headline,
            f.why,
            f.evidence,
            f.verb,
            f.group,
            Rank(
                arr,
                _time_points(f.due, view.as_of),
                min(RANK_MOST.agree, 5 * max(0, backing - (f.severity >= 40))),
                f.sure + certain,
            ),
            f.severity,
            _digest(f),
            f.due,
            at_stake,
            note,
        )
        for f in rows
    ]
    signals.sort(key=lambda s: (_GROUP_ORDER[s.group], -s.severity, -s.rank.total, s.kind))
    return tuple(signals)


def group_order(group: Group) -> int:
    """0 for Now, 1 for This week, 2 for Worth a decision."""
    return _GROUP_ORDER[group]


def _backing(view: View) -> int:
    """How many of score and sentiment say trouble as well."""
    troubled = view.health.band is Band.RISK
    return troubled + (view.sentiment is not None and view.sentiment <= Sentiment.UNEASY)


def _arr_points(amount: Money | None, context: BookContext) -> int:
    """Root of the amount over the top fifth's cut: 20 on the cut, 40 at four times it.

    Where the book knows no ARR there is no cut, and the size of the amount stands in for it.
    """
    if amount is None or amount.minor <= 0:
        return 5
    cut = context.arr_top_cut.get(amount.currency)
    if not cut:
        units = amount.minor / 10 ** minor_digits(amount.currency)
        return max(5, min(35, round(8 * log10(max(1.0, units)) - 18)))
    return max(1, min(RANK_MOST.arr, round(20 * sqrt(amount.minor / cut))))


def _time_points(due: date | None, as_of: date) -> int:
    """All when due, none half a year ahead; a third of it without a date."""
    if due is None:
        return 8
    return round(RANK_MOST.time * max(0.0, min(1.0, 1 - (due - as_of).days / 180)))


def _digest(found: Found) -> str:
    text = "\x1f".join((found.kind, *found.basis))
    return blake2b(text.encode(), digest_size=8).hexdigest()


def state_line(view: View) -> str:
    """Score, change and sentiment in short sentences, as second lines end with."""
    parts = []
    points = view.health.points
    if points is not None:
        parts.append(tr("Score {0}, {1}.").format(points, band_word(view.health.band)))
    if view.sentiment is not None:
        parts.append(tr("You are {0}.").format(view.sentiment.word.lower()))
    return " ".join(parts)
