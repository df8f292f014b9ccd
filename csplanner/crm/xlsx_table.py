"""Workbooks: every visible sheet that holds a table, with dates and numbers as plain text."""

import hashlib
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from csplanner.crm.dynamics import Told, english, told_in
from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, table_of_records
from csplanner.crm.number_formats import Marks, marks_of, sheet_parts
from csplanner.crm.table import LeftOut, Table
from csplanner.errors import UserError

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

_Value = int | float | str | bool | time | date | datetime | timedelta
_MOST_SHEETS = 200
_MOST_FILLED = 5_000_000


def read_xlsx(name: str, data: bytes) -> tuple[list[Table], list[LeftOut]]:
    """The tables of a workbook whose archive was checked, and the sheets that hold none.

    Raises UserError when it cannot be read.
    """
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return _Sheets(name, data, archive).read(CalamineWorkbook.from_filelike(BytesIO(data)))
    except CalamineError:
        raise UserError(f"{name} is no workbook that can be read. Save it as XLSX again.") from None


class _Sheets:
    """The sheets of one workbook."""

    def __init__(self, name: str, data: bytes, archive: zipfile.ZipFile) -> None:
        self.name = name
        self.size = len(data)
        self.digest = hashlib.sha256(data).hexdigest()
        self.archive = archive

    def read(self, book: "CalamineWorkbook") -> tuple[list[Table], list[LeftOut]]:
        from python_calamine import SheetTypeEnum, SheetVisibleEnum

        sheets = book.sheets_metadata[:_MOST_SHEETS]
        visible = [m.visible is SheetVisibleEnum.Visible for m in sheets]
        parts = sheet_parts(self.archive)
        parts = parts if len(parts) == len(book.sheets_metadata) else [""] * len(sheets)
        tables: list[Table] = []
        left: list[LeftOut] = []
        told: list[Told] = []
        for meta, shown, part in zip(sheets, visible, parts, strict=False):
            label = self.name if sum(visible) == 1 and shown else f"{self.name} › {meta.name}"
            if meta.typ is not SheetTypeEnum.WorkSheet:
                left.append(LeftOut(label, "It is a chart or a macro, no table."))
                continue
            sheet = book.get_sheet_by_name(meta.name)
            if not shown:
                told += _told(sheet)
                left += [] if _told(sheet) else [LeftOut(label, "It is a hidden sheet.")]
                continue
            table = self._table(label, sheet, part)
            if table is None:
                left.append(LeftOut(label, "It holds no table."))
            else:
                tables.append(table)
        _name(tables, told)
        return tables, left

    def _table(self, label: str, sheet: "CalamineSheet", part: str) -> Table | None:
        if sheet.start is None:
            return None
        marks, hidden = marks_of(self.archive, part) if part else ({}, 0)
        records = _records(sheet, marks)
        known = any(header_score(r) > 1 for r in records[:HEADER_WITHIN])
        if not known and (len(records) < 2 or max(sum(map(bool, r)) for r in records) < 2):
            return None
        first = sheet.start[0] + 1
        table = table_of_records(
            label, records, "XLSX", sha256=self.digest, size=self.size, first=first
        )
        if hidden:
            rows = "One row is" if hidden == 1 else f"{hidden:,} rows are"
            table.note(f"{rows} hidden in it, by a filter perhaps, and read all the same.")
        return table


def _told(sheet: "CalamineSheet") -> list[Told]:
    rows = sheet.to_python(nrows=1)
    found = told_in(str(rows[0][0])) if rows and rows[0] else None
    return [] if found is None else [found]


def _name(tables: list[Table], told: list[Told]) -> None:
    """Give each table the names a hidden sheet has for its columns."""
    for table in tables:
        best = max(told, key=lambda t: len(t.titles.keys() & set(table.headers)), default=None)
        if best is not None and 2 * len(best.titles.keys() & set(table.headers)) > len(
            table.headers
        ):
            table.names = english(best, table.headers)
            table.entity, table.origin = best.entity, "Dynamics 365"


def _records(sheet: "CalamineSheet", marks: Marks) -> list[list[str]]:
    """The cells as text, without empty columns at the left; merged ones are filled down."""
    start = sheet.start or (0, 0)
    records = []
    for number, row in enumerate(sheet.to_python(skip_empty_area=True), start[0]):
        cells = [v if isinstance(v, str) else _text(v) for v in row]
        if marks:
            for at, value in enumerate(row):
                mark = marks.get((number, start[1] + at))
                if mark and isinstance(value, int | float) and not isinstance(value, bool):
                    cells[at] = f"{value * 100:g}%" if mark == "%" else f"{mark} {cells[at]}"
        records.append(cells)
    _fill_down(records, sheet.merged_cell_ranges or [], start)
    lead = min(
        (next((i for i, c in enumerate(r) if c), len(r)) for r in records if any(r)), default=0
    )
    return [r[lead:] for r in records] if lead else records


def _fill_down(
    records: list[list[str]],
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]],
    start: tuple[int, int],
) -> None:
    fillable = _MOST_FILLED
    for (top, left), (bottom, _) in merged:
        at, row = left - start[1], top - start[0]
        fillable -= min(bottom, len(records)) - row
        if fillable < 0 or bottom == top or row < 0 or at < 0:
            continue
        if row < len(records) and at < len(records[row]):
            for below in records[row + 1 : bottom - start[0] + 1]:
                below[at] = below[at] or records[row][at]


def _text(value: _Value) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
