"""Damaged files by number: always the same for the same number. Run apart, under limits, as
`python -m tests.crm.damage FIRST LAST`: one line of JSON per file.
"""

import io
import json
import random
import resource
import shutil
import signal
import sys
import tempfile
import zipfile
from datetime import date
from pathlib import Path
from types import FrameType
from typing import NoReturn

from csplanner.book.book import Book
from csplanner.crm.importing import Options, apply, stage
from csplanner.errors import UserError
from tests.crm.seed_shapes import seeds

TODAY = date(2026, 3, 12)
SECONDS = 10
MEMORY = 512 << 20
"""Bytes of address space the process that reads damaged files may take."""
_SPLICES = (
    b'"', b"\n", b"\r", b",", b";", b"\t", b"\xff\xfe", b"\0", b"\0\0\0", b"1e999", b"NaN", b"-",
    b"0000-00-00", b"[[", b"{", b"}", b"\\N", b"9" * 400, b"<!--", b"<table>", b"&#x110000;",
    b"\xef\xbb\xbf", b"=1+1", b"#N/A", "Ã©".encode(), "\u202e".encode(), b"\x1a", b'""', b"PK\3\4",
    b"sep=", b"\xed\xa0\x80", b"\\ud800", b"null", b"A" * 5000, b",,,,,,,,,",
)  # fmt: skip
_XML = (
    b"<row>", b"</row>", b'r="XFD1048576"', b'r="A0"', b't="s"', b't="e"', b's="99999"',
    b"<v>-1</v>",
    b"<v>1e308</v>", b"<v/>", b"<!DOCTYPE x>", b"</sheetData>", b"<v>99999999</v>", b'r="ZZZZ1"',
    b"<mergeCell ref='A1:XFD1048576'/>", b"&lt;", b"&amp", b'count="4294967295"', b'r="1"',
)  # fmt: skip


def damaged(number: int, shapes: dict[str, bytes]) -> tuple[str, bytes]:
    """The name and the bytes of the damaged file with that number."""
    chance = random.Random(number)
    name = sorted(shapes)[number % len(shapes)]
    data = shapes[name]
    if zipfile.is_zipfile(io.BytesIO(data)) and chance.random() < 0.7:
        return name, _repacked(data, chance)
    other = shapes[chance.choice(sorted(shapes))]
    return name, _mutated(data, chance, (*_SPLICES, other[: chance.randrange(1, 400)]))


def _mutated(data: bytes, chance: random.Random, splices: tuple[bytes, ...]) -> bytes:
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 12))):
        at = chance.randrange(len(found) + 1)
        kind = chance.randrange(7)
        if kind == 0 and at < len(found):
            found[at] ^= 1 << chance.randrange(8)
        elif kind == 1:
            found[at : at + 1] = bytes([chance.randrange(256)])
        elif kind == 2:
            del found[at : at + chance.randrange(1, 60)]
        elif kind == 3 and chance.random() < 0.4:
            del found[at:]
        elif kind == 4:
            piece = bytes(found[at : at + chance.randrange(1, 200)])
            found[at:at] = piece * chance.choice((1, 2, 40))
        else:
            found[at:at] = chance.choice(splices)
    return bytes(found)


def _repacked(data: bytes, chance: random.Random) -> bytes:
    """The archive with one of its parts damaged, packed so that it opens."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {i.filename: archive.read(i) for i in archive.infolist()}
    wanted = [n for n in parts if "sheet" in n or "workbook" in n or "styles" in n or ".csv" in n]
    name = chance.choice(wanted)
    parts[name] = _mutated(parts[name], chance, (*_XML, *_SPLICES))
    if chance.random() < 0.1:
        del parts[chance.choice(sorted(parts))]
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    return out.getvalue()


def taken_in(book: Path, path: Path) -> str:
    """`refused` or `taken`, after seeing that the book is as before or has all of one change.

    Raises AssertionError when it is neither, and what the import raises besides UserError.
    """
    before = book.read_bytes()
    try:
        staged = stage([path], book, Options(date_order="dmy", decimal=".", today=TODAY,
                                             as_of=date(2026, 3, 1), currency="EUR"))  # fmt: skip
    except UserError as error:
        _see_a_sentence(error)
        _see(book.read_bytes() == before, "the book changed")
        return "refused"
    _see(book.read_bytes() == before, "the book changed")
    try:
        with Book.open(book, today=TODAY) as opened:
            made = apply(opened, staged)
            loose = opened.connection.execute("pragma foreign_key_check").fetchall()
            _see(not loose, f"{len(loose)} rows point nowhere")
            _see(len(opened.snapshots.all()) == 1 + (made is not None), "half an import")
    except UserError as error:
        _see_a_sentence(error)
        with Book.open(book, today=TODAY) as opened:
            _see(len(opened.snapshots.all()) == 1, "half an import")
        return "refused"
    finally:
        staged.discard()
    return "taken"


def _see_a_sentence(error: UserError) -> None:
    _see(str(error).endswith(".") and "\n" not in str(error), f"no sentence: {error}")


def _see(fact: bool, words: str) -> None:
    if not fact:
        raise AssertionError(words)


def ready_book(folder: Path) -> Path:
    """A book with a few accounts, closed, for imports that add to them."""
    path = folder / "base.csbook"
    source = folder / "Account 2026-02-01.csv"
    source.write_text("Id,Name\n001Nq00000J1MpfIAF,Acme\n001Nq00000J1MpgIAF,Bolt\n")
    with Book.create(path, today=TODAY) as made:
        staged = stage([source], path, Options(source="Salesforce", today=TODAY))
        apply(made, staged)
        staged.discard()
    return path


def _too_long(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise TimeoutError(f"longer than {SECONDS} seconds")


def main(first: int, last: int) -> int:
    """Take in the damaged files from `first` to before `last`; says each outcome."""
    with tempfile.TemporaryDirectory(prefix="csplanner-damage-") as name:
        folder = Path(name)
        base, shapes = ready_book(folder), seeds()
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGALRM, _too_long)
        for number in range(first, last):
            file, data = damaged(number, shapes)
            path, book = folder / file, folder / "book.csbook"
            path.write_bytes(data)
            shutil.copy(base, book)
            signal.alarm(SECONDS)
            try:
                outcome = taken_in(book, path)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
                outcome = f"{type(error).__name__}: {error}"[:300]
            signal.alarm(0)
            path.unlink()
            sys.stdout.write(json.dumps([number, file, outcome]) + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
