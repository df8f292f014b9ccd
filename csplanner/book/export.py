"""The whole book as files: CSV for spreadsheets or exact, one JSON document, or XLSX.

`docs/export-formats.md` describes every format; the tests read them back.
"""

import json
import sqlite3
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.connection import sqlite_in_words
from csplanner.book.outgoing import CELL_LIMIT, Cleaner, placing, safe_file_name
from csplanner.book.rows import Cell
from csplanner.book.schema import JOURNALLED
from csplanner.errors import UserError

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from csplanner.book.book import Book

FORMAT_VERSION = 1
"""Version of the exported formats; a reader refuses a larger one."""

EXPORT_MARK = "csplanner_export"
"""Heading of the first column of every exported table; in its rows stands the table's name.

Amounts in an export are minor units and figures thousandths, so a reader that takes it for
another system's file would multiply them: whoever finds this heading knows better.
"""

GUARD_MARK = "csplanner_guarded"
"""Name of the last column of a CSV whose text cells carry a guard."""

_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠", "|", "%")
_ROW_LIMIT = 1_048_576
_TEXT_ONLY = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True, slots=True)
class Table:
    """One table on its way out: what it is called, its columns, and which of them hold text."""

    name: str
    columns: tuple[str, ...]
    is_text: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class ExportedBook:
    """What was written: files, rows by table, and what a reader must know."""

    files: tuple[Path, ...]
    rows: dict[str, int]
    warnings: tuple[str, ...]


def export_book(book: "Book", out_dir: Path, fmt: str = "csv") -> ExportedBook:
    """Write every record of the book into `out_dir`; `fmt` is csv, csv-exact, json or xlsx.

    `csv` is safe to open in a spreadsheet and can be read back exactly (see `unguarded`);
    nothing is overwritten. Raises UserError for another format or a folder that cannot be used.
    """
    write = _WRITERS.get(fmt)
    if write is None:
        known = ", ".join(_WRITERS)
        raise UserError(f"There is no export format {fmt}. Choose one of {known}.")
    with sqlite_in_words(), _private_copy(book) as copy:
        name = safe_file_name(book.path.stem, "book")
        out = _Out(copy, out_dir, Report(name, book.as_of().isoformat()))
        files = write(out)
    report = out.report
    return ExportedBook(tuple(files), report.rows, report.cleaner.warnings())


@contextmanager
def _private_copy(book: "Book") -> Iterator[sqlite3.Connection]:
    """One state of the book in a file of its own, so that a long export holds nobody up."""
    with tempfile.TemporaryDirectory(prefix="csplanner-") as folder:
        copy = sqlite3.connect(Path(folder) / "copy.csbook")
        try:
            book.connection.backup(copy)
            yield copy
        finally:
            copy.close()


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula; `unguarded` gives it back."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") else text


@dataclass(slots=True)
class Report:
    """What an export is called, of which day it is, and what it counted on the way."""

    stem: str
    as_of: str
    cleaner: Cleaner = field(default_factory=Cleaner)
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Out:
    """What every writer needs: the rows, the folder, the report."""

    connection: sqlite3.Connection
    folder: Path
    report: Report

    def tables(self) -> list[Table]:
        """Every table that holds records, judged lines or readings, in a fixed order."""
        return [self._table(name) for name in (*JOURNALLED, "reading", "overview", "change")]

    def _table(self, name: str) -> Table:
        found = self.connection.execute(f'pragma table_info("{name}")').fetchall()
        kept = [row for row in found if not (name == "overview" and row[1] == "id")]
        return Table(
            name,
            tuple(row[1] for row in kept),
            tuple(str(row[2]).casefold() == "text" for row in kept),
        )

    def read(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        """The rows of a table by its first column; counts them."""
        columns = ", ".join(f'"{c}"' for c in table.columns)
        rows = self.report.rows
        rows[table.name] = 0
        for row in self.connection.execute(
            f'select {columns} from "{table.name}" order by "{table.columns[0]}"'
        ):
            rows[table.name] += 1
            yield row


def _csv_safe(out: _Out) -> list[Path]:
    return [_csv(out, table, exact=False) for table in out.tables()]


def _csv_exact(out: _Out) -> list[Path]:
    return [_csv(out, table, exact=True) for table in out.tables()]


def _csv(out: _Out, table: Table, *, exact: bool) -> Path:
    """One file a table: UTF-8 with a mark, CRLF, every field quoted; NULL is an empty field
    without quotes.
    """
    with (
        placing(out.folder, f"{table.name}.csv") as placement,
        placement.temporary.open("w", encoding="utf-8-sig", newline="") as stream,
    ):
        stream.write(_line((EXPORT_MARK, *table.columns, *([] if exact else [GUARD_MARK]))))
        for row in out.read(table):
            cells = row if exact else _safe_cells(row, table, out.report.cleaner)
            stream.write(_line((table.name, *cells)))
    return placement.path


def _line(cells: tuple[Cell, ...]) -> str:
    """One CSV line; text is quoted always, numbers never, NULL is nothing at all."""
    parts = [
        "" if c is None else '"' + c.replace('"', '""') + '"' if isinstance(c, str) else str(c)
        for c in cells
    ]
    return ",".join(parts) + "\r\n"


def _safe_cells(row: tuple[Cell, ...], table: Table, cleaner: Cleaner) -> tuple[Cell, ...]:
    cells = [
        guarded(cleaner.text(str(cell))) if is_text and cell is not None else cell
        for cell, is_text in zip(row, table.is_text, strict=True)
    ]
    return (*cells, 1)


def _json(out: _Out) -> list[Path]:
    """One document, written row by row: format, version, tables with columns and rows."""
    head = {"format": "csplanner-book", "version": FORMAT_VERSION, "as_of": out.report.as_of}
    with (
        placing(out.folder, f"{out.report.stem}.json") as placement,
        placement.temporary.open("w", encoding="utf-8") as stream,
    ):
        stream.write(json.dumps(head)[:-1] + ', "tables": {')
        for number, table in enumerate(out.tables()):
            comma = ",\n" if number else "\n"
            columns = json.dumps(list(table.columns))
            stream.write(f'{comma}"{table.name}": {{"columns": {columns}, "rows": [')
            for at, row in enumerate(out.read(table)):
                stream.write(("," if at else "") + "\n" + json.dumps(list(row)))
            stream.write("]}")
        stream.write("\n}}\n")
    return [placement.path]


def _xlsx(out: _Out) -> list[Path]:
    """One workbook, a sheet a table; text cells are text whatever they begin with."""
    from xlsxwriter import Workbook

    with (
        placing(out.folder, f"{out.report.stem}.xlsx") as placement,
        Workbook(str(placement.temporary), _TEXT_ONLY) as workbook,
    ):
        workbook.set_properties({"title": "", "author": "", "comments": ""})
        heading = workbook.add_format({"bold": True})
        for table in out.tables():
            sheet = workbook.add_worksheet(table.name)
            sheet.freeze_panes(1, 0)
            for column, name in enumerate((EXPORT_MARK, *table.columns)):
                sheet.write_string(0, column, name, heading)
            for number, row in enumerate(out.read(table), 1):
                if number >= _ROW_LIMIT:
                    raise UserError(
                        f"The table {table.name} has more rows than a sheet can hold. "
                        "Export as CSV or JSON."
                    )
                _write_row(sheet, number, (table.name, *row), out.report.cleaner)
    return [placement.path]


def _write_row(sheet: "Worksheet", number: int, row: tuple[Cell, ...], cleaner: Cleaner) -> None:
    for column, cell in enumerate(row):
        if isinstance(cell, str):
            sheet.write_string(number, column, cleaner.text(cell, CELL_LIMIT))
        elif cell is not None:
            sheet.write_number(number, column, cell)


_WRITERS: dict[str, Callable[[_Out], list[Path]]] = {
    "csv": _csv_safe,
    "csv-exact": _csv_exact,
    "json": _json,
    "xlsx": _xlsx,
}
