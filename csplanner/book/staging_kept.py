"""What was refused of a source stays refused: its value, record, deletion or merge is asked about
again only when the source says something else.
"""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date

from csplanner.book.ids import derived_id
from csplanner.book.staged_refused import follow, prepare
from csplanner.book.staging_answers import DECIDED
from csplanner.book.staging_frame import Frame, note
from csplanner.book.staging_gone import CHANGED
from csplanner.book.staging_rules import YOURS
from csplanner.book.staging_shapes import SHAPES, Shape

RECALLED_TABLE = """create table if not exists stage.d_recalled (object text not null,
    id text not null, primary key (object, id)) strict, without rowid"""
"""New records that stay out because they were refused before."""
KEPT = "You kept yours."
"""Why a value stays: this very value of this source was refused before; `kept_on` says when."""
UNCHANGED = "Unchanged in the CRM since you set it."
"""Why a value stays: the source says what it said before you set yours."""


def recall(db: sqlite3.Connection, frame: Frame, *, is_first: bool) -> None:
    """Decide what differs as it was decided before, where the source still says the same.

    New records are left out as before only when a staging file is compared for the first time:
    after that its own decisions count.
    """
    db.execute(RECALLED_TABLE)
    if not _can_remember(db):
        return
    _leave_unchanged(db, frame)
    for shape in SHAPES.values():
        place = (frame.source, shape.table, shape.object)
        db.execute(
            "update stage.d_field set take = 0, reason = ?4, kept_on = r.kept_on "
            "from main.refusal r where r.what = 'value' and r.source = ?1 and r.tbl = ?2 "
            "and d_field.object = ?3 and r.row_id = d_field.row_id and r.field = d_field.field "
            "and r.value is d_field.becomes and d_field.reason in ('', ?5)",
            (*place, KEPT, YOURS),
        )
        db.execute(
            "update stage.d_gone set take = 0, reason = ?4 from main.refusal r "
            "where r.what = 'gone' and r.source = ?1 and r.tbl = ?2 and d_gone.object = ?3 "
            "and r.row_id = d_gone.row_id",
            (*place, KEPT),
        )
        db.execute(
            "update stage.d_merge set take = 0 from main.refusal r where r.what = 'merge' "
            "and r.source = ?1 and r.tbl = ?2 and d_merge.object = ?3 "
            "and r.row_id = d_merge.loser_id and r.value = d_merge.master_id",
            place,
        )
    if is_first:
        _leave_out(db, frame)


def _can_remember(db: sqlite3.Connection) -> bool:
    """Whether the book has a place for refusals: one of an older version that is only read lacks
    it.
    """
    found = db.execute(
        "select exists (select 1 from main.sqlite_master where type = 'table' and name = 'refusal')"
    ).fetchone()
    return bool(found[0])


def _leave_out(db: sqlite3.Connection, frame: Frame) -> None:
    """New records that were left out before are left out."""
    prepare(db, "stage.")
    for shape in SHAPES.values():
        db.execute(
            f"insert or ignore into stage.d_recalled select '{shape.object}', s.id "
            f"from main.refusal r join stage.{shape.staging} s on s.id = r.row_id "
            "where r.what = 'new' and r.source = ? and r.tbl = ? "
            f"and s.id not in (select id from stage.k_{shape.object})",
            (frame.source, shape.table),
        )
    db.execute("insert or ignore into stage.d_refused select object, id, '' from stage.d_recalled")
    left = db.execute("select count(*) from stage.d_recalled").fetchone()[0]
    if left:
        follow(db, "stage.")
        records = "record stays" if left == 1 else "records stay"
        note(db, f"{left:,} new {records} out, as you decided before.")


# --- what the source says as before ---


def _leave_unchanged(db: sqlite3.Connection, frame: Frame) -> None:
    """A conflict is none where the source only repeats what you have changed since."""
    for shape in SHAPES.values():
        columns = {column.name: column for column in shape.columns}
        for number, row_id, field in db.execute(
            "select d.id, d.row_id, d.field from stage.d_field d where d.object = ?1 "
            "and d.reason = ?2 and d.how = '' and exists (select 1 from main.external_ref r "
            "where r.source = ?3 and r.tbl = ?4 and r.row_id = d.row_id) and not exists "
            "(select 1 from main.refusal r where r.what = 'value' and r.source = ?3 "
            "and r.tbl = ?4 and r.row_id = d.row_id and r.field = d.field)",
            (shape.object, YOURS, frame.source, shape.table),
        ).fetchall():
            column = columns.get(field)
            if column is None:
                continue
            said = db.execute(
                f"select {', '.join(column.new_values('s'))} from stage.{shape.staging} s "
                "where s.id = ?",
                (row_id,),
            ).fetchone()
            if said is not None and said == _before_yours(db, shape, row_id, column.stored):
                db.execute("update stage.d_field set reason = ? where id = ?", (UNCHANGED, number))


def _before_yours(
    db: sqlite3.Connection, shape: Shape, row_id: str, columns: Sequence[str]
) -> tuple[object, ...] | None:
    """What stood in a row before your first edit of those columns since the last import set them;
    None where no import did.
    """
    found: tuple[object, ...] | None = None
    for kind, before, after in db.execute(
        "select h.kind, c.before, c.after from main.change_row c join main.change h "
        "on h.id = c.change_id where c.tbl = ? and c.row_id = ? and h.state = 'done' "
        "and h.kind <> 'undo' order by c.id desc",
        (shape.table, row_id),
    ):
        was, became = ({} if text is None else json.loads(text) for text in (before, after))
        if all(was.get(c) == became.get(c) for c in columns):
            continue
        if kind != "edit":
            break
        found = tuple(was.get(c) for c in columns) if before is not None else None
    return found


# --- keeping it ---


def refuses_more(db: sqlite3.Connection, frame: Frame, *, older: bool) -> bool:
    """Whether something is refused that the book does not know as refused yet."""
    same = "" if older else "and r.value is ?"
    return any(
        db.execute(
            "select exists (select 1 from main.refusal r where r.tbl = ? and r.row_id = ? "
            f"and r.field = ? and r.what = ? and r.source = ? {same})",
            (tbl, row_id, field, what, frame.source, *(() if older else (value,))),
        ).fetchone()[0]
        == 0
        for tbl, row_id, field, what, value in _refused(db, older=older)
    )


def _refused(
    db: sqlite3.Connection, *, older: bool
) -> Iterator[tuple[str, str, str, str, str | None]]:
    """Table, row, field, what it is about, and value, of all that was refused."""
    # What an older snapshot said against yours is no news.
    undecided = DECIDED if older else YOURS
    for shape in SHAPES.values():
        yield from db.execute(
            "select ?2, row_id, field, 'value', becomes from stage.d_field where object = ?1 "
            "and take = 0 and reason in (?3, ?4) union all "
            "select ?2, row_id, '', 'gone', null from stage.d_gone where object = ?1 "
            "and take = 0 and reason not in (?5, ?6) union all "
            "select ?2, loser_id, '', 'merge', master_id from stage.d_merge where object = ?1 "
            "and take = 0 and loser_id <> '' union all "
            "select ?2, id, '', 'new', null from stage.d_refused where object = ?1 "
            f"and reason = '' and id not in (select id from main.{shape.table})",
            (shape.object, shape.table, DECIDED, undecided, CHANGED, KEPT),
        ).fetchall()


def keep_refusals(
    db: sqlite3.Connection, frame: Frame, batch: str, *, day: date, older: bool
) -> None:
    """Inside the import's change: remember what was refused, and forget what no longer is."""
    for shape in SHAPES.values():
        known = "select 1 from main.refusal where tbl = ? and source = ?"
        place = (shape.table, frame.source)
        if db.execute(f"select exists ({known})", place).fetchone()[0]:
            _forget_taken(db, shape, frame.source)
            if not older:
                _forget_unsaid(db, shape, frame.source)
    on = day.isoformat()
    for tbl, row_id, field, what, value in _refused(db, older=older):
        known = db.execute(
            "select id, value from main.refusal where tbl = ? and row_id = ? and field = ? "
            "and what = ? and source = ?",
            (tbl, row_id, field, what, frame.source),
        ).fetchone()
        if known is None:
            own = derived_id(batch, "refusal", tbl, row_id, field, what)
            db.execute(
                "insert into main.refusal (id, tbl, row_id, field, what, value, source, kept_on, "
                "snapshot_id) values (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                (own, tbl, row_id, field, what, value, frame.source, on, batch),
            )
        elif known[1] != value and not older:
            db.execute(
                "update main.refusal set value = ?, kept_on = ? where id = ?",
                (value, on, known[0]),
            )


def _forget_taken(db: sqlite3.Connection, shape: Shape, source: str) -> None:
    """What is taken now is not refused any more."""
    db.execute(
        "delete from main.refusal where tbl = ?1 and source = ?2 and ("
        "(what = 'value' and (row_id, field) in (select row_id, field from stage.d_field "
        "where object = ?3 and take = 1)) or (what = 'gone' and row_id in (select row_id "
        "from stage.d_gone where object = ?3 and take = 1)) or (what = 'new' and row_id in "
        f"(select id from stage.{shape.staging}) and row_id not in (select id from "
        "stage.d_refused where object = ?3)))",
        (shape.table, source, shape.object),
    )


def _forget_unsaid(db: sqlite3.Connection, shape: Shape, source: str) -> None:
    """A value the source does not say any more, as it agrees with yours, is news if it is back."""
    for (field,) in db.execute(
        "select distinct field from main.refusal where tbl = ? and source = ? and what = 'value'",
        (shape.table, source),
    ).fetchall():
        if field in {column.name for column in shape.columns}:
            db.execute(
                "delete from main.refusal where tbl = ?1 and source = ?2 and what = 'value' "
                f"and field = ?4 and row_id in (select id from stage.{shape.staging} "
                f'where "{field}" is not null) and (row_id, field) not in '
                "(select row_id, field from stage.d_field where object = ?3)",
                (shape.table, source, shape.object, field),
            )
