"""Records that the CRM deleted, kept whole, and people who belong to several accounts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from csplanner.domain.account import AccountId


@dataclass(frozen=True, slots=True)
class ArchivedRecord:
    """A record deleted in the CRM: what it was, and the day it was gone."""

    id: str
    account_id: AccountId
    tbl: str
    """The table it stood in."""
    row_id: str
    title: str
    """What it was called."""
    image: dict[str, Any]
    """Its row as column and cell."""
    gone_on: date


@dataclass(frozen=True, slots=True)
class PersonAccount:
    """A further account of a person, beside the one the person belongs to."""

    id: str
    account_id: AccountId
    person_id: str
    role: str = ""
    """What they are there, as the CRM says it."""
