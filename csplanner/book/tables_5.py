"""What the fifth schema adds to the fourth: maps of an account, and what a map says of people.

The rules of `tables.py` hold here too.
"""

from csplanner.book.tables import _ACCOUNT, _BORN

RECORD_TABLES_5: dict[str, str] = {
    "account_map": f"""id text primary key, {_ACCOUNT}, name text not null check (name <> ''),
        position integer not null default 0, {_BORN}""",
    "map_place": f"""id text primary key, {_ACCOUNT},
        map_id text references account_map(id) on delete cascade,
        person_id text references person(id) on delete cascade,
        seat_id text references seat(id) on delete cascade
            check ((seat_id is null) <> (person_id is null)),
        x integer, y integer check ((x is null) = (y is null)),
        parked integer not null default 0 check (parked in (0, 1)), {_BORN}""",
    "map_answer": f"""id text primary key, {_ACCOUNT}, proposal text not null,
        verdict text not null check (verdict in ('taken', 'refused')), "on" text not null,
        {_BORN}, unique (account_id, proposal)""",
}
"""The journalled tables that the fifth schema brings, parents before children."""


def _or_none(column: str, *words: str) -> str:
    """A column that holds one of `words`, or null while nobody has said."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} text check ({column} in ({listed}))"


_ADDED = {
    "person": (
        _or_none("outside", "partner", "consultant", "competitor"),
        "company text not null default ''",
        _or_none("politics", "outside", "structure", "inner"),
        _or_none(
            "adaptability", "innovator", "visionary", "pragmatist", "conservative", "laggard"
        ),
        _or_none("orientation", "financial", "technical", "relationship", "business"),
        _or_none("relation_now", "vendor", "credible", "solver", "advisor"),
        _or_none("relation_wanted", "vendor", "credible", "solver", "advisor"),
    ),
    "seat": (
        "has_power integer check (has_power in (0, 1))",
        "sells_for_us integer check (sells_for_us in (0, 1))",
        "has_interest integer check (has_interest in (0, 1))",
    ),
    "tie": (
        "label text not null default ''",
        "weight integer not null default 1 check (weight between 1 and 3)",
        "due text",
        "ours_did text not null default ''",
        "they_asked text not null default ''",
    ),
}  # fmt: skip

INDEXES_5 = (
    "create index account_map_account on account_map (account_id)",
    "create index map_place_account on map_place (account_id)",
    "create index map_place_map on map_place (map_id) where map_id is not null",
    "create index map_place_person on map_place (person_id) where person_id is not null",
    "create index map_place_seat on map_place (seat_id) where seat_id is not null",
    "create index map_answer_account on map_answer (account_id)",
    "create index tie_from_seat on tie (from_seat_id) where from_seat_id is not null",
    "create index tie_to_seat on tie (to_seat_id) where to_seat_id is not null",
)


def fifth_schema() -> tuple[str, ...]:
    """Every statement that makes the fifth schema of the fourth, in order."""
    tables = tuple(f"create table {name} ({body}) strict" for name, body in RECORD_TABLES_5.items())
    added = tuple(
        f"alter table {table} add column {column}"
        for table, columns in _ADDED.items()
        for column in columns
    )
    return (*tables, *added, *INDEXES_5)
