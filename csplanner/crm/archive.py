"""Zip archives, checked before anything is unpacked: workbooks, and exports of many CSV files."""

import re
import zipfile
import zlib
from io import BytesIO

from csplanner.crm.csv_table import read_csv
from csplanner.crm.stored import Stored, of_bytes
from csplanner.crm.table import EmptyFileError, LeftOut, Table
from csplanner.errors import UserError

MAX_FILE = 100 << 20
MAX_TOTAL = 200 << 20
MAX_PART = 100 << 20
MAX_PARTS = 2_000
MAX_RATIO = 200
RATIO_FROM = 10 << 20
"""Parts below this size may be packed as tightly as they like."""
FURNITURE = "Your system put it there; it is no export."


def read_zip(stored: Stored) -> tuple[list[Table], list[LeftOut]]:
    """The tables in a workbook or an archive of CSV files, and what else the archive holds.

    Raises UserError when it is unsafe.
    """
    name = stored.name
    if stored.size > MAX_FILE:
        raise UserError(f"{name} is larger than 100 MB. Export it in parts.")
    data = stored.read()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check(archive, name)
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                _refuse_harmful(archive, name)
            else:
                return _members(archive, name)
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError,
    ):  # fmt: skip
        raise UserError(f"{name} is damaged and cannot be unpacked. Export it again.") from None
    from csplanner.crm.xlsx_table import read_xlsx

    return read_xlsx(name, data), []


def check(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse an archive that is too large unpacked, too tightly packed, encrypted or tricky."""
    parts = archive.infolist()
    unsafe = UserError(
        f"{name} unpacks to far more than an export would and may be harmful. Export it again."
    )
    if len(parts) > MAX_PARTS or sum(p.file_size for p in parts) > MAX_TOTAL:
        raise unsafe
    ends = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.file_size > MAX_PART or part.header_offset < ends:
            raise unsafe
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size:
            raise unsafe
        if part.flag_bits & 0x1:
            raise UserError(f"{name} is protected by a password. Save it without, then import it.")
        path = part.filename
        if path.startswith("/") or ".." in path.split("/") or "\\" in path or ":" in path:
            raise UserError(f"{name} holds a file with an unsafe name. Export it again.")
        ends = part.header_offset + part.compress_size


def _refuse_harmful(archive: zipfile.ZipFile, name: str) -> None:
    for part in archive.infolist():
        path = part.filename.casefold()
        if path.endswith((".xml", ".rels")):
            data = archive.read(part)
            _refuse_doctype(data, name)
            if path.startswith("xl/worksheets/"):
                _refuse_far_cells(data, name)


def _refuse_doctype(data: bytes, name: str) -> None:
    """Refuse declared entities wherever they stand, in whatever width the letters are."""
    letters = data.replace(b"\0", b"") if b"\0" in data[:8] else data
    if b"<!DOCTYPE" in letters:
        raise UserError(f"{name} holds markup no workbook needs. Save it as XLSX again.")


def _refuse_far_cells(sheet: bytes, name: str) -> None:
    """Refuse a sheet with a cell far outside its table: all between would have to be held."""
    rows = [int(n) for n in re.findall(rb'<row [^>]*?\br="(\d{1,9})"', sheet)]
    wide = re.search(rb'<c [^>]*?\br="[A-Z]{3}\d', sheet)
    if wide or (rows and max(rows) > 20 * len(rows) + 10_000):
        raise UserError(
            f"{name} has a cell far outside its table. Delete it, then import the file again."
        )


def is_furniture(path: str) -> bool:
    """Whether a system put that file beside others, such as `.DS_Store` or `__MACOSX/._x.csv`."""
    *folders, file = path.split("/")
    return (
        "__MACOSX" in folders
        or file.startswith((".", "~$"))
        or file.casefold() in ("thumbs.db", "desktop.ini")
    )


def _members(archive: zipfile.ZipFile, name: str) -> tuple[list[Table], list[LeftOut]]:
    tables: list[Table] = []
    left: list[LeftOut] = []
    for part in sorted(archive.infolist(), key=lambda p: p.filename):
        shown = f"{name} › {part.filename}"
        if part.is_dir():
            continue
        if is_furniture(part.filename):
            left.append(LeftOut(shown, FURNITURE))
            continue
        if not part.filename.casefold().endswith(".csv"):
            left.append(LeftOut(shown, "It is no CSV file."))
            continue
        with archive.open(part) as stream:
            data = stream.read(MAX_PART + 1)
        if len(data) > MAX_PART:
            raise UserError(f"{name} lies about the size of its files. Export it again.")
        try:
            tables.append(read_csv(of_bytes(shown, data)))
        except EmptyFileError:
            left.append(LeftOut(shown, "It is empty."))
    return tables, left
