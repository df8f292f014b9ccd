"""HTML tables, as classic reports of Salesforce save them under the name .xls."""

import hashlib
import re
from html.parser import HTMLParser

from csplanner.crm.fields import header_score
from csplanner.crm.grid import HEADER_WITHIN, table_of_records
from csplanner.crm.stored import Stored
from csplanner.crm.table import Table
from csplanner.errors import UserError

MAX_FILE = 100 << 20


class _Rows(HTMLParser):
    """Collects the cells of every row of every table."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.rows: list[list[str]] = []
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self._close()
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th", "tr", "table"):
            self._close()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def _close(self) -> None:
        if self._cell is not None and self.rows:
            self.rows[-1].append("".join(self._cell).strip())
        self._cell = None


def read_html(stored: Stored) -> list[Table]:
    """The table in an HTML page, none where no header is known; UserError when it is too large."""
    if stored.size > MAX_FILE:
        raise UserError(f"{stored.name} is larger than 100 MB. Export it as CSV in parts.")
    data = stored.read()
    charset = re.search(rb"charset=[\"']?([\w-]+)", data[:4096])
    text = _decoded(data, charset[1].decode("ascii") if charset else "utf-8")
    rows = _Rows()
    rows.feed(text)
    rows.close()
    if not any(header_score(r) > 1 for r in rows.rows[:HEADER_WITHIN]):
        return []
    digest = hashlib.sha256(data).hexdigest()
    return [table_of_records(stored.name, rows.rows, "HTML", sha256=digest, size=len(data))]


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset)
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", errors="replace")
