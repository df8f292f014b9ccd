"""The lines of the Book: ids sorted and filtered by SQL, rows fetched by id, totals."""

import json
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from csplanner.book.accounts import fold
from csplanner.book.rows import Cell
from csplanner.domain.account import AccountId, Regrettable, Stage, Tier
from csplanner.domain.filters import Condition, View
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment

if TYPE_CHECKING:
    from csplanner.book.book import Book

TIER_RANK = {Tier.HIGH: 1, Tier.MEDIUM: 2, Tier.LOW: 3, Tier.DIGITAL: 4, None: 5}

SORTS = {
    "name": "name_key", "tier": "tier_rank", "health": "score", "score": "score",
    "change": "change_90d", "sentiment": "sentiment", "gap": "gap", "arr": "arr",
    "renewal": "decision_on", "year": "year", "touch": "last_touch", "coverage": "coverage",
}  # fmt: skip

_COLUMN = {
    "tier": "tier", "health": "band", "sentiment": "sentiment", "renewal": "decision_on",
    "arr": "arr", "score": "score", "gap": "gap", "coverage": "coverage", "year": "year",
    "criticality": "criticality", "sector": "sector", "name": "name_key", "touch": "last_touch",
    "next_step": "next_step", "pinned": "pinned", "override": "is_override",
}  # fmt: skip

_FIELDS = tuple(f.name for f in fields(Overview))
_EXTRA = ("name_key", "tier_rank", "arr_currency", "archived", "as_of", "urgency")
_SELECT = ", ".join((*_FIELDS, "arr_currency"))


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the accounts of a view, or of one group of it."""

    accounts: int
    arr: tuple[Money, ...]
    mean_score: int | None
    good: int
    watch: int
    risk: int
    unknown: int
    overdue: int
    hours_promised: int
    hours_spent: int


class Overviews:
    """The derived lines of a book. Ids are row numbers, valid until the next change."""

    def __init__(self, book: "Book") -> None:
        self._book = book

    def ids(self, view: View | None = None) -> "array[int]":
        """Row ids in the order of `view`, grouped first where it groups; unknown sorts last."""
        view = view or View()
        where, values = self._where(view)
        column = SORTS[view.sort]
        direction = "desc" if view.descending else "asc"
        # A bare column keeps the sort on its index; nulls come last either way.
        group = "tier_rank, " if view.group == "tier" else ""
        nulls = "" if column in ("name_key", "tier_rank") else f"{column} is null, "
        rows = self._book.connection.execute(
            f"select id from overview where {where} order by {group}{nulls}{column} {direction}, "
            "name_key",
            values,
        )
        return array("q", (i for (i,) in rows))

    def rows(self, ids: Sequence[int]) -> list[Overview]:
        """The lines with those row ids, in that order; rows gone since are left out."""
        marks = ", ".join("?" * len(ids))
        found = {
            row[0]: _decode(row[1:])
            for row in self._book.connection.execute(
                f"select id, {_SELECT} from overview where id in ({marks})", list(ids)
            )
        }
        return [found[i] for i in ids if i in found]

    def all(self, view: View | None = None) -> list[Overview]:
        """Every line of a view, in its order."""
        ids = self.ids(view)
        return [o for at in range(0, len(ids), 900) for o in self.rows(ids[at : at + 900])]

    def one(self, account_id: str) -> Overview | None:
        """The line of one account; None while it has not been judged yet."""
        row = self._book.connection.execute(
            f"select {_SELECT} from overview where account_id = ?", (account_id,)
        ).fetchone()
        return _decode(row) if row else None

    def totals(self, view: View | None = None) -> Totals:
        """Sums over a view."""
        where, values = self._where(view or View())
        return self._totals(where, values)

    def totals_by_tier(self, view: View | None = None) -> dict[Tier | None, Totals]:
        """Sums over each tier of a view; None is Not placed."""
        where, values = self._where(view or View())
        return {
            tier: self._totals(f"{where} and tier_rank = {rank}", values)
            for tier, rank in TIER_RANK.items()
        }

    def _totals(self, where: str, values: list[Cell]) -> Totals:
        db = self._book.connection
        overdue = f"sum({_overdue(self._book.as_of())})"
        row = db.execute(
            "select count(*), avg(score), sum(band = 'good'), sum(band = 'watch'), "
            f"sum(band = 'risk'), sum(band = 'none'), {overdue}, sum(hours_promised), "
            f"sum(hours_spent) from overview where {where}",
            values,
        ).fetchone()
        arr = db.execute(
            f"select sum(arr), arr_currency from overview where {where} and arr is not null "
            "group by arr_currency order by 1 desc",
            values,
        )
        money = tuple(Money(m, c) for m, c in arr)
        mean = None if row[1] is None else round(row[1])
        return Totals(row[0], money, mean, *(n or 0 for n in row[2:]))

    def _where(self, view: View) -> tuple[str, list[Cell]]:
        parts, values = ["archived = 0"], list[Cell]()
        for condition in view.conditions:
            sql, more = self._condition(condition)
            parts.append(sql)
            values.extend(more)
        return " and ".join(parts), values

    def _condition(self, c: Condition) -> tuple[str, list[Cell]]:
        if c.field == "overdue":
            return f"({_overdue(self._book.as_of())}) = {int(c.value != 'no')}", []
        column = _COLUMN[c.field]
        if c.operator == "is unknown":
            return f"{column} is null", []
        if c.operator in ("before", "after"):
            return f"{column} {'<' if c.operator == 'before' else '>'} ?", [c.value]
        if c.operator in ("at least", "at most"):
            return f"{column} {'>=' if c.operator == 'at least' else '<='} ?", [_number(c)]
        if c.operator == "contains":
            return f"instr(lower({column}), ?) > 0", [fold(c.value)]
        sign = "is" if c.operator == "is" else "is not"
        return f"{column} {sign} ?", [_stored(c)]

    def most_urgent(self, limit: int) -> list[str]:
        """Ids of the accounts with the strongest signals, at most `limit`."""
        rows = self._book.connection.execute(
            "select account_id from overview where archived = 0 and urgency > 0 "
            "order by urgency desc, name_key limit ?",
            (limit,),
        )
        return [account_id for (account_id,) in rows]

    def urgent_count(self) -> int:
        """How many accounts have a signal at all."""
        return int(
            self._book.connection.execute(
                "select count(*) from overview where archived = 0 and urgency > 0"
            ).fetchone()[0]
        )

    def write(self, lines: Iterable[tuple[Overview, int]], as_of: date) -> None:
        """Put lines, each with its urgency (0 for none), in place of what stood there."""
        columns = (*_FIELDS, *_EXTRA)
        sets = ", ".join(f"{c} = excluded.{c}" for c in columns if c != "account_id")
        self._book.connection.executemany(
            f"insert into overview ({', '.join(columns)}) values "
            f"({', '.join('?' * len(columns))}) on conflict (account_id) do update set {sets}",
            (_encode(line, urgency, as_of) for line, urgency in lines),
        )


def _overdue(as_of: date) -> str:
    day = as_of.isoformat()
    return (
        "cadence_days is not null and last_touch is not null and "
        f"julianday('{day}') - julianday(last_touch) > cadence_days"
    )


def _number(c: Condition) -> Cell:
    value = float(c.value)
    return round(value * 100) if c.field == "arr" else int(value)


def _stored(c: Condition) -> Cell:
    if c.field in ("pinned", "override"):
        return int(c.value != "no")
    if c.field == "sentiment":
        names = {s.word.casefold(): int(s) for s in Sentiment}
        return names.get(c.value)
    if c.field == "tier" and c.value in ("not placed", "none", "unknown"):
        return None
    if c.field == "name":
        return fold(c.value)
    return _number(c) if c.field in ("arr", "score", "gap", "criticality", "year") else c.value


def _encode(line: Overview, urgency: int, as_of: date) -> tuple[Cell, ...]:
    cells = [_cell(getattr(line, name)) for name in _FIELDS]
    currency = line.arr.currency if line.arr else None
    return (
        *cells, fold(line.name), TIER_RANK[line.tier], currency, 0, as_of.isoformat(), urgency,
    )  # fmt: skip


def _cell(value: object) -> Cell:
    if isinstance(value, Money):
        return value.minor
    if isinstance(value, tuple):
        return json.dumps(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Tier | Band | Stage | Regrettable):
        return value.value
    if isinstance(value, bool | Sentiment):
        return int(value)
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"no column holds a {type(value).__name__}")


def _decode(row: Sequence[Any]) -> Overview:
    v = dict(zip(_FIELDS, row, strict=False))
    currency = row[-1]
    for name, kind in _KINDS.items():
        if v[name] is not None:
            v[name] = kind(v[name])
    v["account_id"] = AccountId(v["account_id"])
    v["arr"] = None if v["arr"] is None else Money(v["arr"], currency)
    v["spark"] = tuple(json.loads(v["spark"]))
    return Overview(**v)


_KINDS: dict[str, Any] = {
    "tier": Tier, "rule_tier": Tier, "band": Band, "stage": Stage, "regrettable": Regrettable,
    "sentiment": Sentiment, "is_override": bool, "pinned": bool,
    "sentiment_on": date.fromisoformat, "decision_on": date.fromisoformat,
    "term_end": date.fromisoformat, "last_touch": date.fromisoformat,
    "next_step_due": date.fromisoformat,
}  # fmt: skip
