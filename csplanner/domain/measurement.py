"""Measurements: dated facts of an account over time, append-only."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.value import Fact


@dataclass(frozen=True, slots=True)
class Measurement:
    """What `measure` was on `as_of`, in integer thousandths of its unit (`1180000` = 1,180 seats).

    `dimension` names the part measured (a feature, a touchpoint), empty for the whole account.
    """

    id: str
    account_id: AccountId
    measure: str
    value: Fact[int]
    as_of: date
    dimension: str = ""
    source: str = ""
    note: str = ""
