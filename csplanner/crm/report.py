"""Furniture of reports among their rows: groups to fill down, subtotals, totals, headings."""

import re
from collections.abc import Iterable, Iterator, Sequence

from csplanner.crm.table import Table

Numbered = tuple[int, list[str]]

GROUPED = "Lines that only name a group, such as “Stage: Open (5 records)”, are left out."
_MARKS = ("↑", "↓")
_SUMS = re.compile(
    r"(?i)(?:grand |sub-?|sous-|zwischen|gesamt)?(?:totals?|sum|summe|gesamt|ergebnis|totaux"
    r"|somme|suma|count|anzahl|nombre|recuento|avg|average|durchschnitt|moyenne|promedio"
    r"|min|max|total général|total general)"
    r"(?:\s*\([\d.,\s\u00a0\u202f]*\D*\))?:?"
)
"""A cell that names a sum, in English, German, French or Spanish."""
_FIGURE = re.compile(
    r"[^\W\d_]{0,3}[\s\u00a0\u202f$€£¥]*[-\u2212(]?\d[\d.,'’\s\u00a0\u202f]*\)?\D{0,4}"
)
_HEADING = re.compile(r".{1,200}: .{0,300}\([\d.,\s\u00a0\u202f]+ \w+\)")


def grouping(headers: Sequence[str]) -> list[int]:
    """The columns a formatted report is grouped by: their headers end in an arrow."""
    return [i for i, h in enumerate(headers) if h.endswith(_MARKS)]


def ungrouped(records: Iterable[Numbered], headers: Sequence[str]) -> Iterator[Numbered]:
    """Rows of a grouped report: groups filled down, subtotals left out."""
    groups = grouping(headers)
    last = dict.fromkeys(groups, "")
    for number, record in records:
        row = [*record, *[""] * (len(headers) - len(record))]
        if is_sums(row):
            continue
        if any(c.strip() for i, c in enumerate(row) if i not in last):
            for i in groups:
                last[i] = row[i] = row[i] or last[i]
        yield number, row


def is_sums(row: Sequence[str], *, is_last: bool = False) -> bool:
    """Whether a row holds sums alone: a word for a sum, and figures beside it.

    Among other rows it must leave a cell empty: an account may be called “Total”.
    """
    filled = [c.strip() for c in row if c.strip()]
    words = [bool(_SUMS.fullmatch(c)) for c in filled]
    return (
        any(words[:2])
        and (len(filled) < len(row) or (is_last and len(filled) > 1))
        and all(w or _FIGURE.fullmatch(c) for w, c in zip(words, filled, strict=True))
    )


def without_sums(
    numbers: list[int], rows: list[list[str]], table: Table
) -> tuple[list[int], list[list[str]]]:
    """The last rows of a table without the sums below them."""
    end = len(rows)
    while end and is_sums(rows[end - 1], is_last=True):
        end -= 1
    if end < len(rows):
        table.note("The sums below its last row are left out.")
    return numbers[:end], rows[:end]


def is_group_heading(record: Sequence[str], table: Table) -> bool:
    """Whether a row of one cell names a group of the rows below it, as old reports do."""
    return len(table.headers) > 2 and bool(_HEADING.fullmatch(record[0].strip()))
