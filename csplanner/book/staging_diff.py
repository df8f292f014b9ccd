"""The difference between a settled snapshot and the book, field by field, computed in SQL."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from csplanner.book.connection import connect, key_of, sqlite_in_words
from csplanner.book.history import stamp
from csplanner.book.staging_absent import list_absent
from csplanner.book.staging_again import REOPENED, again
from csplanner.book.staging_again import becomes as becomes_again
from csplanner.book.staging_blanks import Blanks
from csplanner.book.staging_circles import keep_out_of_circles
from csplanner.book.staging_empty import forget_empty, list_empty
from csplanner.book.staging_erased import keep_erased
from csplanner.book.staging_figures import FIGURE, compare_figures
from csplanner.book.staging_figures import TABLE as FIGURES_TABLE
from csplanner.book.staging_frame import Frame, note
from csplanner.book.staging_gone import offer_gone
from csplanner.book.staging_kept import recall
from csplanner.book.staging_movers import MOVED, moves
from csplanner.book.staging_rules import RULES_TABLE, apply_rules, own
from csplanner.book.staging_shapes import SHAPES, Column, Shape
from csplanner.book.staging_tied import TIED_TABLE, tie
from csplanner.book.staging_weigh import weigh

_TABLES = (
    """create table stage.d_field (id integer primary key, object text not null,
    row_id text not null, account_id text not null, account text not null, title text not null,
    field text not null, label text not null, kind text not null, was text, becomes text,
    whose text not null default 'book', since text, take integer not null default 1,
    reason text not null default '', file text not null default '',
    how text not null default '', day_before text not null default '',
    day text not null default '', times integer not null default 0,
    kept_on text not null default '') strict""",
    "create table stage.d_missing (account_id text primary key, account text not null) strict",
    """create table stage.d_doubled (name_key text primary key, name text not null,
    ids text not null) strict""",
    """create table stage.d_gone (id integer primary key, object text not null,
    row_id text not null, account_id text not null, account text not null, title text not null,
    file text not null, take integer not null default 1, reason text not null) strict""",
    """create table stage.d_absent (object text not null, row_id text not null,
    account_id text not null, account text not null, title text not null) strict""",
    """create table stage.d_count (object text not null, what text not null,
    n integer not null) strict""",
    FIGURES_TABLE,
    TIED_TABLE,
)
_MADE = ("d_field", "d_missing", "d_doubled", "d_count", "d_gone", "d_absent", "d_follow", "d_tied")
_BACK = "missing_since"
"""Not a column of any snapshot: an account that was missing and is there again."""
_UNARCHIVED = "archived"
"""An account that was deleted in the CRM and is there again."""
_MOVED = "account_id"
"""A record that belongs to another account now."""
_CAN_MOVE = ("person", "opportunity", "case", "subscription")
NEWER = "The book holds a newer snapshot of this source."


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


def compare(db: sqlite3.Connection, frame: Frame) -> None:
    """Write the difference between a settled snapshot and the book into the staging file."""
    for table in _MADE:
        db.execute(f"drop table if exists stage.{table}")
    for statement in _TABLES:
        db.execute(statement)
    db.execute(RULES_TABLE)
    older = _is_older(db, frame)
    db.execute("insert or replace into stage.fact values ('older', ?)", (json.dumps(older),))
    keep_erased(db)
    forget_empty(db)
    blanks = Blanks.of(db, frame, older=older)
    for shape in SHAPES.values():
        _compare(db, shape, older=older, blanks=blanks)
    if not older:
        offer_gone(db)
        list_empty(db, frame)
    list_absent(db, frame, mark=not older)
    # Pages of the difference are read in this order, also of a large one.
    db.execute(
        "create index stage.d_field_order on d_field (account, account_id, object, row_id, id)"
    )
    own(db)
    keep_out_of_circles(db)
    apply_rules(db, frame)
    seen = db.execute("select exists (select 1 from stage.fact where name = 'book')").fetchone()[0]
    recall(db, frame, is_first=not seen)
    if older:
        # What nobody said since is filled in, as if the snapshots had come in their order.
        db.execute(
            "update stage.d_field set take = 0, reason = ? "
            "where reason = '' and field <> 'first_close_on' and coalesce(was, '') <> '' "
            "and how <> ?",
            (NEWER, FIGURE),
        )
        _keep_note(db, f"{NEWER} Its values stay: an older snapshot only adds what is not there.")
    tie(db)
    _doubled(db)
    weigh(db, frame)
    db.execute("insert or replace into stage.fact values ('book', ?)", (json.dumps(stamp(db)),))


def _keep_note(db: sqlite3.Connection, text: str) -> None:
    """Say it once, also when the comparison is made anew."""
    db.execute("delete from stage.note where text = ?", (text,))
    note(db, text)


def _compare(db: sqlite3.Connection, shape: Shape, *, older: bool, blanks: Blanks) -> None:
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
    changed = _compare_fields(db, shape, blanks, older=older) if already else 0
    moved = compare_figures(db) if shape.object == "measurement" else 0
    known_of = "select count(*) from stage.d_follow"
    follow = db.execute(known_of).fetchone()[0] if shape.object == "measurement" else 0
    for what, n in (
        ("new", total - already - follow),
        ("changed", changed + moved),
        ("same", already - changed),
        ("more", follow - moved),
    ):
        if what == "more" and shape.object != "measurement":
            continue
        db.execute("insert into stage.d_count values (?, ?, ?)", (shape.object, what, n))


def _compare_fields(db: sqlite3.Connection, shape: Shape, blanks: Blanks, *, older: bool) -> int:
    pair = f"stage.{shape.staging} s join main.{shape.table} b on b.id = s.id"
    columns = [c for c in shape.columns if older or not c.once]
    if shape.object == "account":
        columns.append(Column(_BACK, "Missing from the CRM since"))
        columns.append(Column(_UNARCHIVED, "Archived", "flag"))
    if shape.object in _CAN_MOVE:
        columns.append(Column(_MOVED, "Account"))
    tests = {c.name: _differs(c) for c in columns}
    if shape.object == "person":
        tests[_MOVED] = moves()
    for column in columns:
        for more in (blanks.clears(shape, column), again(shape, column)):
            if more:
                tests[column.name] = f"({tests[column.name]} or {more})"
    differs = " or ".join(tests.values())
    flags = ", ".join(f'{test} as "{name}"' for name, test in tests.items())
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
        return "(b.missing_since is not null)"
    if column.name == _UNARCHIVED:
        last = (
            "select f.source from main.field_history f where f.tbl = 'account' and f.row_id = b.id "
            "and f.field = 'archived' order by f.rowid desc limit 1"
        )
        return f"(b.archived = 1 and coalesce(({last}), 'csm') <> 'csm')"
    if column.name == _MOVED:
        return "(s.account_id <> b.account_id)"
    return column.earlier("s", "b") if column.once else column.differs("s", "b")


def _compare_field(db: sqlite3.Connection, shape: Shape, column: Column, pair: str) -> None:
    account = "b.id" if shape.object == "account" else "b.account_id"
    was, becomes = column.shown("b"), column.shown("s")
    if column.name == _BACK:
        becomes = "null"
    elif column.name == _UNARCHIVED:
        becomes = "'0'"
    elif column.name == _MOVED:
        was, becomes = (_account_named(cell) for cell in (was, becomes))
    elif column.kind == "person":
        was, becomes = _named(was), _named(becomes)
    empty = f"""s."{column.name}" is null""" if column in shape.columns else "0"
    how = f"iif({empty}, 'cleared', '')"
    if shape.object == "person" and column.name == _MOVED:
        how = f"'{MOVED}'"
    if over := again(shape, column):
        becomes, how = becomes_again(column, becomes), f"iif({over}, '{REOPENED}', {how})"
    db.execute(
        "insert into stage.d_field (object, row_id, account_id, account, title, field, label, "
        f"kind, was, becomes, file, how) select ?, b.id, {account}, coalesce((select name from "
        f"main.account a where a.id = {account}), ''), coalesce({shape.title}, ''), ?, ?, ?, "
        f"{was}, {becomes}, coalesce(s.file, ''), {how} "
        f"from {pair} join temp.differing d on d.n = s.n "
        f'where d."{column.name}" order by s.n',
        (shape.object, column.name, column.label, _kind(column)),
    )


def _account_named(account: str) -> str:
    return (
        f"coalesce((select name from main.account p where p.id = {account}), "
        f"(select name from stage.s_account p where p.id = {account}))"
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


def _is_older(db: sqlite3.Connection, frame: Frame) -> bool:
    if not _says_more_than_figures(db):
        # Each figure is of a day of its own.
        return False
    newest = db.execute(
        "select max(as_of) from main.snapshot where source = ?", (frame.source,)
    ).fetchone()[0]
    return newest is not None and frame.as_of < newest


def _says_more_than_figures(db: sqlite3.Connection) -> bool:
    """Whether a snapshot holds anything but figures and the accounts they name."""
    others = [
        f"exists (select 1 from stage.{shape.staging})"
        for name, shape in SHAPES.items()
        if name not in ("account", "measurement")
    ]
    strong = "exists (select 1 from stage.s_account where weak is not 1)"
    gone = "exists (select 1 from stage.gone) or exists (select 1 from stage.d_merge)"
    said = db.execute(f"select {strong} or {gone} or {' or '.join(others)}").fetchone()[0]
    return bool(said)


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
