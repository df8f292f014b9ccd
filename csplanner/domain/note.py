"""Notes: what you write down about an account."""

from dataclasses import dataclass
from datetime import date

from csplanner.domain.account import AccountId

LONGEST_NOTE = 100_000
"""Characters of one note: about forty pages, which an editor still wraps at once."""


@dataclass(frozen=True, slots=True)
class Note:
    """A text about an account, plain or in Markdown; never HTML."""

    id: str
    account_id: AccountId
    on: date
    text: str
    person_id: str | None = None
    """Whom it is about."""
    pinned: bool = False
