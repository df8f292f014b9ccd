"""Records of any container to a table: the header row, and rows as wide as it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from csplanner.crm.dates import ORDERS, day, order_of
from csplanner.crm.fields import header_score
from csplanner.crm.report import (
    GROUPED,
    Numbered,
    grouping,
    is_group_heading,
    is_sums,
    ungrouped,
    without_sums,
)
from csplanner.crm.table import (
    CHUNK,
    MAX_COLUMNS,
    MAX_ROWS,
    Chunk,
    EmptyFileError,
    Table,
)
from csplanner.domain.snapshot import Quarantined
from csplanner.errors import UserError

HEADER_WITHIN = 30
"""The header is looked for among so many first records."""

_BLOCK = 5 * CHUNK
"""Rows of a table in memory that are looked at together."""

_END_OF_FILE = "\x1a"
"""Old programs end a text file with it."""
_AS_OF = re.compile(r"(?i)\bas of:?\s+(\d[\d/.\-]+|\d{1,2} [a-z]+ \d{4})")
_VALUES = (
    re.compile(r"[-+]?\d[\d.,' \u00a0\u202f]*%?"),
    re.compile(r"\d{1,4}([-/.])\d{1,2}\1\d{1,4}([ T].*)?"),
    re.compile(r"\S+@\S+\.\S+"),
    re.compile(r"[\w{]*\d[\w}]*-[\w-]*\d[\w}-]*"),
    re.compile(r"(?i)true|false|null"),
)
"""Cells that name no column: a figure, a day, an e-mail address, an id, a mark."""


@dataclass(frozen=True, slots=True)
class Head:
    """The header of a table, and how many records stand before its first row."""

    skip: int
    headers: tuple[str, ...]
    above: tuple[tuple[str, ...], ...] = ()
    is_made_up: bool = False
    """Whether the file has no header, so its columns are numbered."""


def head_of(records: Sequence[Sequence[str]], name: str) -> Head:
    """Where the header stands among the first records, and its cells.

    Raises UserError when there is no record, or too many columns.
    """
    if not records:
        raise UserError(f"{name} cannot be read as a table. Choose a file a CRM has exported.")
    at = _header_at(records[:HEADER_WITHIN])
    width = max(len(r) for r in records[at:])
    if max(len(records[at]), width) > MAX_COLUMNS:
        filled = max(_last_filled(r) for r in records[at:])
        if filled > MAX_COLUMNS:
            raise UserError(
                f"{name} has {filled:,} columns, more than {MAX_COLUMNS}. Export fewer columns."
            )
    above = tuple(tuple(r) for r in records[:at])
    if _has_no_header(records[at:]):
        return Head(at, tuple(f"Column {n}" for n in range(1, width + 1)), above, is_made_up=True)
    headers = [cell.strip() for cell in records[at]]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise EmptyFileError(f"{name} is empty: it holds blank lines alone. Export it again.")
    return Head(at + 1, tuple(headers), above)


def numbered_header(columns: int) -> str:
    """What to tell of a file without a header."""
    return (
        f"It has no header row, so its columns are called Column 1 to Column {columns}. Say what "
        "they hold."
    )


def _last_filled(record: Sequence[str]) -> int:
    return max((i for i, cell in enumerate(record, 1) if cell.strip()), default=0)


def _header_at(records: Sequence[Sequence[str]]) -> int:
    """The record best known as a header; where none is, the first of several cells.

    Lines of one cell above a wider table are its title.
    """
    filled = [sum(1 for cell in r if cell.strip()) for r in records]
    least = min(2, max(filled))
    scores = [
        header_score(list(r)) if n >= least else 0 for r, n in zip(records, filled, strict=True)
    ]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    if scores[best] < 2:
        best = next((i for i, n in enumerate(filled) if n >= least and n), 0)
    return best


def _has_no_header(records: Sequence[Sequence[str]]) -> bool:
    """Whether the first record is a row of values like those below it."""
    first = [cell.strip() for cell in records[0]]
    if "\\N" in first:
        return True
    if header_score(first) > 1 or header_score(first[:1]):
        return False
    below = [[c.strip() for c in r] for r in records[1:21] if len(r) == len(first)]
    alike = [i for i, cell in enumerate(first) if below and _is_value(cell, [r[i] for r in below])]
    return len(alike) > sum(1 for cell in first if cell) / 4


def _is_value(cell: str, below: Sequence[str]) -> bool:
    kind = next((k for k in _VALUES if k.fullmatch(cell)), None)
    return kind is not None and all(not c or c == "\\N" or kind.fullmatch(c) for c in below)


def stated_day(lines: Iterable[Sequence[str]]) -> str | None:
    """The ISO day of an “As of” line above the header of a report, None where none is clear."""
    for line in lines:
        found = _AS_OF.search(" ".join(line))
        if found is None:
            continue
        words = found[1].rstrip(",.")
        order = order_of([words])
        try:
            return str(day(order)(words)) if order in ORDERS else None
        except ValueError:
            return None
    return None


def even_chunks(blocks: Iterable[Chunk], table: Table) -> Iterator[Chunk]:
    """The records behind the header in even blocks, each row as wide as the header.

    A footer (after a blank record only records of one cell), sums behind the last row and repeated
    headers are left out, short rows are filled up, too long ones are reported in `table.problems`.
    """
    numbers: list[int] = []
    rows: list[list[str]] = []
    waiting: list[Numbered] = []
    for found_numbers, found in blocks:
        if waiting or not _is_even(found, table):
            found_numbers, found = _evened(found_numbers, found, table, waiting)
        numbers += found_numbers
        rows += found
        done = 0
        # The last block stays behind: sums may stand below its rows.
        while len(rows) - done > 2 * CHUNK:
            upto = done + CHUNK
            yield numbers[done:upto], rows[done:upto]
            if numbers[upto - 1] > MAX_ROWS:
                raise UserError(
                    f"{table.file} has more than {MAX_ROWS:,} rows. Export it in parts."
                )
            done = upto
        numbers, rows = numbers[done:], rows[done:]
    numbers, rows = without_sums(numbers, rows, table)
    if rows:
        yield numbers, rows


def _is_even(rows: list[list[str]], table: Table) -> bool:
    """Whether every row is as wide as the header, begins with something and is no header."""
    if set(map(len, rows)) != {len(table.headers)} or len(table.headers) < 2:
        return False
    firsts = [row[0] for row in rows]
    blank = not all(firsts) or any(map(str.isspace, firsts))
    return not blank and table.headers[0] not in firsts


def _evened(
    numbers: list[int], records: list[list[str]], table: Table, waiting: list[Numbered]
) -> Chunk:
    width = len(table.headers)
    first = table.headers[0] if table.headers else ""
    kept: list[Numbered] = []
    for number, record in zip(numbers, records, strict=True):
        if len(record) != width or waiting or width < 2 or not record[0].strip():
            kept.extend(_odd(record, number, table, waiting))
        elif not _is_header(record, first, table):
            kept.append((number, record))
    return [n for n, _ in kept], [r for _, r in kept]


def _is_header(record: list[str], first: str, table: Table) -> bool:
    if record[0].strip() != first or [c.strip() for c in record[: len(table.headers)]] != list(
        table.headers
    ):
        return False
    table.note("Its header stands among its rows again; it is left out there.")
    return True


def _odd(record: list[str], number: int, table: Table, waiting: list[Numbered]) -> list[Numbered]:
    """Rows to take in now; behind a blank row, rows of one cell wait: they may be a footer."""
    filled = sum(1 for cell in record if cell.strip() not in ("", _END_OF_FILE))
    single = filled == 1 and len(table.headers) > 1
    if filled == 0 or (single and waiting):
        waiting.append((number, record))
        return []
    if single and is_group_heading(record, table):
        table.note(GROUPED)
        return []
    if record and _is_header(record, table.headers[0] if table.headers else "", table):
        return []
    if waiting and is_sums(record):
        waiting.append((number, record))
        return []
    held = [(n, r) for n, r in waiting if any(cell.strip() for cell in r)]
    waiting.clear()
    fitted = ((n, _fit(r, n, table)) for n, r in (*held, (number, record)))
    return [(n, r) for n, r in fitted if r is not None]


def _fit(row: list[str], number: int, table: Table) -> list[str] | None:
    """The row as wide as the header; a longer one with something in it is reported, never cut."""
    width = len(table.headers)
    if len(row) < width:
        return row + [""] * (width - len(row))
    if any(cell.strip() for cell in row[width:]):
        reason = f"The row has {len(row)} cells, the header {width}."
        table.problems.append(Quarantined(table.file, number, "", "", reason))
        return None
    return row[:width]


def table_of_records(
    name: str,
    records: list[list[str]],
    container: str,
    *,
    sha256: str,
    size: int,
    first: int = 1,
) -> Table:
    """A table of records that are all in memory, the first of them in row `first`."""
    head = head_of(records, name)
    table = Table(name, head.headers, sha256, size, lambda: iter(()), container)
    table.as_of_hint, table.above = stated_day(head.above), head.above
    if head.is_made_up:
        table.note(numbered_header(len(head.headers)))
    numbered = list(enumerate(records, first))[head.skip :]
    if grouping(head.headers):
        numbered = list(ungrouped(numbered, head.headers))
    table.chunks = lambda: even_chunks(_blocks(numbered), table)
    return table


def _blocks(numbered: Sequence[Numbered]) -> Iterator[Chunk]:
    for at in range(0, len(numbered), _BLOCK):
        block = numbered[at : at + _BLOCK]
        yield [n for n, _ in block], [list(r) for _, r in block]
