"""Which currency amounts without one are in: asked where the book knows several."""

from collections.abc import Sequence

from csplanner.crm.currencies import in_header
from csplanner.crm.fields import target
from csplanner.crm.mapping import FileMapping
from csplanner.crm.question import Question
from csplanner.crm.table import Table
from csplanner.crm.values import NULLS, split_money

_SAMPLE = 2_000


def need_currency(
    mapped: Sequence[tuple[Table, FileMapping]], said: str, known: Sequence[str]
) -> list[str]:
    """Notes on amounts that name no currency and are read in the book's.

    Raises Question when nobody said one and the book has amounts in several.
    """
    notes = []
    for table, mapping in mapped:
        bare = _bare_amounts(table, mapping)
        if not bare or said:
            continue
        if len(known) > 1:
            listed = " or ".join((", ".join(known[:-1]), known[-1]))
            raise Question(
                f"The amounts in column {bare[0]} of {table.file} name no currency, and your book "
                f"has amounts in {listed}. Say which with --currency.",
                "--currency",
                choices=tuple(known),
                where=f"{table.file}: {bare[0]}",
            )
        columns = " and ".join(bare) if len(bare) < 3 else f"{len(bare)} columns"
        notes.append(
            f"{table.file}: amounts in {columns} name no currency and are read as {known[0]}, the "
            "currency of your book."
        )
    return notes


def _bare_amounts(table: Table, mapping: FileMapping) -> list[str]:
    """The columns with amounts that name no currency, in their cells or beside them."""
    goals = [(i, c, target(c.target)) for i, c in enumerate(mapping.columns) if c.target]
    beside = {goal.object for _, _, goal in goals if goal.kind == "currency"}
    beside |= {g.object for _, c, g in goals if g.kind == "money" and in_header(c.header)}
    asked = [(i, c) for i, c, goal in goals if goal.kind == "money" and goal.object not in beside]
    if not asked:
        return []
    rows = table.sample(_SAMPLE)
    return [c.header for i, c in asked if any(_is_bare(row[i]) for row in rows)]


def _is_bare(cell: str) -> bool:
    text = cell.strip()
    if text in NULLS or not any(sign.isdigit() for sign in text):
        return False
    figure, mark = split_money(text)
    return (mark is None or not mark.isalpha()) and figure.strip("0.,-− ") != ""
