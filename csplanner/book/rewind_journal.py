"""Rows as they would be without the later changes, told by the images of the journal."""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

from csplanner.book.lines import together
from csplanner.book.rows import Cell

Row = tuple[str, str]
"""A table and a row's id."""

Cells = dict[str, Cell]

_BY_NAMED = frozenset({"person", "touch_person"})
_PARTS = """select p.id from touch_person p join touch t on t.id = p.touch_id
    where t."on" <= :day"""
_NAMED = """select p.person_id from touch_person p join touch t on t.id = p.touch_id
    where t."on" <= :day union select from_person_id from tie where as_of <= :day
    union select to_person_id from tie where as_of <= :day"""


@dataclass(slots=True)
class _Tale:
    """One row, write after write: what it would hold had the later ones not been made."""

    groups: list[tuple[str, ...]]
    known: bool = False
    value: Cells | None = None
    """None while there is no such row."""
    _last: Cells | None = field(default=None)
    _is_told: bool = False

    def write(self, before: Cells | None, after: Cells | None, *, counts: bool) -> None:
        """One write in the order they were made; one that does not count was later or undone."""
        if not self._is_told:
            self.value = None if before is None else dict(before)
        elif before is not None and self._last is not None and before != self._last:
            # Something wrote here that is no longer known: it stands.
            self._take(self._last, before)
        self.known = self._is_told = True
        self._last = after
        if not counts:
            return
        if after is None or before is None:
            self.value = None if after is None else dict(after)
        else:
            self._take(before, after)

    def turned(self, after: Cells | None) -> None:
        """A step that only took another one back."""
        if self._is_told:
            self._last = after

    def _take(self, before: Cells, after: Cells) -> None:
        if self.value is None:
            self.value = dict(after)
            return
        for group in self.groups:
            if any(before.get(name) != after.get(name) for name in group):
                self.value.update({name: after[name] for name in group if name in after})


def back_by_journal(
    db: sqlite3.Connection, names: tuple[str, ...], dated: Mapping[str, str], day: date
) -> set[Row]:
    """Turn back every row that a change of `temp.late` wrote, as far as images are kept; returns
    the rows of which all are. A row of a table in `dated` is there from the day it says, whenever
    it was written; so is who took part in a touch, and whom a touch or a line names.
    """
    moved: set[Row] = set()
    gaps = _gaps(db)
    named = {row_id for (row_id,) in db.execute(_NAMED, {"day": day.isoformat()})}
    named |= {row_id for (row_id,) in db.execute(_PARTS, {"day": day.isoformat()})}
    for table in names:
        columns = tuple(row[1] for row in db.execute(f"pragma table_info({table})"))
        groups = together(columns)
        own_day = dated.get(table, "")
        for row_id, writes in _writes(db, table):
            tale = _Tale(groups)
            for before, after, is_turn, counts in writes:
                if is_turn:
                    tale.turned(after)
                    continue
                said = after.get(own_day) if after is not None and before is None else None
                was_there = said is not None and str(said) <= day.isoformat()
                was_there |= table in _BY_NAMED and before is None and row_id in named
                tale.write(before, after, counts=counts == 1 or (counts == 2 and was_there))
            if tale.known:
                _put(db, table, columns, row_id, tale.value)
                moved.add((table, row_id))
    return moved - gaps


def _gaps(db: sqlite3.Connection) -> set[Row]:
    """Rows that a late change wrote of which no image is kept."""
    found = db.execute(
        "select tbl, row_id from change_row where row_id is not null and before is null "
        "and after is null and change_id in (select id from temp.late)"
    )
    return set(found.fetchall())


_LINE = tuple[Cells | None, Cells | None, bool, int]


def _writes(db: sqlite3.Connection, table: str) -> Iterator[tuple[str, Iterable[_LINE]]]:
    """Per row that a late change wrote, its writes: 1 counts, 2 is in force but late, 0 neither;
    the rows in the order they were first written, in which those of one day tell what came last.
    """
    found = db.execute(
        "select r.row_id, r.before, r.after, c.kind = 'undo', "
        "iif(c.state <> 'done', 0, iif(c.id in (select id from temp.late), 2, 1)), r.id "
        "from change_row r join change c on c.id = r.change_id where r.tbl = ?1 "
        "and c.state in ('done', 'reverted') and (r.before is not null or r.after is not null) "
        "and r.row_id in (select row_id from change_row where tbl = ?1 and row_id is not null "
        "and change_id in (select id from temp.late)) order by r.row_id, c.id, r.id",
        (table,),
    ).fetchall()
    rows = [(row_id, list(lines)) for row_id, lines in groupby(found, key=lambda line: line[0])]
    for row_id, lines in sorted(rows, key=lambda row: int(row[1][0][-1])):
        yield (
            row_id,
            [(_cells(b), _cells(a), bool(turn), counts) for _, b, a, turn, counts, _ in lines],
        )


def _cells(image: str | None) -> Cells | None:
    return json.loads(image) if image is not None else None


def _put(
    db: sqlite3.Connection, table: str, columns: tuple[str, ...], row_id: str, value: Cells | None
) -> None:
    if value is None:
        db.execute(f"delete from {table} where id = ?", (row_id,))
        return
    names = [name for name in columns if name in value]
    cells = [value[name] for name in names]
    sets = ", ".join(f'"{name}" = ?' for name in names)
    done = db.execute(f"update {table} set {sets} where id = ?", (*cells, row_id))
    if done.rowcount == 0:
        listed = ", ".join(f'"{name}"' for name in names)
        marks = ", ".join("?" * len(names))
        db.execute(f"insert or ignore into {table} ({listed}) values ({marks})", cells)
