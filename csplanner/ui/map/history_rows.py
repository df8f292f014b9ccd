"""What changed on the map, as ready rows."""

from dataclasses import dataclass, replace
from datetime import date

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import EvidenceKind
from csplanner.domain.map_model import LineKind
from csplanner.domain.person import Level, Role
from csplanner.domain.wording import one_line, quoted
from csplanner.language import Spoken, noted, tr
from csplanner.ui import veil
from csplanner.ui.map.beside import Beside, Past, PastKind
from csplanner.ui.map.value_words import FIELD_TITLES, value_words
from csplanner.ui.widgets import format as words

_ICONS = {
    PastKind.JOINED: ("users", "text2"),
    PastKind.LEFT: ("user-x", "risk-ink"),
    PastKind.SEAT: ("user-x", "text2"),
    PastKind.FIELD: ("pencil", "text2"),
    PastKind.LINE: ("git-branch", "text2"),
    PastKind.SNAPSHOT: ("file-input", "text3"),
}
_LINES = Spoken(
    {
        LineKind.INFLUENCES: noted("{0} influences {1}"),
        LineKind.DOUBTS: noted("{0} doubts {1}"),
        LineKind.TIE: noted("{0} knows {1}"),
        LineKind.PAIRED: noted("{0} is planned to meet {1}"),
        LineKind.RIVAL: noted("{0} is in contact with {1}"),
        LineKind.REPORTS: noted("{0} reports to {1}"),
    }
)
_KINDS = Spoken(
    {
        EvidenceKind.OBSERVED: noted("observed"),
        EvidenceKind.TOLD: noted("told"),
        EvidenceKind.GUESSED: noted("guessed"),
    }
)


@dataclass(frozen=True, slots=True)
class PastRow:
    """One event: its day, icon and ink, the fact, what is said of it, and whom it is about."""

    on: date
    day: str
    icon: str
    ink: str
    title: str
    notes: tuple[str, ...]
    keys: tuple[str, ...]


def past_rows(beside: Beside, today: date, only: str = "") -> tuple[PastRow, ...]:
    """What happened, newest first; of one card where `only` names it. What was judged of somebody
    on one day is one row.
    """
    found = [e for e in beside.past if not only or only in e.keys]
    rows: list[PastRow] = []
    judged: dict[tuple[date, tuple[str, ...]], int] = {}
    for event in found:
        row = _row(event, today, beside.csm)
        place = judged.get((event.on, event.keys)) if event.kind is PastKind.FIELD else None
        if place is not None:
            rows[place] = replace(rows[place], notes=rows[place].notes + row.notes)
            continue
        if event.kind is PastKind.FIELD:
            judged[event.on, event.keys] = len(rows)
        rows.append(row)
    return tuple(rows)


def _row(event: Past, today: date, csm: str) -> PastRow:
    icon, ink = _ICONS[event.kind]
    title, note = _said(event, today, csm)
    notes = (note,) if note else ()
    return PastRow(event.on, words.day(event.on, today), icon, ink, title, notes, event.keys)


def _said(event: Past, today: date, csm: str) -> tuple[str, str]:
    name = event.name or tr("a seat without a name")
    if event.kind is PastKind.JOINED:
        return tr("{0} joined").format(name), event.other
    if event.kind is PastKind.LEFT:
        return tr("{0} left", "a person").format(name), event.other
    if event.kind is PastKind.SEAT:
        role = ROLE_WORDS[Role(event.field)] if event.field in list(Role) else tr("a seat")
        said = tr("{0} is no longer {1}").format(name, veil.judged(role))
        return said, veil.note(event.note)
    if event.kind is PastKind.SNAPSHOT:
        return tr("Snapshot taken in: {0}").format(name), ""
    if event.kind is PastKind.LINE:
        return _line_said(event, name, today)
    return _field_said(event, name, csm)


def _line_said(event: Past, name: str, today: date) -> tuple[str, str]:
    line = event.line or LineKind.TIE
    title = _LINES[line].format(name, event.other or tr("somebody"))
    note = veil.note(event.note)
    if veil.is_on() and line in (LineKind.INFLUENCES, LineKind.DOUBTS):
        return tr("a line between {0} and {1}").format(name, event.other or tr("somebody")), note
    if event.field:
        shown = [_line_value(event.field, v, today) for v in (event.was, event.became)]
        note = tr("{0}: {1} → {2}").format(_LINE_FIELDS[event.field], *shown)
    return title, note


_LINE_FIELDS = Spoken(
    {"strength": noted("strength"), "weight": noted("weight"), "due": noted("day they meet")}
)


def _line_value(field: str, text: str | None, today: date) -> str:
    if not text:
        return tr(words.UNKNOWN)
    if field != "due":
        return text
    try:
        return words.day(date.fromisoformat(text), today)
    except ValueError:
        return text


def _field_said(event: Past, name: str, csm: str) -> tuple[str, str]:
    source = _source(event, csm)
    said = _change_said(event)
    return name, tr("{0}; {1}").format(said, source) if source else said


def _change_said(event: Past) -> str:
    field = event.field
    if field == "person_id":
        if event.became is None:
            return tr("{0} gave up the seat").format(one_line(event.was or ""))
        return tr("{0} took the seat").format(one_line(event.became))
    if field == "reports_to":
        if event.became is None:
            return tr("Reports to nobody known")
        return tr("Reports to {0}").format(one_line(event.became))
    became, title = value_words(field, event.became), FIELD_TITLES[field]
    if event.was == event.became:
        return tr("{0} confirmed: {1}").format(title, became)
    if event.was in (None, "", Level.UNKNOWN.value):
        return tr("{0}: {1}").format(title, became)
    return tr("{0}: {1} → {2}").format(title, value_words(field, event.was), became)


def _source(event: Past, csm: str) -> str:
    """How it came to be known; nothing for what you set without a word."""
    parts = []
    if event.evidence in _KINDS:
        parts.append(_KINDS[event.evidence])
    if event.said_by not in ("", csm, "csm"):
        parts.append(tr("by {0}", "a person").format(one_line(event.said_by)))
    elif event.source not in ("", "csm"):
        parts.append(tr("from {0}").format(one_line(event.source)))
    if event.note:
        parts.append(quoted(veil.note(one_line(event.note))))
    return ", ".join(parts)
