"""What a snapshot says of people who were erased from the book: left out before it is matched."""

import json
import re
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass

from csplanner.book.erase_rules import IDENTITY, quoted
from csplanner.book.mentions import ERASED, Mark, Mentions, marks_of
from csplanner.book.staging_frame import Frame, note
from csplanner.book.staging_shapes import SHAPES, Shape
from csplanner.book.suppress import (
    Suppressed,
    key_of_email,
    key_of_id,
    key_of_name,
    key_of_ref,
    suppressed,
)

SHOWN = "shown"
"""The fact by what name the book knows each file; none where nobody was left out."""
_TO_PEOPLE = ("seat", "case", "touch")
_WORDS = ("text", "plain")
_LEFT_OUT = (" you erased was left out.", " you erased were left out.")


@dataclass(frozen=True, slots=True)
class _Staged:
    ext: str | None
    id: str
    account_id: str | None
    name: str
    email: str
    phone: str


def leave_out_erased(db: sqlite3.Connection, frame: Frame) -> int:
    """Drop staged people who were erased, with their seats and links; returns how many.

    Their touches and cases stay, without them and without their name. People who are in the book,
    as when you added one again by hand, are not looked at.
    """
    listed = suppressed(db)
    if not listed:
        return 0
    gone = list(_erased(db, frame, listed))
    if not gone:
        return 0
    for one in gone:
        _drop(db, one)
    _erase_words(db, gone)
    alone = len(gone) == 1
    note(db, "1 person" + _LEFT_OUT[0] if alone else f"{len(gone):,} people" + _LEFT_OUT[1])
    return len(gone)


def is_about_erased(text: str) -> bool:
    """Whether a note says that people were left out because they were erased."""
    return text.endswith(_LEFT_OUT)


def _erased(db: sqlite3.Connection, frame: Frame, listed: Suppressed) -> Iterator[_Staged]:
    for row in db.execute(
        "select ext, id, account_id, coalesce(name, ''), coalesce(email, ''), coalesce(phone, '') "
        "from stage.s_person s where not exists (select 1 from main.person p where p.id = s.id)"
    ).fetchall():
        one = _Staged(*row)
        if listed.holds_any(_keys(one, frame)):
            yield one


def _keys(one: _Staged, frame: Frame) -> Iterator[str]:
    yield key_of_id(one.id)
    if one.ext is not None:
        yield key_of_ref(frame.source, one.ext)
    if one.email:
        yield key_of_email(one.email)
    if one.account_id and one.name:
        yield key_of_name(one.account_id, one.name)


def _drop(db: sqlite3.Connection, one: _Staged) -> None:
    values = {"ext": one.ext, "id": one.id, "account": one.account_id}
    for object_ in _TO_PEOPLE:
        # Their account is known through them alone where the row names none.
        db.execute(
            f"update stage.s_{object_} set account_id = :account "
            "where person_ref = :ext and account_id is null and account_ref is null",
            values,
        )
    db.execute("delete from stage.s_seat where person_ref = :ext or person_id = :id", values)
    db.execute(
        "update stage.s_case set person_ref = null, person_id = null "
        "where person_ref = :ext or person_id = :id",
        values,
    )
    db.execute("update stage.s_touch set person_ref = null where person_ref = :ext", values)
    db.execute(
        "update stage.s_person set reports_ref = null, reports_to = null "
        "where reports_ref = :ext or reports_to = :id",
        values,
    )
    db.execute("delete from stage.s_person where id = :id", values)


def _erase_words(db: sqlite3.Connection, gone: list[_Staged]) -> None:
    """Erase mentions of those left out from everything else the snapshot says."""
    mentions = Mentions(_own_marks(db, gone))
    db.create_function("mentions", -1, lambda *cells: mentions.any_in(cells))
    for shape in SHAPES.values():
        _erase_in(db, f"s_{shape.object}", _words_of(shape), mentions)
    _erase_in(db, "quarantine", ("value", "cells"), mentions)
    files = json.loads(
        db.execute("select value from stage.fact where name = 'files'").fetchone()[0]
    )
    shown = {f["name"]: becomes for f in files if (becomes := mentions.erase(f["name"])[0])}
    db.execute("insert or replace into stage.fact values (?, ?)", (SHOWN, json.dumps(shown)))


def _words_of(shape: Shape) -> tuple[str, ...]:
    return tuple(
        c.name
        for c in shape.columns
        if c.kind in _WORDS and c.name not in IDENTITY.get(shape.table, ())
    )


def _erase_in(
    db: sqlite3.Connection, table: str, columns: tuple[str, ...], mentions: Mentions
) -> None:
    if not columns:
        return
    key = "id" if table == "quarantine" else "n"
    for number, *cells in db.execute(
        f"select {key}, {quoted(columns)} from stage.{table} where mentions({quoted(columns)})"
    ).fetchall():
        changed = {
            column: mentions.erase(cell)[0]
            for column, cell in zip(columns, cells, strict=True)
            if isinstance(cell, str)
        }
        sets = ", ".join(f'"{c}" = ?' for c in changed)
        db.execute(f"update stage.{table} set {sets} where {key} = ?", (*changed.values(), number))


def _own_marks(db: sqlite3.Connection, gone: list[_Staged]) -> tuple[Mark, ...]:
    """What those left out are called, without what somebody who stays is called too."""
    marks = marks_of((g.name for g in gone), (g.email for g in gone), (g.phone for g in gone))
    each = [(mark, Mentions([mark])) for mark in marks]
    every = Mentions(marks)
    shared = set()
    for cells in db.execute(
        "select name, email, phone from stage.s_person union all "
        "select name, email, phone from main.person union all "
        "select name, null, null from stage.s_account union all "
        "select name, null, null from main.account"
    ):
        if any(map(every.may_hold, cells)):
            shared |= {mark for mark, one in each if any(map(one.count, cells))}
    return tuple(m for m in marks if m not in shared and not m.is_vague)


def keep_erased(db: sqlite3.Connection) -> None:
    """Let words of the snapshot not bring back what was erased from the very same words."""
    if not suppressed(db):
        return
    db.create_function("is_erased_of", 2, _is_erased_of, deterministic=True)
    for shape in SHAPES.values():
        for column in _words_of(shape):
            db.execute(
                f'update stage.s_{shape.object} as s set "{column}" = b."{column}" '
                f"from main.{shape.table} b where b.id = s.id "
                f"""and instr(b."{column}", '{ERASED}') """
                f'and is_erased_of(b."{column}", s."{column}")'
            )


def _is_erased_of(kept: str, staged: object) -> bool:
    """Whether `kept` is `staged` with parts of it erased."""
    if not isinstance(staged, str) or ERASED in staged:
        return False
    parts = map(re.escape, kept.split(ERASED))
    return re.fullmatch(".+?".join(parts), staged, re.DOTALL) is not None
