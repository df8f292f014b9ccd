"""What a snapshot lacks: only where it is said to hold everything does that mean anything."""

import sqlite3

from csplanner.book.staging_frame import OBJECTS_KEPT_ABSENT, Frame, note
from csplanner.book.staging_gone import offer_unverified, title_of
from csplanner.book.staging_shapes import SHAPES

_RUNNING = {
    "opportunity": "b.state = 'open'",
    "case": "b.is_closed = 0",
    "subscription": 'b.superseded = 0 and (b."end" is null or b."end" >= :day)',
    "term": 'b."end" >= :day',
}
"""What of each kind is worth a word when it is no longer there."""


def list_absent(db: sqlite3.Connection, frame: Frame, *, mark: bool) -> None:
    """List what is missing. Accounts are marked, people become unverified, the rest is kept."""
    scope = _Scope(frame)
    if frame.within and not _has_owner(db, frame.within):
        note(db, f"No account belongs to {frame.within}, so nothing counts as missing.")
    _accounts(db, scope, mark=mark and "account" in frame.complete)
    if not mark:
        return
    if "person" in frame.complete and _holds(db, "person"):
        offer_unverified(db, f"not ({scope.is_here('person')}) and {scope.of('person')}")
    for object_ in OBJECTS_KEPT_ABSENT:
        if object_ in frame.complete and _holds(db, object_):
            _records(db, object_, scope)


class _Scope:
    """SQL about the book's rows `b`: whether this source knows them, in the accounts meant."""

    def __init__(self, frame: Frame) -> None:
        self.source = _text(frame.source)
        self.day = frame.as_of
        self.owner = f" and lower(a.owner) = lower({_text(frame.within)})" if frame.within else ""

    def known(self, table: str) -> str:
        """A record of this source."""
        return (
            f"exists (select 1 from main.external_ref r where r.tbl = '{table}' "
            f"and r.row_id = b.id and r.source = {self.source})"
        )

    def of(self, object_: str) -> str:
        """A record of this source in an account that is meant."""
        return (
            f"{self.known(SHAPES[object_].table)} and exists (select 1 from main.account a "
            f"where a.id = b.account_id and a.archived = 0{self.owner})"
        )

    @staticmethod
    def is_here(object_: str) -> str:
        """Whether the snapshot holds it, be it as deleted or merged."""
        return (
            f"b.id in (select id from stage.k_{object_}) or b.id in (select id from stage.gone "
            f"where object = '{object_}') or b.id in (select loser_id from stage.d_merge)"
        )


def _has_owner(db: sqlite3.Connection, name: str) -> bool:
    found = db.execute(
        "select exists (select 1 from main.account where lower(owner) = lower(?1)) "
        "or exists (select 1 from stage.s_account where lower(owner) = lower(?1))",
        (name,),
    )
    return bool(found.fetchone()[0])


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _holds(db: sqlite3.Connection, object_: str) -> bool:
    found = db.execute(
        f"select exists (select 1 from stage.s_{object_}) or exists (select 1 from stage.gone "
        "where object = ?)",
        (object_,),
    )
    return bool(found.fetchone()[0])


def _accounts(db: sqlite3.Connection, scope: _Scope, *, mark: bool) -> None:
    """Accounts of the source that this snapshot does not hold."""
    if not db.execute("select exists (select 1 from stage.s_account where weak = 0)").fetchone()[0]:
        return
    db.execute(
        "create temp table absent as select b.id, b.name, b.missing_since from main.account b "
        "join main.account a on a.id = b.id "
        f"where b.archived = 0 and not ({scope.is_here('account')}) "
        f"and {scope.known('account')}{scope.owner}"
    )
    if mark:
        db.execute(
            "insert into stage.d_missing select id, name from temp.absent "
            "where missing_since is null"
        )
    db.execute("insert into stage.d_count select 'account', 'absent', count(*) from temp.absent")
    db.execute("drop table temp.absent")


def _records(db: sqlite3.Connection, object_: str, scope: _Scope) -> None:
    shape = SHAPES[object_]
    db.execute(
        "insert into stage.d_absent select :object, b.id, b.account_id, coalesce((select name from "
        f"main.account o where o.id = b.account_id), ''), coalesce({title_of(shape)}, '') from "
        f"main.{shape.table} b where {_RUNNING[object_]} and not ({scope.is_here(object_)}) "
        f"and {scope.of(object_)} order by b.rowid",
        {"object": object_, "day": scope.day},
    )
    db.execute(
        "insert into stage.d_count select ?, 'absent', count(*) from stage.d_absent "
        "where object = ?",
        (object_, object_),
    )
