"""The records of a book: one small set of verbs for every table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from csplanner.book.field_history import JUDGED, Written, forget, remember
from csplanner.book.ids import new_id
from csplanner.book.rows import Cell, Codec, codec
from csplanner.domain.account import Case, ContractTerm, Exit, Opportunity, Subscription
from csplanner.domain.alternative import Alternative
from csplanner.domain.archived import ArchivedRecord, PersonAccount
from csplanner.domain.definition import DefinitionChange
from csplanner.domain.evidence import Evidence
from csplanner.domain.exported import Exported
from csplanner.domain.inspection import Inspection
from csplanner.domain.measurement import Measurement
from csplanner.domain.note import Note
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.promise import Promise
from csplanner.domain.raci import RaciCell
from csplanner.domain.rate import Rate
from csplanner.domain.rating import Rating
from csplanner.domain.reading import Reading
from csplanner.domain.recipe import FieldRule, Meaning, Recipe
from csplanner.domain.scorecard import Scorecard, ScorecardFactor, ScorecardGrade
from csplanner.domain.sentiment import Pulse
from csplanner.domain.tag import Tag
from csplanner.domain.task import Task
from csplanner.domain.tenure import Tenure
from csplanner.domain.tie import Tie
from csplanner.domain.time_entry import TimeEntry
from csplanner.domain.touch import Touch
from csplanner.errors import UserError
from csplanner.language import noted, tr

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Row(Protocol):
    """What everything kept has."""

    @property
    def id(self) -> str: ...


class Record(Row, Protocol):
    """What belongs to an account."""

    @property
    def account_id(self) -> str: ...


T = TypeVar("T", bound=Row)
R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[T]):
    """Where records of one class are kept and how they are ordered."""

    table: str
    record: type[T]
    order: str
    one: str
    """What one of them is called."""

    @property
    def codec(self) -> Codec[T]:
        """How records of the class are stored; looked into when the first of them is asked for."""
        return codec(self.record)

    @property
    def judged(self) -> frozenset[str]:
        """The columns whose changes are kept in the history of fields."""
        names = JUDGED.get(self.table, frozenset())
        return frozenset(c for f in self.codec.fields if f.name in names for c in f.columns)


_SHELVES: dict[type, tuple[str, str, str]] = {
    Person: ("person", "name, id", noted("person")),
    Seat: ("seat", "role, id", noted("seat")),
    ContractTerm: ("term", '"end", id', noted("contract term")),
    Opportunity: ("opportunity", "close_on, id", noted("deal")),
    Case: ("support_case", "opened_on, id", noted("case")),
    Subscription: ("subscription", "start, id", noted("subscription")),
    Exit: ("exit", '"on", id', noted("exit")),
    Touch: ("touch", '"on", id', noted("touch")),
    Measurement: ("measurement", "as_of, id", noted("measurement")),
    Pulse: ("pulse", '"on", rowid', noted("pulse")),
    Objective: ("objective", "title, id", noted("objective")),
    Placement: ("placement", '"on", rowid', noted("placement")),
    Reading: ("reading", "as_of, id", noted("reading")),
    Tenure: ("tenure", "until, rowid", noted("tenure")),
    Promise: ("promise", "due, id", noted("promise")),
    Rating: ("rating", '"on", id', noted("rating")),
    Scorecard: ("scorecard", "quarter, id", noted("scorecard")),
    ScorecardFactor: ("scorecard_factor", "scorecard_id, position, id", noted("factor")),
    ScorecardGrade: ("scorecard_grade", "factor_id, level, id", noted("grade")),
    RaciCell: ("raci", "activity, letter, id", noted("RACI cell")),
    Inspection: ("inspection", '"on", id', noted("inspection")),
    Tie: ("tie", "kind, id", noted("tie")),
    Alternative: ("alternative", "name, id", noted("alternative")),
    TimeEntry: ("time_entry", '"on", id', noted("time entry")),
    DefinitionChange: ("definition_log", '"on", rowid', noted("change of a definition")),
    Rate: ("rate", '"on", from_currency, to_currency', noted("rate")),
    Exported: ("export_log", '"on", rowid', noted("record of an export")),
    Task: ("task", "due, title, id", noted("task")),
    Note: ("note", '"on", rowid', noted("note")),
    Tag: ("tag", "word, id", noted("tag")),
    Recipe: ("recipe", "last_used desc, used desc, id", noted("remembered mapping")),
    Meaning: ("meaning", "kind, word, id", noted("meaning of a word")),
    FieldRule: ("field_rule", "object, field, source", noted("rule for a field")),
    ArchivedRecord: ("archived_record", "gone_on, id", noted("record deleted in the CRM")),
    PersonAccount: ("account_person", "id", noted("further account of a person")),
}


# Nothing an import brings stands in these.
_WITHOUT_BATCH = frozenset({"pulse", "objective", "placement", "definition_log", "export_log"})


def records_of(record: type[T]) -> Shelf[T]:
    """The shelf of a record class."""
    table, order, one = _SHELVES[record]
    return Shelf(table, record, order, one)


class Rows(Generic[T]):
    """The records of one class in a book."""

    def __init__(self, book: "Book", shelf: Shelf[T]) -> None:
        self._book = book
        self._shelf = shelf

    def add(self, record: T, label: str = "") -> T:
        """Keep `record` (a new id is given where its id is empty) and return what was kept."""
        kept = record if record.id else _with_id(record)
        with self._book.change(label or tr("Add a {0}").format(tr(self._shelf.one))):
            self.insert([kept])
        return kept

    def insert(self, records: Iterable[T], snapshot_id: str | None = None) -> None:
        """Keep many records inside an open change; `snapshot_id` names the import they came by."""
        shelf = self._shelf
        with_batch = shelf.table not in _WITHOUT_BATCH
        columns = [*shelf.codec.columns, *(["snapshot_id"] if with_batch else [])]
        names = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        tail: tuple[Cell, ...] = (snapshot_id,) if with_batch else ()
        self._book.connection.executemany(
            f"insert into {shelf.table} ({names}) values ({marks})",
            ((*shelf.codec.encode(r), *tail) for r in records),
        )

    def update(
        self,
        record_id: str,
        *,
        label: str = "",
        on_evidence: Evidence | None = None,
        **fields: object,
    ) -> None:
        """Set `fields` of one record; raises UserError when it is not there or may not be so.

        What changes in a judged field is kept in the history of fields, with `on_evidence`
        also a value that was only confirmed.
        """
        shelf = self._shelf
        columns: dict[str, Cell] = {}
        for name, value in self._may_set(record_id, fields).items():
            columns |= shelf.codec.encode_field(name, value)
        sets = ", ".join(f'"{c}" = ?' for c in columns)
        with self._book.change(label or tr("Change a {0}").format(tr(shelf.one))):
            was = self._cells(record_id, columns)
            self._book.connection.execute(
                f"update {shelf.table} set {sets} where id = ?", (*columns.values(), record_id)
            )
            judged = {c: v for c, v in columns.items() if c in shelf.judged}
            remember(self._book, Written(shelf.table, record_id, was, judged), on_evidence)

    def _may_set(self, record_id: str, fields: dict[str, object]) -> dict[str, object]:
        """`fields` as they are written; UserError for what a record of the shelf may not be."""
        del record_id
        return fields

    def _cells(self, record_id: str, columns: Iterable[str]) -> dict[str, Cell]:
        listed = ", ".join(f'"{c}"' for c in columns)
        row = self._book.connection.execute(
            f"select {listed} from {self._shelf.table} where id = ?", (record_id,)
        ).fetchone()
        if row is None:
            raise self._gone()
        return dict(zip(columns, row, strict=True))

    def _gone(self) -> UserError:
        return UserError(
            tr("That {0} is no longer in the book. Refresh the page.").format(tr(self._shelf.one))
        )

    def remove(self, record_id: str, *, label: str = "") -> None:
        """Delete one record with its history (undo brings them back)."""
        table = self._shelf.table
        with self._book.change(label or tr("Remove a {0}").format(tr(self._shelf.one))):
            forget(self._book.connection, table, "?", (record_id,))
            self._book.connection.execute(f"delete from {table} where id = ?", (record_id,))

    def get(self, record_id: str) -> T:
        """The record with that id; raises UserError when it is not there."""
        found = self._where("id = ?", (record_id,))
        if not found:
            raise self._gone()
        return found[0]

    def all(self) -> tuple[T, ...]:
        """Every record of the class, oldest first."""
        return tuple(self._where("1", ()))

    def _where(self, condition: str, values: tuple[Cell, ...]) -> list[T]:
        shelf = self._shelf
        rows = self._book.connection.execute(
            f"select {shelf.codec.select} from {shelf.table} where {condition} "
            f"order by {shelf.order}",
            values,
        )
        return shelf.codec.decode_all(rows)


class Records(Rows[R]):
    """Records that belong to accounts."""

    def of(self, account_id: str) -> tuple[R, ...]:
        """The records of one account, oldest first."""
        return tuple(self._where("account_id = ?", (account_id,)))

    def grouped(self, account_ids: Sequence[str] | None = None) -> dict[str, list[R]]:
        """The records of many accounts (all when None), by account id."""
        groups: dict[str, list[R]] = defaultdict(list)
        for record in self._of_many(account_ids):
            groups[record.account_id].append(record)
        return groups

    def _of_many(self, account_ids: Sequence[str] | None) -> list[R]:
        if account_ids is None:
            return self._where("1", ())
        marks = ", ".join("?" * len(account_ids))
        return self._where(f"account_id in ({marks})", tuple(account_ids))


def _with_id(record: T) -> T:
    return replace(record, id=new_id())  # type: ignore[type-var]
