"""Which column becomes what: proposed with the reason, changed by people, kept as plain data."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from csplanner.crm.dates import ORDERS, order_of
from csplanner.crm.detect import detect
from csplanner.crm.fields import Target, header_key, target, targets_of
from csplanner.crm.question import Question
from csplanner.crm.table import Table
from csplanner.crm.values import NULLS, bare_number, sign_of, split_money
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
    """dmy, mdy or ymd for dates; the decimal sign for numbers, empty: as each cell shows it."""

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
        head = {k: _word(data, k) for k in ("file", "object")}
        said = {k: _word(data, k, "") for k in ("source", "reason")}
        columns = tuple(_column(c) for c in data["columns"])
        return FileMapping(**head, **said, rows=int(data.get("rows", 0)), columns=columns)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise UserError(f"The mapping cannot be read: {error}. Propose it anew.") from None


def _word(data: Mapping[str, Any], name: str, otherwise: str | None = None) -> str:
    found = data[name] if otherwise is None else data.get(name, otherwise)
    if not isinstance(found, str):
        raise TypeError(f"“{name}” is no text")
    return found


def _column(data: Mapping[str, Any]) -> ColumnMapping:
    words = {k: _word(data, k, "") for k in ("target", "why", "rule")}
    if words["target"]:
        target(words["target"])
    if words["rule"] and words["rule"] not in _READ_AS:
        raise ValueError(f"“{words['rule']}” is no rule")
    samples = tuple(str(sample) for sample in data.get("samples", ()))
    return ColumnMapping(
        _word(data, "header"), **words, samples=samples, filled=int(data.get("filled", 0))
    )


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about cells that read two ways; empty: not asked yet."""

    date_order: str = ""
    decimal: str = ""


def fitted(table: Table, given: FileMapping, answers: Answers) -> FileMapping:
    """A mapping somebody gave, on the columns of this table, with the rules it leaves open.

    Raises UserError when the table lacks a column of it, Question as `propose` does.
    """
    waiting = [c for c in given.columns if c.target]
    columns = []
    for header in table.headers:
        found = next((c for c in waiting if c.header == header), ColumnMapping(header, ""))
        columns.append(found)
        if found.target:
            waiting.remove(found)
    if waiting:
        raise UserError(
            f"The mapping names the column {waiting[0].header}, which {table.file} does not have. "
            "Save a mapping of this file with --dry-run --json."
        )
    if [c.header for c in given.columns] == list(table.headers):
        columns = list(given.columns)
    return _with_rules(table, replace(given, columns=tuple(columns)), answers)


def _with_rules(table: Table, mapping: FileMapping, answers: Answers) -> FileMapping:
    if not (_open(mapping, NUMBERS, (".", ",")) or _open(mapping, DATES, ORDERS)):
        return mapping
    sample = table.sample(_SAMPLE)
    mapping = _with_signs(table, mapping, sample, answers.decimal)
    return _with_orders(table, mapping, sample, answers.date_order)


def propose(table: Table, answers: Answers | None = None) -> FileMapping:
    """A mapping of every column with its reason.

    Raises Question where dates or numbers read two ways.
    """
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
            )
        )
    mapping = FileMapping(table.file, found.object, found.source, found.reason, 0, tuple(columns))
    answers = answers or Answers()
    mapping = _with_signs(table, mapping, sample, answers.decimal)
    return _with_orders(table, mapping, sample, answers.date_order)


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


def _decimal(cells: Iterable[str]) -> str:
    """The decimal sign most cells of a column show, empty when none has any, `?` in doubt."""
    shown = Counter(sign_of(bare_number(split_money(c.strip())[0])) for c in set(cells))
    doubtful = shown.pop("?", 0)
    del shown[""]
    if shown:
        return max(shown, key=lambda sign: (shown[sign], sign))
    return "?" if doubtful else ""


def _open(mapping: FileMapping, kinds: frozenset[str], rules: tuple[str, ...]) -> list[int]:
    """The columns of those kinds that have no rule yet."""
    return [
        i
        for i, c in enumerate(mapping.columns)
        if c.target and target(c.target).kind in kinds and c.rule not in rules
    ]


def _with_signs(
    table: Table, mapping: FileMapping, sample: list[list[str]], asked: str
) -> FileMapping:
    """Decide the decimal sign of every column of figures, from all its cells if need be."""
    figures = _open(mapping, NUMBERS, (".", ","))
    signs = {i: _decimal(row[i] for row in sample) for i in figures}
    doubtful = [i for i, sign in signs.items() if sign == "?"]
    if doubtful:
        signs |= {i: _decimal(found) for i, found in _all_cells(table, doubtful).items()}
    columns = list(mapping.columns)
    for i, sign in signs.items():
        rule, why = sign, columns[i].why
        if sign == "?":
            # Workbooks and JSON hold numbers, written out with a point.
            rule = asked or ("." if table.container in ("XLSX", "JSON") else "")
            why += " Its numbers can be read two ways."
        if sign == "?" and not rule:
            raise Question(
                f"The numbers in column {columns[i].header} of {table.file} can be read with "
                "thousands or with a fraction. Say the decimal sign with --decimal . or "
                "--decimal , and import again.",
                "--decimal",
                choices=(".", ","),
                where=f"{table.file}: {columns[i].header}",
            )
        columns[i] = replace(columns[i], rule=rule, why=why)
    return replace(mapping, columns=tuple(columns))


def _with_orders(
    table: Table, mapping: FileMapping, sample: list[list[str]], asked: str
) -> FileMapping:
    """Decide the order of day and month of every column of dates, from all its cells if need be."""
    dated = _open(mapping, DATES, ORDERS)
    orders = {i: order_of(row[i] for row in sample) for i in dated}
    doubtful = [i for i, o in orders.items() if o == "dmy|mdy"]
    if doubtful:
        orders |= {i: order_of(found) for i, found in _all_cells(table, doubtful).items()}
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


def _all_cells(table: Table, columns: list[int]) -> dict[int, set[str]]:
    """Every different cell of those columns."""
    cells: dict[int, set[str]] = {i: set() for i in columns}
    for _, rows in table.chunks():
        for i in columns:
            cells[i].update(row[i] for row in rows)
    table.problems.clear()
    return cells
