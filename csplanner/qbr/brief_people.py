"""Tells who they are: roles, influence, mood, last contact, and what breaks if one leaves."""

from csplanner.domain.coverage import ROLE_WORDS, missing_roles
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.person import REQUIRED_ROLES, Person, PersonStatus, Role, Seat, Side, is_gone
from csplanner.domain.wording import list_text
from csplanner.paint.document import Grid, GridColumn, Items, Paragraph, Part, Section
from csplanner.qbr.words import short_day

_STATUS = {
    PersonStatus.LEAVING: "leaving",
    PersonStatus.LEFT: "left",
    PersonStatus.ON_LEAVE: "on leave",
    PersonStatus.UNVERIFIED: "not verified",
}
_SHOWN = 24


def people_section(index: FileIndex, judgement: Judgement) -> Section:
    """The people of the account; whoever holds a role comes first."""
    seats: dict[str, list[Seat]] = {}
    for seat in index.file.seats:
        if seat.person_id is not None:
            seats.setdefault(seat.person_id, []).append(seat)
    theirs = [p for p in index.file.people if p.is_theirs]
    ours = [p for p in index.file.people if p.side is Side.OURS]
    shown = sorted(theirs, key=lambda p: (p.id not in seats, p.status is PersonStatus.LEFT, p.name))
    title = f"People: {len(theirs)} of theirs, {len(ours)} of ours"
    parts: list[Part] = []
    if shown:
        parts.append(Grid(_COLUMNS, tuple(_row(p, seats, index) for p in shown[:_SHOWN])))
    else:
        parts.append(Paragraph("Nobody at the account is known. Find out who will attend."))
    risks = _risks(index, judgement, seats)
    if risks:
        parts += [Paragraph("Gaps", "strong"), Items(tuple(risks))]
    return Section(title, tuple(parts))


_COLUMNS = (
    GridColumn("Name", 2.4), GridColumn("Title", 2.2), GridColumn("Role", 1.9),
    GridColumn("Influence", 1.1), GridColumn("Mood, judged", 1.5), GridColumn("Last contact", 1.5),
)  # fmt: skip


def _row(person: Person, seats: dict[str, list[Seat]], index: FileIndex) -> tuple[str, ...]:
    held = seats.get(person.id, [])
    status = _STATUS.get(person.status)
    name = f"{person.name} ({status})" if status else person.name
    influence = next((s.influence.value for s in held if s.influence.value is not None), None)
    gone = is_gone(person, index.as_of)
    moods = () if gone else (s.mood.value for s in held)
    mood = next((value for value in moods if value is not None), None)
    last = index.last_contact.get(person.id)
    return (
        name,
        person.title or "unknown",
        list_text([ROLE_WORDS[s.role] for s in held]) or "no role",
        "unknown" if influence is None else f"{influence} of 5",
        "unknown" if mood is None else MOOD_WORDS[mood],
        "never logged" if last is None else short_day(last),
    )


def _risks(index: FileIndex, judgement: Judgement, seats: dict[str, list[Seat]]) -> list[str]:
    missing = missing_roles(judgement.roles, judgement.choice.tier)
    found = [f"Nobody is known as {ROLE_WORDS[role]}." for role in missing]
    holders: dict[Role, list[str]] = {}
    for seat in index.file.seats:
        person = index.people.get(seat.person_id or "")
        is_there = person is not None and person.status is not PersonStatus.LEFT
        if person is not None and is_there and seat.role in REQUIRED_ROLES:
            holders.setdefault(seat.role, []).append(person.name)
    for name in sorted({n for names in holders.values() for n in names}):
        alone = [ROLE_WORDS[role] for role, names in holders.items() if names == [name]]
        if alone:
            found.append(f"If {name} left: no {list_text(alone)}.")
    found += [
        f"{p.name} left{f' on {short_day(p.left_on)}' if p.left_on else ''}: who has the role now?"
        for p in index.file.people
        if p.status is PersonStatus.LEFT and p.id in seats
    ]
    return found
