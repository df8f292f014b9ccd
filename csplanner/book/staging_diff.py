"""The difference between a settled snapshot and the book, field by field, computed in SQL."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csplanner.book.connection import connect, key_of, sqlite_in_words
from csplanner.book.staging_erased import keep_erased
from csplanner.book.staging_frame import Frame, note
from csplanner.book.staging_shapes import SHAPES, Column, Shape
from csplanner.book.staging_weigh import weigh

_TABLES = (
    """create table stage.d_field (id integer primary key, object text not null,
    row_id text not null, account_id text not null, account text not null, title text not null,
    field text not null, label text not null, kind text not null, was text, becomes text,
    whose text not null default 'book', since text, take integer not null default 1,
    reason text not null default '', file text not null default '') strict""",
    "create table stage.d_missing (account_id text primary key, account text not null) strict",
    """create table stage.d_doubled (name_key text primary key, name text not null,
    ids text not null) strict""",
    """create table stage.d_count (object text not null, what text not null,
    n integer not null) strict""",
)
_BACK = "missing_since"
"""Not a column of any snapshot: an account that was missing and is there again."""
NEWER = "The book holds a newer snapshot of this source."
YOURS = "You set this."


@contextmanager
def staged_beside(book: Path, staging: Path) -> Iterator[sqlite3.Connection]:
    """A connection that only reads the book as `main` and has the staging file as `stage`."""
    db = connect(book, read_only=True)
    try:
        # Records are looked up in no order of the file's pages.
        db.execute("pragma main.cache_size = -65536")
        attach(db, staging)
        yield db
    finally:
        db.close()


def attach(db: sqlite3.Connection, staging: Path) -> None:
    """Add the staging file to a connection as `stage`; outside any transaction."""
    with sqlite_in_words():
        if any(name == "stage" for _, name, _ in db.execute("pragma database_list")):
            # An import that met a failing drive could not let go of it.
            db.execute("detach database stage")
        uri, key = f"{staging.resolve().as_uri()}?mode=rw", key_of(db)
        if key is None:
            db.execute("attach database ? as stage", (uri,))
        else:
            db.execute("attach database ? as stage key ?", (uri, key.spec))
        for pragma in ("journal_mode = off", "synchronous = off", "secure_delete = 0",
                       "cache_size = -65536"):  # fmt: skip
            db.execute(f"pragma stage.{pragma}")


def compare(db: sqlite3.Connection, frame: Frame, *, full: bool) -> None:
    """Write the difference into the staging file; with `full`, absent accounts count as missing."""
    for table in ("d_field", "d_missing", "d_doubled", "d_count"):
        db.execute(f"drop table if exists stage.{table}")
    for statement in _TABLES:
        db.execute(statement)
    older = _is_older(db, frame)
    keep_erased(db)
    for shape in SHAPES.values():
        _compare(db, shape, older=older)
    # Pages of the difference are read in this order, also of a large one.
    db.execute(
        "create index stage.d_field_order on d_field (account, account_id, object, row_id, id)"
    )
    _ownership(db)
    if older:
        db.execute(
            "update stage.d_field set take = 0, reason = ? "
            "where reason = '' and field <> 'first_close_on'",
            (NEWER,),
        )
        _keep_note(db, f"{NEWER} Its values stay: an older snapshot only adds what is not there.")
    _missing(db, frame, mark=full and not older)
    _doubled(db)
    weigh(db, frame)
    stamp = db.execute("select coalesce(max(id), 0) from main.change").fetchone()[0]
    db.execute("insert or replace into stage.fact values ('book', ?)", (json.dumps(stamp),))


def _keep_note(db: sqlite3.Connection, text: str) -> None:
    """Say it once, also when the comparison is made anew."""
    db.execute("delete from stage.note where text = ?", (text,))
    note(db, text)


def _compare(db: sqlite3.Connection, shape: Shape, *, older: bool) -> None:
    known = f"k_{shape.object}"
    db.execute(f"drop table if exists stage.{known}")
    db.execute(f"create table stage.{known} (id text primary key) without rowid")
    total = db.execute(f"select count(*) from stage.{shape.staging}").fetchone()[0]
    if not total:
        return
    db.execute(
        f"insert or ignore into stage.{known} select s.id from stage.{shape.staging} s "
        f"where exists (select 1 from main.{shape.table} b where b.id = s.id)"
    )
    already = db.execute(f"select count(*) from stage.{known}").fetchone()[0]
    changed = _compare_fields(db, shape, older=older) if already else 0
    for what, n in (("new", total - already), ("changed", changed), ("same", already - changed)):
        db.execute("insert into stage.d_count values (?, ?, ?)", (shape.object, what, n))


def _compare_fields(db: sqlite3.Connection, shape: Shape, *, older: bool) -> int:
    pair = f"stage.{shape.staging} s join main.{shape.table} b on b.id = s.id"
    columns = [c for c in shape.columns if older or not c.once]
    if shape.object == "account":
        columns.append(Column(_BACK, "Missing from the CRM since"))
    differs = " or ".join(_differs(c) for c in columns)
    flags = ", ".join(f'{_differs(c)} as "{c.name}"' for c in columns)
    db.execute("drop table if exists temp.differing")
    db.execute(f"create temp table differing as select s.n, {flags} from {pair} where {differs}")
    if not db.execute("select exists (select 1 from temp.differing)").fetchone()[0]:
        return 0
    any_of = ", ".join(f'max("{c.name}")' for c in columns)
    found_in = db.execute(f"select {any_of} from temp.differing").fetchone()
    for column in (c for c, any_differs in zip(columns, found_in, strict=True) if any_differs):
        _compare_field(db, shape, column, pair)
    found = db.execute(
        "select count(distinct row_id) from stage.d_field where object = ?", (shape.object,)
    )
    return int(found.fetchone()[0])


def _differs(column: Column) -> str:
    """SQL condition: the staged row `s` says something else of it than the book's row `b`."""
    if column.name == _BACK:
        return "(b.missing_since is not null and s.gone is not 1)"
    return column.earlier("s", "b") if column.once else column.differs("s", "b")


def _compare_field(db: sqlite3.Connection, shape: Shape, column: Column, pair: str) -> None:
    account = "b.id" if shape.object == "account" else "b.account_id"
    becomes = "null" if column.name == _BACK else column.shown("s")
    was = column.shown("b")
    if column.kind == "person":
        was, becomes = _named(was), _named(becomes)
    db.execute(
        "insert into stage.d_field (object, row_id, account_id, account, title, field, label, "
        f"kind, was, becomes, file) select ?, b.id, {account}, coalesce((select name from "
        f"main.account a where a.id = {account}), ''), coalesce({shape.title}, ''), ?, ?, ?, "
        f"{was}, {becomes}, coalesce(s.file, '') from {pair} join temp.differing d on d.n = s.n "
        f'where d."{column.name}" order by s.n',
        (shape.object, column.name, column.label, _kind(column)),
    )


def _named(person: str) -> str:
    return (
        f"coalesce((select name from main.person p where p.id = {person}), "
        f"(select name from stage.s_person p where p.id = {person}))"
    )


def _kind(column: Column) -> str:
    dates = ("start", "end", "on", "as_of", "notice_deadline", "customer_since", "missing_since")
    if column.name in dates or column.name.endswith("_on"):
        return "date"
    return (
        column.kind
        if column.kind in ("money", "flag", "person")
        else ("thousandths" if column.name == "value" else "text")
    )


def _ownership(db: sqlite3.Connection) -> None:
    """A value the CSM set last stays unless decided otherwise."""
    for shape in SHAPES.values():
        defaults = {c.name: c.default.strip("'") for c in shape.columns}
        for number, row_id, field in db.execute(
            "select d.id, d.row_id, d.field from stage.d_field d where d.object = ? "
            "and d.field <> 'missing_since' and (exists (select 1 from main.change_row c "
            "join main.change h on h.id = c.change_id where c.tbl = ? and c.row_id = d.row_id "
            "and h.kind = 'edit') or exists (select 1 from main.field_history f where f.tbl = ? "
            "and f.row_id = d.row_id and f.field = d.field and f.source = 'csm'))",
            (shape.object, shape.table, shape.table),
        ).fetchall():
            since = _set_by_csm(db, shape.table, row_id, (field, defaults[field]))
            if since is not None:
                db.execute(
                    "update stage.d_field set whose = 'csm', since = ?, take = 0, reason = ? "
                    "where id = ?",
                    (since, YOURS, number),
                )


def _set_by_csm(
    db: sqlite3.Connection, table: str, row_id: str, column: tuple[str, str]
) -> str | None:
    """The day the CSM set the field, None when a snapshot set it last or nobody did.

    `column` is its name with its default: a new record that has the default says nothing.
    """
    field, default = column
    path = f'$."{field}"'
    found = db.execute(
        "select h.kind, h.at from main.change_row c join main.change h on h.id = c.change_id "
        "where c.tbl = ? and c.row_id = ? and h.state = 'done' and h.kind <> 'undo' "
        "and json_extract(c.after, ?) is not json_extract(c.before, ?) "
        "and not (c.before is null and cast(json_extract(c.after, ?) as text) in ('', ?)) "
        "order by c.id desc limit 1",
        (table, row_id, path, path, path, default),
    ).fetchone()
    if found is not None:
        return str(found[1])[:10] if found[0] == "edit" else None
    kept = db.execute(
        "select source, as_of from main.field_history where tbl = ? and row_id = ? and field = ? "
        "order by rowid desc limit 1",
        (table, row_id, field),
    ).fetchone()
    return str(kept[1]) if kept is not None and kept[0] == "csm" else None


def _is_older(db: sqlite3.Connection, frame: Frame) -> bool:
    newest = db.execute(
        "select max(as_of) from main.snapshot where source = ?", (frame.source,)
    ).fetchone()[0]
    return newest is not None and frame.as_of < newest


def _missing(db: sqlite3.Connection, frame: Frame, *, mark: bool) -> None:
    """Accounts of the source that this snapshot does not hold or calls deleted."""
    if not db.execute("select exists (select 1 from stage.s_account where weak = 0)").fetchone()[0]:
        return
    db.execute(
        "create temp table absent as select a.id, a.name, a.missing_since from main.account a "
        "where a.archived = 0 and (a.id not in (select id from stage.k_account) "
        "or a.id in (select id from stage.s_account where gone = 1)) and exists "
        "(select 1 from main.external_ref r where r.tbl = 'account' and r.row_id = a.id "
        "and r.source = ?)",
        (frame.source,),
    )
    only = "" if mark else "and id in (select id from stage.s_account where gone = 1)"
    db.execute(
        "insert into stage.d_missing select id, name from temp.absent "
        f"where missing_since is null {only}"
    )
    db.execute("insert into stage.d_count select 'account', 'absent', count(*) from temp.absent")
    db.execute("drop table temp.absent")


def _doubled(db: sqlite3.Connection) -> None:
    """Names that several accounts will share: offered for merging, never merged."""
    if not db.execute("select exists (select 1 from stage.s_account)").fetchone()[0]:
        return
    db.execute(
        "create temp table repeated as select name_key from stage.s_account "
        "where name_key is not null group by name_key having count(*) > 1"
    )
    db.execute(
        "insert into temp.repeated select distinct s.name_key from stage.s_account s "
        "join main.account a on a.name_key = s.name_key and a.id <> s.id and a.archived = 0"
    )
    if db.execute("select exists (select 1 from temp.repeated)").fetchone()[0]:
        _list_doubled(db)
    db.execute("drop table temp.repeated")


def _list_doubled(db: sqlite3.Connection) -> None:
    db.execute(
        "insert into stage.d_doubled select name_key, min(name), json_group_array(id) from "
        "(select id, name, name_key from stage.s_account where name is not null union "
        "select id, name, name_key from main.account a where archived = 0 "
        "and not exists (select 1 from stage.s_account s where s.id = a.id)) "
        "where name_key in (select name_key from temp.repeated) "
        "group by name_key having count(*) > 1"
    )
