"""Which roles are known and in touch, and how many people carry the relationship (methods §5.4)."""

from csplanner.domain.account import Tier
from csplanner.domain.index import FileIndex
from csplanner.domain.person import (
    REQUIRED_ROLES,
    Person,
    PersonStatus,
    Role,
    Seat,
    is_gone,
)
from csplanner.language import Spoken, noted

CONTACT_DAYS = 90
"""A person is in touch up to so many days after the last contact."""
IN_TOUCH, QUIET, NOBODY = "f", "h", "o"
_BY_TIER = {
    Tier.HIGH: REQUIRED_ROLES,
    Tier.MEDIUM: (Role.SPONSOR, Role.DECIDES, Role.CHAMPION, Role.DAY_TO_DAY),
    Tier.LOW: (Role.DECIDES, Role.DAY_TO_DAY),
    Tier.DIGITAL: (Role.DAY_TO_DAY,),
}
ROLE_WORDS = Spoken(
    {
        Role.SPONSOR: noted("sponsor"),
        Role.DECIDES: noted("decision maker"),
        Role.CHAMPION: noted("champion"),
        Role.DAY_TO_DAY: noted("day-to-day contact"),
        Role.FINANCE: noted("finance contact"),
        Role.INFLUENCER: noted("influencer"),
        Role.SCEPTIC: noted("sceptic"),
        Role.USER: noted("user"),
        Role.BUYER: noted("economic buyer"),
        Role.COACH: noted("coach"),
        Role.EVALUATOR: noted("technical evaluator"),
        Role.ADMIN: noted("administrator"),
        Role.PROCUREMENT: noted("purchasing contact"),
        Role.LEGAL: noted("legal or security contact"),
        Role.MEMBER: noted("member of the team"),
    }
)


def role_letters(index: FileIndex) -> str:
    """Five letters for sponsor, decides, champion, day-to-day, finance: f in touch, h quiet, o
    nobody.
    """
    best = dict.fromkeys(REQUIRED_ROLES, NOBODY)
    for seat in index.file.seats:
        if seat.role in best and best[seat.role] != IN_TOUCH:
            letter = _seat_letter(index, seat)
            if letter != NOBODY:
                best[seat.role] = letter
    return "".join(best.values())


def _seat_letter(index: FileIndex, seat: Seat) -> str:
    person = index.people.get(seat.person_id or "")
    if person is None or person.outside is not None or is_gone(person, index.as_of):
        return NOBODY
    seen = index.last_contact.get(person.id)
    absent = person.status is PersonStatus.ON_LEAVE
    if seen is None or absent or index.days_since(seen) > CONTACT_DAYS:
        return QUIET
    return IN_TOUCH


def has_roles(index: FileIndex) -> bool:
    """Whether any role is recorded; to stand on the map without one says nothing of roles."""
    return any(seat.role is not Role.MEMBER for seat in index.file.seats)


def required_roles(tier: Tier | None) -> tuple[Role, ...]:
    """The roles an account of that tier needs; not placed counts as Low."""
    return _BY_TIER[Tier.LOW if tier is None else tier]


def missing_roles(letters: str, tier: Tier | None) -> list[Role]:
    """Required roles that nobody is known to hold."""
    held = dict(zip(REQUIRED_ROLES, letters, strict=True))
    return [role for role in required_roles(tier) if held[role] == NOBODY]


def role_share(letters: str, tier: Tier | None) -> float:
    """Percent of the required roles in touch; a quiet one counts half."""
    worth = {IN_TOUCH: 1.0, QUIET: 0.5, NOBODY: 0.0}
    held = dict(zip(REQUIRED_ROLES, letters, strict=True))
    needed = required_roles(tier)
    return 100.0 * sum([worth[held[role]] for role in needed]) / len(needed)


def effective_contacts(counts: list[int]) -> float:
    """Inverse Simpson of two-way contacts per person: 4.0 for four equal voices, 0 for none."""
    total = sum(counts)
    if total == 0:
        return 0.0
    return 1.0 / sum([(n / total) ** 2 for n in counts])


def unfilled_departures(index: FileIndex) -> list[tuple[Role, Person]]:
    """Champions, sponsors and deciders who left and whose role nobody else holds now."""
    found: list[tuple[Role, Person]] = []
    for seat in index.file.seats:
        person = index.people.get(seat.person_id or "")
        if seat.role not in (Role.CHAMPION, Role.SPONSOR, Role.DECIDES) or person is None:
            continue
        gone = person.is_theirs and is_gone(person, index.as_of)
        if gone and not _is_held(index, seat.role):
            found.append((seat.role, person))
    return found


def _is_held(index: FileIndex, role: Role) -> bool:
    return any(
        seat.role is role and _seat_letter(index, seat) != NOBODY for seat in index.file.seats
    )
