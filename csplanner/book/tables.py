"""The tables of a book as SQL, in the order they are created; `schema.py` makes migrations of them.

Every journalled table has a TEXT primary key `id`. `snapshot_id` names the import that inserted a
row, so that an import's rows are journalled as one batch instead of one image each. A value that
may be unknown is a value column plus a `…_state` column kept in step by a CHECK.
"""


def _state(column: str) -> str:
    """The state column of `column` with its CHECK."""
    return (
        f"{column}_state text not null default 'unknown' "
        f"check ({column}_state in ('known', 'unknown', 'not_applicable') "
        f"and (({column}_state = 'known') = ({column} is not null)))"
    )


def _money(prefix: str) -> str:
    """Minor units, currency and state of an amount."""
    return (
        f"{prefix} integer, {prefix}_currency text check (({prefix} is null) = "
        f"({prefix}_currency is null)), {_state(prefix)}"
    )


_ACCOUNT = "account_id text not null references account(id) on delete cascade"
_BORN = "snapshot_id text"

CHANGE_TABLES = (
    """create table change (
        id integer primary key autoincrement,
        label text not null,
        at text not null,
        kind text not null check (kind in ('edit', 'import', 'undo')),
        state text not null default 'done'
            check (state in ('done', 'undone', 'dropped', 'reverted')),
        snapshot_id text,
        rows integer not null default 0,
        reverts integer
    ) strict""",
    """create table change_row (
        id integer primary key autoincrement,
        change_id integer not null references change(id) on delete cascade,
        tbl text not null,
        row_id text,
        account_id text,
        before text,
        after text,
        batch text
    ) strict""",
    "create index change_row_change on change_row (change_id)",
    "create index change_row_row on change_row (tbl, row_id)",
    "create index change_row_account on change_row (account_id) where account_id is not null",
)

RECORD_TABLES: dict[str, str] = {
    "setting": "id text primary key, value text not null",
    "snapshot": """id text primary key, source text not null, as_of text not null,
        imported_at text not null, scope text not null check (scope in ('full', 'partial')),
        files text not null,
        counts text not null""",
    "account": f"""id text primary key, name text not null check (name <> ''),
        name_key text not null, sector text not null default '', city text not null default '',
        country text not null default '', domain text not null default '',
        owner text not null default '', segment text not null default '',
        {_money("arr")}, criticality integer check (criticality between 0 and 3),
        {_state("criticality")}, customer_since text, {_state("customer_since")},
        first_value_on text, {_state("first_value_on")},
        stage_override text check (stage_override in ('onboarding', 'adoption', 'mature')),
        regrettable text not null default 'undecided'
            check (regrettable in ('yes', 'no', 'undecided')),
        next_step text not null default '', next_step_due text,
        pinned integer not null default 0 check (pinned in (0, 1)),
        archived integer not null default 0 check (archived in (0, 1)),
        missing_since text, {_BORN}""",
    "external_ref": f"""id text primary key, source text not null, object text not null,
        external_id text not null, tbl text not null, row_id text not null, {_BORN},
        unique (source, object, external_id)""",
    "term": f"""id text primary key, {_ACCOUNT}, start text, "end" text not null,
        notice_deadline text, {_state("notice_deadline")}, ordinal integer check (ordinal >= 1),
        {_money("arr")}, outcome text not null default 'undecided'
            check (outcome in ('renewed', 'opted_out', 'undecided', 'not_due')),
        notice_given integer not null default 0 check (notice_given in (0, 1)), {_BORN}""",
    "person": f"""id text primary key, {_ACCOUNT}, name text not null,
        side text not null default 'theirs' check (side in ('theirs', 'ours')),
        title text not null default '', email text not null default '',
        phone text not null default '', department text not null default '',
        status text not null default 'active'
            check (status in ('active', 'leaving', 'left', 'on_leave', 'unverified')),
        left_on text, last_activity_on text,
        reports_to text references person(id) on delete set null, {_BORN}""",
    "seat": f"""id text primary key, {_ACCOUNT}, role text not null,
        person_id text references person(id) on delete set null,
        influence integer check (influence between 1 and 5), {_state("influence")},
        mood integer check (mood between -2 and 2), {_state("mood")}, since text, {_BORN}""",
    "opportunity": f"""id text primary key, {_ACCOUNT}, name text not null,
        stage text not null default '', state text not null default 'open'
            check (state in ('open', 'won', 'lost')),
        kind text not null default 'other' check (kind in ('renewal', 'expansion', 'new', 'other')),
        {_money("amount")}, close_on text, first_close_on text,
        probability integer check (probability between 0 and 100),
        next_step text not null default '', loss_reason text not null default '', {_BORN}""",
    "support_case": f"""id text primary key, {_ACCOUNT}, number text not null default '',
        subject text not null default '', status text not null default '',
        priority text not null default 'medium'
            check (priority in ('low', 'medium', 'high', 'urgent')),
        opened_on text, closed_on text,
        is_closed integer not null default 0 check (is_closed in (0, 1)),
        escalated integer not null default 0 check (escalated in (0, 1)),
        person_id text references person(id) on delete set null,
        satisfaction integer check (satisfaction between 1 and 5),
        {_state("satisfaction")}, {_BORN}""",
    "subscription": f"""id text primary key, {_ACCOUNT}, product text not null default '',
        start text, "end" text, seats integer, {_money("arr")},
        is_trial integer not null default 0 check (is_trial in (0, 1)),
        auto_renew integer check (auto_renew in (0, 1)),
        superseded integer not null default 0 check (superseded in (0, 1)), {_BORN}""",
    "exit": f"""id text primary key, {_ACCOUNT}, "on" text not null,
        outcome text not null default '', destination text not null default '',
        cause text not null default '', evidence text not null default '',
        is_reactivation integer not null default 0 check (is_reactivation in (0, 1)), {_BORN}""",
    "touch": f"""id text primary key, {_ACCOUNT}, "on" text not null, channel text not null,
        topic text not null default '', note text not null default '',
        minutes integer check (minutes >= 0),
        two_way integer not null default 0 check (two_way in (0, 1)),
        meaningful integer check (meaningful in (0, 1)), {_state("meaningful")}, {_BORN}""",
    "touch_person": f"""id text primary key,
        touch_id text not null references touch(id) on delete cascade,
        person_id text not null references person(id) on delete cascade, {_BORN},
        unique (touch_id, person_id)""",
    "measurement": f"""id text primary key, {_ACCOUNT}, measure text not null,
        dimension text not null default '', value integer, {_state("value")},
        as_of text not null, source text not null default '', note text not null default '',
        {_BORN}""",
    "pulse": f"""id text primary key, {_ACCOUNT}, "on" text not null,
        sentiment integer not null check (sentiment between 1 and 5),
        because text not null default '', blind integer not null check (blind in (0, 1))""",
    "objective": f"""id text primary key, {_ACCOUNT}, title text not null check (title <> ''),
        unit text not null default '', baseline integer, {_state("baseline")},
        actual integer, {_state("actual")}, target integer, {_state("target")},
        actual_on text, actual_source text not null default '', due text,
        owner text not null default '', agreed_on text, status text not null default 'proposed'
            check (status in ('agreed', 'proposed', 'reached', 'dropped'))""",
    "placement": f"""id text primary key, {_ACCOUNT}, "on" text not null,
        tier text not null check (tier in ('high', 'medium', 'low', 'digital')),
        reason text not null default '', rule_tier text, review_on text""",
    "attention": f"""id text primary key, {_ACCOUNT}, signal text not null,
        verdict text not null check (verdict in ('done', 'snoozed', 'dismissed')),
        until text, digest text not null, reason text not null default '', "on" text not null""",
    "field_history": f"""id text primary key, tbl text not null, row_id text not null,
        field text not null, was text, became text, source text not null,
        as_of text not null, {_BORN}""",
    "quarantine": f"""id text primary key, file text not null, "row" integer not null,
        "column" text not null, value text not null, reason text not null, {_BORN}""",
    "saved_view": """id text primary key, name text not null,
        spec text not null, position integer not null default 0""",
}

# Readings are immutable and automatic: written beside a change, never undone by Ctrl+Z.
READING_TABLE = f"""create table reading (
    id text primary key, {_ACCOUNT}, as_of text not null, score integer,
    low integer not null, high integer not null, coverage integer not null,
    raw_band text not null, band text not null, caps text not null,
    definition integer not null, origin text not null default 'day',
    unique (account_id, as_of, origin)) strict"""

# Derived from the records and rebuildable at any time; `dirty` rows are recomputed on refresh.
OVERVIEW_TABLE = """create table overview (
    id integer primary key, account_id text not null unique references account(id)
        on delete cascade,
    name text not null, name_key text not null, sector text not null, tier text,
    tier_rank integer not null, rule_tier text, tier_reason text not null,
    is_override integer not null, score integer, low integer not null, high integer not null,
    coverage integer not null, band text not null, band_reason text not null,
    change_90d integer, spark text not null, sentiment integer, sentiment_on text, gap integer,
    arr integer, arr_currency text, decision_on text, term_end text, year integer,
    last_touch text, cadence_days integer, touch_due text, roles text not null,
    next_step text not null, next_step_due text, criticality integer, stage text,
    equipped integer, potential integer,
    hours_promised integer not null, hours_spent integer not null, regrettable text not null,
    open_cases integer not null, pinned integer not null, urgency integer not null,
    archived integer not null,
    as_of text not null) strict"""

INDEXES = (
    "create index account_name on account (name_key)",
    "create index account_domain on account (domain) where domain <> ''",
    "create index external_row on external_ref (tbl, row_id)",
    "create index touch_person_person on touch_person (person_id)",
    "create index person_email on person (email) where email <> ''",
    "create index field_history_row on field_history (tbl, row_id, field)",
    "create index measurement_account on measurement (account_id, measure, as_of)",
    # What you recorded yourself: the newest such day decides on which day the book is judged.
    'create index touch_own on touch ("on") where snapshot_id is null',
    "create index measurement_own on measurement (as_of) where snapshot_id is null",
    "create index reading_account on reading (account_id, as_of)",
)

OF_ACCOUNT = (
    "term", "person", "seat", "opportunity", "support_case", "subscription", "exit", "touch",
    "pulse", "objective", "placement", "attention",
)  # fmt: skip

# An index a sort, which holds all that listing the ids of a view needs.
OVERVIEW_SORTS = (
    "score", "change_90d", "sentiment", "gap", "arr", "decision_on",
    "year", "last_touch", "coverage", "urgency",
)  # fmt: skip

OVERVIEW_INDEXES = (
    "create index overview_name on overview (archived, name_key, tier_rank)",
    "create index overview_tier on overview (archived, tier_rank, name_key)",
    # Totals are summed from this index alone.
    """create index overview_totals on overview (archived, tier_rank, arr_currency, arr, score,
    band, touch_due, hours_promised, hours_spent)""",
)


def first_schema() -> tuple[str, ...]:
    """Every statement of the first schema, in order."""
    records = tuple(f"create table {name} ({body}) strict" for name, body in RECORD_TABLES.items())
    by_account = tuple(f"create index {t}_account on {t} (account_id)" for t in OF_ACCOUNT)
    sorts = tuple(
        f"create index overview_{c} on overview (archived, {c}, name_key, tier_rank)"
        for c in OVERVIEW_SORTS
    )
    search = (
        """create table search_text (id integer primary key, kind text not null,
        row_id text not null, account_id text not null, title text not null,
        detail text not null) strict""",
        "create index search_text_account on search_text (account_id, kind)",
        "create virtual table search using fts5(folded, tokenize='unicode61', prefix='2 3')",
        # What large changes left to be indexed; they write it in their own transaction.
        """create table search_dirty (kind text not null, account_id text not null,
        primary key (kind, account_id)) strict, without rowid""",
    )
    return (
        *CHANGE_TABLES, *records, READING_TABLE, OVERVIEW_TABLE, *INDEXES, *by_account, *sorts,
        *OVERVIEW_INDEXES, *search,
        "create table derived_dirty (account_id text primary key) strict",
    )  # fmt: skip
