"""The sorts and the groups of a view of the Book as SQL over `overview`."""

from collections.abc import Mapping

from csplanner.domain.account import Tier
from csplanner.domain.filters import Sort, View

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
