"""Plain dumps without an erased person: line by line, by the rules of the tables."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from csplanner.book.connection import create_file
from csplanner.book.copies import sync_file
from csplanner.book.erase_images import Eraser, Image
from csplanner.book.erase_rules import PERSON, Rules, rules_of
from csplanner.book.mentions import Mark, folded, marks_of
from csplanner.book.person_marks import Known
from csplanner.book.schema import SCHEMA_VERSION, statements
from csplanner.book.suppress import Suppressed, key_of_id
from csplanner.errors import UserError

Line = tuple[str, Image]


def dump_holds(path: Path, listed: Suppressed) -> bool:
    """Whether a dump still holds somebody on the list."""
    return bool(listed) and any(
        name == PERSON and listed.holds(key_of_id(str(row["id"]))) for name, row in _rows(path)
    )


def rewrite_dump(path: Path, listed: Suppressed, marks: tuple[Mark, ...]) -> None:
    """Write a dump anew without the people on the list and the mentions of `marks`.

    Raises UserError when it cannot be read as a dump; it stays as it was then.
    """
    try:
        rows = list(_rows(path))
        head = path.open(encoding="utf-8").readline()
    except (OSError, ValueError, KeyError) as error:
        raise UserError(f"{path.name} cannot be read as a dump. Remove it by hand.") from error
    people = [row for name, row in rows if name == PERSON]
    gone = [row for row in people if listed.holds(key_of_id(str(row["id"])))]
    rules = _present_rules()
    for who in [*(_known(row, people) for row in gone), *([_nobody(marks)] if marks else [])]:
        rows = _without(rows, rules, who)
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    create_file(part)
    try:
        with part.open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(_head(head, rows))
            stream.writelines(_text(name, row) for name, row in rows)
        sync_file(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _rows(path: Path) -> Iterator[Line]:
    """The rows of a dump; ValueError for what is none."""
    with path.open(encoding="utf-8") as stream:
        columns = json.loads(stream.readline())["columns"]
        for line in stream:
            name, *cells = json.loads(line)
            yield name, dict(zip(columns[name], cells, strict=True))


def _text(name: str, row: Image) -> str:
    return json.dumps([name, *row.values()], ensure_ascii=False, separators=(",", ":")) + "\n"


def _head(text: str, rows: list[Line]) -> str:
    """The head with the rows counted anew."""
    head = json.loads(text)
    if isinstance(head.get("rows"), dict):
        head["rows"] = {name: sum(n == name for n, _ in rows) for name in head["rows"]}
    return json.dumps(head, ensure_ascii=False, separators=(",", ":")) + "\n"


def _present_rules() -> dict[str, Rules]:
    with closing(sqlite3.connect(":memory:")) as empty:
        for statement in statements(SCHEMA_VERSION):
            empty.execute(statement)
        return rules_of(empty)


def _known(row: Image, people: list[Image]) -> Known:
    """The person of a dump with what is theirs alone in it."""
    own = marks_of(*([str(row.get(c) or "")] for c in ("name", "email", "phone")))
    others = [p for p in people if p["id"] != row["id"]]
    shared = tuple(
        m
        for m in own
        if m.is_one_word or any(folded(m.text) in folded(str(p.get(m.kind) or "")) for p in others)
    )
    alone = tuple(m for m in own if m not in shared)
    return Known(str(row["id"]), str(row["account_id"]), str(row["name"]), alone, shared, {})


def _nobody(marks: tuple[Mark, ...]) -> Known:
    return Known("", "", "", marks, (), {})


def _without(rows: list[Line], rules: dict[str, Rules], who: Known) -> list[Line]:
    eraser = Eraser(rules, who, also_shared=False)
    known = -1
    while eraser.count() > known:
        known = eraser.count()
        for name, row in rows:
            eraser.doom(name, str(row.get("id", "")), row)
    kept = (
        (name, eraser.image(name, str(row.get("id", "")), row) if name in rules else row)
        for name, row in rows
    )
    return [(name, row) for name, row in kept if row is not None]
