"""The CSM's own judgement: pulse 1 to 5 in five words, and its gap to the score."""

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

from csplanner.domain.account import AccountId
from csplanner.language import Spoken, noted

YEAH_BUT_GAP = 25
"""Gap in points from which score and sentiment count as disagreeing (methods §3.8)."""


class Sentiment(IntEnum):
    """Pulse 1 to 5."""

    ALARMED = 1
    UNEASY = 2
    UNSURE = 3
    COMFORTABLE = 4
    CONFIDENT = 5

    @property
    def word(self) -> str:
        """The word shown: Alarmed, Uneasy, Unsure, Comfortable, Confident."""
        return _WORDS[self]

    @property
    def points(self) -> int:
        """0, 25, 50, 75 or 100."""
        return (int(self) - 1) * 25


_WORDS = Spoken(
    {
        Sentiment.ALARMED: noted("Alarmed"),
        Sentiment.UNEASY: noted("Uneasy"),
        Sentiment.UNSURE: noted("Unsure"),
        Sentiment.COMFORTABLE: noted("Comfortable"),
        Sentiment.CONFIDENT: noted("Confident"),
    }
)


class ButWhat(StrEnum):
    """What a feeling is about that the score does not show (methods §3.8)."""

    UNSAID = ""
    PEOPLE = "people"
    POLITICS = "politics"
    BUDGET = "budget"
    PRODUCT_FIT = "product_fit"
    COMPETITOR = "competitor"
    VALUE = "value"
    DATA = "data"
    OTHER = "other"


class GutVerdict(StrEnum):
    """Which of the two was right, said at the next outcome."""

    OPEN = ""
    GUT = "gut"
    SCORE = "score"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Pulse:
    """A sentiment on a day; `blind` when the score was hidden while it was entered."""

    id: str
    account_id: AccountId
    on: date
    sentiment: Sentiment
    because: str = ""
    blind: bool = True
    category: ButWhat = ButWhat.UNSAID
    measure: str = ""
    """Which measure is missing or wrong."""
    review_on: date | None = None
    verdict: GutVerdict = GutVerdict.OPEN
