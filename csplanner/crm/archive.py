"""Zip archives, checked before anything is unpacked: workbooks, and exports of many CSV files."""

import zipfile
import zlib
from io import BytesIO

from csplanner.book.zip_guard import Limits, check_package, refuse_harmful
from csplanner.crm.csv_table import read_csv
from csplanner.crm.stored import Stored, of_bytes
from csplanner.crm.table import EmptyFileError, LeftOut, Table
from csplanner.errors import UserError

_LIMITS = Limits()
FURNITURE = "Your system put it there; it is no export."


def read_zip(stored: Stored) -> tuple[list[Table], list[LeftOut]]:
    """The tables in a workbook or an archive of CSV files, and what else the archive holds.

    Raises UserError when it is unsafe.
    """
    name = stored.name
    if stored.size > _LIMITS.file:
        raise UserError(f"{name} is larger than 100 MB. Export it in parts.")
    data = stored.read()
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            check_package(archive, name, _LIMITS)
            names = archive.namelist()
            if "[Content_Types].xml" in names:
                refuse_harmful(archive, name)
            else:
                return _members(archive, name)
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError,
    ):  # fmt: skip
        raise UserError(f"{name} is damaged and cannot be unpacked. Export it again.") from None
    from csplanner.crm.xlsx_table import read_xlsx

    return read_xlsx(name, data), []


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
            data = stream.read(_LIMITS.part + 1)
        if len(data) > _LIMITS.part:
            raise UserError(f"{name} lies about the size of its files. Export it again.")
        try:
            tables.append(read_csv(of_bytes(shown, data)))
        except EmptyFileError:
            left.append(LeftOut(shown, "It is empty."))
    return tables, left
