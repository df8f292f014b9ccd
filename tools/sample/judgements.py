"""What the CSM of the sample recorded herself, as dated entries for `judgements.json`."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from random import Random

from csplanner.domain.account import Tier
from csplanner.domain.person import Role
from csplanner.domain.sentiment import Sentiment
from tools.sample.accounts import SNAPSHOTS, Profile
from tools.sample.answers import equipped_answers, potential_answers
from tools.sample.course import Story, updated_on
from tools.sample.jotted import JOTTED
from tools.sample.maps import OTHER_MAPS, SEAT_NOTES, TIDEWATER_MAP, met_by
from tools.sample.relations import RELATIONS
from tools.sample.told import (
    BECAUSE,
    CLOSING,
    LEFT,
    NEXT_STEPS,
    OVERRIDES,
    PULSES,
    PUT_AWAY,
    TIDEWATER_SEATS,
)

Step = dict[str, object]
_ROUNDS = (date(2025, 3, 3), date(2025, 9, 2), date(2026, 1, 19))
_REVIEW = date(2026, 6, 12)
_SOURCES = (
    "their operations report",
    "their monthly figures",
    "Customer dashboard",
    "their controller",
)
_INFLUENCE = {Role.SPONSOR: 5, Role.DECIDES: 5, Role.CHAMPION: 3, Role.DAY_TO_DAY: 2,
              Role.FINANCE: 4}  # fmt: skip


def entry(on: date, label: str, steps: Iterable[Step]) -> dict[str, object]:
    """One change in the book: its day, its label and what it does."""
    return {"on": on.isoformat(), "label": label, "do": list(steps)}


def judgements(stories: Sequence[Story]) -> list[dict[str, object]]:
    """Every entry in the order it is recorded."""
    made = [
        *_assessments(stories),
        *_placements(stories),
        *_objectives(stories),
        *_pulses(stories),
        *_seats(stories),
        *_touches(stories),
        *CLOSING,
        *RELATIONS,
        *JOTTED,
        LEFT,
        *TIDEWATER_MAP,
        met_by(next(s.contacts for s in stories if s.profile.name == "Tidewater Health Network")),
        *OTHER_MAPS,
        *PUT_AWAY,
        *_next_steps(),
    ]
    made.sort(key=lambda e: str(e["on"]))  # stable: what is written first comes first that day
    return made


def _periods(days: Iterable[tuple[date, Step]]) -> list[tuple[date, list[Step]]]:
    """Steps gathered by the snapshot they precede, with the day of the last of them."""
    found: dict[int, list[tuple[date, Step]]] = {}
    for day, step in days:
        n = next((k for k, end in enumerate(SNAPSHOTS) if day <= end), len(SNAPSHOTS) - 1)
        found.setdefault(n, []).append((day, step))
    return [
        (max(day for day, _ in rows), [step for _, step in sorted(rows, key=lambda r: r[0])])
        for _, rows in sorted(found.items())
    ]


def _next_snapshot(day: date) -> date:
    return next(end for end in SNAPSHOTS if end >= day)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def known_from(profile: Profile) -> date:
    """The day an account is assessed and placed for the first time."""
    return max(_ROUNDS[0], profile.since + timedelta(days=3))


def _assessments(stories: Sequence[Story]) -> list[dict[str, object]]:
    dated: list[tuple[date, Step]] = []
    proofs: list[tuple[date, Step]] = []
    for story in stories:
        profile = story.profile
        start = known_from(profile)
        for on in (start, *(day for day in _ROUNDS[1:] if day > start)):
            aim = 32 if profile.name == "Delphine Cosmetics" else profile.potential
            dated.append((on, _answers(profile, on, aim)))
        if profile.equipped >= 70 and profile.potential < 34:
            proof = {"op": "measure", "account": profile.name, "on": start.isoformat(),
                     "measure": "equipped.proof", "value": 1000,
                     "note": "Set up a user and a queue from the help pages alone."}  # fmt: skip
            proofs.append((start, proof))
    made = [
        entry(on, f"Assess {_many(len(steps), 'account')}", steps) for on, steps in _periods(dated)
    ]
    made += [
        entry(on, f"Note that {_many(len(steps), 'account')} did a task without help", steps)
        for on, steps in _periods(proofs)
    ]
    delphine = next(s.profile for s in stories if s.profile.name == "Delphine Cosmetics")
    on = date(2026, 2, 17)
    made.append(
        entry(on, "Assess Delphine Cosmetics", [_answers(delphine, on, delphine.potential)])
    )
    return made


def _answers(profile: Profile, on: date, potential: int) -> Step:
    return {
        "op": "answers",
        "account": profile.name,
        "on": on.isoformat(),
        "equipped": equipped_answers(profile.name, profile.equipped),
        "potential": potential_answers(profile.name, potential),
    }


def _placements(stories: Sequence[Story]) -> list[dict[str, object]]:
    dated: list[tuple[date, Step]] = []
    for story in stories:
        profile = story.profile
        dated.append((known_from(profile), _place(profile, known_from(profile), "")))
    made = [
        entry(on, f"Place {_many(len(steps), 'account')}", steps) for on, steps in _periods(dated)
    ]
    by_name = {s.profile.name: s.profile for s in stories}
    for name, (on, reason) in OVERRIDES.items():
        step = _place(by_name[name], on, reason) | {"review_on": _REVIEW.isoformat()}
        tier = by_name[name].tier.value
        made.append(entry(on, f"Place {name} in {tier}", [step]))
    return made


def _place(profile: Profile, on: date, reason: str) -> Step:
    found: Step = {"op": "place", "account": profile.name, "on": on.isoformat(),
                   "tier": profile.tier.value}  # fmt: skip
    return found | {"reason": reason} if reason else found


def _objectives(stories: Sequence[Story]) -> list[dict[str, object]]:
    agreed: list[tuple[date, Step]] = []
    figures: list[tuple[date, Step]] = []
    for story in stories:
        name = story.profile.name
        owner = next((p.name for p in story.people if p.role in (Role.CHAMPION, Role.DECIDES)), "")
        on = story.agreed_on
        agreed += [
            (on, {
                "op": "objective", "account": name, "key": goal.key, "title": goal.title,
                "unit": goal.unit, "baseline": goal.baseline, "target": goal.target,
                "owner": _owner(name, goal.key, owner), "agreed_on": on.isoformat(),
                "due": story.profile.renewal.isoformat(),
            })
            for goal in story.goals
        ]  # fmt: skip
        for n, known in sorted(story.progress.items()):
            for key, actual in known.items():
                on = updated_on(n)
                source = _SOURCES[(story.profile.number + len(key)) % len(_SOURCES)]
                if name == "Tidewater Health Network":
                    source = {"g3": "HR figure"}.get(key, "Operations report")
                figures.append(
                    (on, {"op": "figure", "account": name, "key": key, "actual": actual,
                          "on": on.isoformat(), "source": source})
                )  # fmt: skip
    made = [
        entry(on, f"Agree {_many(len(steps), 'objective')}", steps)
        for on, steps in _periods(agreed)
    ]
    made += [
        entry(on, f"Bring the figures of {_many(len(steps), 'objective')} up to date", steps)
        for on, steps in ((_next_snapshot(day), steps) for day, steps in _periods(figures))
    ]
    return made


def _owner(name: str, key: str, usual: str) -> str:
    if name != "Tidewater Health Network":
        return usual
    return {"g3": "Kim Sato", "g4": ""}.get(key, "Joel Baptiste")


def _pulses(stories: Sequence[Story]) -> list[dict[str, object]]:
    made = []
    dated: list[tuple[date, Step]] = []
    for story in stories:
        profile = story.profile
        told = PULSES.get(profile.name)
        if told is not None:
            for on, word, because in told:
                word_text = Sentiment(word).word
                label = f"Say how you feel about {profile.name}: {word_text}"
                made.append(entry(on, label, [_pulse(profile, on, word, because)]))
            continue
        rng = Random(f"pulse {profile.name}")
        for on, word in _quarterly(profile, rng):
            dated.append((on, _pulse(profile, on, word, "")))
        last = date(2026, 2, 4) + timedelta(days=rng.randint(0, 32))
        dated.append(
            (last, _pulse(profile, last, profile.sentiment.value, BECAUSE.get(profile.name, "")))
        )
    made += [
        entry(on, f"Say how you feel about {_many(len(steps), 'account')}", steps)
        for on, steps in _periods(dated)
    ]
    return made


def _quarterly(profile: Profile, rng: Random) -> list[tuple[date, int]]:
    """Earlier pulses: they turn with the score, a little before it."""
    found = []
    change = profile.change or 0
    turn = 1 if change <= -5 else -1 if change >= 6 else 0
    for back, on in enumerate((date(2025, 12, 8), date(2025, 9, 8), date(2025, 6, 9))):
        if on < profile.since + timedelta(days=20):
            break
        word = profile.sentiment.value + turn * (1 if back < 2 else 2)
        word += rng.choice((0, 0, 0, 1, -1)) if back else 0
        found.append((on, min(5, max(2, word))))
    return found


def _pulse(profile: Profile, on: date, word: int, because: str) -> Step:
    found: Step = {"op": "pulse", "account": profile.name, "on": on.isoformat(), "sentiment": word}
    return found | {"because": because} if because else found


def _seats(stories: Sequence[Story]) -> list[dict[str, object]]:
    made = []
    for story in stories:
        profile = story.profile
        if profile.tier is not Tier.HIGH:
            continue
        on = max(date(2025, 11, 17), profile.since + timedelta(days=40))
        if profile.name == "Tidewater Health Network":
            on = date(2026, 3, 5)
        steps: list[Step] = []
        for person in story.people:
            if person.role is None:
                continue
            influence, mood = TIDEWATER_SEATS.get(person.key, (0, 0))
            if profile.name != "Tidewater Health Network":
                influence = _INFLUENCE.get(person.role, 2)
                mood = max(-2, min(2, profile.sentiment.value - 3 + (person.letter == "f")))
            step: Step = {"op": "seat", "account": profile.name, "person": person.name,
                          "influence": influence}  # fmt: skip
            known: Step = (
                {"mood": mood} if person.since is None else {"since": person.since.isoformat()}
            )
            if person.key in TIDEWATER_SEATS:
                known |= {"on": on.isoformat(), "note": SEAT_NOTES[person.key]}
            steps.append(step | known)
        made.append(entry(on, f"Judge influence and mood at {profile.name}", steps))
    return made


def _touches(stories: Sequence[Story]) -> list[dict[str, object]]:
    made = []
    for story in stories:
        names = {p.key: p.name for p in story.people}
        for contact in story.contacts:
            if not contact.own:
                continue
            step: Step = {
                "op": "touch", "account": story.profile.name, "on": contact.on.isoformat(),
                "channel": contact.channel.value, "topic": contact.topic, "note": contact.note,
                "minutes": contact.minutes, "people": [names[p] for p in contact.people],
            }  # fmt: skip
            label = f"Log a {contact.channel.value} with {story.profile.name}"
            made.append(entry(contact.on, label, [step]))
    return made


def _next_steps() -> list[dict[str, object]]:
    return [
        entry(
            on,
            f"Set next step, {name}",
            [{"op": "next_step", "account": name, "text": text, "due": due.isoformat()}],
        )
        for name, on, text, due in NEXT_STEPS
    ]
