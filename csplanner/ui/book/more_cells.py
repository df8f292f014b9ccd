"""The columns one may add to the Book, as texts: what is shown, said and copied of a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import Stage
from csplanner.domain.overview import Overview
from csplanner.language import noted, tr
from csplanner.ui.book.columns import COLUMNS, Col
from csplanner.ui.widgets import format as words
from csplanner.ui.words import hours

CRITICALITY = (
    noted("Convenience"), noted("Important"), noted("Business-critical"),
    noted("Mission-critical"),
)  # fmt: skip
_STAGES = {
    Stage.ONBOARDING: noted("Onboarding"), Stage.ADOPTION: noted("Adoption"),
    Stage.MATURE: noted("Mature"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, and the colour token it is drawn with."""

    text: str
    token: str = "text"


def cell(line: Overview, column: int, *, today: date, unit: str) -> Cell:
    """One cell of a further column, hours said a `unit`; an empty text where it is not one."""
    make = _CELLS.get(column)
    return make(line, today, unit) if make else Cell("")


def said(line: Overview, column: int, *, today: date, unit: str) -> str:
    """The same in words that stand alone: `Owner Kim Hale`, `Owner unknown`."""
    if column not in _CELLS:
        return ""
    head = COLUMNS[column]
    text = cell(line, column, today=today, unit=unit).text or tr("unknown")
    return tr("{0}: {1}").format(tr(head.spoken or head.title), text)


def copied(line: Overview, column: int) -> object:
    """The same as a plain value to copy: ISO days, hours a quarter, words; None for nothing."""
    make = _COPIED.get(column)
    return make(line) if make else None


def criticality_word(value: int | None) -> str:
    """Return `Business-critical`; empty when nobody said."""
    if value is None:
        return ""
    return tr(CRITICALITY[min(max(value, 0), len(CRITICALITY) - 1)])


def _text(name: str) -> Callable[[Overview, date, str], Cell]:
    return lambda line, _today, _unit: Cell(getattr(line, name), "text2")


def _count(name: str) -> Callable[[Overview, date, str], Cell]:
    def made(line: Overview, _today: date, _unit: str) -> Cell:
        value = getattr(line, name)
        return Cell("", "text3") if value is None else Cell(words.number(value), _faint(value))

    return made


def _faint(value: int) -> str:
    return "text" if value else "text3"


def _day(name: str) -> Callable[[Overview, date, str], Cell]:
    def made(line: Overview, today: date, _unit: str) -> Cell:
        value: date | None = getattr(line, name)
        if value is None:
            return Cell("", "text3")
        return Cell(words.day(value, today), "risk-ink" if value < today else "text")

    return made


def _hours(name: str) -> Callable[[Overview, date, str], Cell]:
    def made(line: Overview, _today: date, unit: str) -> Cell:
        value: int = getattr(line, name)
        return Cell(hours(value, unit), _faint(value))

    return made


def _stage(line: Overview, _today: date, _unit: str) -> Cell:
    return Cell(tr(_STAGES[line.stage]) if line.stage else "", "text2")


def _criticality(line: Overview, _today: date, _unit: str) -> Cell:
    return Cell(criticality_word(line.criticality), "text")


def _tags(line: Overview, _today: date, _unit: str) -> Cell:
    return Cell(", ".join(line.tags), "text2")


_CELLS: dict[int, Callable[[Overview, date, str], Cell]] = {
    Col.STEP_DUE: _day("next_step_due"),
    Col.SECTOR: _text("sector"),
    Col.OWNER: _text("owner"),
    Col.SEGMENT: _text("segment"),
    Col.COUNTRY: _text("country"),
    Col.CITY: _text("city"),
    Col.TAGS: _tags,
    Col.TASKS: _count("open_tasks"),
    Col.TASK_DUE: _day("task_due"),
    Col.STAGE: _stage,
    Col.CASES: _count("open_cases"),
    Col.CRITICALITY: _criticality,
    Col.EQUIPPED: _count("equipped"),
    Col.POTENTIAL: _count("potential"),
    Col.PROMISED: _hours("hours_promised"),
    Col.SPENT: _hours("hours_spent"),
}
_COPIED: dict[int, Callable[[Overview], object]] = {
    Col.STEP_DUE: lambda line: line.next_step_due,
    Col.SECTOR: lambda line: line.sector,
    Col.OWNER: lambda line: line.owner,
    Col.SEGMENT: lambda line: line.segment,
    Col.COUNTRY: lambda line: line.country,
    Col.CITY: lambda line: line.city,
    Col.TAGS: lambda line: ", ".join(line.tags),
    Col.TASKS: lambda line: line.open_tasks,
    Col.TASK_DUE: lambda line: line.task_due,
    Col.STAGE: lambda line: line.stage.value.capitalize() if line.stage else None,
    Col.CASES: lambda line: line.open_cases,
    Col.CRITICALITY: lambda line: (
        None if line.criticality is None else CRITICALITY[line.criticality]
    ),
    Col.EQUIPPED: lambda line: line.equipped,
    Col.POTENTIAL: lambda line: line.potential,
    Col.PROMISED: lambda line: f"{line.hours_promised / 1000:g}",
    Col.SPENT: lambda line: f"{line.hours_spent / 1000:g}",
}
