"""Placements: which tier an account was put in, by whom and why."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId, Tier


@dataclass(frozen=True, slots=True)
class Placement:
    """A decision on a day; the newest one counts. `rule_tier` is what the rule said then."""

    id: str
    account_id: AccountId
    on: date
    tier: Tier
    reason: str = ""
    rule_tier: Tier | None = None
    review_on: date | None = None

    @property
    def is_override(self) -> bool:
        """True when the CSM chose another tier than the rule."""
        return self.rule_tier is not None and self.rule_tier is not self.tier
