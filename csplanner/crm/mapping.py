"""Which column becomes what: proposed with the reason, changed by people, kept as plain data."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from csplanner.crm.dates import order_of
from csplanner.crm.detect import detect
from csplanner.crm.fields import Target, header_key, target, targets_of
from csplanner.crm.question import Question
from csplanner.crm.table import Table
from csplanner.crm.values import NULLS, split_money
from csplanner.errors import UserError

DATES = frozenset(("date", "stamp", "created", "asof"))
NUMBERS = frozenset(("money", "thousandths", "asminutes"))
_SAMPLE = 2_000
_READ_AS = {
    "dmy": "day/month/year", "mdy": "month/day/year", "ymd": "year-month-day",
    ".": "number, 1,234.50", ",": "number, 1.234,50",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """One column of a file: what it becomes (`target` empty: left out) and how it is read."""

    header: str
    target: str
    why: str = ""
    samples: tuple[str, ...] = ()
    filled: int = 0
    rule: str = ""
    """dmy, mdy or ymd for dates; the decimal sign for numbers."""

    @property
    def read_as(self) -> str:
        """The reading rule in words."""
        if not self.target:
            return ""
        return _READ_AS.get(self.rule) or _KIND_WORDS.get(target(self.target).kind, "text")


_KIND_WORDS = {
    "id": "id", "ref": "id", "email": "e-mail", "bool": "yes or no", "domain": "web address",
    "roles": "roles", "count": "whole number", "percent": "percent", "currency": "currency",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class FileMapping:
    """How one file is read. `object` is empty or not in the catalogue when it is not used."""

    file: str
    object: str
    source: str
    reason: str
    rows: int = 0
    columns: tuple[ColumnMapping, ...] = field(default=())

    @property
    def used(self) -> tuple[ColumnMapping, ...]:
        """The columns that are taken in."""
        return tuple(c for c in self.columns if c.target)

    def to_json(self) -> dict[str, Any]:
        """Plain data: what `from_json` reads and a `--mapping` file holds per file."""
        return asdict(self)

    def with_target(self, header: str, key: str) -> "FileMapping":
        """The mapping with one column changed; its former holder of that target is left out."""
        if key:
            target(key)
        columns = tuple(
            replace(c, target=key, why="You chose this.")
            if c.header == header
            else replace(c, target="")
            if key and c.target == key
            else c
            for c in self.columns
        )
        return replace(self, columns=columns)

    def with_rule(self, header: str, rule: str) -> "FileMapping":
        """The mapping with one column read by another rule."""
        columns = tuple(replace(c, rule=rule) if c.header == header else c for c in self.columns)
        return replace(self, columns=columns)


def from_json(data: Mapping[str, Any]) -> FileMapping:
    """A mapping from plain data; raises UserError naming what is wrong."""
    try:
        columns = []
        for c in data["columns"]:
            if c.get("target"):
                target(c["target"])
            columns.append(ColumnMapping(**{**c, "samples": tuple(c.get("samples", ()))}))
        head = {k: data[k] for k in ("file", "object")}
        return FileMapping(
            **head, source=data.get("source", ""), reason=data.get("reason", ""),
            rows=int(data.get("rows", 0)), columns=tuple(columns),
        )  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise UserError(f"The mapping cannot be read: {error}. Propose it anew.") from None


def propose(table: Table, *, date_order: str = "") -> FileMapping:
    """A mapping of every column with its reason. Raises Question where dates read two ways."""
    sample = table.sample(_SAMPLE)
    found = detect(table, sample)
    chosen = _choose(table.headers, targets_of(found.object))
    columns = []
    for at, header in enumerate(table.headers):
        cells = [row[at] for row in sample]
        seen = tuple(dict.fromkeys(c.strip()[:60] for c in cells if c.strip() not in NULLS))[:3]
        goal = chosen.get(at)
        columns.append(
            ColumnMapping(
                header,
                goal.key if goal else "",
                "Its name." if goal else "",
                seen,
                0,
                _decimal(cells, table.delimiter) if goal and goal.kind in NUMBERS else "",
            )
        )
    mapping = FileMapping(table.file, found.object, found.source, found.reason, 0, tuple(columns))
    return _with_orders(table, mapping, sample, date_order)


def _choose(headers: Sequence[str], goals: Iterable[Target]) -> dict[int, Target]:
    """Column → target; a target takes the column whose name stands first among its usual names."""
    keys = [header_key(h) for h in headers]
    chosen: dict[int, Target] = {}
    for goal in goals:
        for alias in goal.aliases:
            at = next((i for i, k in enumerate(keys) if k == alias and i not in chosen), None)
            if at is not None:
                chosen[at] = goal
                break
    return chosen


def _decimal(cells: Iterable[str], delimiter: str) -> str:
    """The decimal sign of a column, by its cells; in doubt the one that goes with the delimiter."""
    for cell in cells:
        bare = split_money(cell.strip())[0]
        dot, comma = bare.rfind("."), bare.rfind(",")
        if dot < 0 and comma < 0:
            continue
        last = "." if dot > comma else ","
        if dot >= 0 and comma >= 0:
            return last
        if bare.count(last) > 1:
            return "," if last == "." else "."
        if len(bare) - max(dot, comma) - 1 != 3:
            return last
    return "," if delimiter == ";" else "."


def _with_orders(
    table: Table, mapping: FileMapping, sample: list[list[str]], asked: str
) -> FileMapping:
    """Decide the order of day and month of every column of dates, from all its cells if need be."""
    dated = [
        i for i, c in enumerate(mapping.columns) if c.target and target(c.target).kind in DATES
    ]
    orders = {i: order_of(row[i] for row in sample) for i in dated}
    doubtful = [i for i, o in orders.items() if o == "dmy|mdy"]
    if doubtful:
        orders |= _orders_of_all(table, doubtful)
    decided = {o for o in orders.values() if o in ("dmy", "mdy")}
    otherwise = asked or (decided.pop() if len(decided) == 1 else "")
    columns = list(mapping.columns)
    for i, order in orders.items():
        rule = order or "ymd"
        why = columns[i].why
        if rule == "dmy|mdy":
            if not otherwise:
                raise Question(
                    f"The dates in column {columns[i].header} of {table.file} can be read as "
                    "day/month or month/day. Say which with --date-order dmy or mdy.",
                    "--date-order",
                    choices=("dmy", "mdy"),
                    where=f"{table.file}: {columns[i].header}",
                )
            rule, why = otherwise, why + " Its dates can be read two ways."
        columns[i] = replace(columns[i], rule=rule, why=why)
    return replace(mapping, columns=tuple(columns))


def _orders_of_all(table: Table, columns: list[int]) -> dict[int, str | None]:
    cells: dict[int, set[str]] = {i: set() for i in columns}
    for _, rows in table.chunks():
        for i in columns:
            cells[i].update(row[i] for row in rows)
    table.problems.clear()
    return {i: order_of(found) for i, found in cells.items()}
