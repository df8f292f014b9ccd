"""What a staged snapshot could not bring in: by reason, page by page, and as a table for others."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from csplanner.book.export import guarded
from csplanner.book.snapshots import cells_of
from csplanner.book.staging_pages import StagedPages
from csplanner.domain.snapshot import Quarantined
from csplanner.language import tr

_BEHIND = re.compile(r"([;,|\t\r\n][\s\"']*)(?=[=+\-@＝＋－＠])")


class Problems(Protocol):
    """What could not be brought in, read by reason and page by page."""

    def reasons(self) -> list[tuple[str, int]]:
        """What is wrong and how often, most frequent first."""

    def read(self, reason: str = "", *, offset: int = 0, limit: int = 200) -> list[Quarantined]:
        """Cells and rows of one reason or of all, in the order of the files."""


class StagedProblems:
    """The problems of a snapshot that is being reviewed."""

    def __init__(self, pages: StagedPages) -> None:
        self._db = pages.connection

    def reasons(self) -> list[tuple[str, int]]:
        """What is wrong and how often, most frequent first."""
        return self._db.execute(
            "select reason, count(*) from quarantine group by reason order by 2 desc, 1"
        ).fetchall()

    def read(self, reason: str = "", *, offset: int = 0, limit: int = 200) -> list[Quarantined]:
        """Cells and rows that are not taken in, of one reason or of all."""
        rows = self._db.execute(
            'select file, "row", "column", value, reason, cells from quarantine '
            "where ? in ('', reason) order by file, \"row\", id limit ? offset ?",
            (reason, limit, offset),
        )
        return [
            Quarantined(file, row, column, value, reason, cells_of(cells))
            for file, row, column, value, reason, cells in rows
        ]


class KeptProblems:
    """The problems of a past snapshot that nobody brought in since."""

    def __init__(self, found: Iterable[Quarantined]) -> None:
        self._found = [q for q in found if q.fixed_by is None]

    def reasons(self) -> list[tuple[str, int]]:
        """What is wrong and how often, most frequent first."""
        return sorted(Counter(q.reason for q in self._found).items(), key=lambda p: (-p[1], p[0]))

    def read(self, reason: str = "", *, offset: int = 0, limit: int = 200) -> list[Quarantined]:
        """Cells and rows of one reason or of all."""
        chosen = [q for q in self._found if reason in ("", q.reason)]
        return chosen[offset:] if limit < 0 else chosen[offset : offset + limit]


def csv_of(found: Iterable[Quarantined]) -> str:
    """The problems as CSV that no spreadsheet takes for formulas, whatever sign it parts cells by:
    file, row, column, value, why.
    """
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    write.writerow([tr("File"), tr("Row"), tr("Column"), tr("Value"), tr("What is wrong")])
    for q in found:
        file, *texts = map(_plain, (q.file, q.column, q.value, q.reason))
        write.writerow([file, q.row, *texts])
    return out.getvalue()


def _plain(text: str) -> str:
    """The text so that neither it nor what stands behind a separator in it is a formula."""
    return _BEHIND.sub(r"\1'", guarded(text))
