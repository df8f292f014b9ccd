"""What the map knows of one person, as ready words: judgements, ties, and who listens to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import EvidenceKind
from csplanner.domain.map_lens import ROLE_TITLES
from csplanner.domain.map_model import (
    Card,
    Judged,
    Line,
    LineKind,
    RelationMap,
    Standing,
    TieState,
)
from csplanner.domain.person import Role
from csplanner.domain.tie_strength import diverges
from csplanner.domain.wording import begin, list_text, one_line, quoted
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.map.beside import Beside, Past, PastKind
from csplanner.ui.map.value_words import FIELD_TITLES, value_words
from csplanner.ui.widgets import format as words

RECHECK_DAYS = 90
"""A judgement older than that asks to be checked again (methods §5.1)."""
_KINDS = Spoken(
    {
        EvidenceKind.OBSERVED: noted("observed"),
        EvidenceKind.TOLD: noted("told"),
        EvidenceKind.GUESSED: noted("guessed"),
    }
)
STATE_WORDS = Spoken(
    {
        TieState.LIVE: noted("live"),
        TieState.COOLING: noted("cooling"),
        TieState.COLD: noted("cold"),
        TieState.NONE: noted("no contact yet"),
    }
)
STATE_INKS = {TieState.COOLING: "watch-ink", TieState.COLD: "risk-ink"}


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """One judged value; `field` is its key, `source` how it is known, `fresh` 1 to 0."""

    field: str
    title: str
    value: str
    source: str
    fresh: float | None
    """None where nothing is known or no day is."""
    recheck: bool
    is_known: bool


@dataclass(frozen=True, slots=True)
class TieRow:
    """One line of the person: the other end's key and name, what it says, and how it stands."""

    key: str
    name: str
    says: str
    note: str
    ink: str
    ours: bool
    line: str
    """The key of the line."""


def judged_rows(card: Card, seen: RelationMap, beside: Beside) -> tuple[JudgedRow, ...]:
    """Every judgement of one of theirs; the three questions only of who may be a champion."""
    rows = [_role_row(card, seen, beside)]
    for field, judged in (
        ("influence", card.influence), ("mood", card.mood), ("politics", card.politics),
        ("adaptability", card.adaptability), ("orientation", card.orientation),
        ("relation_now", card.level_now), ("relation_wanted", card.level_wanted),
    ):  # fmt: skip
        rows.append(_judged_row(field, judged, _changes(card, field, beside), (seen, beside.csm)))
    seat = next((s for s in card.seats if s.role in (Role.CHAMPION, Role.COACH)), None)
    if seat is not None:
        for field, said in (
            ("has_power", seat.has_power), ("sells_for_us", seat.sells_for_us),
            ("has_interest", seat.has_interest),
        ):  # fmt: skip
            rows.append(_yes_row(field, said, _changes(card, field, beside), (seen, beside.csm)))
    return tuple(rows)


def _changes(card: Card, field: str, beside: Beside) -> tuple[Past, ...]:
    """What is kept of one judgement, newest first."""
    return tuple(
        e
        for e in beside.past
        if e.kind is PastKind.FIELD and e.field == field and card.key in e.keys
    )


def _role_row(card: Card, seen: RelationMap, beside: Beside) -> JudgedRow:
    known = [r for r in dict.fromkeys(card.roles) if r is not Role.MEMBER]
    value = veil.judged(", ".join(ROLE_TITLES[r] for r in known)) or tr(words.UNKNOWN)
    changes = _changes(card, "role", beside)
    source = _past_words(changes[0], seen, beside.csm) if changes else ""
    if card.unproven and not veil.is_on():
        source = tr("called champion, counts as coach until three fresh yeses")
    return JudgedRow("role", FIELD_TITLES["role"], value, source, None, card.unproven, bool(known))


def _judged_row(
    field: str, judged: Judged, changes: tuple[Past, ...], told: tuple[RelationMap, str]
) -> JudgedRow:
    known = judged.is_known
    fresh = judged.fresh if known and judged.on is not None else None
    return JudgedRow(
        field, FIELD_TITLES[field], value_words(field, judged.value),
        _kept_words(judged, changes, told) if known else "", fresh, judged.recheck and known, known,
    )  # fmt: skip


def _kept_words(judged: Judged, changes: tuple[Past, ...], told: tuple[RelationMap, str]) -> str:
    """How it is known; of what was only confirmed since, how it came to be known at first."""
    seen, csm = told
    first = next((e for e in changes if e.was != e.became), None)
    if first is None or not changes or changes[0].was != changes[0].became:
        return source_words(judged, seen, csm)
    confirmed = tr("confirmed {0}").format(words.day(changes[0].on, seen.day))
    return f"{_past_words(first, seen, csm)}, {confirmed}"


def _past_words(event: Past, seen: RelationMap, csm: str) -> str:
    said = Judged(None, event.on, event.said_by, event.evidence, event.note)
    return source_words(said, seen, csm)


def _yes_row(
    field: str, said: bool | None, changes: tuple[Past, ...], told: tuple[RelationMap, str]
) -> JudgedRow:
    value = tr("not asked") if said is None else value_words(field, str(int(said)))
    seen, csm = told
    newest = changes[0] if changes and said is not None else None
    source = _past_words(newest, seen, csm) if newest else ""
    old = newest is not None and (seen.day - newest.on).days > RECHECK_DAYS
    return JudgedRow(field, FIELD_TITLES[field], value, source, None, old, said is not None)


def source_words(judged: Judged, seen: RelationMap, csm: str) -> str:
    """`told by Dana, 12 Mar, “in the QBR”`; says so where nobody noted how it is known."""
    told = tr("told by {0}")
    mine = judged.by in ("", csm, "csm")
    if judged.kind is EvidenceKind.TOLD and not mine:
        parts = [told.format(one_line(judged.by))]
    elif judged.kind in _KINDS:
        parts = [_KINDS[judged.kind]]
    else:
        parts = [
            tr("set by you")
            if mine and judged.on is not None
            else tr("from {0}").format(one_line(judged.by))
            if not mine
            else tr("nobody noted how you know")
        ]
    parts.append(tr("day not known") if judged.on is None else words.day(judged.on, seen.day))
    note = f", {quoted(veil.note(one_line(judged.note)))}" if judged.note else ""
    return ", ".join(parts) + note


def tie_rows(card: Card, seen: RelationMap) -> tuple[TieRow, ...]:
    """Who of ours knows them, the strongest first."""
    lines = [x for x in seen.of_kind(LineKind.TIE, LineKind.PAIRED) if x.end == card.key]
    lines.sort(key=lambda x: (x.kind is LineKind.PAIRED, -(x.strength or 0), x.start))
    names = {o.key: tr("You") if o.is_you else one_line(o.name) for o in seen.ours}
    return tuple(
        TieRow(x.start, names[x.start], *_tie_words(x, seen), ours=True, line=x.key)
        for x in lines
        if x.start in names
    )


def _tie_words(line: Line, seen: RelationMap) -> tuple[str, str, str]:
    last = (
        tr("last contact {0}").format(words.day(line.last, seen.day))
        if line.last is not None
        else tr("no contact in the touch log")
    )
    if line.kind is LineKind.PAIRED:
        due = tr("to meet on {0}").format(words.day(line.due, seen.day)) if line.due else ""
        late = line.due is not None and line.due < seen.day and (line.last or line.due) <= line.due
        return tr("planned"), due or tr("no day set"), "risk-ink" if late else "text2"
    says = STATE_WORDS[line.state]
    if line.last is None and line.strength is not None:
        # Only your word stands behind it, and fades.
        return tr("as you said, {0}").format(words.number(line.strength)), last, "text2"
    if line.strength is not None:
        says = tr("{0}, {1}").format(says, words.number(line.strength))
    if diverges(line):
        last = tr("{0}; you said {1}").format(last, words.number(line.stated))
    return says, last, STATE_INKS.get(line.state, "text2")


def elsewhere_words(card: Card, seen: RelationMap) -> str:
    """That they were in contact later than with anybody named, where that is so: by a touch that
    names nobody, or by what the CRM says.
    """
    lasts = [x.last for x in seen.of_kind(LineKind.TIE) if x.end == card.key and x.last is not None]
    newest = card.last_contact
    if newest is None or any(last >= newest for last in lasts):
        return ""
    said = tr("Their last contact, {0}, is told by the CRM; with whom of us it does not say.")
    return said.format(words.day(newest, seen.day))


def bond_rows(card: Card, seen: RelationMap) -> tuple[TieRow, ...]:
    """Who influences whom, who doubts whom, and which outsider is close."""
    names = {c.key: one_line(c.name) for c in seen.cards}
    found = []
    for line in seen.of_kind(LineKind.INFLUENCES, LineKind.DOUBTS, LineKind.RIVAL):
        if card.key not in (line.start, line.end):
            continue
        other = line.end if line.start == card.key else line.start
        if other not in names:
            continue
        label, weight = one_line(line.label), _weight(line)
        note = label if weight in label else ", ".join(x for x in (label, weight) if x)
        hidden = veil.is_on()
        ink = "text2" if hidden or line.kind is LineKind.INFLUENCES else "risk-ink"
        says = veil.judged(_bond_words(line.kind, outgoing=line.start == card.key))
        note = "" if hidden else note
        found.append(TieRow(other, names[other], says, note, ink, ours=False, line=line.key))
    return tuple(found)


def _bond_words(kind: LineKind, *, outgoing: bool) -> str:
    if kind is LineKind.DOUBTS:
        return tr("doubted by them") if outgoing else tr("doubts them")
    if kind is LineKind.RIVAL:
        return tr("they are in contact with") if outgoing else tr("in contact with them")
    return tr("influenced by them") if outgoing else tr("influences them")


def _weight(line: Line) -> str:
    return {1: "", 2: tr("clearly"), 3: tr("strongly")}.get(line.weight, "")


def head_words(card: Card, seen: RelationMap) -> str:
    """`Chief operating officer, reports to Executive sponsor`; who left is said to have left."""
    parts = [one_line(card.title)] if card.title else []
    if card.standing is Standing.VACANT:
        parts = [tr("nobody known holds this seat")]
    elif card.standing is Standing.LEFT:
        left = card.person.left_on if card.person else None
        parts.append(tr("left on {0}").format(words.day(left, seen.day)) if left else tr("left"))
    elif card.outside:
        company = one_line(card.person.company) if card.person else ""
        parts.append(tr("outsider, {0}").format(company) if company else tr("outsider"))
    above = seen.by_key().get(card.above or "")
    if above is not None:
        parts.append(tr("reports to {0}").format(one_line(above.name)))
    return ", ".join(parts)


def lost_words(roles: Sequence[Role]) -> str:
    """`Champion and sponsor`."""
    return begin(list_text([ROLE_WORDS[r] for r in roles]))
