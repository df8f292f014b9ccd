"""The lines of news as SQL: each statement reads the staged difference and the rows just inserted.

They write to `temp.news_told` from `temp.news_field` (what was taken) and `temp.news_account` (the
new accounts), which `news_write` makes.
"""

import sqlite3
from collections.abc import Mapping
from types import MappingProxyType

from csplanner.domain.news import MONEY, NewsKind

Day = dict[str, str | int]
"""What the statements are bound to: the day, the import, and how far back news reaches."""
CURRENT = "coalesce(t.outcome, 'undecided') in ('undecided', 'not_due') and t.\"end\" >= :since"
_COUNTS = ("usage.events", "usage.minutes", "usage.errors")
"""Counts of a day or a month: one of them says little, their trend is judged elsewhere."""
_MOVES: Mapping[str, int] = MappingProxyType(
    {"usage.module_share": 10_000, "voice.nps": 20_000, "voice.csat": 1_000, "voice.ces": 1_000,
     "commercial.invoice_overdue_days": 30_000, "commercial.billing_disputes": 1_000}
)  # fmt: skip
"""By how many thousandths a figure has to move to be told by itself; of use it is a quarter."""


def tell(db: sqlite3.Connection, select: str, values: Mapping[str, object] | None = None) -> None:
    """Add the lines that `select` gives: kind, factor, account, object, row and facts."""
    db.execute(
        "insert into temp.news_told (kind, factor, account_id, object, row_id, facts) " + select,
        values or {},
    )


# Fields that changed

_MOVED = {
    ("account", "arr"): NewsKind.ARR,
    ("term", "arr"): NewsKind.TERM_ARR,
    ("subscription", "arr"): NewsKind.LINE_ARR,
    ("opportunity", "amount"): NewsKind.AMOUNT,
    ("term", "end"): NewsKind.RENEWAL_MOVED,
    ("term", "notice_deadline"): NewsKind.NOTICE_MOVED,
    ("opportunity", "close_on"): NewsKind.CLOSE_MOVED,
}
_ONLY = {
    "term": f"exists (select 1 from main.term t where t.id = f.row_id and {CURRENT})",
    "opportunity": "exists (select 1 from main.opportunity o where o.id = f.row_id "
    "and o.state = 'open')",
    "subscription": "1",
    "account": "1",
}
_ARR_SAID = (
    "not exists (select 1 from temp.news_field x where x.object = 'account' "
    "and x.field = 'arr' and x.row_id = f.account_id)"
)


_TIMES = (
    "(select count(*) from main.field_history h where h.tbl = :table "
    "and h.row_id = f.row_id and h.field = :field and h.was is not h.became "
    "and coalesce(h.was, '') <> '' and coalesce(h.became, '') <> '')"
)
"""How often a day moved so far, this time included; found first or lost it did not move."""


def changes(db: sqlite3.Connection, day: Day) -> None:
    """Amounts and days that moved, each with how often it moved so far."""
    for (object_, field), kind in _MOVED.items():
        once = _ARR_SAID if kind in (NewsKind.TERM_ARR, NewsKind.LINE_ARR) else "1"
        # Of an amount nobody counts how often it changed.
        times = "0" if kind in MONEY else _TIMES
        tell(
            db,
            f"select :kind, news_move(:kind, was, becomes, times), account_id, :object, row_id, "
            "json_object('was', was, 'becomes', becomes, 'times', times) from (select f.*, "
            f"{times} as times from temp.news_field f where f.object = :object "
            f"and f.field = :field and {_ONLY[object_]} and {once})",
            {**day, "kind": kind, "object": object_, "field": field, "table": object_},
        )
    tell(
        db,
        "select 'seats', news_move('seats', was, becomes, 1), account_id, object, row_id, "
        "json_object('was', cast(was as integer), 'becomes', cast(becomes as integer)) "
        "from temp.news_field where object = 'subscription' and field = 'seats' "
        "and was is not null and becomes is not null",
    )
    for object_, field, kind in (
        ("account", "owner", NewsKind.OWNER),
        ("person", "title", NewsKind.TITLE),
        ("account", "name", NewsKind.RENAMED),
    ):
        named = "and coalesce(was, '') <> ''" if kind is not NewsKind.OWNER else ""
        tell(
            db,
            "select :kind, 1, account_id, object, row_id, json_object('was', was, 'becomes', "
            f"becomes) from temp.news_field where object = :object and field = :field {named}",
            {"kind": kind, "object": object_, "field": field},
        )


# People


def people(db: sqlite3.Connection, day: Day, fresh: Mapping[str, int]) -> None:
    """Who left, came, or took a role."""
    tell(
        db,
        "select kind, news_role(role), account_id, 'person', row_id, iif(kind = 'left' and other "
        "is not null, json_object('role', role, 'other', other), json_object('role', role)) "
        "from (select (select m.account_id from temp.mover m where m.old = f.row_id) as other, "
        "case when f.becomes = 'left' then 'left' when f.becomes = 'leaving' then "
        "'leaving' when f.becomes = 'unverified' then 'vanished' when f.becomes = 'active' "
        "and f.was in ('left', 'leaving', 'unverified') then 'back' end as kind, f.account_id, "
        f"f.row_id, {_role('f.row_id', 'f.account_id')} as role from temp.news_field f "
        "join main.person p on p.id = f.row_id where f.object = 'person' and f.field = 'status' "
        "and p.side = 'theirs' and p.outside is null) where kind is not null",
    )
    if "person" not in fresh:
        tell(
            db,
            "select 'joined', news_role(role), account_id, 'person', id, iif(other is null, "
            "json_object('role', role), json_object('role', role, 'other', other)) "
            "from (select p.id, p.account_id, (select m.was_at from temp.mover m "
            f"where m.new = p.id) as other, {_role('p.id', 'p.account_id')} as role "
            "from main.person p where p.id in (select s.id from stage.s_person s where s.id "
            "not in (select id from stage.k_person) union all select new from temp.mover) "
            "and p.side = 'theirs' and p.outside is null "
            "and p.status in ('active', 'on_leave') "
            "and p.account_id not in (select id from temp.news_account))",
        )
    if "seat" not in fresh:
        tell(
            db,
            "select 'took_role', news_role(t.role), t.account_id, 'person', t.person_id, "
            "json_object('role', t.role) from stage.s_seat s join main.seat t on t.id = s.id "
            "where s.id not in (select id from stage.k_seat) and t.person_id is not null "
            "and t.role not in ('user', 'influencer', 'sceptic') "
            "and t.person_id not in (select row_id from temp.news_told where kind = 'joined') "
            "and t.account_id not in (select id from temp.news_account) "
            "and not exists (select 1 from main.person p where p.id = t.person_id "
            "and p.snapshot_id = :batch)",
            day,
        )


def _role(person: str, account: str) -> str:
    """SQL of the weightiest role of a person."""
    return (
        f"(select x.role from main.seat x where x.account_id = {account} "
        f"and x.person_id = {person} order by news_role(x.role) desc, x.role limit 1)"
    )


# Contracts and deals


def terms(db: sqlite3.Connection, day: Day, fresh: Mapping[str, int]) -> None:
    """Contracts renewed or not, notice given, and new terms."""
    tell(
        db,
        "select case when field = 'notice_given' then 'notice_given' when becomes = 'renewed' "
        "then 'renewed' else 'opted_out' end, 1, account_id, 'term', row_id, iif(becomes = "
        "'renewed', (select json_object('end', t.\"end\", 'amount', t.arr || ' ' || "
        "t.arr_currency) from main.term t where t.account_id = f.account_id and t.id <> f.row_id "
        "order by t.\"end\" desc limit 1), '{}') from temp.news_field f "
        "where object = 'term' and ((field = 'notice_given' "
        "and becomes = '1') or (field = 'outcome' and becomes in ('renewed', 'opted_out')))",
    )
    known = "and t.account_id not in (select id from temp.news_account)"
    if "term" not in fresh:
        tell(
            db,
            "select iif(t.notice_given, 'notice_given', 'term_new'), 1, t.account_id, 'term', "
            "t.id, json_object('end', t.\"end\", 'amount', t.arr || ' ' || t.arr_currency) "
            "from stage.s_term s join main.term t on t.id = s.id "
            f"where s.id not in (select id from stage.k_term) and {CURRENT} {known} "
            "and t.account_id not in (select account_id from temp.news_told "
            "where kind = 'renewed')",
            day,
        )


def deals(db: sqlite3.Connection, day: Day, fresh: Mapping[str, int]) -> None:
    """Deals won, lost, opened again, in another stage, or new; exits."""
    tell(
        db,
        "select case f.becomes when 'won' then 'won' when 'lost' then 'lost' else 'reopened' end, "
        "1, f.account_id, 'opportunity', f.row_id, "
        "json_object('amount', o.amount || ' ' || o.amount_currency, 'kind', o.kind) "
        "from temp.news_field f join main.opportunity o on o.id = f.row_id "
        "where f.object = 'opportunity' and f.field = 'state'",
    )
    tell(
        db,
        "select 'stage', 1, f.account_id, 'opportunity', f.row_id, "
        "json_object('was', f.was, 'becomes', f.becomes) from temp.news_field f "
        "join main.opportunity o on o.id = f.row_id where f.object = 'opportunity' "
        "and f.field = 'stage' and o.state = 'open' and f.row_id not in "
        "(select row_id from temp.news_field where object = 'opportunity' and field = 'state')",
    )
    known = "and t.account_id not in (select id from temp.news_account)"
    if "opportunity" not in fresh:
        tell(
            db,
            "select case t.state when 'open' then 'deal_new' else t.state end, 1, t.account_id, "
            "'opportunity', t.id, json_object('amount', t.amount || ' ' || t.amount_currency, "
            "'kind', t.kind) from stage.s_opportunity s join main.opportunity t on t.id = s.id "
            "where s.id not in (select id from stage.k_opportunity) "
            f"and (t.state = 'open' or t.close_on >= :lately) {known}",
            day,
        )
    if "exit" not in fresh:
        tell(
            db,
            "select 'exit', 1, t.account_id, 'exit', t.id, '{}' from stage.s_exit s "
            "join main.exit t on t.id = s.id where s.id not in (select id from stage.k_exit) "
            f'and t.is_reactivation = 0 and t."on" >= :lately {known}',
            day,
        )


# Tickets


def cases(db: sqlite3.Connection, day: Day, fresh: Mapping[str, int]) -> None:
    """Tickets new, urgent, escalated, closed, or open again."""
    urgent = "(c.priority = 'urgent' or c.escalated)"
    is_open = "c.is_closed = 0 and c.closed_on is null"
    known = "c.account_id not in (select id from temp.news_account)"
    one_by_one = "0" if "case" in fresh else known
    tell(
        db,
        f"select iif({urgent}, 'case_urgent', 'case_new'), 1, c.account_id, 'case', c.id, "
        "json_object('priority', c.priority) from stage.s_case s "
        "join main.support_case c on c.id = s.id where s.id not in (select id from stage.k_case) "
        f"and {is_open} and ({urgent} or ({one_by_one} and c.opened_on >= :lately))",
        day,
    )
    fields = "temp.news_field f join main.support_case c on c.id = f.row_id where f.object = 'case'"
    tell(
        db,
        "select iif(f.field = 'escalated', 'escalated', 'case_urgent'), 1, f.account_id, 'case', "
        f"f.row_id, json_object('priority', c.priority) from {fields} and {is_open} "
        "and ((f.field = 'escalated' and f.becomes = '1') or (f.field = 'priority' "
        "and f.becomes = 'urgent' and not c.escalated))",
    )
    tell(
        db,
        # Whether it is closed says more than the day it was, which an export may leave as it is.
        "select kind, 1, account_id, 'case', row_id, json_object('priority', priority) from ("
        "select case f.becomes when '0' then 'case_reopened' else 'case_closed' end as kind, "
        "f.account_id, f.row_id, c.priority, min(f.field <> 'is_closed') "
        f"from {fields} and (f.field = 'is_closed' or (f.field = 'closed_on' "
        f"and not ({is_open}) and f.was is null)) group by f.row_id)",
    )


# Accounts

_ARR_OF_IT = "'arr', a.arr || ' ' || a.arr_currency"
"""A fact: what the account `a` is worth, which comes to the book or leaves it with the account."""


def accounts(db: sqlite3.Connection, day: Day, fresh: Mapping[str, int]) -> None:
    """Accounts new, missing, there again, or archived; records deleted in the CRM."""
    if "account" not in fresh:
        tell(
            db,
            "select 'account_new', 1, a.id, 'account', a.id, json_object('people', (select "
            "count(*) from main.person p where p.account_id = a.id and p.side = 'theirs' "
            "and p.outside is null), "
            "'deals', (select count(*) from main.opportunity o where o.account_id = a.id "
            f"and o.state = 'open'), {_ARR_OF_IT}) from temp.news_account n "
            "join main.account a on a.id = n.id",
        )
    tell(
        db,
        "select 'missing', 1, a.id, 'account', a.id, '{}' from stage.d_missing d "
        "join main.account a on a.id = d.account_id where a.missing_since = :on "
        "and a.archived = 0",
        day,
    )
    tell(
        db,
        "select iif(field = 'archived', 'archived', 'found'), 1, account_id, 'account', row_id, "
        f"iif(field = 'archived', json_object({_ARR_OF_IT}), '{{}}') from temp.news_field f "
        "join main.account a on a.id = f.row_id where object = 'account' "
        "and (field = 'missing_since' or (field = 'archived' and becomes = '1'))",
    )
    tell(
        db,
        f"select 'merged', 1, d.master_id, 'account', d.loser_id, json_object({_ARR_OF_IT}) "
        "from stage.d_merge d join main.account m on m.id = d.master_id "
        "left join main.account a on a.id = d.loser_id where d.object = 'account' and d.take = 1 "
        "and d.loser_id <> ''",
    )
    tell(
        db,
        "select 'gone', 1, r.account_id, case r.tbl when 'support_case' then 'case' else r.tbl "
        "end, r.row_id, '{}' from main.archived_record r where r.snapshot_id = :batch",
        day,
    )


# Figures


def measures(db: sqlite3.Connection, day: Day) -> None:
    """Figures that moved much against the one before; of a file with many days the newest."""
    limits = " ".join(f"when '{name}' then {least}" for name, least in _MOVES.items())
    counts = ", ".join(f"'{name}'" for name in _COUNTS)
    before = (
        "(select x.value from main.measurement x where x.account_id = m.account_id "
        "and x.measure = m.measure and x.as_of < m.as_of and x.dimension = m.dimension "
        "and x.value is not null and x.snapshot_id is not :batch order by x.as_of desc limit 1)"
    )
    tell(
        db,
        "select 'measure', iif(becomes < was or measure like 'commercial.%', 1, 0.5), account_id, "
        "'measurement', id, json_object('measure', measure, 'part', dimension, 'was', was, "
        f"'becomes', becomes) from (select m.*, m.value as becomes, {before} as was, "
        "max(m.as_of) from stage.s_measurement s join main.measurement m on m.id = s.id "
        "where s.id not in (select id from stage.k_measurement) and m.value is not null "
        f"and m.measure not in ({counts}) and m.as_of >= :lately "
        "and (m.measure like 'usage.%' or m.measure like 'voice.%' "
        "or m.measure like 'commercial.%') group by m.account_id, m.measure, m.dimension) "
        f"where was is not null and abs(becomes - was) >= case measure {limits} "
        "else iif(measure like 'usage.%' and was > 0, max(was / 4, 2000), 9e18) end",
        day,
    )
