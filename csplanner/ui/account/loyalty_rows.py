"""Whether they would choose us again, as ready strings."""

from csplanner.domain.index import FileIndex
from csplanner.domain.journey import CHOOSE_AGAIN
from csplanner.domain.loyalty import Bond, Loyalty, loyalty
from csplanner.domain.map_lens import MOOD_WORDS
from csplanner.domain.measures import LOYALTY_ITEMS
from csplanner.domain.person import Role
from csplanner.language import noted, tr
from csplanner.ui import veil
from csplanner.ui.account.evidence import Evidence, Line
from csplanner.ui.account.journey_rows import rating_line
from csplanner.ui.account.kept import Kept
from csplanner.ui.today.peek import Figure
from csplanner.ui.today.words import source_line
from csplanner.ui.widgets import format as words

_BONDS = {
    Bond.LOYAL: noted("loyal by choice"),
    Bond.LOCKED: noted("loyal, and locked in"),
    Bond.STUCK: noted("stuck, not loyal"),
    Bond.LEAVING: noted("free to leave, and wants to"),
    Bond.UNDECIDED: noted("undecided"),
    Bond.UNKNOWN: noted("loyal or stuck?"),
}
_RISKY = frozenset({Bond.STUCK, Bond.LEAVING})


def again_figure(index: FileIndex, kept: Kept) -> Figure:
    """Return the fact of the head; not asked says so."""
    found = loyalty(index, kept.ratings)
    caption, note = tr("Would choose us again"), tr(_BONDS[found.bond])
    if found.answer is None:
        return Figure(caption, tr("Not asked"), note, "none", "dashed", "text2")
    return Figure(caption, tr("{0} of 10").format(found.answer), note, ink=_ink(found))


def _ink(found: Loyalty) -> str:
    return "risk-ink" if found.bond in _RISKY else "text"


def again_evidence(index: FileIndex, kept: Kept) -> Evidence:
    """Return their answers, the mood of the sponsor and what holds them."""
    found = loyalty(index, kept.ratings)
    asked = [
        r for r in reversed(kept.ratings) if r.touchpoint == CHOOSE_AGAIN and r.on <= index.as_of
    ]
    lines = [rating_line(r, index) for r in asked]
    if not lines:
        question = tr("If switching cost nothing, would you choose us again?")
        lines.append(Line(question, tr("not asked"), "", is_missing=True))
    lines += _moods(index)
    for item, title in LOYALTY_ITEMS.items():
        held = index.newest(item)
        if held is None or held.value.value is None:
            lines.append(Line(tr(title), tr("not answered"), "", is_missing=True))
        else:
            value = tr("{0} of 4").format(words.number(held.value.value / 1000))
            source = source_line(held.source, held.as_of, index.as_of)
            lines.append(Line(tr(title), value, source))
    return Evidence(tr("Would choose us again"), _sentence(found), tuple(lines))


def _moods(index: FileIndex) -> list[Line]:
    """How the sponsor feels about us, your judgement."""
    found = []
    for seat in index.file.seats:
        person = index.people.get(seat.person_id or "")
        if seat.role is Role.SPONSOR and person is not None and seat.mood.value is not None:
            mood = veil.judged(MOOD_WORDS[seat.mood.value])
            found.append(Line(person.name, mood, tr("sponsor, your judgement")))
    return found


def _sentence(found: Loyalty) -> str:
    if found.answer is None:
        return tr("Nobody was asked. Staying is not the same as choosing: ask somebody senior.")
    if found.freedom is None:
        return tr("Say what holds them to know whether they are loyal or stuck.")
    want = words.number(round(found.want or 0))
    free = words.number(round(found.freedom))
    bond = tr(_BONDS[found.bond])
    return tr("They want us {0} of 100 and are free to leave {1} of 100: {2}.").format(
        want, free, bond
    )
