"""How the score of each account runs over 13 months, and the use and progress behind it.

The figures are found by judging: what can move freely (seats in use, progress on objectives) is
moved until the book's own formulas give the score the story asks for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from csplanner.domain.account import (
    Account,
    AccountId,
    Case,
    ContractTerm,
    Tier,
)
from csplanner.domain.account_file import AccountFile
from csplanner.domain.context import BookContext
from csplanner.domain.health import assess
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import MEASURES
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.person import Person, PersonStatus, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.settings import BookSettings
from csplanner.domain.touch import TWO_WAY, Touch
from csplanner.domain.value import Fact, fact
from tools.sample.accounts import END, MODULES, SNAPSHOTS, Profile, years_before
from tools.sample.contacts import Contact
from tools.sample.events import Answer, Ticket, at_score, payment
from tools.sample.figures import COURSES, KEEN, MODULES_USED, RATES, SEATS_TOLD, USE_ENDS
from tools.sample.goals import FINAL, Goal
from tools.sample.people import Character

_PASSES = 24
LAST = len(SNAPSHOTS) - 1
QUARTER_AGO = 9
"""The snapshot that the change in 90 days counts from."""
CONTEXT = BookContext(True, True, True, True, {"USD": 19_800_000})
EARLIER = tuple(SNAPSHOTS[0] - timedelta(days=30 * back) for back in range(6, 0, -1))
"""Months before the first snapshot, whose use the first one brings along."""


@dataclass
class Use:
    """Usage at one snapshot."""

    on: date
    bought: int
    active: int
    modules: int
    events: tuple[int, ...]
    """Uses in the month, by module bought."""


@dataclass
class Story:
    """One account with everything that happens to it."""

    profile: Profile
    people: Sequence[Character]
    contacts: Sequence[Contact]
    tickets: Sequence[Ticket]
    goals: Sequence[Goal]
    placed: Sequence[tuple[date, Tier]]
    answers: Sequence[Answer] = ()
    uses: dict[int, Use] = field(default_factory=dict)
    """By number of the snapshot, negative for the months before."""
    progress: dict[int, dict[str, int]] = field(default_factory=dict)
    """Figures of the objectives that were brought up to date with a snapshot."""
    scores: dict[int, float | None] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """Number of the first snapshot that holds the account."""
        return next(n for n, day in enumerate(SNAPSHOTS) if day >= self.profile.since)

    @property
    def agreed_on(self) -> date:
        """The day its objectives were agreed."""
        return max(date(2025, 1, 21), self.profile.since + timedelta(days=24))


def course(profile: Profile) -> dict[int, float]:
    """The score to reach at each snapshot the account is part of."""
    if profile.score is None or profile.change is None:
        return {}
    if profile.name in COURSES:
        return {n: float(v) for n, v in enumerate(COURSES[profile.name])}
    rng = Random(f"course {profile.name}")
    then = profile.score - profile.change
    drift = max(-10.0, min(10.0, -0.7 * profile.change + rng.uniform(-5, 5)))
    found = {}
    for n in range(LAST + 1):
        if n <= QUARTER_AGO:
            value = then + drift * (QUARTER_AGO - n) / QUARTER_AGO
            value += rng.uniform(-1.6, 1.6) * (n != QUARTER_AGO)
        else:
            value = then + profile.change * ((n - QUARTER_AGO) / 3) ** 0.9
        found[n] = min(93.0, max(30.0, value))
    return found


def seats_at(profile: Profile, day: date) -> int:
    """Seats bought on a day: a little fewer in the term before."""
    if profile.name == "Okapi Mobility" and day < SNAPSHOTS[-1]:
        return 180
    earlier = profile.year > 1 and day <= years_before(profile.renewal, 1)
    return round(profile.seats * 0.94 / 2) * 2 if earlier else profile.seats


def solve(story: Story, settings: BookSettings) -> None:
    """Find use and progress so that the story's scores come out.

    The level of an account moves in straight lines between a few knots, so that its seats and
    figures move as a customer's would; the knots are shifted until the scores there are right.
    """
    goal = course(story.profile)
    if not goal:
        return
    knots = sorted({min(story.first + 1, 8), 5, QUARTER_AGO, LAST} - set(range(story.first)))
    levels = {n: goal[n] for n in knots}
    for step in range(_PASSES):
        _play(story, levels, goal)
        gain = 2.2 if step < _PASSES // 2 else 0.9
        for n in knots:
            score = _judged(story, n, settings)
            levels[n] += gain * (goal[n] - (goal[n] if score is None else score))
            levels[n] = min(150.0, max(-60.0, levels[n]))
        if story.profile.name in FINAL:
            levels[LAST] = levels[QUARTER_AGO]
    _play(story, levels, goal)
    story.scores = {n: _judged(story, n, settings) for n in range(story.first, LAST + 1)}


def _play(story: Story, levels: dict[int, float], goal: dict[int, float]) -> None:
    """Fill use and progress of every snapshot for the levels at the knots."""
    lean = Random(f"use {story.profile.name}").uniform(-7, 7)
    story.uses.clear()
    story.progress.clear()
    if story.profile.since < SNAPSHOTS[0]:
        _warm_up(story, (levels[min(levels)] + goal[0]) / 2 + lean)
    for n in range(story.first, LAST + 1):
        level = _between(levels, n)
        if n <= USE_ENDS.get(story.profile.name, LAST):
            mixed = max(14.0, (level + goal[n]) / 2 + lean)
            story.uses[n] = _use(story, n, SNAPSHOTS[n], mixed)
        if _is_updated(story, n):
            story.progress[n] = _figures(story, n, max(10.0, 0.75 * level + 0.25 * goal[n] - lean))


def _between(levels: dict[int, float], n: int) -> float:
    """The level at a snapshot, on the line between the knots around it."""
    before = max((k for k in levels if k <= n), default=min(levels))
    after = min((k for k in levels if k >= n), default=max(levels))
    if before == after:
        return levels[before]
    share = (n - before) / (after - before)
    return levels[before] + share * (levels[after] - levels[before])


def _warm_up(story: Story, level: float) -> None:
    """Use in the months before the first snapshot."""
    for back, day in enumerate(EARLIER):
        number = back - len(EARLIER)
        if day >= story.profile.since:
            story.uses[number] = _use(story, number, day, level)


def _use(story: Story, n: int, day: date, level: float) -> Use:
    profile = story.profile
    months = max(0, int((day - profile.since).days / 30.4375))
    bought = seats_at(profile, day)
    anchors = MEASURES["adoption.seats"].anchors_at(months)
    least = 92.0 if profile.name == "Solace Insurance Group" else 14.0 if months >= 9 else 7.0
    share = max(least, at_score("adoption.seats", level, anchors=anchors))
    told = SEATS_TOLD.get(profile.name)
    active = min(bought, max(1, round(bought * share / 100)))
    if told is not None:
        active = told.get(n, min(told.values()) if n > 0 else told[min(told)])
    used = _modules_used(profile, n, months)
    rng = Random(f"events {profile.name} {n}")
    keen = 0.45 + 0.55 * min(100.0, max(0.0, level)) / 100
    if profile.name in KEEN:
        keen = KEEN[profile.name][max(0, n)]
    # Where the feed stops for good nobody counted single uses before either.
    events = (
        ()
        if profile.name in USE_ENDS
        else tuple(
            round(active * RATES[m] * (keen if m < used else 0.04) * rng.uniform(0.97, 1.03))
            for m in range(profile.modules)
        )
    )
    return Use(day, bought, active, used, events)


def _modules_used(profile: Profile, n: int, months: int) -> int:
    final = MODULES_USED.get(
        profile.name,
        max(1, min(profile.modules, round(profile.modules * (profile.score or 0) / 88))),
    )
    if profile.change is not None and profile.change >= 3 and n < 7 and final > 1:
        final -= 1
    return min(final, months // 3)


def module_shares(story: Story, n: int) -> dict[str, int]:
    """Percent of seats active in each module bought."""
    if story.profile.name == "Tidewater Health Network":
        return dict(zip(MODULES, (100, 70 + n, 52 + n, 23 + n, 0), strict=False))
    used = story.uses[n].modules
    seats = 100 * story.uses[n].active / story.uses[n].bought
    rng = Random(f"modules {story.profile.name}")
    found = {}
    for m in range(story.profile.modules):
        ease = rng.uniform(0.55, 0.95) ** m if m < used else rng.uniform(0.0, 0.09)
        found[MODULES[m]] = round(seats * ease)
    return found


def _is_updated(story: Story, n: int) -> bool:
    """Whether figures come in with that snapshot: monthly, or less often with little touch."""
    if SNAPSHOTS[n] < story.agreed_on + timedelta(days=14):
        return False
    every = {Tier.HIGH: 1, Tier.MEDIUM: 1, Tier.LOW: 2}.get(story.profile.tier, 3)
    fresh = not any(k < n for k in story.progress)
    return n % every == 0 or fresh


def _figures(story: Story, n: int, level: float) -> dict[str, int]:
    final = FINAL.get(story.profile.name)
    found = {}
    for at, goal in enumerate(story.goals):
        aim = level + (at - (len(story.goals) - 1) / 2) * 14
        share = at_score("outcomes.progress", aim) / 100
        if final is not None:
            if goal.key == "g4" and n > 8:
                continue  # nobody has brought this figure since November
            most = (final[at] - goal.baseline) / (goal.target - goal.baseline)
            share = most if n == LAST or (goal.key == "g4" and n == 8) else min(share, most)
        found[goal.key] = goal.actual(share)
    return found


def updated_on(n: int) -> date:
    """The day the figures of a snapshot are of."""
    return SNAPSHOTS[n] - timedelta(days=5)


# --- the account as the book will have it ---


def judged_on(n: int) -> date:
    """The day a snapshot is judged on; the last one on the day the story is told."""
    return END if n == LAST else SNAPSHOTS[n]


def _judged(story: Story, n: int, settings: BookSettings) -> float | None:
    health = assess(file_at(story, n), settings, as_of=judged_on(n), previous=(), context=CONTEXT)
    return health.score


def file_at(story: Story, n: int) -> AccountFile:
    """The account's file as it stands after snapshot `n` and what was recorded until then."""
    profile = story.profile
    own = AccountId(profile.name)
    people = [p for p in story.people if p.since is None or p.since <= SNAPSHOTS[n]]
    return AccountFile(
        Account(
            own, profile.name, arr=Fact(Money(profile.arr_k * 100_000, "USD")),
            criticality=Fact(profile.criticality), customer_since=Fact(profile.since),
            first_value_on=fact(profile.first_value),
        ),
        terms=(ContractTerm("t", own, profile.renewal, ordinal=profile.year),),
        people=tuple(_person(p, own) for p in people),
        seats=tuple(Seat(p.key, own, p.role, p.key) for p in people if p.role is not None),
        cases=tuple(_case(t, own, SNAPSHOTS[n]) for t in story.tickets if t.opened <= SNAPSHOTS[n]),
        touches=tuple(_touch(c, own) for c in story.contacts if c.on <= SNAPSHOTS[n]),
        measurements=_measurements(story, own, n),
        objectives=tuple(_objectives(story, own, n)),
        placements=tuple(Placement("p", own, on, tier) for on, tier in story.placed),
    )  # fmt: skip


def _person(person: Character, own: AccountId) -> Person:
    gone = person.until is not None
    status = PersonStatus.LEFT if gone else PersonStatus.ACTIVE
    return Person(person.key, own, person.name, status=status, left_on=person.until,
                  last_activity_on=person.active_on)  # fmt: skip


def _case(ticket: Ticket, own: AccountId, day: date) -> Case:
    closed = ticket.closed if ticket.closed is not None and ticket.closed <= day else None
    return Case("c", own, priority=ticket.priority, opened_on=ticket.opened, closed_on=closed,
                is_closed=closed is not None, escalated=ticket.escalated)  # fmt: skip


def _touch(contact: Contact, own: AccountId) -> Touch:
    return Touch("t", own, contact.on, contact.channel, minutes=contact.minutes,
                 two_way=contact.channel in TWO_WAY, person_ids=contact.people)  # fmt: skip


def _measurements(story: Story, own: AccountId, n: int) -> tuple[Measurement, ...]:
    found = []

    def add(measure: str, value: float, on: date, part: str = "") -> None:
        found.append(Measurement("m", own, measure, Fact(round(value * 1000)), on, part))

    for number, use in story.uses.items():
        if number > n:
            continue
        add("usage.seats_bought", use.bought, use.on)
        add("usage.seats_active", use.active, use.on)
        add("usage.modules_bought", story.profile.modules, use.on)
        add("usage.modules_used", use.modules, use.on)
        for module, count in zip(MODULES, use.events, strict=False):
            add("usage.events", count, use.on, module)
    for number in range(story.first, n + 1):
        late, disputes = payment(story.profile, number)
        add("commercial.invoice_overdue_days", late, SNAPSHOTS[number])
        add("commercial.billing_disputes", disputes, SNAPSHOTS[number])
    for answer in story.answers:
        if answer.on <= SNAPSHOTS[n]:
            add(answer.measure, answer.value, answer.on, answer.touchpoint)
    return tuple(sorted(found, key=lambda m: m.as_of))


def _objectives(story: Story, own: AccountId, n: int) -> list[Objective]:
    if story.agreed_on > SNAPSHOTS[n]:
        return []
    found = []
    for goal in story.goals:
        known = [k for k, figures in story.progress.items() if k <= n and goal.key in figures]
        newest = max(known, default=None)
        actual = None if newest is None else story.progress[newest][goal.key]
        found.append(
            Objective(
                goal.key, own, goal.title, goal.unit, Fact(goal.baseline), fact(actual),
                Fact(goal.target), None if newest is None else updated_on(newest),
                agreed_on=story.agreed_on, status=ObjectiveStatus.AGREED,
            )
        )  # fmt: skip
    return found
