"""What the book remembers of imports: mappings by source and columns, and meanings of words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from csplanner.book.ids import derived_id
from csplanner.book.records import Rows, records_of
from csplanner.domain.recipe import FieldRule, Meaning, Recipe, Whose
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


@dataclass(frozen=True, slots=True)
class Used:
    """How one file of an import was read, to be remembered."""

    source: str
    object: str
    headers_key: str
    name: str
    """The name somebody said now; empty: none."""
    otherwise: str
    """The name where nobody ever said one."""
    mapping: dict[str, Any]


class Recipes(Rows[Recipe]):
    """The remembered mappings."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Recipe))

    def of(self, source: str) -> tuple[Recipe, ...]:
        """The mappings remembered for a source, the last used first."""
        return tuple(self._where("source = ?", (source,)))

    def remember(self, used: Used, on: date, snapshot_id: str) -> None:
        """Count one more use inside the import's open change; what was chosen last is kept.

        A name somebody gave stays, unless the import says another.
        """
        columns = ("source", "object", "headers_key")
        place = (used.source, used.object, used.headers_key)
        found = self._where(" and ".join(f"{c} = ?" for c in columns), place)
        if not found:
            recipe = Recipe(
                derived_id("recipe", *place),
                *place,
                used.name or used.otherwise,
                used.mapping,
                1,
                on,
            )
            self.insert([recipe], snapshot_id)
            return
        kept = found[0]
        is_newer = on >= kept.last_used
        self.update(
            kept.id,
            name=used.name or kept.name,
            mapping=used.mapping if is_newer else kept.mapping,
            used=kept.used + 1,
            last_used=max(on, kept.last_used),
        )

    def rename(self, recipe_id: str, name: str) -> None:
        """Give a mapping another name (undo takes it back)."""
        self.update(recipe_id, label=tr("Rename a mapping to {0}").format(name), name=name)

    def forget(self, recipe_id: str) -> None:
        """Forget a mapping (undo brings it back)."""
        self.remove(recipe_id, label=tr("Forget the mapping {0}").format(self.get(recipe_id).name))


class Meanings(Rows[Meaning]):
    """What the words of a source's picklists mean."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(Meaning))

    def of(self, source: str) -> dict[str, dict[str, str]]:
        """Kind of value to the word's key to what it means."""
        known: dict[str, dict[str, str]] = {}
        for meaning in self._where("source = ?", (source,)):
            known.setdefault(meaning.kind, {})[meaning.word_key] = meaning.meaning
        return known

    def remember(
        self, source: str, said: Mapping[str, Mapping[str, tuple[str, str]]], snapshot_id: str
    ) -> None:
        """Keep what words mean inside the import's open change: kind → key → (word, meaning)."""
        kept = {(m.kind, m.word_key): m for m in self._where("source = ?", (source,))}
        new = []
        for kind, words in said.items():
            for key, (word, meaning) in words.items():
                found = kept.get((kind, key))
                if found is None:
                    made = derived_id("meaning", source, kind, key)
                    new.append(Meaning(made, source, kind, key, word, meaning))
                elif found.meaning != meaning:
                    self.update(found.id, meaning=meaning)
        self.insert(new, snapshot_id)


class FieldRules(Rows[FieldRule]):
    """Fields that always keep the CSM's value, or always take the CRM's."""

    def __init__(self, book: "Book") -> None:
        super().__init__(book, records_of(FieldRule))

    def set(
        self,
        object_: str,
        field: str,
        whose: Whose,
        *,
        source: str = "",
        snapshot_id: str | None = None,
    ) -> None:
        """Say whose value of a field always wins, in the place of what was said before.

        `source` empty: whatever CRM it comes from. Inside an import's open change its
        `snapshot_id` makes it part of that import.
        """
        found = self._where("object = ? and field = ? and source = ?", (object_, field, source))
        label = tr("Always keep your value of a field")
        if whose is Whose.THEIRS:
            label = tr("Always take the CRM’s value of a field")
        if found:
            self.update(found[0].id, label=label, whose=whose)
            return
        made = FieldRule(derived_id("rule", object_, field, source), object_, field, whose, source)
        with self._book.change(label):
            self.insert([made], snapshot_id)
