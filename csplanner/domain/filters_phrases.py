"""Ways of saying in a filter what several conditions or words say: between, worse than, in May."""

from collections.abc import Sequence
from datetime import date

from csplanner.domain.filters_condition import Condition
from csplanner.domain.filters_fields import FilterField
from csplanner.domain.filters_values import (
    day_at,
    days_of,
    months_of,
    number_of,
    reading_on,
    when_of,
    word_of,
)
from csplanner.domain.filters_words import Token, written

_COPULAS = ("is", "was", "are")
_WORSE = ("worse than", "below", "lower than", "less than", "under", "<")
_BETTER = ("better than", "above", "higher than", "more than", "greater than", "over", ">")
_LEAST = ("at least", ">=", "≥")
_MOST = ("at most", "<=", "≤")
_LONGER = ("more than", "longer than", "older than", "over")
_SHORTER = ("less than", "under", "within")
_UNRANKED = ("none", "not placed", "undecided")
EXAMPLES = {
    "word": "{0} is {1} or {0} worse than {2}",
    "seat": "{0} is nobody",
    "flag": "{0} is yes",
    "date": "{0} before 30 Jun 2027, {0} within 90 days or {0} between 1 May 2027 and 30 Jun 2027",
    "number": "{0} at least 50 or {0} between 50 and 200",
    "text": "{0} contains north",
    "measure": "{0} at least 50 or {0} fell 20 % in 60 days",
}


def example_of(found: FilterField) -> str:
    """Sentences of a field that would be understood."""
    example = EXAMPLES[found.kind]
    if found.kind == "word" and not ranked(found):
        example = "{0} is {1}"
    words = found.words if len(found.words) > 2 else ("", "", "")
    return example.format(found.name, words[0], words[2])


def ranked(found: FilterField) -> tuple[str, ...]:
    """The words of a field that stand in an order, the least first; none where they have none."""
    ordered = found.kind == "word" and (found.ordered or found.key == "rule")
    return tuple(w for w in found.words if w not in _UNRANKED) if ordered else ()


def is_between(found: FilterField, rest: Sequence[Token]) -> bool:
    """Whether the words after a field say “between”, whose “and” joins no conditions."""
    rest = rest[1:] if rest and rest[0].says(*_COPULAS) else rest
    return found.kind in ("number", "date", "measure") and bool(rest) and rest[0].says("between")


def begins_phrase(found: FilterField, rest: Sequence[Token]) -> bool:
    """Whether the words after a field begin a phrase, complete or not."""
    bare = rest[1:] if rest and rest[0].says(*_COPULAS) else rest
    said = " ".join(word.text.casefold() for word in bare[:2] if not word.is_quoted) + " "
    compares = (*_WORSE, *_BETTER, *_LEAST, *_MOST) if ranked(found) else ()
    spans = (*_LONGER, *_SHORTER) if found.kind == "date" else ()
    return is_between(found, rest) or any(said.startswith(f"{w} ") for w in (*compares, *spans))


def phrase(source: str, found: FilterField, rest: Sequence[Token]) -> tuple[Condition, ...]:
    """The conditions the words after a field say together; empty where they are no phrase."""
    bare = rest[1:] if rest and rest[0].says(*_COPULAS) else rest
    if is_between(found, rest):
        return _between(source, found, bare[1:])
    said = written(source, bare).casefold() if bare and not bare[0].is_quoted else ""
    if found.kind == "date":
        return _span(found, said) or _months(found, written(source, bare))
    if ranked(found):
        return _compared(found, said)
    return ()


def way_of(found: FilterField) -> int:
    """Where the days of a field without a year are looked for: behind (−1) or ahead (1)."""
    return -1 if found.past else 1


def or_further(last: Condition, found: FilterField, said: str) -> tuple[str, ...]:
    """The words that “or worse” and “or better” add to a condition; empty for others."""
    order = ranked(found)
    if last.operator != "is" or last.also or last.value not in order:
        return ()
    at = order.index(last.value)
    if said in ("worse", "lower", "below", "less"):
        return order[:at]
    return order[at + 1 :] if said in ("better", "higher", "above", "more") else ()


def _compared(found: FilterField, said: str) -> tuple[Condition, ...]:
    """`worse than unsure`: every word before or behind one in their order."""
    order = ranked(found)
    for ways, side in ((_WORSE, -1), (_BETTER, 1), (_LEAST, 1), (_MOST, -1)):
        way = next((w for w in ways if said.startswith(f"{w} ")), "")
        if not way:
            continue
        word = word_of(found, said.removeprefix(way).strip())
        if word not in order:
            raise ValueError(f"“{word}” has no place in the order. Name one of: {_named(order)}.")
        at, itself = order.index(word), ways in (_LEAST, _MOST)
        left = order[: at + itself] if side < 0 else order[at + (not itself) :]
        if not left:
            raise ValueError(f"No {found.name} is {way} {word}. The order is: {_named(order)}.")
        return (Condition(found.key, "is", left[0], left[1:]),)
    return ()


def _named(order: Sequence[str]) -> str:
    return ", ".join(order)


def _between(source: str, found: FilterField, words: Sequence[Token]) -> tuple[Condition, ...]:
    at = next((i for i, word in enumerate(words) if word.says("and", "&&")), len(words))
    first, last = written(source, words[:at]), written(source, words[at + 1 :])
    if not first or not last:
        raise ValueError(f"Say between what and what, such as {example_of(found)}.")
    if found.kind == "date":
        begin, end = _days_between(found, first, last)
        return Condition(found.key, "from", begin), Condition(found.key, "by", end)
    low, high = sorted((number_of(first), number_of(last)), key=float)
    return Condition(found.key, "at least", low), Condition(found.key, "at most", high)


def _days_between(found: FilterField, first: str, last: str) -> tuple[str, str]:
    """Both ends; without years the time that is next ahead, or that was the latest behind."""
    if found.past:
        begin = _end_of(first, -1, 0)
        with reading_on(_fixed(begin)):
            return begin, _end_of(last, 1, 1)
    end = _end_of(last, 1, 1)
    with reading_on(_fixed(end)):
        return _end_of(first, -1, 0), end


def _fixed(when: str) -> date | None:
    return day_at(when, date.max) if when[:4].isdigit() and when[4:5] == "-" else None


def _end_of(text: str, way: int, side: int) -> str:
    months = months_of(text, way)
    return months[side].isoformat() if months else when_of(text, way)


def _span(found: FilterField, said: str) -> tuple[Condition, ...]:
    """`more than 30 days ago`, `in less than 30 days`, `older than 30 days`."""
    tail = next((t for t in (" ago", " away", " ahead", " from now") if said.endswith(t)), "")
    leads = said.startswith("in ")
    rest = said.removesuffix(tail).removeprefix("in ")
    for ways, is_far in ((_LONGER, True), (_SHORTER, False)):
        way = next((w for w in ways if rest.startswith(f"{w} ")), "")
        if not way or not (tail or leads or way == "older than"):
            continue
        days = days_of(rest.removeprefix(way).strip())
        if tail == " ago" or way == "older than":
            if not is_far and not found.past:
                raise ValueError(f"Write {found.name} from {days} days ago.")
            before = Condition(found.key, "before", f"{days} days ago")
            return (before if is_far else Condition(found.key, "within", str(days)),)
        if is_far:
            return (Condition(found.key, "after", f"in {days} days"),)
        return () if found.past else (Condition(found.key, "within", str(days)),)
    return ()


def _months(found: FilterField, said: str) -> tuple[Condition, ...]:
    """`in May`, `in Q3 2027`, `May 2027`: every day of it."""
    first, _, more = said.partition(" ")
    text = more if first.casefold() in ("in", "during", "on") else said
    months = months_of(text, way_of(found))
    if months is None:
        return ()
    begin, end = (day.isoformat() for day in months)
    return Condition(found.key, "from", begin), Condition(found.key, "by", end)
