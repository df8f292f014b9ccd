"""Figures that file after file leaves empty: listed and kept, unless one takes them for unknown."""

import sqlite3

from csplanner.book.ids import derived_id
from csplanner.book.staging_frame import Frame

EMPTY = "empty"
"""How such a changed field is marked, and the staged figure that says that none is known."""


def list_empty(db: sqlite3.Connection, frame: Frame) -> None:
    """List the figures that this file and at least one before it left empty.

    A snapshot counts where it brought that figure for other accounts. Taken, the figure is unknown
    from this day on; both it and the one before are kept with their days. Nothing is listed where
    the book holds a snapshot of this day or a later one.
    """
    seen = "select exists (select 1 from main.snapshot where source = ? and as_of >= ?)"
    if db.execute(seen, (frame.source, frame.as_of)).fetchone()[0]:
        return
    db.create_function("derived_id", -1, derived_id, deterministic=True)
    db.create_function("nth_file", 1, nth_file, deterministic=True)
    for file, targets in frame.mapped.items():
        for target in targets:
            object_, _, measure = target.partition(".")
            if object_ == "measurement" and "." in measure:
                _list(db, frame, file, measure)


def forget_empty(db: sqlite3.Connection) -> None:
    """Before a comparison is made anew: the staged figures are those of the files alone."""
    db.execute("delete from stage.s_measurement where moved = ?", (EMPTY,))


def _list(db: sqlite3.Connection, frame: Frame, file: str, measure: str) -> None:
    """The accounts of a file that have no figure of a measure in it, and had one."""
    values = {"file": file, "measure": measure, "day": frame.as_of, "source": frame.source}
    db.execute("drop table if exists temp.filed")
    db.execute("drop table if exists temp.emptied")
    db.execute(
        "create temp table filed as select n.as_of from main.snapshot n where n.source = :source "
        "and n.id in (select m.snapshot_id from main.measurement m where m.measure = :measure)",
        values,
    )
    db.execute(
        'create temp table emptied as select s.id as account_id, s."row", m.value, m.as_of, '
        "1 + (select count(*) from temp.filed f where f.as_of > m.as_of) as files "
        "from stage.s_account s join main.measurement m on m.rowid = (select x.rowid "
        "from main.measurement x where x.account_id = s.id and x.measure = :measure "
        "and x.dimension = '' order by x.as_of desc, x.rowid desc limit 1) "
        "where s.file = :file and m.value is not null and m.source <> 'csm' and files > 1 "
        "and s.id not in (select o.account_id from stage.s_measurement o "
        "where o.measure = :measure)",
        values,
    )
    own = "derived_id(:source, t.account_id, :measure, '', :day)"
    db.execute(
        'insert into stage.s_measurement (file, "row", id, account_id, measure, dimension, '
        f"as_of, source, note, moved) select :file, t.\"row\", {own}, t.account_id, :measure, '', "
        ":day, :source, '', :empty from temp.emptied t",
        {**values, "empty": EMPTY},
    )
    db.execute(
        "insert into stage.d_field (object, row_id, account_id, account, title, field, label, "
        "kind, was, becomes, take, file, how, day_before, day, times, reason) select "
        f"'measurement', {own}, t.account_id, a.name, :measure, 'value', 'Value', 'thousandths', "
        "cast(t.value as text), null, 0, :file, :empty, t.as_of, :day, t.files, nth_file(t.files) "
        "from temp.emptied t join main.account a on a.id = t.account_id order by a.name, a.id",
        {**values, "empty": EMPTY},
    )
    db.execute(f"insert into stage.d_follow select {own}, {own} from temp.emptied t", values)
    db.execute("drop table temp.emptied")
    db.execute("drop table temp.filed")


def nth_file(n: int) -> str:
    """Why a value is kept that the n-th file in a row leaves empty."""
    tail = "th" if n % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(n % 10, "th")
    return f"{n}{tail} file without a value."
