"""Zip archives, checked before anything is unpacked: workbooks, and exports of many files."""

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from io import BytesIO

from csplanner.book.zip_guard import Limits, check_directory, check_package, refuse_harmful
from csplanner.crm.kinds import packed_refusal
from csplanner.crm.stored import Stored, of_bytes
from csplanner.crm.table import EmptyFileError, LeftOut, NoTableError, Table
from csplanner.errors import UserError

_LIMITS = Limits()
_NEVER = (".txt", ".md", ".pdf", ".yml", ".yaml", ".png", ".jpg", ".jpeg", ".gif", ".docx", ".pptx")
_WORKBOOK = "[Content_Types].xml"
FURNITURE = "Your system put it there; it is no export."
NO_TABLE = "It is no table."
Read = tuple[list[Table], list[LeftOut]]
"""Tables, and what is left out beside them."""


def read_zip(stored: Stored, read: Callable[[Stored], Read]) -> Read:
    """The tables in a workbook or an archive of exports, and what else the archive holds.

    Each member is read by `read`. Raises UserError when the archive is unsafe.
    """
    name = stored.name
    if stored.size > _LIMITS.file:
        raise UserError(f"{name} is larger than 100 MB. Export it in parts.")
    with _damage_in_words(name):
        with stored.open() as stream:
            check_directory(stream, name, _LIMITS)
            with zipfile.ZipFile(stream) as archive:
                check_package(archive, name, _LIMITS)
                names = archive.namelist()
        if why := packed_refusal(name, names):
            raise NoTableError(why)
        data = stored.read()
        with zipfile.ZipFile(BytesIO(data)) as archive:
            if _WORKBOOK not in names:
                return _members(archive, name, read)
            refuse_harmful(archive, name)
    from csplanner.crm.xlsx_table import read_xlsx

    return read_xlsx(name, data)


@contextmanager
def _damage_in_words(name: str) -> Iterator[None]:
    try:
        yield
    except (
        zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError, RuntimeError, OSError,
        ValueError,
    ):  # fmt: skip
        raise UserError(f"{name} is damaged and cannot be unpacked. Export it again.") from None


def is_furniture(path: str) -> bool:
    """Whether a system put that file beside others, such as `.DS_Store` or `__MACOSX/._x.csv`."""
    *folders, file = path.split("/")
    return (
        "__MACOSX" in folders
        or file.startswith((".", "~$"))
        or file.casefold() in ("thumbs.db", "desktop.ini")
    )


def _members(archive: zipfile.ZipFile, name: str, read: Callable[[Stored], Read]) -> Read:
    tables: list[Table] = []
    left: list[LeftOut] = []
    unpacked = sum(part.file_size for part in archive.infolist())
    for part in sorted(archive.infolist(), key=lambda p: p.filename):
        shown = f"{name} › {part.filename}"
        if part.is_dir():
            continue
        if is_furniture(part.filename):
            left.append(LeftOut(shown, FURNITURE))
            continue
        if part.filename.casefold().endswith(_NEVER):
            left.append(LeftOut(shown, NO_TABLE))
            continue
        with archive.open(part) as stream:
            data = stream.read(_LIMITS.part + 1)
        if len(data) > _LIMITS.part:
            raise UserError(f"{name} lies about the size of its files. Export it again.")
        member = of_bytes(shown, data)
        if data.startswith(b"PK"):
            unpacked += _refuse_nested(member, _LIMITS.total - unpacked)
        found, beside = _read_member(member, read)
        tables += found
        left += beside or ([] if found else [LeftOut(shown, NO_TABLE)])
    return tables, left


def _read_member(member: Stored, read: Callable[[Stored], Read]) -> Read:
    try:
        return read(member)
    except EmptyFileError:
        return [], [LeftOut(member.name, "It is empty.")]
    except NoTableError as error:
        return [], [LeftOut(member.name, str(error).replace(member.name, "It", 1))]


def _refuse_nested(member: Stored, allowed: int) -> int:
    """Refuse archives in an archive but workbooks; tells how much a workbook unpacks to."""
    with member.open() as stream:
        check_directory(stream, member.name, _LIMITS)
        with zipfile.ZipFile(stream) as archive:
            check_package(archive, member.name, replace(_LIMITS, total=max(0, allowed)))
            if _WORKBOOK not in archive.namelist():
                raise UserError(
                    f"{member.name} is an archive within an archive. Unpack the outer one, then "
                    "choose the folder."
                )
            return sum(part.file_size for part in archive.infolist())
