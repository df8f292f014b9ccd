"""Rows ↔ records: one codec per record class, read off its fields once."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin, get_type_hints

from csplanner.domain.money import Money
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, Fact, State
from csplanner.errors import UserError

R = TypeVar("R")
Cell = str | int | None
_Read = Callable[[Sequence[Cell]], Any]
_Write = Callable[[Any], tuple[Cell, ...]]

# Stored elsewhere than in a column of the record's own table.
_ELSEWHERE = {"Touch": {"person_ids"}}


@dataclass(frozen=True, slots=True)
class Field:
    """How one field of a record is stored: its columns, and both directions."""

    name: str
    columns: tuple[str, ...]
    read: _Read
    write: _Write


@dataclass(frozen=True, slots=True)
class Codec(Generic[R]):
    """Reads and writes records of one class from and to the columns of one table."""

    record: type[R]
    fields: tuple[Field, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names in storage order."""
        return tuple(c for f in self.fields for c in f.columns)

    @property
    def select(self) -> str:
        """The quoted column list of a select that `decode` understands."""
        return ", ".join(f'"{c}"' for c in self.columns)

    def decode(self, row: Sequence[Cell]) -> R:
        """The record stored in `row`, whose cells follow `columns`.

        Raises UserError for a cell that no csplanner writes, such as a date that is none.
        """
        values = []
        at = 0
        try:
            for field in self.fields:
                end = at + len(field.columns)
                values.append(field.read(row[at:end]))
                at = end
            return self.record(*values)
        except ValueError:
            name = self.record.__name__.lower()
            article = "an" if name[0] in "aeio" else "a"
            raise UserError(
                f"The book holds {article} {name} with a value that cannot be "
                "read. Run csplanner check, or restore the newest backup."
            ) from None

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
    made = [_field(f.name, hints[f.name]) for f in fields(record) if f.name not in skip]  # type: ignore[arg-type]
    return Codec(record, tuple(made))


def _field(name: str, hint: Any) -> Field:
    if get_origin(hint) is Fact:
        return _fact_field(name, get_args(hint)[0])
    kind, optional = _unwrap(hint)
    read, write = _scalar(kind)
    if optional:
        return Field(
            name,
            (name,),
            lambda c: None if c[0] is None else read(c[0]),
            lambda v: (None if v is None else write(v),),
        )
    return Field(name, (name,), lambda c: read(c[0]), lambda v: (write(v),))


def _unwrap(hint: Any) -> tuple[Any, bool]:
    if get_origin(hint) in (UnionType, Union):
        inner = [a for a in get_args(hint) if a is not NoneType]
        return _supertype(inner[0]), True
    return _supertype(hint), False


def _supertype(hint: Any) -> Any:
    return getattr(hint, "__supertype__", hint)


def _scalar(kind: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Cell]]:
    if get_origin(kind) is tuple:
        return _listed(get_args(kind)[0])
    if get_origin(kind) is dict:
        return json.loads, lambda v: json.dumps(v, ensure_ascii=False, sort_keys=True)
    if issubclass(kind, Enum):
        return kind, lambda v: v.value
    if kind is bool:
        return bool, int
    if kind is datetime:
        return datetime.fromisoformat, lambda v: v.isoformat()
    if kind is date:
        return date.fromisoformat, lambda v: v.isoformat()
    return (lambda c: c), (lambda v: v)


def _listed(item: Any) -> tuple[Callable[[Any], Any], Callable[[Any], Cell]]:
    """Several values as a JSON list: texts and numbers, or records as lists of their cells."""
    if not (isinstance(item, type) and is_dataclass(item)):
        return (lambda c: tuple(json.loads(c))), (lambda v: json.dumps(list(v), ensure_ascii=False))
    of_item = codec(item)
    return (
        lambda c: tuple(of_item.decode(cells) for cells in json.loads(c)),
        lambda v: json.dumps([of_item.encode(one) for one in v], ensure_ascii=False),
    )


def _fact_field(name: str, kind: Any) -> Field:
    state = f"{name}_state"
    if kind is Money:
        return Field(name, (name, f"{name}_currency", state), _read_money, _write_money)
    read, write = _scalar(_supertype(kind))

    def read_fact(cells: Sequence[Cell]) -> Fact[Any]:
        return Fact(read(cells[0])) if cells[0] is not None else _without_value(cells[1])

    def write_fact(value: Fact[Any]) -> tuple[Cell, ...]:
        return (write(value.value) if value.value is not None else None, value.state.value)

    return Field(name, (name, state), read_fact, write_fact)


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
