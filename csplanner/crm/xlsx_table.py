"""Workbooks: every visible sheet that has a header, with dates and numbers as plain text."""

import hashlib
from datetime import date, datetime, time, timedelta
from io import BytesIO

from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, table_of_records
from csplanner.crm.table import Table
from csplanner.errors import UserError

_Value = int | float | str | bool | time | date | datetime | timedelta


def read_xlsx(name: str, data: bytes) -> list[Table]:
    """The tables of a workbook whose archive was checked; UserError when it cannot be read."""
    from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

    digest = hashlib.sha256(data).hexdigest()
    tables = []
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        visible = [s.name for s in book.sheets_metadata if s.visible is SheetVisibleEnum.Visible]
        for sheet in visible:
            values = book.get_sheet_by_name(sheet).to_python(skip_empty_area=True)
            records = _unindented([[_text(v) for v in row] for row in values])
            if any(header_score(r) > 1 for r in records[:HEADER_WITHIN]):
                shown = name if len(visible) == 1 else f"{name} › {sheet}"
                tables.append(
                    table_of_records(shown, records, "XLSX", sha256=digest, size=len(data))
                )
    except CalamineError:
        raise UserError(f"{name} is no workbook that can be read. Save it as XLSX again.") from None
    return tables


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


def _unindented(records: list[list[str]]) -> list[list[str]]:
    """Without the empty columns at the left that formatted reports have."""
    lead = min(
        (next((i for i, c in enumerate(r) if c), len(r)) for r in records if any(r)), default=0
    )
    return [r[lead:] for r in records] if lead else records
