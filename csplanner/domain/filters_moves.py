"""Reads what a filter asks of the past: `from good to watch since 1 Mar 2026`, `20 %`.

A text without a time means the last 90 days.
"""

from collections.abc import Sequence

from csplanner.domain.filters_change import Change
from csplanner.domain.filters_fields import FilterField
from csplanner.domain.filters_values import (
    day_of,
    days_of,
    months_of,
    number_of,
    when_of,
    word_of,
)
from csplanner.domain.filters_words import Token, written

_SPANS = ("since", "in", "within", "over", "during", "for")
_EXAMPLE = "since 1 Mar 2026 or in 90 days"


def change_from(
    source: str, words: Sequence[Token], asked: tuple[FilterField, str]
) -> tuple[str, Change]:
    """The operator and the change that the words after it say; raises ValueError in words."""
    found, operator = asked
    words, span = _span(source, words)
    if operator == "left":
        if words:
            raise ValueError(_strange(source, words, found, operator))
        return operator, span
    if words and words[0].says("from", "to"):
        if (found.kind == "number" and found.key != "criticality") or found.kind == "measure":
            raise ValueError(f"Say by how much {found.name} {operator}, like 10 or 20 %.")
        return "moved", _states(source, words, found, span)
    if not words:
        return operator, span
    if operator == "moved" and found.kind == "word":
        became = word_of(found, written(source, words))
        return operator, Change(became=became, since=span.since, days=span.days)
    if operator == "moved" or found.kind in ("word", "date"):
        raise ValueError(_strange(source, words, found, operator))
    return operator, _amount(source, words, span)


def _span(source: str, words: Sequence[Token]) -> tuple[Sequence[Token], Change]:
    """The words before the time is said, and a change over that time."""
    at = next((i for i in range(len(words) - 1, -1, -1) if words[i].says(*_SPANS)), None)
    if at is None:
        return words, Change()
    rest = list(words[at + 1 :])
    said = written(source, rest)
    if not said:
        raise ValueError(f"Say since when, like {_EXAMPLE}.")
    if words[at].says("since"):
        months = months_of(said, -1)
        return words[:at], Change(since=months[0] if months else day_of(said, -1))
    while rest and rest[0].says("the", "last", "past"):
        rest = rest[1:]
    return words[:at], Change(days=days_of(written(source, rest)))


def _states(source: str, words: Sequence[Token], found: FilterField, span: Change) -> Change:
    at = next((i for i, word in enumerate(words) if word.says("to")), len(words))
    was = written(source, words[1:at]) if words[0].says("from") else ""
    became = written(source, words[at + 1 :])
    if (words[0].says("from") and not was) or (at < len(words) and not became):
        raise ValueError(f"Say from what to what, such as {found.name} moved from A to B.")
    return Change(
        _state(found, was) if was else "",
        _state(found, became) if became else "",
        since=span.since,
        days=span.days,
    )


def _state(found: FilterField, text: str) -> str:
    if found.kind in ("word", "flag"):
        return word_of(found, text)
    if found.kind == "date":
        return when_of(text)
    if found.kind == "number":
        return number_of(text)
    return text


def _amount(source: str, words: Sequence[Token], span: Change) -> Change:
    words = words[1:] if words[0].says("by") else words
    said = written(source, words).casefold()
    amount = number_of(said).removeprefix("-")
    is_percent = said.rstrip(". ").endswith(("%", "percent", "pct"))
    return Change(amount=amount, is_percent=is_percent, since=span.since, days=span.days)


def _strange(source: str, words: Sequence[Token], found: FilterField, operator: str) -> str:
    said = written(source, words)
    states = f"from {found.words[1]} to {found.words[0]} " if len(found.words) > 2 else ""
    return (
        f"“{said}” was not understood. "
        f"Write it like {found.name} {operator} {states}since 1 Mar 2026, or in 90 days."
    )
