"""What was exported to be shown or sent, so that making it again can be compared with it."""

from dataclasses import dataclass, field
from datetime import date

from csplanner.domain.account import AccountId


@dataclass(frozen=True, slots=True)
class Exported:
    """One export of an account, or of the book where `account_id` is None."""

    id: str
    kind: str
    on: date
    file: str
    account_id: AccountId | None = None
    quarter: str = ""
    shapes: dict[str, str] = field(default_factory=dict)
    """Digest of what was placed in each shape, by the shape's name."""
