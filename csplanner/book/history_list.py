"""The list of changes by account, kind, words and time, in pages; and what undo would do."""

import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime

from csplanner.book import history
from csplanner.book.accounts import fold
from csplanner.book.history import COLUMNS, Change
from csplanner.book.history_details import batch_counts, counted, image_counts
from csplanner.book.history_kept import stays_lines
from csplanner.book.history_names import Names
from csplanner.book.journal import imaged
from csplanner.book.taking_back import plan
from csplanner.domain.wording import count_text, list_text
from csplanner.errors import UserError
from csplanner.language import ntr, tr

KINDS = ("edits", "imports", "undone")
_KIND_SQL = {
    "": "1",
    "edits": "kind = 'edit'",
    "imports": "kind = 'import'",
    "undone": "(kind = 'undo' or state <> 'done')",
}
_NAMED = 3
_COUNTED = 2000
"""Changes of more lines than this are told by the count they were written with."""
_OF_IMPORTS = frozenset({"news", "recipe", "meaning", "field_rule"})
"""What an import tells and remembers besides."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changes: of an account, of a kind (one of KINDS, empty for all), with these words in
    their label, from a moment up to and without another.
    """

    account_id: str | None = None
    kind: str = ""
    text: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """A change in the list: the first accounts it touched and what it did, in words."""

    change: Change
    accounts: tuple[str, ...]
    account_ids: tuple[str, ...]
    more_accounts: bool
    counted: str
    """`3 records`, `12 people added`; empty when nothing can be said."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking a change back would do now; `refused` says why it cannot be."""

    change: Change
    is_newest: bool = False
    fields_back: int = 0
    rows_gone: int = 0
    rows_back: int = 0
    edits_kept: int = 0
    rows_needed: int = 0
    staying: tuple[str, ...] = ()
    stays: str = ""
    """Sentences about what is kept."""
    stays_lines: tuple[str, ...] = ()
    """The same, one for each reason."""
    refused: str = ""

    @property
    def words(self) -> str:
        """`3 fields go back, 1 record is taken out. 1 later edit is kept.`"""
        if self.refused:
            return self.refused
        back = [
            self.fields_back and ntr("{0} field goes back", "{0} fields go back", self.fields_back),
            self.rows_gone
            and ntr("{0} record is taken out", "{0} records are taken out", self.rows_gone),
            self.rows_back
            and ntr("{0} record comes back", "{0} records come back", self.rows_back),
        ]
        done = list_text([words for words in back if words])
        first = f"{done}." if done else tr("Nothing is left to take back.")
        return f"{first} {self.stays}".rstrip()

    @property
    def told(self) -> str:
        """`words` with a line for what goes and for each reason why something stays."""
        first = self.words.removesuffix(self.stays).rstrip()
        return "\n".join([first, *(f"• {line}" for line in self.stays_lines)])

    @property
    def does_something(self) -> bool:
        """Whether anything would go back."""
        return not self.refused and bool(self.fields_back or self.rows_gone or self.rows_back)


def entries(
    db: sqlite3.Connection, wanted: Wanted, limit: int = 200, offset: int = 0
) -> list[Entry]:
    """The changes wanted, newest first."""
    where, values = _where(db, wanted)
    rows = db.execute(
        f"select {COLUMNS} from change where {where} order by id desc limit ? offset ?",
        (*values, limit, offset),
    ).fetchall()
    names = Names(db)
    return [_entry(db, names, history.read(row)) for row in rows]


def count(db: sqlite3.Connection, wanted: Wanted) -> int:
    """How many changes are wanted."""
    where, values = _where(db, wanted)
    return int(db.execute(f"select count(*) from change where {where}", values).fetchone()[0])


def place_of(db: sqlite3.Connection, wanted: Wanted, number: int) -> int | None:
    """Where a change stands in the list, from 0; None when it is not wanted."""
    where, values = _where(db, wanted)
    found = db.execute(f"select 1 from change where {where} and id = ?", (*values, number))
    if found.fetchone() is None:
        return None
    newer = db.execute(f"select count(*) from change where {where} and id > ?", (*values, number))
    return int(newer.fetchone()[0])


def _where(db: sqlite3.Connection, wanted: Wanted) -> tuple[str, tuple[str, ...]]:
    conditions = [_KIND_SQL[wanted.kind]]
    values: list[str] = []
    if wanted.account_id is not None:
        condition, found = history.of_account(db, wanted.account_id)
        conditions.append(condition)
        values += found
    for word in fold(wanted.text).split():
        db.create_function("fold_label", 1, fold, deterministic=True)
        conditions.append("instr(fold_label(label), ?) > 0")
        values.append(word)
    for sign, moment in ((">=", wanted.since), ("<", wanted.until)):
        if moment is not None:
            conditions.append(f"at {sign} ?")
            values.append(moment.astimezone(UTC).isoformat(timespec="seconds"))
    return " and ".join(conditions), tuple(values)


def _entry(db: sqlite3.Connection, names: Names, change: Change) -> Entry:
    found = db.execute(
        "select distinct account_id from change_row where change_id = ? "
        "and account_id is not null limit ?",
        (change.id, _NAMED + 1),
    ).fetchall()
    ids = tuple(account for (account,) in found[:_NAMED])
    accounts = tuple(names.of("account", account) for account in ids)
    return Entry(change, accounts, ids, len(found) > _NAMED, _counted(db, change))


def _counted(db: sqlite3.Connection, change: Change) -> str:
    if change.state == "dropped":
        return ""
    if change.rows > _COUNTED and change.kind != "import":
        return count_text(change.rows, "record")
    counts = (*image_counts(db, change), *batch_counts(db, change))
    # Of an import the records it was about, as its review and its news count them.
    records = tuple(c for c in counts if c.table not in _OF_IMPORTS)
    return counted(records or counts) if counts else ""


def preview(db: sqlite3.Connection, number: int) -> Preview:
    """What taking the change back would do, found without writing.

    Raises UserError when there is no such change.
    """
    change = history.find(db, number) if 0 < number < 2**63 else None
    if change is None:
        raise UserError(
            tr("There is no change {0}. See the history for its number.").format(number)
        )
    refused = history.why_not(change)
    if refused:
        return Preview(change, refused=refused)
    newest = history.newest_done(db)
    found = plan(db, imaged(db), number)
    names = Names(db)
    lines = stays_lines(db, found)
    staying = tuple(names.of(table, row_id) for table, row_id in found.staying[:5])
    return Preview(
        change,
        newest is not None and newest.id == number,
        found.fields_back,
        found.rows_gone,
        found.rows_back,
        found.edits_kept,
        found.rows_needed,
        staying,
        " ".join(lines),
        lines,
    )


def newer_count(db: sqlite3.Connection, number: int) -> tuple[int, str]:
    """How many changes in force came after that one, and why they cannot be undone, if so."""
    where = "id > ? and state in ('done', 'reverted')"
    newer = db.execute(f"select count(*) from change where {where}", (number,)).fetchone()[0]
    oldest = db.execute(
        f"select {COLUMNS} from change where {where} and thinned = 1 order by id limit 1", (number,)
    ).fetchone()
    return int(newer), history.too_old(history.read(oldest)) if oldest else ""
