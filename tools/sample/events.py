"""Cases, surveys, payments and deals of the sample."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from csplanner.domain.account import CasePriority
from csplanner.domain.aggregate import Anchors
from csplanner.domain.measures import MEASURES
from tools.sample.accounts import END, SNAPSHOTS, Profile

_SUBJECTS = (
    "Report shows last month only", "New agent cannot sign in", "Headset drops after update",
    "Rota import rejects a line", "Queue time looks too long", "Callback not offered at night",
    "Export lacks the branch column", "Greeting plays twice", "Password reset mail is late",
    "Message template lost its picture", "Slow wallboard on Monday", "Number not released",
    "Recording missing for one call", "Holiday opening hours ignored",
)  # fmt: skip
_FORCED = {
    "Tern Airways": (
        ("Invoice is wrong", date(2025, 11, 12), 41, CasePriority.HIGH, False),
        ("Invoice is wrong again", date(2026, 1, 14), 0, CasePriority.HIGH, False),
        ("Invoice is wrong, third time", date(2026, 2, 16), 0, CasePriority.HIGH, False),
    ),
    "Merrow Telecom": (
        ("Billed for seats never set up", date(2025, 12, 15), 0, CasePriority.HIGH, False),
        ("Billed twice for one month", date(2026, 2, 11), 0, CasePriority.HIGH, False),
        ("Number porting stands still", date(2026, 1, 20), 0, CasePriority.MEDIUM, False),
    ),
    "Tidewater Health Network": (
        ("Billing dispute over night rates", date(2025, 10, 14), 21, CasePriority.MEDIUM, False),
        ("Outage of the booking line", date(2025, 10, 20), 2, CasePriority.URGENT, False),
        ("Billing dispute over unused lines", date(2025, 12, 3), 13, CasePriority.MEDIUM, False),
        ("Billing dispute, 6,240 dollars credited", date(2026, 1, 26), 16, CasePriority.MEDIUM,
         False),
        ("Night rates on the new invoice", date(2026, 3, 2), 0, CasePriority.HIGH, False),
        ("Kim's team needs two more log-ins", date(2026, 3, 5), 0, CasePriority.LOW, False),
        ("Callback list shows cancelled appointments", date(2026, 2, 26), 0, CasePriority.MEDIUM,
         False),
    ),
    "Brightwell Energy": (
        ("Outage line was down for 40 minutes", date(2026, 2, 18), 6, CasePriority.URGENT, False),
        ("Storm greeting could not be switched on", date(2026, 3, 2), 0, CasePriority.HIGH, False),
    ),
}  # fmt: skip
_PAYMENT = {
    "Merrow Telecom": {10: (12, 1), 11: (38, 1), 12: (49, 2)},
    "Tern Airways": {9: (8, 1), 10: (22, 1), 11: (38, 2), 12: (52, 3)},
    "Tallow & Wick": {11: (14, 0), 12: (42, 0)},
    "Bluebell Nurseries": {10: (9, 0), 11: (37, 0), 12: (56, 0)},
    "Kestrel Freight": {12: (11, 0)},
    "Tidewater Health Network": {9: (0, 1), 11: (0, 1), 12: (24, 1)},
    "Grantley Brokers": {12: (18, 0)},
    "Haldane Plumbing": {11: (20, 0), 12: (27, 0)},
}
"""Days an invoice is overdue and disputes, by account and number of the snapshot."""


@dataclass(frozen=True)
class Ticket:
    """A support case; `closed` is None while open at the end."""

    number: int
    subject: str
    opened: date
    closed: date | None
    priority: CasePriority
    escalated: bool = False


@dataclass(frozen=True)
class Answer:
    """What a survey gave: NPS or CSAT at a touchpoint."""

    on: date
    measure: str
    touchpoint: str
    value: float


def tickets(profile: Profile) -> list[Ticket]:
    """The support cases of an account, oldest first."""
    if profile.score is None:
        return []
    rng = Random(f"case {profile.name}")
    trouble = (100 - profile.score) / 100
    a_month = (0.12 + 0.55 * trouble) * (1 + min(1.6, profile.seats / 500))
    if profile.name in _FORCED and profile.name != "Brightwell Energy":
        a_month /= 2
    day = max(date(2025, 1, 6), profile.since + timedelta(days=9))
    found = [
        Ticket(0, text, on, on + timedelta(days=length) if length else None, priority, escalated)
        for text, on, length, priority, escalated in _FORCED.get(profile.name, ())
    ]
    while True:
        day += timedelta(days=max(2, round(rng.expovariate(a_month / 30))))
        if day > SNAPSHOTS[-1]:
            break
        length = rng.randint(2, 12 + round(24 * trouble))
        priority = rng.choices(
            (CasePriority.LOW, CasePriority.MEDIUM, CasePriority.HIGH), (3, 5, 2 * trouble)
        )[0]
        end = day + timedelta(days=length)
        is_open = end > SNAPSHOTS[-1]
        found.append(Ticket(0, rng.choice(_SUBJECTS), day, None if is_open else end, priority))
    found.sort(key=lambda t: (t.opened, t.subject))
    return found


def at_score(measure: str, score: float, *, anchors: Anchors | None = None) -> float:
    """The value of a measure that scores so many points."""
    goal = anchors or MEASURES[measure].anchors
    score = min(100.0, max(0.0, score))
    steps = ((0.0, 50.0), (50.0, 75.0), (75.0, 100.0))
    for at, (low, high) in enumerate(steps):
        if score <= high:
            return goal[at] + (score - low) / (high - low) * (goal[at + 1] - goal[at])
    return goal[3]


_TIDEWATER = (
    Answer(date(2025, 3, 4), "voice.csat", "Buying", 4.6),
    Answer(date(2025, 3, 4), "voice.csat", "Contract", 3.9),
    Answer(date(2025, 3, 6), "voice.nps", "Onboarding", 20),
    Answer(date(2025, 4, 22), "voice.csat", "Training", 4.5),
    Answer(date(2025, 6, 3), "voice.csat", "Support", 4.4),
    Answer(date(2025, 6, 3), "voice.csat", "Billing", 3.8),
    Answer(date(2025, 6, 17), "voice.nps", "Product", 24),
    Answer(date(2025, 9, 2), "voice.csat", "Support", 4.6),
    Answer(date(2025, 9, 23), "voice.nps", "Product", 28),
    Answer(date(2025, 11, 18), "voice.csat", "Training", 4.7),
    Answer(date(2025, 12, 2), "voice.csat", "Support", 4.7),
    Answer(date(2025, 12, 2), "voice.csat", "Billing", 3.1),
    Answer(date(2026, 1, 6), "voice.nps", "Product", 31),
    Answer(date(2026, 3, 3), "voice.csat", "Support", 4.8),
    Answer(date(2026, 3, 3), "voice.csat", "Billing", 2.9),
    Answer(date(2026, 3, 4), "voice.nps", "Product", 34),
)
_FIXED = {
    ("Kestrel Freight", "Support", 9): 4.4,
    ("Kestrel Freight", "Support", 12): 3.9,
    ("Tern Airways", "Support", 12): 4.7,
    ("Tern Airways", "Billing", 9): 2.4,
    ("Tern Airways", "Billing", 12): 1.9,
    ("Merrow Telecom", "Billing", 12): 1.8,
}


def answers(profile: Profile, course: Callable[[int], float | None]) -> list[Answer]:
    """What surveys gave, in step with the `course` of the score by snapshot."""
    if profile.score is None:
        return []
    if profile.name == "Tidewater Health Network":
        return list(_TIDEWATER)
    rng = Random(f"voice {profile.name}")
    found: list[Answer] = []
    for month in range(len(SNAPSHOTS)):
        target = course(month)
        if target is None:
            continue
        day = SNAPSHOTS[month] - timedelta(days=6 + profile.number % 9)
        for touchpoint, every in (("Support", 3), ("Billing", 3), ("Training", 6)):
            if month % every:
                continue
            grade = at_score("experience.rating", target + rng.uniform(-9, 9) + 4)
            grade = _FIXED.get((profile.name, touchpoint, month), max(3.1, round(grade, 1)))
            found.append(Answer(day, "voice.csat", touchpoint, grade))
        if (month + profile.number) % 4 == 0 and profile.arr_k >= 40:
            value = at_score("experience.nps", target + rng.uniform(-6, 6))
            found.append(Answer(day, "voice.nps", "Product", float(round(value))))
    return found


def payment(profile: Profile, month: int) -> tuple[int, int]:
    """Days an invoice is overdue and disputes in 90 days, at a snapshot."""
    return _PAYMENT.get(profile.name, {}).get(month, (0, 0))


@dataclass(frozen=True)
class Deal:
    """An opportunity as the CRM has it."""

    key: str
    name: str
    stage: str
    kind: str
    amount: int
    created: date
    close: date
    probability: int
    next_step: str = ""


_EXPANSIONS = (
    ("Delphine Cosmetics", "40 more seats", "Proposal", 13_300, date(2026, 2, 17),
     date(2026, 5, 15), 60, "Quote sent"),
    ("Corvane Bank", "Branch wave 2", "Negotiation", 96_000, date(2025, 11, 20),
     date(2026, 4, 30), 75, "Branch list from them"),
    ("Okapi Mobility", "Second city", "Discovery", 41_000, date(2026, 1, 27),
     date(2026, 6, 30), 40, "Go-live date for Mombasa"),
    ("Mosaic Learning", "Messaging for tutors", "Discovery", 12_000, date(2026, 2, 24),
     date(2026, 7, 31), 30, ""),
    ("Foxglove Pharmacy", "Knowledge for the shops", "Proposal", 24_000, date(2026, 1, 15),
     date(2026, 4, 15), 50, ""),
)  # fmt: skip


def deals(profile: Profile) -> list[Deal]:
    """Renewals in sight and growth that is talked about."""
    found = [
        Deal(f"x{n}", f"{profile.name}: {title}", stage, "Expansion", amount, created, close,
             chance, step)
        for n, (name, title, stage, amount, created, close, chance, step) in enumerate(_EXPANSIONS)
        if name == profile.name
    ]  # fmt: skip
    if (profile.renewal - END).days <= 180:
        created = max(profile.since, profile.renewal - timedelta(days=150))
        chance = 90 if (profile.score or 60) >= 75 else 60 if (profile.score or 60) >= 50 else 30
        found.append(
            Deal("r", f"{profile.name}: renewal", "Qualification", "Renewal",
                 profile.arr_k * 1000, min(created, SNAPSHOTS[-1]), profile.renewal, chance)
        )  # fmt: skip
    return found
