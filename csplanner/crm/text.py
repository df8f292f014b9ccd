"""What kind of text a file is: its encoding, whether it is text at all, and its digest."""

import codecs
import hashlib
from dataclasses import dataclass

from csplanner.crm.stored import Stored
from csplanner.errors import UserError

_BLOCK = 1 << 20
_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


@dataclass(frozen=True, slots=True)
class Probe:
    """One pass over a file's bytes."""

    encoding: str
    sha256: str
    size: int


def probe(stored: Stored) -> Probe:
    """Encoding by byte order mark, else UTF-8 when every byte agrees, else cp1252.

    Raises UserError for bytes that are no text.
    """
    name = stored.name
    digest = hashlib.sha256()
    with stored.open() as stream:
        head = stream.read(4096)
        encoding = _by_mark(head, name)
        decoder: codecs.IncrementalDecoder | None = None
        if encoding is None:
            decoder = codecs.getincrementaldecoder("utf-8")()
        size = 0
        block = head
        while block:
            size += len(block)
            digest.update(block)
            if encoding in (None, "utf-8-sig") and b"\0" in block:
                raise UserError(f"{name} is not text: it holds NUL bytes. Export it as CSV again.")
            if decoder is not None:
                decoder = _still_utf8(decoder, block)
            block = stream.read(_BLOCK)
    if encoding is None:
        encoding = "utf-8" if decoder is not None else "cp1252"
    return Probe(encoding, digest.hexdigest(), size)


def _by_mark(head: bytes, name: str) -> str | None:
    for mark, encoding in _BOMS:
        if head.startswith(mark):
            if encoding == "utf-16" and b"\0\0\0" in head[:64]:
                raise UserError(
                    f"{name} mixes two Unicode encodings. Export it as UTF-8, then import it again."
                )
            return encoding
    if head[1:200:2].count(0) > 80 and not head[0:200:2].count(0):
        return "utf-16-le"
    if head[0:200:2].count(0) > 80 and not head[1:200:2].count(0):
        return "utf-16-be"
    return None


def _still_utf8(
    decoder: codecs.IncrementalDecoder, block: bytes
) -> codecs.IncrementalDecoder | None:
    try:
        decoder.decode(block)
    except UnicodeDecodeError:
        return None
    return decoder
