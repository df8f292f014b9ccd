"""One change in words: which rows it touched, and each field before and after."""

import json
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from csplanner.book import history
from csplanner.book.history import Change
from csplanner.book.history_names import Names
from csplanner.book.history_words import (
    FLAGS,
    Cells,
    column_word,
    is_shown,
    setting_word,
    table_word,
)
from csplanner.book.row_links import BOOKKEEPING
from csplanner.book.schema import JOURNALLED
from csplanner.book.snapshots import counts_of
from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.wording import count_text, number_text
from csplanner.errors import UserError
from csplanner.language import noted, tr

PAGE = 50
_ASIDE = BOOKKEEPING
"""Tables whose rows only accompany others: they are not told."""


_DONE_TO = {
    "added": noted("{0} added"),
    "changed": noted("{0} changed"),
    "removed": noted("{0} removed"),
}


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field in words; `before` is None in a row that was added, `after` in one removed."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RowChange:
    """What happened to one row: it was `added`, `changed` or `removed`."""

    what: str
    table: str
    title: str
    account_id: str | None
    account: str
    fields: tuple[FieldChange, ...]
    known: bool = True
    """False when what stood in the row is no longer kept."""


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of a table a change added, changed or removed."""

    table: str
    what: str
    count: int

    @property
    def words(self) -> str:
        """`12 people added`."""
        count = f"{number_text(self.count)} {table_word(self.table, self.count)}"
        return tr(_DONE_TO[self.what]).format(count)


@dataclass(frozen=True, slots=True)
class ChangeDetails:
    """A change with its counts and one page of its rows; `total` counts all of them."""

    change: Change
    counts: tuple[TableCount, ...]
    rows: tuple[RowChange, ...]
    total: int
    offset: int = 0


def details(
    db: sqlite3.Connection,
    number: int,
    limit: int = PAGE,
    offset: int = 0,
    *,
    account_id: str | None = None,
) -> ChangeDetails:
    """The change of that number in words, or its part in one account; UserError when none is.

    Rows an import brought are counted without reading them; they come after the changed ones.
    """
    change = history.find(db, number) if 0 < number < 2**63 else None
    if change is None:
        raise UserError(
            tr("There is no change {0}. See the history for its number.").format(number)
        )
    part = _Part(change, account_id)
    images = image_counts(db, change, account_id)
    batches = batch_counts(db, change, account_id)
    rows = [*_image_rows(db, part, limit, offset)]
    at = offset - sum(c.count for c in images)
    for count in batches:
        if len(rows) < limit and at < count.count:
            rows += _batch_rows(db, part, count.table, limit=limit - len(rows), offset=max(0, at))
        at -= count.count
    counts = _merged((*images, *batches))
    return ChangeDetails(change, counts, tuple(rows), sum(c.count for c in counts), offset)


class _Part(NamedTuple):
    """A change, or what it did to one account."""

    change: Change
    account_id: str | None


def image_counts(
    db: sqlite3.Connection, change: Change, account_id: str | None = None
) -> tuple[TableCount, ...]:
    """How many rows the change has images of, in the order of the tables."""
    where, values = _images(_Part(change, account_id))
    found = db.execute(
        f"select tbl, {_WHAT}, count(*) from change_row where {where} group by 1, 2", values
    ).fetchall()
    return tuple(TableCount(*row) for row in sorted(found, key=_place))


def _images(part: _Part) -> tuple[str, tuple[str | int, ...]]:
    """SQL condition and values for the lines that are told."""
    marks = ", ".join("?" * len(_ASIDE))
    where = f"change_id = ? and batch is null and tbl not in ({marks})"
    values: tuple[str | int, ...] = (part.change.id, *sorted(_ASIDE))
    if part.account_id is None:
        return where, values
    return f"{where} and account_id = ?", (*values, part.account_id)


_WHAT = (
    "case when before is null and after is not null then 'added' "
    "when after is null and before is not null then 'removed' else 'changed' end"
)


def _place(row: tuple[str, str, int]) -> tuple[int, str]:
    return JOURNALLED.index(row[0]) if row[0] in JOURNALLED else len(JOURNALLED), row[1]


def batch_counts(
    db: sqlite3.Connection, change: Change, account_id: str | None = None
) -> tuple[TableCount, ...]:
    """How many rows an import brought, as it counted them itself."""
    tables = [
        (name, batch)
        for name, batch in db.execute(
            "select tbl, batch from change_row where change_id = ? and batch is not null",
            (change.id,),
        ).fetchall()
        if name not in _ASIDE
    ]
    if not tables:
        return ()
    told = {} if account_id else _told(db, tables[0][1])
    counts = []
    for name, _batch in sorted(tables, key=lambda pair: _place((*pair, 0))):
        count = told.get(name)
        if count is None:
            where, values = _of_batch(_Part(change, account_id), name)
            found = db.execute(f"select count(*) from {_table(name)} where {where}", values)
            count = found.fetchone()[0]
        counts.append(TableCount(name, "added", count))
    return tuple(c for c in counts if c.count)


def _of_batch(part: _Part, name: str) -> tuple[str, tuple[str | None, ...]]:
    """SQL condition and values for the rows of a table that an import brought."""
    if part.account_id is None:
        return "snapshot_id = ?", (part.change.batch,)
    column = "id" if name == "account" else "account_id"
    return f"snapshot_id = ? and {column} = ?", (part.change.batch, part.account_id)


def _told(db: sqlite3.Connection, batch: str) -> dict[str, int]:
    row = db.execute("select counts from snapshot where id = ?", (batch,)).fetchone()
    if row is None:
        return {}
    counts = counts_of(row[0])
    return {
        shape.table: counts[f"{shape.object} new"]
        for shape in SHAPES.values()
        if f"{shape.object} new" in counts
    }


def _merged(counts: tuple[TableCount, ...]) -> tuple[TableCount, ...]:
    sums: dict[tuple[str, str], int] = {}
    for c in counts:
        sums[c.table, c.what] = sums.get((c.table, c.what), 0) + c.count
    return tuple(TableCount(table, what, n) for (table, what), n in sums.items())


def _table(name: str) -> str:
    """The name of a table of the journal, which may stand in SQL."""
    if name not in JOURNALLED:
        raise UserError("The history names a table that is not of this book. Run a check on it.")
    return name


def _image_rows(
    db: sqlite3.Connection, part: _Part, limit: int, offset: int
) -> Iterator[RowChange]:
    where, values = _images(part)
    names = Names(db)
    for name, row_id, account, before, after in db.execute(
        f"select tbl, row_id, account_id, before, after from change_row where {where} "
        "order by id limit ? offset ?",
        (*values, limit, offset),
    ).fetchall():
        was = json.loads(before) if before else None
        became = json.loads(after) if after else None
        yield row_change(names, (name, row_id, account), was, became)


def _batch_rows(
    db: sqlite3.Connection, part: _Part, name: str, *, limit: int, offset: int
) -> Iterator[RowChange]:
    names = Names(db)
    where, values = _of_batch(part, name)
    found = db.execute(
        f"select * from {_table(name)} where {where} order by rowid limit ? offset ?",
        (*values, limit, offset),
    )
    columns = [c[0] for c in found.description]
    for row in found.fetchall():
        cells = dict(zip(columns, row, strict=True))
        came = _as_it_came(db, part.change, name, cells["id"])
        cells |= {c: v for c, v in came.items() if c in cells}
        account = cells.get("account_id") if name != "account" else cells["id"]
        yield row_change(names, (name, cells["id"], account), None, cells)


def _as_it_came(db: sqlite3.Connection, change: Change, name: str, row_id: str) -> dict[str, Any]:
    """What a row an import brought held then, as far as the first later edit kept it."""
    found = db.execute(
        "select before from change_row where tbl = ? and row_id = ? and change_id >= ? "
        "and before is not null order by id limit 1",
        (name, row_id, change.id),
    ).fetchone()
    return json.loads(found[0]) if found else {}


def row_change(
    names: Names,
    key: tuple[str, str, str | None],
    was: dict[str, Any] | None,
    became: dict[str, Any] | None,
) -> RowChange:
    """What happened to a row, in words; both None when what stood in it is no longer kept."""
    table, row_id, account = key
    cells = became or was or {}
    if was is None and became is not None:
        what, fields = "added", _fields(names, table, None, became)
    elif became is None and was is not None:
        what, fields = "removed", _fields(names, table, was, None)
    else:
        what, fields = "changed", _fields(names, table, was or {}, became or {})
    title = names.title(table, cells) if cells else names.of(table, row_id)
    shown = names.of("account", account) if account and table != "account" else ""
    return RowChange(what, table, title, account, shown, fields, known=bool(cells))


def _fields(
    names: Names, table: str, was: Cells | None, became: Cells | None
) -> tuple[FieldChange, ...]:
    columns = became or was or {}
    found = []
    for column in columns:
        moved = column == "account_id" and was and became and was.get(column) != became[column]
        if not moved and not is_shown(table, column, columns):
            continue
        before = None if was is None else names.value(table, column, was)
        after = None if became is None else names.value(table, column, became)
        if was is not None and became is not None:
            if _same(column, was, became):
                continue
        elif not _is_told(columns, column):
            continue
        found.append(FieldChange(_name(table, column, columns), before, after))
    return tuple(found)


def _name(table: str, column: str, cells: Cells) -> str:
    if table == "setting":
        return setting_word(str(cells.get("id")))
    return column_word(table, column)


def _same(column: str, was: Cells, became: Cells) -> bool:
    return all(
        was.get(c) == became.get(c) for c in (column, f"{column}_state", f"{column}_currency")
    )


def _is_told(cells: Cells, column: str) -> bool:
    """Whether a field of a row that came or went says anything."""
    return cells[column] not in (None, "", "[]", "{}", "unknown") and not (
        cells[column] == 0 and column in FLAGS
    )


def counted(counts: tuple[TableCount, ...]) -> str:
    """`3 records`, or what they are when all are of one kind: `12 people added`."""
    if len(counts) == 1:
        return counts[0].words
    return count_text(sum(c.count for c in counts), "record")
