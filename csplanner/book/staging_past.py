"""What an older snapshot adds to the past: its values in the history of fields, not in the present.

The history ends up as if the snapshots had come in their order, so that the book can tell what was
known on a day.
"""

import sqlite3
from collections.abc import Mapping

from csplanner.book.ids import derived_id
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES, Column, Shape

_HISTORY = "main.field_history f where f.tbl = o.tbl and f.row_id = o.row_id and f.field = o.field"


def write_past(db: sqlite3.Connection, frame: Frame, batch: str) -> None:
    """Inside the import's change, before any field is set: keep what was so on the older day."""
    after, before = db.execute(
        "select min(iif(as_of > :day, as_of, null)), max(iif(as_of < :day, as_of, null)) "
        "from main.snapshot where source = :source",
        {"day": frame.as_of, "source": frame.source},
    ).fetchone()
    db.execute(
        "create temp table older (tbl text, row_id text, field text, said text, present text, "
        "born text)"
    )
    for shape in SHAPES.values():
        for column in shape.columns:
            if not column.once:
                _collect(db, shape, column, frame)
    if after and db.execute("select exists (select 1 from temp.older)").fetchone()[0]:
        _write(db, frame, batch, (after, before))
    db.execute("drop table temp.older")


def _collect(db: sqlite3.Connection, shape: Shape, column: Column, frame: Frame) -> None:
    said, present = column.shown("s"), column.shown("b")
    if column.kind == "person":
        said, present = (
            f"(select name from main.person p where p.id = {cell})" for cell in (said, present)
        )
    later = (
        f"exists (select 1 from main.field_history f where f.tbl = '{shape.table}' "
        f"and f.row_id = b.id and f.field = '{column.name}' and f.as_of > :day)"
    )
    db.execute(
        f"insert into temp.older select '{shape.table}', b.id, '{column.name}', {said}, {present}, "
        "(select n.as_of from main.snapshot n where n.id = b.snapshot_id) "
        f"from stage.{shape.staging} s join main.{shape.table} b on b.id = s.id "
        f"""where s."{column.name}" is not null and ({column.differs("s", "b")} or {later})""",
        {"day": frame.as_of},
    )


def _write(
    db: sqlite3.Connection, frame: Frame, batch: str, beside: tuple[str, str | None]
) -> None:
    after, before = beside
    values = {"day": frame.as_of, "after": after, "before": before, "source": frame.source,
              "batch": batch}  # fmt: skip
    db.create_function("past_id", -1, lambda *parts: derived_id(*map(str, parts)))
    _gather(db, values)
    is_first = "(last_on is null and :before is null and (born is null or born > :day))"
    row = (
        "insert into main.field_history (id, tbl, row_id, field, was, became, source, as_of, "
        "snapshot_id) select past_id(:batch, {0}, tbl, row_id, field), tbl, row_id, field, {1}, "
        "{2}, :source, {3}, :batch from temp.past where "
    )
    db.execute(row.format("'then'", "known", "said", ":day") + f"not {is_first}", values)
    # The next change started from what this snapshot says.
    db.execute(
        "update main.field_history set was = p.said from temp.past p where p.next = "
        "field_history.id and field_history.was is p.known and (p.next_on = :after "
        f"or coalesce(p.known, '') = '' or not {is_first})",
        values,
    )
    db.execute(
        row.format("'after'", "said", "known", ":after")
        # Where nobody said anything until the next change, this stood until then.
        + f"(next is null or (next_on > :after and coalesce(known, '') <> '' and {is_first}))",
        values,
    )
    db.execute("drop table temp.past")


def _gather(db: sqlite3.Connection, values: Mapping[str, str | None]) -> None:
    """Put into temp.past what the snapshot says and the book does not know of that day."""
    db.execute(
        "create temp table past as select o.*, "
        f"(select f.became from {_HISTORY} and f.as_of <= :day order by f.as_of desc, f.rowid desc "
        f"limit 1) as last, (select f.as_of from {_HISTORY} and f.as_of <= :day "
        "order by f.as_of desc, f.rowid desc limit 1) as last_on, "
        f"(select f.id from {_HISTORY} and f.as_of > :day order by f.as_of, f.rowid limit 1) "
        f"as next, (select f.was from {_HISTORY} and f.as_of > :day order by f.as_of, f.rowid "
        f"limit 1) as next_was, (select f.as_of from {_HISTORY} and f.as_of > :day "
        "order by f.as_of, f.rowid limit 1) as next_on from temp.older o",
        values,
    )
    # What the book takes for the value of that day so far.
    db.execute("alter table temp.past add column known text")
    db.execute(
        "update temp.past set known = iif(last_on is not null, last, iif(next is not null, "
        "next_was, present))"
    )
    db.execute(
        "delete from temp.past where known is said or last_on = :day "
        "or (known is not null and said like known || ' ___')",
        values,
    )
    # Blanks that are filled by this import are news of it, not of the past.
    db.execute(
        "delete from temp.past where exists (select 1 from stage.d_field d where d.take = 1 "
        "and d.row_id = past.row_id and d.field = past.field)"
    )
