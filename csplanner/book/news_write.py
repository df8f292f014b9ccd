"""The news of a snapshot, computed in SQL at the end of its import and inside its change.

Read from the staged difference as it was decided and from the rows the import inserted, a handful
of statements over the whole snapshot, never one for each record.
"""

import sqlite3
from collections.abc import Mapping

from csplanner.book.ids import derived_id
from csplanner.book.news_lines import (
    CURRENT,
    Day,
    accounts,
    cases,
    changes,
    deals,
    measures,
    people,
    tell,
    terms,
)
from csplanner.book.staging_frame import Frame
from csplanner.domain.news import MOST_OF_A_KIND
from csplanner.domain.news_rank import BASE, PAST_DAYS, lift_of, move_factor, role_factor

_RECENT_DAYS = 180
"""What happened longer ago is history that came in, not news."""


_TABLES = (
    "news_told", "news_field", "news_account", "news_cut", "news_lifted", "news_base",
    "news_weight",
)  # fmt: skip


def write(db: sqlite3.Connection, frame: Frame, batch: str) -> int:
    """Keep the news of the staged snapshot that was just applied; returns how many lines.

    Runs inside the import's open change, with the staging file attached as `stage`.
    """
    day: Day = {"on": frame.as_of, "batch": batch, "recent": _RECENT_DAYS, "past": PAST_DAYS}
    day["since"] = db.execute(
        "select date(:on, '-' || :past || ' days')", {"on": frame.as_of, "past": PAST_DAYS}
    ).fetchone()[0]
    day["lately"] = db.execute(
        "select date(:on, '-' || :n || ' days')", {"on": frame.as_of, "n": _RECENT_DAYS}
    ).fetchone()[0]
    _functions(db)
    _prepare(db)
    fresh = _fresh(db)
    try:
        _summary(db, fresh)
        changes(db, day)
        people(db, day, fresh)
        terms(db, day, fresh)
        deals(db, day, fresh)
        cases(db, day, fresh)
        accounts(db, day, fresh)
        if "measurement" not in fresh:
            measures(db, day)
        _gathered(db, fresh)
        return _keep(db, day)
    finally:
        for table in _TABLES:
            db.execute(f"drop table if exists temp.{table}")


def _functions(db: sqlite3.Connection) -> None:
    db.create_function("news_id", 2, lambda batch, n: derived_id(batch, "news", str(n)))
    db.create_function("news_lift", 3, lift_of, deterministic=True)
    db.create_function("news_role", 1, role_factor, deterministic=True)
    db.create_function("news_move", 4, move_factor, deterministic=True)


def _prepare(db: sqlite3.Connection) -> None:
    """What was taken, by kind of record and field, and the accounts that are new."""
    db.execute(
        "create temp table news_told (kind text, factor real, account_id text, object text, "
        "row_id text, facts text)"
    )
    db.execute(
        "create temp table news_field as select object, field, row_id, account_id, was, becomes "
        "from stage.d_field where take = 1 and row_id not in (select old from temp.mover)"
    )
    # Who moved to another account has left the one; the other has them as somebody new.
    db.execute(
        "insert into temp.news_field select 'person', 'status', old, was_at, 'active', 'left' "
        "from temp.mover"
    )
    db.execute("create index temp.news_field_kind on news_field (object, field, row_id)")
    db.execute("create temp table news_account (id text primary key) without rowid")
    db.execute(
        "insert or ignore into temp.news_account select s.id from stage.s_account s "
        "where s.id not in (select id from stage.k_account) "
        "and exists (select 1 from main.account a where a.id = s.id)"
    )


def _fresh(db: sqlite3.Connection) -> dict[str, int]:
    """Kinds of records the book had none of before, with how many came: no news one by one."""
    tables = {"case": "support_case"}
    found = {}
    for object_, n in db.execute(
        "select object, n from stage.d_count where what = 'new' and n > 0"
    ).fetchall():
        table = tables.get(object_, object_)
        if db.execute(f"select count(*) <= ? from main.{table}", (n,)).fetchone()[0]:
            found[object_] = int(n)
    return found


def _summary(db: sqlite3.Connection, fresh: Mapping[str, int]) -> None:
    if fresh:
        pairs = ", ".join(f"'{object_}', {n}" for object_, n in fresh.items())
        tell(db, f"select 'summary', 1, null, '', '', json_object({pairs})")


# What is told of the book as a whole

_TOLD_FIELDS = {
    "account": ("arr", "owner", "name", "missing_since", "archived"),
    "person": ("status", "left_on", "title"),
    "term": ("end", "notice_deadline", "arr", "outcome", "notice_given"),
    "subscription": ("arr", "seats"),
    "opportunity": ("state", "stage", "amount", "close_on", "first_close_on", "probability"),
    "case": ("status", "priority", "is_closed", "closed_on", "escalated"),
    "measurement": ("value",),
}
"""Fields that have lines of their own, or that only follow from one that has."""


def _gathered(db: sqlite3.Connection, fresh: Mapping[str, int]) -> None:
    if "measurement" not in fresh:
        tell(
            db,
            "select 'figures', 1, null, 'measurement', '', json_object('n', n) from (select "
            "count(distinct m.account_id) as n from stage.s_measurement s join main.measurement m "
            "on m.id = s.id where (s.id not in (select id from stage.k_measurement) or s.id in "
            "(select row_id from temp.news_field where object = 'measurement')) "
            "and m.account_id not in (select account_id from temp.news_told "
            "where kind = 'measure')) where n > 0",
        )
    if "touch" not in fresh:
        tell(
            db,
            "select 'touches', 1, null, 'touch', '', json_object('n', n, 'accounts', accounts) "
            "from (select count(*) as n, count(distinct account_id) as accounts "
            "from stage.s_touch where id not in (select id from stage.k_touch)) where n > 0",
        )
    listed = ", ".join(f"'{o}.{f}'" for o, fields in _TOLD_FIELDS.items() for f in fields)
    tell(
        db,
        "select 'details', 1, null, '', '', json_object('n', n, 'accounts', accounts) from "
        "(select count(*) as n, count(distinct account_id) as accounts from temp.news_field "
        f"where object || '.' || field not in ({listed})) where n > 0",
    )


def _keep(db: sqlite3.Connection, day: Day) -> int:
    """Weigh the lines and keep the heaviest of each kind; of the rest their number."""
    _weigh(db, day)
    head = (
        'insert into main.news (id, account_id, "on", kind, weight, facts, object, row_id, '
        "snapshot_id) "
    )
    values = {**day, "most": MOST_OF_A_KIND}
    kept = db.execute(
        f"{head} select news_id(:batch, row_number() over (order by w.weight desc, t.rowid)), "
        "t.account_id, :on, t.kind, w.weight, t.facts, t.object, t.row_id, :batch "
        "from temp.news_weight w join temp.news_told t on t.rowid = w.n where w.place <= :most",
        values,
    ).rowcount
    kept += db.execute(
        f"{head} select news_id(:batch, t.kind), null, :on, t.kind, 0, "
        "json_object('n', count(*)), t.object, '', :batch from temp.news_weight w "
        "join temp.news_told t on t.rowid = w.n where w.place > :most group by t.kind",
        values,
    ).rowcount
    return int(kept)


def _weigh(db: sqlite3.Connection, day: Day) -> None:
    """What each line weighs and its place in its kind, in a table of its own: of many lines few
    are kept, and the rest is never moved about.
    """
    _cuts(db)
    # Once for each account, of which many lines may tell.
    db.execute("create temp table news_lifted (account_id text primary key, lift real)")
    db.execute(
        "insert into temp.news_lifted select n.account_id, news_lift(a.arr, c.cut, (select "
        'cast(julianday(min(min(coalesce(t.notice_deadline, t."end"), t."end"))) '
        "- julianday(:on) as integer) from main.term t where t.account_id = n.account_id "
        f"and {CURRENT})) from (select distinct account_id from temp.news_told) n "
        "join main.account a on a.id = n.account_id "
        "left join temp.news_cut c on c.currency = a.arr_currency",
        day,
    )
    db.execute("create temp table news_base (kind text primary key, base integer)")
    db.executemany("insert into temp.news_base values (?, ?)", BASE.items())
    db.execute(
        "create temp table news_weight as select n, weight, row_number() over "
        "(partition by kind order by weight desc, n) as place from (select t.rowid as n, t.kind, "
        "cast(round(b.base * t.factor * coalesce(l.lift, 1)) as integer) as weight "
        "from temp.news_told t join temp.news_base b on b.kind = t.kind "
        "left join temp.news_lifted l on l.account_id = t.account_id)"
    )


def _cuts(db: sqlite3.Connection) -> None:
    """The ARR from which an account is in the top fifth, per currency."""
    db.execute(
        "create temp table news_cut as select currency, min(arr) as cut from (select arr, "
        "arr_currency as currency, percent_rank() over (partition by arr_currency "
        "order by arr desc) as share from main.account where archived = 0 and arr > 0 "
        "and exists (select 1 from temp.news_told where account_id is not null)) "
        "where share <= 0.2 group by currency"
    )
