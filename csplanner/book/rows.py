"""Rows ↔ records: one codec per record class, read off its fields once."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from operator import itemgetter
from types import NoneType, UnionType
from typing import (
    Any,
    Generic,
    NamedTuple,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

from csplanner.domain.money import Money
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, Fact, State
from csplanner.errors import UserError

R = TypeVar("R")
Cell = str | int | None
_Read = Callable[[Any], Any]
_Gather = Callable[[Sequence[Cell]], Any]
_Write = Callable[[Any], tuple[Cell, ...]]

# Stored elsewhere than in a column of the record's own table.
_ELSEWHERE = {"Touch": {"person_ids"}}


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a record is stored: its columns, and both directions."""

    name: str
    columns: tuple[str, ...]
    write: _Write
    read: _Read | None = None
    """Of the one cell; None where that is the value as it stands."""
    gather: _Gather | None = None
    """Of several cells."""
    optional: bool = False
    """Whether an empty cell is no value."""


@dataclass(frozen=True, slots=True)
class Codec(Generic[R]):
    """Reads and writes records of one class from and to the columns of one table."""

    record: type[R]
    fields: tuple[Field, ...]
    columns: tuple[str, ...]
    """Column names in storage order."""
    select: str
    """The quoted column list of a select that `decode` understands."""
    plan: "_Plan"

    def decode(self, row: Sequence[Cell]) -> R:
        """The record stored in `row`, whose cells follow `columns`.

        Raises UserError for a cell that no csplanner writes, such as a date that is none.
        """
        return self.decode_all((row,))[0]

    def decode_all(self, rows: Iterable[Sequence[Cell]]) -> list[R]:
        """The records stored in many rows, as `decode` reads one."""
        record, (always, known, gathered, pick) = self.record, self.plan
        found = []
        try:
            for row in rows:
                values: list[Any] = list(row)
                for at, read in always:
                    values[at] = read(values[at])
                for at, read in known:
                    cell = values[at]
                    if cell is not None:
                        values[at] = read(cell)
                for at, gather, end in gathered:
                    values[at] = gather(values[at:end])
                found.append(record(*pick(values)))
        except ValueError:
            name = record.__name__.lower()
            article = "an" if name[0] in "aeio" else "a"
            raise UserError(
                f"The book holds {article} {name} with a value that cannot be "
                "read. Run csplanner check, or restore the newest backup."
            ) from None
        return found

    def encode(self, record: R) -> tuple[Cell, ...]:
        """The cells of `record`, following `columns`."""
        return tuple(cell for f in self.fields for cell in f.write(getattr(record, f.name)))

    def encode_field(self, name: str, value: object) -> dict[str, Cell]:
        """The columns that hold field `name`, with `value` in them; KeyError for no such field."""
        for field in self.fields:
            if field.name == name:
                return dict(zip(field.columns, field.write(value), strict=True))
        raise KeyError(name)


@cache
def codec(record: type[R]) -> Codec[R]:
    """The codec of a frozen record class whose fields come first in the order of its columns."""
    hints = get_type_hints(record)
    skip = _ELSEWHERE.get(record.__name__, set())
    made = tuple(_field(f.name, hints[f.name]) for f in fields(record) if f.name not in skip)  # type: ignore[arg-type]
    columns = tuple(c for f in made for c in f.columns)
    return Codec(record, made, columns, ", ".join(f'"{c}"' for c in columns), _plan(made))


class _Plan(NamedTuple):
    """What turns the cells of a row into the values of a record, place by place."""

    always: tuple[tuple[int, _Read], ...]
    known: tuple[tuple[int, _Read], ...]
    """Only where the cell is not empty."""
    gathered: tuple[tuple[int, _Gather, int], ...]
    """From that place up to the last one, into the first."""
    pick: Callable[[list[Any]], tuple[Any, ...]]
    """The places that hold a value in the end."""


def _plan(made: Sequence[Field]) -> _Plan:
    always: list[tuple[int, _Read]] = []
    known: list[tuple[int, _Read]] = []
    gathered, places = [], []
    at = 0
    for field in made:
        places.append(at)
        end = at + len(field.columns)
        if field.gather is not None:
            gathered.append((at, field.gather, end))
        elif field.read is not None:
            (known if field.optional else always).append((at, field.read))
        at = end
    pick = itemgetter(*places) if len(places) > 1 else tuple
    return _Plan(tuple(always), tuple(known), tuple(gathered), pick)


def _field(name: str, hint: Any) -> Field:
    if get_origin(hint) is Fact:
        return _fact_field(name, get_args(hint)[0])
    kind, optional = _unwrap(hint)
    read, write = _scalar(kind)
    if optional:
        return Field(
            name, (name,), lambda v: (None if v is None else write(v),), read, optional=True
        )
    return Field(name, (name,), lambda v: (write(v),), read)


def _unwrap(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (UnionType, Union):
        inner = [a for a in get_args(hint) if a is not NoneType]
        return _supertype(inner[0]), True
    return _supertype(hint), False


def _supertype(hint: Any) -> Any:
    return getattr(hint, "__supertype__", hint)


def _scalar(kind: Any) -> tuple[_Read | None, Callable[[Any], Cell]]:
    if get_origin(kind) is tuple:
        return _listed(get_args(kind)[0])
    if get_origin(kind) is dict:
        return json.loads, lambda v: json.dumps(v, ensure_ascii=False, sort_keys=True)
    if issubclass(kind, Enum):
        return _member(kind), lambda v: v.value
    if kind is bool:
        return bool, int
    if kind is datetime:
        return datetime.fromisoformat, lambda v: v.isoformat()
    if kind is date:
        return date.fromisoformat, lambda v: v.isoformat()
    return None, (lambda v: v)


def _member(kind: type[Enum]) -> _Read:
    """The member of a value, found faster than the class itself finds it."""
    members = {member.value: member for member in kind}

    def read(cell: Cell) -> Enum:
        found = members.get(cell)
        return kind(cell) if found is None else found

    return read


def _listed(item: Any) -> tuple[_Read, Callable[[Any], Cell]]:
    """Several values as a JSON list: texts and numbers, or records as lists of their cells."""
    if not (isinstance(item, type) and is_dataclass(item)):
        return _texts, (lambda v: json.dumps(list(v), ensure_ascii=False))
    of_item = codec(item)
    return (
        lambda c: tuple(of_item.decode(cells) for cells in json.loads(c)),
        lambda v: json.dumps([of_item.encode(one) for one in v], ensure_ascii=False),
    )


def _texts(cell: str) -> tuple[Any, ...]:
    return () if cell == "[]" else tuple(json.loads(cell))


def _fact_field(name: str, kind: Any) -> Field:
    state = f"{name}_state"
    if kind is Money:
        columns = (name, f"{name}_currency", state)
        return Field(name, columns, _write_money, gather=_read_money)
    read, write = _scalar(_supertype(kind))

    def read_fact(cells: Sequence[Cell]) -> Fact[Any]:
        value = cells[0]
        if value is None:
            return _without_value(cells[1])
        return Fact(value if read is None else read(value))

    def write_fact(value: Fact[Any]) -> tuple[Cell, ...]:
        return (write(value.value) if value.value is not None else None, value.state.value)

    return Field(name, (name, state), write_fact, gather=read_fact)


def _read_money(cells: Sequence[Cell]) -> Fact[Money]:
    if cells[0] is None:
        return _without_value(cells[2])
    return Fact(Money(int(cells[0]), str(cells[1])))


def _write_money(value: Fact[Money]) -> tuple[Cell, ...]:
    if value.value is None:
        return (None, None, value.state.value)
    return (value.value.minor, value.value.currency, value.state.value)


def _without_value(state: Cell) -> Fact[Any]:
    return NOT_APPLICABLE if state == State.NOT_APPLICABLE.value else UNKNOWN
