"""What the second schema adds to the first: judgement in full, seats through time, rates.

The rules of `tables.py` hold here too. A column added to a table has a default that says nothing:
a book of the first schema did not know.
"""

from csplanner.book.tables import _ACCOUNT, _BORN, _money, _state


def _one_of(column: str, *words: str) -> str:
    """A column that holds one of `words`, the first unless somebody says otherwise."""
    listed = ", ".join(f"'{word}'" for word in words)
    return f"{column} text not null default '{words[0]}' check ({column} in ({listed}))"


_PERSON = "text references person(id) on delete set null"
_ITS_PERSON = "text not null references person(id) on delete cascade"
_TOUCH = "touch_id text references touch(id) on delete set null"
_LEVEL = "check (level in ('senior', 'day_to_day', 'unknown'))"

RECORD_TABLES_2: dict[str, str] = {
    "tenure": f"""id text primary key, {_ACCOUNT},
        seat_id text not null references seat(id) on delete cascade,
        person_id {_ITS_PERSON}, since text, until text, why text not null default '',
        evidence text not null default '', {_BORN}""",
    "promise": f"""id text primary key, {_ACCOUNT}, what text not null check (what <> ''),
        side text not null check (side in ('theirs', 'ours')), owner text not null default '',
        to_whom text not null default '', made_on text, due text, kept_on text,
        state text not null default 'open' check (state in ('open', 'kept', 'late', 'dropped')),
        {_TOUCH}, objective_id text references objective(id) on delete set null, {_BORN}""",
    "rating": f"""id text primary key, {_ACCOUNT}, "on" text not null, touchpoint text not null,
        scale text not null check (scale in ('nps', 'csat', 'ces')),
        value integer check (value between 0 and 10), {_state("value")}, person_id {_PERSON},
        level text not null default 'unknown' {_LEVEL}, words text not null default '',
        function text not null default '', owner text not null default '',
        cause text not null default '', fix text not null default '', closed_on text, {_BORN}""",
    "scorecard": f"""id text primary key, {_ACCOUNT}, quarter text not null, sent_on text,
        returned_on text, meets integer not null default 70000, note text not null default '',
        {_BORN}""",
    "scorecard_factor": f"""id text primary key, {_ACCOUNT},
        scorecard_id text not null references scorecard(id) on delete cascade,
        words text not null check (words <> ''), weight integer check (weight >= 0),
        {_state("weight")}, must_have integer not null default 0 check (must_have in (0, 1)),
        position integer not null default 0, same_as text not null default '', {_BORN}""",
    "scorecard_grade": f"""id text primary key, {_ACCOUNT},
        factor_id text not null references scorecard_factor(id) on delete cascade,
        level text not null check (level in ('senior', 'day_to_day', 'our_guess')),
        grade integer check (grade between 0 and 100000), {_state("grade")},
        person_id {_PERSON}, words text not null default '', "on" text, {_BORN}""",
    "raci": f"""id text primary key, {_ACCOUNT}, activity text not null, party text not null,
        letter text not null check (letter in ('R', 'A', 'C', 'I')),
        side text not null default 'internal' check (side in ('internal', 'customer')),
        person_id {_PERSON}, agreed_on text, note text not null default '', {_BORN}""",
    "inspection": f"""id text primary key, {_ACCOUNT}, "on" text not null,
        term_id text references term(id) on delete set null, reviewer text not null default '',
        items text not null default '[]', band text check (band in ('good', 'watch', 'risk')),
        words text not null default '', wrong_if text not null default '', revealed_on text,
        {_BORN}""",
    "tie": f"""id text primary key, {_ACCOUNT},
        kind text not null check (kind in ('reports', 'influences', 'doubts', 'knows', 'paired')),
        from_person_id text references person(id) on delete cascade,
        from_seat_id text references seat(id) on delete cascade
            check ((from_seat_id is null) <> (from_person_id is null)),
        to_person_id text references person(id) on delete cascade,
        to_seat_id text references seat(id) on delete cascade
            check ((to_seat_id is null) <> (to_person_id is null)),
        strength integer check (strength between 0 and 100), {_state("strength")},
        evidence text not null default '', as_of text, {_BORN}""",
    "alternative": f"""id text primary key, {_ACCOUNT}, name text not null check (name <> ''),
        kind text not null default 'competitor'
            check (kind in ('competitor', 'in_house', 'nothing')),
        as_of text, source text not null default '', note text not null default '', {_BORN}""",
    "time_entry": f"""id text primary key, {_ACCOUNT}, "on" text not null, kind text not null,
        minutes integer not null check (minutes >= 0), {_TOUCH}, note text not null default '',
        {_BORN}""",
    "definition_log": """id text primary key, "on" text not null,
        part text not null check (part in ('scoring', 'tiers', 'measures')), what text not null,
        why text not null default '', before text not null default '',
        after text not null default '', said_by text not null default ''""",
    "rate": f"""id text primary key, from_currency text not null, to_currency text not null,
        "on" text not null, millionths integer not null check (millionths > 0),
        source text not null default '', {_BORN}, check (from_currency <> to_currency),
        unique (from_currency, to_currency, "on")""",
    "export_log": """id text primary key,
        account_id text references account(id) on delete cascade, kind text not null,
        "on" text not null, file text not null, quarter text not null default '',
        shapes text not null default '{}'""",
}
"""The journalled tables that the second schema brings, parents before children."""

# Not journalled: an undo must not bring an erased person back, nor take the proof away.
KEPT_TABLES_2: dict[str, str] = {
    "suppressed": 'id text primary key, salt text not null, hash text not null, "on" text not null',
    "erasure": """id text primary key, "on" text not null, "rows" integer not null,
        mentions integer not null""",
}

ADDED_COLUMNS: dict[str, tuple[str, ...]] = {
    "change": ("thinned integer not null default 0 check (thinned in (0, 1))",),
    "field_history": (
        "said_by text not null default ''",
        _one_of("evidence", "", "observed", "told", "guessed"),
        "note text not null default ''",
    ),
    "account": (
        _one_of("icp_fit", "unknown", "good", "partial", "poor"),
        _one_of("arr_unit", "unknown", "arr", "mrr", "acv"),
        "acquired_by text not null default ''",
        "acquired_promise text not null default ''",
        _one_of("expectation", "unknown", "met", "partly", "not_met"),
        "first_value_promised text",
        "first_value_by text not null default ''",
        "success text not null default ''",
        "success_on text",
        "regrettable_on text",
    ),
    "term": ("outcome_on text", _money("arr_after"), _money("escalator")),
    "person": (
        _one_of("level", "unknown", "exec", "director", "manager", "user"),
        "function text not null default ''",
        "joined_on text",
        f"sponsor_of {_PERSON}",
    ),
    "seat": (
        "title text not null default ''",
        "reports_to text references seat(id) on delete set null",
    ),
    "pulse": (
        _one_of(
            "category",
            "",
            "people",
            "politics",
            "budget",
            "product_fit",
            "competitor",
            "value",
            "data",
            "other",
        ),
        "measure text not null default ''",
        "review_on text",
        _one_of("verdict", "", "gut", "score", "neither"),
    ),
    "exit": (
        _one_of("kind", "exit", "win", "no_expansion"),
        "contributing text not null default '[]'",
        "first_signal text not null default ''",
        "first_signal_on text",
        _one_of("controllable", "unknown", "by_us", "partly", "no"),
        _one_of("foreseen", "unknown", "yes", "no"),
        "band_before text check (band_before in ('good', 'watch', 'risk', 'none'))",
        "evidence_on text",
        _one_of("told_by", "unknown", "senior", "day_to_day", "inference", "third_party"),
        "function text not null default ''",
        "term_id text references term(id) on delete set null",
        _money("arr"),
    ),
    "objective": (
        "problem text not null default ''",
        "affects text not null default ''",
        "sponsor text not null default ''",
        "metric text not null default ''",
        "read_by text not null default ''",
        "baseline_on text",
        "contribution text not null default ''",
        "criteria text not null default ''",
        "risks text not null default ''",
        "appetite text not null default ''",
        "agreed_by text not null default ''",
        "confirmed_by text not null default ''",
    ),
}
"""Columns that the second schema adds; an entry may hold several, parted as in a table's body."""

INDEXES_2 = (
    "create index tenure_seat on tenure (seat_id)",
    "create index tenure_person on tenure (person_id)",
    "create index rating_person on rating (person_id) where person_id is not null",
    "create index scorecard_factor_card on scorecard_factor (scorecard_id)",
    "create index scorecard_grade_factor on scorecard_grade (factor_id)",
    "create index tie_from on tie (from_person_id) where from_person_id is not null",
    "create index tie_to on tie (to_person_id) where to_person_id is not null",
    # What a person or seat leaves behind is found without reading every row.
    "create index seat_person on seat (person_id) where person_id is not null",
    "create index seat_above on seat (reports_to) where reports_to is not null",
    "create index person_above on person (reports_to) where reports_to is not null",
    "create index case_person on support_case (person_id) where person_id is not null",
)


def second_schema() -> tuple[str, ...]:
    """Every statement that makes the second schema of the first, in order."""
    tables = tuple(
        f"create table {name} ({body}) strict"
        for name, body in (RECORD_TABLES_2 | KEPT_TABLES_2).items()
    )
    added = tuple(
        f"alter table {table} add column {column}"
        for table, entries in ADDED_COLUMNS.items()
        for entry in entries
        for column in _single_columns(entry)
    )
    by_account = tuple(
        f"create index {table}_account on {table} (account_id)"
        for table, body in RECORD_TABLES_2.items()
        if "account_id text" in body
    )
    return (*tables, *added, *INDEXES_2, *by_account)


def _single_columns(entry: str) -> list[str]:
    """The columns of an entry, cut at the commas outside brackets."""
    columns, depth, start = [], 0, 0
    for at, sign in enumerate(entry):
        depth += (sign == "(") - (sign == ")")
        if sign == "," and depth == 0:
            columns.append(entry[start:at].strip())
            start = at + 1
    return [*columns, entry[start:].strip()]
