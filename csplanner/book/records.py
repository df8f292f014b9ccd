"""The records of a book: one small set of verbs for every table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, Generic, Protocol, TypeVar

from csplanner.book.field_history import JUDGED, Written, forget, remember
from csplanner.book.ids import new_id
from csplanner.book.rows import Cell, Codec, codec
from csplanner.domain.evidence import Evidence
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
    source: str
    """The module and the name of the class in `domain`."""
    order: str
    one: str
    """What one of them is called."""

    @property
    def record(self) -> type[T]:
        """The class, loaded when it is first asked for."""
        return _class(self.source)

    @property
    def codec(self) -> Codec[T]:
        """How records of the class are stored; looked into when the first of them is asked for."""
        return codec(self.record)

    @property
    def judged(self) -> frozenset[str]:
        """The columns whose changes are kept in the history of fields."""
        names = JUDGED.get(self.table, frozenset())
        return frozenset(c for f in self.codec.fields if f.name in names for c in f.columns)


_SHELVES: dict[str, tuple[str, str, str]] = {
    "person.Person": ("person", "name, id", noted("person")),
    "person.Seat": ("seat", "role, id", noted("seat")),
    "account.ContractTerm": ("term", '"end", id', noted("contract term")),
    "account.Opportunity": ("opportunity", "close_on, id", noted("deal")),
    "account.Case": ("support_case", "opened_on, id", noted("case")),
    "account.Subscription": ("subscription", "start, id", noted("subscription")),
    "account.Exit": ("exit", '"on", id', noted("exit")),
    "touch.Touch": ("touch", '"on", id', noted("touch")),
    "measurement.Measurement": ("measurement", "as_of, id", noted("measurement")),
    "sentiment.Pulse": ("pulse", '"on", rowid', noted("pulse")),
    "objective.Objective": ("objective", "title, id", noted("objective")),
    "placement.Placement": ("placement", '"on", rowid', noted("placement")),
    "reading.Reading": ("reading", "as_of, id", noted("reading")),
    "tenure.Tenure": ("tenure", "until, rowid", noted("tenure")),
    "promise.Promise": ("promise", "due, id", noted("promise")),
    "rating.Rating": ("rating", '"on", id', noted("rating")),
    "scorecard.Scorecard": ("scorecard", "quarter, id", noted("scorecard")),
    "scorecard.ScorecardFactor": (
        "scorecard_factor",
        "scorecard_id, position, id",
        noted("factor"),
    ),
    "scorecard.ScorecardGrade": ("scorecard_grade", "factor_id, level, id", noted("grade")),
    "raci.RaciCell": ("raci", "activity, letter, id", noted("RACI cell")),
    "inspection.Inspection": ("inspection", '"on", id', noted("inspection")),
    "tie.Tie": ("tie", "kind, id", noted("tie")),
    "alternative.Alternative": ("alternative", "name, id", noted("alternative")),
    "time_entry.TimeEntry": ("time_entry", '"on", id', noted("time entry")),
    "definition.DefinitionChange": (
        "definition_log",
        '"on", rowid',
        noted("change of a definition"),
    ),
    "rate.Rate": ("rate", '"on", from_currency, to_currency', noted("rate")),
    "exported.Exported": ("export_log", '"on", rowid', noted("record of an export")),
    "task.Task": ("task", "due, title, id", noted("task")),
    "note.Note": ("note", '"on", rowid', noted("note")),
    "tag.Tag": ("tag", "word, id", noted("tag")),
    "recipe.Recipe": ("recipe", "last_used desc, used desc, id", noted("remembered mapping")),
    "recipe.Meaning": ("meaning", "kind, word, id", noted("meaning of a word")),
    "recipe.FieldRule": ("field_rule", "object, field, source", noted("rule for a field")),
    "map_record.AccountMap": ("account_map", "position, name, id", noted("map")),
    "map_record.MapPlace": ("map_place", "map_id, id", noted("place on a map")),
    "map_record.MapAnswer": ("map_answer", '"on", id', noted("answer to a proposal")),
    "archived.ArchivedRecord": (
        "archived_record",
        "gone_on, id",
        noted("record deleted in the CRM"),
    ),
    "archived.PersonAccount": ("account_person", "id", noted("further account of a person")),
}
"""By module and class in `domain`; each is loaded when its codec is first asked for."""


# Nothing an import brings stands in these.
_WITHOUT_BATCH = frozenset({"pulse", "objective", "placement", "definition_log", "export_log"})


def shelf(source: str) -> Shelf[Any]:
    """The shelf of a record class, named by its module in `domain` and its name; KeyError for one
    that has none.
    """
    table, order, one = _SHELVES[source]
    return Shelf(table, source, order, one)


def records_of(record: type[T]) -> Shelf[T]:
    """The shelf of a record class."""
    return shelf(f"{record.__module__.rpartition('.')[2]}.{record.__name__}")


def shelves() -> list[Shelf[Any]]:
    """Every shelf of a book."""
    return [shelf(source) for source in _SHELVES]


@cache
def _class(source: str) -> type[Any]:
    module, _, name = source.partition(".")
    found: type[Any] = getattr(import_module(f"csplanner.domain.{module}"), name)
    return found


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
        self.write(record_id, fields, label=label, on_evidence=on_evidence)

    def write(
        self,
        record_id: str,
        fields: dict[str, object],
        *,
        label: str = "",
        on_evidence: Evidence | None = None,
    ) -> None:
        """As `update`, for a record that has a field called `label` itself."""
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
