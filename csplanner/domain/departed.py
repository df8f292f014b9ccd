"""What broke when somebody who mattered left, and what to do in the 30 days after it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from csplanner.domain.account import Tier
from csplanner.domain.coverage import (
    CONTACT_DAYS,
    IN_TOUCH,
    ROLE_WORDS,
    required_roles,
    role_letters,
)
from csplanner.domain.index import FileIndex, is_two_way
from csplanner.domain.person import REQUIRED_ROLES, Person, Role
from csplanner.domain.wording import list_text
from csplanner.language import ntr, tr

_NAMED = 3


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One thing to do, so many days after the plan was made."""

    title: str
    day: int


def what_broke(index: FileIndex, role: Role, person: Person, tier: Tier | None) -> Iterator[str]:
    """Sentences on what the account lost with a person: roles in touch, people below, contacts."""
    needed = required_roles(tier)
    if role in needed:
        letters = zip(REQUIRED_ROLES, role_letters(index), strict=True)
        held = sum(1 for r, letter in letters if r in needed and letter == IN_TOUCH)
        yield tr("Roles in touch {0} → {1} of {2}").format(held + 1, held, len(needed))
    below = [p.name for p in index.present() if p.reports_to == person.id]
    if below:
        yield tr("{0} reported to {1}").format(_some(below), person.name)
    theirs, every = _contacts(index, person)
    if theirs:
        yield tr("{0} of {1} contacts in the 90 days before were with {2}").format(
            theirs, every, person.name
        )


def _some(names: list[str]) -> str:
    rest = len(names) - _NAMED
    if rest <= 0:
        return list_text(names)
    others = ntr("{0} other", "{0} others", rest).format(rest)
    return list_text([*names[:_NAMED], others])


def _contacts(index: FileIndex, person: Person) -> tuple[int, int]:
    """Two-way contacts in the 90 days before somebody left: with them, and all."""
    until = person.left_on or index.as_of
    start = until - timedelta(days=CONTACT_DAYS)
    seen = [t for t in index.touches if start <= t.on <= until and is_two_way(t)]
    return sum(1 for t in seen if person.id in t.person_ids), len(seen)


def plan(index: FileIndex, role: Role, person: Person) -> tuple[PlanStep, ...]:
    """The steps of the 30 days: who takes over, what was carried, who is met, what is decided."""
    word, gone = ROLE_WORDS[role], person.name
    above = index.people.get(person.reports_to or "")
    near = _nearest(index, person)
    heir = near[0].name if near else ""
    steps = [
        PlanStep(
            tr("Ask {0} who takes over from {1}").format(heir, gone)
            if heir
            else tr("Find out who takes over from {0}").format(gone),
            2,
        ),
        PlanStep(tr("Write down what {0} carried: goals, promises, whom").format(gone), 5),
        _meeting(above, near),
        PlanStep(tr("Confirm the goals with whoever decides now"), 21),
    ]
    if heir:
        steps.append(
            PlanStep(tr("Ask the three champion questions about {0}").format(heir), 25)
            if role is Role.CHAMPION
            else PlanStep(tr("Judge whether {0} can be the {1}").format(heir, word), 25)
        )
    steps.append(PlanStep(tr("Name the new {0}, or bring in our executive").format(word), 30))
    return tuple(steps)


def _meeting(above: Person | None, near: list[Person]) -> PlanStep:
    """Whom to meet: the manager of who left, if there is one, else who is nearest to decisions."""
    if above is None or not above.is_theirs:
        return PlanStep(tr("Meet the most senior person you can reach"), 12)
    through = next((p.name for p in near if p.id != above.id), "")
    if not through:
        return PlanStep(tr("Meet {0}").format(above.name), 12)
    return PlanStep(tr("Meet {0}; {1} can introduce you").format(above.name, through), 12)


def _nearest(index: FileIndex, gone: Person) -> list[Person]:
    """Who is there and near the one who left: acting ones, their people, their peers, contacts."""

    def order(other: Person) -> tuple[bool, bool, bool, int, str]:
        seen = index.last_contact.get(other.id)
        ago = index.days_since(seen) if seen is not None else 10_000
        acting = "acting" in other.title.casefold()
        beside = gone.reports_to is not None and other.reports_to == gone.reports_to
        return (not acting, other.reports_to != gone.id, not beside, ago, other.name)

    return sorted((p for p in index.present() if p.id != gone.reports_to), key=order)


def has_plan(index: FileIndex, person: Person) -> bool:
    """Whether steps about the departure were planned: tasks that name who left."""
    since = person.left_on or date.min
    return any(
        t.person_id == person.id and (t.due is None or t.due >= since) for t in index.file.tasks
    )
