"""HTML tables, as classic reports of Salesforce save them under the name .xls, and workbooks of
2003 in XML, as older Dynamics exports them.
"""

import hashlib
import re

from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, table_of_records
from csplanner.crm.markup import numbers, pieces
from csplanner.crm.stored import Stored
from csplanner.crm.table import MAX_COLUMNS, LeftOut, Table
from csplanner.crm.text import by_mark
from csplanner.errors import UserError

MAX_FILE = 100 << 20
_CHARSET = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?([\w-]+)")
_MOST_PADDING = 2_000_000
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
_TABLES = frozenset(("table", "worksheet"))


class _Rows:
    """Collects the cells of every row of every table; a table in a cell is text of that cell."""

    def __init__(self) -> None:
        self.tables: list[list[list[str]]] = []
        self._cell: list[str] | None = None
        self._depth = 0
        self._reach = (1, 1)
        self._above: dict[int, tuple[int, str]] = {}
        self._padding = _MOST_PADDING

    def read(self, text: str) -> None:
        """Collect from a whole page."""
        for tag, inner in pieces(text):
            if not tag:
                if self._cell is not None:
                    self._cell.append(inner)
            elif tag[1:] in _TABLES and tag[0] == "/":
                self._depth = max(0, self._depth - 1)
                if not self._depth:
                    self._close()
            elif tag in _TABLES:
                self._table()
            elif self._depth <= 1:
                self._tag(tag, inner)
        self._close()

    def _table(self) -> None:
        if self._cell is None:
            self.tables.append([])
            self._above = {}
        self._depth = 1 if self._cell is None else self._depth + 1

    def _tag(self, tag: str, inner: str) -> None:
        if tag == "br" and self._cell is not None:
            self._cell.append("\n")
        elif tag.removeprefix("/") in _ROWS | _CELLS:
            self._close()
        if tag in _ROWS:
            self._rows().append([])
        elif tag in _CELLS:
            self._open(numbers(inner))

    def _rows(self) -> list[list[str]]:
        if not self.tables:
            self.tables.append([])
        return self.tables[-1]

    def _open(self, said: dict[str, int]) -> None:
        rows = self._rows()
        if not rows:
            rows.append([])
        row = rows[-1]
        while len(row) in self._above:
            left, text = self._above.pop(len(row))
            if left > 1:
                self._above[len(row)] = (left - 1, text)
            row.append(text)
        self._pad(row, min(said.get("ss:index", 0), MAX_COLUMNS) - 1 - len(row))
        across = said.get("colspan", 1) + said.get("ss:mergeacross", 0)
        down = said.get("rowspan", 1) + said.get("ss:mergedown", 0)
        self._reach = (min(across, MAX_COLUMNS), down)
        self._cell = []

    def _close(self) -> None:
        if self._cell is None:
            return
        row = self._rows()[-1]
        text = "".join(self._cell).strip()
        across, down = self._reach
        if down > 1 and len(row) < MAX_COLUMNS:
            self._above[len(row)] = (down - 1, text)
        row.append(text)
        self._pad(row, min(across - 1, MAX_COLUMNS - len(row)))
        self._cell = None

    def _pad(self, row: list[str], cells: int) -> None:
        """Widen a row; a page that says its cells are wide everywhere is not followed for ever."""
        if 0 < cells < self._padding:
            self._padding -= cells
            row += [""] * cells


def read_html(stored: Stored) -> tuple[list[Table], list[LeftOut]]:
    """The tables in an HTML page or a workbook of XML, none where no header is known.

    Raises UserError when it is too large.
    """
    if stored.size > MAX_FILE:
        raise UserError(f"{stored.name} is larger than 100 MB. Export it as CSV in parts.")
    data = stored.read()
    rows = _Rows()
    rows.read(_decoded(data))
    found = [records for records in rows.tables if _is_known(records)]
    if not found:
        wide = [records for records in rows.tables if max(map(len, records), default=0) > 1]
        found = wide[:1]
    digest = hashlib.sha256(data).hexdigest()
    names = [stored.name] + [f"{stored.name} › Table {n}" for n in range(2, len(found) + 1)]
    tables = [
        table_of_records(name, records, "HTML", sha256=digest, size=len(data))
        for name, records in zip(names, found, strict=False)
    ]
    why = "It is a web page without a table, perhaps a page to sign in. Export it again."
    return tables, [] if tables else [LeftOut(stored.name, why)]


def _is_known(records: list[list[str]]) -> bool:
    return any(header_score(r) > 1 for r in records[:HEADER_WITHIN])


def _decoded(data: bytes) -> str:
    encoding, skip = by_mark(data[:4096])
    named = _CHARSET.search(data[:4096])
    for name in (encoding, named[1].decode("ascii") if named else "", "utf-8"):
        try:
            if name:
                return data[skip:].decode(name)
        except (UnicodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")
