"""The cells of rows that a staged snapshot set aside, kept so that they can be looked at."""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from csplanner.book.snapshots import cells_text
from csplanner.book.staging_diff import staged_beside

Cells = Callable[[set[int]], Iterator[tuple[int, dict[str, str]]]]
"""Finds rows by their numbers: the number with header and cell."""

_MOST = 5_000
"""Rows of one file whose cells are kept."""


def keep_cells(book: Path, staging: Path, files: Iterable[tuple[str, Cells]]) -> None:
    """Keep the cells of every row set aside of these files, as far as there are not too many."""
    with staged_beside(book, staging) as db:
        for file, cells in files:
            wanted = {
                row
                for (row,) in db.execute(
                    'select distinct "row" from stage.quarantine where file = ? order by 1 limit ?',
                    (file, _MOST),
                )
            }
            if wanted:
                db.executemany(
                    'update stage.quarantine set cells = ? where file = ? and "row" = ?',
                    [(cells_text(found), file, row) for row, found in cells(wanted)],
                )
