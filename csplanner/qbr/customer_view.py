"""What a customer may read about themselves: their goals, use, answers, cases and dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from csplanner.book.outgoing import Cleaner
from csplanner.domain.account import Case, ContractTerm
from csplanner.domain.account_file import AccountFile
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.period import Quarter
from csplanner.domain.settings import BookSettings
from csplanner.domain.value import Fact
from csplanner.qbr.audience import allowed, customer_side

MONTHS_SHOWN = 13
LONG_OPEN_DAYS = 30
"""A case open for longer counts as slow."""
_TITLE, _NAME, _WORDS = 90, 60, 120


@dataclass(frozen=True, slots=True)
class Goal:
    """One of their goals in their own metric; None means nobody said."""

    title: str
    unit: str = ""
    start: float | None = None
    now: float | None = None
    target: float | None = None
    now_on: date | None = None
    source: str = ""
    due: date | None = None
    owner: str = ""
    agreed_on: date | None = None
    is_agreed: bool = False
    is_reached: bool = False


@dataclass(frozen=True, slots=True)
class Point:
    """A figure on a day."""

    on: date
    value: float


@dataclass(frozen=True, slots=True)
class Part:
    """The newest figure of one part (a feature, a touchpoint) and the one of a quarter before."""

    name: str
    value: float
    on: date
    before: float | None = None


@dataclass(frozen=True, slots=True)
class OpenCase:
    """An open case by the number they know it by."""

    number: str
    opened_on: date | None
    escalated: bool


@dataclass(frozen=True, slots=True)
class Cases:
    """Their cases: counts in the period, and what is open at its end."""

    opened: int
    closed: int
    open: tuple[OpenCase, ...]
    days_to_close: float | None
    """Median of those closed in the period."""
    answers: tuple[int, ...]
    """Satisfaction 1 to 5 with those closed in the period."""

    def slow(self, as_of: date) -> tuple[OpenCase, ...]:
        """Open cases that were escalated or have been open for more than 30 days."""
        return tuple(
            c
            for c in self.open
            if c.escalated
            or (c.opened_on is not None and (as_of - c.opened_on).days > LONG_OPEN_DAYS)
        )


@dataclass(frozen=True, slots=True)
class CustomerView:
    """Everything the customer's documents may be made of; nothing in it is internal."""

    account_name: str
    csm: str
    quarter: Quarter
    period_start: date
    period_end: date
    as_of: date
    """Facts dated later do not exist for this view."""
    is_past: bool = False
    """Whether later facts are in the book, so that what is not known here may be known since."""
    customer_since: date | None = None
    term_end: date | None = None
    notice_by: date | None = None
    goals: tuple[Goal, ...] = ()
    seats_bought: tuple[Point, ...] = ()
    """The last figure of each month, oldest first, 13 months at most."""
    seats_active: tuple[Point, ...] = ()
    modules_bought: Point | None = None
    modules_used: Point | None = None
    features: tuple[Part, ...] = ()
    """Uses in the period by feature, most used first."""
    module_shares: tuple[Part, ...] = ()
    """Percent of seats active by module, highest first."""
    nps: tuple[Part, ...] = ()
    csat: tuple[Part, ...] = ()
    cases: Cases | None = None


def customer_view(
    file: AccountFile,
    settings: BookSettings,
    quarter: Quarter,
    *,
    as_of: date,
    is_past: bool = False,
    cleaner: Cleaner | None = None,
) -> CustomerView:
    """The view of one account for a fiscal quarter, as of a day that is not after its end.

    Texts come out cleaned. `is_past` says that the book knows of later days.
    """
    clean = cleaner or Cleaner()
    side, ours = customer_side(file), allowed(settings)
    start = quarter.start(ours.fiscal_start_month)
    end = as_of = review_day(quarter, settings, as_of)
    seen = [m for m in side.measurements if m.as_of <= end and m.value.is_known]
    term = _running(side.terms, as_of)
    return CustomerView(
        account_name=clean.line(side.account.name, _NAME),
        csm=clean.line(ours.csm, _NAME),
        quarter=quarter,
        period_start=start,
        period_end=end,
        as_of=as_of,
        is_past=is_past,
        customer_since=side.account.customer_since.value,
        term_end=None if term is None else term.end,
        notice_by=None if term is None else term.notice_deadline.value,
        goals=tuple(_goal(o, clean, as_of) for o in side.objectives),
        seats_bought=_monthly(seen, "usage.seats_bought"),
        seats_active=_monthly(seen, "usage.seats_active"),
        modules_bought=_newest(seen, "usage.modules_bought"),
        modules_used=_newest(seen, "usage.modules_used"),
        features=_sums(seen, "usage.events", start, clean),
        module_shares=_parts(seen, "usage.module_share", start, clean),
        nps=_parts(seen, "voice.nps", start, clean),
        csat=_parts(seen, "voice.csat", start, clean),
        cases=_cases(side.cases, start, end, clean),
    )


def review_day(quarter: Quarter, settings: BookSettings, as_of: date) -> date:
    """The day a review speaks of: the end of its quarter, or `as_of` while the quarter runs."""
    return min(as_of, quarter.end(settings.fiscal_start_month))


def _goal(objective: Objective, clean: Cleaner, as_of: date) -> Goal:
    on = objective.actual_on
    is_seen = on is None or on <= as_of
    return Goal(
        title=clean.line(objective.title, _TITLE),
        unit=clean.line(objective.unit, 24),
        start=_units(objective.baseline),
        now=_units(objective.actual) if is_seen else None,
        target=_units(objective.target),
        now_on=on if is_seen else None,
        source=clean.line(objective.actual_source, _WORDS),
        due=objective.due,
        owner=clean.line(objective.owner, _NAME),
        agreed_on=objective.agreed_on,
        is_agreed=objective.status is not ObjectiveStatus.PROPOSED
        or objective.agreed_on is not None,
        is_reached=objective.status is ObjectiveStatus.REACHED,
    )


def _units(value: Fact[int]) -> float | None:
    return None if value.value is None else value.value / 1000


def _value(measurement: Measurement) -> float:
    return (measurement.value.value or 0) / 1000


def _running(terms: Iterable[ContractTerm], as_of: date) -> ContractTerm | None:
    ahead = [t for t in terms if t.end >= as_of]
    return min(ahead, key=lambda t: t.end, default=None)


def _monthly(seen: Iterable[Measurement], measure: str) -> tuple[Point, ...]:
    months: dict[tuple[int, int], Point] = {}
    for m in seen:
        if m.measure != measure or m.dimension:
            continue
        month = (m.as_of.year, m.as_of.month)
        if month not in months or months[month].on <= m.as_of:
            months[month] = Point(m.as_of, _value(m))
    return tuple(months[key] for key in sorted(months)[-MONTHS_SHOWN:])


def _newest(seen: Iterable[Measurement], measure: str) -> Point | None:
    points = [Point(m.as_of, _value(m)) for m in seen if m.measure == measure and not m.dimension]
    return max(points, key=lambda p: p.on, default=None)


def _sums(
    seen: Iterable[Measurement], measure: str, start: date, clean: Cleaner
) -> tuple[Part, ...]:
    sums: dict[str, tuple[float, date]] = {}
    for m in seen:
        if m.measure != measure or m.as_of < start or not m.dimension:
            continue
        total, on = sums.get(m.dimension, (0.0, m.as_of))
        sums[m.dimension] = (total + _value(m), max(on, m.as_of))
    parts = [Part(clean.line(name, _NAME), total, on) for name, (total, on) in sums.items()]
    return tuple(sorted(parts, key=lambda p: (-p.value, p.name)))


def _parts(
    seen: Iterable[Measurement], measure: str, start: date, clean: Cleaner
) -> tuple[Part, ...]:
    """The newest figure per part, and the newest from before the period where there are both."""
    newest: dict[str, Measurement] = {}
    earlier: dict[str, Measurement] = {}
    for m in seen:
        if m.measure == measure:
            for shelf in (newest, earlier) if m.as_of < start else (newest,):
                if m.dimension not in shelf or shelf[m.dimension].as_of <= m.as_of:
                    shelf[m.dimension] = m
    parts = []
    for name, m in newest.items():
        old = earlier.get(name)
        before = None if old is None or old is m else _value(old)
        parts.append(Part(clean.line(name, _NAME), _value(m), m.as_of, before))
    return tuple(sorted(parts, key=lambda p: (-p.value, p.name)))


def _cases(cases: tuple[Case, ...], start: date, end: date, clean: Cleaner) -> Cases | None:
    known = [c for c in cases if c.opened_on is None or c.opened_on <= end]
    if not known:
        return None
    closed = [c for c in known if c.closed_on is not None and start <= c.closed_on <= end]
    days = [(c.closed_on - c.opened_on).days for c in closed if c.closed_on and c.opened_on]
    still = [c for c in known if (c.closed_on is None or c.closed_on > end) and not _shut(c, end)]
    return Cases(
        opened=sum(1 for c in known if c.opened_on is not None and c.opened_on >= start),
        closed=len(closed),
        open=tuple(
            OpenCase(clean.line(c.number, 30), c.opened_on, c.escalated)
            for c in sorted(still, key=lambda c: (not c.escalated, c.opened_on or end, c.number))
        ),
        days_to_close=median(days) if days else None,
        answers=tuple(c.satisfaction.value for c in closed if c.satisfaction.value is not None),
    )


def _shut(case: Case, end: date) -> bool:
    """Closed without a day of closing, or with one in the period."""
    return case.is_closed and (case.closed_on is None or case.closed_on <= end)
