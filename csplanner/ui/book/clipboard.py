"""Cells as text with tabs, as spreadsheets copy and paste them."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.book.export import guarded
from csplanner.book.outgoing import Cleaner
from csplanner.language import tr
from csplanner.ui.book.cell_values import FIELDS, Reading
from csplanner.ui.book.columns import COLUMNS
from csplanner.ui.book.editing import Wanted, reading_of
from csplanner.ui.book.export_rows import safe
from csplanner.ui.book.rows import BookRow, Reader, plain

_AT_ONCE = 500
Grid = list[list[str]]


@dataclass(frozen=True, slots=True)
class Copied:
    """Cells as text with tabs: `text` as spreadsheets want it, `exact` with every currency."""

    text: str
    exact: str


def copied(book: Book, ids: Sequence[int], columns: Sequence[int], *, heads: bool) -> Copied:
    """The cells of accounts, safe to paste into a spreadsheet.

    What can be changed is written so that it can be pasted back.
    """
    lines = [[tr(COLUMNS[column].title) for column in columns]] if heads else []
    exact = [list(line) for line in lines]
    reader, reading, cleaner = Reader(book.as_of(), book.settings), reading_of(book), Cleaner()
    coded = replace(reading, currency="")

    def cell(row: BookRow, column: int, how: Reading) -> str:
        known = FIELDS.get(column)
        text = known.text(row.line, how) if known else plain(row, column)
        return safe(cleaner.line(text))

    for at in range(0, len(ids), _AT_ONCE):
        for line in book.overview.rows(ids[at : at + _AT_ONCE]):
            row = reader.row(0, line)
            lines.append([cell(row, column, reading) for column in columns])
            exact.append([cell(row, column, coded) for column in columns])
    return Copied(_tabbed(lines), _tabbed(exact))


def _tabbed(lines: Grid) -> str:
    return "\n".join("\t".join(line) for line in lines)


def grid_of(text: str) -> Grid:
    """The cells of a text with tabs; one in quotes may hold line ends. Guards are taken off."""
    plain_text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if not plain_text:
        return []
    rows = csv.reader(io.StringIO(plain_text), delimiter="\t", strict=False)
    return [[_unguarded(cell) for cell in row] or [""] for row in rows]


def _unguarded(cell: str) -> str:
    bare = cell[1:]
    return bare if cell.startswith("'") and guarded(bare) == cell else cell


def spread(grid: Grid, ids: Sequence[int], columns: Sequence[int]) -> list[Wanted]:
    """Which text goes to which cell; `ids` and `columns` begin at the first cell chosen, and what
    the grid holds beyond them is left out.
    """
    return [
        Wanted(row_id, column, row[across])
        for row_id, row in zip(ids, grid, strict=False)
        for across, column in enumerate(columns)
        if across < len(row)
    ]


def tiled(grid: Grid, tall: int, wide: int) -> Grid:
    """The grid repeated to fill `tall` rows and `wide` columns where they are whole multiples of
    it; otherwise the grid itself.
    """
    height, width = len(grid), max((len(row) for row in grid), default=0)
    if not height or not width or tall % height or wide % width:
        return grid
    full = [[*row, *[""] * (width - len(row))] for row in grid]
    return [[full[r % height][c % width] for c in range(wide)] for r in range(tall)]


def without_heads(grid: Grid, columns: Sequence[int]) -> Grid:
    """The grid without its first row when that holds the heads of the columns."""
    titles = [tr(COLUMNS[column].title) for column in columns]
    if len(grid) > 1 and len(grid[0]) > 1 and grid[0] == titles[: len(grid[0])]:
        return grid[1:]
    return grid
