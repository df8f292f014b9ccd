"""Whose a differing value is: the CSM's own stays, unless a rule for its field says otherwise."""

import sqlite3

from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES

RULES_TABLE = """create table if not exists stage.d_rule (object text not null,
    field text not null, label text not null, whose text not null,
    primary key (object, field)) strict"""
"""Rules said while reviewing; they are kept in the book with the import."""
YOURS = "You set this."
ALWAYS_YOURS = "You always keep yours."
ALWAYS_THEIRS = "You always take theirs."
_BESIDE = {"archived": "0"}


def own(db: sqlite3.Connection) -> None:
    """A value the CSM set last stays unless decided otherwise."""
    for shape in SHAPES.values():
        defaults = _BESIDE | {c.name: c.default.strip("'") for c in shape.columns}
        for number, row_id, field in db.execute(
            "select d.id, d.row_id, d.field from stage.d_field d where d.object = ? "
            "and d.field <> 'missing_since' and (exists (select 1 from main.change_row c "
            "join main.change h on h.id = c.change_id where c.tbl = ? and c.row_id = d.row_id "
            "and h.kind = 'edit') or exists (select 1 from main.field_history f where f.tbl = ? "
            "and f.row_id = d.row_id and f.field = d.field and f.source = 'csm'))",
            (shape.object, shape.table, shape.table),
        ).fetchall():
            since = set_by_csm(db, shape.table, row_id, (field, defaults.get(field, "")))
            if since is not None:
                db.execute(
                    "update stage.d_field set whose = 'csm', since = ?, take = 0, reason = ? "
                    "where id = ?",
                    (since, YOURS, number),
                )
    # An empty cell asks nothing of what you said.
    db.execute("delete from stage.d_field where whose = 'csm' and how = 'cleared'")
    _leave_where_put(db)


def _leave_where_put(db: sqlite3.Connection) -> None:
    """A record you put elsewhere stays there, while the CRM says no more than it did before."""
    for shape in SHAPES.values():
        for number, row_id in db.execute(
            "select id, row_id from stage.d_field where object = ? and field = 'account_id' "
            "and whose = 'csm'",
            (shape.object,),
        ).fetchall():
            before, said = db.execute(
                "select (select json_extract(c.before, '$.account_id') from main.change_row c "
                "join main.change h on h.id = c.change_id where c.tbl = ?1 and c.row_id = ?2 "
                "and h.state = 'done' and h.kind = 'edit' and json_extract(c.before, "
                "'$.account_id') is not json_extract(c.after, '$.account_id') "
                "order by c.id desc limit 1), "
                f"(select account_id from stage.{shape.staging} where id = ?2)",
                (shape.table, row_id),
            ).fetchone()
            if before == said:
                db.execute("delete from stage.d_field where id = ?", (number,))
            else:
                db.execute(
                    "update stage.d_field set whose = 'book', since = null, take = 1, reason = '' "
                    "where id = ?",
                    (number,),
                )


def set_by_csm(
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


def apply_rules(db: sqlite3.Connection, frame: Frame) -> None:
    """What was said of a field once and for all decides its conflicts."""
    known = db.execute(
        "select 1 from main.sqlite_master where type = 'table' and name = 'field_rule'"
    ).fetchone()
    if known:
        # What was said for this source alone counts last, so that it stands.
        for source in ("", frame.source):
            _decide(db, "main.field_rule r", f"r.source = '{source.replace(chr(39), chr(39) * 2)}'")
    _decide(db, "stage.d_rule r", "1")


def decide_by(db: sqlite3.Connection, rules: str) -> None:
    """Decide conflicts by the rules of a table in the staging file itself."""
    _decide(db, rules, "1", "")


def _decide(db: sqlite3.Connection, rules: str, which: str, place: str = "stage.") -> None:
    db.execute(
        f"update {place}d_field set take = r.whose = 'theirs', "
        f"reason = iif(r.whose = 'theirs', ?, ?) from {rules} where {which} "
        "and r.object = d_field.object and r.field = d_field.field and d_field.whose = 'csm'",
        (ALWAYS_THEIRS, ALWAYS_YOURS),
    )
