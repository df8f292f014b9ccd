"""ARR of an account and of its running term that come from one cell: decided together."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

TIED_TABLE = """create table stage.d_tied as select d.*, 0 as tied_to from stage.d_field d
    where 0"""
"""Changed fields that follow another one, and are not asked about themselves."""


def tie(db: sqlite3.Connection) -> None:
    """Let the ARR of a running term follow that of its account, where one cell says both.

    A term's ARR that the CSM set stays a question of its own.
    """
    found = db.execute(
        "select d.id, a.id from stage.d_field d join stage.s_term t on t.id = d.row_id "
        "and t.ext like 'current:%' join stage.d_field a on a.object = 'account' "
        "and a.field = 'arr' and a.row_id = d.account_id and a.becomes is d.becomes "
        "and a.file = d.file where d.object = 'term' and d.field = 'arr' and d.whose <> 'csm'"
    ).fetchall()
    if not found:
        return
    db.execute("create temp table tying (id integer primary key, tied_to integer)")
    db.executemany("insert into temp.tying values (?, ?)", found)
    db.execute(
        "insert into stage.d_tied select d.*, t.tied_to from stage.d_field d "
        "join temp.tying t on t.id = d.id"
    )
    db.execute("delete from stage.d_field where id in (select id from temp.tying)")
    db.execute("drop table temp.tying")
    alone = db.execute(
        "select count(distinct row_id) from stage.d_tied where row_id not in "
        "(select row_id from stage.d_field where object = 'term')"
    ).fetchone()[0]
    for what, n in (("changed", -alone), ("same", alone)):
        db.execute(
            "update stage.d_count set n = n + ? where object = 'term' and what = ?", (n, what)
        )


@contextmanager
def tied(db: sqlite3.Connection) -> Iterator[None]:
    """While a staging file is applied: what follows another field is decided as that one is."""
    columns = ", ".join(
        row[1] for row in db.execute("pragma stage.table_info(d_field)") if row[1] != "take"
    )
    held = ", ".join(f"t.{name}" for name in columns.split(", "))
    db.execute(
        f"insert into stage.d_field ({columns}, take) select {held}, a.take from stage.d_tied t "
        "join stage.d_field a on a.id = t.tied_to"
    )
    db.execute("update stage.d_field set reason = '' where id in (select id from stage.d_tied)")
    try:
        yield
    finally:
        # A drive that just failed may refuse this.
        with suppress(sqlite3.OperationalError):
            db.execute("delete from stage.d_field where id in (select id from stage.d_tied)")
