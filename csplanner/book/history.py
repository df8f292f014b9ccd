"""The changes of a book: which are in force, what can come back, and how long images are kept."""

import hashlib
import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from csplanner.book.journal import Table
from csplanner.book.taking_back import Plan, carry_out, plan
from csplanner.domain.wording import quoted
from csplanner.language import tr

COLUMNS = "id, label, at, kind, state, rows, reverts, snapshot_id, thinned"
KEPT_DAYS, KEPT_IMPORTS = 90, 20
"""Images of younger changes, and of so many imports, are kept."""


@dataclass(frozen=True, slots=True)
class Change:
    """One step of the book's history; `at` is UTC, `rows` counts the rows it touched.

    `state` is done, undone (can come again), dropped (cannot any more) or reverted (taken back
    by the later change that names it in `reverts`). `batch` is the snapshot of an import;
    `thinned` says that what stood in its rows is no longer kept, so that it cannot be undone.
    """

    id: int
    label: str
    at: str
    kind: str
    state: str
    rows: int
    reverts: int | None = None
    batch: str | None = None
    thinned: bool = False

    @property
    def is_for_good(self) -> bool:
        """Whether it was made so that nothing takes it back, or an erasure left nothing of it."""
        return self.state == "dropped" and self.rows == 0


@dataclass(frozen=True, slots=True)
class Undone:
    """What was taken back (or brought again), and how many later edits and rows were kept."""

    label: str
    kept: int = 0
    stays: str = ""
    """Sentences about what was kept: how much, and by what."""
    is_nothing: bool = False
    """Whether all of it was kept, so that the change is in force as before."""

    @property
    def words(self) -> str:
        """`Undone: Change Acme. 1 later edit is kept.`"""
        if self.is_nothing:
            said = tr("Nothing of {0} could be taken back.").format(quoted(self.label))
            return f"{said} {self.stays}"
        return f"{tr('Undone: {0}.').format(self.label)} {self.stays}".rstrip()


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
    _end_redo_line(db)


def close_for_good(db: sqlite3.Connection, number: int) -> None:
    """End a change that nothing takes back; what was undone before it cannot come again."""
    _end_redo_line(db)
    db.execute("update change set state = 'dropped' where id = ?", (number,))


def _end_redo_line(db: sqlite3.Connection) -> None:
    db.execute(
        "delete from change_row where change_id in (select id from change where state = 'undone')"
    )
    db.execute("update change set state = 'dropped' where state = 'undone'")


def mark(db: sqlite3.Connection, change: Change, state: str) -> None:
    """Set the state of a change to `done` or `undone`, and turn the one it reverts with it."""
    db.execute("update change set state = ? where id = ?", (state, change.id))
    _turn(db, change.reverts, in_force=state != "done")


def _turn(db: sqlite3.Connection, number: int | None, *, in_force: bool) -> None:
    """Put a change in force or out of it, and the one it reverts the other way."""
    while number is not None:
        db.execute(
            "update change set state = ? where id = ? and state in ('done', 'reverted')",
            ("done" if in_force else "reverted", number),
        )
        row = db.execute("select reverts from change where id = ?", (number,)).fetchone()
        number, in_force = (row[0] if row else None), not in_force


def mark_reverted(db: sqlite3.Connection, change: Change) -> None:
    """Note that the change being written takes `change` back, unless it could take nothing."""
    written = db.execute(
        "update change set reverts = ? where id = (select max(id) from change) "
        "and exists (select 1 from change_row where change_id = change.id)",
        (change.id,),
    )
    if written.rowcount:
        _turn(db, change.id, in_force=False)


def drop(db: sqlite3.Connection, number: int) -> None:
    """Let a change that was undone go: it cannot come again."""
    db.execute("delete from change_row where change_id = ?", (number,))
    db.execute("update change set state = 'dropped' where id = ?", (number,))


def newest_done(db: sqlite3.Connection) -> Change | None:
    """The newest change in force."""
    return _one(db, "where state = 'done' order by id desc limit 1")


def oldest_undone(db: sqlite3.Connection) -> Change | None:
    """The change that was undone last, first to come again."""
    return _one(db, "where state = 'undone' order by id limit 1")


def next_again(db: sqlite3.Connection) -> Change | None:
    """What redo brings again: the change undone last, else what the newest change took back."""
    undone = oldest_undone(db)
    if undone is not None:
        return undone
    newest = newest_done(db)
    if newest is None or newest.thinned or newest.reverts is None:
        return None
    return find(db, newest.reverts)


def find(db: sqlite3.Connection, number: int) -> Change | None:
    """The change with that number."""
    return _one(db, "where id = ?", number)


def _one(db: sqlite3.Connection, where: str, *values: int) -> Change | None:
    row = db.execute(f"select {COLUMNS} from change {where}", values).fetchone()
    return read(row) if row else None


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
    only, values = of_account(db, account_id) if account_id is not None else ("1", ())
    sql = f"select {COLUMNS} from change where {only} order by id desc limit ?"
    return [read(row) for row in db.execute(sql, (*values, limit))]


def read(row: tuple[Any, ...]) -> Change:
    """The change of a row of COLUMNS."""
    number, label, at, kind, state, rows, reverts, batch, thinned = row
    return Change(number, label, at, kind, state, rows, reverts, batch, bool(thinned))


def of_account(db: sqlite3.Connection, account_id: str) -> tuple[str, tuple[str, ...]]:
    """SQL condition and values for the changes that touched an account, imports included."""
    batches = {
        batch
        for name, column in _with_batches(db)
        for (batch,) in db.execute(
            f"select distinct snapshot_id from {name} where {column} = ? "
            "and snapshot_id is not null",
            (account_id,),
        )
    }
    marks = ", ".join("?" * len(batches))
    condition = (
        "(id in (select change_id from change_row where account_id = ?) "
        f"or (snapshot_id in ({marks}) and state in ('done', 'undone')))"
    )
    return condition, (account_id, *sorted(batches))


def _with_batches(db: sqlite3.Connection) -> list[tuple[str, str]]:
    """The tables of an account that imports bring rows to, with the column that names it."""
    found = db.execute(
        "select m.name from sqlite_master m where m.type = 'table' and exists (select 1 from "
        "pragma_table_info(m.name) where name = 'snapshot_id') and exists (select 1 from "
        "pragma_table_info(m.name) where name = 'account_id')"
    )
    return [("account", "id"), *((name, "account_id") for (name,) in found if name != "change_row")]


def revert(db: sqlite3.Connection, tables: tuple[Table, ...], change: Change) -> Plan:
    """Undo `change` row by row inside the open change, unless all of it stays; returns the plan."""
    found = plan(db, tables, change.id)
    if found.does_something or not found.kept:
        carry_out(db, tables, found)
        mark_reverted(db, change)
    return found


def why_not(change: Change) -> str:
    """Why a change cannot be taken back; empty when it can."""
    if change.is_for_good:
        return tr("This cannot be undone: it erased a person, or changed only what was erased.")
    if change.state == "reverted":
        return tr("This was taken back already.")
    if change.state == "undone":
        return tr("This was undone already. Redo brings it again.")
    if change.state == "dropped":
        return tr("This was undone already, and cannot come again since other changes followed.")
    return too_old(change) if change.thinned else ""


def newer_than(db: sqlite3.Connection, number: int) -> list[Change]:
    """The changes in force that came after that one, newest first."""
    rows = db.execute(
        f"select {COLUMNS} from change where id > ? and state in ('done', 'reverted') "
        "order by id desc",
        (number,),
    )
    return [read(row) for row in rows]


def too_old(change: Change) -> str:
    """Why a change whose images are gone cannot be undone."""
    return (
        f"“{change.label}” of {change.at[:10]} cannot be undone: what stood in its rows is no "
        f"longer kept, as after {KEPT_DAYS} days for all but the last {KEPT_IMPORTS} imports. A "
        "backup of that time still holds it."
    )


def thin_images(db: sqlite3.Connection, today: date) -> int:
    """Let the images of old changes go, inside an open change; returns how many were thinned.

    Old means 90 days before `today` and not among the last 20 imports in force. The lines stay
    and tell which rows were touched.
    """
    before = datetime.combine(today - timedelta(days=KEPT_DAYS), time(), UTC)
    found = db.execute(
        "select id from change where thinned = 0 and at < ? and id not in (select id from change "
        "where kind = 'import' and state = 'done' order by id desc limit ?)",
        (before.isoformat(timespec="seconds"), KEPT_IMPORTS),
    ).fetchall()
    db.executemany("update change_row set before = null, after = null where change_id = ?", found)
    db.executemany("update change set thinned = 1 where id = ?", found)
    return len(found)
