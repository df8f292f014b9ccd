"""One pass over an account's file: the newest of everything as of a day, for the judgements."""

from collections.abc import Iterator
from datetime import date

from csplanner.domain.account import (
    Case,
    CasePriority,
    ContractTerm,
    Opportunity,
    OpportunityState,
    Subscription,
    TermOutcome,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.money import Money, totals
from csplanner.domain.person import Person, is_gone
from csplanner.domain.touch import TWO_WAY, Channel, Touch

USES = "usage.events"
_UNDECIDED = frozenset({TermOutcome.UNDECIDED, TermOutcome.NOT_DUE})


class FileIndex:
    """What the rules look up again and again. Records dated after `as_of` do not exist for it."""

    __slots__ = (
        "arr",
        "as_of",
        "contacts_90",
        "file",
        "last_contact",
        "last_touch",
        "last_two_way",
        "measured",
        "open_cases",
        "open_opportunities",
        "people",
        "pulse",
        "term",
        "touches",
        "uses",
    )

    def __init__(self, file: AccountFile, as_of: date) -> None:
        self.file = file
        self.as_of = as_of
        self.measured, self.uses = _newest_measured(file, as_of)
        self.touches: tuple[Touch, ...] = file.touches
        if self.touches and self.touches[-1].on > as_of:
            self.touches = tuple(t for t in self.touches if t.on <= as_of)
        self.people: dict[str, Person] = {p.id: p for p in file.people}
        self._read_touches()
        self.open_cases = tuple(c for c in file.cases if is_open(c, as_of))
        self.open_opportunities: tuple[Opportunity, ...] = tuple(
            o for o in file.opportunities if o.state is OpportunityState.OPEN
        )
        self.pulse = next((p for p in reversed(file.pulses) if p.on <= as_of), None)
        self.term = running_term(file, as_of)
        self.arr = arr_of(file, as_of)

    def _read_touches(self) -> None:
        """Newest touch, newest two-way touch, and who was reached when and how often."""
        as_of = self.as_of
        self.last_touch: Touch | None = None
        self.last_two_way: Touch | None = None
        self.last_contact: dict[str, date] = {}
        self.contacts_90: dict[str, int] = {}
        for touch in reversed(self.touches):
            if touch.channel is not Channel.CAMPAIGN and self.last_touch is None:
                self.last_touch = touch
            if not is_two_way(touch):
                continue
            if self.last_two_way is None:
                self.last_two_way = touch
            recent = (as_of - touch.on).days <= 90
            for person in touch.person_ids:
                self.last_contact.setdefault(person, touch.on)
                if recent:
                    self.contacts_90[person] = self.contacts_90.get(person, 0) + 1
        for someone in self.people.values():
            seen = someone.last_activity_on
            known = self.last_contact.get(someone.id)
            if seen is not None and seen <= as_of and (known is None or known < seen):
                self.last_contact[someone.id] = seen

    def newest(self, measure: str, dimension: str = "") -> Measurement | None:
        """The newest known measurement of a measure, None when it was never taken or is unknown."""
        parts = self.measured.get(measure)
        found = parts.get(dimension) if parts else None
        return found if found is not None and found.value.value is not None else None

    def parts(self, measure: str) -> list[Measurement]:
        """The newest known measurement of each part (feature, touchpoint) of a measure."""
        return [m for m in self.measured.get(measure, {}).values() if m.value.is_known]

    def present(self) -> Iterator[Person]:
        """The customer's people who are still there."""
        for person in self.people.values():
            if person.is_theirs and not is_gone(person, self.as_of):
                yield person

    @property
    def days_to_decision(self) -> int | None:
        """Days to T0 of the renewal countdown, negative when it passed undecided."""
        return None if self.term is None else (self.term.decision_date - self.as_of).days

    def days_since(self, day: date) -> int:
        """Days from `day` to the as-of date."""
        return (self.as_of - day).days

    @property
    def urgent_cases(self) -> tuple[Case, ...]:
        """Open cases that are urgent or escalated."""
        return tuple(c for c in self.open_cases if c.escalated or c.priority is CasePriority.URGENT)


def is_two_way(touch: Touch) -> bool:
    """Calls, meetings, reviews and visits count as two-way, others when said so."""
    return touch.two_way or touch.channel in TWO_WAY


def is_open(case: Case, as_of: date) -> bool:
    """Whether the case was opened and not yet closed on `as_of`."""
    if case.opened_on is not None and case.opened_on > as_of:
        return False
    if case.closed_on is not None:
        return case.closed_on > as_of
    return not case.is_closed


def is_running(subscription: Subscription, day: date) -> bool:
    """Whether a paid subscription that still counts runs on `day`."""
    if subscription.superseded or subscription.is_trial:
        return False
    started = subscription.start is None or subscription.start <= day
    return started and (subscription.end is None or subscription.end > day)


def running_term(file: AccountFile, as_of: date) -> ContractTerm | None:
    """The term whose end is decided next; one that ended undecided comes first while it is the
    newest.
    """
    best: ContractTerm | None = None
    for term in file.terms:
        if term.outcome not in _UNDECIDED:
            continue
        if best is None or _comes_first(term, best, as_of):
            best = term
    return best


def _comes_first(term: ContractTerm, best: ContractTerm, as_of: date) -> bool:
    """The nearest end still ahead, else the latest end behind."""
    if (term.end >= as_of) != (best.end >= as_of):
        return term.end >= as_of
    return term.end < best.end if term.end >= as_of else term.end > best.end


def arr_of(file: AccountFile, as_of: date) -> Money | None:
    """Yearly revenue: as recorded, else of the subscriptions running now if they agree on a
    currency.
    """
    if file.account.arr.value is not None:
        return file.account.arr.value
    running = [s.arr.value for s in file.subscriptions if is_running(s, as_of)]
    known = totals(a for a in running if a is not None)
    return known[0] if len(known) == 1 and len(running) > 0 else None


def has_left(index: FileIndex) -> date | None:
    """The day the whole customer left: an exit without anything running since, else None."""
    gone: date | None = None
    for leaving in index.file.exits:
        if leaving.on <= index.as_of:
            gone = None if leaving.is_reactivation else leaving.on
    if gone is None or any(is_running(s, index.as_of) for s in index.file.subscriptions):
        return None
    term = index.term
    return None if term is not None and term.end > index.as_of and term.end > gone else gone


def _newest_measured(
    file: AccountFile, as_of: date
) -> tuple[dict[str, dict[str, Measurement]], list[Measurement]]:
    """Newest measurement by measure and dimension, and every use of a feature, newest first."""
    found: dict[str, dict[str, Measurement]] = {}
    uses: list[Measurement] = []
    rows = file.measurements
    if rows and rows[-1].as_of > as_of:
        rows = tuple(m for m in rows if m.as_of <= as_of)
    for m in reversed(rows):
        name = m.measure
        parts = found.get(name)
        if parts is None:
            found[name] = {m.dimension: m}
        elif m.dimension not in parts:
            parts[m.dimension] = m
        if name == USES:
            uses.append(m)
    return found, uses
