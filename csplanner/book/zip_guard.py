"""Zip packages of others, looked through before anything in them is unpacked or parsed."""

import re
import zipfile
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from csplanner.errors import UserError

_END_WITHIN = 66_000
"""The end of an archive's list of parts stands within so many last bytes."""
_LISTED_PER_PART = 1_000
_CELL = re.compile(rb"\br\s*=\s*[\"']\$?([A-Za-z]{0,20})\$?(\d{1,40})[\"']")
"""A cell with its place, or a row, which has no letters."""
_MOST_LETTERS, _MOST_DIGITS = 3, 7
"""No sheet has columns or rows further out: XFD, 1048576."""
_TEXT_ENDS = re.compile(rb"</(?:\w+:)?si>")
_STEP = 4 << 20
_SPARSE = 8_000_000
"""So many cells of a sheet may be empty between others, at about 40 bytes each."""
_TEXT_USED = re.compile(rb"\bt=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>(\d{1,9})<")
_MOST_TEXT = 1 << 30
"""So many bytes the cells of a workbook may hold, the texts they share counted for each."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"\x01\x00\x00\x00", b"\xd7\xcd\xc6\x9a")
"""How pictures begin. What a part is called tells nothing: a sheet may be named as one."""


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
    unsafe = _unsafe(name)
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


def check_directory(stream: BinaryIO, name: str, limits: Limits) -> None:
    """Refuse an archive whose list of parts is too long, before that list is read.

    An archive without a list is left for `zipfile` to refuse.
    """
    size = stream.seek(0, 2)
    stream.seek(max(0, size - _END_WITHIN))
    tail = stream.read(_END_WITHIN)
    stream.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) < at + 20:
        return
    if b"PK\x06\x07" in tail[max(0, at - 20) : at]:
        raise UserError(
            f"{name} is an archive for far larger files than an export. Pack it anew as a plain "
            "zip, or unpack it."
        )
    parts = int.from_bytes(tail[at + 10 : at + 12], "little")
    listed = int.from_bytes(tail[at + 12 : at + 16], "little")
    if parts > limits.parts or listed > limits.parts * _LISTED_PER_PART:
        raise _unsafe(name)


def _unsafe(name: str) -> UserError:
    return UserError(
        f"{name} unpacks to far more than an export would and may be harmful. Export it again."
    )


def refuse_harmful(archive: zipfile.ZipFile, name: str) -> None:
    """Refuse a workbook with declared entities, cells far outside their table, texts that would
    fill the memory when each cell holds one, or sheets in a form that cannot be looked through.
    """
    texts: list[int] = []
    uses: Counter[bytes] = Counter()
    for part in archive.infolist():
        path = part.filename.casefold()
        if path.endswith("workbook.bin"):
            raise UserError(f"{name} is a binary workbook. Save it as XLSX, then import it.")
        data = archive.read(part)
        if data.startswith(_PICTURES):
            continue
        _refuse_doctype(data, name)
        if b"sheetData" in data or b"<row" in data:
            _refuse_far_cells(data, name)
            uses.update(_TEXT_USED.findall(data))
        elif b"<sst" in data or b":sst" in data:
            ends = [found.end() for found in _TEXT_ENDS.finditer(data)]
            texts = [end - start for start, end in pairwise([0, *ends])]
    filled = sum(texts[int(at)] * n for at, n in uses.items() if int(at) < len(texts))
    if filled > _MOST_TEXT:
        raise _unsafe(name)


def _refuse_doctype(data: bytes, name: str) -> None:
    """Refuse declared entities wherever they stand, in whatever width the letters are."""
    letters = data.replace(b"\0", b"") if b"\0" in data[:8] else data
    if b"<!DOCTYPE" in letters:
        raise UserError(f"{name} holds markup no workbook needs. Save it as XLSX again.")


def _refuse_far_cells(sheet: bytes, name: str) -> None:
    """Refuse a sheet with a cell far outside its table: all before it would have to be gone
    through, from the first row and column on.
    """
    cells = right = bottom = 0
    for at in range(0, len(sheet), _STEP):
        # Blocks overlap, so that a cell at the edge is seen; twice does no harm.
        found = _CELL.findall(sheet[at : at + _STEP + 200])
        cells += sum(1 for letters, _ in found if letters)
        if found:
            if any(len(c) > _MOST_LETTERS or len(r) > _MOST_DIGITS for c, r in found):
                raise _far(name)
            named = {letters for letters, _ in found} - {b""}
            right = max(right, 1, *map(_column, named))
            bottom = max(bottom, *(int(row) for _, row in found))
    area = right * bottom
    if area > max(_SPARSE, 4 * cells) or (area > _SPARSE // 8 and area > 1_000 * cells):
        raise _far(name)


def _far(name: str) -> UserError:
    return UserError(
        f"{name} has a cell far outside its table. Delete it, then import the file again."
    )


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
