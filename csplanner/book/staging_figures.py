"""Newer figures of measures an account already has: changes of the book, not new records.

Each figure is kept with its day, so none replaces another. Of several days in one snapshot the
newest is the change one decides on; the others follow it.
"""

import sqlite3

from csplanner.book.staging_empty import EMPTY

FIGURE = "figure"
"""How such a changed field is marked."""
TABLE = "create table stage.d_follow (id text primary key, of text not null) without rowid"
"""New figures of known measures with the one whose change decides them; with none where the newest
says what the book says already, or the book holds a newer one: they come in unasked.
"""
_LAST = (
    "(select m.rowid from main.measurement m where m.account_id = s.account_id "
    "and m.measure = s.measure and m.dimension = s.dimension "
    "and m.value is not null order by m.as_of desc, m.rowid desc limit 1)"
)

_MOVES = "m.as_of <= t.as_of and m.value <> t.value"
"""The book holds no newer figure, and another."""


def compare_figures(db: sqlite3.Connection) -> int:
    """List the measures that move as changed fields, and take them out of what is new.

    Returns how many measures of accounts move. `compare` has told new figures from known ones.
    """
    if not db.execute(
        "select exists (select 1 from stage.s_measurement) "
        "and exists (select 1 from main.measurement)"
    ).fetchone()[0]:
        return 0
    db.execute("drop table if exists temp.moving")
    db.execute(
        "create temp table moving as select n, id, account_id, measure, dimension, file, value, "
        f"as_of, {_LAST} as last from (select s.n, s.id, s.account_id, s.measure, s.dimension, "
        "s.file, s.value, max(s.as_of) as as_of from stage.s_measurement s where s.value is not "
        "null and s.id not in (select id from stage.k_measurement) "
        "group by s.account_id, s.measure, s.dimension) s"
    )
    db.execute("delete from temp.moving where last is null")
    db.execute("create index temp.moving_of on moving (account_id, measure, dimension)")
    db.execute(
        "insert into stage.d_field (object, row_id, account_id, account, title, field, label, "
        "kind, was, becomes, file, how, day_before, day) select 'measurement', t.id, t.account_id, "
        "coalesce(a.name, ''), t.measure || iif(t.dimension = '', '', ', ' || t.dimension), "
        "'value', 'Value', 'thousandths', cast(m.value as text), cast(t.value as text), "
        "coalesce(t.file, ''), ?, m.as_of, t.as_of from temp.moving t join main.measurement m "
        "on m.rowid = t.last left join main.account a on a.id = t.account_id "
        f"where {_MOVES} order by t.n",
        (FIGURE,),
    )
    moved = int(db.execute("select changes()").fetchone()[0])
    db.execute(
        f"insert into stage.d_follow select s.id, iif({_MOVES}, t.id, '') "
        "from stage.s_measurement s join temp.moving t on t.account_id = s.account_id "
        "and t.measure = s.measure and t.dimension = s.dimension join main.measurement m "
        "on m.rowid = t.last where s.id not in (select id from stage.k_measurement)"
    )
    db.execute("drop table temp.moving")
    return moved


def refuse_figures(db: sqlite3.Connection) -> None:
    """List in `temp.refused` the figures whose change is refused, with those that follow it."""
    db.execute(
        "insert or ignore into temp.refused select 'measurement', id from stage.d_follow where of "
        "in (select row_id from stage.d_field where object = 'measurement' and how in (?, ?) "
        "and take = 0)",
        (FIGURE, EMPTY),
    )
