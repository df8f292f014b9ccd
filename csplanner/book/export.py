"""The whole book as files: CSV for spreadsheets or exact, one JSON document, lines, or XLSX.

`docs/export-formats.md` describes every format; `rebuild.py` makes an equal book of any of them.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, TYPE_CHECKING

from csplanner.book.exact_texts import COLUMNS as EXACT_COLUMNS
from csplanner.book.exact_texts import EXACT_TEXTS, Fitter
from csplanner.book.export_tables import (
    CONTENTS,
    EXPORT_MARK,
    FORMAT,
    FORMAT_VERSION,
    GUARD_MARK,
    Copy,
    Table,
    private_copy,
)
from csplanner.book.outgoing import Placement, placing
from csplanner.book.rows import Cell
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book

__all__ = ["EXPORT_MARK", "FORMAT_VERSION", "GUARD_MARK", "export_book", "guarded", "unguarded"]

_DANGEROUS = (
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "'", "＝", "＋", "－", "＠", "|", "%"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ExportedBook:
    """What was written: files, rows by table, and what a reader must know."""

    files: tuple[Path, ...]
    rows: dict[str, int]
    warnings: tuple[str, ...]


@dataclass(slots=True)
class Out:
    """What every writer needs: the copy to read, the folder to write to, what it counts."""

    copy: Copy
    folder: Path
    rows: dict[str, int] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)

    def read(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        """The rows of a table; counts them."""
        self.rows[table.name] = 0
        for row in self.copy.rows(table):
            self.rows[table.name] += 1
            yield row

    def contents(self, exact_parts: int | None = None) -> Iterator[tuple[str, str, str]]:
        """The rows of the table `contents`, for formats of many tables."""
        head = self.copy.head
        yield "format", "", FORMAT
        for what in ("version", "as_of", "book", "schema", "app"):
            yield what, "", str(getattr(head, what))
        for table, count in head.rows.items():
            yield "rows", table, str(count)
        if exact_parts is not None:
            yield "rows", EXACT_TEXTS, str(exact_parts)

    def tell_what_did_not_fit(self, fitter: Fitter) -> None:
        """Say how many texts a spreadsheet will not show as they are."""
        if fitter.texts:
            what = "1 text does" if fitter.texts == 1 else f"{fitter.texts:,} texts do"
            self.warnings.append(
                f"{what} not fit into a spreadsheet’s cell. The cell shows what fits; "
                f"{EXACT_TEXTS} holds the whole, and a book made from this export has it."
            )


CONTENTS_TABLE = Table(CONTENTS, ("what", "of", "value"), (True, True, True))
EXACT_TABLE = Table(EXACT_TEXTS, EXACT_COLUMNS, (True, True, True, False, True))


def export_book(book: "Book", out_dir: Path, fmt: str = "csv") -> ExportedBook:
    """Write every record of the book into `out_dir`; `fmt` is csv, csv-exact, json, jsonl or xlsx.

    Every format holds the whole book, its history included, and `rebuild` makes an equal book of
    it. `csv` is safe to open in a spreadsheet. Nothing is overwritten. Raises UserError for
    another format or a folder that cannot be used.
    """
    write = _WRITERS.get(fmt)
    if write is None:
        known = ", ".join(_WRITERS)
        raise UserError(f"There is no export format {fmt}. Choose one of {known}.")
    with private_copy(book) as copy:
        out = Out(copy, out_dir)
        files = write(out)
    if book.is_encrypted:
        out.warnings.append("These files are not encrypted: anybody who has them can read them.")
    return ExportedBook(tuple(files), out.rows, tuple(out.warnings))


def guarded(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula; `unguarded` gives it back."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given."""
    return text[1:] if text.startswith("'") else text


def _csv_safe(out: Out) -> list[Path]:
    kept: list[tuple[Cell, ...]] = []
    fitter = Fitter(kept.append, tells_empty_apart=True)

    def cells(row: tuple[Cell, ...], table: Table) -> tuple[Cell, ...]:
        return (*(guarded(c) if isinstance(c, str) else c for c in fitter.fit(row, table)), 1)

    with _placing_all(out.folder) as files:
        for table in out.copy.tables():
            with files.writing(table.name) as stream:
                _write_csv(stream, table, (cells(r, table) for r in out.read(table)), guard=True)
        with files.writing(EXACT_TEXTS) as stream:
            safe = (cells(r, EXACT_TABLE) for r in kept)
            _write_csv(stream, EXACT_TABLE, safe, guard=True)
        with files.writing(CONTENTS) as stream:
            safe = (cells(r, CONTENTS_TABLE) for r in out.contents(fitter.parts))
            _write_csv(stream, CONTENTS_TABLE, safe, guard=True)
    out.tell_what_did_not_fit(fitter)
    return files.paths()


def _csv_exact(out: Out) -> list[Path]:
    with _placing_all(out.folder) as files:
        for table in out.copy.tables():
            with files.writing(table.name) as stream:
                _write_csv(stream, table, out.read(table), guard=False)
        with files.writing(CONTENTS) as stream:
            _write_csv(stream, CONTENTS_TABLE, out.contents(), guard=False)
    return files.paths()


class _placing_all:  # noqa: N801 - reads as the function `placing` does
    """Files of one set: all are written before the first takes its place, and when one cannot,
    none stays. The file written last is placed first.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._placements: list[Placement] = []

    def writing(self, name: str) -> IO[str]:
        """A stream into the CSV file of that name."""
        placement = self._stack.enter_context(placing(self._folder, f"{name}.csv"))
        self._placements.append(placement)
        return placement.temporary.open("w", encoding="utf-8-sig", newline="")

    def paths(self) -> list[Path]:
        """Where the files stand, in the order they were written."""
        return [p.path for p in self._placements]

    def __enter__(self) -> "_placing_all":
        return self

    def __exit__(self, *error: object) -> None:
        try:
            self._stack.__exit__(*error)  # type: ignore[arg-type]
        except BaseException:
            for path in self.paths():
                path.unlink(missing_ok=True)
            raise


def _write_csv(
    stream: IO[str], table: Table, rows: Iterator[tuple[Cell, ...]], *, guard: bool
) -> None:
    """UTF-8 with a mark, CRLF, every text quoted; NULL is an empty field without quotes."""
    stream.write(_line((EXPORT_MARK, *table.columns, *([GUARD_MARK] if guard else []))))
    for row in rows:
        stream.write(_line((table.name, *row)))


def _line(cells: tuple[Cell, ...]) -> str:
    """One CSV line; text is quoted always, numbers never, NULL is nothing at all."""
    parts = [
        "" if c is None else '"' + c.replace('"', '""') + '"' if isinstance(c, str) else str(c)
        for c in cells
    ]
    return ",".join(parts) + "\r\n"


def _json(out: Out) -> list[Path]:
    """One document, written row by row: what it is, then tables with columns and rows."""
    with (
        placing(out.folder, f"{out.copy.stem}.json") as placement,
        placement.temporary.open("w", encoding="utf-8") as stream,
    ):
        stream.write(json.dumps({"format": FORMAT, **asdict(out.copy.head)})[:-1])
        stream.write(', "tables": {')
        for number, table in enumerate(out.copy.tables()):
            comma = ",\n" if number else "\n"
            columns = json.dumps(list(table.columns))
            stream.write(f'{comma}"{table.name}": {{"columns": {columns}, "rows": [')
            for at, row in enumerate(out.read(table)):
                stream.write(("," if at else "") + "\n" + json.dumps(row))
            stream.write("]}")
        stream.write("\n}}\n")
    return [placement.path]


def _jsonl(out: Out) -> list[Path]:
    from csplanner.book.dump import write_lines

    with placing(out.folder, f"{out.copy.stem}.jsonl") as placement:
        write_lines(out.copy, placement.temporary)
    out.rows.update(out.copy.head.rows)
    return [placement.path]


def _xlsx(out: Out) -> list[Path]:
    from csplanner.book.export_xlsx import write_workbook

    return [write_workbook(out)]


_WRITERS: dict[str, Callable[[Out], list[Path]]] = {
    "csv": _csv_safe,
    "csv-exact": _csv_exact,
    "json": _json,
    "jsonl": _jsonl,
    "xlsx": _xlsx,
}
