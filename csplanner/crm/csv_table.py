"""CSV files: encoding, delimiter, and quotation marks that are never closed."""

import csv
from collections.abc import Iterator
from io import StringIO, TextIOWrapper
from itertools import islice

from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, even_chunks, find_header, stated_day
from csplanner.crm.stored import Stored
from csplanner.crm.table import CHUNK, Chunk, EmptyFileError, Table
from csplanner.crm.text import Probe, probe
from csplanner.errors import UserError

MAX_BYTES = 1 << 30
_FIELD_LIMIT = 1 << 20
_HEAD = 1 << 16
_DELIMITERS = ",;\t|"


def read_csv(stored: Stored) -> Table:
    """The table in a CSV file; raises UserError in one sentence when there is none."""
    name = stored.name
    if stored.size > MAX_BYTES:
        raise UserError(f"{name} is larger than 1 GB. Export it in parts.")
    if stored.size == 0:
        raise EmptyFileError(f"{name} is empty. Export it again.")
    found = probe(stored)
    csv.field_size_limit(_FIELD_LIMIT)
    head = _head(stored, found)
    delimiter = _delimiter(head)
    records = _records(head, delimiter, HEADER_WITHIN)
    skip, headers = find_header(records, name)
    table = Table(
        name, headers, found.sha256, found.size, lambda: iter(()), encoding=found.encoding,
        delimiter=delimiter, as_of_hint=stated_day(records[:skip]),
    )  # fmt: skip
    table.chunks = lambda: even_chunks(_behind(stored, table, skip + 1), table)
    return table


def _text(stored: Stored, encoding: str) -> TextIOWrapper:
    return TextIOWrapper(stored.open(), encoding=encoding, newline="")


def _head(stored: Stored, found: Probe) -> str:
    try:
        with _text(stored, found.encoding) as stream:
            return stream.read(_HEAD)
    except UnicodeDecodeError:
        raise UserError(
            f"{stored.name} is not text in {found.encoding}. Export it as UTF-8, then import it."
        ) from None


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
    """The delimiter whose records are best known by their header, else widest and most alike."""
    if head[:4].casefold() == "sep=" and len(head) > 4:
        return head[4]

    def score(delimiter: str) -> tuple[int, int]:
        records = [r for r in _records(head, delimiter, 20) if len(r) > 1]
        if not records:
            return (0, 0)
        widths = [len(r) for r in records]
        usual = max(set(widths), key=widths.count)
        return (max(header_score(r) for r in records), usual * widths.count(usual))

    return max(_DELIMITERS, key=score)


def _behind(stored: Stored, table: Table, skip: int) -> Iterator[Chunk]:
    """The records behind the header in blocks, numbered as a spreadsheet numbers rows."""
    at = 1
    with _text(stored, table.encoding) as stream:
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
