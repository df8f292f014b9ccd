"""New records of a staged snapshot that are not wanted: they stay out, with what hangs on them."""

import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

from csplanner.book.staging_figures import refuse_figures
from csplanner.book.staging_movers import refuse_where_not_moved
from csplanner.book.staging_shapes import SHAPES

_TABLE = """create table if not exists {0}d_refused (object text not null, id text not null,
    reason text not null default '', primary key (object, id)) strict, without rowid"""
ACCOUNT, PERSON = "account", "person"
"""Why a record is refused that nobody refused itself: its account or its person is."""
_OF_PERSON = ("seat", "account_person")
"""Records that are nothing without their person."""
_NAMING = (("person", "reports_to"), ("case", "person_id"))
"""Records that can do without the person they name."""


class StagedRefusals:
    """The part of `StagedPages` about new records that are refused."""

    _db: sqlite3.Connection

    def decide_new(
        self,
        ids: Sequence[str] | None = None,
        *,
        take: bool,
        object_: str = "",
        account_id: str = "",
    ) -> int:
        """Take new records or refuse them: those with such `row_id`s, of that kind, of that
        account (itself included if it is new), or all; what is said together must all hold.

        What belongs to a refused account, and the seats of a refused person, are refused with
        them and come back with them. A later import lists refused records again, left out.
        Returns how many new records will come in now.
        """
        prepare(self._db)
        chosen = json.dumps(list(ids)) if ids is not None else None
        for shape in SHAPES.values():
            if object_ not in ("", shape.object):
                continue
            account = "s.id" if shape.object == "account" else "s.account_id"
            which = (
                f"from {shape.staging} s where {is_new(shape.object)} "
                "and (:ids is null or s.id in (select value from json_each(:ids))) "
                f"and (:account = '' or {account} = :account)"
            )
            values = {"ids": chosen, "account": account_id, "object": shape.object}
            self._db.execute(
                f"delete from d_refused where object = :object and id in (select s.id {which})"
                if take
                else f"insert or replace into d_refused select :object, s.id, '' {which}",
                values,
            )
        follow(self._db)
        return self.new_count(taken=True)

    def new_count(self, object_: str = "", *, taken: bool | None = None) -> int:
        """How many records are new, of one kind or all; how many of them come in or are refused."""
        counted = "select coalesce(sum(n), 0) from d_count where what = 'new' and ? in ('', object)"
        total = int(self._db.execute(counted, (object_,)).fetchone()[0])
        if taken is None:
            return total
        prepare(self._db)
        refused = sum(
            self._db.execute(
                "select count(*) from d_refused where object = ? "
                f"and id not in (select id from k_{name})",
                (name,),
            ).fetchone()[0]
            for name in SHAPES
            if object_ in ("", name)
        )
        return total - refused if taken else int(refused)

    def new_counts(self) -> dict[str, tuple[int, int]]:
        """Kinds with new records: how many there are, and how many of them come in."""
        found = ((name, self.new_count(name)) for name in SHAPES)
        return {name: (n, self.new_count(name, taken=True)) for name, n in found if n}


def prepare(db: sqlite3.Connection, place: str = "") -> None:
    """Make room for refusals in a staging file."""
    db.execute(_TABLE.format(place))


def refuse(db: sqlite3.Connection, chosen: Sequence[tuple[str, str]]) -> None:
    """Refuse records, given as object and id, in a staging file that was made anew."""
    db.executemany("insert or replace into d_refused values (?, ?, '')", chosen)
    follow(db)


def is_new(object_: str) -> str:
    """SQL condition: the staged row `s` is offered as a new record."""
    new = f"s.id not in (select id from k_{object_})"
    follows = " and s.id not in (select id from d_follow)"
    return new + (follows if object_ == "measurement" else "")


def refused_of(object_: str) -> str:
    """SQL left join that tells of a new row `s` whether it is refused (`f.id`), and with what."""
    return f"left join d_refused f on f.object = '{object_}' and f.id = s.id"


def follow(db: sqlite3.Connection, place: str = "") -> None:
    """Refuse what hangs on refused accounts and people, and nothing that no longer does."""
    db.execute(f"delete from {place}d_refused where reason <> ''")
    refused = "select id from {0}d_refused where object = '{1}'"
    for column, on, objects in (
        ("account_id", ACCOUNT, tuple(n for n in SHAPES if n != ACCOUNT)),
        ("person_id", PERSON, _OF_PERSON),
    ):
        which = refused.format(place, on)
        if not db.execute(f"select exists ({which})").fetchone()[0]:
            continue
        for name in objects:
            db.execute(
                f"insert or ignore into {place}d_refused select '{name}', s.id, '{on}' "
                f"from {place}s_{name} s where s.{column} in ({which}) "
                f"and s.id not in (select id from {place}k_{name})"
            )


@contextmanager
def set_refused_aside(db: sqlite3.Connection) -> Iterator[None]:
    """While a staging file is applied, let refused records be none of its new ones."""
    prepare(db, "stage.")
    follow(db, "stage.")
    db.execute("drop table if exists temp.refused")
    db.execute("create temp table refused (object text, id text, primary key (object, id))")
    for name in SHAPES:
        db.execute(
            "insert into temp.refused select f.object, f.id from stage.d_refused f "
            f"where f.object = ? and f.id not in (select id from stage.k_{name})",
            (name,),
        )
    refuse_figures(db)
    refuse_where_not_moved(db)
    if not db.execute("select exists (select 1 from temp.refused)").fetchone()[0]:
        yield
        return
    _discount(db)
    _leave_with_known(db)
    try:
        yield
    finally:
        # A drive that just failed may refuse this.
        with suppress(sqlite3.OperationalError):
            for name in SHAPES:
                db.execute(
                    f"delete from stage.k_{name} where id in (select id from temp.refused "
                    "where object = ?)",
                    (name,),
                )
            db.execute("delete from stage.d_count")
            db.execute("insert into stage.d_count select * from temp.counted")


def _discount(db: sqlite3.Connection) -> None:
    """Count refused records neither as new nor as coming along, and take them for known ones."""
    db.execute("drop table if exists temp.counted")
    db.execute("create temp table counted as select * from stage.d_count")
    db.execute(
        "update stage.d_count set n = n - (select count(*) from temp.refused r "
        "left join stage.d_follow f on f.id = r.id and r.object = 'measurement' "
        "where r.object = d_count.object and iif(d_count.what = 'new', f.id is null, "
        "f.id <> f.of)) where what in ('new', 'more')"
    )
    for name in SHAPES:
        db.execute(
            f"insert into stage.k_{name} select id from temp.refused where object = ?", (name,)
        )


def _leave_with_known(db: sqlite3.Connection) -> None:
    """Records of the book do not begin to name a record that stays out."""
    for shape in SHAPES.values():
        links = [("account_id", ACCOUNT)] if shape.object != ACCOUNT else []
        links += [(column, PERSON) for name, column in _NAMING if name == shape.object]
        for column, on in links:
            db.execute(
                "update stage.d_field set take = 0 where object = ? and field = ? and take = 1 "
                f"and (select s.{column} from stage.{shape.staging} s where s.id = d_field.row_id) "
                "in (select id from temp.refused where object = ?)",
                (shape.object, column, on),
            )
    db.execute(
        "update stage.d_merge set take = 0 where master_id in (select id from temp.refused r "
        "where r.object = d_merge.object)"
    )


def unname_refused(db: sqlite3.Connection, batch: str) -> None:
    """Records that came in name nobody who stays out."""
    if not db.execute("select exists (select 1 from temp.refused)").fetchone()[0]:
        return
    for object_, column in _NAMING:
        db.execute(
            f"update main.{SHAPES[object_].table} set {column} = null where snapshot_id = ? "
            f"and {column} in (select id from temp.refused where object = 'person')",
            (batch,),
        )
