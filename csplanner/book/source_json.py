"""An exported JSON document, or lines of JSON, as a source of a book; read piece by piece."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby
from pathlib import Path
from typing import IO, Any

from csplanner.book.rows import Cell
from csplanner.book.sources import (
    FIRST_FORMAT,
    MAX_RECORD,
    Source,
    SourceTable,
    damaged,
    head_of,
    in_step,
    no_export,
)
from csplanner.domain.proper_json import PROPER

_PIECE = 1 << 20


@contextmanager
def json_source(path: Path) -> Iterator[Source]:
    """The document or the lines in the file; raises UserError when they are not ours."""
    with path.open(encoding="utf-8-sig", newline="") as stream:
        try:
            first = stream.readline(_PIECE)
        except UnicodeDecodeError:
            raise damaged(path.name) from None
        try:
            told = PROPER.decode(first)
        except (ValueError, RecursionError):
            told = None
        if isinstance(told, dict) and isinstance(told.get("columns"), dict):
            yield _Lines(stream, told, path.name)
        else:
            stream.seek(0)
            yield _Document(stream, path.name)


class _Lines:
    """Lines of JSON: the head, then a list for each row."""

    blank_is_empty = False

    def __init__(self, stream: IO[str], told: dict[str, Any], name: str) -> None:
        self.head = head_of(told, name)
        self._columns = {table: _names(columns, name) for table, columns in told["columns"].items()}
        self._stream = stream
        self._name = name

    def tables(self) -> Iterator[SourceTable]:
        """Rows of one table that follow each other are one part of it."""
        for table, rows in groupby(self._rows(), key=lambda row: row[0]):
            columns = self._columns.get(table) if isinstance(table, str) else None
            if columns is None:
                raise damaged(self._name)
            bare = (row[1:] for row in rows)
            yield SourceTable(table, columns, in_step(columns, bare, table))
        for table in self._columns.keys() - self.head.rows.keys():
            raise damaged(f"{self._name} ({table})")

    def _rows(self) -> Iterator[list[Any]]:
        try:
            while line := self._stream.readline(MAX_RECORD):
                row = PROPER.decode(line)
                if not (isinstance(row, list) and row):
                    raise damaged(self._name)
                yield row
        except (ValueError, RecursionError):
            raise damaged(self._name) from None


def _names(columns: object, name: str) -> tuple[str, ...]:
    if not isinstance(columns, list) or not all(isinstance(c, str) for c in columns):
        raise damaged(name)
    return tuple(columns)


class _Document:
    """One JSON document: what it is first, then its tables."""

    blank_is_empty = False

    def __init__(self, stream: IO[str], name: str) -> None:
        self._text = _Text(stream, name)
        self._name = name
        told: dict[str, Any] = {}
        self._text.expect("{")
        while True:
            key = self._key()
            if key == "tables":
                break
            told[key] = self._text.value()
            if self._text.next_of(",}") == "}":
                raise no_export(name)
        self.head = head_of(told, name)

    def _key(self) -> str:
        key = self._text.value()
        self._text.expect(":")
        if not isinstance(key, str):
            raise damaged(self._name)
        return key

    def tables(self) -> Iterator[SourceTable]:
        """Every table, its columns before its rows."""
        text = self._text
        text.expect("{")
        seen: set[str] = set()
        while True:
            table = self._key()
            if table in seen:
                raise damaged(self._name)
            seen.add(table)
            yield self._table(table)
            if text.next_of(",}") == "}":
                break
        text.expect("}")
        text.expect_end()
        expected = set(FIRST_FORMAT) if self.head.version == 1 else set(self.head.rows)
        if expected - seen:
            raise damaged(self._name)

    def _table(self, table: str) -> SourceTable:
        self._text.expect("{")
        if self._key() != "columns":
            raise damaged(self._name)
        columns = _names(self._text.value(), self._name)
        self._text.expect(",")
        if self._key() != "rows":
            raise damaged(self._name)
        self._text.expect("[")
        return SourceTable(table, columns, in_step(columns, self._rows(), table))

    def _rows(self) -> Iterator[Sequence[Cell]]:
        text = self._text
        if text.peek() == "]":
            text.expect("]")
        else:
            while True:
                row = text.value()
                if not isinstance(row, list):
                    raise damaged(self._name)
                yield row
                if text.next_of(",]") == "]":
                    break
        text.expect("}")


class _Text:
    """JSON text read in pieces, so that only one value at a time is in memory."""

    def __init__(self, stream: IO[str], name: str) -> None:
        self._stream = stream
        self._name = name
        self._piece = ""
        self._at = 0
        self._ended = False

    def value(self) -> Any:  # noqa: ANN401 - JSON is anything
        """The value that begins here; raises UserError when there is none or it is too large."""
        self._skip()
        size = _PIECE
        while True:
            try:
                found, end = PROPER.raw_decode(self._piece, self._at)
            except (ValueError, RecursionError):
                end = len(self._piece)
            # A value at the end of what was read may go on in what comes.
            if end < len(self._piece):
                self._at = end
                return found
            if self._ended or len(self._piece) - self._at > MAX_RECORD:
                raise damaged(self._name)
            self._more(size)
            size *= 2

    def peek(self) -> str:
        """The next sign after blanks, empty at the end."""
        self._skip()
        return self._piece[self._at : self._at + 1]

    def next_of(self, signs: str) -> str:
        """Pass the next sign, which must be one of `signs`, and return it."""
        sign = self.peek()
        if not sign or sign not in signs:
            raise damaged(self._name)
        self._at += 1
        return sign

    def expect(self, sign: str) -> None:
        """Pass that sign; raises UserError when another stands here."""
        self.next_of(sign)

    def expect_end(self) -> None:
        """Raise UserError when more than blanks follows."""
        if self.peek():
            raise damaged(self._name)

    def _skip(self) -> None:
        while True:
            while self._piece[self._at : self._at + 1].isspace():
                self._at += 1
            if self._at < len(self._piece) or self._ended:
                return
            self._more(_PIECE)

    def _more(self, size: int) -> None:
        try:
            more = self._stream.read(size)
        except UnicodeDecodeError:
            raise damaged(self._name) from None
        self._ended = not more
        self._piece = self._piece[self._at :] + more
        self._at = 0
