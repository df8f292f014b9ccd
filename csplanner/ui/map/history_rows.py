"""What changed on the map, as ready rows."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.coverage import ROLE_WORDS
from csplanner.domain.evidence import EvidenceKind
from csplanner.domain.map_model import LineKind
from csplanner.domain.person import Role
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
    """One event: its day, icon and ink, the fact, how it is known, and whom it is about."""

    on: date
    day: str
    icon: str
    ink: str
    title: str
    note: str
    keys: tuple[str, ...]


def past_rows(beside: Beside, today: date, only: str = "") -> tuple[PastRow, ...]:
    """What happened, newest first; of one card where `only` names it."""
    return tuple(_row(e, today, beside.csm) for e in beside.past if not only or only in e.keys)


def _row(event: Past, today: date, csm: str) -> PastRow:
    icon, ink = _ICONS[event.kind]
    title, note = _said(event, today, csm)
    return PastRow(event.on, words.day(event.on, today), icon, ink, title, note, event.keys)


def _said(event: Past, today: date, csm: str) -> tuple[str, str]:
    name = event.name or tr("a seat without a name")
    if event.kind is PastKind.JOINED:
        return tr("{0} joined").format(name), event.other
    if event.kind is PastKind.LEFT:
        return tr("{0} left", "a person").format(name), event.other
    if event.kind is PastKind.SEAT:
        role = ROLE_WORDS[Role(event.field)] if event.field in list(Role) else tr("a seat")
        return tr("{0} is no longer {1}").format(name, role), veil.note(event.note)
    if event.kind is PastKind.SNAPSHOT:
        return tr("Snapshot taken in: {0}").format(name), ""
    if event.kind is PastKind.LINE:
        return _line_said(event, name, today)
    return _field_said(event, name, csm)


def _line_said(event: Past, name: str, today: date) -> tuple[str, str]:
    line = event.line or LineKind.TIE
    title = _LINES[line].format(name, event.other or tr("somebody"))
    note = veil.note(event.note)
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
    field, source = event.field, _source(event, csm)
    if field == "person_id":
        if event.became is None:
            return tr("{0} gave up a seat").format(one_line(event.was or name)), source
        return tr("{0} took a seat").format(one_line(event.became)), source
    if field == "reports_to":
        above = one_line(event.became) if event.became else tr("nobody known")
        return tr("{0} reports to {1}").format(name, above), source
    became = value_words(field, event.became)
    title = FIELD_TITLES[field]
    if event.was == event.became:
        return tr("{0} of {1} confirmed: {2}").format(title, name, became), source
    if event.was in (None, ""):
        return tr("{0} of {1}: {2}").format(title, name, became), source
    was = value_words(field, event.was)
    return tr("{0} of {1}: {2} → {3}").format(title, name, was, became), source


def _source(event: Past, csm: str) -> str:
    parts = []
    if event.evidence in _KINDS:
        parts.append(_KINDS[event.evidence])
    if event.said_by not in ("", csm, "csm"):
        parts.append(tr("by {0}").format(one_line(event.said_by)))
    elif event.source not in ("", "csm"):
        parts.append(tr("from {0}").format(one_line(event.source)))
    elif not parts:
        parts.append(tr("by you"))
    if event.note:
        parts.append(quoted(veil.note(one_line(event.note))))
    return ", ".join(parts)
