"""A view of the Book as SQL: its conditions over `overview`, the sorts and the groups."""

import json
import math
from collections.abc import Callable, Mapping
from datetime import date, timedelta

from csplanner.book.accounts import fold
from csplanner.book.overview_filter_past import past_sql
from csplanner.book.overview_filter_scope import ABOVE, Part, Scope, measured
from csplanner.book.overview_order import SORTS, TIER_RANK, group_sql, order_of
from csplanner.domain.account import Tier
from csplanner.domain.filters import Condition, View
from csplanner.domain.filters_fields import CHANGES, SEATS, field_of
from csplanner.domain.filters_values import day_at
from csplanner.domain.money import minor_digits
from csplanner.domain.sentiment import Sentiment

__all__ = ["SORTS", "TIER_RANK", "Scope", "group_sql", "order_of", "where_of"]

_COLUMN = {
    "tier": "tier", "health": "band", "sentiment": "sentiment", "renewal": "decision_on",
    "arr": "arr", "score": "score", "gap": "gap", "coverage": "coverage", "year": "year",
    "criticality": "criticality", "sector": "sector", "name": "name_key", "touch": "last_touch",
    "next_step": "next_step", "pinned": "pinned", "override": "is_override",
    "archived": "archived",
    "change": "change_90d", "rule": "rule_tier", "sentiment_on": "sentiment_on",
    "end": "term_end", "stage": "stage", "regrettable": "regrettable", "equipped": "equipped",
    "potential": "potential", "owner": "owner", "segment": "segment", "country": "country",
    "city": "city", "touch_due": "touch_due", "cadence": "cadence_days",
    "step_due": "next_step_due", "tasks": "open_tasks", "task_due": "task_due",
    "promised": "hours_promised", "spent": "hours_spent", "cases": "open_cases",
    "people": "(select count(*) from person where person.account_id = overview.account_id "
              "and side = 'theirs' and outside is null and status <> 'left')",
}  # fmt: skip

_TAGGED = "exists (select 1 from tag where tag.account_id = overview.account_id{0})"
_ODD_CURRENCIES = ("JPY", "KRW", "CLP", "ISK", "VND", "BHD", "KWD", "TND")
_MINOR_UNITS = (
    "case arr_currency "
    + " ".join(f"when '{c}' then {10 ** minor_digits(c)}" for c in _ODD_CURRENCIES)
    + " else 100 end"
)
_SIGNS = {
    "before": "<", "after": ">", "by": "<=", "from": ">=", "on": "=",
    "at least": ">=", "at most": "<=", "above": ">", "below": "<", "is": "is",
    "is not": "is not",
}  # fmt: skip
_LETTERS = dict(zip(SEATS, "ohf", strict=True))
_SEAT_PLACE = {"sponsor": 1, "decides": 2, "champion": 3, "day_to_day": 4, "finance": 5}


def where_of(view: View, scope: Scope) -> Part:
    """The condition of a view in SQL, and its values in order; archived accounts stay out of it
    unless they are asked for.
    """
    asked = any(side.field == "archived" for c in view.conditions for side in c.sides)
    parts: list[Part] = [("archived in (0, 1)" if asked else "archived = 0", [])]
    for condition in view.conditions:
        sides = [_side(side, scope) for side in condition.sides]
        parts.append(sides[0] if len(sides) == 1 else _joined(sides, "or"))
    return " and ".join(sql for sql, _ in parts), [v for _, values in parts for v in values]


def _joined(parts: list[Part], by: str) -> Part:
    return f"({f' {by} '.join(sql for sql, _ in parts)})", [v for _, more in parts for v in more]


def _side(c: Condition, scope: Scope) -> Part:
    """One condition; of several values any will do, or none after a “not”."""
    if c.operator in CHANGES:
        return scope.resolved(str(c), past_sql(c, scope))
    kind = field_of(c.field).kind
    if c.operator in ("is unknown", "is known"):
        return _known(c, kind)
    say = _BY_KIND[kind] if c.field not in _BY_FIELD else _BY_FIELD[c.field]
    parts = [say(Condition(c.field, c.operator, value), scope) for value in c.values]
    if len(parts) == 1:
        return parts[0]
    return _joined(parts, "and" if c.operator in ("is not", "does not contain") else "or")


def _known(c: Condition, kind: str) -> Part:
    unknown = c.operator == "is unknown"
    if c.field == "tag":
        return ("not " if unknown else "") + _TAGGED.format(""), []
    if kind == "measure":
        value, values = measured(c.field, None)
        return f"{value} is {'' if unknown else 'not '}null", values
    sign = "" if unknown else "not "
    if kind == "text":
        return f"{sign}({_COLUMN[c.field]} = '')", []
    return f"{_COLUMN[c.field]} is {sign}null", []


def _word(c: Condition, _scope: Scope) -> Part:
    if c.field == "tier":
        # The rank stands in every index of the lines, the word in none.
        tier = None if c.value == "not placed" else Tier(c.value)
        return f"tier_rank {c.operator} ?", [TIER_RANK[tier]]
    column = _COLUMN[c.field]
    if c.value == "not placed":
        return f"{column} is {'not ' if c.operator == 'is not' else ''}null", []
    value = c.value
    if c.field == "sentiment":
        value = str(next(int(s) for s in Sentiment if s.name.casefold() == c.value))
        column = f"cast({column} as text)"
    return f"{column} {c.operator} ?", [value]


def _flag(c: Condition, _scope: Scope) -> Part:
    return f"{_COLUMN[c.field]} = ?", [int(c.value != "no")]


def _overdue(c: Condition, scope: Scope) -> Part:
    sign = "<" if c.value != "no" else ">="
    late = f"touch_due {sign} ?"
    return (late if sign == "<" else f"({late} or touch_due is null)"), [scope.as_of.isoformat()]


def _date(c: Condition, scope: Scope) -> Part:
    column = _COLUMN[c.field]
    if c.operator == "within":
        days = timedelta(days=min(int(c.value), 36_500))
        is_past = field_of(c.field).past
        ends = (scope.as_of - days, scope.as_of) if is_past else (scope.as_of, scope.as_of + days)
        return f"{column} between ? and ?", [end.isoformat() for end in ends]
    return f"{column} {_SIGNS[c.operator]} ?", [_day(c.value, scope.as_of).isoformat()]


def _day(value: str, as_of: date) -> date:
    return day_at(value, as_of)


def _number(c: Condition, scope: Scope) -> Part:
    column, sign = _COLUMN[c.field], _SIGNS[c.operator]
    if c.field == "arr":
        # Whole units typed by people, against the minor units of each account's currency.
        return f"arr {sign} ? * {_MINOR_UNITS} / 1000", [round(float(c.value) * 1000)]
    value = float(c.value)
    if c.field in ("promised", "spent"):
        return f"{column} {sign} ?", [round(value * 1000 * scope.quarter_holds)]
    if c.operator in ("at least", "at most"):
        return f"{column} {sign} ?", [(math.ceil if sign == ">=" else math.floor)(value)]
    if value.is_integer():
        return f"{column} {sign} ?", [int(value)]
    return f"{column} * 1000 {sign} ?", [round(value * 1000)]


def _text(c: Condition, scope: Scope) -> Part:
    """Accents and case do not count, so what the book holds is compared folded."""
    column = _COLUMN[c.field]
    if c.field == "name":
        return _of_name(c)
    values = scope.distinct(f"select distinct {column} from overview where archived = 0")
    chosen = [v for v in values if _TESTS[c.operator](fold(v), fold(c.value))]
    return f"{column} in (select value from json_each(?))", [json.dumps(chosen)]


def _of_name(c: Condition) -> Part:
    wanted = fold(c.value)
    if c.operator in ("is", "is not"):
        return f"name_key {c.operator} ?", [wanted]
    if c.operator == "starts with":
        return "substr(name_key, 1, length(?1)) = ?".replace("?1", "?"), [wanted, wanted]
    sign = ">" if c.operator == "contains" else "="
    return f"instr(name_key, ?) {sign} 0", [wanted]


def _tag(c: Condition, scope: Scope) -> Part:
    values = scope.distinct("select distinct word from tag")
    negated = c.operator in ("is not", "does not contain")
    test = {"is not": "is", "does not contain": "contains"}.get(c.operator, c.operator)
    chosen = [v for v in values if _TESTS[test](fold(v), fold(c.value))]
    found = _TAGGED.format(" and word in (select value from json_each(?))")
    return f"{'not ' if negated else ''}{found}", [json.dumps(chosen)]


def _seat(c: Condition, _scope: Scope) -> Part:
    place = _SEAT_PLACE[c.field]
    return f"substr(roles, {place}, 1) {c.operator} ?", [_LETTERS[c.value]]


def _measure(c: Condition, scope: Scope) -> Part:
    value, values = measured(c.field, None)
    asked: Part = (f"{value} {ABOVE[c.operator]} ?", [*values, round(float(c.value) * 1000)])
    return scope.resolved(str(c), asked)


_Say = Callable[[Condition, Scope], Part]
_BY_KIND: Mapping[str, _Say] = {
    "word": _word, "flag": _flag, "date": _date, "number": _number, "text": _text,
    "seat": _seat, "measure": _measure,
}  # fmt: skip
_BY_FIELD: Mapping[str, _Say] = {"overdue": _overdue, "tag": _tag}
_TESTS: Mapping[str, Callable[[str, str], bool]] = {
    "is": lambda has, wanted: has == wanted,
    "is not": lambda has, wanted: has != wanted,
    "contains": lambda has, wanted: wanted in has,
    "does not contain": lambda has, wanted: wanted not in has,
    "starts with": lambda has, wanted: has.startswith(wanted),
}
