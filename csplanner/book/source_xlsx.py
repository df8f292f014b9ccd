"""An exported workbook as a source of a book; looked through before it is parsed."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csplanner.book.exact_texts import EXACT_TEXTS, ExactTexts
from csplanner.book.export_tables import CONTENTS, EXPORT_MARK, FORMAT, Head
from csplanner.book.rows import Cell
from csplanner.book.sources import (
    FIRST_FORMAT,
    Source,
    SourceTable,
    damaged,
    head_of,
    in_step,
    no_export,
)
from csplanner.book.zip_guard import OWN_LIMITS, check_package, refuse_harmful
from csplanner.errors import UserError

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook


@contextmanager
def xlsx_source(path: Path) -> Iterator[Source]:
    """The sheets of an exported workbook; raises UserError when it is unsafe or none of ours."""
    from python_calamine import CalamineError, CalamineWorkbook

    data = _looked_through(path)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            yield _Workbook(workbook, path.name)
    except CalamineError:
        raise damaged(path.name) from None


def _looked_through(path: Path) -> bytes:
    """The bytes of the workbook, found harmless."""
    name = path.name
    if path.stat().st_size > OWN_LIMITS.file:
        raise UserError(f"{name} is larger than 1 GB, which no workbook of csplanner is.")
    data = path.read_bytes()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_package(archive, name, OWN_LIMITS)
            if "[Content_Types].xml" not in archive.namelist():
                raise UserError(f"{name} is an archive. Unpack it, then choose the folder.")
            refuse_harmful(archive, name)
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError,
    ):  # fmt: skip
        raise damaged(name) from None
    return data


class _Workbook:
    """The sheets that carry our mark."""

    blank_is_empty = True

    def __init__(self, workbook: "CalamineWorkbook", name: str) -> None:
        self._workbook = workbook
        self._name = name
        sheets = list(workbook.sheet_names)
        self.head = head_of(self._told(), name) if CONTENTS in sheets else Head(1)
        exact = self._read(EXACT_TEXTS) if EXACT_TEXTS in sheets else None
        self._exact = ExactTexts(exact.rows if exact else ())
        self._sheets = [s for s in sheets if s not in (CONTENTS, EXACT_TEXTS)]
        expected = self.head.rows if CONTENTS in sheets else FIRST_FORMAT
        missing = sorted({*expected} - {*sheets})
        if len(missing) == len(expected):
            raise no_export(name)
        if missing:
            raise UserError(
                f"{name} is not complete: the sheet {missing[0]} is missing. Export the book again."
            )

    def tables(self) -> Iterator[SourceTable]:
        """One table a sheet."""
        for name in self._sheets:
            found = self._read(name)
            rows = self._exact.put_back(name, found.columns, found.rows)
            yield SourceTable(name, found.columns, rows)

    def _read(self, name: str) -> SourceTable:
        sheet = self._workbook.get_sheet_by_name(name)
        rows = sheet.iter_rows()
        heading = [str(cell).strip() for cell in next(rows, [])]
        if EXPORT_MARK not in heading:
            raise damaged(f"{self._name} (sheet {name})")
        mark = heading.index(EXPORT_MARK)
        columns = tuple(c for i, c in enumerate(heading) if i != mark)
        return SourceTable(name, columns, in_step(columns, self._bare(rows, mark, name), name))

    def _bare(self, rows: Iterator[list[Any]], mark: int, name: str) -> Iterator[Sequence[Cell]]:
        for row in rows:
            cells = [_cell(value) for value in row]
            told = cells.pop(mark)
            if told is None and not any(c is not None for c in cells):
                continue
            if told != name:
                raise damaged(f"{self._name} (sheet {name})")
            yield cells

    def _told(self) -> dict[str, object]:
        rows: dict[str, Cell] = {}
        told: dict[str, object] = {"format": FORMAT, "rows": rows}
        for what, of, value, *_ in self._read(CONTENTS).rows:
            if what == "rows":
                rows[str(of)] = value
            else:
                told[str(what)] = value
        return told


def _cell(value: Any) -> Cell:  # noqa: ANN401 - whatever the sheet holds
    """A cell as a column takes it; an empty one is None, be it a text or not."""
    if isinstance(value, str):
        return value or None
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return int(value) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return value.isoformat()
    return value.isoformat() if isinstance(value, date) else value if value is None else str(value)
