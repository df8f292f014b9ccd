"""A folder of exported CSV files as a source of a book, safe or exact."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO

from csplanner.book.exact_texts import EXACT_TEXTS, ExactTexts
from csplanner.book.export_tables import CONTENTS, EXPORT_MARK, FORMAT, GUARD_MARK, Head
from csplanner.book.rows import Cell
from csplanner.book.sources import (
    FIRST_FORMAT,
    MAX_BYTES,
    MAX_RECORD,
    Source,
    SourceTable,
    damaged,
    head_of,
    in_step,
    no_export,
)
from csplanner.errors import UserError

_MOST_FILES = 1_000
_PIECE = 1 << 20
_FIELD = re.compile(r'("[^"]*+(?:""[^"]*+)*+"|[^",\r\n]*+)(,|\Z)')


@contextmanager
def csv_source(folder: Path) -> Iterator[Source]:
    """The CSV files of one export in `folder`, other files left aside; UserError when there is
    none, more than one, or only a part of one.
    """
    with ExitStack() as stack:
        files, spoilt = _files(folder, stack)
        if not files:
            raise no_export(folder.name)
        yield _CsvSource(folder.name, files, spoilt)


class _File:
    """One CSV file: its table, its columns without our marks, its rows."""

    def __init__(self, path: Path, stream: IO[str]) -> None:
        self.path = path
        self._records = _records(stream, path.name)
        heading = next(self._records, [])
        self.heading = [str(cell).strip() if cell else "" for cell in heading]
        self.is_ours = EXPORT_MARK in self.heading
        self._first = next(self._records, None) if self.is_ours else None
        self._mark = self.heading.index(EXPORT_MARK) if self.is_ours else 0
        self._guard = self.heading.index(GUARD_MARK) if GUARD_MARK in self.heading else None
        named = self._first[self._mark] if self._has_first() and self._first else None
        self.table = str(named or path.stem)
        self.columns = tuple(self.heading[i] for i in self._kept())

    def _has_first(self) -> bool:
        return self._first is not None and len(self._first) > self._mark

    def _kept(self) -> list[int]:
        return [i for i in range(len(self.heading)) if i not in (self._mark, self._guard)]

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Every row without marks and guards."""
        every = iter([self._first] if self._first is not None else [])
        heading = tuple(self.heading)
        yield from map(self._bare, in_step(heading, every, self.table))
        yield from map(self._bare, in_step(heading, self._records, self.table))

    def _bare(self, row: Sequence[Cell]) -> Sequence[Cell]:
        if row[self._mark] != self.table:
            raise damaged(self.path.name)
        cells = [row[i] for i in self._kept()]
        if self._guard is None:
            return cells
        return [c[1:] if isinstance(c, str) and c[:1] == "'" else c for c in cells]


def _files(folder: Path, stack: ExitStack) -> tuple[dict[str, _File], dict[str, UserError]]:
    """The files of the export by table, and by name what was wrong with those not readable."""
    paths = sorted(p for p in folder.iterdir() if p.suffix.casefold() == ".csv" and p.is_file())
    if len(paths) > _MOST_FILES:
        raise UserError(f"{folder.name} holds more than {_MOST_FILES:,} CSV files. Choose another.")
    if sum(p.stat().st_size for p in paths) > MAX_BYTES:
        raise UserError(f"{folder.name} holds more than 4 GB, which no export of csplanner does.")
    files: dict[str, _File] = {}
    spoilt: dict[str, UserError] = {}
    for path in paths:
        stream = stack.enter_context(path.open(encoding="utf-8-sig", newline=""))
        try:
            file = _File(path, stream)
        except UserError as error:
            spoilt[path.stem] = error  # a file of others, unless one of ours is missed
            continue
        if not file.is_ours:
            continue
        if file.table in files:
            raise UserError(
                f"{folder.name} holds the table {file.table} twice ({files[file.table].path.name} "
                f"and {path.name}). Put the files of one export in a folder of their own."
            )
        files[file.table] = file
    return files, spoilt


class _CsvSource:
    """The files of one export."""

    blank_is_empty = True

    def __init__(self, name: str, files: dict[str, _File], spoilt: dict[str, UserError]) -> None:
        if CONTENTS in spoilt:
            raise spoilt[CONTENTS]
        self._name = name
        contents = files.pop(CONTENTS, None)
        exact = files.pop(EXACT_TEXTS, None)
        self.head = head_of(_told(contents), name) if contents else Head(1)
        self._exact = ExactTexts(exact.rows() if exact else ())
        self._files = files
        # Told apart from a table that is empty: its file is missing, so it was not exported.
        expected = self.head.rows if contents else FIRST_FORMAT
        missing = sorted({*expected} - {*files, EXACT_TEXTS})
        if self.head.rows.get(EXACT_TEXTS, 0) and not exact:
            missing = [EXACT_TEXTS, *missing]
        for table in missing:
            if table in spoilt:
                raise spoilt[table]
        if missing:
            raise UserError(
                f"{name} is not complete: {missing[0]}.csv is missing"
                f"{f' and {len(missing) - 1} more' if missing[1:] else ''}. Export the book again."
            )

    def tables(self) -> Iterator[SourceTable]:
        """One table a file."""
        for name, file in self._files.items():
            rows = self._exact.put_back(name, file.columns, file.rows())
            yield SourceTable(name, file.columns, rows)


def _told(contents: _File) -> dict[str, object]:
    """What the table of contents says, as the head of a JSON document says it."""
    rows: dict[str, Cell] = {}
    told: dict[str, object] = {"format": FORMAT, "rows": rows}
    for what, of, value, *_ in contents.rows():
        if what == "rows":
            rows[str(of)] = value
        else:
            told[str(what)] = value
    return told


def _records(stream: IO[str], name: str) -> Iterator[list[Cell]]:
    """The records of a CSV file; a field without quotes and without content is None."""
    pending: list[str] = []
    quotes = length = 0
    try:
        while line := stream.readline(_PIECE):
            pending.append(line)
            quotes += line.count('"')
            length += len(line)
            if length > MAX_RECORD:
                raise UserError(f"{name} has a row longer than any csplanner writes.")
            if quotes % 2 or not line.endswith(("\n", "\r")):
                continue
            yield from _parsed("".join(pending), name)
            pending, quotes, length = [], 0, 0
    except UnicodeDecodeError:
        raise UserError(f"{name} is not text in UTF-8. Export the book again.") from None
    if pending:
        yield from _parsed("".join(pending), name)


def _parsed(record: str, name: str) -> Iterator[list[Cell]]:
    line = record.rstrip("\r\n")
    if not line:
        return
    cells: list[Cell] = []
    length = 0
    for field, comma in _FIELD.findall(line):
        length += len(field) + len(comma)
        cells.append(
            field[1:-1].replace('""', '"') if field[:1] == '"' else field if field else None
        )
        if not comma:
            break
    if length != len(line):
        raise damaged(name)
    yield cells
