"""One line of the book: what a list shows of an account, derived and rebuildable."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId, Regrettable, Stage, Tier
from csplanner.domain.money import Money
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment


@dataclass(frozen=True, slots=True)
class Overview:
    """An account as the Book, the pyramid and Today list it. None means unknown."""

    account_id: AccountId
    name: str
    sector: str = ""
    tier: Tier | None = None
    """The tier in force: the CSM's choice, else the rule's; None is Not placed."""
    rule_tier: Tier | None = None
    tier_reason: str = ""
    is_override: bool = False
    score: int | None = None
    """0 to 100, rounded; None without enough data."""
    low: int = 0
    high: int = 100
    coverage: int = 0
    """Percent of the evidence that is known and fresh."""
    band: Band = Band.NONE
    band_reason: str = ""
    change_90d: int | None = None
    spark: tuple[int | None, ...] = ()
    """Score at the end of each of 13 months, oldest first, the last is now."""
    sentiment: Sentiment | None = None
    sentiment_on: date | None = None
    gap: int | None = None
    """Score minus sentiment in points."""
    arr: Money | None = None
    decision_on: date | None = None
    """T0 of the renewal countdown: the earlier of contract end and notice deadline."""
    term_end: date | None = None
    year: int | None = None
    """Ordinal of the running contract term."""
    last_touch: date | None = None
    cadence_days: int | None = None
    """Days after which a touch is overdue in this tier."""
    roles: str = "ooooo"
    """Sponsor, decides, champion, day-to-day, finance: f in touch, h quiet, o nobody."""
    next_step: str = ""
    next_step_due: date | None = None
    criticality: int | None = None
    stage: Stage | None = None
    equipped: int | None = None
    potential: int | None = None
    hours_promised: int = 0
    """A quarter, in thousandths of an hour."""
    hours_spent: int = 0
    """In the last 91 days, in thousandths of an hour, from logged minutes."""
    regrettable: Regrettable = Regrettable.UNDECIDED
    open_cases: int = 0
    pinned: bool = False
    owner: str = ""
    segment: str = ""
    country: str = ""
    city: str = ""
    tags: tuple[str, ...] = ()
    """By alphabet."""
    open_tasks: int = 0
    task_due: date | None = None
    """When the first of the open tasks is due."""
