"""What a guided choice is made of: anchors, questions, answers and the verdict they lead to."""

from collections.abc import Mapping
from dataclasses import dataclass

YESES = "yeses"
"""Where the third question of a champion leads: to the verdict of all three."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A value to choose, and what it looks like in life; all texts in the language in force."""

    value: int | str | None
    """As `book.map_edit.judge` takes it; None is unknown."""
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the answers say."""

    value: int | str | None
    """None: not known yet, and `because` says how to find out."""
    because: str
    """One sentence, fit to be kept as the note of the judgement."""
    wants_note: bool = False
    """It needs what was said or done in writing before it is kept (methods §5.1, detractor)."""
    notes: tuple[tuple[str, bool | None], ...] = ()
    """Further fields the answers settle: the three yeses of a champion."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer and where it leads: the key of the next question, `YESES`, or a verdict."""

    words: str
    leads: str | Verdict
    notes: tuple[tuple[str, bool | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question with two to seven answers."""

    key: str
    words: str
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True)
class Guide:
    """The guided choice of one field."""

    field: str
    title: str
    anchors: tuple[Anchor, ...]
    questions: Mapping[str, Question]
    first: str
    """Key of the question to begin with."""

    def anchor(self, value: int | str | None) -> Anchor | None:
        """The anchor of a value, None where it has none."""
        return next((a for a in self.anchors if a.value == value), None)


def guide_of(
    field: str, title: str, anchors: tuple[Anchor, ...], questions: tuple[Question, ...]
) -> Guide:
    """The guide that begins with the first of `questions`."""
    return Guide(field, title, anchors, {q.key: q for q in questions}, questions[0].key)
