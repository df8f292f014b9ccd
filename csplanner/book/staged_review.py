"""The changed fields of a staged snapshot as they are reviewed: ranked, filtered, decided, undone.

Reads what `staging_weigh` ranked. Every question is answered in pages, so that a snapshot with
100,000 changed fields is reviewed as quickly as one with ten.
"""

import json
from dataclasses import dataclass, fields

from csplanner.book.staging_answers import DECIDED
from csplanner.book.staging_pages import FieldChange, StagedPages
from csplanner.book.staging_rules import YOURS
from csplanner.book.staging_weigh import LABEL

_OPEN = f"d.whose = 'csm' and d.reason = '{YOURS}'"
_NAMES = tuple(f.name for f in fields(FieldChange))
_COLUMNS = ", ".join(f"d.{name}" for name in _NAMES)
_FIRST = """case d.object when 'account' then 0 when 'term' then 1 when 'opportunity' then 2
    when 'person' then 3 when 'seat' then 4 when 'case' then 5 else 6 end"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which changed fields are shown; everything that is said must hold."""

    conflicts: bool | None = None
    label: str = ""
    is_open: bool = False
    """Only conflicts nobody decided."""
    renewal: bool = False
    """Only fields of contract terms and renewal deals."""
    accounts: frozenset[str] | None = None
    """Only these accounts."""


@dataclass(frozen=True, slots=True)
class ChangedAccount:
    """An account with fields that differ: what it is worth and how it stands in the book."""

    account_id: str
    name: str
    fields: int
    arr: int | None = None
    """Minor units of `currency`."""
    currency: str = ""
    due: str = ""
    """The day (ISO) its renewal is decided, as far as known."""
    band: str = "none"
    score: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewedField:
    """A changed field, with how often its day moved before."""

    change: FieldChange
    moved: int = 0


def is_open(change: FieldChange) -> bool:
    """Whether it is a conflict that nobody and no rule decided; the book's value stays."""
    return change.whose == "csm" and change.reason == YOURS


class Review:
    """The changed fields of staged pages, under their accounts, the largest effect first."""

    def __init__(self, pages: StagedPages) -> None:
        self._pages, self._db = pages, pages.connection
        self._db.execute("pragma cache_size = -65536")
        self._db.execute(
            "create table if not exists d_undo (step integer not null, id integer not null, "
            "take integer not null, reason text not null) strict"
        )
        self._db.execute(
            "create table if not exists d_undo_rule (step integer not null, object text not null, "
            "field text not null, label text not null, whose text not null) strict"
        )
        self._step = int(
            self._db.execute("select coalesce(max(step), 0) from d_undo").fetchone()[0]
        )

    def accounts(self, wanted: Wanted) -> list[ChangedAccount]:
        """The accounts with such fields, the largest effect first."""
        where, values = _where(wanted)
        told = (
            "a.account_id, a.name, {}, a.arr, coalesce(a.arr_currency, ''), "
            "coalesce(a.due, ''), coalesce(a.band, 'none'), a.score from d_account a"
        )
        if not where:
            sql = f"select {told.format('a.fields')} order by a.place"
        else:
            sql = (
                f"select {told.format('c.n')} join (select d.account_id, count(*) as n "
                f"from d_field d {where} group by d.account_id) c on c.account_id = a.account_id "
                "order by a.place"
            )
        return [ChangedAccount(*row) for row in self._db.execute(sql, values)]

    def fields(
        self, account_id: str, wanted: Wanted, *, offset: int = 0, limit: int = 200
    ) -> list[ReviewedField]:
        """Such fields of one account: its own first, then contracts, deals, people and the rest."""
        where, values = _where(wanted, "d.account_id = ?")
        rows = self._db.execute(
            f"select {_COLUMNS}, coalesce(b.times, 0) from d_field d left join d_before b "
            f"on b.id = d.id {where} order by {_FIRST}, d.object, d.row_id, d.id limit ? offset ?",
            (account_id, *values, limit, offset),
        )
        return [_field(row) for row in rows]

    def labels(self, wanted: Wanted) -> list[tuple[str, int]]:
        """How the fields are called and how many there are of each, most frequent first."""
        where, values = _where(wanted)
        return self._db.execute(
            f"select {LABEL}, count(*) from d_field d {where} group by {LABEL} order by 2 desc, 1",
            values,
        ).fetchall()

    def count(self, wanted: Wanted) -> int:
        """How many fields there are of that kind."""
        where, values = _where(wanted)
        return int(
            self._db.execute(f"select count(*) from d_field d {where}", values).fetchone()[0]
        )

    def changed_accounts(self, wanted: Wanted) -> int:
        """How many accounts have such a field."""
        return len(self.accounts(wanted))

    # Decisions

    def decide(
        self, wanted: Wanted, *, take: bool, account_id: str = "", field: int | None = None
    ) -> int:
        """Take the file's value of such fields, or keep the book's; of one account or one field
        where said. Returns how many were decided; `take_back` undoes it.
        """
        where, values = _where(
            wanted,
            *(("d.account_id = ?",) if account_id else ()),
            *(("d.id = ?",) if field is not None else ()),
        )
        given = (*((account_id,) if account_id else ()), *(() if field is None else (field,)))
        self._step += 1
        self._db.execute(
            f"insert into d_undo select {self._step}, d.id, d.take, d.reason "
            f"from d_field d {where}",
            (*given, *values),
        )
        done = self._db.execute(
            "update d_field set take = ?, reason = ? where id in "
            "(select id from d_undo where step = ?)",
            (int(take), DECIDED, self._step),
        )
        return done.rowcount

    def always(self, change: FieldChange, whose: str) -> None:
        """From now on `mine` or `theirs` always holds for that field; `take_back` undoes it."""
        rules = {(o, f): w for o, f, w in self._pages.rules()}
        before = rules.get((change.object, change.field), "")
        place = (change.object, change.field)
        self._step += 1
        self._db.execute(
            f"insert into d_undo select {self._step}, d.id, d.take, d.reason from d_field d "
            "where d.object = ? and d.field = ?",
            place,
        )
        self._db.execute(
            "insert into d_undo_rule values (?, ?, ?, ?, ?)",
            (self._step, *place, change.label, before),
        )
        self._pages.set_rule(*place, whose, label=change.label)

    def can_take_back(self) -> bool:
        """Whether a decision was made that can be taken back."""
        return self._step > 0

    def take_back(self) -> int:
        """Undo the last decision; returns how many fields are again as they were before it."""
        if not self._step:
            return 0
        step = (self._step,)
        for object_, field, label, whose in self._db.execute(
            "select object, field, label, whose from d_undo_rule where step = ?", step
        ).fetchall():
            self._pages.set_rule(object_, field, whose, label=label)
        done = self._db.execute(
            "update d_field set take = u.take, reason = u.reason from d_undo u "
            "where u.step = ? and u.id = d_field.id",
            step,
        ).rowcount
        for table in ("d_undo", "d_undo_rule"):
            self._db.execute(f"delete from {table} where step = ?", step)
        self._step -= 1
        return done


def _where(wanted: Wanted, *first: str) -> tuple[str, tuple[str, ...]]:
    parts: list[str] = list(first)
    values: list[str] = []
    if wanted.conflicts is not None:
        parts.append("d.whose = 'csm'" if wanted.conflicts else "d.whose <> 'csm'")
    if wanted.label:
        parts.append(f"{LABEL} = ?")
        values.append(wanted.label)
    if wanted.is_open:
        parts.append(f"({_OPEN})")
    if wanted.renewal:
        parts.append("d.id in (select id from d_renewal)")
    if wanted.accounts is not None:
        parts.append("d.account_id in (select value from json_each(?))")
        values.append(json.dumps(sorted(wanted.accounts)))
    return (f"where {' and '.join(parts)}" if parts else "", tuple(values))


def _field(row: tuple[object, ...]) -> ReviewedField:
    *values, moved = row
    named = dict(zip(_NAMES, values, strict=True))
    named["take"] = bool(named["take"])
    return ReviewedField(FieldChange(**named), int(moved))  # type: ignore[arg-type, call-overload]
