"""Alternatives: what the customer could do instead of staying with us."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId


class AlternativeKind(StrEnum):
    """A competitor, something they make themselves, or doing without."""

    COMPETITOR = "competitor"
    IN_HOUSE = "in_house"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One alternative that the customer has, as of a day and from a source."""

    id: str
    account_id: AccountId
    name: str
    kind: AlternativeKind = AlternativeKind.COMPETITOR
    as_of: date | None = None
    source: str = ""
    note: str = ""
