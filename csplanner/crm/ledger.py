"""What is kept across the files of one snapshot while they are staged."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from csplanner.book.rows import Cell
from csplanner.book.staging import Staging
from csplanner.book.staging_beside import Beside
from csplanner.crm.targets import header_key
from csplanner.crm.words import Words


@dataclass(slots=True)
class Days:
    """The newest days seen: of stamps of change and of measurements, and of what happened."""

    stamped: str = ""
    happened: str = ""
    """Of creation, of touches, of cases opened and closed."""

    def see(self, kind: str, cells: Iterable[Cell]) -> None:
        """Take note of a block of ISO days."""
        newest = max((c for c in set(cells) if isinstance(c, str)), default="")
        if kind in ("stamp", "asof"):
            self.stamped = max(self.stamped, newest)
        else:
            self.happened = max(self.happened, newest)


@dataclass(slots=True)
class Unknown:
    """A word of a picklist that nobody knows: as written, in how many rows, how it was read."""

    kind: str
    word: str
    count: int
    read_as: str


@dataclass(slots=True)
class Ledger:
    """What is kept across the files of one snapshot while they are staged."""

    staging: Staging
    source: str
    currency: str
    latest: date
    """No later day can stand for what has happened."""
    scope: str = ""
    """Told apart by it: references that mean something within one set of files alone."""
    meanings: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """What a person said of words: kind → `header_key(word)` → meaning."""
    days: Days = field(default_factory=Days)
    weak_seen: set[str] = field(default_factory=set)
    occurrences: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    """Rows that did not fit their header."""
    unknown: dict[tuple[str, str], Unknown] = field(default_factory=dict)
    """Words nobody knows, by kind and key, with their counts."""
    _readers: dict[str, Words] = field(default_factory=dict)
    _beside: Beside | None = None
    _noted: set[str] = field(default_factory=set)
    _left: Counter[str] = field(default_factory=Counter)

    @property
    def beside(self) -> Beside:
        """What is staged beside the records: owners, invoices, campaigns, names of parties."""
        if self._beside is None:
            self._beside = Beside(self.staging)
        return self._beside

    def note(self, sentence: str) -> None:
        """Keep a sentence for the person who imports, once."""
        if sentence not in self._noted:
            self._noted.add(sentence)
            self.staging.note(sentence)

    def leave(self, what: str, count: int) -> None:
        """Count records left out as they are no records of the book; `tell_left` says so."""
        if count:
            self._left[what] += count

    def tell_left(self, file: str) -> None:
        """Keep one sentence for each kind of record a file's rows held and the book does not."""
        for what, count in self._left.items():
            self.note(f"{file}: {count:,} {what} left out.")
        self._left.clear()

    def count_unknown(self, words: Words, cells: Iterable[Cell]) -> None:
        """Count the cells whose word nobody knows."""
        if not words.unknown:
            return
        for cell, count in Counter(cells).items():
            for word in _parts(cell, words):
                key = (words.name, header_key(word))
                seen = self.unknown.setdefault(
                    key, Unknown(words.name, word, 0, words.unknown[word])
                )
                seen.count += count

    def read_words(self, kind: str, cells: Iterable[Cell]) -> list[Cell]:
        """What the words of a column mean, such as the state a deal's stage stands for."""
        words = self._readers.setdefault(kind, Words(kind, self.meanings))
        memo: dict[Cell, Cell] = {}
        listed = list(cells)
        for cell in set(listed):
            memo[cell] = words.read(cell) if isinstance(cell, str) and cell else None
        self.count_unknown(words, listed)
        return [memo[cell] for cell in listed]

    def unknown_words(self) -> list[Unknown]:
        """The words nobody knows, the most frequent first."""
        return sorted(self.unknown.values(), key=lambda u: (-u.count, u.kind, u.word))


def _parts(cell: Cell, words: Words) -> list[str]:
    if not isinstance(cell, str):
        return []
    bare = cell.strip()
    if bare in words.unknown:
        return [bare]
    return [word for word in words.unknown if len(word) < len(bare) and word in bare]
