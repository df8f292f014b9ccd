"""Making a salvaged book whole: rows from its own journal, from a backup, and links that hold."""

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from csplanner.book import schema
from csplanner.book.connection import connect
from csplanner.book.pages import Value
from csplanner.book.row_links import links_of
from csplanner.book.salvage_rows import Kept, Loader
from csplanner.errors import UserError

_STATED = ("arr", "criticality")
_RECORDS = 3
"""So many records must name an account that nothing else tells of."""


def remake_from_journal(loader: Loader) -> None:
    """Bring back lost rows whose newest image the journal still has: they stand as they stood."""
    for table in _with_losses(loader):
        if table.name not in schema.IMAGED:
            continue
        for key, image in list(_last_images(loader.db, table.name).items()):
            if image is None or not _is_lost(table, key):
                continue
            sql = f"select {image[1]} from change_row where id = ?"
            text = loader.db.execute(sql, (image[0],)).fetchone()[0]
            values = _parsed(text)
            if values is not None and loader.put(table, values):
                table.remade += 1
                table.gone.discard(key)


def _last_images(db: sqlite3.Connection, name: str) -> dict[str, tuple[int, str] | None]:
    """Per row the entry and column of its image in force, None where it was deleted."""
    found: dict[str, tuple[int, str] | None] = {}
    undone: set[str] = set()
    for entry, key, was, becomes, state in db.execute(
        "select r.id, r.row_id, r.before is not null, r.after is not null, c.state "
        "from change_row r left join change c on c.id = r.change_id "
        "where r.tbl = ? and r.row_id is not null order by r.id",
        (name,),
    ):
        if state == "undone":
            # What was there before the first of the undone changes is what is there now.
            if key not in undone:
                found[key] = (entry, "before") if was else None
            undone.add(key)
        else:
            found[key] = (entry, "after") if becomes else None
    return found


def _parsed(text: str | None) -> dict[str, Value] | None:
    try:
        values = json.loads(text or "")
    except (ValueError, RecursionError):
        return None
    return values if isinstance(values, dict) else None


def _with_losses(loader: Loader) -> list[Kept]:
    return [t for t in loader.tables.values() if t.gone or t.unsure]


def _is_lost(table: Kept, key: Value) -> bool:
    """Whether that row may be one of the lost; `put` refuses what is there."""
    return key in table.gone or table.unsure


def merge_backup(loader: Loader, backup: sqlite3.Connection) -> str:
    """Take lost rows from a backup, but none that was deleted since; returns what to say of it."""
    db = loader.db
    if _ids(db, "erasure") - _ids(backup, "erasure"):
        return (
            "Nothing was taken from the backup, because a person was erased since. "
            "Rewrite the backup without that person, then salvage again."
        )
    there = {n for (n,) in backup.execute("select name from sqlite_master where type = 'table'")}
    for table in _with_losses(loader):
        if table.name in there:
            _merge(loader, table, backup)
    return ""


def _merge(loader: Loader, table: Kept, backup: sqlite3.Connection) -> None:
    last = {} if table.numbered else _last_images(loader.db, table.name)
    withdrawn = _withdrawn(loader.db) if "snapshot_id" in table.columns else set()
    listed = ", ".join(f'"{c}"' for c in table.columns)
    for row in backup.execute(f"select {listed} from {table.name} order by rowid"):
        values = dict(zip(table.columns, row, strict=True))
        key = row[0]
        if not _is_lost(table, key) or (key in last and last[key] is None):
            continue
        if values.get("snapshot_id") in withdrawn or not _may_merge(loader, table, values):
            continue
        if loader.put(table, values):
            table.merged += 1
            table.gone.discard(key)


def _may_merge(loader: Loader, table: Kept, values: dict[str, Value]) -> bool:
    """Whether an entry of the journal may come back: not images that were let go since."""
    if table.name == "change":
        if values["state"] == "undone":
            values["state"] = "dropped"
        return True
    if table.name != "change_row":
        return True
    let_go = "select 1 from change where id = ? and (thinned or state in ('dropped', 'undone'))"
    return loader.db.execute(let_go, (values["change_id"],)).fetchone() is None


def _withdrawn(db: sqlite3.Connection) -> set[Value]:
    """The imports that are taken back."""
    sql = "select snapshot_id from change where kind = 'import' and state in ('undone', 'dropped')"
    return {i for (i,) in db.execute(sql)} - {None}


def _ids(db: sqlite3.Connection, table: str) -> set[Value]:
    return {i for (i,) in db.execute(f"select id from {table}")}


def open_backup(path: Path) -> sqlite3.Connection:
    """A copy of a backup, already made, brought to the present schema; UserError when unsound."""
    if schema.read_header(path) < 1:
        raise UserError(f"{path.name} is no backup of a book. Choose another one.")
    db = connect(path)
    try:
        is_sound = db.execute("pragma quick_check").fetchone()[0] == "ok"
    except sqlite3.DatabaseError:
        is_sound = False
    if not is_sound:
        db.close()
        raise UserError(f"{path.name} is damaged and was not used. Choose another backup.")
    schema.migrate(db)
    return db


# --- links ---


def stand_in(loader: Loader, known: dict[str, dict[str, Value]]) -> int:
    """Give lost accounts a row with what the lists knew of them, so that their records stay."""
    accounts = loader.tables["account"]
    named: Counter[Value] = Counter()
    for table in loader.tables.values():
        if table.has_account and not table.numbered:
            sql = (
                f"select account_id, count(*) from {table.name} where account_id is not null "
                "and account_id not in (select id from account) group by 1"
            )
            named.update(dict(loader.db.execute(sql).fetchall()))
    # One record alone may name an account that never was, by a flipped bit.
    many = {key for key, rows in named.items() if accounts.unsure and rows >= _RECORDS}
    told = {key for key in accounts.gone if key in known or key in named}
    made = 0
    for key in sorted(many | told, key=str):
        name = f"Account {str(key)[:6]}, whose own line was lost"
        usual: dict[str, Value] = {"name": name, "name_key": name.lower()}
        values = usual | _as_account(known.get(str(key), {})) | {"id": key}
        made += loader.put(accounts, values) or loader.put(accounts, usual | {"id": key})
        accounts.gone.add(key)
    return made


def _as_account(line: dict[str, Value]) -> dict[str, Value]:
    """What the columns of an account hold, by the line of a list."""
    values: dict[str, Value] = {c: v for c, v in line.items() if v is not None}
    for column in _STATED:
        values[f"{column}_state"] = "known" if column in values else "unknown"
    return values


def stand_in_changes(loader: Loader) -> int:
    """Give images whose change was lost a change that cannot be undone."""
    found = loader.db.execute(
        "select change_id, count(*) from change_row "
        "where change_id not in (select id from change) group by 1"
    ).fetchall()
    for number, rows in found:
        loader.db.execute(
            "insert into change (id, label, at, kind, state, rows, thinned) values (?, ?, "
            "coalesce((select max(at) from change where id < ?), '1970-01-01T00:00:00+00:00'), "
            "'edit', 'dropped', ?, 1)",
            (number, "A change whose words were lost", number, rows),
        )
    return len(found)


def settle_links(loader: Loader) -> int:
    """Clear links to rows that were lost; a row that cannot be without goes to lost and found."""
    cleared = 0
    while True:
        loose = set(loader.db.execute("pragma foreign_key_check").fetchall())
        if not loose:
            return cleared
        for name, rowid, parent, number in sorted(loose, key=str):
            cleared += 1
            _settle(loader, name, rowid, parent, number)


def _settle(loader: Loader, name: str, rowid: int, parent: str, number: int) -> None:
    db = loader.db
    links = db.execute(f"pragma foreign_key_list({name})").fetchall()
    column = next(link[3] for link in links if link[0] == number)
    table = loader.tables.get(name)
    columns = tuple(r[1] for r in db.execute(f"pragma table_info({name})"))
    row = db.execute(f"select * from {name} where rowid = ?", (rowid,)).fetchone()
    if row is None:
        return
    values = dict(zip(columns, row, strict=True))
    try:
        db.execute(f'update {name} set "{column}" = null where rowid = ?', (rowid,))
        why = f"its link to a lost {parent} was cleared"
        loader.found.put(name, {columns[0]: row[0], column: values[column]}, why)
    except sqlite3.IntegrityError:
        db.execute(f"delete from {name} where rowid = ?", (rowid,))
        loader.found.put(name, values, f"the {parent} it belongs to was lost")
        if table is not None:
            table.aside += 1
            table.gone.add(row[0])


# --- the journal ---


def quiet_journal(loader: Loader) -> int:
    """Take from the offers of undo every change that could not be taken back exactly.

    Those are changes with missing images, and those that touch rows that were lost. What was
    undone cannot come again. Returns how many changes that are still told lost their undo.
    """
    db = loader.db
    if not any(t.gone or t.unsure or t.broken or t.aside for t in loader.tables.values()):
        return 0
    db.execute("create temp table lost (tbl text, id text, primary key (tbl, id)) without rowid")
    db.executemany("insert or ignore into temp.lost values (?, ?)", _lost(loader))
    short = "(select count(*) from change_row r where r.change_id = change.id) < rows"
    # The journal counts an import's rows once; when they became images the number is no measure.
    unsure_import = (
        "kind = 'import' and not exists (select 1 from change_row r "
        "where r.change_id = change.id and batch is not null)"
    )
    torn = f"or {unsure_import}" if loader.tables["change_row"].broken else ""
    touches_lost = (
        "exists (select 1 from change_row r join temp.lost l on "
        "(l.tbl = r.tbl and l.id = r.row_id) or (l.tbl = 'account' and l.id = r.account_id) "
        "where r.change_id = change.id)"
    )
    lost_any = "exists (select 1 from temp.lost)"
    marked = db.execute(
        f"update change set thinned = 1 where thinned = 0 and state <> 'dropped' "
        f"and ({short} {torn} or ({lost_any} and {touches_lost}))"
    ).rowcount
    marked += _quiet_strays(db)
    undone = "(select id from change where state = 'undone')"
    db.execute(f"delete from change_row where change_id in {undone}")
    db.execute("update change set state = 'dropped' where state = 'undone'")
    db.execute("drop table temp.lost")
    return marked


def _quiet_strays(db: sqlite3.Connection) -> int:
    """Quiet every change whose images name a row that is not there and would not come again."""
    marked = 0
    for link in links_of(db, schema.JOURNALLED):
        if link.child == "external_ref":
            continue
        marked += db.execute(
            "update change set thinned = 1 where thinned = 0 and state <> 'dropped' and id in ("
            f"select r.change_id from (select change_id, before ->> '$.{link.column}' named "
            "from change_row where tbl = ? and before is not null and json_valid(before)) r "
            f"where r.named is not null and r.named not in (select id from {link.parent}) "
            "and not exists (select 1 from change_row p where p.tbl = ? and p.row_id = r.named "
            "and p.before is not null and p.change_id >= r.change_id))",
            (link.child, link.parent),
        ).rowcount
    return marked


def _lost(loader: Loader) -> Iterator[tuple[str, Value]]:
    for table in loader.tables.values():
        yield from ((table.name, key) for key in table.gone)
