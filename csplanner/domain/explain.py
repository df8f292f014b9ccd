"""Why a score changed, how it trends, and whether its band hangs on the weights (methods §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from csplanner.domain.aggregate import Aggregate, Config, Point, aggregate
from csplanner.domain.bands import Cuts, band_of
from csplanner.domain.measures import Bucket
from csplanner.domain.reading import Band
from csplanner.domain.wording import band_word
from csplanner.language import noted, tr


class Basis(NamedTuple):
    """All a score depends on: known values, what each counts, and the bucket weights."""

    points: Mapping[str, Point]
    configs: Mapping[str, Config]
    weights: Sequence[float]

    def score(self) -> Aggregate:
        """The score of this basis."""
        return aggregate(self.points, self.configs, self.weights)


@dataclass(frozen=True, slots=True)
class Decomposition:
    """A change of score in points, split exactly; only `values` is the customer's doing."""

    dropped: float
    values: float
    added: float
    ageing: float
    config: float
    is_comparable: bool = True

    @property
    def total(self) -> float:
        """The whole change."""
        return self.dropped + self.values + self.added + self.ageing + self.config


def decompose(before: Basis, after: Basis) -> Decomposition:
    """Five recomputed steps between two bases (methods §3.4); not comparable without a common
    measure.
    """
    old, new = before.points, after.points
    common = [m for m in old if m in new and m in before.configs and m in after.configs]
    first, last = before.score().score, after.score().score
    if not common or first is None or last is None:
        return Decomposition(0.0, 0.0, 0.0, 0.0, 0.0, is_comparable=False)
    kept = {m: old[m] for m in common}
    moved = {m: Point(new[m].value, old[m].freshness) for m in common}
    configs = {**after.configs, **before.configs}
    added = {**{m: p for m, p in new.items() if m not in old}, **moved}
    steps = [first]
    for points, known in (
        (kept, before.configs),
        (moved, before.configs),
        (added, configs),
        (new, configs),
    ):
        score = aggregate(points, known, before.weights).score
        steps.append(first if score is None else score)
    steps.append(last)
    dropped, values, gained, ageing, config = (b - a for a, b in pairwise(steps))
    return Decomposition(dropped, values, gained, ageing, config)


def robustness(basis: Basis, cuts: Cuts) -> str:
    """Recomputes the band with each bucket's weight halved and raised by half, and all equal."""
    score = basis.score()
    if score.score is None:
        return ""
    band = band_of(score.score, cuts)
    turns: list[str] = []
    for bucket in Bucket:
        for factor, words in ((0.5, tr("counts half")), (1.5, tr("counts half as much again"))):
            weights = list(basis.weights)
            weights[bucket] *= factor
            other = _band(score, weights, cuts)
            if other is not band:
                turns.append(
                    tr("turns {0} if {1} {2}").format(band_word(other), bucket.title, words)
                )
    equal = _band(score, [1.0] * len(basis.weights), cuts)
    if equal is not band:
        turns.append(tr("turns {0} if all buckets count the same").format(band_word(equal)))
    if not turns:
        return tr("The band does not depend on the weights.")
    text = "; ".join(turns[:2])
    return f"{text[0].upper()}{text[1:]}."


def _band(score: Aggregate, weights: Sequence[float], cuts: Cuts) -> Band:
    """The band of the same bucket means under other bucket weights."""
    pairs = [(w, m) for w, m in zip(weights, score.buckets, strict=True) if m is not None]
    return band_of(round(sum(w * m for w, m in pairs) / sum(w for w, _ in pairs), 9), cuts)


class Trend(NamedTuple):
    """Median slope in points a day, and declining, steady, improving or not enough history."""

    slope: float | None
    label: str


NO_HISTORY = Trend(None, noted("not enough history"))


def theil_sen(points: Sequence[tuple[float, float]]) -> float | None:
    """Median of all pairwise slopes of (time, value); None below two distinct times."""
    slopes = _slopes(points)
    return median(slopes) if slopes else None


def _slopes(points: Sequence[tuple[float, float]]) -> list[float]:
    return [
        (y2 - y1) / (x2 - x1)
        for number, (x1, y1) in enumerate(points)
        for x2, y2 in points[number + 1 :]
        if x2 != x1
    ]


def trend(scores: Sequence[tuple[date, float]]) -> Trend:
    """Theil–Sen over scores, oldest first; needs 4 over 21 days (methods §3.7)."""
    if len(scores) < 4 or (scores[-1][0] - scores[0][0]).days < 21:
        return NO_HISTORY
    slopes = _slopes([(on.toordinal(), score) for on, score in scores])
    slope = median(slopes)
    falling = sum(1 for s in slopes if s < 0) / len(slopes)
    rising = sum(1 for s in slopes if s > 0) / len(slopes)
    if 90 * slope <= -5 and falling >= 0.7:
        return Trend(slope, "declining")
    if 90 * slope >= 5 and rising >= 0.7:
        return Trend(slope, "improving")
    return Trend(slope, "steady")


def onset(scores: Sequence[tuple[date, float]]) -> date | None:
    """When they became unhealthy: the first score of the present unbroken run that lies 10 points
    or more below the median of its own six months before; None when the newest does not.
    """
    found: date | None = None
    for number in range(len(scores) - 1, -1, -1):
        on, score = scores[number]
        window = [s for day, s in scores[:number] if day >= on - timedelta(days=182)]
        if not window or median(window) - score < 10:
            break
        found = on
    return found
