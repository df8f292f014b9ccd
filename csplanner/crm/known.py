"""What an import must know of the book before it reads files beside it."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.key import Key
from csplanner.crm.options import Options
from csplanner.crm.remembered import Memory
from csplanner.domain.recipe import Recipe
from csplanner.domain.snapshot import Snapshot

Meanings = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Known:
    """What the book says: its currency and those in it, its sources, and what it remembers."""

    currency: str = ""
    currencies: tuple[str, ...] = ()
    """Those its amounts are in, its own first; its own where it has no amounts."""
    sources: tuple[str, ...] = ()
    newest: dict[str, date] = field(default_factory=dict)
    """The day of the newest snapshot, by source."""
    came: dict[str, dict[str, date]] = field(default_factory=dict)
    """Digest of each file that came in to the sources and the first day it came in as."""
    recipes: tuple[Recipe, ...] = ()
    meanings: dict[str, Meanings] | None = None
    """By source."""
    has_erased: bool = False
    """Whether somebody was erased from it."""
    key: Key | None = None

    def memory(self, options: Options) -> Memory | None:
        """The mappings to go by; None when nothing is to be recalled."""
        return Memory(self.recipes, options.source) if options.recall else None

    def meanings_of(self, source: str, options: Options) -> Meanings:
        """What words mean: as remembered of the source, and as said now."""
        found: Meanings = {}
        if options.recall and self.meanings:
            found = {kind: dict(words) for kind, words in self.meanings.get(source, {}).items()}
        for kind, words in options.worded.items():
            found.setdefault(kind, {}).update({k: meaning for k, (_, meaning) in words.items()})
        return found


def _came(snapshots: list[Snapshot]) -> dict[str, dict[str, date]]:
    came: dict[str, dict[str, date]] = {}
    for snapshot in snapshots:
        for file in snapshot.files:
            came.setdefault(file.sha256, {})[snapshot.source] = snapshot.as_of
    return came


def known_of(path: Path) -> Known:
    """What the book at that path says; it is only read."""
    with Book.open(path, read_only=True) as book:
        own = book.settings.currency
        others = sorted(
            str(code)
            for (code,) in book.connection.execute(
                "select arr_currency from account where arr_currency is not null union "
                "select amount_currency from opportunity where amount_currency is not null"
            )
        )
        erased = book.connection.execute("select exists (select 1 from suppressed)").fetchone()[0]
        sources = {m.source for m in book.meanings.all()}
        snapshots = book.snapshots.all()
        return Known(
            own,
            tuple(sorted(others, key=lambda code: code != own)) or (own,),
            tuple(book.snapshots.sources()),
            # The newest come first.
            {snapshot.source: snapshot.as_of for snapshot in reversed(snapshots)},
            _came(snapshots),
            book.recipes.all(),
            {source: book.meanings.of(source) for source in sources},
            bool(erased),
            book.key,
        )
