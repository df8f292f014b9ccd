"""Cells as text with tabs, as spreadsheets copy and paste them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from csplanner.book.book import Book
from csplanner.book.export import guarded
from csplanner.book.outgoing import Cleaner
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.book.cell_values import FIELDS, Reading
from csplanner.ui.book.columns import COLUMNS
from csplanner.ui.book.editing import Wanted, need_few, reading_of
from csplanner.ui.book.export_rows import safe
from csplanner.ui.book.rows import BookRow, Reader, plain
from csplanner.ui.widgets.format import number

LONGEST = 32_767
"""Characters of one cell, as spreadsheets hold them."""
_AT_ONCE = 500
_CELL = re.compile(r'(?:"((?:[^"]|"")*+)"(?=[\t\n]|\Z)|([^\t\n]*))([\t\n]|\Z)')
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
    """As spreadsheets write it; an empty last row is only seen by the line end behind it."""
    text = "\n".join("\t".join(map(_quoted, line)) for line in lines)
    return text if text and not text.endswith("\n") else text + "\n"


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if '"' in cell else cell


def grid_of(text: str) -> Grid:
    """The cells of a text with tabs; one wholly in quotes may hold tabs and line ends, and doubled
    quotes stand for one. Guards are taken off.

    Raises UserError when it holds more cells than are changed at once, or a cell too long to keep.
    """
    if not text:
        return []
    plain_text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    need_few(plain_text.count("\t") + plain_text.count("\n") + 1)
    grid: Grid = [[]]
    for found in _CELL.finditer(plain_text):
        inside, bare, end = found.groups()
        cell = bare if inside is None else inside.replace('""', '"')
        if len(cell) > LONGEST:
            sentence = tr("A cell to paste has {0} characters. Paste {1} at most into one.")
            raise UserError(sentence.format(number(len(cell)), number(LONGEST)))
        grid[-1].append(_unguarded(cell))
        if end == "\n":
            grid.append([])
        elif not end:
            break
    return grid


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


def beyond(grid: Grid, rows: int, columns: int) -> int:
    """How many cells with text a grid holds outside `rows` and `columns`, where it cannot go."""
    outside = [cell for row in grid[rows:] for cell in row]
    outside += [cell for row in grid[:rows] for cell in row[columns:]]
    return sum(bool(cell.strip()) for cell in outside)


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
