"""What kind of text a file is: its encoding, whether it is text at all, and its digest."""

import codecs
import hashlib
import re
from dataclasses import dataclass
from io import TextIOWrapper

from csplanner.crm.question import Question
from csplanner.crm.stored import Stored
from csplanner.errors import UserError

ENCODINGS = {
    "utf-8": "Unicode (UTF-8)",
    "utf-16": "Unicode (UTF-16)",
    "cp1252": "Western European (Windows)",
    "cp1250": "Central European (Windows)",
    "cp1251": "Cyrillic (Windows)",
    "cp1253": "Greek (Windows)",
    "cp1254": "Turkish (Windows)",
    "cp1257": "Baltic (Windows)",
    "cp932": "Japanese (Shift-JIS)",
    "gb18030": "Chinese (GB18030)",
    "big5": "Chinese (Big5)",
    "cp949": "Korean (Windows)",
    "mac_roman": "Western European (Mac)",
}
"""What a person may say a file's letters are written in, and its name in words."""
_BLOCK = 1 << 20
_HEAD = 4096
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNDEFINED = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
"""Bytes that stand for nothing in cp1252."""
_FOREIGN = re.compile(rb"[\x80-\xff]{4}")
"""No word of a language written in cp1252 has so many of its letters beside each other."""
_UNICODE = re.compile(rb"\xc3[\x80-\xbf]|\xe2\x80[\x80-\xbf]")
_GARBLED = re.compile(rb"\xc3[\x82\x83]\xc2[\x80-\xbf]|\xc3\x83\xc6\x92|\xc3\xa2\xe2\x82\xac")
"""“Ã©” and “â€™” in UTF-8: text that was read as cp1252 once and saved so."""
_ELSE_1252 = "csplanner.cp1252"


def _as_western(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", errors="replace"), error.end


codecs.register_error(_ELSE_1252, _as_western)


@dataclass(frozen=True, slots=True)
class Probe:
    """One pass over a file's bytes."""

    encoding: str
    sha256: str
    size: int
    skip: int = 0
    """Bytes of the byte order mark, which are no text."""
    errors: str = "strict"
    is_guess: bool = False
    """Whether nothing in the file says its encoding for sure."""
    is_garbled: bool = False
    """Whether letters were garbled before the file was saved, as “Ã©” for “é”."""

    def text(self, stored: Stored) -> TextIOWrapper:
        """The text behind the mark."""
        stream = stored.open()
        stream.seek(self.skip)
        return TextIOWrapper(stream, encoding=self.encoding, errors=self.errors, newline="")

    @property
    def note(self) -> str:
        """What to tell of how the letters are read; empty where there is no doubt."""
        if self.is_garbled:
            return (
                "Some of its letters were garbled before it was saved, such as “Ã©” for “é”. They "
                "are read as they were meant. To read them as they stand, choose its encoding."
            )
        if self.errors != "strict":
            return "It mixes UTF-8 with Windows-1252. Each part is read as what it is."
        if self.is_guess:
            return (
                f"It is not Unicode, so it is read as {ENCODINGS[self.encoding]}. If letters look "
                "wrong, choose its encoding."
            )
        return ""


def probe(stored: Stored, said: str = "") -> Probe:
    """Encoding as `said`, else by byte order mark, by where NUL bytes stand, as UTF-8 when every
    byte agrees, else cp1252 as a guess.

    Raises UserError for bytes that are no text, Question where cp1252 cannot be meant.
    """
    seen = _Seen(stored.name)
    with stored.open() as stream:
        head = stream.read(_HEAD)
        encoding, skip = by_mark(head)
        seen.wide = not encoding.startswith("utf-8") and bool(encoding)
        block = head
        while block:
            seen.see(block)
            block = stream.read(_BLOCK)
    found = (seen.digest.hexdigest(), seen.size)
    if said:
        mark = skip if encoding.startswith(said[:6]) else 0
        return Probe(encoding if mark else said, *found, skip=mark)
    if seen.wide:
        return Probe(encoding, *found, skip=skip)
    if seen.is_utf8() or encoding == "utf-8":
        return Probe("utf-8", *found, skip=skip, is_garbled=seen.garbled)
    if seen.foreign < 2 and not (seen.undefined and not seen.unicode):
        mixed = _ELSE_1252 if seen.unicode else "strict"
        return Probe("utf-8" if seen.unicode else "cp1252", *found, errors=mixed, is_guess=True)
    raise _ask(stored)


class _Seen:
    """What the bytes of a file show, block by block."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.digest = hashlib.sha256()
        self.size = 0
        self.wide = False
        self.garbled = self.undefined = self.unicode = False
        self.foreign = 0
        self._decoder: codecs.IncrementalDecoder | None = codecs.getincrementaldecoder("utf-8")()

    def see(self, block: bytes) -> None:
        """Take note of a block."""
        self.size += len(block)
        self.digest.update(block)
        if self.wide:
            return
        if b"\0" in block:
            raise UserError(f"{self.name} is not text: it holds NUL bytes. Export it as CSV again.")
        if block.isascii():
            return
        self.garbled = self.garbled or bool(_GARBLED.search(block))
        self.unicode = self.unicode or bool(_UNICODE.search(block))
        self.undefined = self.undefined or bool(_UNDEFINED.search(block))
        if self._decoder is not None:
            try:
                self._decoder.decode(block)
            except UnicodeDecodeError:
                self._decoder = None
        if self._decoder is None and self.foreign < 2:
            self.foreign += len(_FOREIGN.findall(block))

    def is_utf8(self) -> bool:
        """Whether every byte was UTF-8."""
        if self._decoder is None:
            return False
        try:
            self._decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
        return True


def by_mark(head: bytes) -> tuple[str, int]:
    """The encoding by byte order mark or by where the NUL bytes stand, and the mark's length.

    Empty where neither says anything. Some tools put the mark of UTF-16 before UTF-32.
    """
    mark, encoding = next(((m, e) for m, e in _MARKS if head.startswith(m)), (b"", ""))
    if encoding == "utf-8":
        return encoding, len(mark)
    behind = head[len(mark) :] if encoding != "utf-32-le" else head[4:]
    shown = _by_nuls(behind)
    if encoding == "utf-32-le" and shown == "utf-16-le":
        return shown, 2
    if mark:
        return (shown if shown.startswith("utf-32") else encoding), len(mark)
    return shown, 0


def _by_nuls(data: bytes) -> str:
    """UTF-16 or UTF-32 by where most NUL bytes stand, empty for text of single bytes."""
    whole = len(data) // 4
    if not whole or b"\0" not in data:
        return ""
    zeros = [data[at : whole * 4 : 4].count(0) / whole for at in range(4)]
    for name, letter, empty in (("utf-32-le", 0, (1, 2, 3)), ("utf-32-be", 3, (0, 1, 2))):
        if not zeros[letter] and min(zeros[i] for i in empty) > 0.3 and zeros[empty[1]] == 1:
            return name
    for name, letters, empty16 in (("utf-16-le", (0, 2), (1, 3)), ("utf-16-be", (1, 3), (0, 2))):
        if max(zeros[i] for i in letters) < 0.05 and min(zeros[i] for i in empty16) > 0.3:
            return name
    return ""


def _ask(stored: Stored) -> Question:
    with stored.open() as stream:
        start = stream.read(_BLOCK)
    fits = tuple(name for name in ENCODINGS if name != "utf-16" and _reads(start, name))
    return Question(
        f"{stored.name} is neither Unicode nor Western European text. Export it as UTF-8, or say "
        f"what it is written in, such as --encoding '{stored.name}={fits[0]}'.",
        "--encoding",
        choices=fits,
        where=stored.name,
    )


def _reads(data: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        return False
    return True


def _byte(number: int) -> str:
    return bytes((number,)).decode("cp1252", errors="ignore") or chr(number)


_HIGH = {_byte(number): number for number in range(0x80, 0x100)}
_RUN = re.compile(f"[{re.escape(''.join(_HIGH))}]{{2,}}")


def mended(cell: str) -> str:
    """The cell with “Ã©” read as “é”; what is no garbled UTF-8 stays as it is."""
    for _ in range(2):
        found = _RUN.sub(_meant, cell)
        if found == cell:
            break
        cell = found
    return cell


def _meant(run: re.Match[str]) -> str:
    try:
        return bytes(_HIGH[sign] for sign in run[0]).decode("utf-8")
    except UnicodeDecodeError:
        return run[0]
