"""Fields as they were known on a day, told by their history."""

import sqlite3
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import groupby

from csplanner.book.accounts import fold
from csplanner.book.field_history import in_cells, in_step
from csplanner.book.rewind_journal import Row
from csplanner.book.rows import Cell

_OWN = frozenset({"id", "account_id", "snapshot_id", "name_key"})
"""Columns that no history speaks of."""


@dataclass(frozen=True, slots=True)
class _Columns:
    """The columns of a table: which hold numbers, and which name a row of another."""

    names: frozenset[str]
    numbers: frozenset[str]
    links: Mapping[str, str]


def back_by_history(
    db: sqlite3.Connection, names: tuple[str, ...], days: Mapping[str, str], moved: Set[Row]
) -> None:
    """Set fields that changed later to what they were known as: what the newest entry up to the
    day made of them, else what the first later one found.

    Of rows the journal has turned back (`moved`), only entries up to the day say more: they may
    speak of an earlier day than the change that wrote them.
    """
    for table in names:
        columns = _columns_of(db, table)
        for row_id, known in _known(db, table, days, moved):
            _set(db, table, columns, row_id, known, is_told=(table, row_id) in moved)


_ENTRIES = """select row_id, field, was, became,
    as_of > iif(snapshot_id is null, :day, :known) as late, as_of, rowid
    from field_history where tbl = :table"""


def _known(
    db: sqlite3.Connection, table: str, days: Mapping[str, str], moved: Set[Row]
) -> Iterator[tuple[str, dict[str, str | None]]]:
    """Per row the fields that are to be set, as texts."""
    ids = [row_id for name, row_id in moved if name == table]
    db.execute("create temp table if not exists told (row_id text primary key) without rowid")
    db.execute("delete from temp.told")
    db.executemany("insert into temp.told values (?)", ((i,) for i in ids))
    found = db.execute(
        f"select row_id, field, was, became, late from ({_ENTRIES}) e where "
        "row_id in (select row_id from temp.told) or exists (select 1 from field_history l "
        "where l.tbl = :table and l.row_id = e.row_id and l.field = e.field "
        "and l.as_of > iif(l.snapshot_id is null, :day, :known)) "
        "order by row_id, field, as_of, rowid",
        {**days, "table": table},
    ).fetchall()
    for row_id, entries in groupby(found, key=lambda entry: entry[0]):
        known: dict[str, str | None] = {}
        for name, told in groupby(entries, key=lambda entry: entry[1]):
            in_order = list(told)
            early = [became for _, _, _, became, late in in_order if not late]
            if early:
                known[name] = early[-1]
            elif (table, row_id) not in moved:
                known[name] = in_order[0][2]
        yield row_id, known


def _set(
    db: sqlite3.Connection,
    table: str,
    columns: _Columns,
    row_id: str,
    known: dict[str, str | None],
    *,
    is_told: bool,
) -> None:
    cursor = db.execute(f"select * from {table} where id = ?", (row_id,))
    row = cursor.fetchone()
    if row is None:
        return
    now: dict[str, Cell] = dict(zip((c[0] for c in cursor.description), row, strict=True))
    cells = dict(now)
    taken = {}
    for name, text in known.items():
        if name not in columns.names or name in _OWN:
            continue
        if name in columns.links and text is not None:
            found = _linked(db, columns.links[name], cells.get("account_id"), text)
            # The image of a row names whom it meant; a history only knows a name.
            if found is None or is_told:
                continue
            text = found
        cells |= in_cells(name, text, is_number=name in columns.numbers)
        taken[name] = text
    cells = in_step(cells, taken)
    if table == "account":
        cells["name_key"] = fold(str(cells["name"]))
    changed = {name: cell for name, cell in cells.items() if cell != now.get(name)}
    if changed:
        sets = ", ".join(f'"{name}" = ?' for name in changed)
        db.execute(f"update or ignore {table} set {sets} where id = ?", (*changed.values(), row_id))


def _linked(db: sqlite3.Connection, table: str, account: Cell, text: str) -> str | None:
    """The row that a link named: by its id, or by a name that only one of the account has."""
    if db.execute(f"select 1 from {table} where id = ?", (text,)).fetchone():
        return text
    if table != "person":
        return None
    found = db.execute(
        "select id from person where account_id = ? and name = ?", (account, text)
    ).fetchall()
    return str(found[0][0]) if len(found) == 1 else None


def _columns_of(db: sqlite3.Connection, table: str) -> _Columns:
    info = db.execute(f"pragma table_info({table})").fetchall()
    keys = db.execute(f"pragma foreign_key_list({table})").fetchall()
    return _Columns(
        frozenset(row[1] for row in info),
        frozenset(row[1] for row in info if row[2].casefold() == "integer"),
        {key[3]: key[2] for key in keys},
    )
