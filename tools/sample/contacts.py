"""The touches of the sample: who was met when, for how long, and about what."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from csplanner.domain.account import Tier
from csplanner.domain.touch import Channel
from tools.sample.accounts import END, Profile
from tools.sample.people import Character

WINDOW = 91
"""Hours are counted over so many days."""
RHYTHM = {Tier.HIGH: 14, Tier.MEDIUM: 21, Tier.LOW: 45, Tier.DIGITAL: 120}
_FIRST_DAY = date(2024, 9, 16)
_MINUTES = {Tier.HIGH: 170, Tier.MEDIUM: 110, Tier.LOW: 75, Tier.DIGITAL: 14}
_LONGER = {"Grantley Brokers": 115, "Bluebell Nurseries": 70, "Tern Airways": 150,
           "Sandpiper Rentals": 35, "Mosaic Learning": 35}  # fmt: skip
_QUIET_FROM = 97
_TOPICS = {
    Channel.CALL: (
        "Weekly check", "Open questions", "Next release", "Numbers of the month", "Rota and peaks",
        "How the team takes it", "What changed since last time", "Answers to last week's cases",
    ),
    Channel.MEETING: (
        "Working session", "Admin training", "Goal review", "Plan for the next quarter",
        "New module, first look", "Process walk-through", "Reporting workshop",
    ),
    Channel.QBR: ("Quarterly review",),
    Channel.EMAIL: (
        "Notes and next steps", "Release notes that matter to you", "Answer on permissions",
        "Dates for next month", "Reminder: figures for the review",
    ),
}  # fmt: skip
_QUARTER = {"Solace Insurance Group": (4, 6, 8, 11)}
"""Touches a quarter, newest quarter first, where the story is about them."""


@dataclass(frozen=True)
class Contact:
    """One touch: with whom (keys of characters), on which channel, minutes if they were counted."""

    on: date
    channel: Channel
    topic: str
    people: tuple[str, ...]
    minutes: int | None
    note: str = ""
    own: bool = False
    """Recorded by the CSM in the book, not in the CRM."""


_TIDEWATER_MINUTES = 190
TOLD = (
    Contact(date(2025, 12, 16), Channel.MEETING, "Plan for the new year", ("joel", "rosa"), 300),
    Contact(date(2026, 1, 7), Channel.CALL, "Data residency", ("priscilla",), 75,
            "Priscilla doubts our answer on data residency."),
    Contact(date(2026, 1, 14), Channel.MEETING, "Scorecard in", ("joel", "rosa"), 210,
            "Senior people grade us 2.9, day-to-day 4.4. Two of four seniors answered."),
    Contact(date(2026, 1, 29), Channel.QBR, "QBR: 7 of us, 4 of them",
            ("rosa", "lena", "joel", "victor"), 600,
            "Objectives agreed again. Joel asked for a shorter deck."),
    Contact(date(2026, 2, 10), Channel.MEETING, "Billing dispute, credit agreed", ("joel",), 180,
            "6,240 dollars credited. Third dispute in five months, Finance is accountable."),
    Contact(date(2026, 2, 19), Channel.CALL, "Budget year", ("victor",), 90,
            "Their budget year starts with the new contract. Every department gives up 4 percent."),
    Contact(date(2026, 2, 23), Channel.CALL, "Rosa's last days", ("rosa",), 90,
            "Rosa leaves tomorrow. Nobody is named for her work on access.", own=True),
    Contact(date(2026, 2, 25), Channel.CALL, "Who takes over", ("marcus",), 90),
    Contact(date(2026, 3, 3), Channel.MEETING, "Workforce numbers", ("kim", "joel"), 240),
    Contact(date(2026, 3, 6), Channel.CALL, "Call with Dr Lena Park", ("lena",), 140,
            "Access targets move to the COO's office next month.", own=True),
)  # fmt: skip
"""Tidewater's last quarter, told touch by touch."""


def contacts(profile: Profile, people: Sequence[Character]) -> list[Contact]:
    """Every touch with an account, oldest first."""
    rng = Random(f"touch {profile.name}")
    told = TOLD if profile.name == "Tidewater Health Network" else ()
    days = [d for d in _days(profile, rng) if not told or d < told[0].on - timedelta(days=9)]
    made: list[Contact] = []
    for number, day in enumerate(days):
        channel = _channel(profile, number)
        who = _who(people, day, number)
        if who is None:
            continue
        topic = _TOPICS[channel][(profile.number + number) % len(_TOPICS[channel])]
        made.append(Contact(day, channel, topic, (who,), 0))
    made = [_as_own(profile, c) for c in made] + list(told)
    made = _with_minutes(profile, sorted(made, key=lambda c: c.on))
    return sorted([*made, *_letters(profile, made, rng)], key=lambda c: (c.on, c.channel.value))


_OWN_NOTES = {
    "Merrow Telecom": "Their CTO is talking to two others. Wants a recovery plan this week.",
    "Lantern Crisis Line": "Night shift of four wants training within the month.",
    "Corvane Bank": "Branch wave 2: list of 40 branches comes next week.",
    "Brightwell Energy": "Outage review: they want the cause in writing.",
    "Okapi Mobility": "Second city goes live in two months if the numbers hold.",
    "Grantley Brokers": "Same questions as last week. One administrator does everything.",
    "Ember & Oak Hotels": "Happy with the new changes page. Asked for nothing.",
    "Tern Airways": "Angry about the third wrong invoice, kind about Support.",
}


def _as_own(profile: Profile, contact: Contact) -> Contact:
    """The newest call of the accounts that matter most is the CSM's own record."""
    note = _OWN_NOTES.get(profile.name, "")
    if contact.on != profile.last_touch or not note or contact.channel is not Channel.CALL:
        return contact
    return replace(contact, own=True, note=note)


def _days(profile: Profile, rng: Random) -> list[date]:
    """Days of two-way contact, newest first."""
    day, start = profile.last_touch, max(_FIRST_DAY, profile.since - timedelta(days=10))
    found: list[date] = []
    while day >= start:
        found.append(_workday(day) if found else day)
        step = _step(profile, (END - day).days)
        day -= timedelta(days=max(1, round(step * rng.uniform(0.8, 1.2))))
    return found


def _step(profile: Profile, age: int) -> float:
    """Days between two contacts, so many days before the end."""
    counts = _QUARTER.get(profile.name)
    if counts is not None:
        return WINDOW / counts[min(age // WINDOW, len(counts) - 1)]
    minutes = profile.hours * 180
    held = "f" in profile.roles
    needed = profile.roles.count("f") if held else 1
    if profile.name == "Tidewater Health Network":
        return 16.0
    count = max(needed, round(minutes / _usual_minutes(profile)))
    usual = RHYTHM[profile.tier] * 1.1
    if age >= WINDOW:
        return min(usual, WINDOW / count)
    room = WINDOW - profile.touch_days
    return min(usual, max(2.0, room / count)) if room > 0 else usual


def _usual_minutes(profile: Profile) -> int:
    return _LONGER.get(profile.name, _MINUTES[profile.tier])


def _workday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _channel(profile: Profile, number: int) -> Channel:
    every = {Tier.HIGH: 12, Tier.MEDIUM: 9}.get(profile.tier, 0)
    if every and number % every == every // 2:
        return Channel.QBR
    if number % 3 == 2 and profile.tier is not Tier.DIGITAL:
        return Channel.MEETING
    return Channel.CALL


def _who(people: Sequence[Character], day: date, number: int) -> str | None:
    """The next in turn of those who could be met that day."""
    age = (END - day).days
    there = [
        p for p in people
        if (p.since is None or p.since <= day - timedelta(days=30))
        and (p.until is None or day < p.until)
        and (p.letter == "f" or age >= _QUIET_FROM + 9 * len(p.key))
        and (p.last_seen is None or day < p.last_seen)
    ]  # fmt: skip
    if not there:
        return people[0].key if people and age >= WINDOW else None
    return there[number % len(there)].key


def _with_minutes(profile: Profile, made: list[Contact]) -> list[Contact]:
    """Minutes by kind of contact, those of the last quarter adding up to the hours of the story."""
    if profile.name == "Tidewater Health Network":
        return [c if c.minutes else replace(c, minutes=_TIDEWATER_MINUTES) for c in made]
    weight = {Channel.CALL: 2, Channel.MEETING: 5, Channel.QBR: 9}
    usual = {Channel.CALL: 0.6, Channel.MEETING: 1.4, Channel.QBR: 2.6}
    recent = [c for c in made if (END - c.on).days < WINDOW]
    total = round(profile.hours * 180)
    share = sum(weight[c.channel] for c in recent)
    found = []
    left = total
    for contact in made:
        if (END - contact.on).days < WINDOW:
            minutes = max(5, round(total * weight[contact.channel] / share / 5) * 5)
            left -= minutes
        else:
            minutes = round(_usual_minutes(profile) * usual[contact.channel] / 5) * 5
        found.append(replace(contact, minutes=minutes))
    if recent:
        last = max(range(len(found) - len(recent), len(found)), key=lambda i: found[i].minutes or 0)
        found[last] = replace(found[last], minutes=max(5, (found[last].minutes or 0) + left))
    return found


def _letters(profile: Profile, made: list[Contact], rng: Random) -> list[Contact]:
    """E-mails between the contacts, whose minutes nobody counted."""
    topics = _TOPICS[Channel.EMAIL]
    return [
        Contact(
            _workday(contact.on - timedelta(days=rng.randint(1, 4))), Channel.EMAIL,
            topics[(profile.number + number) % len(topics)], contact.people, None,
        )
        for number, contact in enumerate(made)
        if number and number % 4 == 0
    ]  # fmt: skip
