"""The words of the search index, walked for those a word with slips was meant for."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from csplanner.domain.likeness import next_row

if TYPE_CHECKING:
    import sqlite3

_MOST = 8
"""As many beginnings of words are tried for one that slipped."""


class Vocabulary:
    """Every word that begins with a letter, in order; read once and again when the book changed."""

    def __init__(self) -> None:
        self._words: list[str] = []
        self._state: tuple[int, int] | None = None

    def meant(self, db: "sqlite3.Connection", typed: str, most: int) -> list[str]:
        """The beginnings of words within `most` slips of what was typed, the likeliest first."""
        self._read(db)
        found = sorted(_walk(self._words, typed, most), key=lambda each: each[1:])
        best = found[0][1] if found else 0
        return [beginning for beginning, cost, _ in found if cost == best][:_MOST]

    def knows(self, db: "sqlite3.Connection", beginning: str) -> bool:
        """Whether any word begins so."""
        self._read(db)
        at = bisect_left(self._words, beginning)
        return at < len(self._words) and self._words[at].startswith(beginning)

    def _read(self, db: "sqlite3.Connection") -> None:
        state = (db.execute("pragma main.data_version").fetchone()[0], db.total_changes)
        if state == self._state:
            return
        db.execute(
            "create virtual table if not exists temp.search_words using "
            "fts5vocab('main', 'search', 'row')"
        )
        rows = db.execute("select term from temp.search_words where term >= 'a'")
        self._words = [word for (word,) in rows]
        self._state = state


def _walk(words: Sequence[str], typed: str, most: int) -> Iterator[tuple[str, int, int]]:
    """Beginnings of words with their slips and minus how many words begin so.

    `words` are in order, so those with one beginning stand together and are walked once.
    """
    start = [list(range(len(typed) + 1))]
    waiting: list[tuple[int, int, int, list[list[int]], int]] = [
        (0, len(words), 0, start, most + 1)
    ]
    while waiting:
        low, high, depth, rows, best = waiting.pop()
        while low < high:
            word = words[low]
            if len(word) == depth:
                low += 1
                continue
            end = bisect_left(words, word[:depth] + chr(ord(word[depth]) + 1), low, high)
            row = next_row(typed, word[depth], rows, word[depth - 1] if depth else "")
            cost = row[-1]
            if cost < best:
                yield word[: depth + 1], cost, low - end
            if min(row) <= most or min(rows[-1]) < most:
                kept = [rows[-1], row]
                waiting.append((low, end, depth + 1, kept, min(best, cost)))
            low = end
