"""One column of a file on its way to values: the memo that reads it and what it must report."""

from dataclasses import dataclass
from decimal import Decimal

from csplanner.book.accounts import fold
from csplanner.book.rows import Cell
from csplanner.crm import quick, values
from csplanner.crm.dates import day
from csplanner.crm.fields import target
from csplanner.crm.mapping import ColumnMapping
from csplanner.crm.values import Memo, Read
from csplanner.crm.words import READERS


def name_ref(cell: str) -> str:
    """The id of an account that is known by its name alone."""
    return "name:" + fold(values.line(cell))


_PLAIN: dict[str, Read] = {
    "id": values.external_id, "ref": values.external_id, "nameref": values.line,
    "line": values.line, "plain": values.plain_text, "currency": values.currency,
    "bool": values.boolean, "email": values.email, "domain": values.domain,
    "months": values.whole(".", 1, 600), "days": values.whole(".", 0, 3650),
    "ordinal": values.whole(".", 1, 100), "count": values.whole(".", 0, 10**9),
    "percent": values.whole(".", 0, 100), "influence": values.whole(".", 1, 5),
    "mood": values.whole(".", -2, 2), "satisfaction": values.whole(".", 1, 5),
    "minutes": values.whole(".", 0, 10_000), "seconds": values.whole(".", 0, 1_000_000),
    **READERS,
}  # fmt: skip


def reader(column: ColumnMapping) -> Read:
    """How the cells of a mapped column are read."""
    kind = target(column.target).kind
    if kind in ("date", "stamp", "created", "asof"):
        return day(column.rule or "ymd")
    sign = column.rule or "."
    if kind == "money":
        return values.money(sign)
    if kind in ("thousandths", "asminutes"):
        return values.thousandths(sign, Decimal(1) / 60 if kind == "asminutes" else Decimal(1))
    return _PLAIN[kind]


@dataclass(slots=True)
class Column:
    """A mapped column being read: where it stands, its target, its memo, cells filled."""

    at: int
    mapping: ColumnMapping
    object: str
    field: str
    kind: str
    memo: Memo
    filled: int = 0

    @classmethod
    def of(cls, at: int, mapping: ColumnMapping) -> "Column":
        """The column that stands at position `at` of the file."""
        goal = target(mapping.target)
        return cls(at, mapping, goal.object, goal.field, goal.kind, Memo(reader(mapping)))

    def read(self, cells: tuple[str, ...]) -> list[Cell]:
        """The values of a block of cells."""
        found = self._plain(cells)
        if found is None:
            found = self.memo.column(cells)
        self.filled += len(found) - found.count(None)
        return found

    def _plain(self, cells: tuple[str, ...]) -> list[Cell] | None:
        """The values where every cell is plain, None where any needs its reader."""
        if self.kind in ("line", "id", "ref", "nameref"):
            return quick.tidy_text(cells, is_id=self.kind in ("id", "ref"))
        if self.kind == "domain":
            return quick.plain_hosts(cells)
        if self.kind in ("money", "thousandths"):
            return quick.plain_thousandths(cells)
        return None
