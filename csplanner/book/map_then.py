"""What a relationship map of a past day needs and the book no longer holds, told by the journal."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from csplanner.book.rows import Cell, codec
from csplanner.domain.evidence import EvidenceKind, FieldChange
from csplanner.domain.map_record import MapPlace
from csplanner.domain.person import Person, Seat
from csplanner.domain.tie import Tie

if TYPE_CHECKING:
    from csplanner.book.book import Book

_WRITES = """select r.tbl, r.row_id, r.before, r.after, c.id from change_row r
    join change c on c.id = r.change_id where r.account_id = ? and r.row_id is not null
    and r.tbl in ('person', 'seat', 'tie', 'map_place') and c.kind = 'edit' and c.state = 'done'
    and substr(c.at, 1, 10) > ? and (r.before is not null or r.after is not null)
    order by c.id, r.id"""
"""What you wrote after a day and did not take back; images that are no longer kept tell nothing."""
_HISTORY = """select before from change_row where change_id = ? and tbl = 'field_history'
    and before is not null and after is null order by id"""
_RECORDS: Mapping[str, Any] = {"person": Person, "seat": Seat, "tie": Tie, "map_place": MapPlace}

Image = Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Before:
    """The rows of an account that you wrote after a day, as they stood at its end, by table."""

    was: Mapping[str, Mapping[str, Any]]
    """The records by id; None for a row that was not there yet."""
    removed: Mapping[str, Mapping[str, int]]
    """Those that are no longer there, and the change that removed each."""

    def gone(self, table: str) -> tuple[Any, ...]:
        """The records that were there on the day and were removed since."""
        found = (self.was[table][row_id] for row_id in sorted(self.removed[table]))
        return tuple(record for record in found if record is not None)

    def person(self, now: Person) -> Person:
        """Somebody as they were called and where they worked, of which no history is kept."""
        was: Person | None = self.was["person"].get(now.id)
        if was is None:
            return now
        return replace(
            now, name=was.name, department=was.department, function=was.function,
            outside=was.outside, company=was.company,
        )  # fmt: skip

    def ties(self, now: Iterable[Tie], day: date) -> tuple[Tie, ...]:
        """The lines there were, as they were, and those that you drew later of an older day."""
        was = self.was["tie"]
        then = (
            t if t.id not in was or (t.as_of is not None and t.as_of <= day) else was[t.id]
            for t in (*now, *self.gone("tie"))
        )
        return tuple(t for t in then if t is not None and (t.as_of is None or t.as_of <= day))

    def told(self, db: sqlite3.Connection, day: date) -> dict[tuple[str, str], FieldChange]:
        """The newest entry up to the day of each judged field of seats that were removed since."""
        entries = []
        for seat_id, change in self.removed["seat"].items():
            for (image,) in db.execute(_HISTORY, (change,)):
                entry = json.loads(image)
                if entry["row_id"] == seat_id and entry["as_of"] <= day.isoformat():
                    entries.append(entry)
        return {
            (e["row_id"], e["field"]): FieldChange(
                e["field"], e["was"], e["became"], date.fromisoformat(e["as_of"]), e["source"],
                e.get("said_by", ""), EvidenceKind(e.get("evidence", "")), e.get("note", ""),
            )
            for e in sorted(entries, key=lambda e: str(e["as_of"]))
        }  # fmt: skip

    def places(self, now: Iterable[MapPlace]) -> tuple[MapPlace, ...]:
        """Where cards stood on the map of everybody, of `now` those that nobody touched since."""
        was = self.was["map_place"]
        kept = tuple(p for p in now if p.id not in was)
        then = (p for p in was.values() if p is not None and p.map_id is None)
        return (*kept, *then)


def before_later(book: "Book", account_id: str, day: date) -> Before:
    """What stood at the end of the day where you wrote something later.

    Of who was erased nothing is told: the journal holds nothing of them.
    """
    was: dict[str, dict[str, Any]] = {table: {} for table in _RECORDS}
    removed: dict[str, dict[str, int]] = {table: {} for table in _RECORDS}
    rows = book.connection.execute(_WRITES, (account_id, day.isoformat()))
    for table, row_id, before, after, change in rows:
        was[table].setdefault(row_id, _record(table, before))
        removed[table].pop(row_id, None)
        if after is None:
            removed[table][row_id] = change
    return Before(was, removed)


def _record(table: str, image: str | None) -> object:
    if image is None:
        return None
    cells: Image = json.loads(image)
    kept = codec(_RECORDS[table])
    # An image of an earlier schema lacks columns: such a row tells nothing.
    if not set(kept.columns) <= cells.keys():
        return None
    return kept.decode([cells[column] for column in kept.columns])
