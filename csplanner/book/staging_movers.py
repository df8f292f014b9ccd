"""People who belong to another account in the CRM: they left the one and came to the other.

The person of the old account stays there with touches and seats, marked as having left; at the new
account somebody new stands for them, and the CRM's id means that one from then on.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from csplanner.book.ids import derived_id
from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES

MOVED = "moved"
"""How the changed field `account_id` of a person is marked."""
_PERSON = SHAPES["person"]
_LINKS = (("seat", "person_id"), ("account_person", "person_id"), ("case", "person_id"),
          ("person", "reports_to"))  # fmt: skip


def moves() -> str:
    """SQL condition: the staged person `s` belongs to another account than the book's `b`, and
    not merely to a further one, nor to the one theirs is merged into.
    """
    return (
        "(s.account_id <> b.account_id and s.weak is not 1 and s.ext is not null "
        "and not exists (select 1 from stage.s_account_person x where x.person_id = s.id "
        "and x.account_id = b.account_id) and not exists (select 1 from main.account_person x "
        "where x.person_id = b.id and x.account_id = s.account_id) and not exists (select 1 from "
        "stage.d_merge m where m.object = 'account' and m.loser_id = b.account_id))"
    )


@contextmanager
def movers(db: sqlite3.Connection, frame: Frame) -> Iterator[None]:
    """While a staging file is applied: who moves is in `temp.mover`, and what the file says of
    them at the new account names the one who stands for them there.
    """
    db.create_function("derived_id", -1, derived_id, deterministic=True)
    db.execute("drop table if exists temp.mover")
    db.execute(
        "create temp table mover (old text primary key, new text, was_at text, account_id text, "
        "n integer, ext text) without rowid"
    )
    own = "derived_id(:source, 'person', s.ext)"
    db.execute(
        "insert or ignore into temp.mover select b.id, coalesce((select p.id from main.person p "
        "where p.account_id = s.account_id and p.email <> '' and lower(p.email) = lower(s.email) "
        "group by p.account_id having count(*) = 1), (select p.id from main.person p "
        f"where p.id = {own} and p.account_id = s.account_id), "
        "derived_id(:source, 'person', s.ext, s.account_id)), b.account_id, s.account_id, s.n, "
        "s.ext from stage.d_field d join stage.s_person s on s.id = d.row_id "
        "join main.person b on b.id = d.row_id where d.object = 'person' "
        "and d.field = 'account_id' and d.take = 1",
        {"source": frame.source},
    )
    if not db.execute("select exists (select 1 from temp.mover)").fetchone()[0]:
        yield
        return
    _relink(db, frame, "old", "new")
    known = "select s.id from stage.s_{0} s join main.{0} b on b.id = s.id where s.id not in "
    known += "(select id from stage.k_{0})"
    db.execute("create temp table mover_known as select 'seat' as object, id from "
               f"({known.format('seat')}) union all select 'account_person', id from "
               f"({known.format('account_person')})")  # fmt: skip
    for name in ("seat", "account_person"):
        db.execute(
            f"insert into stage.k_{name} select id from temp.mover_known where object = '{name}'"
        )
    try:
        yield
    finally:
        # A drive that just failed may refuse this.
        with suppress(sqlite3.OperationalError):
            for name in ("seat", "account_person"):
                db.execute(
                    f"delete from stage.k_{name} where id in (select id from temp.mover_known "
                    f"where object = '{name}')"
                )
            db.execute("drop table temp.mover_known")
            _relink(db, frame, "new", "old")


def _relink(db: sqlite3.Connection, frame: Frame, was: str, becomes: str) -> None:
    """Let the file's records of the new account name the one or the other."""
    for name, column in _LINKS:
        db.execute(
            f"update stage.s_{name} set {column} = m.{becomes} from temp.mover m "
            f"where s_{name}.{column} = m.{was} and s_{name}.account_id <> m.was_at"
        )
    which = f"person_id in (select {becomes} from temp.mover)"
    db.execute(
        "update stage.s_seat set id = derived_id(?, 'seat', account_id, role, person_id) "
        f"where {which}",
        (frame.source,),
    )
    db.execute(
        "update stage.s_account_person set id = derived_id(?, 'account_person', account_id, "
        f"person_id) where {which}",
        (frame.source,),
    )


def refuse_where_not_moved(db: sqlite3.Connection) -> None:
    """List in `temp.refused` roles at an account that somebody does not move to."""
    for name in ("seat", "account_person"):
        db.execute(
            f"insert or ignore into temp.refused select '{name}', s.id from stage.s_{name} s "
            "join stage.d_field d on d.object = 'person' and d.row_id = s.person_id "
            "and d.field = 'account_id' and d.take = 0 join stage.s_person p on p.id = d.row_id "
            f"and p.account_id = s.account_id where s.id not in (select id from stage.k_{name})"
        )


def move_people(db: sqlite3.Connection, frame: Frame, batch: str) -> None:
    """Inside the import's change, after accounts came in: mark who moves as having left, and add
    who stands for them.
    """
    if not db.execute("select exists (select 1 from temp.mover)").fetchone()[0]:
        return
    values = {"source": frame.source, "day": frame.as_of, "batch": batch}
    back = "b.id = m.new and b.status in ('left', 'unverified')"
    for side, field, said, which in (
        ("old", "status", "'left'", "b.id = m.old and b.status <> 'left'"),
        ("old", "left_on", ":day", "b.id = m.old and b.left_on is null"),
        ("new", "status", "'active'", back),
        ("new", "left_on", "null", f"{back} and b.left_on is not null"),
    ):
        db.execute(
            "insert into main.field_history (id, tbl, row_id, field, was, became, source, as_of, "
            f"snapshot_id) select derived_id(:batch, 'moved', b.id, '{field}'), 'person', b.id, "
            f"'{field}', b.{field}, {said}, :source, :day, :batch from temp.mover m "
            f"join main.person b on {which}",
            values,
        )
        # Its last line: status and day go together.
        if field == "left_on":
            status, day = ("'left'", "coalesce(left_on, :day)") if side == "old" else (
                "iif(status in ('left', 'unverified'), 'active', status)", "null"
            )  # fmt: skip
            db.execute(
                f"update main.person set status = {status}, left_on = {day} "
                f"where id in (select {side} from temp.mover)",
                values,
            )
    columns = ["id", "account_id", *(c for one in _PERSON.columns for c in one.stored)]
    told = [v for one in _PERSON.columns for v in one.new_values("s")]
    listed = ", ".join(f'"{c}"' for c in (*columns, "snapshot_id"))
    db.execute(
        f"insert into main.person ({listed}) select m.new, m.account_id, {', '.join(told)}, :batch "
        "from temp.mover m join stage.s_person s on s.n = m.n where not exists "
        "(select 1 from main.person p where p.id = m.new)",
        values,
    )
    db.execute(
        "update main.external_ref set row_id = m.new from temp.mover m where source = :source "
        "and object = 'person' and external_id = m.ext and row_id = m.old",
        values,
    )


def meet_movers(db: sqlite3.Connection, batch: str) -> None:
    """Touches of the new account that came with the snapshot were with who stands for them."""
    db.execute(
        "update main.touch_person set person_id = m.new from temp.mover m, main.touch t "
        "where t.id = touch_person.touch_id and t.account_id <> m.was_at "
        "and touch_person.person_id = m.old and touch_person.snapshot_id = ?",
        (batch,),
    )
