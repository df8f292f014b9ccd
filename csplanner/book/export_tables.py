"""What leaves a book whole: its tables with their columns, read from a private copy, and the
list of contents that goes with them.
"""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner import __version__
from csplanner.book.connection import create_file, sqlite_in_words
from csplanner.book.outgoing import safe_file_name
from csplanner.book.rows import Cell
from csplanner.book.schema import JOURNALLED, SCHEMA_VERSION

if TYPE_CHECKING:
    from csplanner.book.book import Book

FORMAT_VERSION = 2
"""Version of the exported formats; a reader refuses a larger one. The first had neither contents
nor the images that undo needs.
"""

FORMAT = "csplanner-book"
"""What every JSON document and dump of a book says it is."""

EXPORT_MARK = "csplanner_export"
"""Heading of the first column of every exported table; in its rows stands the table's name.

Amounts in an export are minor units and figures thousandths, so a reader that takes it for
another system's file would multiply them: whoever finds this heading knows better.
"""

GUARD_MARK = "csplanner_guarded"
"""Name of the last column of a CSV whose text cells carry a guard."""

CONTENTS = "contents"
"""The table of a CSV or XLSX export that says what else belongs to it."""

KEPT = (*JOURNALLED, "reading", "suppressed", "erasure", "change", "change_row")
"""Every table whose rows cannot be derived from others; a book is made again from these."""

CONVENIENCES = ("overview",)
"""Derived tables that are exported to be looked at, and never read back."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table on its way: its name, its columns, which of them hold text, and which may be
    empty.
    """

    name: str
    columns: tuple[str, ...]
    is_text: tuple[bool, ...]
    is_optional: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """What an export says about itself; format 1 says neither schema nor rows (`rows` empty)."""

    version: int
    as_of: str = ""
    book: str = ""
    schema: int = 1
    app: str = ""
    rows: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Copy:
    """One state of a book: its tables, what is said about it, and a private folder to work in."""

    connection: sqlite3.Connection
    scratch: Path
    head: Head

    @property
    def stem(self) -> str:
        """The name of the book as a file name."""
        return safe_file_name(self.head.book, "book")

    def tables(self, *, conveniences: bool = True) -> list[Table]:
        """The tables in the order they are written, with derived ones to look at if wanted."""
        return tables_of(self.connection, (*KEPT, *(CONVENIENCES if conveniences else ())))

    def rows(self, table: Table) -> Iterator[tuple[Cell, ...]]:
        """The rows of a table by its first column."""
        listed = ", ".join(f'"{c}"' for c in table.columns)
        # Not `yield from`: when writing fails, that would close a cursor whose file is gone.
        for row in self.connection.execute(  # noqa: UP028
            f'select {listed} from "{table.name}" order by "{table.columns[0]}"'
        ):
            yield row


def tables_of(connection: sqlite3.Connection, names: tuple[str, ...]) -> list[Table]:
    """Those of the named tables that the database has, with the columns it has."""
    found = [(n, connection.execute(f'pragma table_info("{n}")').fetchall()) for n in names]
    return [
        Table(
            name,
            tuple(row[1] for row in columns),
            tuple(str(row[2]).casefold() == "text" for row in columns),
            tuple(not row[3] and not row[5] for row in columns),
        )
        for name, every in found
        if (columns := [r for r in every if not (name in CONVENIENCES and r[1] == "id")])
    ]


@contextmanager
def private_copy(book: "Book") -> Iterator[Copy]:
    """One state of the book in a file of its own, so that long work on it holds nobody up."""
    with tempfile.TemporaryDirectory(prefix="csplanner-") as folder, sqlite_in_words():
        path = Path(folder) / "copy.csbook"
        create_file(path)
        connection = book.connect(path)
        try:
            # It is thrown away: nothing in it needs to survive a power cut.
            connection.execute("pragma synchronous = off")
            book.connection.backup(connection)
            yield Copy(connection, Path(folder), _head(connection, book))
        finally:
            connection.close()


def _head(connection: sqlite3.Connection, book: "Book") -> Head:
    rows = {
        table.name: int(connection.execute(f'select count(*) from "{table.name}"').fetchone()[0])
        for table in tables_of(connection, KEPT)
    }
    as_of = book.as_of().isoformat()
    return Head(FORMAT_VERSION, as_of, book.path.stem, SCHEMA_VERSION, __version__, rows)
