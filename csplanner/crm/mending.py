"""Rows that an earlier import set aside, brought in after all: as corrected, or as they stand."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from csplanner.book.book import Book
from csplanner.book.room import STAGED, new_folder, remove_folder
from csplanner.crm.choosing import choose_columns
from csplanner.crm.mapping import ColumnMapping, FileMapping
from csplanner.crm.options import Cancel, Options, Progress
from csplanner.crm.remembered import columns_of
from csplanner.crm.run import Run
from csplanner.crm.staged import Staged
from csplanner.crm.table import Chunk, Table
from csplanner.domain.snapshot import Quarantined, Snapshot
from csplanner.errors import UserError

Corrections = Mapping[str, Mapping[str, str]]
"""Id of what was set aside to column to what its cell says now; an empty one is tried as it is."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What is to be brought in: of which snapshot, how read, and whose problems that mends."""

    snapshot: Snapshot
    tables: tuple[Table, ...]
    mappings: dict[str, FileMapping]
    mended: tuple[str, ...]


def stage_set_aside(
    book: Path,
    corrections: Corrections,
    options: Options | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancel | None = None,
) -> Staged:
    """Stage rows of one snapshot that were set aside, as of its day; `apply` brings them in.

    Raises UserError when a row was not kept or is in already, and what `stage` raises.
    """
    with Book.open(book, read_only=True) as opened:
        found = _rows(opened, corrections)
    snapshot = found.snapshot
    said = replace(
        options or Options(),
        source=snapshot.source,
        as_of=snapshot.as_of,
        mappings=found.mappings,
        mended=found.mended,
        recall=True,
    )
    folder = new_folder(STAGED)
    try:
        run = Run(said, progress, cancelled)
        return run.run_tables(list(found.tables), book, folder / "staging.sqlite")
    except BaseException:
        remove_folder(folder)
        raise


def _rows(book: Book, corrections: Corrections) -> _Rows:
    snapshots = {}
    chosen: dict[tuple[str, int], dict[str, str]] = {}
    for snapshot in book.snapshots.all():
        for one in book.snapshots.quarantined(snapshot.id):
            if one.id in corrections:
                snapshots[snapshot.id] = snapshot
                place = (one.file, one.row)
                cells = chosen.setdefault(place, _kept(one))
                chosen[place] = {**cells, **_corrected(one, corrections[one.id])}
    if len(snapshots) != 1:
        raise UserError(
            "These are not problems of one import. List them with csplanner quarantine, and bring "
            "those of one import in at once."
        )
    (snapshot,) = snapshots.values()
    mended = tuple(
        q.id for q in book.snapshots.quarantined(snapshot.id) if (q.file, q.row) in chosen
    )
    tables = tuple(_table(file, chosen) for file in sorted({file for file, _ in chosen}))
    return _Rows(snapshot, tables, {t.file: _mapping(book, snapshot, t) for t in tables}, mended)


def _kept(one: Quarantined) -> dict[str, str]:
    if one.fixed_by is not None:
        raise UserError(f"Row {one.row} of {one.file} is in the book already.")
    if not one.cells:
        raise UserError(
            f"The cells of row {one.row} of {one.file} were not kept. Correct it in the file, and "
            "import that again."
        )
    return one.cells


def _corrected(one: Quarantined, cells: Mapping[str, str]) -> Mapping[str, str]:
    strange = [header for header in cells if header not in one.cells]
    if strange:
        raise UserError(
            f"Row {one.row} of {one.file} has no column {strange[0]}. "
            f"Say one of {', '.join(one.cells)}."
        )
    return cells


def _table(file: str, chosen: Mapping[tuple[str, int], Mapping[str, str]]) -> Table:
    own = sorted((row, cells) for (of, row), cells in chosen.items() if of == file)
    headers = tuple(dict.fromkeys(header for _, cells in own for header in cells))
    rows = [[cells.get(header, "") for header in headers] for _, cells in own]
    digest = sha256(repr((headers, rows)).encode()).hexdigest()

    def chunks() -> Iterator[Chunk]:
        yield [row for row, _ in own], [list(row) for row in rows]

    return Table(file, headers, digest, len(repr(rows)), chunks)


def _mapping(book: Book, snapshot: Snapshot, table: Table) -> FileMapping:
    """How the file was read: as remembered, else by the names of its columns."""
    object_ = next((f.object for f in snapshot.files if f.name == table.file), "account")
    columns = _remembered(book, snapshot.source, object_, table.headers)
    if not columns:
        chosen = choose_columns(object_, table.headers, source=snapshot.source, file=table.file)
        columns = tuple(
            ColumnMapping(h, goal.key if (goal := chosen.get(at)) else "")
            for at, h in enumerate(table.headers)
        )
    return FileMapping(table.file, object_, snapshot.source, "", columns=columns, remember=False)


def _remembered(
    book: Book, source: str, object_: str, headers: Sequence[str]
) -> tuple[ColumnMapping, ...]:
    for recipe in book.recipes.of(source):
        known = {c.header: c for c in columns_of(recipe) if c.target}
        if recipe.object == object_ and set(headers) <= set(known):
            return tuple(known[header] for header in headers)
    return ()
