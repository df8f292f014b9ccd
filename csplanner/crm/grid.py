"""Records of any container to a table: the header row, the furniture of reports, even rows."""

import re
from collections.abc import Iterable, Iterator, Sequence

from csplanner.crm.dates import ORDERS, day, order_of
from csplanner.crm.fields import header_score
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

_SUMS = frozenset(("subtotal", "total", "sum", "count", "avg", "average", "grand"))

_AS_OF = re.compile(r"(?i)\bas of:?\s+(\d[\d/.\-]+|\d{1,2} [a-z]+ \d{4})")

Numbered = tuple[int, list[str]]


def find_header(records: Sequence[Sequence[str]], name: str) -> tuple[int, tuple[str, ...]]:
    """Where the header stands among the first records, and its cells.

    Raises UserError when there is no record, or too many columns.
    """
    if not records:
        raise UserError(f"{name} cannot be read as a table. Choose a file a CRM has exported.")
    scores = [header_score(list(r)) for r in records[:HEADER_WITHIN]]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    if scores[best] == 0:
        best = next((i for i, r in enumerate(records) if len(r) > 1), 0)
    headers = [cell.strip() for cell in records[best]]
    while headers and not headers[-1]:
        headers.pop()
    if not headers:
        raise EmptyFileError(f"{name} is empty: it holds blank lines alone. Export it again.")
    if len(headers) > MAX_COLUMNS:
        raise UserError(
            f"{name} has {len(headers):,} columns, more than {MAX_COLUMNS}. Export fewer columns."
        )
    return best, tuple(headers)


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

    A footer (after a blank record only records of one cell) and repeated headers are left out,
    short rows are filled up, too long ones are reported in `table.problems`.
    """
    numbers: list[int] = []
    rows: list[list[str]] = []
    waiting: list[Numbered] = []
    for found_numbers, found in blocks:
        if waiting or not _is_even(found, table):
            found_numbers, found = _evened(found_numbers, found, table, waiting)
        numbers += found_numbers
        rows += found
        while len(rows) >= CHUNK:
            yield numbers[:CHUNK], rows[:CHUNK]
            if numbers[CHUNK - 1] > MAX_ROWS:
                raise UserError(
                    f"{table.file} has more than {MAX_ROWS:,} rows. Export it in parts."
                )
            numbers, rows = numbers[CHUNK:], rows[CHUNK:]
    if rows:
        yield numbers, rows


def _is_even(rows: list[list[str]], table: Table) -> bool:
    """Whether every row is as wide as the header, begins with something and is no header."""
    if set(map(len, rows)) != {len(table.headers)} or not table.headers:
        return False
    firsts = [row[0] for row in rows]
    return all(firsts) and table.headers[0] not in firsts


def _evened(
    numbers: list[int], records: list[list[str]], table: Table, waiting: list[Numbered]
) -> Chunk:
    width = len(table.headers)
    first = table.headers[0] if table.headers else ""
    kept: list[Numbered] = []
    for number, record in zip(numbers, records, strict=True):
        if len(record) != width or waiting or not record[0]:
            kept.extend(_odd(record, number, table, waiting))
        elif record[0] != first or [c.strip() for c in record] != list(table.headers):
            kept.append((number, record))
    return [n for n, _ in kept], [r for _, r in kept]


def _odd(record: list[str], number: int, table: Table, waiting: list[Numbered]) -> list[Numbered]:
    """Rows to take in now; behind a blank row, rows of one cell wait: they may be a footer."""
    filled = sum(1 for cell in record if cell.strip())
    if filled == 0 or (filled == 1 and waiting):
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


def _ungrouped(records: Iterable[Numbered], headers: Sequence[str]) -> Iterator[Numbered]:
    """Rows of a report grouped by its marked columns: groups filled down, subtotals left out."""
    groups = [i for i, h in enumerate(headers) if h.endswith(("↑", "↓"))]
    last = dict.fromkeys(groups, "")
    for number, record in records:
        row = [*record, *[""] * (len(headers) - len(record))]
        words = {c.strip().split(" ")[0].casefold() for c in row[: len(groups) + 1]}
        if words & _SUMS and sum(1 for c in row if c.strip()) <= 3 + len(groups):
            continue
        if any(c.strip() for i, c in enumerate(row) if i not in last):
            for i in groups:
                last[i] = row[i] = row[i] or last[i]
        yield number, row


def table_of_records(
    name: str, records: list[list[str]], container: str, *, sha256: str, size: int
) -> Table:
    """A table of records that are all in memory."""
    skip, headers = find_header(records, name)
    table = Table(name, headers, sha256, size, lambda: iter(()), container)
    table.as_of_hint = stated_day(records[:skip])
    numbered = list(enumerate(records, 1))[skip + 1 :]
    if any(h.endswith(("↑", "↓")) for h in headers):
        numbered = list(_ungrouped(numbered, headers))
    table.chunks = lambda: even_chunks(
        [([n for n, _ in numbered], [list(r) for _, r in numbered])], table
    )
    return table
