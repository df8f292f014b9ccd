"""What a snapshot would do to the book, found out on a private copy before anything is applied."""

from dataclasses import dataclass, field

from csplanner.domain.account import AccountId, Tier
from csplanner.domain.money import Money
from csplanner.domain.reading import Band


@dataclass(frozen=True, slots=True)
class Standing:
    """The book in four figures, at one moment."""

    accounts: int = 0
    """Accounts that are not archived."""
    arr: tuple[Money, ...] = ()
    """One sum per currency, largest first; different currencies are never added."""
    needs_you: int = 0
    """Accounts with a signal on Today, before anything was put away."""
    not_placed: int = 0
    """Accounts in no tier."""


@dataclass(frozen=True, slots=True)
class ScoreMove:
    """An account whose health the snapshot moves. Scores are 0 to 100, None without enough data."""

    account_id: AccountId
    name: str
    before: int | None
    after: int | None
    band_before: Band
    band_after: Band
    because: str = ""
    """One sentence: why the new band is what it is; empty when nothing is said of it."""
    arr: Money | None = None
    is_new: bool = False
    """Whether the account comes with the snapshot: then there is no score before."""

    @property
    def changes_band(self) -> bool:
        """Whether the band is another one, which a new account's is not."""
        return not self.is_new and self.band_before is not self.band_after


@dataclass(frozen=True, slots=True)
class TierMove:
    """An account that comes to stand in another tier; None is Not placed."""

    account_id: AccountId
    name: str
    before: Tier | None
    after: Tier | None


@dataclass(frozen=True, slots=True)
class TrialNews:
    """One line of what will be told once the snapshot is applied, the weightiest first."""

    account_id: str
    account: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Trial:
    """The book before and after a snapshot, with what moves between the two."""

    before: Standing = field(default_factory=Standing)
    after: Standing = field(default_factory=Standing)
    scores: tuple[ScoreMove, ...] = ()
    """Accounts whose score or band moves: changed bands first, then the largest moves; at most
    `LISTED`. New accounts are not among them."""
    scores_total: int = 0
    """How many there are, listed or not."""
    band_changes: int = 0
    """How many of them change their band."""
    new_scores: tuple[ScoreMove, ...] = ()
    """The first of the new accounts with their score; at most `LISTED`."""
    tiers: tuple[TierMove, ...] = ()
    """At most `LISTED`."""
    tiers_total: int = 0
    news: tuple[TrialNews, ...] = ()
    left_out: str = ""
    """One sentence about what was not computed; empty when all was."""


LISTED = 200
"""How many accounts each list of a trial names."""
