"""Touches: every contact between us and them."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from csplanner.domain.account import AccountId
from csplanner.domain.value import UNKNOWN, Fact


class Channel(StrEnum):
    """How we were in touch."""

    CALL = "call"
    MEETING = "meeting"
    QBR = "qbr"
    EMAIL = "email"
    VISIT = "visit"
    MESSAGE = "message"
    CAMPAIGN = "campaign"
    OTHER = "other"


TWO_WAY = frozenset({Channel.CALL, Channel.MEETING, Channel.QBR, Channel.VISIT})


@dataclass(frozen=True, slots=True)
class Touch:
    """One contact; `meaningful` (decision, commitment or new fact) is unknown until said."""

    id: str
    account_id: AccountId
    on: date
    channel: Channel
    topic: str = ""
    note: str = ""
    minutes: int | None = None
    two_way: bool = False
    meaningful: Fact[bool] = UNKNOWN
    person_ids: tuple[str, ...] = ()
