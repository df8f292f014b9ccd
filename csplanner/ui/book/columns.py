"""The columns of the Book: what each is called, how wide it is, what it sorts by."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from csplanner.language import noted


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
    STEP_DUE = 14
    SECTOR = 15
    OWNER = 16
    SEGMENT = 17
    COUNTRY = 18
    CITY = 19
    TAGS = 20
    TASKS = 21
    TASK_DUE = 22
    STAGE = 23
    CASES = 24
    CRITICALITY = 25
    EQUIPPED = 26
    POTENTIAL = 27
    PROMISED = 28
    SPENT = 29


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
    extra: bool = False
    """Hidden until somebody asks for it."""


COLUMNS: tuple[Column, ...] = (
    Column("check", "", 30, spoken=noted("Selected")),
    Column("account", noted("Account"), 230, "name"),
    Column("tier", noted("Tier"), 62, "tier"),
    Column("health", noted("Health"), 62, "health"),
    Column("change", noted("90 d"), 46, "change", right=True,
           spoken=noted("Change of health in 90 days")),
    Column("spark", noted("13 months"), 82, spoken=noted("Health over 13 months")),
    Column("sentiment", noted("Sentiment"), 112, "sentiment"),
    Column("gap", noted("Gap"), 44, "gap", "down", right=True,
           spoken=noted("Score minus sentiment")),
    Column("arr", noted("ARR"), 60, "arr", "down", right=True),
    Column("renewal", noted("Renewal"), 118, "renewal", right=True),
    Column("year", noted("Year"), 44, "year", right=True, spoken=noted("Contract year")),
    Column("touch", noted("Last touch"), 104, "touch", right=True),
    Column("coverage", noted("Coverage"), 82, spoken=noted("Who is in touch")),
    Column("step", noted("Next step"), 142, "next_step"),
    Column("step_due", noted("Step due"), 84, "step_due", right=True, extra=True,
           spoken=noted("The day the next step is due")),
    Column("sector", noted("Sector"), 120, "sector", extra=True),
    Column("owner", noted("Owner"), 110, "owner", extra=True),
    Column("segment", noted("Segment"), 100, "segment", extra=True),
    Column("country", noted("Country"), 100, "country", extra=True),
    Column("city", noted("City"), 100, "city", extra=True),
    Column("tags", noted("Tags"), 140, "tag", extra=True),
    Column("tasks", noted("Open tasks"), 84, "tasks", "down", right=True, extra=True),
    Column("task_due", noted("Task due"), 84, "task_due", right=True, extra=True,
           spoken=noted("The day the next task is due")),
    Column("stage", noted("Stage"), 96, "stage", extra=True),
    Column("cases", noted("Open cases"), 84, "cases", "down", right=True, extra=True),
    Column("criticality", noted("Criticality"), 128, "criticality", "down", extra=True,
           spoken=noted("How critical we are to them")),
    Column("equipped", noted("Equipped"), 72, "equipped", right=True, extra=True),
    Column("potential", noted("Potential"), 72, "potential", "down", right=True, extra=True),
    Column("promised", noted("Promised"), 76, "promised", "down", right=True, extra=True,
           spoken=noted("Hours promised")),
    Column("spent", noted("Spent"), 66, "spent", "down", right=True, extra=True,
           spoken=noted("Hours spent")),
)  # fmt: skip
FROZEN = 2
BY_KEY = {column.key: place for place, column in enumerate(COLUMNS)}


_EXTRA = frozenset(column.key for column in COLUMNS if column.extra)


@dataclass(frozen=True, slots=True)
class Layout:
    """Which columns stand in which order and how wide; widths only where they were changed."""

    order: tuple[str, ...] = tuple(column.key for column in COLUMNS)
    hidden: frozenset[str] = _EXTRA
    widths: Mapping[str, int] = field(default_factory=dict)
    frozen: int = FROZEN
    """How many of the first columns in the order, hidden ones counted, stay in place."""

    def show(self, key: str, shown: bool) -> "Layout":
        """Return the layout with a column shown or hidden."""
        return replace(self, hidden=self.hidden - {key} if shown else self.hidden | {key})

    def move(self, key: str, by: int) -> "Layout":
        """Return the layout with a column moved past `by` of those that are shown."""
        seen = [k for k in self.order[FROZEN:] if k not in self.hidden or k == key]
        if key not in seen or not by:
            return self
        target = seen[min(max(seen.index(key) + by, 0), len(seen) - 1)]
        rest = [k for k in self.order if k != key]
        at = self.order.index(target)
        return replace(self, order=(*rest[:at], key, *rest[at:]))

    def freeze(self, key: str) -> "Layout":
        """Return the layout in which all columns up to that one stay in place."""
        return replace(self, frozen=max(FROZEN, self.order.index(key) + 1))

    def shown(self) -> tuple[str, ...]:
        """The keys of the columns that can be seen, in their order."""
        return tuple(k for k in self.order if k not in self.hidden)

    def plain(self) -> dict[str, object]:
        """Return it as plain values to keep."""
        return {
            "order": list(self.order),
            "hidden": sorted(self.hidden),
            "widths": dict(self.widths),
            "frozen": self.frozen,
        }


def layout_of(plain: object) -> Layout:
    """The layout kept as `plain`; whatever is not understood is the default."""
    if not isinstance(plain, dict):
        return Layout()
    keys = _known(plain.get("order"))
    fixed = [column.key for column in COLUMNS[:FROZEN]]
    order = [*fixed, *(k for k in keys if k not in fixed)]
    order += [k for k in BY_KEY if k not in order]
    # Columns that came after it was kept are hidden unless they always show.
    news = _EXTRA - set(keys)
    hidden = (frozenset(_known(plain.get("hidden"))) | news) - set(fixed)
    frozen = plain.get("frozen")
    stays = frozen if isinstance(frozen, int) and FROZEN <= frozen < len(order) else FROZEN
    widths = plain.get("widths")
    kept = {
        key: min(max(width, 24), 900)
        for key, width in (widths.items() if isinstance(widths, dict) else ())
        if key in BY_KEY and isinstance(width, int)
    }
    return Layout(tuple(order), hidden, kept, stays)


def _known(keys: object) -> list[str]:
    found = keys if isinstance(keys, Iterable) and not isinstance(keys, str) else ()
    return list(dict.fromkeys(k for k in found if isinstance(k, str) and k in BY_KEY))
