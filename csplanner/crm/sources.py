"""Files of several CRMs at once: ids of one mean nothing in another, so each is read by itself."""

from collections.abc import Sequence

from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Options
from csplanner.crm.question import Question
from csplanner.crm.table import LeftOut, Table

SOURCE = "--source"
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
