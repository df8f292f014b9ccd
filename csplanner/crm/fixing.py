"""Cells read as corrected, and the cells of rows that were set aside."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from csplanner.crm.mapping import FileMapping
from csplanner.crm.options import Fix
from csplanner.crm.table import Chunk, Table
from csplanner.errors import UserError

_LONGEST = 2_000
"""Characters kept of one cell."""


def with_fixes(table: Table, fixes: Iterable[Fix]) -> Table:
    """The table with corrected cells; raises UserError for a column it does not have."""
    own = [f for f in fixes if f.file == table.file]
    if not own:
        return table
    by_row: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for fix in own:
        if fix.column not in table.headers:
            raise UserError(
                f"{table.file} has no column {fix.column} to correct. Say one of its headers."
            )
        by_row[fix.row].append((table.headers.index(fix.column), fix.value))
    whole = table.chunks

    def chunks() -> Iterator[Chunk]:
        for numbers, rows in whole():
            for number, row in zip(numbers, rows, strict=True):
                for at, value in by_row.get(number, ()):
                    row[at] = value
            yield numbers, rows

    return replace(table, chunks=chunks)


def cells_of_rows(
    table: Table, mapping: FileMapping
) -> Callable[[set[int]], Iterator[tuple[int, dict[str, str]]]]:
    """Finds rows of a table by their numbers: each with the cells of its mapped columns."""
    columns = [(i, c.header) for i, c in enumerate(mapping.columns) if c.target]

    def find(wanted: set[int]) -> Iterator[tuple[int, dict[str, str]]]:
        left = len(wanted)
        for numbers, rows in table.chunks():
            for number, row in zip(numbers, rows, strict=True):
                if number in wanted:
                    yield number, {header: row[i][:_LONGEST] for i, header in columns}
                    left -= 1
            if not left:
                break
        table.problems.clear()

    return find
