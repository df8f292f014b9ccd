"""Rows of the Book as text for a spreadsheet: whole values, and nothing that runs as a formula."""

import csv
import io
import re
from collections.abc import Iterator, Sequence

from csplanner.book.book import Book
from csplanner.book.export import guarded
from csplanner.book.outgoing import Cleaner
from csplanner.domain.filters import View
from csplanner.ui.book.columns import BY_KEY, COLUMNS, Col
from csplanner.ui.book.rows import Reader, plain

_AT_ONCE = 500
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def csv_text(
    book: Book, view: View, keys: Sequence[str], *, ids: Sequence[int] | None = None
) -> tuple[str, int]:
    """The rows of a view, or those with some ids, as CSV with those columns; and how many."""
    out = io.StringIO()
    writer = csv.writer(out)
    ids = book.overview.ids(view) if ids is None else ids
    writer.writerow(heads(keys))
    writer.writerows(cells(book, ids, keys))
    return out.getvalue(), len(ids)


def tab_text(book: Book, ids: Sequence[int], keys: Sequence[str]) -> str:
    """Rows by id with tabs between the cells, for pasting; heads come first."""
    lines = [heads(keys), *cells(book, ids, keys)]
    return "\n".join("\t".join(line) for line in lines)


def heads(keys: Sequence[str]) -> list[str]:
    """The heads of the columns; money has its currency beside it."""
    found = []
    for key in keys:
        found.append(COLUMNS[BY_KEY[key]].title)
        if key == "arr":
            found.append("Currency")
    return found


def cells(book: Book, ids: Sequence[int], keys: Sequence[str]) -> Iterator[list[str]]:
    """The rows with those ids, cell by cell, safe to open in a spreadsheet."""
    reader, cleaner = Reader(book.as_of(), book.settings), Cleaner()
    places = [BY_KEY[key] for key in keys]
    for at in range(0, len(ids), _AT_ONCE):
        for line in book.overview.rows(ids[at : at + _AT_ONCE]):
            row = reader.row(0, line)
            found = []
            for place in places:
                found.append(safe(cleaner.line(plain(row, place))))
                if place == Col.ARR:
                    found.append(line.arr.currency if line.arr else "")
            yield found


def safe(text: str) -> str:
    """`text` with a quote before what a spreadsheet would take for a formula."""
    return text if _NUMBER.fullmatch(text) else guarded(text)
