"""Filters as text, both ways: `tier is not digital and renewal before 2027-04-30`.

Conditions are joined by “and”; “or” binds closer and means any of: `tier is high or medium`.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches

from csplanner.domain.filters_change import change_of
from csplanner.domain.filters_condition import Condition
from csplanner.domain.filters_fields import (
    BARE,
    CHANGES,
    LISTED,
    LONGEST_NAME,
    FilterField,
    field_named,
    field_of,
    known_names,
    operators_of,
    spellings,
)
from csplanner.domain.filters_moves import change_from
from csplanner.domain.filters_phrases import (
    begins_phrase,
    example_of,
    is_between,
    or_further,
    phrase,
    way_of,
)
from csplanner.domain.filters_values import (
    days_of,
    months_of,
    number_of,
    reading_on,
    when_of,
    word_of,
)
from csplanner.domain.filters_words import Token, parted, tokens, written
from csplanner.language import tr

_LISTING = ("is any of", "is one of", "any of", "is none of", "in")
_SIMPLE = re.compile(r"[^\W\d_][\w.&’/+-]*")
_RESERVED = frozenset({
    "and", "or", "any", "of", "either", "is", "not", "in", "from", "to", "since", "by", "at",
    "within", "over", "during", "for", "unknown", "missing", "empty", "blank",
})  # fmt: skip
_SHOWN_NAMES = 14
_LONGEST = 10_000
"""Characters of a filter, and so what reading it costs."""
_MOST_PARTS = 300
"""Conditions and values of a filter; a search over more nests deeper than the book allows."""


def parse_filter(text: str, today: date | None = None) -> tuple[Condition, ...]:
    """The conditions written in `text`; raises ValueError saying what to write instead.

    Of the text of a whole view they are its conditions. A date without its year is read as seen
    on `today`: the latest one behind for what has been, else the next ahead; None refuses it.
    """
    if text.strip().casefold().startswith("book:"):
        from csplanner.domain.filters_view import parse_view

        return parse_view(text, today).view.conditions
    _need_short(text)
    words = tokens(text)
    while words and words[0].says("accounts", "account", "whose", "where", "show", "with"):
        if field_named(words[0].text) and len(words) > 1 and _operator_at(words, 1):
            break
        words = words[1:]
    with reading_on(today):
        parts = [part for part in _clauses(words) if part]
        found = tuple(each for part in parts for each in _clause(text, part))
    if sum(len(side.values) for each in found for side in each.sides) > _MOST_PARTS:
        raise ValueError(_too_long())
    return found


def _too_long() -> str:
    return tr("The filter says too much at once. Leave out some of its conditions.")


def _need_short(text: str) -> None:
    if len(text) > _LONGEST:
        raise ValueError(_too_long())
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise ValueError(tr("The filter holds signs that are no text. Type it anew."))


def parse_condition(text: str) -> Condition:
    """The one condition written in `text`; raises ValueError saying what to write instead."""
    found = parse_filter(text)
    if len(found) != 1:
        raise ValueError("Write one sentence here, such as tier is not digital.")
    return found[0]


def condition_text(condition: Condition) -> str:
    """A condition as `parse_filter` reads it."""
    return " or ".join(_side_text(side) for side in condition.sides)


def filter_text(conditions: Iterable[Condition]) -> str:
    """Conditions as `parse_filter` reads them."""
    return " and ".join(condition_text(c) for c in conditions)


def quoted(value: str) -> str:
    """A value as it may stand in a filter: in quotes unless it is one harmless word."""
    if _SIMPLE.fullmatch(value) and value.casefold() not in _RESERVED and not field_named(value):
        return value
    return '"' + value.replace('"', '""') + '"'


# Reading


def _clauses(words: Sequence[Token]) -> list[list[Token]]:
    """The words between each “and” but that of “between … and …”."""
    parts: list[list[Token]] = [[]]
    is_open = False
    for word in words:
        if word.says("and", "&&") and not is_open:
            parts.append([])
            continue
        is_open = not word.says("and", "&&") and (is_open or _opens(parts[-1], word))
        parts[-1].append(word)
    return parts


def _opens(before: Sequence[Token], word: Token) -> bool:
    """Whether “between” stands where it is said of a field."""
    if not word.says("between"):
        return False
    clause = parted(before, "or", "||")[-1]
    found, length = _field_at(clause)
    return found is not None and is_between(found, [*clause[length:], word])


def _clause(source: str, words: list[Token]) -> tuple[Condition, ...]:
    """What stands between two “and”: mostly one condition, two where it says “between”."""
    if words[0].says("either", "any") and len(words) > 1:
        words = words[2:] if words[1].says("of") else words[1:]
    sides: list[Condition] = []
    for part in parted(words, "or", "||"):
        if not part:
            raise ValueError("Say what comes after “or”, such as tier is high or medium.")
        if sides and not _begins_condition(part):
            last = sides[-1]
            more = _further(source, part, last)
            sides[-1] = replace(last, also=(*last.also, *more))
            continue
        found, length = _field_at(part)
        several = phrase(source, found, part[length:]) if found else ()
        if len(several) > 1 and not sides and len(part) == len(words):
            return several
        if len(several) > 1:
            said = written(source, part)
            raise ValueError(f"“{said}” cannot stand beside “or”. Make a filter of it alone.")
        sides.append(several[0] if several else _side(source, part))
    return (replace(sides[0], either=tuple(sides[1:])) if len(sides) > 1 else sides[0],)


def _begins_condition(words: Sequence[Token]) -> bool:
    found, length = _field_at(words)
    if found is None:
        return False
    if len(words) == length and found.kind == "flag":
        return True
    rest = words[length:]
    return _spelt(found, rest)[1] > 0 or begins_phrase(found, rest)


def _operator_at(words: Sequence[Token], place: int) -> bool:
    found = field_named(words[0].text)
    return found is not None and _spelt(found, words[place:])[1] > 0


def _side(source: str, words: list[Token]) -> Condition:
    """One field, what is said of it, and the values."""
    negated = words[0].says("not") and len(words) > 1
    found, length = _field_at(words[1:] if negated else words)
    if found is None:
        raise ValueError(_no_field(written(source, words[:1])))
    rest = words[length + negated :]
    if found.kind == "flag" and (negated or not rest):
        return Condition(found.key, "is", "no" if negated else "yes")
    if negated:
        raise ValueError(f"Put “not” behind the field, such as {found.name} is not known.")
    operator, used, spelling = _said_of(found, rest)
    if not operator:
        raise ValueError(_no_operator(found))
    rest = rest[used:]
    if operator in CHANGES:
        kind, change = change_from(source, rest, (found, operator))
        return Condition(found.key, kind, str(change))
    if operator in BARE:
        if rest:
            raise ValueError(f"Nothing can follow “{found.name} {operator}” but and, or or.")
        if "none" in found.words:
            return Condition(found.key, "is" if operator == "is unknown" else "is not", "none")
        return Condition(found.key, operator)
    if (placed := _placed(found, operator, rest)) is not None:
        return placed
    return _valued(source, rest, Condition(found.key, operator), lists=spelling in _LISTING)


def _said_of(found: FilterField, rest: Sequence[Token]) -> tuple[str, int, str]:
    """What is said of a field as `_spelt` has it; of a word alone that it “is”."""
    spelt = _spelt(found, rest)
    return ("is", 0, "") if not spelt[1] and found.words and rest else spelt


def _placed(found: FilterField, operator: str, rest: Sequence[Token]) -> Condition | None:
    """“is not placed” names a shelf of its own: it reads as “is”, “not placed”."""
    if found.key not in ("tier", "rule") or len(rest) != 1 or not rest[0].says("placed"):
        return None
    return Condition(found.key, "is" if operator == "is not" else "is not", "not placed")


def _valued(source: str, rest: Sequence[Token], bare: Condition, *, lists: bool) -> Condition:
    found = field_of(bare.field)
    if not rest:
        raise ValueError(f"Say what {found.name} {bare.operator}.")
    if _says_unknown(rest) and found.kind not in ("flag", "seat") and "none" not in found.words:
        return Condition(bare.field, "is known" if bare.operator == "is not" else "is unknown")
    values = _values(source, rest, bare, lists=lists or found.kind in ("word", "seat"))
    return replace(bare, value=values[0], also=tuple(values[1:]))


def _says_unknown(rest: Sequence[Token]) -> bool:
    return len(rest) == 1 and rest[0].says("unknown", "missing", "empty", "blank")


def _further(source: str, words: Sequence[Token], last: Condition) -> list[str]:
    """More values for a condition after an “or”."""
    said = written(source, words)
    if more := or_further(last, field_of(last.field), said.casefold()):
        return list(more)
    if last.operator not in LISTED:
        raise ValueError(f"“{said}” is no sentence. Begin it with a field, such as tier is high.")
    return _values(source, words, last, lists=True)


def _values(source: str, words: Sequence[Token], bare: Condition, *, lists: bool) -> list[str]:
    found = field_of(bare.field)
    parts = parted(words, ",") if lists else [list(words)]
    return [_value(found, bare.operator, written(source, part)) for part in parts if part]


def _value(found: FilterField, operator: str, text: str) -> str:
    if found.kind in ("word", "flag", "seat"):
        return word_of(found, text)
    if operator == "within":
        return str(days_of(text))
    if found.kind == "date":
        months = months_of(text, way_of(found))
        if months:
            return months[operator in ("by", "after")].isoformat()
        return when_of(text, way_of(found))
    if found.kind in ("number", "measure"):
        return number_of(text)
    if not text:
        raise ValueError(f"Say what {found.name} {operator}.")
    return text


Begun = tuple[FilterField | None, str, str, str]
"""The field of a clause being typed, the text up to what follows, the operator, the rest."""


def begun(text: str) -> tuple[str, Begun]:
    """The text before the clause being typed, and how far that clause has got."""
    words = tokens(text)
    last = _clauses(words)[-1]
    at = len(words) - len(last) - 1
    at = next((i for i in range(len(words) - 1, at, -1) if words[i].says("or")), at)
    before = text[: words[at].end] + " " if at >= 0 else ""
    clause = words[at + 1 :]
    if at >= 0 and words[at].says("or") and clause and not _begins_condition(clause):
        # “tier is high or me”: a further value of the field before.
        _, (found, _, operator, _) = begun(text[: words[at].start])
        if operator:
            return before, (found, before, operator, text[words[at].end :].strip())
    found, length = _field_at(clause)
    typing = len(clause) == length and not text.endswith(" ")
    if found is None or typing:
        return before, (None, "", "", "")
    after = text[: clause[length - 1].end] + " "
    operator, used, _ = _spelt(found, clause[length:])
    rest = text[clause[length - 1].end :].strip()
    if not operator or (len(clause) == length + used and not text.endswith(" ")):
        return before, (found, after, "", rest)
    end = clause[length + used - 1].end
    return before, (found, f"{text[:end]} ", operator, text[end:].strip())


def _field_at(words: Sequence[Token]) -> tuple[FilterField | None, int]:
    """The field the words begin with, and how many of them name it."""
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        if not any(word.is_quoted for word in words[:length]):
            found = field_named(" ".join(word.text for word in words[:length]))
            if found is not None:
                return found, length
    return None, 0


def _spelt(found: FilterField, words: Sequence[Token]) -> tuple[str, int, str]:
    """(operator, how many words say it, how it is spelt); ("", 0, "") for none."""
    said = [None if w.is_quoted else w.text.casefold() for w in words[:5]]
    for spelling, operator in spellings(found):
        parts = spelling.split()
        if said[: len(parts)] == parts:
            return operator, len(parts), spelling
    return "", 0, ""


def _no_operator(found: FilterField) -> str:
    ways = ", ".join(operators_of(found))
    return f"After “{found.name}” say one of: {ways}. Such as {example_of(found)}."


def _no_field(name: str) -> str:
    names = known_names()
    near = get_close_matches(name.casefold(), names, 1, 0.7)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    shown = ", ".join(names[:_SHOWN_NAMES])
    return f"There is no field “{name}”.{hint} Filter by one of: {shown} and more."


# Writing


def _side_text(side: Condition) -> str:
    found = field_of(side.field)
    operator = side.operator
    if operator == "moved" and (found.kind in ("text", "seat") or found.key in _CHANGED):
        operator = "changed"
    head = f"{found.name} {operator}"
    if operator in BARE:
        return head
    if side.operator in CHANGES:
        return f"{head} {_change_text(found, side.value)}"
    values = side.values if found.kind != "text" else tuple(quoted(v) for v in side.values)
    if side.operator == "within":
        return f"{head} {side.value} days"
    return f"{head} {' or '.join(values)}"


_CHANGED = frozenset({"tier", "regrettable", "criticality", "arr"})


def _change_text(found: FilterField, value: str) -> str:
    if found.kind != "text":
        return value
    change = change_of(value)
    was, became = (quoted(v) if v else "" for v in (change.was, change.became))
    return str(replace(change, was=was, became=became))
