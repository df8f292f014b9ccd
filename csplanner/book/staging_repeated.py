"""The same record several times in one snapshot: it comes in once, with all that is said of it."""

import sqlite3

from csplanner.book.staging_shapes import Shape

_WHERE = """'row ' || k."row" || iif(k.file is o.file, '', ' of ' || coalesce(k.file, ''))"""


def drop_repeated(db: sqlite3.Connection, shape: Shape) -> None:
    """The last row counts; what it leaves empty the others fill, and contradictions are reported.

    Of accounts that were merged in the book the one that was kept counts.
    """
    name = shape.staging
    if not db.execute(
        f"select exists (select 1 from stage.{name} group by id having count(*) > 1)"
    ).fetchone()[0]:
        return
    db.execute("drop table if exists temp.again")
    db.execute(
        "create temp table again as select n, row_number() over which as place, "
        f"first_value(n) over which as kept from stage.{name} where id in (select id from "
        f"stage.{name} group by id having count(*) > 1) "
        "window which as (partition by id order by moved is not null, n desc)"
    )
    db.execute("create index temp.again_kept on again (kept, place)")
    beside = ("file", "row", "id", "ext", "gone", "weak", "name_key")
    columns = [c for c in shape.staged_columns if c not in beside]
    _report(db, name, columns)
    _fill(db, name, columns)
    db.execute(f"delete from stage.{name} where n in (select n from temp.again where place > 1)")
    db.execute("drop table temp.again")


def _report(db: sqlite3.Connection, name: str, columns: list[str]) -> None:
    """Rows that say something else than the one taken; what came with another row is not said."""
    differs = " or ".join(f'o."{c}" <> k."{c}"' for c in columns)
    by_name = "o.ext like 'name:%'"
    db.execute(
        'insert into stage.quarantine (file, "row", "column", value, reason) select '
        f"coalesce(o.file, ''), coalesce(o.\"row\", 0), iif({by_name}, 'name', 'id'), "
        f"iif({by_name}, substr(o.ext, 6), o.ext), 'The same ' || iif({by_name}, 'name', 'id') "
        f"|| ' stands again in ' || {_WHERE} || ', taken instead.' from temp.again g "
        f"join stage.{name} o on o.n = g.n join stage.{name} k on k.n = g.kept "
        f"where g.place > 1 and o.ext = k.ext and o.ext not like 'current:%' and ({differs}) "
        "order by g.place, o.n"
    )


def _fill(db: sqlite3.Connection, name: str, columns: list[str]) -> None:
    """Nothing said in the row taken: what another row of the same record says."""
    db.execute("drop table if exists temp.alike")
    db.execute(
        f"create temp table alike as select g.kept, g.place, o.* from temp.again g "
        f"join stage.{name} o on o.n = g.n join stage.{name} k on k.n = g.kept where g.place > 1 "
        "and (o.ext is k.ext or o.ext like 'name:%' or k.ext like 'name:%')"
    )
    db.execute("create index temp.alike_kept on alike (kept, place)")
    sets = ", ".join(
        f'"{c}" = coalesce("{c}", (select a."{c}" from temp.alike a where a.kept = {name}.n '
        f'and a."{c}" is not null order by a.place limit 1))'
        for c in columns
    )
    db.execute(f"update stage.{name} set {sets} where n in (select kept from temp.alike)")
    db.execute("drop table temp.alike")
