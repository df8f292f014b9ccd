"""Rows of a mapped file to staged records, a block of columns at a time."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import compress

from csplanner.book.rows import Cell
from csplanner.book.staging import Staging
from csplanner.book.staging_shapes import SHAPES
from csplanner.crm.block import Block
from csplanner.crm.columns import Column
from csplanner.crm.currencies import UNREADABLE
from csplanner.crm.mapping import FileMapping
from csplanner.crm.records import BUILDERS
from csplanner.crm.table import Table
from csplanner.domain.snapshot import Quarantined


@dataclass(slots=True)
class Days:
    """The newest days seen: of stamps of change and of measurements, and of creation."""

    stamped: str = ""
    created: str = ""

    def see(self, kind: str, cells: Iterable[Cell]) -> None:
        """Take note of a block of ISO days."""
        newest = max((c for c in set(cells) if isinstance(c, str)), default="")
        if kind in ("stamp", "asof"):
            self.stamped = max(self.stamped, newest)
        else:
            self.created = max(self.created, newest)


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
    days: Days = field(default_factory=Days)
    weak_seen: set[str] = field(default_factory=set)
    occurrences: dict[str, int] = field(default_factory=dict)
    set_aside: int = 0
    """Rows that did not fit their header."""


def stage_table(
    table: Table, mapping: FileMapping, ledger: Ledger
) -> Iterator[tuple[int, FileMapping]]:
    """Stage every row of a table; yields about how many bytes were read, and the mapping, in the
    end with what was counted.
    """
    columns = [Column.of(at, c, ledger.latest) for at, c in enumerate(mapping.columns) if c.target]
    for header, count in Counter(h for h in table.headers if h).items():
        if count > 1:
            ledger.staging.note(
                f"{table.file} has {count} columns called “{header}”: look which one is used."
            )
    total = 0
    for numbers, rows in table.chunks():
        cells = list(zip(*rows, strict=True))
        block = Block(table.file, numbers, _values(columns, cells, ledger), ledger)
        bad = set(_report(table.file, numbers, columns, cells, ledger))
        _stage_block(mapping.object, _without(block, bad) if bad else block, ledger)
        total += len(rows)
        yield min(table.size, total * table.row_bytes), mapping
    ledger.staging.quarantine(table.problems)
    ledger.set_aside += len(table.problems)
    table.problems.clear()
    yield table.size, _counted(mapping, columns, total)


def _counted(mapping: FileMapping, columns: list[Column], rows: int) -> FileMapping:
    """The mapping with how many cells of each column are filled."""
    filled = {c.at: c.filled for c in columns}
    counted = tuple(replace(c, filled=filled.get(i, 0)) for i, c in enumerate(mapping.columns))
    return replace(mapping, rows=rows, columns=counted)


def _values(
    columns: list[Column], cells: list[tuple[str, ...]], ledger: Ledger
) -> dict[str, list[Cell]]:
    found: dict[str, list[Cell]] = {}
    for column in columns:
        read = column.read(cells[column.at])
        if column.kind in ("stamp", "created", "asof"):
            ledger.days.see(column.kind, read)
        if column.kind == "currency" and column.memo.bad:
            bad = column.memo.bad
            given = zip(cells[column.at], read, strict=True)
            read = [UNREADABLE if cell in bad else value for cell, value in given]
        if column.kind in ("id", "ref") and ledger.scope:
            read = [_scoped(cell, ledger.scope) for cell in read]
        found[f"{column.object}.{column.field}"] = read
    return found


def _scoped(cell: Cell, scope: str) -> Cell:
    return f"{cell}@{scope}" if isinstance(cell, str) and cell.startswith("@") else cell


def _report(
    file: str,
    numbers: list[int],
    columns: list[Column],
    cells: list[tuple[str, ...]],
    ledger: Ledger,
) -> list[int]:
    """Quarantine unreadable cells; returns where rows stand whose columns look shifted."""
    shifted = []
    for column in columns:
        bad = column.memo.bad
        if not bad:
            continue
        for at, cell in enumerate(cells[column.at]):
            if cell not in bad:
                continue
            reason = bad[cell]
            if column.kind == "asof":
                shifted.append(at)
                reason += " So the row was left out."
            if column.kind == "id":
                shifted.append(at)
            if column.kind == "email" and any("@" in other[at] for other in cells):
                shifted.append(at)
                reason = "The columns of this row look shifted, so the row was left out."
            ledger.staging.quarantine(
                [Quarantined(file, numbers[at], column.mapping.header, cell[:200], reason)]
            )
    return shifted


def _without(block: Block, gone: set[int]) -> Block:
    keep = [i not in gone for i in range(len(block.numbers))]
    return Block(
        block.file,
        list(compress(block.numbers, keep)),
        {name: list(compress(cells, keep)) for name, cells in block.values.items()},
        block.ledger,
    )


def _stage_block(object_: str, block: Block, ledger: Ledger) -> None:
    for staged_object, columns in BUILDERS[object_](block):
        ledger.staging.add(SHAPES[staged_object], columns)
