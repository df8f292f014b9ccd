"""Plain dumps without an erased person: line by line, by the rules of the tables."""

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path

from csplanner.book.connection import create_file
from csplanner.book.copies import sync_file
from csplanner.book.erase_images import Eraser, Image
from csplanner.book.erase_rules import IDENTITY, PERSON, Rules, rules_of
from csplanner.book.mentions import Mark, Mentions, marks_of
from csplanner.book.person_marks import Known
from csplanner.book.schema import SCHEMA_VERSION, statements
from csplanner.book.suppress import Suppressed, key_of_id
from csplanner.errors import UserError

Line = tuple[str, Image]
_IMAGES = ("before", "after")


def dump_holds(path: Path, listed: Suppressed) -> bool:
    """Whether a dump still holds somebody on the list."""
    return bool(listed) and bool(_listed_in(_rows(path), listed))


def _listed_in(rows: Iterable[Line], listed: Suppressed) -> list[str]:
    """Ids of people in the records or the journal of a dump who are on the list."""
    ids = {
        str(row["id"] if name == PERSON else row["row_id"])
        for name, row in rows
        if name == PERSON or (name == "change_row" and row["tbl"] == PERSON)
    }
    return sorted(i for i in ids if listed.holds(key_of_id(i)))


def rewrite_dump(path: Path, listed: Suppressed, marks: tuple[Mark, ...]) -> None:
    """Write a dump anew without the people on the list and the mentions of `marks`.

    Raises UserError when it cannot be read as a dump; it stays as it was then.
    """
    try:
        rows = list(_rows(path))
        with path.open(encoding="utf-8") as stream:
            head = stream.readline()
        rules = _present_rules()
        for person_id in _listed_in(rows, listed):
            rows = _without(rows, rules, _known(rows, person_id))
        if marks:
            rows = _without(rows, rules, _nobody(rows, marks))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UserError(f"{path.name} cannot be read as a dump. Remove it by hand.") from error
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    create_file(part)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(_head(head, rows))
            stream.writelines(_text([name, *row.values()]) + "\n" for name, row in rows)
        sync_file(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _rows(path: Path) -> Iterator[Line]:
    """The rows of a dump; ValueError, KeyError or TypeError for what is none."""
    with path.open(encoding="utf-8") as stream:
        columns = json.loads(stream.readline())["columns"]
        for line in stream:
            name, *cells = json.loads(line)
            yield name, dict(zip(columns[name], cells, strict=True))


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _head(text: str, rows: list[Line]) -> str:
    """The head with the rows counted anew."""
    head = json.loads(text)
    if isinstance(head.get("rows"), dict):
        head["rows"] = {name: sum(n == name for n, _ in rows) for name in head["rows"]}
    return _text(head) + "\n"


def _present_rules() -> dict[str, Rules]:
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in statements(SCHEMA_VERSION):
            empty.execute(statement)
        return rules_of(empty)


def _known(rows: list[Line], person_id: str) -> Known:
    """The person of a dump, with what is theirs alone in it."""
    found = [row for name, row in rows if name == PERSON and row["id"] == person_id]
    for name, row in rows:
        if name == "change_row" and (row["tbl"], row["row_id"]) == (PERSON, person_id):
            found += [json.loads(str(row[c])) for c in _IMAGES if row[c]]
    marks = marks_of(*([str(r.get(c) or "") for r in found] for c in IDENTITY[PERSON]))
    others, borne_by = _bearers(rows, person_id, marks)
    shared = tuple(m for m in marks if m in others or m.is_vague)
    alone = tuple(m for m in marks if m not in shared)
    return Known(person_id, "", "", alone, shared, borne_by)


def _nobody(rows: list[Line], marks: tuple[Mark, ...]) -> Known:
    return Known("", "", "", marks, (), _bearers(rows, "", marks)[1])


def _bearers(
    rows: list[Line], person_id: str, marks: tuple[Mark, ...]
) -> tuple[set[Mark], dict[str, frozenset[str]]]:
    each = [(mark, Mentions([mark])) for mark in marks]
    found: set[Mark] = set()
    borne_by: dict[str, set[str]] = {PERSON: set(), "account": set()}
    for name, row in rows:
        if name in borne_by and row["id"] != person_id:
            theirs = {m for m, one in each if any(one.count(row.get(c)) for c in IDENTITY[name])}
            found |= theirs
            borne_by[name] |= {str(row["id"])} if theirs else set()
    return found, {name: frozenset(ids) for name, ids in borne_by.items()}


def _without(rows: list[Line], rules: dict[str, Rules], who: Known) -> list[Line]:
    eraser = Eraser(rules, who, also_shared=False)
    known = -1
    while eraser.count() > known:
        known = eraser.count()
        for name, row in rows:
            for table, row_id, image in _images(name, row):
                eraser.doom(table, row_id, image)
    kept = [(name, _erased(eraser, name, row)) for name, row in rows]
    return _without_empty_changes(rows, [(name, row) for name, row in kept if row is not None])


def _images(name: str, row: Image) -> list[tuple[str, str, Image]]:
    if name != "change_row":
        return [(name, str(row.get("id", "")), row)]
    table, row_id = str(row["tbl"]), str(row["row_id"])
    return [(table, row_id, json.loads(str(row[c]))) for c in _IMAGES if row[c]]


def _erased(eraser: Eraser, name: str, row: Image) -> Image | None:
    if name != "change_row":
        return eraser.image(name, str(row.get("id", "")), row) if name in eraser.rules else row
    if row.get("batch") is not None:
        return row
    table, row_id = str(row["tbl"]), str(row["row_id"])
    both = [
        eraser.image(table, row_id, json.loads(str(row[c]))) if row[c] else None for c in _IMAGES
    ]
    if both[0] == both[1]:
        return None
    return {**row, **{c: _text(i) if i else None for c, i in zip(_IMAGES, both, strict=True)}}


def _without_empty_changes(before: list[Line], after: list[Line]) -> list[Line]:
    """Changes that nothing is left of cannot be taken back."""
    had = {row["change_id"] for name, row in before if name == "change_row"}
    has = {row["change_id"] for name, row in after if name == "change_row"}
    return [
        (name, {**row, "state": "dropped", "rows": 0})
        if name == "change" and row["id"] in had - has and row["state"] in ("done", "undone")
        else (name, row)
        for name, row in after
    ]
