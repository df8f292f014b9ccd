"""What the third schema adds to the second: tasks, notes, tags, and more of each account in lists.

The rules of `tables.py` hold here too. A task may belong to no account.
"""

from csplanner.book.tables import _ACCOUNT, _BORN

_PERSON = "person_id text references person(id) on delete set null"

RECORD_TABLES_3: dict[str, str] = {
    "task": f"""id text primary key, account_id text references account(id) on delete cascade,
        title text not null check (title <> ''),
        kind text not null default 'task' check (kind in ('task', 'touch', 'meeting')),
        due text, at text not null default ''
            check (at = '' or at glob '[0-2][0-9]:[0-5][0-9]'),
        minutes integer check (minutes >= 0), done_on text, note text not null default '',
        {_PERSON}, touch_id text references touch(id) on delete set null, {_BORN}""",
    "note": f"""id text primary key, {_ACCOUNT}, "on" text not null,
        text text not null check (text <> ''), {_PERSON},
        pinned integer not null default 0 check (pinned in (0, 1)), {_BORN}""",
    "tag": f"""id text primary key, {_ACCOUNT}, word text not null check (word <> ''), {_BORN},
        unique (account_id, word)""",
}
"""The journalled tables that the third schema brings, parents before children."""

_OVERVIEW_COLUMNS = (
    "owner text not null default ''",
    "segment text not null default ''",
    "country text not null default ''",
    "city text not null default ''",
    # A JSON list of words.
    "tags text not null default '[]'",
    "open_tasks integer not null default 0",
    "task_due text",
    # In which language the sentences of the line were written.
    "language text not null default 'en'",
)

INDEXES_3 = (
    "create index task_account on task (account_id) where account_id is not null",
    "create index task_open on task (due) where done_on is null",
    "create index note_account on note (account_id)",
    "create index tag_word on tag (word)",
    "create index task_person on task (person_id) where person_id is not null",
    "create index note_person on note (person_id) where person_id is not null",
)


def third_schema() -> tuple[str, ...]:
    """Every statement that makes the third schema of the second, in order."""
    tables = tuple(f"create table {name} ({body}) strict" for name, body in RECORD_TABLES_3.items())
    lines = tuple(f"alter table overview add column {column}" for column in _OVERVIEW_COLUMNS)
    # Nothing else of the lines changes, so none has to be judged anew.
    told = (
        "update overview set (owner, segment, country, city) = (select owner, segment, country, "
        "city from account where account.id = overview.account_id)"
    )
    # Initials, cases and deals are found too from here on.
    doubted = tuple(
        f"insert or ignore into search_dirty select '{kind}', id from account"
        for kind in ("account", "person", "opportunity", "support_case")
    )
    return (*tables, *lines, told, *doubted, *INDEXES_3)
