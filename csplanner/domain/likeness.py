"""How words typed are like words known: prefixes, slips of the fingers, initials, and where."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

ONE_SLIP, TWO_SLIPS = 4, 8
"""From how many letters on one slip is forgiven, and two."""

# Letters with a stroke through them have no accent that could be taken off.
STROKES = str.maketrans({
    "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ħ": "h", "Ħ": "h", "ı": "i",
    "ŧ": "t", "Ŧ": "t", "þ": "th", "Þ": "th", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe",
    "ß": "ss",
})  # fmt: skip


SLIPPED = 4
"""The rank of what is found only by forgiving slips."""


def plain(text: str) -> str:
    """The text without accents, strokes and case."""
    if text.isascii():
        return text.casefold()
    apart = unicodedata.normalize("NFKD", text.translate(STROKES))
    return "".join(c for c in apart if not unicodedata.combining(c)).casefold()


def words_of(text: str) -> list[str]:
    """The words of a text, plain: letters and digits."""
    return list(_words_of(text))


# The titles of commands are asked for again with every letter typed.
@lru_cache(maxsize=2048)
def _words_of(text: str) -> tuple[str, ...]:
    return tuple("".join(c if c.isalnum() else " " for c in plain(text)).split())


def slips(word: str) -> int:
    """How many slips are forgiven in a word of that length."""
    return 2 if len(word) >= TWO_SLIPS else int(len(word) >= ONE_SLIP)


def initials(name: str) -> str:
    """`Tidewater Health Network` → `thn`; empty for a single word."""
    words = words_of(name)
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def next_row(typed: str, letter: str, rows: Sequence[Sequence[int]], last: str) -> list[int]:
    """The row of edit distances after one more letter of a known word.

    `rows` are those before it, the newest last; `last` is the letter before. A swap of neighbours
    counts as one slip (optimal string alignment).
    """
    above = rows[-1]
    row = [above[0] + 1]
    for at, sign in enumerate(typed, 1):
        cost = min(above[at] + 1, row[-1] + 1, above[at - 1] + (sign != letter))
        if at > 1 and len(rows) > 1 and sign == last and typed[at - 2] == letter:
            cost = min(cost, rows[-2][at - 2] + 1)
        row.append(cost)
    return row


def prefix_slips(typed: str, known: str, most: int) -> int | None:
    """The fewest slips that make `typed` the beginning of `known`; None for more than `most`."""
    if not most:
        return 0 if known.startswith(typed) else None
    # Each letter too many, or nowhere in the word, is a slip by itself, which tells most apart.
    if len(typed) > len(known) + most or sum(letter not in known for letter in typed) > most:
        return None
    rows: list[list[int]] = [list(range(len(typed) + 1))]
    best = rows[0][-1]
    last = ""
    for letter in known:
        rows.append(next_row(typed, letter, rows, last))
        best = min(best, rows[-1][-1])
        if min(rows[-1]) > most and min(rows[-2]) > most:
            break
        last = letter
    return best if best <= most else None


def rank_of(typed: str, title: str, more: str = "") -> int | None:
    """How well a title, or `more` words, answer what was typed; lower is better, None is not.

    0 begins with it, 1 has all its words in the title, 2 in all words, 3 its initials, 4 slips.
    """
    words = words_of(typed)
    own, whole = words_of(title), words_of(f"{title} {more}")
    if " ".join(own).startswith(" ".join(words)):
        return 0
    if all(any(known.startswith(word) for known in own) for word in words):
        return 1
    if all(any(known.startswith(word) for known in whole) for word in words):
        return 2
    if len(words) == 1 and len(words[0]) > 1 and initials(title).startswith(words[0]):
        return 3
    return SLIPPED if all(_slipped(word, whole) for word in words) else None


def _slipped(word: str, known: Sequence[str]) -> bool:
    most = slips(word)
    return any(prefix_slips(word, each, most) is not None for each in known)


def spans(text: str, typed: str) -> tuple[tuple[int, int], ...]:
    """Where in `text` the words typed are found, as (start, end), in order and apart.

    A word that is nowhere a prefix marks the whole word it was meant for, if it slipped; one that
    is the initials marks those.
    """
    places = _places(text)
    marked: list[tuple[int, int]] = []
    for word in words_of(typed):
        here = [
            (start, start + _reach(text[start:end], word))
            for start, end, known in places
            if known.startswith(word)
        ]
        marked += here or _guessed(word, places)
    return _apart(sorted(marked))


def _places(text: str) -> list[tuple[int, int, str]]:
    """The words of a text with where they stand."""
    edges = [0, *(i for i, (a, b) in enumerate(pairwise(text), 1) if a.isalnum() != b.isalnum())]
    pieces = [*pairwise([*edges, len(text)])]
    return [(a, b, plain(text[a:b])) for a, b in pieces if text[a:b].strip() and text[a].isalnum()]


def _reach(shown: str, word: str) -> int:
    """How many letters as shown stand for a plain prefix: `ß` is one letter and two plain ones."""
    for length in range(1, len(shown) + 1):
        if len(plain(shown[:length])) >= len(word):
            return length
    return len(shown)


def _guessed(word: str, places: Sequence[tuple[int, int, str]]) -> list[tuple[int, int]]:
    most = slips(word)
    slipped = [(a, b) for a, b, known in places if prefix_slips(word, known, most) is not None]
    heads = "".join(known[0] for _, _, known in places)
    if slipped or len(word) < 2 or not heads.startswith(word):
        return slipped
    return [(start, start + 1) for start, _, _ in places[: len(word)]]


def _apart(marked: Sequence[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    found: list[tuple[int, int]] = []
    for start, end in marked:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return tuple(found)
