"""What a book remembers of earlier imports, laid over what is proposed for a file."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from csplanner.book.ids import derived_id
from csplanner.crm.fields import header_key, target
from csplanner.crm.mapping import BY_MEMORY, ColumnMapping, FileMapping, Recalled
from csplanner.domain.recipe import Recipe, is_mapping

_ALIKE, _ITS_OWN = 0.6, 0.5
"""The least parts of the remembered columns, and of its own, by which a file is read alike."""


def headers_key(headers: Iterable[str]) -> str:
    """A digest of the columns' names, whatever their order, case and signs."""
    return derived_id("headers", *sorted(header_key(h) or h for h in headers if h))


def plain(mapping: FileMapping) -> dict[str, Any]:
    """What is kept of a mapping: header, target and rule of each column, no cell."""
    named = (c for c in mapping.columns if c.header)
    return {"columns": [{"header": c.header, "target": c.target, "rule": c.rule} for c in named]}


def columns_of(recipe: Recipe) -> list[ColumnMapping]:
    """The columns of a remembered mapping, without targets there are no more; none where it cannot
    be read.
    """
    if not is_mapping(recipe.mapping):
        return []
    return [
        ColumnMapping(c["header"], _known(c["target"]), BY_MEMORY, rule=c["rule"])
        for c in recipe.mapping["columns"]
    ]


def name_for(mapping: FileMapping, source: str) -> str:
    """The name a mapping is remembered by, where nobody said one before."""
    return mapping.recalled.name if mapping.recalled else f"{source} {mapping.object}"


@dataclass(frozen=True, slots=True)
class Memory:
    """The mappings a book remembers, the last used first."""

    recipes: tuple[Recipe, ...] = ()
    source: str = ""
    """Only those of this source; empty: of any."""
    _keys: dict[str, list[Recipe]] = field(default_factory=dict)

    def recall(self, mapping: FileMapping) -> tuple[FileMapping, Mapping[str, str]]:
        """The mapping with what was remembered of files like this one, and the rules by header."""
        headers = [c.header for c in mapping.columns if c.header]
        recipe = self._same(mapping, headers) or self._alike(mapping, headers)
        if recipe is None:
            return mapping, {}
        known = columns_of(recipe)
        kept = _laid_over(mapping.columns, known)
        new = tuple((Counter(headers) - Counter(c.header for c in known)).keys())
        gone = tuple((Counter(c.header for c in known) - Counter(headers)).keys())
        if headers_key(headers) == recipe.headers_key:
            new = gone = ()
        day = recipe.last_used.isoformat()
        return (
            replace(
                mapping,
                object=recipe.object,
                source=mapping.source or recipe.source,
                columns=kept,
                recalled=Recalled(recipe.id, recipe.name, recipe.used, day, new, gone),
            ),
            {c.header: c.rule for c in known if c.rule},
        )

    def _of(self, mapping: FileMapping) -> Sequence[Recipe]:
        """The recipes that may fit: of the source said, else of the file's own source first."""
        if self.source:
            return [r for r in self.recipes if r.source == self.source]
        return sorted(self.recipes, key=lambda r: r.source != mapping.source)

    def _same(self, mapping: FileMapping, headers: Sequence[str]) -> Recipe | None:
        key = headers_key(headers)
        found = [r for r in self._of(mapping) if r.headers_key == key and is_mapping(r.mapping)]
        return next((r for r in found if r.object == mapping.object), found[0] if found else None)

    def _alike(self, mapping: FileMapping, headers: Sequence[str]) -> Recipe | None:
        """The most alike of the same source and object, where most of its columns are there."""
        has = {header_key(h) for h in headers}
        best, most = None, 0.0
        for recipe in self._of(mapping):
            if mapping.object not in ("", recipe.object):
                continue
            if mapping.source not in ("", recipe.source):
                continue
            knew = {header_key(c.header) for c in columns_of(recipe)}
            both = len(has & knew)
            share = both / max(1, len(knew))
            if share >= _ALIKE and both >= _ITS_OWN * len(has) and share > most:
                best, most = recipe, share
        return best


def _laid_over(
    proposed: Sequence[ColumnMapping], known: Sequence[ColumnMapping]
) -> tuple[ColumnMapping, ...]:
    """The proposed columns with those known as they were; a target is given once."""
    waiting = list(known)
    columns: list[ColumnMapping | None] = []
    for column in proposed:
        same = (c for c in waiting if header_key(c.header) == header_key(column.header))
        found = next(same, None) if column.header else None
        if found is not None:
            waiting.remove(found)
        columns.append(found)
    taken = {c.target for c in columns if c is not None and c.target}
    return tuple(
        replace(old, target=new.target, why=BY_MEMORY)
        if new is not None
        else replace(old, target="", why="")
        if old.target in taken
        else old
        for old, new in zip(proposed, columns, strict=True)
    )


def _known(key: str) -> str:
    try:
        return target(key).key if key else ""
    except KeyError:
        return ""
