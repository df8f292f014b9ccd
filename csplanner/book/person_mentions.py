"""Every place where a person is mentioned, with who said it and when."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from csplanner.book.erase_rules import PERSON, Rules, quoted, rules_of
from csplanner.book.mentions import Mark, Mentions

_DAYS = ("on", "at", "as_of", "opened_on", "made_on", "agreed_on", "sent_on", "customer_since")
_AROUND = 200


@dataclass(frozen=True, slots=True)
class Place:
    """One cell that mentions the person: `count` times, the first of them within `text`."""

    table: str
    column: str
    row_id: str
    account: str
    """Name of the account, empty where the cell belongs to none."""
    on: str
    """The day of it as far as the record says one, else empty."""
    source: str
    """The system an import brought it from, else `you`."""
    text: str
    count: int


def places(db: sqlite3.Connection, marks: Iterable[Mark], *, without: str = "") -> list[Place]:
    """Where one of `marks` stands in a record or in the words of the history, by table and day.

    Rows about the person `without` themselves are left out.
    """
    mentions = Mentions(marks)
    if not mentions.marks:
        return []
    db.create_function("mentions", -1, lambda *cells: mentions.any_in(cells))
    found = []
    for rules in rules_of(db).values():
        if rules.texts and rules.name != "overview":
            found += _places(db, rules, mentions, without)
    return sorted(found, key=lambda place: (place.table, place.on, place.row_id))


def _places(db: sqlite3.Connection, rules: Rules, mentions: Mentions, without: str) -> list[Place]:
    columns = {c for (c,) in db.execute("select name from pragma_table_info(?)", (rules.name,))}
    day = next((f'"{d}"' for d in _DAYS if d in columns), "null")
    account = f"t.{rules.account}" if rules.account else "null"
    own = _own(rules, columns)
    source = (
        "(select source from snapshot s where s.id = t.snapshot_id)"
        if "snapshot_id" in columns and rules.name != "change"
        else "null"
    )
    found = []
    for row_id, name, on, origin, *cells in db.execute(
        f"select id, (select name from account a where a.id = {account}), {day}, {source}, "
        f"{quoted(rules.texts)} from {rules.name} t where mentions({quoted(rules.texts)}) "
        f"and not ({own})",
        {"person": without},
    ).fetchall():
        for column, cell in zip(rules.texts, cells, strict=True):
            if count := mentions.count(cell):
                found.append(
                    Place(
                        rules.name, column, str(row_id), name or "", str(on or "")[:10],
                        origin or "you", _excerpt(cell, mentions), count,
                    )
                )  # fmt: skip
    return found


def _own(rules: Rules, columns: set[str]) -> str:
    """SQL condition: the row is about the person themselves."""
    if rules.name == PERSON:
        return "t.id = :person"
    if rules.points and "tbl" in columns:
        return "t.tbl = 'person' and t.row_id = :person"
    return "false"


def _excerpt(text: str, mentions: Mentions) -> str:
    spans = mentions.spans(text)
    if len(text) <= 2 * _AROUND or not spans:
        return text[: 2 * _AROUND]
    start = max(0, spans[0][0] - _AROUND)
    end = spans[0][1] + _AROUND
    return f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}"
