"""The journal: images of every changed row, written by triggers, replayed for undo and redo.

After SQLite's own note on automatic undo (sqlite.org/undoredo.html). TEMP triggers on every
journalled table write before and after images while a change is open and refuse writes outside
one. The rows an import inserts are not copied: one batch row per table stands for them until the
import is undone.
"""

import json
import sqlite3
from dataclasses import dataclass
from functools import cache

from csplanner.book.schema import JOURNALLED

_ACCOUNT_OF = {
    "account": "{row}.id",
    "touch_person": "(select account_id from touch where id = {row}.touch_id)",
    "setting": "null",
    "snapshot": "null",
    "external_ref": "null",
    "field_history": "null",
    "quarantine": "null",
    "saved_view": "null",
    "definition_log": "null",
    "rate": "null",
    "recipe": "null",
    "meaning": "null",
    "field_rule": "null",
    "refusal": "null",
}

_GO_LAST = ("person", "account")
"""What takes others along when it goes: rows that were moved to it have to be moved back first."""

_AT_ONCE = 10_000
"""Rows deleted by one statement."""

_EVENTS = {"insert": "new", "update": "new", "delete": "old"}
"""What happens to a row, and which image of it names it."""


@dataclass(frozen=True, slots=True)
class Table:
    """A journalled table with the columns of its images."""

    name: str
    columns: tuple[str, ...]

    def image(self, row: str) -> str:
        """SQL that makes the JSON image of `row` (`new`, `old` or the table's name)."""
        pairs = ", ".join(f"'{c}', {row}.\"{c}\"" for c in self.columns)
        return f"json_object({pairs})"

    def account(self, row: str) -> str:
        """SQL for the account a row belongs to, null when to none."""
        return _ACCOUNT_OF.get(self.name, "{row}.account_id").format(row=row)


def tables(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """The journalled tables as they stand in the database."""
    return tuple(_table(connection, name) for name in JOURNALLED)


def _table(connection: sqlite3.Connection, name: str) -> Table:
    return Table(name, tuple(r[1] for r in connection.execute(f"pragma table_info({name})")))


def imaged(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """Every table that the journal may hold images of: those, and the readings."""
    return (*tables(connection), _table(connection, "reading"))


def belonging(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The names of the journalled tables whose rows belong to an account."""
    return tuple(t.name for t in tables(connection) if "account_id" in t.columns)


def install(connection: sqlite3.Connection) -> tuple[Table, ...]:
    """Create the TEMP tables and guards of this connection; returns the tables of the journal.

    What writes the images is made when the first change begins: it takes longer than opening.
    """
    connection.execute("create temp table open_change (id integer, batch text, replay integer)")
    connection.execute("create temp table touched (account_id text primary key)")
    found = imaged(connection)
    for table in found[:-1]:
        for event in _EVENTS:
            connection.execute(_guard(table, event))
    connection.execute(_reading_guard(found[-1]))
    return found


def _write_images(connection: sqlite3.Connection, found: tuple[Table, ...]) -> None:
    """Have every change of a row written down, unless this connection does so already.

    Asked anew each time: a transaction taken back takes these triggers with it.
    """
    if connection.execute(
        "select 1 from temp.sqlite_master where name = 'journal_reading_delete'"
    ).fetchone():
        return
    for table in found[:-1]:
        for event, row in _EVENTS.items():
            connection.execute(_image_writer(table, event, row))
    connection.execute(_reading_kept(found[-1]))


def _reading_guard(reading: Table) -> str:
    """Readings come by themselves and never change.

    Only a step that leaves no images may touch the words of a cap: to erase somebody from them.
    """
    same = " and ".join(f'old."{c}" is new."{c}"' for c in reading.columns if c != "caps")
    return (
        f"create temp trigger guard_reading_update before update on main.reading when not ({same}) "
        "or not exists (select 1 from temp.open_change where replay = 1) begin "
        "select raise(abort, 'a reading never changes'); end"
    )


def _reading_kept(reading: Table) -> str:
    """A reading that goes with its account is kept."""
    return (
        "create temp trigger journal_reading_delete after delete on main.reading "
        "when exists (select 1 from temp.open_change where replay = 0) begin "
        "insert into change_row (change_id, tbl, row_id, account_id, before) "
        f"select id, 'reading', old.id, old.account_id, {reading.image('old')} "
        "from temp.open_change; end"
    )


def _guard(table: Table, event: str) -> str:
    return (
        f"create temp trigger guard_{table.name}_{event} before {event} on main.{table.name} "
        "when not exists (select 1 from temp.open_change) begin "
        "select raise(abort, 'a write outside a change'); end"
    )


def _touch(account: str) -> str:
    """SQL that notes an account as touched."""
    # Not `or ignore`: the policy of the statement that fires a trigger takes its place.
    return (
        f"insert into touched select {account} where {account} is not null "
        f"and not exists (select 1 from temp.touched where account_id = {account});"
    )


@cache
def _image_writer(table: Table, event: str, row: str) -> str:
    name = table.name
    before = "null" if event == "insert" else table.image("old")
    after = "null" if event == "delete" else table.image("new")
    account = table.account(row)
    touched = "" if account == "null" else _touch(account)
    if event == "update" and table.name not in _ACCOUNT_OF:
        # A row that moves to another account touches both.
        touched += _touch(table.account("old"))
    # The rows of an import's own batch are counted as one entry per table, not one each.
    batched = event == "insert" and "snapshot_id" in table.columns
    batch = (
        "and (new.snapshot_id is null or new.snapshot_id is not "
        "(select batch from temp.open_change)) "
        if batched
        else ""
    )
    same = " and ".join(f'old."{c}" is new."{c}"' for c in table.columns)
    changed = f"and not ({same}) " if event == "update" else ""
    when = f"when exists (select 1 from temp.open_change) {batch}{changed}"
    return (
        f"create temp trigger journal_{name}_{event} after {event} on main.{name} {when} begin "
        f"{touched} insert into change_row (change_id, tbl, row_id, account_id, before, after) "
        f"select id, '{name}', {row}.id, {account}, {before}, {after} from temp.open_change "
        "where replay = 0; end"
    )


def begin(
    connection: sqlite3.Connection,
    found: tuple[Table, ...],
    change_id: int,
    *,
    batch: str | None = None,
    replay: bool = False,
) -> None:
    """Open a change on this connection: from here on rows are journalled under `change_id`.

    `found` are the tables of the journal as `install` gave them.
    """
    _write_images(connection, found)
    connection.execute("delete from temp.touched")
    connection.execute(
        "insert into temp.open_change values (?, ?, ?)", (change_id, batch, int(replay))
    )


def end(connection: sqlite3.Connection) -> None:
    """Close the open change."""
    connection.execute("delete from temp.open_change")


def note_batches(
    connection: sqlite3.Connection, found: tuple[Table, ...], change_id: int, batch: str
) -> None:
    """One journal entry per table for the rows the import `batch` inserted."""
    for table in found:
        if "snapshot_id" not in table.columns:
            continue
        if connection.execute(
            f"select 1 from {table.name} where snapshot_id = ? limit 1", (batch,)
        ).fetchone():
            connection.execute(
                "insert into change_row (change_id, tbl, batch) values (?, ?, ?)",
                (change_id, table.name, batch),
            )


def expand_batches(
    connection: sqlite3.Connection, found: tuple[Table, ...], change_id: int
) -> None:
    """Turn the batch entries of a change into row images, so that undoing it can be redone."""
    by_name = {t.name: t for t in found}
    for entry, name, batch in connection.execute(
        "select id, tbl, batch from change_row where change_id = ? and batch is not null",
        (change_id,),
    ).fetchall():
        table = by_name[name]
        connection.execute(
            "insert into change_row (change_id, tbl, row_id, account_id, after) "
            f"select ?, '{name}', id, {table.account(name)}, {table.image(name)} "
            f"from {name} where snapshot_id = ? order by id",
            (change_id, batch),
        )
        connection.execute("delete from change_row where id = ?", (entry,))


def replay(
    connection: sqlite3.Connection, found: tuple[Table, ...], change_id: int, *, forward: bool
) -> set[str]:
    """Write the images of a change back (undo) or again (redo); returns the tables touched."""
    by_name = {t.name: t for t in found}
    order = "asc" if forward else "desc"
    was, becomes = ("before", "after") if forward else ("after", "before")
    connection.execute("pragma defer_foreign_keys = on")
    going: list[str] = []
    late: dict[str, list[str]] = {name: [] for name in _GO_LAST}
    table = ""
    touched: set[str] = set()
    for name, row_id, existed, image in connection.execute(
        f"select tbl, row_id, {was} is not null, {becomes} from change_row "
        f"where change_id = ? order by id {order}",
        (change_id,),
    ).fetchall():
        touched.add(name)
        if going and (image is not None or name != table or len(going) == _AT_ONCE):
            _delete(connection, by_name[table], going)
            going = []
        if image is None and name in late:
            late[name].append(row_id)
        elif image is None:
            going.append(row_id)
            table = name
        else:
            write_image(connection, by_name[name], row_id, bool(existed), image)
    if going:
        _delete(connection, by_name[table], going)
    for name, row_ids in late.items():
        if row_ids:
            _delete(connection, by_name[name], row_ids)
    return touched


def _delete(connection: sqlite3.Connection, table: Table, row_ids: list[str]) -> None:
    """Delete rows in one statement, which takes half as long as one each."""
    connection.execute(
        f"delete from {table.name} where id in (select value from json_each(?))",
        (json.dumps(row_ids),),
    )


def write_image(
    connection: sqlite3.Connection, table: Table, row_id: str, existed: bool, image: str
) -> None:
    """Make the row `row_id` what `image` says: updated or inserted."""
    values = json.loads(image)
    if values["id"] != row_id:
        raise ValueError(f"the image of another row than {row_id}")
    # An image of an older schema lacks the columns that came since: they keep what they hold.
    # The id is the row's already; set anew, every table that may name it would be searched.
    columns = [c for c in table.columns if c in values and not (existed and c == "id")]
    cells = [values[c] for c in columns]
    if existed:
        sets = ", ".join(f'"{c}" = ?' for c in columns)
        connection.execute(f"update {table.name} set {sets} where id = ?", (*cells, row_id))
        return
    names = ", ".join(f'"{c}"' for c in columns)
    marks = ", ".join("?" * len(cells))
    connection.execute(f"insert into {table.name} ({names}) values ({marks})", cells)
