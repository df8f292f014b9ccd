"""The filter a cell of the Book stands for: only accounts that have its value."""

from collections.abc import Callable

from csplanner.domain.filters import Condition
from csplanner.domain.overview import Overview
from csplanner.ui.book.columns import Col


def value_condition(line: Overview, column: int) -> Condition | None:
    """The condition that lets through what an account has in a column; None where a value says
    too little to filter by.
    """
    text = _TEXTS.get(column)
    if text is not None:
        field, value = text[0], text[1](line)
        return Condition(field, "is", value) if value else Condition(field, "is unknown")
    number = _NUMBERS.get(column)
    if number is None:
        return None
    value_of = getattr(line, number[1])
    field = number[0]
    return Condition(field, "is unknown") if value_of is None else Condition(
        field, "is", str(value_of)
    )  # fmt: skip


_TEXTS: dict[int, tuple[str, Callable[[Overview], str]]] = {
    Col.TIER: ("tier", lambda line: line.tier.value if line.tier else "not placed"),
    Col.HEALTH: ("health", lambda line: line.band.value),
    Col.SENTIMENT: (
        "sentiment", lambda line: line.sentiment.name.casefold() if line.sentiment else ""
    ),
    Col.SECTOR: ("sector", lambda line: line.sector),
    Col.OWNER: ("owner", lambda line: line.owner),
    Col.SEGMENT: ("segment", lambda line: line.segment),
    Col.COUNTRY: ("country", lambda line: line.country),
    Col.CITY: ("city", lambda line: line.city),
    Col.TAGS: ("tag", lambda line: line.tags[0] if line.tags else ""),
    Col.STAGE: ("stage", lambda line: line.stage.value if line.stage else ""),
    Col.STEP: ("next_step", lambda line: line.next_step),
}  # fmt: skip
_NUMBERS: dict[int, tuple[str, str]] = {
    Col.YEAR: ("year", "year"),
    Col.CRITICALITY: ("criticality", "criticality"),
    Col.EQUIPPED: ("equipped", "equipped"),
    Col.POTENTIAL: ("potential", "potential"),
    Col.TASKS: ("tasks", "open_tasks"),
    Col.CASES: ("cases", "open_cases"),
}
