"""A view of the Book as SQL: its conditions over `overview`, and the column of each sort."""

import math
from collections.abc import Mapping
from datetime import date, timedelta

from csplanner.book.accounts import fold
from csplanner.book.rows import Cell
from csplanner.domain.account import Tier
from csplanner.domain.filters import Condition, Sort, View
from csplanner.domain.money import minor_digits
from csplanner.domain.sentiment import Sentiment

TIER_RANK: dict[Tier | None, int] = {
    Tier.HIGH: 1, Tier.MEDIUM: 2, Tier.LOW: 3, Tier.DIGITAL: 4, None: 5
}  # fmt: skip

SORTS = {
    "name": "name_key", "tier": "tier_rank", "health": "score", "score": "score",
    "change": "change_90d", "sentiment": "sentiment", "gap": "gap", "arr": "arr",
    "renewal": "decision_on", "year": "year", "touch": "last_touch", "coverage": "coverage",
    "end": "term_end", "sector": "nullif(sector, '')", "owner": "nullif(owner, '')",
    "segment": "nullif(segment, '')", "country": "nullif(country, '')",
    "city": "nullif(city, '')", "stage": "stage", "criticality": "criticality",
    "equipped": "equipped", "potential": "potential", "cases": "open_cases",
    "tasks": "open_tasks", "task_due": "task_due", "next_step": "nullif(next_step, '')",
    "step_due": "next_step_due", "promised": "hours_promised", "spent": "hours_spent",
    "sentiment_on": "sentiment_on", "touch_due": "touch_due", "rule": "rule_tier",
    "pinned": "-pinned", "tag": "nullif(tags, '[]')",
}  # fmt: skip
"""The column of each sort; those of the first two lines have an index of their own."""

INDEXED = tuple(SORTS)[:12]

_NEVER_NULL = ("name_key", "tier_rank", "coverage")


def group_sql(by: str, fiscal_start_month: int) -> str:
    """What lines of one group share, as SQL: the key of the group, null or empty for unknown."""
    if by == "quarter":
        return _quarter_sql(fiscal_start_month)
    return _GROUP[by]


def _quarter_sql(start: int) -> str:
    """Fiscal quarters are named by the year in which their fiscal year ends."""
    month = "cast(substr(decision_on, 6, 2) as integer)"
    year = "cast(substr(decision_on, 1, 4) as integer)"
    later = f" + ({month} >= {start})" if start != 1 else ""
    return f"({year}{later}) || 'Q' || (({month} + {12 - start}) % 12 / 3 + 1)"


_GROUP = {
    "tier": "tier", "health": "band", "sentiment": "sentiment", "sector": "sector",
    "owner": "owner", "segment": "segment", "country": "country", "stage": "stage",
    "year": "year", "month": "substr(decision_on, 1, 7)", "tag": "nullif(tags, '[]')",
    "criticality": "criticality",
}  # fmt: skip

_COLUMN = {
    "tier": "tier", "health": "band", "sentiment": "sentiment", "renewal": "decision_on",
    "arr": "arr", "score": "score", "gap": "gap", "coverage": "coverage", "year": "year",
    "criticality": "criticality", "sector": "sector", "name": "name_key", "touch": "last_touch",
    "next_step": "next_step", "pinned": "pinned", "override": "is_override",
}  # fmt: skip

_ODD_CURRENCIES = ("JPY", "KRW", "CLP", "ISK", "VND", "BHD", "KWD", "TND")
_MINOR_UNITS = (
    "case arr_currency "
    + " ".join(f"when '{c}' then {10 ** minor_digits(c)}" for c in _ODD_CURRENCIES)
    + " else 100 end"
)
_SIGNS = {"before": "<", "after": ">", "at least": ">=", "at most": "<="}


def order_of(view: View, factors: Mapping[str, float] | None = None) -> str:
    """The order of a view in SQL, so written that SQLite walks the sort's index and sorts nothing
    where one sort is asked for.

    Unknown comes last either way, names decide between equals. With `factors`, what a minor unit
    of each currency is worth, ARR is put in order across currencies; one without stands by its
    own figure.
    """
    parts = [_order(sort, factors or {}) for sort in view.sorts]
    if not any(sort.field == "name" for sort in view.sorts):
        parts.append("name_key")
    return ", ".join(parts)


def _order(sort: Sort, factors: Mapping[str, float]) -> str:
    column = SORTS[sort.field]
    if column == "arr" and factors:
        # Codes come from the book, which may be somebody else's.
        codes = ((code.replace("'", "''"), by) for code, by in factors.items())
        worths = " ".join(f"when '{code}' then {by!r}" for code, by in codes)
        column = f"arr * case arr_currency {worths} else 1 end"
    direction = "desc" if sort.descending else "asc"
    return f"{column} {direction}{'' if column in _NEVER_NULL else ' nulls last'}"


def where_of(view: View, as_of: date) -> tuple[str, list[Cell]]:
    """The condition of a view in SQL, and its values in order."""
    parts, values = ["archived = 0"], list[Cell]()
    for condition in view.conditions:
        sql, more = _condition(condition, as_of)
        parts.append(sql)
        values.extend(more)
    return " and ".join(parts), values


def _condition(c: Condition, as_of: date) -> tuple[str, list[Cell]]:
    if c.field == "overdue":
        sign = "<" if c.value != "no" else ">="
        late = f"touch_due {sign} ?"
        return (late if sign == "<" else f"({late} or touch_due is null)"), [as_of.isoformat()]
    column = _COLUMN[c.field]
    if c.operator == "is unknown":
        return f"{column} is null", []
    if c.operator == "within":
        return f"{column} between ? and ?", _span(c, as_of)
    if c.operator in ("before", "after"):
        return f"{column} {_SIGNS[c.operator]} ?", [c.value]
    if c.field == "arr":
        return _amount(c)
    if c.operator in ("at least", "at most"):
        whole = math.ceil if c.operator == "at least" else math.floor
        return f"{column} {_SIGNS[c.operator]} ?", [whole(float(c.value))]
    if c.operator == "contains":
        return f"instr(lower({column}), ?) > 0", [fold(c.value)]
    if c.field == "tier" and c.value == "placed":
        return f"tier is {'not ' if c.operator == 'is' else ''}null", []
    sign = "is" if c.operator == "is" else "is not"
    return f"{column} {sign} ?", [_stored(c)]


def _span(c: Condition, as_of: date) -> list[Cell]:
    """Days ahead for what is to come, days back for touches."""
    days = timedelta(days=int(float(c.value)))
    first, last = (as_of - days, as_of) if c.field == "touch" else (as_of, as_of + days)
    return [first.isoformat(), last.isoformat()]


def _amount(c: Condition) -> tuple[str, list[Cell]]:
    """Whole units typed by people, against the minor units of each account's currency."""
    sign = _SIGNS.get(c.operator, "=")
    return f"arr {sign} ? * {_MINOR_UNITS} / 1000", [round(float(c.value) * 1000)]


def _stored(c: Condition) -> Cell:
    if c.field in ("pinned", "override"):
        return int(c.value != "no")
    if c.field == "sentiment":
        names = {s.word.casefold(): int(s) for s in Sentiment}
        return names.get(c.value)
    if c.field == "tier" and c.value in ("not placed", "none", "unknown"):
        return None
    if c.field == "name":
        return fold(c.value)
    return c.value
