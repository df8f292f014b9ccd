"""Where your judgement and the score part: "Yeah, but…" and "Better than it looks" (§3.8)."""

from dataclasses import dataclass
from enum import StrEnum

from csplanner.domain.reading import Band
from csplanner.domain.sentiment import YEAH_BUT_GAP, Sentiment
from csplanner.language import Spoken, noted

MAX_PULSE_DAYS = 45
MIN_COVERAGE = 0.60


class Divergence(StrEnum):
    """Which way they part; none within the noise."""

    NONE = "none"
    YEAH_BUT = "yeah_but"
    BETTER_THAN_IT_LOOKS = "better_than_it_looks"

    @property
    def words(self) -> str:
        """How it is shown."""
        return _WORDS[self]


_WORDS = Spoken(
    {
        Divergence.NONE: "",
        Divergence.YEAH_BUT: noted("Yeah, but…"),
        Divergence.BETTER_THAN_IT_LOOKS: noted("Better than it looks"),
    }
)


@dataclass(frozen=True, slots=True)
class Measured:
    """The score's side of the comparison."""

    score: float | None
    coverage: float
    raw_band: Band


def gap_points(score: float | None, sentiment: Sentiment | None) -> int | None:
    """Score minus sentiment in points, None when either is unknown."""
    if score is None or sentiment is None:
        return None
    return round(score - sentiment.points)


def divergence(
    measured: Measured, sentiment: Sentiment | None, pulse_days: int | None
) -> Divergence:
    """The flag; only with enough evidence and a pulse of the last 45 days."""
    if measured.score is None or sentiment is None or pulse_days is None:
        return Divergence.NONE
    if measured.coverage < MIN_COVERAGE or pulse_days > MAX_PULSE_DAYS:
        return Divergence.NONE
    gap = measured.score - sentiment.points
    good_but_unsure = measured.raw_band is Band.GOOD and sentiment <= Sentiment.UNSURE
    if gap >= YEAH_BUT_GAP or good_but_unsure:
        return Divergence.YEAH_BUT
    if gap <= -YEAH_BUT_GAP:
        return Divergence.BETTER_THAN_IT_LOOKS
    return Divergence.NONE
