"""Seats nobody holds, as ready rows, and what stands behind a seat that somebody holds."""

from dataclasses import dataclass

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.index import FileIndex
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.person import REQUIRED_ROLES, Seat, Side
from csplanner.domain.tenure import incumbent
from csplanner.domain.wording import begin, one_line
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.account.said import Background, tenure_words, value_line
from csplanner.ui.widgets import format as words


@dataclass(frozen=True, slots=True)
class VacancyRow:
    """A seat nobody holds: its role, its influence 0 to 4, and who held it last.

    `person_id` is who left and still stands in the seat; `hover` lists all before.
    """

    seat_id: str
    role: str
    was: str
    level: int | None
    person_id: str | None
    hover: str
    spoken: str


def vacancy_rows(index: FileIndex, behind: Background) -> list[VacancyRow]:
    """The seats of theirs that nobody holds, in the order of the seats.

    Of a role that not every account needs, such as a user, nobody is missed.
    """
    rows = []
    for seat in index.file.seats:
        held = index.people.get(seat.person_id or "")
        ours = held is not None and held.side is Side.OURS
        is_needed = seat.role in REQUIRED_ROLES or bool(seat.title)
        if is_needed and not ours and incumbent(seat, index.people, index.as_of) is None:
            rows.append(_vacancy(seat, index, behind))
    return rows


def _vacancy(seat: Seat, index: FileIndex, behind: Background) -> VacancyRow:
    earlier = [
        tenure_words(t, _name(index, t.person_id), index.as_of) for t in behind.before(seat.id)
    ]
    missed = index.people.get(seat.person_id or "")
    if missed is not None:
        until = (
            tr(" until {0}").format(words.day(missed.left_on, index.as_of))
            if missed.left_on
            else tr(", left")
        )
        earlier.insert(0, f"{one_line(missed.name)}{until}")
    was = tr("was {0}").format(earlier[0]) if earlier else tr("nobody known yet")
    role = begin(seat.title or ROLE_WORDS[seat.role])
    influence = None if veil.is_on() else seat.influence.value
    hover = "\n".join([tr("Who held it:"), *earlier]) if earlier else ""
    return VacancyRow(
        seat.id, role, was, None if influence is None else max(0, min(4, influence - 1)),
        seat.person_id, hover, tr("{0}, vacant, {1}. Fill the seat").format(role, was),
    )  # fmt: skip


def seat_hover(seat: Seat | None, index: FileIndex, behind: Background) -> str:
    """How influence and mood are known and who held the seat before, a line each."""
    if seat is None:
        return ""
    held = behind.before(seat.id)
    said = [
        value_line(
            title, behind.of("seat", seat.id, column), index.as_of, csm=behind.csm, shown=shown
        )
        for title, column, shown, value in (
            (tr("Influence"), "influence", veil.judged, seat.influence),
            (tr("Mood"), "mood", _mood, seat.mood),
        )
        # What ended with who sat there before says nothing of who does now.
        if value.is_known or not held
    ]
    before = [
        tr("Before: {0}").format(tenure_words(t, _name(index, t.person_id), index.as_of))
        for t in held
    ]
    return "\n".join([*(line for line in said if line), *before])


def _name(index: FileIndex, person_id: str) -> str:
    person = index.people.get(person_id)
    return person.name if person is not None else tr("somebody no longer known")


def _mood(text: str) -> str:
    return veil.judged(MOOD_WORDS.get(int(text), text) if text.lstrip("-").isdigit() else text)
