"""Files of several CRMs at once: ids of one mean nothing in another, so each is read by itself."""

from collections.abc import Sequence
from dataclasses import replace

from csplanner.crm.deciding import SAMPLE
from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Options
from csplanner.crm.question import Question
from csplanner.crm.table import LeftOut, Table

SOURCE = "--source"
_OWN = frozenset(("id",))
_NAMING = frozenset(("id", "account", "person", "subscription"))
Mapped = list[tuple[Table, FileMapping]]


def told(mapped: Sequence[tuple[Table, FileMapping]]) -> tuple[str, ...]:
    """The CRMs that files say they are from: of most files first."""
    named = [m.source for _, m in mapped if m.source]
    return tuple(sorted(set(named), key=lambda name: (-named.count(name), name)))


def of_one(mapped: Mapped, options: Options) -> tuple[Mapped, list[LeftOut]]:
    """The files of the CRM that was said, and those left out as another's.

    Where none was said and files are from several, Question. Of what tells no CRM nothing is left
    out, unless `only_told` asks for it; a name that no file tells is that of all.
    """
    sources = told(mapped)
    if len(sources) < 2:
        return mapped, []
    mapped = by_shared_ids(mapped)
    if not options.source:
        listed = f"{', '.join(sources[:-1])} and {sources[-1]}"
        raise Question(
            f"These files are from {listed}, whose ids mean nothing to each other. Say which to "
            "read now; the others are a snapshot of their own.",
            SOURCE,
            choices=sources,
        )
    if options.source not in sources:
        return mapped, []
    mine = (options.source,) if options.only_told else (options.source, "")
    left = [
        LeftOut(
            table.file,
            f"It is from {m.source}: import it by itself."
            if m.source
            else "Nothing in it tells which CRM it is from: import it by itself.",
        )
        for table, m in mapped
        if m.source not in mine
    ]
    return [(t, m) for t, m in mapped if m.source in mine], left


def by_shared_ids(mapped: Mapped) -> Mapped:
    """The files, those that tell no CRM with that of the files whose ids they name."""
    ids: dict[str, set[str]] = {}
    for table, mapping in mapped:
        if mapping.source:
            ids.setdefault(mapping.source, set()).update(_cells(table, mapping, _OWN))
    found = []
    for table, mapping in mapped:
        named = set() if mapping.source else _cells(table, mapping, _NAMING)
        shared = {source: len(named & own) for source, own in ids.items()}
        best = max(shared, key=lambda source: shared[source], default="")
        if best and list(shared.values()).count(shared[best]) == 1:
            mapping = replace(mapping, source=best)
        found.append((table, mapping))
    return found


def _cells(table: Table, mapping: FileMapping, fields: frozenset[str]) -> set[str]:
    """What some rows say in columns that hold ids."""
    columns = [at for at, c in enumerate(mapping.columns) if c.target.partition(".")[2] in fields]
    return {row[at].strip() for row in table.sample(SAMPLE) for at in columns} - {""}
