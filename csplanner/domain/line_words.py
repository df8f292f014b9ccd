"""One typed line as words with their places, compared without accents and capitals."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

_WORD = re.compile(r"\+\d{1,4}[a-zA-Z]*(?=\s|$)|[+&,;]|(?:(?<=\d),(?=\d)|[^\s+&,;])+")
_AROUND = "@()[]{}“”„\"'’.!?…"


class PartKind(StrEnum):
    """What a part of the line was read as."""

    CHANNEL = "channel"
    PERSON = "person"
    ACCOUNT = "account"
    MINUTES = "minutes"
    DAY = "day"
    TIME = "time"
    TOPIC = "topic"
    TASK = "task"
    TASK_DAY = "task_day"
    JOIN = "join"
    """Words and signs that only join others: with, and, +, re."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the line; `plain` is folded and bare of marks, `folded` has them."""

    start: int
    end: int
    text: str
    plain: str
    folded: str

    @property
    def ends_head(self) -> bool:
        """Whether a colon behind it says that what follows is a text."""
        return self.text.endswith(":")


def words_of_line(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of a part of a line; signs that part names stand alone."""
    found = []
    for match in _WORD.finditer(text, start, len(text) if end is None else end):
        folded = fold(match[0])
        plain = folded.rstrip(":").strip(_AROUND) or folded
        found.append(Word(match.start(), match.end(), match[0], plain, folded.rstrip(":")))
    return found


def fold(text: str) -> str:
    """`text` without accents and capitals."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a name as `Word.plain` has them."""
    return tuple(w.plain for w in words_of_line(text) if w.plain.strip(".-"))


def same(words: Iterable[Word], plain: Iterable[str]) -> bool:
    """Whether words say that."""
    return [w.plain for w in words] == list(plain)


def set_of(listed: str) -> frozenset[str]:
    """The words of a list parted by blanks."""
    return frozenset(listed.split())
