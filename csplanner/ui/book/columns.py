"""The columns of the Book: what each is called, how wide it is, what it sorts by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum


class Col(IntEnum):
    """Columns by their place in the model."""

    CHECK = 0
    ACCOUNT = 1
    TIER = 2
    HEALTH = 3
    CHANGE = 4
    SPARK = 5
    SENTIMENT = 6
    GAP = 7
    ARR = 8
    RENEWAL = 9
    YEAR = 10
    TOUCH = 11
    COVERAGE = 12
    STEP = 13


@dataclass(frozen=True, slots=True)
class Column:
    """One column: `sort` is a key of `View.sort` or empty; `first` says a first click descends."""

    key: str
    title: str
    width: int
    sort: str = ""
    first: str = "up"
    right: bool = False
    spoken: str = ""


COLUMNS: tuple[Column, ...] = (
    Column("check", "", 30, spoken="Selected"),
    Column("account", "Account", 230, "name"),
    Column("tier", "Tier", 62, "tier"),
    Column("health", "Health", 62, "health"),
    Column("change", "90 d", 46, "change", right=True, spoken="Change of health in 90 days"),
    Column("spark", "13 months", 82, spoken="Health over 13 months"),
    Column("sentiment", "Sentiment", 112, "sentiment"),
    Column("gap", "Gap", 44, "gap", "down", right=True, spoken="Score minus sentiment"),
    Column("arr", "ARR", 60, "arr", "down", right=True),
    Column("renewal", "Renewal", 118, "renewal", right=True),
    Column("year", "Year", 44, "year", right=True, spoken="Contract year"),
    Column("touch", "Last touch", 104, "touch", right=True),
    Column("coverage", "Coverage", 82, spoken="Who is in touch"),
    Column("step", "Next step", 142),
)
FROZEN = 2
BY_KEY = {column.key: place for place, column in enumerate(COLUMNS)}
SORT_TITLES = {column.sort: column.title for column in COLUMNS if column.sort}


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns stand in which order and how wide; widths only where they were changed."""

    order: tuple[str, ...] = tuple(column.key for column in COLUMNS)
    hidden: frozenset[str] = frozenset()
    widths: Mapping[str, int] = field(default_factory=dict)

    def show(self, key: str, shown: bool) -> "Layout":
        """Return the layout with a column shown or hidden."""
        return replace(self, hidden=self.hidden - {key} if shown else self.hidden | {key})

    def plain(self) -> dict[str, object]:
        """Return it as plain values to keep."""
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
        }


def layout_of(plain: object) -> Layout:
    """The layout kept as `plain`; whatever is not understood is the default."""
    if not isinstance(plain, dict):
        return Layout()
    keys = _known(plain.get("order"))
    fixed = [column.key for column in COLUMNS[:FROZEN]]
    order = [*fixed, *(k for k in keys if k not in fixed)]
    order += [k for k in BY_KEY if k not in order]
    hidden = frozenset(_known(plain.get("hidden"))) - set(fixed)
    widths = plain.get("widths")
    kept = {
        key: min(max(width, 24), 900)
        for key, width in (widths.items() if isinstance(widths, dict) else ())
        if key in BY_KEY and isinstance(width, int)
    }
    return Layout(tuple(order), hidden, kept)


def _known(keys: object) -> list[str]:
    found = keys if isinstance(keys, Iterable) and not isinstance(keys, str) else ()
    return list(dict.fromkeys(k for k in found if isinstance(k, str) and k in BY_KEY))
