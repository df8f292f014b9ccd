"""Records the CRM merged into others: what names them means the others, and so it is here."""

import sqlite3

from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES, Shape

_DEEPEST = 20
"""Merges of merges followed at most."""
_REFS = {"account": ("account_ref",), "person": ("person_ref", "reports_ref")}
# `123:1661707291575;456:…` are ids with the moment of each merge.
_IDS = (
    "json_each('[\"' || replace(replace(replace(replace(s.merged_ids, '\\', ''), '\"', ''), ',', "
    "';'), ';', '\",\"') || '\"]') j"
)
_ID = "trim(iif(instr(j.value, ':') > 1, substr(j.value, 1, instr(j.value, ':') - 1), j.value))"


def repoint(db: sqlite3.Connection, shape: Shape, frame: Frame) -> None:
    """Let what names a merged record name the one it was merged into; the merged row goes."""
    name = shape.staging
    if not db.execute(
        f"select exists (select 1 from stage.{name} where merged_into is not null "
        "or merged_ids is not null)"
    ).fetchone()[0]:
        return
    values = {"object": shape.object, "source": frame.source}
    db.execute(
        "insert or ignore into stage.merging (object, loser, master) select :object, ext, "
        f"merged_into from stage.{name} where merged_into is not null and ext is not null",
        values,
    )
    db.execute(
        f"insert or ignore into stage.merging (object, loser, master) select :object, {_ID}, s.ext "
        f"from stage.{name} s, {_IDS} where s.merged_ids is not null and s.ext is not null "
        f"and {_ID} <> ''",
        values,
    )
    _follow(db)
    db.execute(
        "delete from stage.merging where object = :object and not exists "
        f"(select 1 from stage.{name} s where s.ext = master) and not exists (select 1 from "
        "main.external_ref r where r.source = :source and r.object = :object "
        "and r.external_id = master)",
        values,
    )
    merged = "(select loser from stage.merging where object = :object)"
    db.execute(f"delete from stage.{name} where ext in {merged}", values)
    _repoint_links(db, shape.object)


def _follow(db: sqlite3.Connection) -> None:
    """The one that was kept in the end."""
    for _ in range(_DEEPEST):
        moved = db.execute(
            "update stage.merging set master = m.master from stage.merging m where "
            "m.object = merging.object and m.loser = merging.master and m.master <> merging.master"
        ).rowcount
        if not moved:
            break
    db.execute("delete from stage.merging where loser = master")


def _repoint_links(db: sqlite3.Connection, object_: str) -> None:
    for shape in SHAPES.values():
        for column in _REFS[object_]:
            if column in shape.staged_columns:
                db.execute(
                    f"update stage.{shape.staging} set {column} = m.master from stage.merging m "
                    f"where m.object = ? and m.loser = {shape.staging}.{column}",
                    (object_,),
                )


def list_merges(db: sqlite3.Connection, frame: Frame) -> None:
    """The merges that are new to the book, in `d_merge`; without a loser here only its id is."""
    for object_, table in (("account", "account"), ("person", "person")):
        db.execute(
            "insert into stage.d_merge (object, loser_ext, loser_id, loser, master_id, master) "
            "select object, loser, coalesce(loser_id, ''), coalesce(b.name, ''), master_id, "
            f"coalesce((select name from main.{table} k where k.id = master_id), "
            f"(select name from stage.s_{object_} s where s.id = master_id), '') from (select "
            "m.object, m.loser, (select r.row_id from main.external_ref r where "
            "r.source = :source and r.object = m.object and r.external_id = m.loser) as loser_id, "
            f"coalesce((select id from stage.s_{object_} s where s.ext = m.master), "
            "(select r.row_id from main.external_ref r where r.source = :source and "
            "r.object = m.object and r.external_id = m.master)) as master_id from stage.merging m "
            f"where m.object = :object) left join main.{table} b on b.id = loser_id "
            "where master_id is not null and loser_id is not master_id",
            {"source": frame.source, "object": object_},
        )
