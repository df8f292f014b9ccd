"""CSV files: delimiter, header row, furniture of reports, and rows as wide as the header."""

import csv
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from csplanner.crm.fields import header_score
from csplanner.crm.table import CHUNK, MAX_COLUMNS, MAX_ROWS, Chunk, Table
from csplanner.crm.text import Probe, probe
from csplanner.domain.snapshot import Quarantined
from csplanner.errors import UserError

MAX_BYTES = 1 << 30
_FIELD_LIMIT = 1 << 20
_HEAD = 1 << 16
_DELIMITERS = ",;\t|"


def read_csv(path: Path, name: str) -> Table:
    """The table in a CSV file; raises UserError in one sentence when there is none."""
    if path.stat().st_size > MAX_BYTES:
        raise UserError(f"{name} is larger than 1 GB. Export it in parts.")
    found = probe(path, name)
    if found.size == 0:
        raise UserError(f"{name} is empty. Export it again.")
    csv.field_size_limit(_FIELD_LIMIT)
    head = _head(path, found, name)
    delimiter = _delimiter(head)
    skip, headers = _header(head, delimiter, name)
    table = Table(
        name, headers, found.sha256, found.size, lambda: iter(()),
        encoding=found.encoding, delimiter=delimiter,
    )  # fmt: skip
    table.chunks = lambda: _chunks(path, table, skip)
    return table


def _head(path: Path, found: Probe, name: str) -> str:
    try:
        with path.open(encoding=found.encoding, newline="") as stream:
            return stream.read(_HEAD)
    except UnicodeDecodeError:
        raise UserError(
            f"{name} is not text in {found.encoding}. Export it as UTF-8, then import it again."
        ) from None


def _records(head: str, delimiter: str, most: int) -> list[list[str]]:
    found: list[list[str]] = []
    try:
        for record in csv.reader(StringIO(head, newline=""), delimiter=delimiter):
            found.append(record)
            if len(found) >= most:
                break
    except csv.Error:
        pass
    return found


def _delimiter(head: str) -> str:
    """The delimiter whose first records are widest, most alike, and best known by their header."""
    if head[:4].casefold() == "sep=":
        return head[4]

    def score(delimiter: str) -> tuple[int, int]:
        records = [r for r in _records(head, delimiter, 20) if len(r) > 1]
        if not records:
            return (0, 0)
        widths = [len(r) for r in records]
        usual = max(set(widths), key=widths.count)
        known = max(header_score(r) for r in records)
        return (known, usual * widths.count(usual))

    return max(_DELIMITERS, key=score)


def _header(head: str, delimiter: str, name: str) -> tuple[int, tuple[str, ...]]:
    """How many records come before the header, and the header itself."""
    records = _records(head, delimiter, 30)
    if not records:
        raise UserError(
            f"{name} cannot be read as a table. Choose a CSV file a CRM has exported."
        )
    scores = [header_score(r) for r in records]
    best = max(range(len(records)), key=lambda i: (scores[i], -i))
    if scores[best] == 0:
        best = next((i for i, r in enumerate(records) if len(r) > 1), 0)
    headers = tuple(cell.strip() for cell in records[best])
    while headers and not headers[-1]:
        headers = headers[:-1]
    if len(headers) > MAX_COLUMNS:
        raise UserError(
            f"{name} has {len(headers):,} columns, more than {MAX_COLUMNS}. Export fewer columns."
        )
    return best, headers


def _chunks(path: Path, table: Table, skip: int) -> Iterator[Chunk]:
    """Rows in blocks; furniture left out, odd rows padded or reported."""
    reader_row = 0
    width = len(table.headers)
    numbers: list[int] = []
    rows: list[list[str]] = []
    blank: list[tuple[int, list[str]]] = []
    with path.open(encoding=table.encoding, newline="") as stream:
        reader = csv.reader(stream, delimiter=table.delimiter, strict=True)
        try:
            for reader_row, record in enumerate(reader, 1):
                if reader_row <= skip + 1:
                    continue
                if len(record) != width or blank:
                    held = _odd(record, reader_row, table, blank)
                else:
                    held = ((reader_row, record),)
                for number, row in held:
                    numbers.append(number)
                    rows.append(row)
                if len(rows) >= CHUNK:
                    yield numbers, rows
                    numbers, rows = [], []
                    if reader_row > MAX_ROWS:
                        raise UserError(
                            f"{table.file} has more than {MAX_ROWS:,} rows. Export it in parts."
                        )
        except csv.Error as error:
            raise UserError(_in_words(str(error), table.file, reader_row + 1)) from None
        except UnicodeDecodeError:
            raise UserError(
                f"{table.file} holds bytes that are not {table.encoding} after row {reader_row}. "
                "Export it as UTF-8, then import it again."
            ) from None
    if rows:
        yield numbers, rows


def _odd(
    record: list[str], number: int, table: Table, blank: list[tuple[int, list[str]]]
) -> list[tuple[int, list[str]]]:
    """Rows to take in now. After a blank row, rows of one cell wait: at the end they are a footer."""
    width = len(table.headers)
    filled = sum(1 for cell in record if cell.strip())
    if filled == 0 or (filled == 1 and blank):
        blank.append((number, record))
        return []
    waiting = [(n, r) for n, r in blank if any(cell.strip() for cell in r)]
    blank.clear()
    taken = []
    for at, row in (*waiting, (number, record)):
        fitted = _fit(row, at, table, width)
        if fitted is not None:
            taken.append((at, fitted))
    return taken


def _fit(row: list[str], number: int, table: Table, width: int) -> list[str] | None:
    """The row as wide as the header; too long rows are reported, never cut."""
    if len(row) < width:
        return row + [""] * (width - len(row))
    if any(cell.strip() for cell in row[width:]):
        table.problems.append(
            Quarantined(
                table.file, number, "", "",
                f"The row has {len(row)} cells, the header {width}.",
            )  # fmt: skip
        )
        return None
    return row[:width]


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
