"""Zip packages of others, looked through before anything in them is unpacked or parsed."""

import re
import zipfile
from dataclasses import dataclass

from csplanner.errors import UserError


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a package may be: the file, all its parts unpacked, one part (bytes), how many
    parts, and how tightly those above `ratio_from` may be packed.
    """

    file: int = 100 << 20
    total: int = 200 << 20
    part: int = 100 << 20
    parts: int = 2_000
    ratio: int = 200
    ratio_from: int = 10 << 20


OWN_LIMITS = Limits(file=1 << 30, total=2 << 30, part=1 << 30, ratio_from=100 << 20)
"""For workbooks csplanner has exported, which hold a whole book, and texts that may be packed more
tightly than those of others: a line drawn with 40,000 dashes.
"""


def check_package(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    """Refuse an archive that is too large unpacked, too tightly packed, encrypted or tricky."""
    parts = archive.infolist()
    unsafe = UserError(
        f"{name} unpacks to far more than an export would and may be harmful. Export it again."
    )
    if len(parts) > limits.parts or sum(p.file_size for p in parts) > limits.total:
        raise unsafe
    ends = 0
    for part in sorted(parts, key=lambda p: p.header_offset):
        if part.file_size > limits.part or part.header_offset < ends:
            raise unsafe
        if part.file_size > limits.ratio_from and (
            part.file_size > limits.ratio * part.compress_size
        ):
            raise unsafe
        if part.flag_bits & 0x1:
            raise UserError(f"{name} is protected by a password. Save it without, then import it.")
        path = part.filename
        if path.startswith("/") or ".." in path.split("/") or "\\" in path or ":" in path:
            raise UserError(f"{name} holds a file with an unsafe name. Export it again.")
        ends = part.header_offset + part.compress_size


def refuse_harmful(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook with declared entities or cells far outside their table."""
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
