"""The records of an account: one small set of verbs for every table."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from csplanner.book.ids import derived_id, new_id
from csplanner.book.rows import Cell, Codec, codec
from csplanner.domain.account import Case, ContractTerm, Exit, Opportunity, Subscription
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Seat
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Reading
from csplanner.domain.sentiment import Pulse
from csplanner.domain.touch import Touch
from csplanner.errors import UserError

if TYPE_CHECKING:
    from csplanner.book.book import Book


class Record(Protocol):
    """What every record has."""

    @property
    def id(self) -> str: ...

    @property
    def account_id(self) -> str: ...


R = TypeVar("R", bound=Record)


@dataclass(frozen=True, slots=True)
class Shelf(Generic[R]):
    """Where records of one class are kept and how they are ordered."""

    table: str
    codec: Codec[R]
    order: str
    one: str
    """What one of them is called."""


_SHELVES: dict[type, tuple[str, str, str]] = {
    Person: ("person", "name, id", "person"),
    Seat: ("seat", "role, id", "seat"),
    ContractTerm: ("term", '"end", id', "contract term"),
    Opportunity: ("opportunity", "close_on, id", "opportunity"),
    Case: ("support_case", "opened_on, id", "case"),
    Subscription: ("subscription", "start, id", "subscription"),
    Exit: ("exit", '"on", id', "exit"),
    Touch: ("touch", '"on", id', "touch"),
    Measurement: ("measurement", "as_of, id", "measurement"),
    Pulse: ("pulse", '"on", rowid', "pulse"),
    Objective: ("objective", "title, id", "objective"),
    Placement: ("placement", '"on", rowid', "placement"),
    Reading: ("reading", "as_of, id", "reading"),
}


def records_of(record: type[R]) -> Shelf[R]:
    """The shelf of a record class."""
    table, order, one = _SHELVES[record]
    return Shelf(table, codec(record), order, one)


class Records(Generic[R]):
    """The records of one class in a book."""

    def __init__(self, book: "Book", shelf: Shelf[R]) -> None:
        self._book = book
        self._shelf = shelf

    def add(self, record: R, label: str = "") -> R:
        """Keep `record` (a new id is given where its id is empty) and return what was kept."""
        kept = record if record.id else _with_id(record)
        with self._book.change(label or f"Add a {self._shelf.one}"):
            self.insert([kept])
        return kept

    def insert(self, records: Iterable[R], snapshot_id: str | None = None) -> None:
        """Keep many records inside an open change; `snapshot_id` names the import they came by."""
        shelf = self._shelf
        with_batch = shelf.table not in ("pulse", "objective", "placement")
        columns = [*shelf.codec.columns, *(["snapshot_id"] if with_batch else [])]
        names = ", ".join(f'"{c}"' for c in columns)
        marks = ", ".join("?" * len(columns))
        tail: tuple[Cell, ...] = (snapshot_id,) if with_batch else ()
        self._book.connection.executemany(
            f"insert into {shelf.table} ({names}) values ({marks})",
            ((*shelf.codec.encode(r), *tail) for r in records),
        )

    def update(self, record_id: str, *, label: str = "", **fields: object) -> None:
        """Set `fields` of one record; raises UserError when it is not there."""
        columns: dict[str, Cell] = {}
        for name, value in fields.items():
            columns |= self._shelf.codec.encode_field(name, value)
        sets = ", ".join(f'"{c}" = ?' for c in columns)
        with self._book.change(label or f"Change a {self._shelf.one}"):
            cursor = self._book.connection.execute(
                f"update {self._shelf.table} set {sets} where id = ?",
                (*columns.values(), record_id),
            )
            if cursor.rowcount == 0:
                raise UserError(
                    f"That {self._shelf.one} is no longer in the book. Refresh the page."
                )

    def remove(self, record_id: str, *, label: str = "") -> None:
        """Delete one record (undo brings it back)."""
        with self._book.change(label or f"Remove a {self._shelf.one}"):
            self._book.connection.execute(
                f"delete from {self._shelf.table} where id = ?", (record_id,)
            )

    def get(self, record_id: str) -> R:
        """The record with that id; raises UserError when it is not there."""
        found = self._where("id = ?", (record_id,))
        if not found:
            raise UserError(f"That {self._shelf.one} is no longer in the book. Refresh the page.")
        return found[0]

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

    def _where(self, condition: str, values: tuple[Cell, ...]) -> list[R]:
        shelf = self._shelf
        rows = self._book.connection.execute(
            f"select {shelf.codec.select} from {shelf.table} where {condition} "
            f"order by {shelf.order}",
            values,
        )
        decode = shelf.codec.decode
        return [decode(row) for row in rows]


class Touches:
    """The touch log: touches with the people who took part."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._rows = Records(book, records_of(Touch))

    def add(self, touch: Touch, label: str = "") -> Touch:
        """Keep a touch with its people and return what was kept."""
        kept = touch if touch.id else replace(touch, id=new_id())
        with self._book.change(label or "Log a touch"):
            self.insert([kept])
        return kept

    def insert(self, touches: Iterable[Touch], snapshot_id: str | None = None) -> None:
        """Keep many touches inside an open change."""
        many = list(touches)
        self._rows.insert(many, snapshot_id)
        self._book.connection.executemany(
            "insert into touch_person (id, touch_id, person_id, snapshot_id) values (?, ?, ?, ?)",
            (
                (derived_id(t.id, p), t.id, p, snapshot_id)
                for t in many
                for p in dict.fromkeys(t.person_ids)
            ),
        )

    def update(self, touch_id: str, *, label: str = "", **fields: object) -> None:
        """Set `fields` of one touch (not its people)."""
        self._rows.update(touch_id, label=label or "Change a touch", **fields)

    def remove(self, touch_id: str, *, label: str = "") -> None:
        """Delete one touch (undo brings it back)."""
        self._rows.remove(touch_id, label=label or "Remove a touch")

    def of(self, account_id: str) -> tuple[Touch, ...]:
        """The touches of one account, oldest first."""
        return tuple(self.grouped([account_id]).get(account_id, ()))

    def grouped(self, account_ids: Sequence[str] | None = None) -> dict[str, list[Touch]]:
        """The touches of many accounts (all when None), by account id."""
        found = self._rows.grouped(account_ids)
        people: dict[str, list[str]] = defaultdict(list)
        only = ""
        values: tuple[Cell, ...] = ()
        if account_ids is not None:
            marks = ", ".join("?" * len(account_ids))
            only = f"where t.account_id in ({marks})"
            values = tuple(account_ids)
        for touch_id, person_id in self._book.connection.execute(
            "select p.touch_id, p.person_id from touch_person p join touch t on t.id = p.touch_id "
            f"{only} order by p.rowid",
            values,
        ):
            people[touch_id].append(person_id)
        if not people:
            return found
        return {
            account: [replace(t, person_ids=tuple(people.get(t.id, ()))) for t in touches]
            for account, touches in found.items()
        }


def _with_id(record: R) -> R:
    return replace(record, id=new_id())  # type: ignore[type-var]
