"""Two lenses: how we measure an account beside how they measure it, as ready strings.

Each of our measures has a partner of theirs (methods §9.2); what one side does not know is said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import TermOutcome
from csplanner.domain.index import FileIndex, is_running
from csplanner.domain.journey import journey
from csplanner.domain.loyalty import loyalty
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.language import tr
from csplanner.ui.account import evidence
from csplanner.ui.account.evidence import Evidence, Line
from csplanner.ui.account.journey_rows import result_words
from csplanner.ui.account.kept import Kept
from csplanner.ui.account.loyalty_rows import again_evidence
from csplanner.ui.account.plan_rows import figure
from csplanner.ui.today.words import source_line
from csplanner.ui.widgets import format as words
from csplanner.ui.words import amount

_ROWS = 5
_REACHED = 0.995


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a pair; an empty `value` is unknown, `is_poor` worse than was promised."""

    title: str
    value: str = ""
    is_poor: bool = False


@dataclass(frozen=True, slots=True)
class LensRow:
    """A measure of ours beside the partner of theirs."""

    key: str
    ours: Side
    theirs: Side

    @property
    def spoken(self) -> str:
        """The pair as one sentence."""
        unknown = tr("unknown")
        return tr("{0}: {1}. {2}: {3}").format(
            self.ours.title, self.ours.value or unknown,
            self.theirs.title, self.theirs.value or unknown,
        )  # fmt: skip


def lens_rows(index: FileIndex, kept: Kept) -> list[LensRow]:
    """Return the pairs of which one side at least is known, five at most."""
    made = [
        LensRow(key, ours(index, kept), theirs(index, kept))
        for key, ours, theirs in _PAIRS
    ]  # fmt: skip
    return [row for row in made if row.ours.value or row.theirs.value][:_ROWS]


def _revenue_time(index: FileIndex, _kept: Kept) -> Side:
    title, signed = tr("Time to revenue"), _signed_on(index)
    starts = [s.start for s in index.file.subscriptions if s.start and not s.is_trial]
    starts = starts or [t.start for t in index.file.terms if t.start is not None]
    if signed is None or not starts or min(starts) < signed:
        return Side(title)
    days = (min(starts) - signed).days
    return Side(title, tr("{0} d").format(words.number(days)) if days else tr("day one"))


def _value_time(index: FileIndex, _kept: Kept) -> Side:
    title, signed = tr("Time to value"), _signed_on(index)
    account = index.file.account
    reached, promised = account.first_value_on.value, account.first_value_promised
    if signed is None:
        return Side(title)
    most = None if promised is None else (promised - signed).days
    if reached is None:
        late = promised is not None and promised < index.as_of
        return Side(title, tr("none yet"), is_poor=late) if promised else Side(title)
    days = (reached - signed).days
    if most is None:
        return Side(title, tr("{0} d").format(words.number(days)))
    told = tr("{0} d, promised {1}").format(words.number(days), words.number(most))
    return Side(title, told, is_poor=days > most)


def _signed_on(index: FileIndex) -> date | None:
    return index.file.account.customer_since.value


def _seats(index: FileIndex, _kept: Kept) -> Side:
    title = tr("Seats in use")
    bought, active = index.newest("usage.seats_bought"), index.newest("usage.seats_active")
    if bought is None or active is None or not bought.value.value:
        return Side(title)
    share = (active.value.value or 0) / bought.value.value
    return Side(title, tr("{0}%").format(words.number(round(100 * share))))


def _live(index: FileIndex) -> list[Objective]:
    """Their objectives with a figure, the newest figure first."""
    known = [
        o for o in index.file.objectives
        if o.status is not ObjectiveStatus.DROPPED and o.actual.is_known
    ]  # fmt: skip
    return sorted(known, key=lambda o: (o.actual_on or date.min, o.agreed_on or date.min),
                  reverse=True)  # fmt: skip


def _objective(index: FileIndex, _kept: Kept) -> Side:
    found = _live(index)
    if not found:
        return Side(tr("Their own goal"))
    best = found[0]
    is_long = len(best.unit) > 2
    unit = "" if is_long else best.unit
    now, goal = figure(best.actual.value, unit), figure(best.target.value, unit)
    return Side(best.title, tr("{0}, goal {1}").format(now, goal))


def _retention(index: FileIndex, _kept: Kept) -> Side:
    title = tr("Net retention")
    before = [t for t in index.file.terms if t.end < index.as_of and t.arr.is_known]
    then, now = (before[-1].arr.value if before else None), index.arr
    if then is None or now is None or then.currency != now.currency or not then.minor:
        return Side(title)
    share = 100 * now.minor / then.minor
    return Side(title, tr("{0}%").format(words.number(round(share))), is_poor=share < 100)


def _reached(index: FileIndex, _kept: Kept) -> Side:
    live = [o for o in index.file.objectives if o.status is not ObjectiveStatus.DROPPED]
    title = tr("Goals reached")
    if not live:
        return Side(title)
    done = sum(
        1 for o in live
        if o.status is ObjectiveStatus.REACHED or (o.progress or 0.0) >= _REACHED
    )  # fmt: skip
    return Side(title, words.share(done, len(live)))


def _renewal(index: FileIndex, _kept: Kept) -> Side:
    title = tr("Renewal")
    if index.term is None or index.term.outcome is TermOutcome.OPTED_OUT:
        return Side(title)
    return Side(title, words.day(index.term.end, index.as_of))


def _again(index: FileIndex, kept: Kept) -> Side:
    found, title = loyalty(index, kept.ratings), tr("Would choose again")
    if found.answer is None:
        return Side(title)
    return Side(title, tr("{0} of 10").format(found.answer), is_poor=found.answer <= 6)


def _invoices(index: FileIndex, _kept: Kept) -> Side:
    title, found = tr("Invoice overdue"), index.newest("commercial.invoice_overdue_days")
    if found is None or found.value.value is None:
        return Side(title)
    days = found.value.value // 1000
    value = tr("{0} d").format(words.number(days)) if days else tr("none")
    return Side(title, value, is_poor=days > 0)


def _bill(index: FileIndex, kept: Kept) -> Side:
    title = tr("Bills, rated by them")
    stop = next(s for s in journey(index, kept.ratings, kept.cells) if s.touchpoint == "Billing")
    if stop.value is None:
        return Side(title)
    value, tail = result_words(stop)
    return Side(title, f"{value} {tail.partition(',')[0]}", is_poor=stop.band.value == "risk")


_Reader = Callable[[FileIndex, Kept], Side]
_PAIRS: tuple[tuple[str, _Reader, _Reader], ...] = (
    ("value", _revenue_time, _value_time),
    ("use", _seats, _objective),
    ("retention", _retention, _reached),
    ("renewal", _renewal, _again),
    ("bill", _invoices, _bill),
)


def lens_evidence(index: FileIndex, kept: Kept, key: str) -> Evidence:
    """Return what stands behind both sides of a pair."""
    row = next(row for row in lens_rows(index, kept) if row.key == key)
    unknown = tr("unknown")
    head = (
        Line(row.ours.title, row.ours.value or unknown, tr("how we measure it"),
             not row.ours.value),
        Line(row.theirs.title, row.theirs.value or unknown, tr("how they measure it"),
             not row.theirs.value),
    )  # fmt: skip
    behind = {
        "value": _value_lines, "use": _use_lines, "retention": _retention_lines,
        "renewal": lambda i, k: [*evidence.term_evidence(i).lines, *again_evidence(i, k).lines],
        "bill": _bill_lines,
    }[key](index, kept)  # fmt: skip
    sentence = tr("What counts for us stands beside what counts for them.")
    return Evidence(row.theirs.title, sentence, (*head, *behind))


def _value_lines(index: FileIndex, _kept: Kept) -> list[Line]:
    account, source = index.file.account, tr("account record")
    days = (
        (tr("Customer since"), account.customer_since.value),
        (tr("First value promised for"), account.first_value_promised),
        (tr("First value confirmed"), account.first_value_on.value),
    )
    return [
        Line(title, words.day(on, index.as_of), source, is_missing=on is None) for title, on in days
    ]


def _use_lines(index: FileIndex, _kept: Kept) -> list[Line]:
    found = []
    for measure, title in (
        ("usage.seats_active", tr("Seats active in 30 days")),
        ("usage.seats_bought", tr("Seats bought")),
    ):
        newest = index.newest(measure)
        if newest is not None and newest.value.value is not None:
            source = source_line(newest.source, newest.as_of, index.as_of)
            found.append(Line(title, words.number(newest.value.value // 1000), source))
    return [*found, *(objective_line(o, index) for o in _live(index)[:3])]


def objective_line(objective: Objective, index: FileIndex) -> Line:
    """Return one objective with its newest figure."""
    unit = objective.unit if len(objective.unit) <= 2 else ""
    now = figure(objective.actual.value, unit)
    goal = figure(objective.target.value, unit)
    source = source_line(objective.actual_source, objective.actual_on, index.as_of)
    value = tr("{0} of {1}").format(now, goal)
    return Line(objective.title, value, source, not objective.actual.is_known)


def _retention_lines(index: FileIndex, _kept: Kept) -> list[Line]:
    lines = [
        Line(
            tr("ARR of the term to {0}").format(words.day(t.end, index.as_of)),
            amount(t.arr.value), tr("contract"), not t.arr.is_known,
        )
        for t in reversed(index.file.terms)
    ]  # fmt: skip
    if not any(is_running(s, index.as_of) for s in index.file.subscriptions):
        lines.insert(0, Line(tr("ARR now"), amount(index.arr), tr("account record")))
    live = [o for o in index.file.objectives if o.status is not ObjectiveStatus.DROPPED]
    return [*lines[:3], *(objective_line(o, index) for o in live)]


def _bill_lines(index: FileIndex, _kept: Kept) -> list[Line]:
    title = tr("Days an invoice is overdue")
    late = evidence.history_of(index, "commercial.invoice_overdue_days", "")
    rated = evidence.history_of(index, "voice.csat", "Billing")
    return [
        *evidence.measured_evidence(title, late[:3], index.as_of).lines,
        *evidence.measured_evidence(tr("Billing"), rated[:3], index.as_of).lines,
    ]
