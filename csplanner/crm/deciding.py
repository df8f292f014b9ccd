"""How columns of dates and figures are read: decided from their own cells, asked where these
cannot tell.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from csplanner.crm.dates import ORDERS, day, order_of
from csplanner.crm.fields import target
from csplanner.crm.mapping import DATES, NUMBERS, ColumnMapping, FileMapping, Reading, rule_words
from csplanner.crm.question import Question
from csplanner.crm.table import Table
from csplanner.crm.values import NULLS, bare_number, number, sign_of, split_money

SAMPLE = 2_000
_MOST_COUNTED = 20_000
"""Different cells whose readings are counted; of more, those of the sample are."""
"""Rows looked at first; the whole column is where these cannot tell."""
_SIGNS = (".", ",")
_SLASHED = ("dmy", "mdy")
_TYPED = ("XLSX", "JSON")
"""Containers that hold numbers as numbers, written out with a point."""
BOTH_DATES = " Its dates can be read two ways."
BOTH_NUMBERS = " Its numbers can be read two ways."

Cells = Counter[str]
"""The different cells of a column with how often each stands there."""


@dataclass(frozen=True, slots=True)
class Answers:
    """What a person said about cells that read two ways; empty: not asked yet."""

    date_order: str = ""
    decimal: str = ""
    remembered: Mapping[str, str] = field(default_factory=dict)
    """Header to the rule it was read by last time."""


def decided(
    table: Table, mapping: FileMapping, answers: Answers, sample: list[list[str]] | None = None
) -> FileMapping:
    """The mapping with a rule for every column of dates and figures that has none yet.

    Raises Question where the cells of a column, those of the other columns and what was said
    leave it open.
    """
    figures = _open(mapping, NUMBERS, _SIGNS)
    dated = _open(mapping, DATES, ORDERS)
    if not (figures or dated):
        return mapping
    rows = table.sample(SAMPLE) if sample is None else sample
    cells = {i: _cells(row[i] for row in rows) for i in (*figures, *dated)}
    doubtful = [i for i in figures if _decimal(cells[i]) == "?"]
    doubtful += [i for i in dated if order_of(cells[i]) == "dmy|mdy"]
    everything = cells
    if doubtful and len(rows) >= SAMPLE:
        everything = cells | _all_cells(table, doubtful)
    cells = {i: c if len(c) <= _MOST_COUNTED else cells[i] for i, c in everything.items()}
    columns = list(mapping.columns)
    for i in figures:
        columns[i] = _signed(table, columns[i], (cells[i], everything[i]), answers)
    orders = {i: order_of(everything[i]) for i in dated}
    sure = {o for o in orders.values() if o in _SLASHED}
    beside = sure.pop() if len(sure) == 1 else ""
    for i in dated:
        columns[i] = _ordered(table, columns[i], (cells[i], orders[i]), answers, beside)
    return replace(mapping, columns=tuple(columns))


def _open(mapping: FileMapping, kinds: frozenset[str], rules: tuple[str, ...]) -> list[int]:
    """The columns of those kinds that have no rule yet."""
    return [
        i
        for i, c in enumerate(mapping.columns)
        if c.target and target(c.target).kind in kinds and c.rule not in rules
    ]


def _cells(cells: Iterable[str]) -> Cells:
    return _filled(Counter(cells))


def _filled(found: Cells) -> Cells:
    for cell in [c for c in found if c.strip() in NULLS]:
        del found[cell]
    return found


def _all_cells(table: Table, columns: list[int]) -> dict[int, Cells]:
    found: dict[int, Cells] = {i: Counter() for i in columns}
    for _, rows in table.chunks():
        for i in columns:
            found[i].update(row[i] for row in rows)
    table.problems.clear()
    return {i: _filled(cells) for i, cells in found.items()}


# Figures


def _sign(cell: str) -> str:
    return sign_of(bare_number(split_money(cell.strip())[0]))


def _decimal(cells: Cells) -> str:
    """The decimal sign most cells of a column show, empty when none has any, `?` in doubt."""
    shown = Counter(_sign(cell) for cell in cells)
    doubtful = shown.pop("?", 0)
    del shown[""]
    if shown:
        return max(shown, key=lambda sign: (shown[sign], sign))
    return "?" if doubtful else ""


def _signed(
    table: Table, column: ColumnMapping, found: tuple[Cells, Cells], answers: Answers
) -> ColumnMapping:
    cells, everything = found
    rule = _decimal(everything)
    both = sum(n for cell, n in cells.items() if _sign(cell) == "?")
    if both:
        column = _counted(column, cells, both, tuple(_sign_reading(s, cells) for s in _SIGNS))
    if rule != "?":
        why = _why(column, rule, "figures") if rule and both else column.why
        return replace(column, rule=rule, why=why)
    rule = answers.remembered.get(column.header, "") or answers.decimal
    rule = rule if rule in _SIGNS else "." if table.container in _TYPED else ""
    if not rule:
        raise Question(
            f"The numbers in column {column.header} of {table.file} can be read with "
            "thousands or with a fraction. Say the decimal sign with --decimal . or "
            "--decimal , and import again.",
            "--decimal",
            choices=_SIGNS,
            where=f"{table.file}: {column.header}",
        )
    return replace(column, rule=rule, why=column.why + BOTH_NUMBERS)


def _sign_reading(sign: str, cells: Cells) -> Reading:
    read = number(sign)

    def as_number(cell: str) -> str:
        return f"{read(split_money(cell)[0]):f}"

    return _reading(sign, cells, as_number, [c for c in cells if _sign(c) == "?"])


# Dates


def _ordered(
    table: Table,
    column: ColumnMapping,
    found: tuple[Cells, str | None],
    answers: Answers,
    beside: str,
) -> ColumnMapping:
    cells, rule = found[0], found[1] or "ymd"
    two_ways = [cell for cell in cells if order_of([cell]) == "dmy|mdy"]
    both = sum(cells[cell] for cell in two_ways)
    if rule != "ymd" or both:
        telling = [c for c in two_ways if _value(day("dmy"), c) != _value(day("mdy"), c)]
        readings = tuple(_reading(o, cells, day(o), telling or two_ways) for o in _SLASHED)
        column = _counted(column, cells, both, readings)
    if rule != "dmy|mdy":
        return replace(column, rule=rule, why=_why(column, rule, "dates") if both else column.why)
    remembered = answers.remembered.get(column.header, "")
    rule = answers.date_order or (remembered if remembered in _SLASHED else "") or beside
    if not rule:
        raise Question(
            f"The dates in column {column.header} of {table.file} can be read as "
            "day/month or month/day. Say which with --date-order dmy or mdy.",
            "--date-order",
            choices=_SLASHED,
            where=f"{table.file}: {column.header}",
        )
    return replace(column, rule=rule, why=column.why + BOTH_DATES)


# What is told


def _reading(rule: str, cells: Cells, read: Callable[[str], object], telling: list[str]) -> Reading:
    """How many cells cannot be read by a rule, and what one that tells becomes by it."""
    fails = sum(n for cell, n in cells.items() if _value(read, cell) == "")
    example = min(
        telling or cells, key=lambda cell: (len(cell) > 40, -cells[cell], cell), default=""
    )
    return Reading(rule, fails, example.strip()[:60], _value(read, example))


def _value(read: Callable[[str], object], cell: str) -> str:
    try:
        return str(read(cell.strip()))
    except ValueError:
        return ""


def _counted(
    column: ColumnMapping, cells: Cells, both: int, readings: tuple[Reading, ...]
) -> ColumnMapping:
    return replace(column, readings=readings, looked_at=cells.total(), both_ways=both)


def _why(column: ColumnMapping, rule: str, things: str) -> str:
    """`11 of 39 dates could be read two ways. The other 28 only work as day/month/year.`"""
    rest = column.looked_at - column.both_ways
    works = "works" if rest == 1 else "work"
    words = rule_words(rule).removeprefix("number, ")
    return (
        f"{column.why} {column.both_ways:,} of {column.looked_at:,} {things} could be read two "
        f"ways. The other {rest:,} only {works} as {words}."
    ).strip()
