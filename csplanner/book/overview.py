"""The lines of the Book: ids sorted and filtered by SQL, rows fetched by id, totals."""

import json
from array import array
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from enum import Enum
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from csplanner.book.accounts import fold
from csplanner.book.overview_filter import TIER_RANK, group_sql, order_of, where_of
from csplanner.book.overview_filter_scope import Resolved, Scope
from csplanner.book.rows import Cell
from csplanner.domain.account import Regrettable, Stage, Tier
from csplanner.domain.filters import View
from csplanner.domain.filters_groups import Group, group_of, place_of
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.worth import Worth, factors, worth
from csplanner.language import current

if TYPE_CHECKING:
    from csplanner.book.book import Book

_FIELDS = tuple(f.name for f in fields(Overview))
_EXTRA = ("name_key", "tier_rank", "arr_currency", "archived", "as_of", "urgency",
          "touch_due", "language")  # fmt: skip
_SELECT = ", ".join((*_FIELDS, "arr_currency"))
_SUMS = (
    "count(*), coalesce(sum(arr), 0), count(arr), coalesce(sum(score), 0), count(score), "
    "sum(band = 'good'), sum(band = 'watch'), sum(band = 'risk'), sum(band = 'none'), "
    "coalesce(sum(touch_due < ?), 0), sum(hours_promised), sum(hours_spent)"
)
_TIERS = {rank: tier for tier, rank in TIER_RANK.items()}


@dataclass(frozen=True, slots=True)
class Listing:
    """The order of a view: row ids, and where it groups, how many of them each group holds."""

    ids: "array[int]"
    groups: tuple[tuple[Group, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums over the accounts of a view, or of one group of it; `arr` one sum a currency."""

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
    worth: Worth = field(default_factory=Worth)
    """What the ARR comes to by the rates of the day the book is judged on."""


class Overviews:
    """The derived lines of a book. Ids are row numbers, valid until the next change."""

    def __init__(self, book: "Book") -> None:
        self._book = book
        self._resolved = Resolved()

    def ids(self, view: View | None = None) -> "array[int]":
        """Row ids in the order of `view`, grouped first where it groups; unknown sorts last."""
        return self.listing(view).ids

    def listing(self, view: View | None = None) -> Listing:
        """The same with the size of each group, in their order; empty ones are left out."""
        view = view or View()
        where, values = where_of(view, self._scope())
        by_worth = any(sort.field == "arr" for sort in view.sorts)
        order = order_of(view, self._factors() if by_worth else {})
        key = self._key_sql(view.group)
        rows = self._book.connection.execute(
            f"select id, {key} from overview where {where} order by {order}", values
        )
        if not view.group:
            return Listing(array("q", (i for i, _ in rows)))
        shelves: dict[Any, array[int]] = {}
        for i, value in rows:
            shelf = shelves.get(value)
            if shelf is None:
                shelf = shelves[value] = array("q")
            shelf.append(i)
        named = sorted(((_key(view.group, v), s) for v, s in shelves.items()),
                       key=lambda x: place_of(view.group, x[0]))  # fmt: skip
        ids = array("q")
        for _, shelf in named:
            ids.extend(shelf)
        return Listing(ids, tuple((group_of(view.group, k), len(s)) for k, s in named))

    def _scope(self) -> Scope:
        book = self._book
        return Scope(book.as_of(), book.settings.hours_per, book.connection, self._resolved)

    def look_back(self, view: View) -> dict[str, str]:
        """What a view asks of the past, found out; for `take_look` of another reader."""
        where_of(view, self._scope())
        return self._resolved.known()

    def take_look(self, found: dict[str, str]) -> None:
        """Take what another reader of the book found of the past, until something is written."""
        self._resolved.take(self._scope().stamp(), found)

    def _key_sql(self, by: str) -> str:
        """What the lines of one group share; the rank of the tier, which every index holds."""
        if by in ("", "tier"):
            return "tier_rank"
        return group_sql(by, self._book.settings.fiscal_start_month)

    def count(self, view: View) -> int:
        """How many accounts a view shows."""
        where, values = where_of(view, self._scope())
        row = self._book.connection.execute(
            f"select count(*) from overview where {where}", values
        ).fetchone()
        return int(row[0])

    def beside(self, account_id: str, by: int) -> str | None:
        """The account after (1) or before (−1) one in the order of names, the first or last where
        there is no such account; None at the end.
        """
        sign, way = (">", "asc") if by > 0 else ("<", "desc")
        db = self._book.connection
        row = db.execute(
            "select name_key from overview where account_id = ? and archived = 0", (account_id,)
        ).fetchone()
        there = f"and (name_key, account_id) {sign} (?, ?)" if row is not None else ""
        found = db.execute(
            f"select account_id from overview where archived = 0 {there} "
            f"order by name_key {way}, account_id {way} limit 1",
            (row[0], account_id) if row is not None else (),
        ).fetchone()
        return str(found[0]) if found is not None else None

    def rows(self, ids: Sequence[int]) -> list[Overview]:
        """The lines with those row ids, in that order; rows gone since are left out."""
        found = self.by_id(ids)
        return [found[i] for i in ids if i in found]

    def by_id(self, ids: Sequence[int]) -> dict[int, Overview]:
        """The lines with those row ids that are still there."""
        marks = ", ".join("?" * len(ids))
        rows = self._book.connection.execute(
            f"select id, {_SELECT} from overview where id in ({marks})", list(ids)
        )
        return {row[0]: _decode(row[1:]) for row in rows}

    def account_ids(self, ids: Sequence[int]) -> list[str]:
        """The accounts of the lines with those row ids, in that order."""
        found = dict(
            self._book.connection.execute(
                "select id, account_id from overview where id in (select value from json_each(?))",
                (json.dumps(list(ids)),),
            ).fetchall()
        )
        return [found[i] for i in ids if i in found]

    def all(self, view: View | None = None) -> list[Overview]:
        """Every line of a view, in its order."""
        ids = self.ids(view)
        return [o for at in range(0, len(ids), 900) for o in self.rows(ids[at : at + 900])]

    def one(self, account_id: str) -> Overview | None:
        """The line of one account; None while it has not been judged yet."""
        row = self._book.connection.execute(
            f"select {_SELECT} from overview where account_id = ? and archived = 0", (account_id,)
        ).fetchone()
        return _decode(row) if row else None

    def totals(self, view: View | None = None) -> Totals:
        """Sums over a view."""
        return self._summed(self._sums(*where_of(view or View(), self._scope())))

    def totals_of(self, ids: Sequence[int]) -> Totals:
        """Sums over the lines with those row ids."""
        chosen = "id in (select value from json_each(?))"
        return self._summed(self._sums(chosen, [json.dumps(list(ids))]))

    def tally_by_tier(self, view: View | None = None) -> tuple[Totals, dict[Tier | None, Totals]]:
        """Sums over a view and over each tier, also of those it holds none of; None: Not placed."""
        whole, groups = self.tally(replace(view or View(), group="tier"))
        found = {group.key: totals for group, totals in groups.items()}
        none = self._summed([])
        tiers = (*Tier, None)
        return whole, {tier: found.get(tier.value if tier else "", none) for tier in tiers}

    def tally(self, view: View | None = None) -> tuple[Totals, dict[Group, Totals]]:
        """Sums over a view and over each of its groups, counted once."""
        view = view or View()
        sums = self._sums(*where_of(view, self._scope()), by=view.group)
        if not view.group:
            return self._summed(sums), {}
        groups: dict[str, list[tuple[Any, ...]]] = {}
        for row in sums:
            groups.setdefault(_key(view.group, row[0]), []).append(row)
        return self._summed(sums), {
            group_of(view.group, key): self._summed(rows) for key, rows in groups.items()
        }

    def _summed(self, sums: Sequence[tuple[Any, ...]]) -> Totals:
        """One total, its amounts also by the rates of the day."""
        book, total = self._book, _summed(sums)
        currency = book.settings.currency
        if not total.arr or all(amount.currency == currency for amount in total.arr):
            return replace(total, worth=Worth(total.arr))
        found = worth(total.arr, book.rates.table(), currency, book.as_of())
        return replace(total, worth=found)

    def _factors(self) -> dict[str, float]:
        """What a minor unit of each currency with a rate is in minor units of the book's."""
        book = self._book
        return factors(book.rates.all(), book.settings.currency, book.as_of())

    def _sums(self, where: str, values: list[Cell], by: str = "") -> list[tuple[Any, ...]]:
        rows = self._book.connection.execute(
            f"select {self._key_sql(by)}, arr_currency, {_SUMS} from overview where {where} "
            "group by 1, 2",
            [self._book.as_of().isoformat(), *values],
        )
        return rows.fetchall()

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

    def write(
        self, lines: Iterable[tuple[Overview, int]], as_of: date, *, archived: bool = False
    ) -> None:
        """Put lines, each with its urgency (0 for none), in place of what stood there."""
        columns = (*_FIELDS, *_EXTRA)
        sets = ", ".join(f"{c} = excluded.{c}" for c in columns if c != "account_id")
        self._book.connection.executemany(
            f"insert into overview ({', '.join(columns)}) values "
            f"({', '.join('?' * len(columns))}) on conflict (account_id) do update set {sets}",
            (_encode(line, urgency, as_of, archived=archived) for line, urgency in lines),
        )


def _key(by: str, value: object) -> str:
    """The key of a group from what its lines share."""
    if by == "tier":
        tier = _TIERS[value]  # type: ignore[index]
        return tier.value if tier else ""
    return "" if value is None else str(value)


def _summed(sums: Sequence[tuple[Any, ...]]) -> Totals:
    """One total of sums per group and currency."""
    money: dict[str, int] = {}
    for _, currency, _, minor, known, *_ in sums:
        if known:
            money[currency] = money.get(currency, 0) + minor
    arr = tuple(Money(m, c) for c, m in sorted(money.items(), key=lambda x: (-x[1], x[0])))
    columns = [sum(row[at] for row in sums) for at in range(5, 14)] if sums else [0] * 9
    score, scored, good, watch, risk, unknown, overdue, promised, spent = columns
    mean = round(score / scored) if scored else None
    return Totals(
        sum(row[2] for row in sums), arr, mean, good, watch, risk, unknown, overdue, promised, spent
    )


def _encode(line: Overview, urgency: int, as_of: date, *, archived: bool) -> tuple[Cell, ...]:
    cells: list[Any] = list(_CELLS(line))
    for place, written in _WRITERS:
        cell = cells[place]
        if cell is not None:
            cells[place] = written(cell)
    currency = line.arr.currency if line.arr else None
    due = None
    if line.last_touch is not None and line.cadence_days is not None:
        due = (line.last_touch + timedelta(days=line.cadence_days)).isoformat()
    return (
        *cells, fold(line.name), TIER_RANK[line.tier], currency, int(archived), as_of.isoformat(),
        urgency, due, current().code,
    )  # fmt: skip


def _listed(values: tuple[str | int | None, ...]) -> str:
    return json.dumps(values, ensure_ascii=False) if values else "[]"


def _decode(row: Sequence[Any]) -> Overview:
    """A line from its columns in the order of the fields, its currency last."""
    values = list(row)
    currency = values.pop()
    for place, convert in _CONVERTERS:
        value = values[place]
        if value is not None:
            values[place] = convert(value)
    if values[_ARR] is not None:
        values[_ARR] = Money(values[_ARR], currency)
    return Overview(*values)


def _member(kind: type[Enum]) -> Callable[[Any], Any]:
    return {member.value: member for member in kind}.__getitem__


def _months(text: str) -> tuple[int | None, ...]:
    return tuple(json.loads(text))


def _words(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


_KINDS: dict[str, Callable[[Any], Any]] = {
    "tier": _member(Tier), "rule_tier": _member(Tier), "band": _member(Band),
    "stage": _member(Stage), "regrettable": _member(Regrettable),
    "sentiment": _member(Sentiment), "is_override": bool, "pinned": bool, "spark": _months,
    "sentiment_on": date.fromisoformat, "decision_on": date.fromisoformat,
    "term_end": date.fromisoformat, "last_touch": date.fromisoformat,
    "next_step_due": date.fromisoformat, "task_due": date.fromisoformat, "tags": _words,
}  # fmt: skip
_CONVERTERS = tuple((_FIELDS.index(name), convert) for name, convert in _KINDS.items())
_ARR = _FIELDS.index("arr")


def _writer(name: str) -> Callable[[Any], Cell] | None:
    """How a value that is known becomes a cell; None where it is one."""
    kind = _KINDS.get(name)
    if name == "arr":
        return attrgetter("minor")
    if kind == date.fromisoformat:
        return date.isoformat
    if kind in (_months, _words):
        return _listed
    if kind is None:
        return None
    return int if name in ("sentiment", "is_override", "pinned") else _VALUES.__getitem__


_VALUES = {member: member.value for kind in (Tier, Band, Stage, Regrettable) for member in kind}
_CELLS = attrgetter(*_FIELDS)
_WRITERS = tuple((at, w) for at, name in enumerate(_FIELDS) if (w := _writer(name)) is not None)
