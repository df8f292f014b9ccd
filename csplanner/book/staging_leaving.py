"""What an import puts away: records deleted in the CRM, and those that were merged there."""

import json
import sqlite3
from datetime import date
from typing import TYPE_CHECKING

from csplanner.book.field_history import forget
from csplanner.book.ids import derived_id
from csplanner.book.joining import join_accounts, join_people
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.evidence import Evidence
from csplanner.domain.recipe import Whose

if TYPE_CHECKING:
    from csplanner.book.book import Book


def put_away(book: "Book", frame: Frame, batch: str) -> None:
    """Archive what was deleted in the CRM and merge what was merged there, where not refused."""
    db = book.connection
    db.execute(
        "update main.account set archived = cast(d.becomes as integer) from stage.d_field d "
        "where d.object = 'account' and d.field = 'archived' and d.take = 1 "
        "and d.row_id = account.id"
    )
    db.execute(
        "update main.person set status = d.becomes from stage.d_field d "
        "where d.object = 'person' and d.how in ('gone', 'absent') and d.take = 1 "
        "and d.row_id = person.id"
    )
    _archive_records(db, frame, batch)
    _merge(book, frame)
    _refs_of_merged(db, frame, batch)
    for object_, field, whose in db.execute(
        "select object, field, whose from stage.d_rule"
    ).fetchall():
        book.field_rules.set(object_, field, Whose(whose), source=frame.source, snapshot_id=batch)


def _archive_records(db: sqlite3.Connection, frame: Frame, batch: str) -> None:
    """Keep deleted records whole beside the book's own, with nothing of them in the tables."""
    db.create_function("archived_id", -1, derived_id, deterministic=True)
    for shape in SHAPES.values():
        gone = "select row_id from stage.d_gone where object = ? and take = 1"
        if not db.execute(f"select exists ({gone})", (shape.object,)).fetchone()[0]:
            continue
        columns = [row[1] for row in db.execute(f"pragma main.table_info({shape.table})")]
        image = ", ".join(f"'{c}', b.\"{c}\"" for c in columns)
        db.execute(
            "insert into main.archived_record (id, account_id, tbl, row_id, title, image, gone_on, "
            f"snapshot_id) select archived_id(?, b.id), b.account_id, '{shape.table}', b.id, "
            f"d.title, json_object({image}), ?, ? from stage.d_gone d "
            f"join main.{shape.table} b on b.id = d.row_id where d.object = ? and d.take = 1",
            (batch, frame.as_of, batch, shape.object),
        )
        forget(db, shape.table, gone, (shape.object,))
        db.execute(f"delete from main.{shape.table} where id in ({gone})", (shape.object,))


def forget_archived(db: sqlite3.Connection) -> None:
    """A record that the CRM holds again stands in its table; its archived copy goes."""
    if not db.execute("select exists (select 1 from main.archived_record)").fetchone()[0]:
        return
    for shape in SHAPES.values():
        db.execute(
            "delete from main.archived_record where tbl = ? and row_id in "
            f"(select id from stage.{shape.staging})",
            (shape.table,),
        )


def _merge(book: "Book", frame: Frame) -> None:
    db = book.connection
    said = Evidence(on=date.fromisoformat(frame.as_of))
    for object_, loser, master in db.execute(
        "select object, loser_id, master_id from stage.d_merge where loser_id <> '' and take = 1 "
        "order by object, id"
    ).fetchall():
        if object_ == "person":
            if not join_people(db, master, loser):
                # Somebody of another account: they stay there, and are no longer vouched for.
                db.execute(
                    "update main.person set status = 'unverified' where id = ? "
                    "and status = 'active'",
                    (loser,),
                )
        elif _is_there(db, loser) and _is_there(db, master):
            _drop_current_term(db, frame, loser)
            join_accounts(db, master, loser)
            book.accounts.update(loser, source=frame.source, on_evidence=said, archived=True)


def _is_there(db: sqlite3.Connection, account_id: str) -> bool:
    return bool(
        db.execute("select exists (select 1 from account where id = ?)", (account_id,)).fetchone()[
            0
        ]
    )


def _drop_current_term(db: sqlite3.Connection, frame: Frame, loser: str) -> None:
    """The term that stood in the row of an account that was merged is not a second one."""
    kept = (
        "select t.row_id from external_ref a join external_ref t on t.tbl = 'term' "
        "and t.source = a.source and t.external_id = 'current:' || a.external_id "
        "where a.tbl = 'account' and a.row_id = ? and a.source = ? and not exists "
        "(select 1 from change_row c join change h on h.id = c.change_id where c.tbl = 'term' "
        "and c.row_id = t.row_id and h.kind = 'edit')"
    )
    ids = [row_id for (row_id,) in db.execute(kept, (loser, frame.source))]
    listed = "select value from json_each(?)"
    if ids:
        forget(db, "term", listed, (json.dumps(ids),))
        db.execute(f"delete from term where id in ({listed})", (json.dumps(ids),))


def _refs_of_merged(db: sqlite3.Connection, frame: Frame, batch: str) -> None:
    """The id of a record that was merged means the one it was merged into from now on."""
    db.create_function("merged_id", -1, derived_id, deterministic=True)
    for object_ in ("account", "person"):
        db.execute(
            "insert or ignore into main.external_ref (id, source, object, external_id, tbl, "
            "row_id, snapshot_id) select merged_id(:source, object, loser_ext, 'merged'), :source, "
            "object, loser_ext, object, master_id, :batch from stage.d_merge m "
            "where m.object = :object and m.take = 1 and exists "
            f"(select 1 from main.{object_} k where k.id = m.master_id) and not exists "
            "(select 1 from main.external_ref r where r.source = :source and r.object = m.object "
            "and r.external_id = m.loser_ext)",
            {"source": frame.source, "batch": batch, "object": object_},
        )
