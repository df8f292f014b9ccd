"""Who a person is by the book: everything they were ever called, and who else is called so."""

import json
import sqlite3
from dataclasses import dataclass

from csplanner.book.erase_rules import IDENTITY, PERSON
from csplanner.book.mentions import Mark, Mentions, folded, marks_of
from csplanner.errors import UserError

_COLUMNS = ("name", "email", "phone")


@dataclass(frozen=True, slots=True)
class Known:
    """A person with what tells them: `marks` are theirs alone, `shared` may mean others too."""

    id: str
    account_id: str
    name: str
    marks: tuple[Mark, ...]
    shared: tuple[Mark, ...]
    borne_by: dict[str, frozenset[str]]
    """Other people and accounts that bear one of the marks, ids by table."""

    @property
    def namesakes(self) -> int:
        """How many other people share a name, an e-mail or a phone with them."""
        return len(self.borne_by[PERSON])


def known(db: sqlite3.Connection, person_id: str) -> Known:
    """The person with that id, from the records or, once deleted, from the journal.

    Raises UserError when the book knows no such person.
    """
    rows = _identities(db, person_id)
    if not rows:
        raise UserError("That person is no longer in the book. Refresh the page.")
    marks = marks_of(*([str(row[c] or "") for row in rows] for c in _COLUMNS))
    others, borne_by = bearers_of(db, person_id, marks)
    shared = tuple(m for m in marks if m in others or m.is_vague)
    alone = tuple(m for m in marks if m not in shared)
    account_id, name = str(rows[0]["account_id"]), str(rows[0]["name"])
    return Known(person_id, account_id, name, alone, shared, borne_by)


def _identities(db: sqlite3.Connection, person_id: str) -> list[dict[str, str]]:
    """What the person is and was called, the present first."""
    columns = ("account_id", *_COLUMNS)
    found = [
        dict(zip(columns, row, strict=True))
        for row in db.execute(f"select {', '.join(columns)} from person where id = ?", (person_id,))
    ]
    for before, after in db.execute(
        "select before, after from change_row where tbl = 'person' and row_id = ? order by id desc",
        (person_id,),
    ):
        found += [json.loads(image) for image in (after, before) if image]
    if found:
        for field, was, became in db.execute(
            "select field, was, became from field_history where tbl = 'person' and row_id = ? "
            "and field in ('name', 'email', 'phone')",
            (person_id,),
        ):
            found += [{**dict.fromkeys(_COLUMNS, ""), field: text} for text in (became, was)]
    return found


def bearers_of(
    db: sqlite3.Connection, person_id: str, marks: tuple[Mark, ...]
) -> tuple[set[Mark], dict[str, frozenset[str]]]:
    """The marks that others than the person are known by too, and these others, ids by table."""
    each = [(mark, Mentions([mark])) for mark in marks]
    every = Mentions(marks)
    found: set[Mark] = set()
    borne_by = {}
    for table in (PERSON, "account"):
        columns = ", ".join(IDENTITY[table])
        bearers = set()
        for row_id, *cells in db.execute(
            f"select id, {columns} from {table} where id <> ?", (person_id,)
        ):
            if any(map(every.may_hold, cells)):
                theirs = {mark for mark, one in each if any(map(one.count, cells))}
                found |= theirs
                bearers |= {row_id} if theirs else set()
        borne_by[table] = frozenset(bearers)
    return found, borne_by


def same_name(one: str, other: str) -> bool:
    """Whether two names are the same but for accents, case and spaces."""
    return folded(one).split() == folded(other).split()
