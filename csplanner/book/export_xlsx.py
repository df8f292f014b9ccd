"""The whole book as one workbook: a sheet a table, text that is always text, nothing lost."""

import zipfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.exact_texts import Fitter
from csplanner.book.export import CONTENTS_TABLE, EXACT_TABLE, Out
from csplanner.book.export_tables import EXPORT_MARK, Table
from csplanner.book.outgoing import placing
from csplanner.book.rows import Cell
from csplanner.book.zip_guard import OWN_LIMITS
from csplanner.errors import UserError

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_ROW_LIMIT = 1_048_576
_EXACT_TO = 10**15
"""Whole numbers below this are the same in a spreadsheet, which holds 15 digits."""

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_workbook(out: Out) -> Path:
    """Write the workbook and return its path; raises UserError when a table has too many rows."""
    from xlsxwriter import Workbook
    from xlsxwriter.exceptions import FileCreateError

    with placing(out.folder, f"{out.copy.stem}.xlsx") as placement:
        options = {**_OPTIONS, "tmpdir": str(out.copy.scratch)}
        workbook = Workbook(str(placement.temporary), options)
        try:
            _Sheets(workbook, out).write()
            workbook.close()
        except FileCreateError as error:
            raise _cause(error) from error
        finally:
            # Closed or not: it must not try again when it is thrown away.
            workbook.fileclosed = True
            _let_go_of_rows(workbook)
        if _is_too_large(placement.temporary):
            out.warnings.append(
                "The workbook is larger than csplanner reads back. Export as JSON to make a "
                "book of it again."
            )
    return placement.path


def _let_go_of_rows(workbook: "Workbook") -> None:
    """Close the files that rows of sheets wait in; a workbook that failed leaves them open."""
    for sheet in workbook.worksheets():
        waiting = getattr(sheet, "row_data_fh", None)
        if waiting is not None:
            with suppress(OSError, ValueError):
                waiting.close()


def _cause(error: Exception) -> OSError:
    first = error.args[0] if error.args else None
    return first if isinstance(first, OSError) else OSError(str(error))


def _is_too_large(path: Path) -> bool:
    with zipfile.ZipFile(path) as archive:
        sizes = [part.file_size for part in archive.infolist()]
    return sum(sizes) > OWN_LIMITS.total or max(sizes) > OWN_LIMITS.part


class _Sheet:
    """One sheet that grows row by row."""

    def __init__(self, sheet: "Worksheet", table: Table) -> None:
        self._sheet = sheet
        self._table = table
        self._next = 1

    def add(self, row: tuple[Cell, ...]) -> None:
        """Write the next row, every text as text."""
        if self._next >= _ROW_LIMIT:
            raise UserError(
                f"The table {self._table.name} has more rows than a sheet can hold. "
                "Export as CSV or JSON."
            )
        for column, cell in enumerate((self._table.name, *row)):
            if isinstance(cell, str):
                self._sheet.write_string(self._next, column, cell)
            elif cell is None:
                continue
            elif -_EXACT_TO < cell < _EXACT_TO:
                self._sheet.write_number(self._next, column, cell)
            else:
                self._sheet.write_string(self._next, column, str(cell))
        self._next += 1


class _Sheets:
    """The sheets of a workbook: what it holds, the tables, and the texts no cell can hold."""

    def __init__(self, workbook: "Workbook", out: Out) -> None:
        self._workbook = workbook
        self._out = out
        workbook.set_properties({"title": "", "author": "", "comments": ""})
        self._heading = workbook.add_format({"bold": True})

    def write(self) -> None:
        """Write them all; the list of contents last, when the exact texts are counted."""
        contents = self._sheet(CONTENTS_TABLE)
        exact = self._sheet(EXACT_TABLE)
        fitter = Fitter(exact.add, tells_empty_apart=False)
        for table in self._out.copy.tables():
            sheet = self._sheet(table)
            for row in self._out.read(table):
                sheet.add(fitter.fit(row, table))
        for line in self._out.contents(fitter.parts):
            contents.add(line)
        self._out.tell_what_did_not_fit(fitter)

    def _sheet(self, table: Table) -> _Sheet:
        sheet = self._workbook.add_worksheet(table.name)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate((EXPORT_MARK, *table.columns)):
            sheet.write_string(0, column, name, self._heading)
        return _Sheet(sheet, table)
