"""Rows of a mapped file to staged records, a block of columns at a time."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import compress

from csplanner.book.rows import Cell
from csplanner.book.staging_shapes import SHAPES
from csplanner.crm.block import Block
from csplanner.crm.columns import HAPPENED, PAST, Column
from csplanner.crm.currencies import UNREADABLE, in_header
from csplanner.crm.fields import header_key
from csplanner.crm.joined import Gathered, objects_in, spread
from csplanner.crm.ledger import Days, Ledger
from csplanner.crm.mapping import FileMapping
from csplanner.crm.records import BUILDERS
from csplanner.crm.table import Table
from csplanner.domain.snapshot import Quarantined

__all__ = ["Days", "Ledger", "stage_table"]


def stage_table(
    table: Table, mapping: FileMapping, ledger: Ledger
) -> Iterator[tuple[int, FileMapping]]:
    """Stage every row of a table; yields about how many bytes were read, and the mapping, in the
    end with what was counted.
    """
    columns = [
        Column.of(at, c, ledger.latest, ledger.meanings)
        for at, c in enumerate(mapping.columns)
        if c.target
    ]
    objects = objects_in(mapping)
    gathered = Gathered(table.file) if len(objects) > 1 else None
    flags = _flags(columns, mapping)
    for header, count in Counter(h for h in table.headers if h).items():
        if count > 1:
            ledger.staging.note(
                f"{table.file} has {count} columns called “{header}”: look which one is used."
            )
    # Of figures written beside one another each column names its day.
    ends = {c.mapping.target.partition("@")[2] for c in columns if c.object == "measurement"}
    ledger.days.see("asof", {end for end in ends if end <= ledger.latest.isoformat()} - {""})
    total = 0
    for numbers, rows in table.chunks():
        cells = list(zip(*rows, strict=True))
        block = Block(table.file, numbers, _values(columns, cells, ledger), ledger)
        for name in flags:
            block.values[name] = [0 if v is None else v for v in block.values[name]]
        bad = set(_report(table.file, numbers, columns, cells, ledger))
        _stage_block(objects, _without(block, bad) if bad else block, gathered)
        total += len(rows)
        yield min(table.size, total * table.row_bytes), mapping
    for staged_object, held in gathered.rest() if gathered else ():
        ledger.staging.add(SHAPES[staged_object], held)
    ledger.tell_left(table.file)
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
    beside: dict[str, list[Cell]] = {}
    for column in columns:
        read = column.read(cells[column.at])
        if column.words is not None:
            ledger.count_unknown(column.words, cells[column.at])
        if column.kind in PAST:
            ledger.days.see(column.kind, read)
        elif (column.object, column.field) in HAPPENED:
            latest = ledger.latest.isoformat()
            ledger.days.see(column.kind, (d for d in set(read) if d and str(d) <= latest))
        if column.kind == "currency" and column.memo.bad:
            bad = column.memo.bad
            given = zip(cells[column.at], read, strict=True)
            read = [UNREADABLE if cell in bad else value for cell, value in given]
        if column.kind in ("id", "ref", "refs") and ledger.scope:
            read = [_scoped(cell, ledger.scope) for cell in read]
        found[f"{column.object}.{column.field}"] = read
        if column.kind == "money" and (code := in_header(column.mapping.header)):
            beside.setdefault(f"{column.object}.currency", [code] * len(read))
    return beside | found


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


def _flags(columns: list[Column], mapping: FileMapping) -> list[str]:
    """Fields of an export of Salesforce's own names where an empty cell means no."""
    if mapping.source != "Salesforce":
        return []
    return [
        f"{c.object}.{c.field}"
        for c in columns
        if c.kind == "bool" and header_key(c.mapping.header).startswith(("is", "has"))
    ]


def _stage_block(objects: tuple[str, ...], block: Block, gathered: Gathered | None) -> None:
    staging = block.ledger.staging
    if gathered is None:
        for staged_object, columns in BUILDERS[objects[0]](block):
            staging.add(SHAPES[staged_object], columns)
        return
    whole = spread(block, objects)
    for object_ in objects:
        for found in BUILDERS[object_](whole):
            for staged_object, columns in gathered.take(whole, found):
                staging.add(SHAPES[staged_object], columns)
