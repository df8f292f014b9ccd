"""What can come next in a filter being typed: a field, what is said of it, a value, or “and”."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.filters_fields import (
    BARE,
    BY_KEY,
    CHANGES,
    GROUPED,
    FilterField,
    operators_of,
    plain_name,
)
from csplanner.domain.filters_text import begun, parse_filter, quoted

_DATES = ("in 30 days", "in 90 days", "in 180 days", "today")
_PAST = ("today", "30 days ago", "60 days ago", "90 days ago")
_SPANS = ("in 30 days", "in 90 days", "in 180 days")
_WITHIN = ("30 days", "60 days", "90 days", "180 days")
_NUMBERS = {
    "arr": ("50000", "100000", "250000"), "score": ("50", "75"), "gap": ("25", "0", "-25"),
    "coverage": ("40", "60", "80"), "criticality": ("3", "2", "1"), "year": ("1", "2", "3"),
    "change": ("-10", "0", "10"),
}  # fmt: skip
_ANY_DAY = date(2026, 1, 1)
"""Whether a sentence is whole depends on no day."""
_AMOUNTS = ("10 % in 90 days", "20 % in 60 days", "in 90 days")


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing that can come next. `text` is the whole filter with it, `key` what it is of."""

    kind: str
    """field, operator, value or more."""
    key: str
    text: str
    said: str
    """The field's key, the operator, or the value as it is written."""


@dataclass(frozen=True, slots=True)
class Stage:
    """Where a text being typed stands: what is settled, and what is typed of the next part."""

    kind: str
    before: str
    typed: str
    field: FilterField | None = None
    operator: str = ""


def stage_of(text: str) -> Stage:
    """Where typing has got to."""
    before, words = begun(text)
    found, after, operator, rest = words
    if found is None:
        return Stage("field", before, text[len(before) :].strip())
    if not operator:
        return Stage("operator", after, rest, found)
    if operator in BARE:
        return Stage("more", text, "", found, operator)
    return Stage("value", after, rest, found, operator)


def offers(text: str, values: tuple[str, ...] = ()) -> list[Offer]:
    """What can come next, the likeliest first; `values` are texts the book holds of the field."""
    stage = stage_of(text)
    if stage.kind == "field":
        return _fields(stage)
    if stage.kind == "operator" and stage.field is not None:
        return _operators(stage, stage.field)
    found: list[Offer] = []
    if stage.kind == "value" and stage.field is not None:
        found = _values(stage, stage.field, values)
        found = [offer for offer in found if offer.text.strip() != text.strip()]
    if is_whole(text):
        found += [
            Offer("more", "", f"{text.rstrip()} {word} ", word) for word in ("and", "or")
        ]  # fmt: skip
    return found


def is_whole(text: str) -> bool:
    """Whether a text says a whole filter."""
    try:
        return bool(parse_filter(text, _ANY_DAY))
    except ValueError:
        return False


def _fields(stage: Stage) -> list[Offer]:
    wanted = plain_name(stage.typed)
    order = {f.key: at for at, f in enumerate(f for group in GROUPED.values() for f in group)}
    found = []
    for field in BY_KEY.values():
        if field.key not in order:
            continue
        names = [plain_name(n) for n in (field.name, field.title, *field.aliases)]
        begins = any(name.startswith(wanted) for name in names)
        if begins or any(wanted in name for name in names):
            found.append((not begins, order[field.key], field))
    return [
        Offer("field", f.key, f"{stage.before}{f.name} ", f.key)
        for _, _, f in sorted(found, key=lambda x: x[:2])
    ]


def _operators(stage: Stage, field: FilterField) -> list[Offer]:
    wanted = stage.typed.casefold()
    made = []
    for operator in operators_of(field):
        if operator.startswith(wanted):
            tail = "" if operator in BARE else " "
            text = f"{stage.before}{operator}{tail}"
            made.append(Offer("operator", field.key, text, operator))
    if field.kind in ("word", "seat", "flag") and wanted and not made:
        return _values(Stage("value", f"{stage.before}is ", stage.typed, field, "is"), field, ())
    return made


def _values(stage: Stage, field: FilterField, known: tuple[str, ...]) -> list[Offer]:
    wanted = stage.typed.casefold().strip('"“”')
    shown = [v for v in _likely(field, stage.operator, known) if wanted in v.casefold()]
    shown.sort(key=lambda v: not v.casefold().startswith(wanted))
    is_text = field.kind == "text" and stage.operator not in CHANGES
    return [
        Offer("value", field.key, f"{stage.before}{quoted(v) if is_text else v}", v)
        for v in shown
    ]  # fmt: skip


def _likely(field: FilterField, operator: str, known: tuple[str, ...]) -> tuple[str, ...]:
    if operator in ("fell", "rose") and field.kind in ("number", "measure"):
        return ("10 in 90 days", *_AMOUNTS) if field.key == "score" else _AMOUNTS
    if operator in CHANGES:
        words = tuple(w for w in field.words if w not in ("none", "not placed"))
        to = tuple(f"to {w} in 90 days" for w in words) if operator == "moved" else ()
        return (*_SPANS, *(to if field.kind == "word" else ()))
    if operator == "within":
        return _WITHIN
    if field.kind == "date":
        return _PAST if field.past else _DATES
    if field.kind in ("number", "measure"):
        return _NUMBERS.get(field.key, ("1", "3", "10"))
    return field.words or known
