"""Reading a compared staging file page by page, and writing decisions into it."""

import json
import sqlite3
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Self

from csplanner.book.connection import connect
from csplanner.book.snapshots import cells_of
from csplanner.book.staged_refused import StagedRefusals, is_new, prepare, refused_of
from csplanner.book.staging_answers import DECIDED, StagedAnswers
from csplanner.book.staging_shapes import SHAPES
from csplanner.domain.snapshot import Quarantined

__all__ = ["DECIDED", "FieldChange", "NewRecord", "StagedPages"]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field that differs: what the book has, what the file says, and what will happen."""

    id: int
    object: str
    row_id: str
    account_id: str
    account: str
    title: str
    field: str
    label: str
    kind: str
    """date, money (minor units and currency), flag, person, thousandths or text."""
    was: str | None
    becomes: str | None
    whose: str
    """csm when you set the value in the book, else book."""
    since: str | None
    take: bool
    reason: str
    file: str
    how: str = ""
    """gone (deleted in the CRM), absent (from complete files), cleared (an empty cell),
    reopened (it follows from the state the file states), moved (somebody who belongs to another
    account now), figure (a newer one of a measure; both are kept, each with its day), empty (a
    figure that file after file leaves out; taken, it is unknown from that day on), or nothing for
    a stated value.
    """
    day_before: str = ""
    """The day (ISO) of the figure before."""
    day: str = ""
    """The day of the newer figure."""
    times: int = 0
    """How many files in a row left it empty, this one included."""
    kept_on: str = ""
    """The day (ISO) you refused this very value of this source before."""

    @property
    def is_conflict(self) -> bool:
        """You set the value the file wants to change."""
        return self.whose == "csm"


@dataclass(frozen=True, slots=True)
class NewRecord:
    """A record the book does not have yet."""

    object: str
    row_id: str
    account_id: str
    title: str
    file: str
    row: int
    take: bool = True
    """False: refused, it stays out."""


class StagedPages(StagedAnswers, StagedRefusals):
    """What a staged and compared snapshot would do, read in pages. Close it when done."""

    def __init__(self, path: Path) -> None:
        self._db = connect(path, guarded=False)
        for pragma in ("journal_mode = off", "synchronous = off"):
            self._db.execute(f"pragma {pragma}")
        prepare(self._db)

    @property
    def connection(self) -> sqlite3.Connection:
        """The open staging file."""
        return self._db

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the staging file."""
        self._db.close()

    def facts(self) -> dict[str, Any]:
        """The facts kept about the snapshot."""
        return {n: json.loads(v) for n, v in self._db.execute("select name, value from fact")}

    def notes(self) -> tuple[str, ...]:
        """Sentences about what was decided while settling."""
        return tuple(t for (t,) in self._db.execute("select text from note order by id"))

    def counts(self) -> dict[str, dict[str, int]]:
        """Per object how many are `new`, `changed`, `same`, and for accounts `absent`."""
        found: dict[str, dict[str, int]] = {}
        for object_, what, n in self._db.execute("select object, what, n from d_count"):
            found.setdefault(object_, {})[what] = n
        return found

    def fields(
        self, *, offset: int = 0, limit: int = 200, conflicts: bool | None = None, label: str = ""
    ) -> list[FieldChange]:
        """Changed fields grouped by account; only conflicts (or none of them), one label."""
        where, values = _only(conflicts, label)
        rows = self._db.execute(
            "select id, object, row_id, account_id, account, title, field, label, kind, was, "
            "becomes, whose, since, take, reason, file, how, day_before, day, times, kept_on "
            f"from d_field {where} "
            "order by account, account_id, object, row_id, id limit ? offset ?",
            (*values, limit, offset),
        )
        named = (dict(zip(_FIELD_NAMES, row, strict=True)) for row in rows)
        return [FieldChange(**{**values, "take": bool(values["take"])}) for values in named]

    def accounts(
        self, *, conflicts: bool | None = None, label: str = ""
    ) -> list[tuple[str, str, int]]:
        """Accounts (id, name) and how many fields of each differ, in the order of `fields`."""
        where, values = _only(conflicts, label)
        return self._db.execute(
            f"select account_id, account, count(*) from d_field {where} "
            "group by account, account_id order by account, account_id",
            values,
        ).fetchall()

    def new_arr(self) -> list[tuple[str, int]]:
        """ARR recorded for new accounts that are not refused: minor units by currency."""
        return self._db.execute(
            "select arr_currency, sum(arr) from s_account where arr is not null "
            "and id not in (select id from k_account) and id not in (select id from d_refused "
            "where object = 'account') group by arr_currency order by 1"
        ).fetchall()

    def taken_arr(self) -> list[tuple[str | None, str | None]]:
        """What accounts' ARR was and becomes where it will be taken: minor units and currency."""
        return self._db.execute(
            "select was, becomes from d_field where object = 'account' and field = 'arr' "
            "and take = 1"
        ).fetchall()

    def field_count(self, *, conflicts: bool | None = None, taken: bool | None = None) -> int:
        """How many fields differ; how many of them are conflicts or will be taken."""
        where, values = _only(conflicts, "")
        if taken is not None:
            where += (" and" if where else " where") + f" take = {int(taken)}"
        return int(self._db.execute(f"select count(*) from d_field {where}", values).fetchone()[0])

    def labels(self) -> list[tuple[str, int]]:
        """Fields that differ by name with their count, most frequent first."""
        return self._db.execute(
            "select label, count(*) from d_field group by label order by 2 desc, 1"
        ).fetchall()

    def changed_accounts(self) -> int:
        """How many accounts have a field that differs."""
        found = self._db.execute("select count(distinct account_id) from d_field").fetchone()
        return int(found[0])

    def new(self, object_: str, *, offset: int = 0, limit: int = 200) -> list[NewRecord]:
        """Records of an object that the book does not have yet."""
        shape = SHAPES[object_]
        account = "s.id" if object_ == "account" else "s.account_id"
        rows = self._db.execute(
            f"select s.id, {account}, coalesce({shape.title}, ''), coalesce(s.file, ''), "
            f's."row", f.id is null from {shape.staging} s {refused_of(object_)} '
            f"where {is_new(object_)} order by s.n limit ? offset ?",
            (limit, offset),
        )
        return [NewRecord(*(object_, *row[:5], bool(row[5]))) for row in rows]

    def missing(self, *, offset: int = 0, limit: int = 200) -> list[tuple[str, str]]:
        """Accounts (id, name) that will be marked as missing."""
        return self._db.execute(
            "select account_id, account from d_missing order by account limit ? offset ?",
            (limit, offset),
        ).fetchall()

    def missing_count(self) -> int:
        """How many accounts will be marked as missing."""
        return int(self._db.execute("select count(*) from d_missing").fetchone()[0])

    def quarantined(self, *, offset: int = 0, limit: int = 200) -> list[Quarantined]:
        """Cells and rows that are not taken in, each with its reason."""
        rows = self._db.execute(
            'select file, "row", "column", value, reason, cells from quarantine '
            'order by file, "row", id limit ? offset ?',
            (limit, offset),
        )
        return [
            Quarantined(file, row, column, value, reason, cells_of(cells))
            for file, row, column, value, reason, cells in rows
        ]

    def quarantine_counts(self) -> list[tuple[str, str, int]]:
        """Quarantined cells and rows by file and reason."""
        return self._db.execute(
            "select file, reason, count(*) from quarantine group by file, reason order by 3 desc"
        ).fetchall()

    def doubled(self) -> list[tuple[str, tuple[str, ...]]]:
        """Names several accounts share, with their ids."""
        return [
            (name, tuple(json.loads(ids)))
            for name, ids in self._db.execute("select name, ids from d_doubled order by name")
        ]

    def matched(self) -> dict[str, int]:
        """How many accounts were matched by `name` or `domain` instead of their id."""
        return dict(
            self._db.execute(
                "select how, count(*) from matched where object = 'account' group by how"
            ).fetchall()
        )

    def decide(self, ids: list[int] | None, *, take: bool) -> None:
        """Take the file's value of those fields (None: of all), or keep the book's."""
        sql = "update d_field set take = ?, reason = ?"
        if ids is None:
            self._db.execute(sql, (int(take), DECIDED))
        else:
            self._db.executemany(f"{sql} where id = ?", ((int(take), DECIDED, i) for i in ids))


_FIELD_NAMES = tuple(f.name for f in fields(FieldChange))


def _only(conflicts: bool | None, label: str) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = []
    values: tuple[str, ...] = ()
    if conflicts is not None:
        parts.append("whose = 'csm'" if conflicts else "whose <> 'csm'")
    if label:
        parts.append("label = ?")
        values = (label,)
    return (f"where {' and '.join(parts)}" if parts else "", values)
