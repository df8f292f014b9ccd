"""What follows from staged terms and subscriptions: outcomes, overlaps, and ARR."""

import sqlite3

from csplanner.book.staging_frame import Frame, filled, note
from csplanner.book.staging_shapes import SHAPES


def settle_terms(db: sqlite3.Connection, frame: Frame) -> None:
    """A term that ended and was followed by another was renewed."""
    if not filled(db, SHAPES["term"]):
        return
    db.execute("create index if not exists stage.s_term_of on s_term (account_id)")
    db.execute(
        "update stage.s_term set outcome = 'renewed' where outcome is null and \"end\" < ? "
        "and exists (select 1 from s_term o where o.account_id = s_term.account_id "
        "and o.start >= date(s_term.\"end\", '-31 days') "
        'and o.start <= date(s_term."end", \'+62 days\') and o."end" > s_term."end")',
        (frame.as_of,),
    )


def settle_subscriptions(db: sqlite3.Connection, frame: Frame) -> None:
    """Of overlapping paid subscriptions the one that started last counts."""
    if not filled(db, SHAPES["subscription"]):
        return
    running = (
        "coalesce(is_trial, 0) = 0 and (start is null or start <= :day) "
        'and ("end" is null or "end" > :day)'
    )
    day = {"day": frame.as_of}
    db.execute("update stage.s_subscription set superseded = 0")
    db.execute(
        "update stage.s_subscription set superseded = 1 from (select n, row_number() over "
        "(partition by account_id, iif(is_plan, '', coalesce(product, '')) "
        f"order by start desc, arr desc, ext) as place from s_subscription where {running}) t "
        "where t.n = s_subscription.n and t.place > 1",
        day,
    )
    count = db.execute("select count(*) from stage.s_subscription where superseded").fetchone()[0]
    if count:
        note(
            db,
            f"{count:,} subscriptions run at the same time as a later one of their account: the "
            "one that started last counts, the others are kept as superseded.",
        )
    if db.execute("select exists (select 1 from s_account where arr is not null)").fetchone()[0]:
        return
    _arr_from_subscriptions(db, running, day)


def _arr_from_subscriptions(db: sqlite3.Connection, running: str, day: dict[str, str]) -> None:
    """Where no account file states ARR, an account is worth what runs and is not superseded."""
    db.execute(
        "create table stage.worth as select account_id, sum(arr) as arr, "
        f"min(arr_currency) as currency from s_subscription where {running} "
        "and superseded = 0 and arr is not null group by account_id "
        "having count(distinct arr_currency) = 1",
        day,
    )
    db.execute(
        "insert into stage.s_account (file, \"row\", id, weak) select '', 0, account_id, 1 "
        "from worth where account_id not in (select id from s_account)"
    )
    db.execute(
        "update stage.s_account set arr = w.arr, arr_currency = w.currency from worth w "
        "where w.account_id = s_account.id"
    )
    db.execute("drop table stage.worth")
