"""The driver of encrypted books: SQLCipher, behaving and failing like Python's own SQLite.

Its errors are of classes of its own; here each becomes the one of `sqlite3` with the same name
and code, so that nobody else need know which of the two a connection is.
"""

import sqlite3
from collections.abc import Callable
from functools import cache, partialmethod
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.key import Key

_P = ParamSpec("_P")
_R = TypeVar("_R")

_MISSING = (
    "Encrypted books need a part of csplanner that is not installed. "
    "Install it with: pip install 'csplanner[encryption]'"
)


def need_driver() -> None:
    """Raise UserError with how to install it when SQLCipher is not there."""
    _driver()


@cache
def _driver() -> ModuleType:
    try:
        return import_module("sqlcipher3.dbapi2")
    except ImportError:
        raise UserError(_MISSING) from None


@cache
def connection_class(counted: type) -> type[sqlite3.Connection]:
    """A class of connections to encrypted files, with what the mixin `counted` adds.

    It has the methods of `sqlite3.Connection` that a book uses, though it derives from another.
    """
    driver = _driver()

    def said(run: Callable[_P, _R]) -> Callable[_P, _R]:
        def call(*args: _P.args, **kwargs: _P.kwargs) -> _R:
            try:
                return run(*args, **kwargs)
            except (driver.Error, driver.Warning) as error:
                raise _ours(error) from None

        return call

    cursor = type(
        "CipherCursor",
        (driver.Cursor,),
        {name: said(getattr(driver.Cursor, name)) for name in (
            "execute", "executemany", "executescript", "fetchone", "fetchmany", "fetchall",
            "__next__",
        )},
    )  # fmt: skip

    names = ("execute", "executemany", "executescript", "commit", "rollback", "backup",
             "create_function")  # fmt: skip
    own: dict[str, object] = {name: said(getattr(driver.Connection, name)) for name in names}
    own["cursor"] = partialmethod(driver.Connection.cursor, cursor)
    return type("CipherConnection", (counted, driver.Connection), own)


def open_encrypted(uri: str, key: "Key | None", counted: type) -> sqlite3.Connection:
    """A connection by SQLCipher to the file at an SQLite URI, a plain one without `key`; nothing
    is read yet.
    """
    driver = _driver()
    try:
        connection: sqlite3.Connection = driver.connect(
            uri, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False,
            factory=connection_class(counted),
        )  # fmt: skip
    except driver.Error as error:
        raise _ours(error) from None
    # What it says on stderr of a page it cannot read is said in words by whoever reads.
    connection.execute("pragma cipher_log_level = none")
    if key is not None:
        connection.execute(f'pragma key = "{key.spec}"')
    return connection


def _ours(error: Exception) -> Exception:
    """The error of `sqlite3` that says the same."""
    kind = getattr(sqlite3, type(error).__name__, sqlite3.DatabaseError)
    ours: Exception = kind(*error.args)
    for name in ("sqlite_errorcode", "sqlite_errorname"):
        if hasattr(error, name):
            setattr(ours, name, getattr(error, name))
    return ours
