"""The mapping a file is read by: given, remembered, or proposed from its names and cells."""

from dataclasses import replace

from csplanner.crm.choosing import choose_columns
from csplanner.crm.deciding import SAMPLE, Answers, decided
from csplanner.crm.detect import detect
from csplanner.crm.mapping import ColumnMapping, FileMapping
from csplanner.crm.remembered import Memory
from csplanner.crm.table import Table
from csplanner.crm.values import NULLS
from csplanner.errors import UserError

_SHOWN = 3
_LONGEST = 60


def propose(
    table: Table, answers: Answers | None = None, memory: Memory | None = None
) -> FileMapping:
    """A mapping of every column with its reason, as last time where the columns are known.

    Raises Question where dates or numbers read two ways.
    """
    sample = table.sample(SAMPLE)
    found = detect(table, sample)
    chosen = choose_columns(found.object, _names(table), source=found.source, file=table.file)
    columns = []
    for at, header in enumerate(table.headers):
        goal = chosen.get(at)
        columns.append(
            ColumnMapping(
                header, goal.key if goal else "", goal.why if goal else "", _seen(sample, at)
            )
        )
    mapping = FileMapping(table.file, found.object, found.source, found.reason, 0, tuple(columns))
    answers = answers or Answers()
    if memory is not None:
        mapping, rules = memory.recall(mapping)
        answers = replace(answers, remembered=rules)
    return decided(table, mapping, answers, sample)


def _names(table: Table) -> tuple[str, ...]:
    """What the columns are called, in English where the file says so beside its headers."""
    return table.names if len(table.names) == len(table.headers) else table.headers


def _seen(sample: list[list[str]], at: int) -> tuple[str, ...]:
    cells = (row[at].strip()[:_LONGEST] for row in sample)
    return tuple(dict.fromkeys(c for c in cells if c not in NULLS))[:_SHOWN]


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
    return decided(table, replace(given, columns=tuple(columns)), answers)
