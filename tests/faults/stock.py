"""The surface of Python's own `sqlite3.Connection` over an apsw connection.

The book speaks to `sqlite3`; apsw lets a test stand between SQLite and the disk. This class joins
them, and `connect` stands in for `sqlite3.connect`.
"""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import apsw

_CLASSES = {
    sqlite3.SQLITE_CONSTRAINT: sqlite3.IntegrityError,
    sqlite3.SQLITE_CORRUPT: sqlite3.DatabaseError,
    sqlite3.SQLITE_NOTADB: sqlite3.DatabaseError,
}


def as_stock(error: apsw.Error) -> sqlite3.Error:
    """The error Python's own driver would raise."""
    code = getattr(error, "extendedresult", 0) or getattr(error, "result", 0) or 0
    kind = _CLASSES.get(code & 0xFF, sqlite3.OperationalError)
    made = kind(str(error))
    made.sqlite_errorcode = code
    return made


class Rows:
    """A cursor whose rows were read at once, so that no statement stays open behind it."""

    def __init__(self, connection: "Connection") -> None:
        self.connection = connection
        self._rows: Iterator[tuple[Any, ...]] = iter(())
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.description: Any = None

    def execute(self, sql: str, values: Any = ()) -> "Rows":
        raw = self.connection.raw
        before = raw.total_changes()
        self._run(lambda cursor: cursor.execute(sql, values or None))
        word = sql.split(None, 1)[0].lower()
        changes = word in ("insert", "update", "delete", "replace")
        self.rowcount = raw.changes() if changes and raw.total_changes() != before else -1
        if changes and self.rowcount == -1:
            self.rowcount = 0
        self.lastrowid = raw.last_insert_rowid()
        return self

    def executemany(self, sql: str, many: Iterable[Any]) -> "Rows":
        before = self.connection.raw.total_changes()
        self._run(lambda cursor: cursor.executemany(sql, many))
        self.rowcount = self.connection.raw.total_changes() - before
        return self

    def _run(self, work: Callable[[Any], Any]) -> None:
        cursor = self.connection.raw.cursor()
        described: list[Any] = []

        def note(cursor: Any, row: Any) -> Any:
            described[:] = [cursor.get_description()]
            return row

        cursor.row_trace = note
        try:
            work(cursor)
            self._rows = iter(cursor.fetchall())
        except apsw.Error as error:
            raise as_stock(error) from error
        finally:
            cursor.close(True)
        if described:
            self.description = [(name, *[None] * 6) for name, _ in described[0]]

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchall(self) -> list[Any]:
        return list(self._rows)

    def fetchmany(self, size: int = 1) -> list[Any]:
        return [row for _, row in zip(range(size), self._rows, strict=False)]

    def __iter__(self) -> Iterator[Any]:
        return self._rows

    def __next__(self) -> Any:
        return next(self._rows)

    def close(self) -> None:
        self._rows = iter(())


class Connection:
    """An apsw connection that answers as Python's own driver in autocommit mode would."""

    isolation_level = None
    row_factory = None

    def __init__(self, raw: apsw.Connection, factory: type[sqlite3.Connection]) -> None:
        self.raw = raw
        # What a class of the application's own adds to a connection, it adds to this one beside.
        self._beside = factory(":memory:")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._beside, name)

    def execute(self, sql: str, values: Any = ()) -> Rows:
        return Rows(self).execute(sql, values)

    def executemany(self, sql: str, many: Iterable[Any]) -> Rows:
        return Rows(self).executemany(sql, many)

    def cursor(self) -> Rows:
        return Rows(self)

    @property
    def in_transaction(self) -> bool:
        return self.raw.in_transaction

    @property
    def total_changes(self) -> int:
        return self.raw.total_changes()

    def create_function(
        self, name: str, arguments: int, function: Any, *, deterministic: bool = False
    ) -> None:
        self.raw.create_scalar_function(name, function, arguments, deterministic=deterministic)

    def set_progress_handler(self, handler: Any, steps: int) -> None:
        self.raw.set_progress_handler(handler, steps)

    def set_trace_callback(self, callback: Any) -> None:
        del callback

    def interrupt(self) -> None:
        self.raw.interrupt()

    def commit(self) -> None:
        if self.in_transaction:
            self.execute("commit")

    def rollback(self) -> None:
        if self.in_transaction:
            self.execute("rollback")

    def backup(self, target: "Connection", **_: Any) -> None:
        try:
            with target.raw.backup("main", self.raw, "main") as copying:
                while not copying.done:
                    copying.step()
        except apsw.Error as error:
            raise as_stock(error) from error

    def close(self) -> None:
        self._beside.close()
        try:
            self.raw.close()
        except apsw.Error as error:
            raise as_stock(error) from error

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, kind: Any, *_: object) -> None:
        if kind is None:
            self.commit()
        else:
            self.rollback()


def connector(vfs: str) -> Callable[..., Connection]:
    """What stands in for `sqlite3.connect` so that every file goes through the VFS named."""

    def connect(
        database: Any,
        timeout: float = 5.0,
        *,
        uri: bool = False,
        factory: type[sqlite3.Connection] = sqlite3.Connection,
        **_: Any,
    ) -> Any:
        flags = apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_CREATE
        if uri:
            flags |= apsw.SQLITE_OPEN_URI
        try:
            raw = apsw.Connection(str(database), flags=flags, vfs=vfs)
        except apsw.Error as error:
            raise as_stock(error) from error
        raw.set_busy_timeout(int(timeout * 1000))
        return Connection(raw, factory)

    return connect
