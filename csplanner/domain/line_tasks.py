"""The tasks in a typed line: what follows `!`, `todo` or `follow-up:`, each with its own day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from csplanner.domain.line_days import MOST_WORDS, Days
from csplanner.domain.line_words import PartKind, Word, set_of, words_of_line

_NAMES = r"(?:todo|to-do|task|follow-?up|next|aufgabe)"
_MARK = re.compile(
    rf"(?:(?<=\s)|^)(?:!+\s*(?:{_NAMES}(?:\s*:|(?=\s))\s*)?|{_NAMES}:\s*|(?:todo|to-do)\s+)(?=\S)",
    re.IGNORECASE,
)
_BEFORE_DAY = set_of("by until till before due on am bis zum fur for")

Spans = tuple[tuple[PartKind, int, int], ...]


@dataclass(frozen=True, slots=True)
class Followup:
    """A task in a line: its title and day, None when no day was said."""

    title: str
    due: date | None
    start: int
    end: int


def parted(text: str, today: date) -> tuple[int, Spans, tuple[Followup, ...]]:
    """Where the touch ends and the tasks begin, the places of their parts, and the tasks."""
    marks = list(_MARK.finditer(text))
    spans: list[tuple[PartKind, int, int]] = []
    found = []
    ends = [mark.start() for mark in marks[1:]] + [len(text)] * bool(marks)
    for mark, end in zip(marks, ends, strict=True):
        spans.append((PartKind.JOIN, mark.start(), mark.start() + len(mark[0].rstrip())))
        words = words_of_line(text, mark.end(), end)
        at, count, due = _day_in(words, today)
        for kind, some in (
            (PartKind.TASK, words[:at]),
            (PartKind.TASK_DAY, words[at : at + count]),
            (PartKind.TASK, words[at + count :]),
        ):
            if some:
                spans.append((kind, some[0].start, some[-1].end))
        rest = (text[s:e] for k, s, e in spans if k is PartKind.TASK and mark.end() <= s < end)
        title = " ".join(" ".join(rest).split()).strip(" ,;:")
        if title:
            found.append(Followup(title, due, mark.start(), words[-1].end))
    return marks[0].start() if marks else len(text), tuple(spans), tuple(found)


def _day_in(words: Sequence[Word], today: date) -> tuple[int, int, date | None]:
    """Where the day of a task stands, in how many words, and which it is; at the end or start."""
    days = Days(today, ahead=True)
    most = len(words) - 1
    for count in range(min(MOST_WORDS, most), 0, -1):
        for at in (len(words) - count, 0):
            due = days.read(words[at : at + count])
            if due is None:
                continue
            if at > 1 and words[at - 1].plain in _BEFORE_DAY:
                return at - 1, count + 1, due
            return at, count, due
    return len(words), 0, None
