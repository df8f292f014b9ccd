"""CSV files: encoding, delimiter, and quotation marks that are never closed."""

import csv
from collections.abc import Iterator
from io import StringIO
from itertools import islice

from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, even_chunks, head_of, numbered_header, stated_day
from csplanner.crm.stored import Stored
from csplanner.crm.table import CHUNK, Chunk, EmptyFileError, Table
from csplanner.crm.text import Probe, mended, probe
from csplanner.errors import UserError

MAX_BYTES = 1 << 30
_FIELD_LIMIT = 1 << 20
_HEAD = 1 << 16
_DELIMITERS = ",;\t|"
_RARE_DELIMITERS = ":^~!#\x1f\x01"


def read_csv(stored: Stored, encoding: str = "") -> Table:
    """The table in a CSV file, its letters read as said, else as its bytes tell.

    Raises UserError in one sentence when there is none.
    """
    name = stored.name
    if stored.size > MAX_BYTES:
        raise UserError(f"{name} is larger than 1 GB. Export it in parts.")
    if stored.size == 0:
        raise EmptyFileError(f"{name} is empty. Export it again.")
    found = probe(stored, encoding)
    csv.field_size_limit(_FIELD_LIMIT)
    start = _start(stored, found)
    delimiter = _delimiter(start)
    records = _records(start, delimiter, HEADER_WITHIN)
    head = head_of(records, name)
    table = Table(
        name, head.headers, found.sha256, found.size, lambda: iter(()), encoding=found.encoding,
        delimiter=delimiter, as_of_hint=stated_day(head.above), above=head.above,
    )  # fmt: skip
    table.note(found.note)
    if head.is_made_up:
        table.note(numbered_header(len(head.headers)))
    table.chunks = lambda: even_chunks(_behind(stored, found, table, head.skip), table)
    return table


def _start(stored: Stored, found: Probe) -> str:
    try:
        with found.text(stored) as stream:
            start = stream.read(_HEAD)
    except UnicodeDecodeError:
        raise UserError(
            f"{stored.name} is not text in {found.encoding}. Export it as UTF-8, then import it."
        ) from None
    return mended(start) if found.is_garbled else start


def _records(head: str, delimiter: str, most: int) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for record in csv.reader(StringIO(head, newline=""), delimiter=delimiter):
            found.append(record)
            if len(found) >= most:
                break
    except csv.Error:
        return found
    return found


def _delimiter(head: str) -> str:
    """The delimiter whose records are best known by their header, else widest and most alike.

    Signs that often stand within words are one only where they part a header that is known.
    """
    if head[:4].casefold() == "sep=" and len(head) > 4 and head[4] not in "\r\n":
        return head[4]

    def score(delimiter: str) -> tuple[int, int]:
        records = [r for r in _records(head, delimiter, HEADER_WITHIN) if len(r) > 1]
        if not records:
            return (0, 0)
        widths = [len(r) for r in records[:20]]
        usual = max(set(widths), key=widths.count)
        return (max(header_score(r) for r in records), usual * widths.count(usual))

    scores = {d: score(d) for d in _DELIMITERS}
    best = max(scores, key=lambda d: scores[d])
    if scores[best][0] < 2:
        rare = {d: score(d) for d in _RARE_DELIMITERS if d in head}
        known = [d for d in rare if rare[d][0] > max(1, scores[best][0])]
        best = max(known, key=lambda d: rare[d], default=best)
    return best


def _behind(stored: Stored, found: Probe, table: Table, skip: int) -> Iterator[Chunk]:
    """The records behind the header in blocks, numbered as a spreadsheet numbers rows."""
    at = 1
    with found.text(stored) as stream:
        reader = csv.reader(stream, delimiter=table.delimiter, strict=True)
        block: list[list[str]] = []
        try:
            for _ in islice(reader, skip):
                at += 1
            while True:
                block = []
                # An error in its midst leaves the records before it in the block.
                block.extend(islice(reader, CHUNK))
                if not block:
                    return
                if found.is_garbled:
                    block = [[mended(cell) for cell in row] for row in block]
                yield list(range(at, at + len(block))), block
                at += len(block)
        except csv.Error as error:
            raise UserError(_in_words(str(error), table.file, at + len(block))) from None
        except UnicodeDecodeError:
            raise UserError(
                f"{table.file} holds bytes that are not {table.encoding} after row "
                f"{at + len(block) - 1}. Export it as UTF-8, then import it again."
            ) from None


def _in_words(error: str, name: str, row: int) -> str:
    if "unexpected end of data" in error or "field larger" in error:
        return (
            f"{name} opens a quotation mark in row {row} that is never closed. "
            "Close or remove it, then import the file again."
        )
    return (
        f"{name} cannot be read at row {row}: there is text behind a closing quotation mark. "
        "Correct that row, then import the file again."
    )
