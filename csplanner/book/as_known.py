"""The file of an account with its fields as they were known on a past day, read without a copy."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from csplanner.book.rewind import days_of
from csplanner.book.rows import Cell, Codec, codec
from csplanner.domain.account_file import AccountFile
from csplanner.domain.person import Person, Seat
from csplanner.domain.tenure import Tenure

if TYPE_CHECKING:
    from csplanner.book.book import Book


class _Kept(Protocol):
    """A record with an id."""

    @property
    def id(self) -> str: ...


R = TypeVar("R", bound=_Kept)

_TABLES = {
    "terms": "term", "people": "person", "seats": "seat", "opportunities": "opportunity",
    "cases": "support_case", "subscriptions": "subscription", "exits": "exit",
    "objectives": "objective",
}  # fmt: skip
"""The lists of a file whose records have a history, and the tables that hold them."""

_LINKS = frozenset({"person_id", "reports_to", "sponsor_of"})


def as_known(book: "Book", file: AccountFile, day: date) -> AccountFile:
    """`file` with every field as its history says it was known at the end of `day`, each seat
    with who held it then, and without records that only later snapshots brought.

    A field without a history stands as it is. Before the first snapshot, records are as that one
    told them. What is dated later is still there: see `csplanner.qbr.then.known_on`.
    """
    known = days_of(book.connection, day).known
    lists: dict[str, Any] = {}
    for name, table in _TABLES.items():
        later = _brought_later(book, table, file.account.id, known)
        kept = [r for r in getattr(file, name) if r.id not in later]
        lists[name] = tuple(one_as_known(book, table, r, day, file.people) for r in kept)
    lists["seats"] = tuple(
        _held_on(seat, book.tenures.of(file.account.id), day) for seat in lists["seats"]
    )
    account = one_as_known(book, "account", file.account, day, file.people)
    return replace(file, account=account, **lists)


def one_as_known(book: "Book", table: str, record: R, day: date, people: tuple[Person, ...]) -> R:
    """One record of a table as it was known on the day; `people` are those of its account."""
    kept: Codec[R] = codec(type(record))
    row_id = record.id
    later = {c.field for c in book.field_history.of(table, row_id) if c.as_of > day}
    if not later:
        return record
    now: dict[str, Cell] = dict(zip(kept.columns, kept.encode(record), strict=True))
    then = book.field_history.at(table, row_id, day)
    links = _LINKS - {"reports_to"} if table == "seat" else _LINKS
    for name in links & later:
        # An import notes whom a link means by name; who cannot be told from it stays.
        said = then.get(name)
        then[name] = None if said is None else _who(said, people) or now[name]
    return kept.decode([then.get(column, now[column]) for column in kept.columns])


def _who(said: Cell, people: tuple[Person, ...]) -> str | None:
    """The person an entry names, by id or by a name that only one of them has."""
    named = [p.id for p in people if p.id == said] or [p.id for p in people if p.name == said]
    return named[0] if len(named) == 1 else None


def _held_on(seat: Seat, tenures: tuple[Tenure, ...], day: date) -> Seat:
    """The seat with who held it on the day, where a tenure tells of it."""
    for held in tenures:
        is_by = held.since is None or held.since <= day
        if held.seat_id == seat.id and is_by and held.until is not None and day < held.until:
            return replace(seat, person_id=held.person_id, since=held.since)
    return seat


def brought_later(book: "Book", table: str, account_id: str, day: date) -> frozenset[str]:
    """Records of the account that only came with a snapshot after the day; before the first one,
    with a later one than that.
    """
    return _brought_later(book, table, account_id, days_of(book.connection, day).known)


def _brought_later(book: "Book", table: str, account_id: str, known: date) -> frozenset[str]:
    """Records of the account that came with a snapshot after `known` and that no earlier one
    speaks of.
    """
    if table == "objective":
        return frozenset()
    found = book.connection.execute(
        f"select id from {table} r where account_id = :account and snapshot_id in "
        "(select id from snapshot where as_of > :known) and not exists (select 1 from "
        "field_history h join snapshot s on s.id = h.snapshot_id where h.tbl = :table "
        "and h.row_id = r.id and s.as_of <= :known)",
        {"account": account_id, "known": known.isoformat(), "table": table},
    )
    return frozenset(row_id for (row_id,) in found)
