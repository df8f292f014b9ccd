"""What judged and measured values were, became, when, from whom and on what evidence."""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING

from csplanner.book.ids import new_id
from csplanner.book.rows import Cell
from csplanner.book.schema import JOURNALLED
from csplanner.domain.evidence import Evidence, EvidenceKind, FieldChange

if TYPE_CHECKING:
    from csplanner.book.book import Book

YOURS = "csm"
"""The source of a value you set yourself."""

JUDGED: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        table: frozenset(fields.split())
        for table, fields in {
            "person": "title status left_on reports_to level sponsor_of politics adaptability "
            "orientation relation_now relation_wanted",
            "seat": "role person_id influence mood reports_to has_power sells_for_us has_interest",
            "term": "end notice_deadline arr outcome notice_given outcome_on arr_after escalator",
            "opportunity": "state amount close_on probability",
            "subscription": "seats arr",
            "support_case": "satisfaction",
            "exit": "outcome destination cause contributing first_signal first_signal_on "
            "controllable foreseen told_by function evidence arr",
            "touch": "meaningful",
            "measurement": "value",
            "pulse": "sentiment because category measure verdict",
            "objective": "status baseline actual target due agreed_on agreed_by confirmed_by",
            "placement": "tier reason review_on",
            "tenure": "since until why",
            "promise": "what due kept_on state",
            "rating": "value level cause fix closed_on",
            "scorecard_factor": "words weight must_have",
            "scorecard_grade": "grade",
            "raci": "letter person_id",
            "inspection": "items band words wrong_if",
            "tie": "kind strength evidence weight label due",
            "alternative": "kind",
        }.items()
    }
)
"""Per table the fields whose changes are kept; of an account every field is."""


@dataclass(frozen=True, slots=True)
class Written:
    """A row that is being changed: the columns it had and those it gets."""

    table: str
    row_id: str
    was: Mapping[str, Cell]
    becomes: Mapping[str, Cell]


def remember(
    book: "Book", written: Written, evidence: Evidence | None, source: str = YOURS
) -> None:
    """Keep what changes, inside the open change; with evidence also what is only confirmed."""
    said = evidence or Evidence()
    said_by = said.by or (book.settings.csm if source == YOURS else source)
    on = (said.on or book.today).isoformat()
    book.connection.executemany(
        "insert into field_history (id, tbl, row_id, field, was, became, source, as_of, said_by, "
        "evidence, note) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                new_id(), written.table, written.row_id, name, _text(written.was[name]),
                _text(becomes), source, on, said_by, said.kind.value, said.note,
            )
            for name, becomes in written.becomes.items()
            if evidence is not None or written.was[name] != becomes
        ),
    )  # fmt: skip


def forget(db: sqlite3.Connection, table: str, rows: str, values: tuple[Cell, ...]) -> None:
    """Take the history, the outside names and refusals of rows along, before they are deleted.

    `rows` is SQL that selects their ids from `values`.
    """
    # The newest entry first: undo brings them back the other way round, and of one day the entry
    # that was written last is the newest.
    found = db.execute(
        f"select id from field_history where tbl = ? and row_id in ({rows}) order by rowid desc",
        (table, *values),
    ).fetchall()
    db.executemany("delete from field_history where id = ?", found)
    for aside in ("external_ref", "refusal"):
        db.execute(f"delete from {aside} where tbl = ? and row_id in ({rows})", (table, *values))


class FieldHistory:
    """Reads the history of fields, by the names of tables and columns."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def of(self, table: str, row_id: str, field: str | None = None) -> tuple[FieldChange, ...]:
        """The changes of one row, of one column where `field` says which, newest first."""
        only, values = ("", ()) if field is None else ("and field = ?", (field,))
        rows = self._book.connection.execute(
            "select field, was, became, as_of, source, said_by, evidence, note from field_history "
            f"where tbl = ? and row_id = ? {only} order by as_of desc, rowid desc",
            (table, row_id, *values),
        )
        return tuple(
            FieldChange(
                name, was, became, date.fromisoformat(as_of), source, by, EvidenceKind(kind), note
            )
            for name, was, became, as_of, source, by, kind, note in rows
        )  # fmt: skip

    def at(self, table: str, row_id: str, day: date) -> dict[str, Cell]:
        """The columns of a row as they were known at the end of `day`; empty for no such row.

        A column without history has been what it is now; a link that an import changed is the
        person's name.
        """
        db = self._book.connection
        if table not in JOURNALLED:
            raise KeyError(table)
        cursor = db.execute(f"select * from {table} where id = ?", (row_id,))
        row = cursor.fetchone()
        if row is None:
            return {}
        cells: dict[str, Cell] = dict(zip((c[0] for c in cursor.description), row, strict=True))
        numbers = {
            name
            for _, name, kind, *_ in db.execute(f"pragma table_info({table})")
            if kind.casefold() == "integer"
        }
        known = _known_by(self.of(table, row_id), day)
        for name, text in known.items():
            if name in cells:
                cells |= in_cells(name, text, is_number=name in numbers)
        return in_step(cells, known)


def _known_by(changes: tuple[FieldChange, ...], day: date) -> dict[str, str | None]:
    """Per column what the newest change up to `day` made of it, else what the first one found."""
    known: dict[str, str | None] = {}
    settled = set()
    for change in changes:
        if change.field in settled:
            continue
        if change.as_of <= day:
            settled.add(change.field)
        known[change.field] = change.became if change.as_of <= day else change.was
    return known


def in_cells(name: str, text: str | None, *, is_number: bool) -> dict[str, Cell]:
    """The cells that a text of the history stands for: an amount may come with its currency."""
    if text is None or not is_number:
        return {name: text}
    # An import notes an amount with its currency in one text.
    number, _, currency = text.partition(" ")
    return {name: int(number), f"{name}_currency": currency} if currency else {name: int(number)}


def in_step(cells: dict[str, Cell], known: Mapping[str, str | None]) -> dict[str, Cell]:
    """The cells with states and currencies that fit the values."""
    for name in known:
        state, currency = f"{name}_state", f"{name}_currency"
        if state in cells and cells[name] is not None:
            cells[state] = "known"
        elif cells.get(state) == "known":
            cells[state] = "unknown"
        if currency in cells and cells[name] is None:
            cells[currency] = None
    return cells


def _text(cell: Cell) -> str | None:
    return None if cell is None else str(cell)
