"""What the fourth schema adds to the third: what imports remember, and what they tell.

The rules of `tables.py` hold here too.
"""

from csplanner.book.tables import _ACCOUNT, _BORN

_ANY_ACCOUNT = "account_id text references account(id) on delete cascade"
_ITS_PERSON = "person_id text not null references person(id) on delete cascade"

RECORD_TABLES_4: dict[str, str] = {
    "recipe": f"""id text primary key, source text not null, object text not null,
        headers_key text not null, name text not null check (name <> ''),
        mapping text not null, used integer not null default 0 check (used >= 0),
        last_used text not null, {_BORN}, unique (source, object, headers_key)""",
    "meaning": f"""id text primary key, source text not null, kind text not null,
        word_key text not null, word text not null, meaning text not null, {_BORN},
        unique (source, kind, word_key)""",
    "field_rule": f"""id text primary key, object text not null, field text not null,
        whose text not null check (whose in ('mine', 'theirs')), source text not null default '',
        {_BORN}, unique (object, field, source)""",
    "news": f"""id text primary key, {_ANY_ACCOUNT}, "on" text not null, kind text not null,
        weight integer not null default 0, facts text not null default '{{}}',
        object text not null default '', row_id text not null default '', {_BORN}""",
    "archived_record": f"""id text primary key, {_ACCOUNT}, tbl text not null,
        row_id text not null, title text not null default '', image text not null,
        gone_on text not null, {_BORN}""",
    "refusal": f"""id text primary key, tbl text not null, row_id text not null,
        field text not null default '', what text not null
        check (what in ('value', 'new', 'gone', 'merge')), value text, source text not null,
        kept_on text not null, {_BORN}, unique (tbl, row_id, field, what, source)""",
    "account_person": f"""id text primary key, {_ACCOUNT}, {_ITS_PERSON},
        role text not null default '', {_BORN},
        unique (account_id, person_id)""",
}
"""The journalled tables that the fourth schema brings, parents before children."""

_QUARANTINE_COLUMNS = (
    # JSON of header and cell; empty: not kept.
    "cells text not null default ''",
    # The snapshot that brought the row in after all.
    "fixed_by text",
)

INDEXES_4 = (
    "create index news_snapshot on news (snapshot_id)",
    "create index news_account on news (account_id) where account_id is not null",
    "create index archived_record_account on archived_record (account_id)",
    "create index archived_record_row on archived_record (tbl, row_id)",
    "create index account_person_person on account_person (person_id)",
    "create index quarantine_snapshot on quarantine (snapshot_id)",
    # What may name a row that goes with the undo of a large import is asked for each such row.
    "create index person_sponsor on person (sponsor_of) where sponsor_of is not null",
    "create index promise_touch on promise (touch_id) where touch_id is not null",
    "create index task_touch on task (touch_id) where touch_id is not null",
    "create index time_entry_touch on time_entry (touch_id) where touch_id is not null",
    "create index exit_term on exit (term_id) where term_id is not null",
    "create index inspection_term on inspection (term_id) where term_id is not null",
)


def fourth_schema() -> tuple[str, ...]:
    """Every statement that makes the fourth schema of the third, in order."""
    tables = tuple(f"create table {name} ({body}) strict" for name, body in RECORD_TABLES_4.items())
    cells = tuple(f"alter table quarantine add column {column}" for column in _QUARANTINE_COLUMNS)
    return (*tables, *cells, *INDEXES_4)
