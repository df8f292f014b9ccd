"""What a rule of the check is: how it is found, named and mended."""

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass

_WORDS = {
    "support_case": "cases", "term": "contract terms", "person": "people", "touch": "touches",
    "touch_person": "people of touches", "opportunity": "opportunities", "pulse": "pulses",
    "external_ref": "external references", "field_history": "entries of the history of fields",
    "time_entry": "time entries", "tenure": "tenures", "raci": "RACI cells", "change_row":
    "images in the journal", "reading": "stored readings", "overview": "lines of the list",
    "news": "lines of news", "account_person": "further accounts of people",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """A row to look at: its table, its id, and the account it belongs to (empty for none)."""

    table: str
    id: str
    account_id: str = ""


Find = Callable[[sqlite3.Connection], list[Place]]
Mend = Callable[[sqlite3.Connection, Sequence[Place]], None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its key, what breaks it in words, how that is found, and how it is mended.

    `fix` says what mending does, or what you can do where the program cannot mend it.
    """

    key: str
    words: str
    find: Find
    fix: str
    mend: Mend | None = None


def words_of(table: str) -> str:
    """What the rows of a table are called."""
    return _WORDS.get(table, table.replace("_", " ") + "s")


def rule_of(key: str, words: str, sql: str, fix: str, mend: Mend | None = None) -> Rule:
    """A rule found by one select of table, id and account."""

    def find(db: sqlite3.Connection) -> list[Place]:
        return [Place(t, str(i), a or "") for t, i, a in db.execute(sql)]

    return Rule(key, words, find, fix, mend)


def columns_of(db: sqlite3.Connection, table: str) -> list[tuple[str, str, bool]]:
    """Name, type and whether null is refused, per column."""
    found = db.execute(f"pragma table_info({table})")
    return [(r[1], r[2].lower(), bool(r[3])) for r in found]


def account_of(table: str, row: str = "t") -> str:
    """SQL for the account of a row of that table."""
    if table == "account":
        return f"{row}.id"
    if table == "touch_person":
        return f"(select account_id from touch where id = {row}.touch_id)"
    without = {"setting", "snapshot", "external_ref", "field_history", "quarantine", "saved_view",
               "definition_log", "rate", "change", "recipe", "meaning", "field_rule",
               "refusal"}  # fmt: skip
    return "''" if table in without else f"{row}.account_id"


def delete_rows(db: sqlite3.Connection, places: Sequence[Place]) -> None:
    for place in places:
        db.execute(f"delete from {place.table} where id = ?", (place.id,))


def clear(column: str) -> Mend:
    def mend(db: sqlite3.Connection, places: Sequence[Place]) -> None:
        for place in places:
            db.execute(f'update {place.table} set "{column}" = null where id = ?', (place.id,))

    return mend
