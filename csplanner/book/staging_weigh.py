"""Which changed accounts matter most, found out while a snapshot is compared with the book."""

import sqlite3

from csplanner.book.staging_frame import Frame
from csplanner.book.staging_shapes import SHAPES

_TABLES = (
    """create table stage.d_account (account_id text primary key, place integer not null,
    name text not null, fields integer not null, arr integer, arr_currency text, due text,
    band text, score integer) without rowid""",
    "create table stage.d_before (id integer primary key, times integer not null)",
    "create table stage.d_renewal (id integer primary key)",
)
LABEL = "iif(object = 'measurement' and field = 'value', title, label)"
"""A figure is called by its measure."""
_INDEXES = (
    "create index if not exists stage.d_field_account on d_field (account_id, id)",
    f"create index if not exists stage.d_field_label on d_field ({LABEL}, account_id)",
    """create index if not exists stage.d_field_csm on d_field (account_id, reason)
    where whose = 'csm'""",
)
_POINTS = """case when d.object = 'term' or (d.object = 'account' and d.field = 'arr') then 5
    when d.object = 'opportunity' and d.field in ('amount', 'close_on', 'state', 'stage') then 4
    when d.object = 'person' and d.field in ('status', 'left_on') then 4
    when d.object = 'account' and d.field in ('owner', 'archived', 'missing_since') then 4
    when d.object in ('seat', 'case', 'subscription') then 3
    when d.object = 'measurement' then 2 else 1 end"""
_NEARNESS = """case when due is null then 1 when due <= date(:day, '+30 days') then 3
    when due <= date(:day, '+90 days') then 2 when due <= date(:day, '+180 days') then 1.5
    else 1 end"""


def weigh(db: sqlite3.Connection, frame: Frame) -> None:
    """Rank the changed accounts, the largest effect first, and mark what touches a renewal.

    The weight of an account is the points of its weightiest field (contract and ARR 5, deals,
    people who leave and owners 4, roles, cases and subscriptions 3, figures 2, the rest 1), times
    1 to 5 by its ARR against the mean of its currency, times 1 to 3 by how near its renewal
    decision is. `compare` has written the fields before; the book is only read.
    """
    for name in ("d_account", "d_before", "d_renewal", "d_undo", "d_undo_rule"):
        db.execute(f"drop table if exists stage.{name}")
    for statement in _TABLES:
        db.execute(statement)
    for statement in _INDEXES:
        db.execute(statement)
    if not db.execute("select exists (select 1 from stage.d_field)").fetchone()[0]:
        return
    db.execute(
        "insert into stage.d_account with mean as (select arr_currency as currency, avg(arr) as "
        "arr from main.overview where arr > 0 and archived = 0 group by 1), changed as (select "
        f"d.account_id, min(d.account) as name, count(*) as fields, max({_POINTS}) as points "
        "from stage.d_field d group by d.account_id), known as (select c.*, o.arr, o.arr_currency, "
        "coalesce(o.decision_on, o.term_end) as due, o.band, o.score, coalesce(min(o.arr / m.arr, "
        "4), 0) as share from changed c left join main.overview o on o.account_id = c.account_id "
        "left join mean m on m.currency = o.arr_currency) select account_id, row_number() over "
        f"(order by points * (1 + share) * {_NEARNESS} desc, name, account_id), name, fields, "
        "arr, arr_currency, due, band, score from known",
        {"day": frame.as_of},
    )
    _count_moves(db)
    db.execute(
        "insert into stage.d_renewal select d.id from stage.d_field d where d.object = 'term' or "
        "(d.object = 'opportunity' and exists (select 1 from main.opportunity o "
        "where o.id = d.row_id and o.kind = 'renewal'))"
    )


def _count_moves(db: sqlite3.Connection) -> None:
    """How often a day that moves now has moved before."""
    for shape in SHAPES.values():
        db.execute(
            "insert into stage.d_before select d.id, count(*) from stage.d_field d join "
            "main.field_history h on h.tbl = ? and h.row_id = d.row_id and h.field = d.field "
            "where d.object = ? and d.kind = 'date' and h.was is not null "
            "and h.became is not null group by d.id",
            (shape.table, shape.object),
        )
