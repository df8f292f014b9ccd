"""What a judgement of one account must know about the rest of the book."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class BookContext:
    """Which kinds of records the book holds at all, and where its top fifth by ARR begins.

    The defaults are the careful ones: nothing was ever imported, so nothing missing counts as 0.
    """

    has_cases: bool = False
    has_usage: bool = False
    has_touches: bool = False
    has_people: bool = False
    arr_top_cut: Mapping[str, int] = field(default_factory=dict)
    """Smallest ARR of the top fifth, in minor units by currency."""
    usage_through: date | None = None
    """Day of the newest usage figure in the book; None takes the account's own."""
