"""What a file holds besides what we put there: received books are looked through before use."""

import re
import sqlite3
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from csplanner.book.connection import key_of
from csplanner.book.schema import statements
from csplanner.errors import DamagedBook

KNOWN = {
    1: "c30bbc2352d151175e0d8ea5ac23a0a18654c19aed2c3483879fed498738346e",
    2: "0266f37efde003f684d2097fcb6232f5ba7da8978b7f1d20c6319a0025c951ee",
    3: "49fce5e0bb3c44ee0e968da59500a7457c0a93aceffb6daf841fcab80605e9de",
    4: "8861d57e6680e1e939df24b405b1e7e07a3edfb70fa69e635dd1f1d75ba87949",
    5: "cb7d137606ca9d4ca2afa78d4ea89056328ab5315131efa1e61a632d0a49fec3",
}
"""Per schema, the digest of everything our migrations make: most books are ours and unchanged."""

_SHADOWS = frozenset(f"search_{part}" for part in ("data", "idx", "content", "docsize", "config"))
"""Tables the search index keeps its parts in, made by SQLite itself."""

_OF_MIGRATIONS = frozenset({"_sqlite_migrations", "idx__sqlite_migrations_migration_set_name"})
_OF_SQLITE = frozenset({"sqlite_sequence", "sqlite_stat1", "sqlite_stat4"})
_PLAIN_INDEX = re.compile(r'create index [\w" ]+ on [\w" ]+\([\w", ]+\)$')


class Part(NamedTuple):
    """One thing in a database: a table, index, trigger or view, and how it was made."""

    kind: str
    name: str
    table: str
    sql: str


def foreign_code(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Everything that may run or is not shaped as our migrations made it, as “trigger evil”.

    That is every trigger and view, tables we do not know or whose text differs from ours,
    virtual tables, and indexes that compute. A plain index by another program does no harm.
    """
    parts = _parts(connection)
    version = _version(connection)
    if digest_of(parts) == KNOWN.get(version):
        return ()
    expected = {(p.kind, p.name): p.sql for p in expected_parts(version)}
    return tuple(f"{p.kind} {p.name}" for p in parts if _is_foreign(p, expected))


def without_code(connection: sqlite3.Connection) -> str:
    """How to have the records of a book without what csplanner did not write, one sentence."""
    # A salvage follows pages, which it cannot in an encrypted file.
    how = (
        "csplanner salvage BOOK --out NEW"
        if key_of(connection) is None
        else "csplanner export BOOK --out FOLDER, then csplanner new NEW --encrypted --from FOLDER"
    )
    return f"To have its records without that code, make a new book of them: {how}."


def need_tables(connection: sqlite3.Connection) -> None:
    """Raise DamagedBook when a table of ours is missing: the book was damaged by other hands."""
    parts, version = _parts(connection), _version(connection)
    if digest_of(parts) == KNOWN.get(version):
        return
    found = {p.name for p in parts if p.kind == "table"}
    missing = sorted({p.name for p in expected_parts(version) if p.kind == "table"} - found)
    if missing:
        raise DamagedBook(f"{len(missing)} of its tables are missing, {missing[0]} first")


def digest_of(parts: tuple[Part, ...]) -> str:
    """One word for all parts of a database that are not SQLite's own."""
    made = sha256()
    for part in parts:
        is_kept_beside = part.name in _SHADOWS or part.name in _OF_MIGRATIONS
        if part.kind not in ("table", "index") or not is_kept_beside:
            made.update("\0".join((*part, "")).encode("utf-8", "surrogatepass"))
    return made.hexdigest()


@cache
def expected_parts(version: int) -> tuple[Part, ...]:
    """What our own migrations make of an empty database, up to that schema."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in statements(version):
            connection.execute(statement)
        return _parts(connection)
    finally:
        connection.close()


def _is_foreign(part: Part, expected: dict[tuple[str, str], str]) -> bool:
    if part.kind in ("trigger", "view"):
        return True
    if (part.kind, part.name) in expected:
        # SQLite's own parts differ between its versions.
        return part.name not in _SHADOWS and part.sql != expected[part.kind, part.name]
    if part.name in _OF_MIGRATIONS or part.name in _OF_SQLITE:
        return part.sql.lower().startswith("create virtual")
    if part.kind == "index":
        return bool(part.sql) and not _PLAIN_INDEX.match(" ".join(part.sql.lower().split()))
    return True


def _parts(connection: sqlite3.Connection) -> tuple[Part, ...]:
    found = connection.execute(
        "select type, name, tbl_name, coalesce(sql, '') from sqlite_master order by type, name"
    )
    return tuple(Part(*row) for row in found)


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("pragma user_version").fetchone()[0])
