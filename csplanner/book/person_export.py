"""Everything the book knows about one person: as one JSON document, and as sections to print."""

import json
import re
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from csplanner.book.erase_rules import PERSON, Rules, rules_of
from csplanner.book.outgoing import place, safe_file_name
from csplanner.book.person_marks import known
from csplanner.book.person_mentions import Place, places
from csplanner.book.seat_judgements import JUDGED_IN_SEATS

if TYPE_CHECKING:
    from csplanner.book.book import Book

Row = dict[str, str | int | None]

_TITLES = {
    "seat": "Seats they hold or held", "tenure": "How long they held a seat",
    "touch": "Touches they took part in", "support_case": "Support cases of theirs",
    "person": "Who reports to them", "external_ref": "What other systems call them",
    "field_history": "What was changed about them", "rating": "Ratings they gave",
    "scorecard_grade": "Grades they gave", "tie": "Ties to others",
    "account_map": "Maps they stand on",
    "raci": "What they are responsible for", "task": "Tasks that concern them",
    "note": "Notes about them",
    "account_person": "Further accounts of theirs",
    "archived_record": "What was kept of them after the CRM deleted it",
    "refusal": "What the CRM says of them and you left out",
}  # fmt: skip
_TABLES = {
    "change": "history", "support_case": "case", "field_history": "change of a field",
    "saved_view": "saved view", "attention": "decision in Today",
}  # fmt: skip
_FLAG = re.compile(r"(\w+) in \(0, 1\)")
_WORD = re.compile(r"[a-z]+(_[a-z]+)+")
_HIDDEN = frozenset({"id", "tbl", "row_id", "snapshot_id", "account_id", "name_key"})


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table to print: its title, its columns in words, and its rows."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PersonFile:
    """Everything about one person; `document` is the same as plain data for JSON."""

    name: str
    account: str
    facts: tuple[tuple[str, str], ...]
    tables: tuple[PrintedTable, ...]
    document: dict[str, object]


def person_file(book: "Book", person_id: str) -> PersonFile:
    """Gather all there is: the record, all that is linked to it, its history, and every mention.

    Found by the links of the tables themselves, so that a new table is part of it by itself.
    Raises UserError when there is no such person.
    """
    db = book.connection
    who = known(db, person_id)
    records = _records(db, person_id)
    changes = _changes(db, person_id)
    account = _account(db, who.account_id)
    people = records.pop(PERSON, [])
    own = next((row for row in people if row["id"] == person_id), {"name": who.name})
    others = [{c: row[c] for c in ("name", "title")} for row in people if row is not own]
    records |= {PERSON: others} if others else {}
    found = places(db, who.marks, without=person_id)
    doubtful = places(db, who.shared, without=person_id)
    document: dict[str, object] = {
        "about": "Everything this book holds about one person.",
        "as_of": book.today.isoformat(),
        "book": book.path.stem,
        "account": account,
        "person": own,
        "known_as": list(dict.fromkeys(m.text for m in (*who.marks, *who.shared))),
        "records": records,
        "changes": changes,
        "mentions": [asdict(p) for p in found],
        "mentions_that_may_mean_others": [asdict(p) for p in doubtful],
    }
    facts = tuple(
        (_words(c), _cell(v)) for c, v in own.items() if v not in (None, "") and _shown(c)
    )
    flags = _flags(db)
    tables = [
        *(_table(_TITLES.get(n, _words(n)), rows, flags) for n, rows in records.items()),
        _table("Changes of their record", changes, flags),
        _mentioned("Where they are mentioned", found),
        _mentioned("Mentions that may mean somebody else", doubtful),
    ]
    return PersonFile(
        who.name, account, (*facts, ("Account", account)), tuple(t for t in tables if t.rows),
        document,
    )  # fmt: skip


def write_json(about: PersonFile, folder: Path) -> Path:
    """Write the document into `folder`, never over another; UserError when it cannot be written."""
    content = json.dumps(about.document, ensure_ascii=False, indent=1).encode()
    return place(folder, f"{file_name(about)}.json", content)


def file_name(about: PersonFile) -> str:
    """What files about the person are called, without the ending."""
    return f"{safe_file_name(about.name)} personal data"


def _records(db: sqlite3.Connection, person_id: str) -> dict[str, list[Row]]:
    """Rows of the person and rows that lead to them, by table."""
    found: dict[str, list[Row]] = {}
    rules = rules_of(db)
    for table in sorted(rules.values(), key=lambda r: (r.name != PERSON, r.name)):
        condition = _condition(table)
        if condition:
            rows = _rows(db, f"select t.* from {table.name} t where {condition}", person_id)
            beside = _linked(db, table, rows)
            found |= {n: [*found.get(n, []), *r] for n, r in ({table.name: rows} | beside).items()}
    judged = _rows(db, JUDGED_IN_SEATS, person_id)
    found["field_history"] = [*found.get("field_history", []), *judged]
    return {name: rows for name, rows in found.items() if rows}


def _condition(rules: Rules) -> str:
    parts = [f'"{k.column}" = :person' for k in rules.links if k.parent == PERSON]
    parts += ["tbl = 'person' and row_id = :person"] if rules.points else []
    parts += ["id = :person"] if rules.name == PERSON else []
    return " or ".join(parts)


def _linked(db: sqlite3.Connection, rules: Rules, rows: list[Row]) -> dict[str, list[Row]]:
    """Of a table that only links people to something, such as touches, that something instead."""
    others = [k for k in rules.links if k.parent != PERSON]
    if rules.texts or not others:
        return {}
    found: dict[str, list[Row]] = {rules.name: []}
    for link in others:
        sql = f"select t.* from {link.parent} t where id = :person"
        parents = [r for row in rows for r in _rows(db, sql, str(row[link.column]))]
        found[link.parent] = sorted(parents, key=lambda row: str(row.get("on", "")))
    return found


def _rows(db: sqlite3.Connection, sql: str, person_id: str) -> list[Row]:
    cursor = db.execute(sql, {"person": person_id})
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, row, strict=True)) for row in cursor]


def _changes(db: sqlite3.Connection, person_id: str) -> list[Row]:
    return _rows(
        db,
        "select at, label, kind, state from change where id in (select change_id from change_row "
        "where tbl = 'person' and row_id = :person) order by id",
        person_id,
    )


def _account(db: sqlite3.Connection, account_id: str) -> str:
    row = db.execute("select name from account where id = ?", (account_id,)).fetchone()
    return str(row[0]) if row else ""


# --- to print ---


def _flags(db: sqlite3.Connection) -> frozenset[str]:
    """Columns that say yes or no, by the checks of the tables."""
    made = db.execute("select sql from sqlite_master where type = 'table' and sql is not null")
    return frozenset(column for (sql,) in made for column in _FLAG.findall(sql))


def _table(title: str, rows: list[Row], flags: frozenset[str]) -> PrintedTable:
    columns = [
        c
        for c in (rows[0] if rows else {})
        if _shown(c) and any(r.get(c) not in (None, "") for r in rows)
    ]
    cells = tuple(
        tuple(_yes_no(row.get(c)) if c in flags else _cell(row.get(c)) for c in columns)
        for row in rows
    )
    return PrintedTable(title, tuple(map(_words, columns)), cells if columns else ())


def _mentioned(title: str, found: list[Place]) -> PrintedTable:
    return PrintedTable(
        title,
        ("Where", "Account", "When", "From", "Words"),
        tuple(
            (
                f"{_TABLES.get(p.table, p.table.replace('_', ' '))}, {p.column.replace('_', ' ')}",
                p.account or "—", p.on or "—", p.source, p.text,
            )
            for p in found
        ),
    )  # fmt: skip


def _shown(column: str) -> bool:
    return (
        column not in _HIDDEN
        and (not column.endswith(("_id", "_state")) or column == "external_id")
        and column not in ("reports_to", "sponsor_of")
    )


def _words(column: str) -> str:
    return {"email": "E-mail"}.get(column, column.replace("_", " ").capitalize())


def _yes_no(value: object) -> str:
    return "—" if value is None else "yes" if value else "no"


def _cell(value: object) -> str:
    text = str(value)
    if value in (None, ""):
        return "—"
    return text.replace("_", " ") if _WORD.fullmatch(text) else text
