"""The people of an account, as ready strings: role, influence, mood and last contact."""

from dataclasses import dataclass

from csplanner.domain.coverage import CONTACT_DAYS, ROLE_WORDS
from csplanner.domain.index import FileIndex
from csplanner.domain.map_lens import MOOD_WORDS, ROLE_TITLES
from csplanner.domain.person import (
    REQUIRED_ROLES,
    Person,
    PersonStatus,
    Role,
    Seat,
    is_gone,
)
from csplanner.domain.wording import one_line
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.account.said import Background
from csplanner.ui.account.seat_rows import VacancyRow, seat_hover
from csplanner.ui.map.value_words import is_secret
from csplanner.ui.widgets import format as words

SEATS = {"f": "in_touch", "h": "quiet", "o": "nobody"}
_ORDER = {role: place for place, role in enumerate(Role)}


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person; `level` is the influence 0 to 4, None when nobody said.

    `hover` says how their influence and mood are known, and who held the seat before.
    """

    id: str
    initials: str
    name: str
    title: str
    role: str
    level: int | None
    mood: str
    mood_words: str
    contact: str
    contact_ink: str
    is_gone: bool
    email: str
    spoken: str
    hover: str = ""


@dataclass(frozen=True, slots=True)
class RolesView:
    """The five required roles: dots, how many are in touch, and who is missing."""

    seats: tuple[str, ...]
    note: str
    spoken: str


def without_vacated(people: list[PersonRow], vacant: list[VacancyRow]) -> list[PersonRow]:
    """The people but those who left a seat that is shown as vacant."""
    missed = {row.person_id for row in vacant}
    return [row for row in people if row.id not in missed]


def people_rows(index: FileIndex, behind: Background | None = None) -> list[PersonRow]:
    """Return their people, by role; those who left come last."""
    behind = behind or Background()
    seats: dict[str, Seat] = {}
    for seat in sorted(index.file.seats, key=lambda s: _ORDER[s.role]):
        if seat.person_id:
            seats.setdefault(seat.person_id, seat)
    theirs = [p for p in index.file.people if p.is_theirs]

    def order(person: Person) -> tuple[bool, int, str]:
        seat = seats.get(person.id)
        return is_gone(person, index.as_of), _ORDER[seat.role] if seat else 99, person.name

    return [_row(p, seats.get(p.id), index, behind) for p in sorted(theirs, key=order)]


def _row(person: Person, seat: Seat | None, index: FileIndex, behind: Background) -> PersonRow:
    gone = is_gone(person, index.as_of)
    seen = index.last_contact.get(person.id)
    days = None if seen is None else index.days_since(seen)
    contact = (
        tr("never met") if days is None else tr("today") if days == 0 else tr("{0} d").format(days)
    )
    quiet = days is None or days > CONTACT_DAYS
    mood = seat.mood.value if seat and not gone else None
    band = "none" if mood is None else "good" if mood > 0 else "risk" if mood < 0 else "watch"
    band = veil.band(band)
    said = veil.judged(MOOD_WORDS.get(mood, tr("unknown")) if mood is not None else tr("unknown"))
    influence = seat.influence.value if seat else None
    title = person.title or person.department or tr("title unknown")
    if gone:
        left = (
            tr("left {0}").format(words.day(person.left_on, index.as_of))
            if person.left_on
            else tr("left")
        )
        title = f"{person.title}, {left}" if person.title else left
    elif person.status is PersonStatus.ON_LEAVE:
        title = tr("{0}, on leave").format(title)
    elif person.status is PersonStatus.LEAVING:
        title = tr("{0}, leaving").format(title)
    role = ROLE_TITLES[seat.role] if seat else tr("no role")
    if seat is not None and is_secret("role"):
        role = veil.judged(role)
    weight = veil.judged(str(influence) if influence else tr("unknown"))
    name = one_line(person.name)
    return PersonRow(
        person.id,
        "".join(part[0] for part in name.split()[:2]).upper() or "?",
        name,
        one_line(title),
        role,
        None if influence is None or veil.is_on() else max(0, min(4, influence - 1)),
        band,
        said,
        contact,
        "text3" if gone else "risk-ink" if quiet else "text2",
        gone,
        person.email,
        tr("{0}, {1}, {2}, influence {3} of 5, mood {4}, last contact {5}").format(
            name, one_line(title), role, weight, said, contact
        ),
        seat_hover(seat, index, behind),
    )


def roles_view(letters: str) -> RolesView:
    """Return the five dots with their words."""
    held = dict(zip(REQUIRED_ROLES, letters, strict=True))
    missing = [ROLE_WORDS[role] for role, letter in held.items() if letter == "o"]
    note = tr("5 roles, {0} in touch").format(letters.count("f"))
    spoken = (
        tr("{0}. Nobody known: {1}.").format(note, ", ".join(missing)) if missing else f"{note}."
    )
    return RolesView(tuple(SEATS[letter] for letter in letters), note, spoken)
