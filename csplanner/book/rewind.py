"""Turning a private copy of a book back to a day: what `as_of` says, done in SQL and in place.

Runs on a bare connection, outside the journal. The order matters: values go back while the rows
that tell of them are still there, then what came later is taken out, then what points nowhere.
"""

import json
import sqlite3
from dataclasses import dataclass
from datetime import date

from csplanner.book import search
from csplanner.book.rewind_fields import back_by_history
from csplanner.book.rewind_journal import back_by_journal
from csplanner.book.row_links import links_of
from csplanner.book.schema import JOURNALLED

DATED = {
    "touch": "on", "measurement": "as_of", "pulse": "on", "placement": "on", "attention": "on",
    "note": "on", "time_entry": "on", "rating": "on", "inspection": "on", "scorecard_grade": "on",
    "scorecard": "sent_on", "promise": "made_on", "tenure": "since", "definition_log": "on",
    "export_log": "on", "rate": "on", "alternative": "as_of", "tie": "as_of", "exit": "on",
    "support_case": "opened_on", "map_answer": "on",
}  # fmt: skip
"""Tables whose rows say by themselves of which day they are."""

_OPEN_AGAIN = (
    ("task", "done_on", "done_on = null"),
    ("promise", "kept_on", "kept_on = null, state = 'open'"),
    ("support_case", "closed_on", "closed_on = null, is_closed = 0"),
    ("rating", "closed_on", "closed_on = null"),
    ("tenure", "until", '"until" = null'),
    ("scorecard", "returned_on", "returned_on = null, meets = null"),
    ("person", "left_on", "left_on = null, status = iif(status = 'left', 'active', status)"),
)
"""What ended later had not ended: table, day of the end, what to set."""

MADE_TODAY = frozenset({"saved_view", "recipe", "meaning", "field_rule", "refusal"})
"""Tables that say how you work, not how the book stood: they stay as they are."""

_OF_IMPORTS = "select id from temp.later"


@dataclass(frozen=True, slots=True)
class Days:
    """The day looked at, and the day from which imports count as later.

    They differ only before the first snapshot: then that one tells what the records were.
    """

    day: date
    known: date

    @property
    def is_before_all(self) -> bool:
        """Whether there was no snapshot yet."""
        return self.day < self.known

    @property
    def values(self) -> dict[str, str]:
        """Both for SQL."""
        return {"day": self.day.isoformat(), "known": self.known.isoformat()}


def days_of(db: sqlite3.Connection, day: date) -> Days:
    """The days that rule for a book looked at as of `day`."""
    first = db.execute("select min(as_of) from snapshot").fetchone()[0]
    return Days(day, day if first is None else max(day, date.fromisoformat(first)))


def rewind(db: sqlite3.Connection, day: date) -> int:
    """Turn the book on this connection back; returns how many later changes could not be turned
    back exactly, because what stood there is no longer kept.
    """
    days = days_of(db, day)
    # Rows are taken out in no order of theirs; what is left without its parent goes at the end.
    db.execute("pragma foreign_keys = off")
    db.execute("pragma recursive_triggers = off")
    db.execute("begin immediate")
    _note_late(db, days)
    lost = db.execute(
        "select count(*) from change where thinned = 1 and id in (select id from temp.late)"
    ).fetchone()[0]
    names = tuple(name for name in JOURNALLED if name not in MADE_TODAY)
    moved = back_by_journal(db, (*names, "reading"), DATED, day)
    back_by_history(db, names, days.values, moved)
    _records_back(db, days)
    _take_out(db, names, days)
    _open_again(db, days)
    _forget_later(db, days)
    _mend_links(db, names)
    _derive_anew(db, days)
    db.execute("commit")
    db.execute("pragma recursive_triggers = on")
    db.execute("pragma foreign_keys = on")
    return int(lost)


def _note_late(db: sqlite3.Connection, days: Days) -> None:
    """List the snapshots that were not there yet (`temp.later`), and the changes in force that
    were not made (`temp.late`).

    An import is of its snapshot's day; what you changed is of the newest day its records name, or
    else of the day you changed it.
    """
    db.execute("create temp table later (id text primary key) without rowid")
    db.execute("insert into temp.later select id from snapshot where as_of > :known", days.values)
    db.execute("create temp table late (id integer primary key)")
    db.execute(
        "insert into temp.late select id from change where kind = 'import' and state = 'done' "
        "and snapshot_id in (select id from temp.later)"
    )
    db.execute(
        "insert into temp.late select id from (select c.id, substr(c.at, 1, 10) as made, "
        "(select max(coalesce(json_extract(r.after, '$.as_of'), json_extract(r.after, '$.on'))) "
        "from change_row r where r.change_id = c.id and r.after is not null "
        "and r.tbl in (select value from json_each(:dated))) as said from change c "
        "where c.kind = 'edit' and c.state = 'done' and c.at >= :day) "
        "where iif(said < made, said, made) > :day",
        {**days.values, "dated": json.dumps(["field_history", *DATED])},
    )


def _records_back(db: sqlite3.Connection, days: Days) -> None:
    """Bring records back that the CRM deleted later, where the journal did not."""
    gone = db.execute(
        "select id, tbl, row_id, image from archived_record where gone_on > :known "
        "and json_valid(image) and json_type(image) = 'object'",
        days.values,
    ).fetchall()
    for number, table, row_id, image in gone:
        if table not in JOURNALLED:
            continue
        there = {row[1] for row in db.execute(f"pragma table_info({table})")}
        cells = {name: cell for name, cell in json.loads(image).items() if name in there}
        if cells.get("id") == row_id:
            names = ", ".join(f'"{name}"' for name in cells)
            marks = ", ".join("?" * len(cells))
            db.execute(
                f"insert or ignore into {table} ({names}) values ({marks})", tuple(cells.values())
            )
        db.execute("delete from archived_record where id = ?", (number,))


def _take_out(db: sqlite3.Connection, names: tuple[str, ...], days: Days) -> None:
    """Take out what came with later snapshots, and what is dated later."""
    for table in names:
        columns = {row[1] for row in db.execute(f"pragma table_info({table})")}
        if "snapshot_id" in columns:
            # A record that an older snapshot speaks of was there, whichever brought it first.
            db.execute(
                f"delete from {table} where snapshot_id in ({_OF_IMPORTS}) and not exists "
                "(select 1 from field_history h where h.tbl = ? and h.row_id = "
                f"{table}.id and h.snapshot_id not in ({_OF_IMPORTS}))",
                (table,),
            )
        if table in DATED:
            # A snapshot may know of days ahead: what it brought is there if it is.
            yours = "" if "snapshot_id" not in columns or days.is_before_all else (
                " and snapshot_id is null"
            )  # fmt: skip
            db.execute(f'delete from {table} where "{DATED[table]}" > :day{yours}', days.values)


def _open_again(db: sqlite3.Connection, days: Days) -> None:
    yours = "" if days.is_before_all else " and snapshot_id is null"
    for table, ended, sets in _OPEN_AGAIN:
        db.execute(f'update {table} set {sets} where "{ended}" > :day{yours}', days.values)
    db.execute("update account set missing_since = null where missing_since > :known", days.values)


def _forget_later(db: sqlite3.Connection, days: Days) -> None:
    """Forget what was told later: history, readings, snapshots, and the steps themselves."""
    db.execute(
        "delete from field_history where as_of > iif(snapshot_id is null, :day, :known)",
        days.values,
    )
    db.execute("delete from reading where as_of > :day", days.values)
    db.execute(f"delete from snapshot where id in ({_OF_IMPORTS})")
    kept = "(select id from change where state = 'done' and id not in (select id from temp.late))"
    db.execute(f"delete from change_row where change_id not in {kept}")
    db.execute(f"delete from change where id not in {kept}")


def _mend_links(db: sqlite3.Connection, names: tuple[str, ...]) -> None:
    """Take out what belongs to a row that is gone, and let go of what only named one."""
    loose = {(link.child, link.column): link.loose for link in links_of(db, names)}
    columns: dict[tuple[str, int], str] = {}
    while broken := db.execute("pragma foreign_key_check").fetchall():
        for table, rowid, _, number in broken:
            if not columns.get((table, number)):
                for key in db.execute(f"pragma foreign_key_list({table})").fetchall():
                    columns[table, key[0]] = key[3]
            column = columns[table, number]
            if loose.get((table, column)):
                db.execute(f'update {table} set "{column}" = null where rowid = ?', (rowid,))
            else:
                db.execute(f"delete from {table} where rowid = ?", (rowid,))
    for table in names:
        if table not in ("external_ref", "field_history"):
            for aside in ("external_ref", "field_history"):
                db.execute(
                    f"delete from {aside} where tbl = ? and row_id not in (select id from {table})",
                    (table,),
                )


def _derive_anew(db: sqlite3.Connection, days: Days) -> None:
    """Have everything judged and indexed anew, but for the readings that were stored."""
    del days
    db.execute("delete from overview")
    db.execute("delete from derived_dirty")
    db.execute("insert into derived_dirty select id from account")
    search.doubt_all(db)
