"""Migrations of the book. Applied ones are never edited; a new shape is a new migration."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.connection import connect, sqlite_in_words
from csplanner.book.key import is_encrypted
from csplanner.book.tables import RECORD_TABLES, first_schema
from csplanner.book.tables_2 import RECORD_TABLES_2, second_schema
from csplanner.book.tables_3 import RECORD_TABLES_3, third_schema
from csplanner.book.tables_4 import RECORD_TABLES_4, fourth_schema
from csplanner.book.tables_5 import RECORD_TABLES_5, fifth_schema
from csplanner.errors import UserError

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

APPLICATION_ID = 0x43535042
"""`CSPB`, in the header of every book."""

SCHEMA_VERSION = 5
"""`user_version` of a book written by this version."""

JOURNALLED = (
    *RECORD_TABLES, *RECORD_TABLES_2, *RECORD_TABLES_3, *RECORD_TABLES_4, *RECORD_TABLES_5,
)  # fmt: skip
"""Tables whose changes are journalled and can be undone."""

IMAGED = (*JOURNALLED, "reading")
"""Tables the journal may hold images of: a reading that went with its account is kept there."""

_SCHEMAS = (
    ("m001_first_book", first_schema),
    ("m002_all_records", second_schema),
    ("m003_tasks_notes_tags", third_schema),
    ("m004_what_imports_remember", fourth_schema),
    ("m005_relationship_maps", fifth_schema),
)
"""The name under which each schema is noted as applied, and what makes it of the one before."""


def statements(version: int) -> tuple[str, ...]:
    """What makes an empty database a book of that schema, in order."""
    return tuple(s for _, schema in _SCHEMAS[:version] for s in schema())


def create_schema(connection: sqlite3.Connection) -> None:
    """Build every table of the present schema in an empty database."""
    connection.execute(f"pragma application_id = {APPLICATION_ID}")
    migrate(connection)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the database to the present schema, each migration whole or not at all."""
    database = _database(connection)
    _migrations().apply(database)
    if connection.execute("pragma foreign_key_check").fetchall():
        raise UserError(
            "The book could not be upgraded because some of its rows point nowhere. "
            "Open the backup made just now and run a check on it."
        )


def _database(connection: sqlite3.Connection) -> "Database":
    # sqlite_utils imports pandas when it finds it; an up-to-date book never comes here.
    import sys

    had_pandas = "pandas" in sys.modules
    if not had_pandas:
        sys.modules["pandas"] = None  # type: ignore[assignment]
    try:
        from sqlite_utils import Database
    finally:
        if not had_pandas:
            del sys.modules["pandas"]
    return Database(connection)


def _migrations() -> "Migrations":
    from sqlite_utils import Migrations

    migrations = Migrations("csplanner")
    for version, (name, schema) in enumerate(_SCHEMAS, start=1):
        migrations(name=name)(_step_to(version, schema))
    return migrations


def _step_to(version: int, schema: Callable[[], tuple[str, ...]]) -> Callable[["Database"], None]:
    def step(database: "Database") -> None:
        for statement in schema():
            database.execute(statement)
        database.execute(f"pragma user_version = {version}")

    return step


def read_header(path: Path) -> int:
    """The schema's version from the first 100 bytes; UserError when no book, or a newer one.

    Of an encrypted book the first 100 bytes are read by its key; NeedsPassphrase without.

    Must be called before any connection to the file exists in this process: closing a plain
    file handle would drop the locks SQLite holds on it.
    """
    if not path.exists():
        raise UserError(f"There is no book called {path.name}. Check the path, or make a new book.")
    if not path.is_file():
        raise UserError(f"{path.name or path} is not a file. Choose a .csbook file.")
    if is_encrypted(path):
        user_version, application_id = _of_encrypted(path)
    else:
        user_version, application_id = _of_plain(path)
    if application_id != APPLICATION_ID:
        raise UserError(f"{path.name} is a database of another program, not a csplanner book.")
    if user_version > SCHEMA_VERSION:
        raise UserError(
            f"{path.name} was written by a newer csplanner (book version {user_version}, this "
            f"program knows {SCHEMA_VERSION}). Update csplanner; nothing was changed."
        )
    return user_version


def _of_plain(path: Path) -> tuple[int, int]:
    with path.open("rb") as stream:
        header = stream.read(100)
    if len(header) < 100 or not header.startswith(b"SQLite format 3\0"):
        raise UserError(
            f"{path.name} is not a csplanner book. If it is a CRM export, import it into a book."
        )
    return int.from_bytes(header[60:64], "big"), int.from_bytes(header[68:72], "big")


def _of_encrypted(path: Path) -> tuple[int, int]:
    with sqlite_in_words(), closing(connect(path, read_only=True)) as db:
        version = int(db.execute("pragma user_version").fetchone()[0])
        return version, int(db.execute("pragma application_id").fetchone()[0])
