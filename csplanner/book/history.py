"""The list of changes, and taking an older one back while keeping what came after."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from csplanner.book.journal import Table, write_image

_COLUMNS = "id, label, at, kind, state, rows, reverts"


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the book's history; `at` is UTC, `rows` counts the rows it touched.

    `state` is done, undone (can come again), dropped (cannot any more) or reverted (taken back
    by the later change that names it in `reverts`).
    """

    id: int
    label: str
    at: str
    kind: str
    state: str
    rows: int
    reverts: int | None = None


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back (or brought again), and how many later edits were kept."""

    label: str
    kept: int = 0


def start(db: sqlite3.Connection, label: str, kind: str, batch: str | None) -> int:
    """Write a new change down and return its number."""
    at = datetime.now(UTC).isoformat(timespec="seconds")
    cursor = db.execute(
        "insert into change (label, at, kind, snapshot_id) values (?, ?, ?, ?)",
        (label, at, kind, batch),
    )
    return int(cursor.lastrowid or 0)


def finish(db: sqlite3.Connection, number: int, altered: bool) -> None:
    """End a change: forget it when it altered nothing, else end the redo line."""
    if not altered:
        db.execute("delete from change where id = ?", (number,))
        return
    db.execute(
        "update change set rows = (select count(*) from change_row where change_id = ?) "
        "where id = ?",
        (number, number),
    )
    db.execute(
        "delete from change_row where change_id in (select id from change where state = 'undone')"
    )
    db.execute("update change set state = 'dropped' where state = 'undone'")


def mark(db: sqlite3.Connection, change: Change, state: str) -> None:
    """Set the state of a change to `done` or `undone`, and that of the one it reverts with it."""
    db.execute("update change set state = ? where id = ?", (state, change.id))
    if change.reverts is not None:
        other = "reverted" if state == "done" else "done"
        db.execute("update change set state = ? where id = ?", (other, change.reverts))


def mark_reverted(db: sqlite3.Connection, change: Change) -> None:
    """Note that the change being written takes `change` back, unless it could take nothing."""
    written = db.execute(
        "update change set reverts = ? where id = (select max(id) from change) "
        "and exists (select 1 from change_row where change_id = change.id)",
        (change.id,),
    )
    if written.rowcount:
        db.execute("update change set state = 'reverted' where id = ?", (change.id,))


def newest_done(db: sqlite3.Connection) -> Change | None:
    """The newest change in force."""
    return _one(db, "where state = 'done' order by id desc limit 1")


def oldest_undone(db: sqlite3.Connection) -> Change | None:
    """The change that was undone last, first to come again."""
    return _one(db, "where state = 'undone' order by id limit 1")


def find(db: sqlite3.Connection, number: int) -> Change | None:
    """The change with that number."""
    return _one(db, "where id = ?", number)


def _one(db: sqlite3.Connection, where: str, *values: int) -> Change | None:
    row = db.execute(f"select {_COLUMNS} from change {where}", values).fetchone()
    return Change(*row) if row else None


def stamp(db: sqlite3.Connection) -> str:
    """A word that is another one after every change, undo and redo of the book.

    The same word means that nothing was done in between, or that all of it was undone again.
    """
    newest, done, entry = db.execute(
        "select (select max(id) from change), "
        "(select id from change where state = 'done' order by id desc limit 1), "
        "(select max(id) from change_row)"
    ).fetchone()
    told = db.execute(
        "select id, label, at, rows, state from change where id in (?, ?) order by id",
        (newest, done),
    ).fetchall()
    digest = hashlib.sha256(json.dumps([entry, told]).encode()).hexdigest()[:16]
    return f"{newest or 0}.{done or 0}.{digest}"


def changes(db: sqlite3.Connection, limit: int, account_id: str | None) -> list[Change]:
    """The newest `limit` changes, of one account when given."""
    only, values = "", []
    if account_id is not None:
        only = "where id in (select change_id from change_row where account_id = ?)"
        values.append(account_id)
    sql = f"select {_COLUMNS} from change {only} order by id desc limit ?"
    return [Change(*row) for row in db.execute(sql, (*values, limit))]


def revert(db: sqlite3.Connection, tables: tuple[Table, ...], change: Change) -> int:
    """Undo `change` row by row inside the open change; returns how many edits were kept."""
    by_name = {t.name: t for t in tables}
    kept = 0
    db.execute("pragma defer_foreign_keys = on")
    entries = db.execute(
        "select tbl, row_id, before, after, batch from change_row where change_id = ? "
        "order by id desc",
        (change.id,),
    ).fetchall()
    for name, row_id, before, after, batch in entries:
        table = by_name[name]
        if batch is not None:
            kept += _remove_batch(db, table, change.id, batch)
        elif before is None:
            kept += _remove_row(db, table, row_id, change.id)
        elif after is None:
            kept += _bring_back(db, table, row_id, before)
        else:
            kept += _revert_fields(db, table, row_id, json.loads(before), json.loads(after))
    return kept


def _remove_batch(db: sqlite3.Connection, table: Table, change_id: int, batch: str) -> int:
    rows = db.execute(f"select id from {table.name} where snapshot_id = ?", (batch,)).fetchall()
    return sum(_remove_row(db, table, row_id, change_id) for (row_id,) in rows)


def _remove_row(db: sqlite3.Connection, table: Table, row_id: str, change_id: int) -> int:
    later = db.execute(
        "select 1 from change_row r where r.tbl = ? and r.row_id = ? and r.change_id > ? "
        "and r.change_id <> (select max(id) from change) limit 1",
        (table.name, row_id, change_id),
    ).fetchone()
    if later or _has_later_dependants(db, table.name, row_id, change_id):
        return 1
    db.execute(f"delete from {table.name} where id = ?", (row_id,))
    return 0


def _has_later_dependants(db: sqlite3.Connection, name: str, row_id: str, change_id: int) -> bool:
    for child, column in _children(db, name):
        rows = db.execute(f'select id from {child} where "{column}" = ?', (row_id,)).fetchall()
        if any(not _came_with(db, child, child_id, change_id) for (child_id,) in rows):
            return True
    return False


def _came_with(db: sqlite3.Connection, table: str, row_id: str, change_id: int) -> bool:
    """Whether the row was inserted by that change, as an image or in its batch."""
    found = db.execute(
        "select 1 from change_row where change_id = ? and tbl = ? and row_id = ? "
        "and before is null limit 1",
        (change_id, table, row_id),
    ).fetchone()
    if found:
        return True
    columns = {r[1] for r in db.execute(f"pragma table_info({table})")}
    if "snapshot_id" not in columns:
        return False
    return bool(
        db.execute(
            f"select 1 from {table} t join change c on c.snapshot_id = t.snapshot_id "
            "where t.id = ? and c.id = ?",
            (row_id, change_id),
        ).fetchone()
    )


def _children(db: sqlite3.Connection, parent: str) -> list[tuple[str, str]]:
    return [
        (child, column)
        for child, column in db.execute(
            'select m.name, f."from" from sqlite_master m, pragma_foreign_key_list(m.name) f '
            "where m.type = 'table' and f.\"table\" = ? and m.name not in ('overview', 'reading')",
            (parent,),
        )
    ]


def _bring_back(db: sqlite3.Connection, table: Table, row_id: str, before: str) -> int:
    if db.execute(f"select 1 from {table.name} where id = ?", (row_id,)).fetchone():
        return 1
    write_image(db, table, row_id, existed=False, image=before)
    return 0


def _revert_fields(
    db: sqlite3.Connection,
    table: Table,
    row_id: str,
    before: dict[str, object],
    after: dict[str, object],
) -> int:
    names = [c for c in table.columns if before.get(c) != after.get(c)]
    listed = ", ".join(f'"{c}"' for c in names)
    row = db.execute(f"select {listed} from {table.name} where id = ?", (row_id,)).fetchone()
    if row is None:
        return 1
    back = {c: before[c] for c, cell in zip(names, row, strict=True) if cell == after[c]}
    if back:
        sets = ", ".join(f'"{c}" = ?' for c in back)
        db.execute(f"update {table.name} set {sets} where id = ?", (*back.values(), row_id))
    return len(names) - len(back)
