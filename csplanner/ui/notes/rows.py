"""What a note says in a list, as ready strings."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.note import Note
from csplanner.language import tr
from csplanner.ui import veil
from csplanner.ui.widgets.format import day

_MARKS = re.compile(r"^\s*(?:#{1,6}\s+|[-*+>]\s+|\d+[.)]\s+|\[[ xX]\]\s+)+")
_STYLE = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")
_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_SENTENCE = re.compile(r"[.:;]\s")
_SHOWN = 160


@dataclass(frozen=True, slots=True)
class NoteRow:
    """One note of the list."""

    note: Note
    title: str
    rest: str
    day: str
    spoken: str


def note_row(note: Note, today: date) -> NoteRow:
    """Return the row of a note: its first line, and how it goes on."""
    lines = [plain_line(line)[:_SHOWN] for line in note.text.splitlines()]
    lines = [line for line in lines if line]
    first, *more = lines or [tr("Empty")]
    if not more and (end := _SENTENCE.search(first)) is not None:
        first, more = first[: end.end()].strip(), [first[end.end() :]]
    title, rest = veil.note(first), veil.note(" ".join(more)[:_SHOWN])
    on = day(note.on, today)
    said = tr("pinned, {0}").format(on) if note.pinned else on
    return NoteRow(note, title, rest, on, f"{title}. {said}. {rest}")


def plain_line(line: str) -> str:
    """A line of Markdown as words alone."""
    words = _LINK.sub(r"\1", _MARKS.sub("", line))
    return " ".join(_STYLE.sub("", words).split())


def note_rows(notes: Sequence[Note], today: date, text: str = "") -> list[NoteRow]:
    """Return the notes that hold every word of `text`, pinned first, then the newest."""
    wanted = text.casefold().split()
    held = [n for n in reversed(notes) if all(word in n.text.casefold() for word in wanted)]
    return [note_row(note, today) for note in sorted(held, key=lambda n: not n.pinned)]
