"""Texts that a spreadsheet's cell cannot hold as they are: the cell shows what fits, and a table
of its own, `exact_texts`, holds the whole, so that nothing is lost on the way back.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence

from csplanner.book.export_tables import Table
from csplanner.book.outgoing import CELL_LIMIT, Cleaner
from csplanner.book.rows import Cell
from csplanner.errors import UserError

EXACT_TEXTS = "exact_texts"
"""Name of the table, in its file or sheet."""

COLUMNS = ("tbl", "row_id", "column", "part", "text")
"""Whose text it is, and which part of it: a JSON string in ASCII, cut into parts."""

_PART = 30_000
_MOST = 1 << 28
# What `Cleaner` takes out or alters, and what packages of XML take for an escaped character.
_ODD = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\u202a-\u202e\u2066-\u2069]"
    "|_x[0-9A-Fa-f]{4}_"
)

Keep = Callable[[tuple[Cell, ...]], None]


class Fitter:
    """Makes the cells of a row fit a spreadsheet; what does not is handed to `keep` as rows of
    `COLUMNS`.
    """

    def __init__(self, keep: Keep, *, tells_empty_apart: bool) -> None:
        self.texts = 0
        """Texts of which a cell shows less than there is."""
        self.parts = 0
        """Rows handed to `keep`."""
        self._keep = keep
        self._cleaner = Cleaner()
        self._tells_empty_apart = tells_empty_apart

    def fit(self, row: tuple[Cell, ...], table: Table) -> tuple[Cell, ...]:
        """The row with every text as a cell can show it."""
        if all(self._fits(cell, at, table) for at, cell in enumerate(row)):
            return row
        shown = tuple(self._shown(cell) if isinstance(cell, str) else cell for cell in row)
        for at, cell in enumerate(row):
            if isinstance(cell, str) and not self._fits(cell, at, table):
                self._keep_whole(table.name, shown[0], table.columns[at], cell)
        return shown

    def _fits(self, cell: Cell, at: int, table: Table) -> bool:
        if not isinstance(cell, str):
            return True
        if not cell:
            return self._tells_empty_apart or not table.is_optional[at]
        # Spreadsheets count in units of UTF-16, of which no character takes more than two.
        long = len(cell) > CELL_LIMIT // 2 and _units(cell) > CELL_LIMIT
        return not long and _ODD.search(cell) is None

    def _shown(self, text: str) -> str:
        shown = self._cleaner.text(text)
        while _units(shown) > CELL_LIMIT:
            shown = shown[: len(shown) - (_units(shown) - CELL_LIMIT) // 2 - 2] + "…"
        return shown

    def _keep_whole(self, table: str, row_id: Cell, column: str, text: str) -> None:
        # Nothing of what is written may look like an escaped character of a package either.
        literal = json.dumps(text).replace("_", "\\u005f").replace(" ", "\\u0020")
        self.texts += bool(text)
        for part, start in enumerate(range(0, len(literal), _PART), 1):
            piece = literal[start : start + _PART]
            self._keep((table, str(row_id), column, part, piece))
            self.parts += 1


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


class ExactTexts:
    """The texts of a table `exact_texts`, to be put where cells could not hold them."""

    def __init__(self, rows: Iterable[Sequence[Cell]] = ()) -> None:
        """Raises UserError when the table holds something else, or more than any book does."""
        parts: dict[tuple[str, str, str], dict[int, str]] = {}
        size = 0
        for row in rows:
            try:
                table, row_id, column, part, piece = row
                parts.setdefault((str(table), str(row_id), str(column)), {})[int(part or 0)] = str(
                    piece
                )
            except (TypeError, ValueError):
                raise _spoilt() from None
            size += len(str(piece))
            if size > _MOST:
                raise UserError("The export holds more long texts than csplanner can read back.")
        self._by_table: dict[str, dict[tuple[str, str], str]] = {}
        for (table, row_id, column), pieces in parts.items():
            self._by_table.setdefault(table, {})[row_id, column] = _text(pieces)

    def put_back(
        self, table: str, columns: tuple[str, ...], rows: Iterable[Sequence[Cell]]
    ) -> Iterator[Sequence[Cell]]:
        """The rows of a table with their exact texts; raises UserError when one finds no row."""
        waiting = dict(self._by_table.get(table, {}))
        if not waiting:
            yield from rows
            return
        concerned = {row_id for row_id, _ in waiting}
        for row in rows:
            if str(row[0]) not in concerned:
                yield row
                continue
            key = str(row[0])
            yield tuple(
                waiting.pop((key, column), cell) for column, cell in zip(columns, row, strict=True)
            )
        if waiting:
            raise _spoilt()


def _text(pieces: dict[int, str]) -> str:
    if sorted(pieces) != list(range(1, len(pieces) + 1)):
        raise _spoilt()
    try:
        text = json.loads("".join(pieces[n] for n in sorted(pieces)))
    except (ValueError, RecursionError):
        raise _spoilt() from None
    if not isinstance(text, str):
        raise _spoilt()
    return text


def _spoilt() -> UserError:
    return UserError(
        f"The table {EXACT_TEXTS} of the export does not fit the others. Export the book again, "
        "or take another of its exports."
    )
