"""One column of a file on its way to values: the memo that reads it and what it must report."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from csplanner.book.rows import Cell
from csplanner.crm import lists, quick, values
from csplanner.crm.dates import ORDERS, day
from csplanner.crm.fields import header_key, target
from csplanner.crm.mapping import ColumnMapping
from csplanner.crm.values import Memo, Read
from csplanner.crm.words import WORDED, Words

_PLAIN: dict[str, Read] = {
    "id": values.own_id, "ref": lists.first_id, "nameref": values.line,
    "line": values.line, "plain": lists.plain_text, "html": lists.plain_text,
    "currency": values.currency, "refs": lists.ids, "mergedids": lists.merged_ids,
    "names": lists.names, "emails": lists.emails, "mail": lists.mail, "parties": lists.names,
    "tags": lists.tags, "owner": lists.owner, "inactive": lists.inactive,
    "notactive": lists.ended, "casestatus": values.line,
    "bool": values.boolean, "email": values.email, "domain": values.domain,
    "months": values.whole(1, 600), "days": values.whole(0, 3650),
    "ordinal": values.whole(1, 100), "count": values.whole(0, 10**9),
    "percent": values.whole(0, 100), "influence": values.whole(1, 5),
    "mood": values.whole(-2, 2), "satisfaction": values.whole(1, 5),
    "minutes": values.whole(0, 10_000), "seconds": values.whole(0, 1_000_000),
    "answer10": values.answer(0, 10), "answer5": values.answer(1, 5),
    "answer7": values.answer(1, 7),
    "taskstatus": lambda cell: int(
        header_key(cell) in ("completed", "closed", "done", "held", "complete")
    ),
}  # fmt: skip
_OF_ONE = frozenset(("dealprobability", "hsdealstageprobability"))
"""Headers of probabilities that are fractions of 1."""


PAST = frozenset(("stamp", "created", "asof"))
"""Kinds of days that cannot lie ahead of the day of the import."""
HAPPENED = frozenset(
    (("person", "last_activity_on"), ("case", "opened_on"), ("case", "closed_on"), ("touch", "on"),
     ("opportunity", "actual_close"))
)  # fmt: skip
"""Days of what has happened, which tell as of when a snapshot is where nothing is stamped."""


def reader(column: ColumnMapping, latest: date) -> Read:
    """How the cells of a mapped column are read; what has happened did so by `latest`."""
    goal = target(column.target)
    kind = goal.kind
    if kind in ("date", *PAST):
        order = column.rule if column.rule in ORDERS else "ymd"
        return day(order, latest if kind in PAST else None, months=kind == "asof")
    sign = column.rule if column.rule in (".", ",") else ""
    if kind == "percent" and header_key(column.header) in _OF_ONE:
        return values.share
    if kind == "money":
        return values.money(sign, below_zero=goal.field != "arr")
    if kind in ("thousandths", "asminutes"):
        factor = Decimal(1) / 60 if kind == "asminutes" else Decimal(1)
        return values.thousandths(sign, factor)
    return _PLAIN[kind]


_WHOLE = frozenset(("ref", "refs", "mergedids"))
"""Kinds of cells that hold ids: each is read, however many there are."""


@dataclass(slots=True)
class Column:
    """A mapped column being read: where it stands, its target, its memo, cells filled."""

    at: int
    mapping: ColumnMapping
    object: str
    field: str
    kind: str
    memo: Memo
    words: Words | None = None
    """Of a column of picklist words: what they mean."""
    filled: int = 0

    @classmethod
    def of(
        cls, at: int, mapping: ColumnMapping, latest: date,
        meanings: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> "Column":  # fmt: skip
        """The column that stands at position `at` of the file, read no later than `latest`."""
        goal = target(mapping.target)
        words = Words(goal.kind, meanings) if goal.kind in WORDED - {"casestatus"} else None
        memo = Memo(words.read if words else reader(mapping, latest), cuts=goal.kind not in _WHOLE)
        return cls(at, mapping, goal.object, goal.field, goal.kind, memo, words)

    def read(self, cells: tuple[str, ...]) -> list[Cell]:
        """The values of a block of cells."""
        found = self._plain(cells)
        if found is None:
            found = self.memo.column(cells)
        self.filled += len(found) - found.count(None)
        return found

    def _plain(self, cells: tuple[str, ...]) -> list[Cell] | None:
        """The values where every cell is plain, None where any needs its reader."""
        if self.kind == "id" and any(map(values.is_damaged_id, cells)):
            return None
        if self.kind in ("ref", "refs") and any(";" in c or "," in c for c in cells):
            return None
        if self.kind in ("line", "id", "ref", "refs", "nameref"):
            return quick.tidy_text(cells, is_id=self.kind in ("id", "ref", "refs"))
        if self.kind == "domain":
            return quick.plain_hosts(cells)
        if self.kind in ("money", "thousandths"):
            return quick.plain_thousandths(cells)
        return None
