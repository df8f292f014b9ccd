"""Applying a compared snapshot: every decided value in one change of the book, in SQL."""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from csplanner.book.history import stamp
from csplanner.book.ids import derived_id
from csplanner.book.news_write import write as write_news
from csplanner.book.remembering import keep_remembered
from csplanner.book.snapshots import cells_of, files_of
from csplanner.book.staged_refused import set_refused_aside, unname_refused
from csplanner.book.staging_diff import attach, compare
from csplanner.book.staging_empty import EMPTY
from csplanner.book.staging_erased import SHOWN, leave_out_erased
from csplanner.book.staging_figures import FIGURE
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_kept import keep_refusals, refuses_more
from csplanner.book.staging_leaving import forget_archived, put_away
from csplanner.book.staging_movers import MOVED, meet_movers, move_people, movers
from csplanner.book.staging_past import write_past
from csplanner.book.staging_shapes import SHAPES, Shape
from csplanner.book.staging_tied import tied
from csplanner.domain.snapshot import Quarantined, Snapshot, SnapshotFile
from csplanner.language import tr

if TYPE_CHECKING:
    from csplanner.book.book import Book

_MANY = 50_000
"""From this many rows on SQLite may write pages out before the commit."""
_SET = f"take = 1 and how not in ('{FIGURE}', '{EMPTY}', '{MOVED}') and row_id not in "
_SET += "(select old from temp.mover)"
"""Changed fields that are set in a record of the book; of who moves none is."""
_CACHE_KIB = 98_304
"""Room for pages of the book meanwhile: ids and names fall all over their indexes."""


def apply_staged(book: "Book", staging: Path) -> Snapshot | None:
    """Bring the staged snapshot into the book in one change; None when it brings nothing.

    What was decided in the staging file holds. When the book changed since it was compared, it
    is compared again first.
    """
    db = book.connection
    attach(db, staging)
    usual = db.execute("pragma main.cache_size").fetchone()[0]
    db.execute(f"pragma main.cache_size = -{_CACHE_KIB}")
    db.execute("pragma stage.cache_size = -16384")
    try:
        facts = {n: json.loads(v) for n, v in db.execute("select name, value from stage.fact")}
        frame = Frame.of(facts)
        if stamp(db) != facts["book"]:
            _compare_again(db, frame)
        with tied(db), set_refused_aside(db), movers(db, frame):
            is_known = not _brings_anything(db) and _is_known(db, facts)
            if is_known and not refuses_more(db, frame, older=bool(facts["older"])):
                return None
            return _apply(book, frame, facts)
    finally:
        # A drive that just failed may refuse this; the staging file is let go all the same.
        with suppress(sqlite3.OperationalError):
            db.execute(f"pragma main.cache_size = {usual}")
        db.execute("detach database stage")


def _compare_again(db: sqlite3.Connection, frame: Frame) -> None:
    """Compare anew and keep the decisions made on fields that still differ alike."""
    db.execute(
        "create temp table decided as select object, row_id, field, becomes, take, "
        "reason from stage.d_field where reason like 'Decided%'"
    )
    db.execute("create temp table decided_gone as select object, row_id, take from stage.d_gone")
    # Somebody may have been erased since.
    leave_out_erased(db, frame)
    compare(db, frame)
    db.execute(
        "update stage.d_gone set take = d.take from temp.decided_gone d "
        "where d.object = d_gone.object and d.row_id = d_gone.row_id"
    )
    db.execute("drop table temp.decided_gone")
    db.execute(
        "update stage.d_field set take = d.take, reason = d.reason from temp.decided d "
        "where d.object = d_field.object and d.row_id = d_field.row_id and d.field = d_field.field "
        "and d.becomes is d_field.becomes"
    )
    db.execute("drop table temp.decided")


def _brings_anything(db: sqlite3.Connection) -> bool:
    new = "select 1 from stage.d_count where what in ('new', 'more') and n > 0"
    taken = "select 1 from stage.d_field where take = 1"
    others = (
        "select 1 from stage.d_missing",
        "select 1 from stage.d_gone where take = 1",
        "select 1 from stage.d_merge where take = 1",
        "select 1 from stage.d_rule",
    )
    any_of = " or ".join(f"exists ({query})" for query in (new, taken, *others))
    return bool(db.execute(f"select {any_of}").fetchone()[0])


def _is_known(db: sqlite3.Connection, facts: dict[str, object]) -> bool:
    """Whether these very files of that day are already in the book."""
    digests = sorted(f["sha256"] for f in facts["files"])  # type: ignore[attr-defined]
    return any(
        sorted(f.sha256 for f in files_of(files)) == digests
        for (files,) in db.execute(
            "select files from main.snapshot where source = ? and as_of = ?",
            (facts["source"], facts["as_of"]),
        )
    )


def _apply(book: "Book", frame: Frame, facts: dict[str, Any]) -> Snapshot:
    db = book.connection
    snapshot = _snapshot(db, frame, facts)
    shown: dict[str, str] = facts.get(SHOWN, {})
    quarantined = tuple(
        Quarantined(shown.get(file, file), row, column, value, reason, cells_of(cells))
        for file, row, column, value, reason, cells in db.execute(
            'select file, "row", "column", value, reason, cells from stage.quarantine order by id'
        )
    )
    label = tr("Import {0} {1}").format(frame.source, frame.as_of)
    spill = sum(snapshot.counts.values()) > _MANY
    if spill:
        db.execute("pragma cache_spill = 1")
    try:
        with book.change(label, kind="import", batch=snapshot.id):
            # A known person may report to one who comes with this snapshot.
            db.execute("pragma defer_foreign_keys = on")
            book.snapshots.add(snapshot, quarantined)
            if facts["older"]:
                write_past(db, frame, snapshot.id)
            forget_archived(db)
            for shape in SHAPES.values():
                _update(db, shape, frame, snapshot.id)
                _insert(db, shape, frame, snapshot.id)
                if shape.object == "person":
                    move_people(db, frame, snapshot.id)
            meet_movers(db, snapshot.id)
            unname_refused(db, snapshot.id)
            _mark_missing(db, frame)
            put_away(book, frame, snapshot.id)
            keep_remembered(book, facts, snapshot.id)
            older = bool(facts["older"])
            keep_refusals(db, frame, snapshot.id, day=book.today, older=older)
            with _untriggered(db, "news", snapshot.id):
                write_news(db, frame, snapshot.id)
    finally:
        if spill:
            db.execute("pragma cache_spill = 0")
    return snapshot


def _snapshot(db: sqlite3.Connection, frame: Frame, facts: dict[str, Any]) -> Snapshot:
    shown: dict[str, str] = facts.get(SHOWN, {})
    files = tuple(
        SnapshotFile(**f | {"name": shown.get(f["name"], f["name"])}) for f in facts["files"]
    )
    counts = {
        f"{object_} {what}": n
        for object_, what, n in db.execute("select object, what, n from stage.d_count")
        if n and what in ("new", "changed")
    }
    digests = sorted(f.sha256 for f in files)
    # Counted, so that an import brought again after its undo has an id of its own.
    earlier = db.execute("select count(*) from main.change where kind = 'import'").fetchone()[0]
    return Snapshot(
        derived_id("snapshot", frame.source, frame.as_of, *digests, str(earlier)),
        frame.source,
        date.fromisoformat(frame.as_of),
        datetime.now(UTC).replace(tzinfo=None, microsecond=0),
        str(facts["scope"]),
        files,
        counts,
    )


def _insert(db: sqlite3.Connection, shape: Shape, frame: Frame, batch: str) -> None:
    """The records the book does not have yet, with the CRM's ids of all."""
    new = f"s.id not in (select id from stage.k_{shape.object})"
    columns = ["id", *(c for column in shape.columns for c in column.stored), "snapshot_id"]
    values = ["s.id", *(v for column in shape.columns for v in column.new_values("s")), "?"]
    if shape.object == "account":
        columns.insert(1, "name_key")
        values.insert(1, "s.name_key")
    else:
        columns.insert(1, "account_id")
        values.insert(1, "s.account_id")
    listed = ", ".join(f'"{c}"' for c in columns)
    gone = " and s.gone is not 1" if shape.object == "account" else ""
    with _untriggered(db, shape.table, batch):
        db.execute(
            f"insert into main.{shape.table} ({listed}) select {', '.join(values)} "
            f"from stage.{shape.staging} s where {new}{gone} order by s.n",
            (batch,),
        )
    if shape.object == "touch":
        _insert_touch_people(db, frame, batch)
    if shape.has_refs:
        _insert_refs(db, shape, frame, batch)


@contextmanager
def _untriggered(db: sqlite3.Connection, table: str, batch: str) -> Iterator[None]:
    """Insert rows of the open import's own batch without asking the triggers for each.

    They have nothing to do for such rows, which one entry per table stands for. They are part of
    the transaction, so that an error brings them back.
    """
    found = db.execute(
        "select name, sql from temp.sqlite_master where type = 'trigger' and name in (?, ?) "
        "and exists (select 1 from temp.open_change where batch = ?)",
        (f"guard_{table}_insert", f"journal_{table}_insert", batch),
    ).fetchall()
    for name, _ in found:
        db.execute(f"drop trigger temp.{name}")
    yield
    for _, sql in found:
        db.execute(sql.replace("CREATE TRIGGER", "CREATE TEMP TRIGGER", 1))


def _insert_touch_people(db: sqlite3.Connection, frame: Frame, batch: str) -> None:
    db.create_function("derived_id", -1, derived_id, deterministic=True)
    db.execute(
        "insert into main.touch_person (id, touch_id, person_id, snapshot_id) "
        "select derived_id(t.id, t.person), t.id, t.person, ? from (select s.id, coalesce("
        "(select id from stage.s_person p where p.ext = s.person_ref), (select row_id from "
        "main.external_ref r where r.source = ? and r.object = 'person' "
        "and r.external_id = s.person_ref)) as person from stage.s_touch s "
        "where s.person_ref is not null) t where t.person is not null "
        "and exists (select 1 from main.person p where p.id = t.person) "
        "and not exists (select 1 from main.touch_person x where x.touch_id = t.id "
        "and x.person_id = t.person)",
        (batch, frame.source),
    )


def _insert_refs(db: sqlite3.Connection, shape: Shape, frame: Frame, batch: str) -> None:
    """Remember which record of the source each record of the book is."""
    db.create_function("ref_id", 3, derived_id, deterministic=True)
    # A record's own id is derived from its source's, so it can name the reference as well; one
    # that was matched to a record of the book has an id of another origin.
    with _untriggered(db, "external_ref", batch):
        db.execute(
            "insert into main.external_ref (id, source, object, external_id, tbl, row_id, "
            "snapshot_id) select iif(s.ext in (select m.ext from stage.matched m "
            "where m.object = :object), ref_id(:source, :object, s.ext), 'r' || s.id), :source, "
            ":object, s.ext, :tbl, s.id, "
            f":batch from stage.{shape.staging} s where s.ext is not null and s.gone is not 1 "
            "and s.moved is null and not exists (select 1 from main.external_ref r "
            "where r.source = :source and r.object = :object and r.external_id = s.ext) "
            "and not exists (select 1 from temp.refused f where f.object = :object "
            "and f.id = s.id) order by s.n",
            {
                "source": frame.source,
                "object": shape.object,
                "tbl": shape.table,
                "batch": batch,
            },
        )


def _update(db: sqlite3.Connection, shape: Shape, frame: Frame, batch: str) -> None:
    """The decided fields of records the book has, each with its history."""
    taken = f"select 1 from stage.d_field where object = ? and {_SET}"
    if not db.execute(f"select exists ({taken})", (shape.object,)).fetchone()[0]:
        return
    # Rows of the snapshot are looked up by their id here: without it each one reads them all.
    name = shape.staging
    db.execute(f"create index if not exists stage.{name}_id on {name} (id)")
    _remember(db, shape, frame, batch)
    fields = shape.columns
    flags = ", ".join(f"max(field = '{c.name}') as \"{c.name}\"" for c in fields)
    sets = [
        f'"{name}" = iif(t."{c.name}", {value}, {shape.table}."{name}")'
        for c in fields
        for name, value in zip(c.stored, c.new_values("s"), strict=True)
    ]
    if shape.object == "account":
        sets.append('name_key = iif(t."name", s.name_key, account.name_key)')
        flags += ", max(field = 'missing_since') as back"
        sets.append("missing_since = iif(t.back, null, account.missing_since)")
    else:
        sets.append(f"account_id = iif(t.moves, s.account_id, {shape.table}.account_id)")
        flags += ", max(field = 'account_id') as moves"
    db.execute(
        f"update main.{shape.table} set {', '.join(sets)} from (select row_id, {flags} from "
        f"stage.d_field where object = ? and {_SET} group by row_id) t "
        f"join stage.{shape.staging} s on s.id = t.row_id where {shape.table}.id = t.row_id",
        (shape.object,),
    )


def _remember(db: sqlite3.Connection, shape: Shape, frame: Frame, batch: str) -> None:
    # Counted under the id of the import: in order, they are written twice as quickly.
    under = derived_id(batch, "history")[:12]
    cells = "was, becomes"
    if shape.object != "account":
        # The names of accounts are for people; what is kept are their ids.
        cells = (
            f"iif(field = 'account_id', (select b.account_id from main.{shape.table} b where "
            "b.id = row_id), was), iif(field = 'account_id', (select s.account_id from "
            f"stage.{shape.staging} s where s.id = row_id), becomes)"
        )
    db.execute(
        "insert into main.field_history (id, tbl, row_id, field, was, became, source, as_of, "
        f"snapshot_id) select ? || printf('%08x', id), ?, row_id, field, {cells}, ?, "
        f"?, ? from stage.d_field where object = ? and {_SET} order by id",
        (under, shape.table, frame.source, frame.as_of, batch, shape.object),
    )


def _mark_missing(db: sqlite3.Connection, frame: Frame) -> None:
    db.execute(
        "update main.account set missing_since = ? where id in "
        "(select account_id from stage.d_missing) and missing_since is null",
        (frame.as_of,),
    )
