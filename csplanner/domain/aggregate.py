"""From values to one score: goalposts, fading weight, buckets, coverage and bounds (methods §3)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite
from typing import NamedTuple

_HEIGHTS = (0.0, 50.0, 75.0, 100.0)


class Anchors(NamedTuple):
    """Values of a measure that score 0, 50, 75 and 100; falling ones mean lower is better."""

    zero: float
    fifty: float
    seventy_five: float
    hundred: float


class Fading(NamedTuple):
    """How evidence loses weight: full for `grace` days, halved every `half_life`, gone after
    `expiry`."""

    grace: int
    half_life: int
    expiry: int


class Config(NamedTuple):
    """What one measure counts: its bucket, its weight there and its goalposts."""

    bucket: int
    weight: float
    anchors: Anchors


class Point(NamedTuple):
    """One known measure: its value in its own unit and its freshness, above 0 up to 1."""

    value: float
    freshness: float


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Score with bounds (0 to 100), coverage (0 to 1) and what each bucket and measure adds."""

    score: float | None
    low: float
    high: float
    coverage: float
    buckets: tuple[float | None, ...]
    bucket_coverage: tuple[float, ...]
    scores: dict[str, float]
    shares: dict[str, float]
    """ω of methods §3.9: the weight each known measure has in the score; they sum to 1."""


def check_anchors(anchors: Anchors) -> None:
    """Raises ValueError unless the goalposts rise or fall strictly and are finite."""
    steps = [b - a for a, b in pairwise(anchors)]
    rises, falls = all(s > 0 for s in steps), all(s < 0 for s in steps)
    if not (rises or falls) or not all(isfinite(a) for a in anchors):
        raise ValueError("the four goalposts must rise or fall strictly")


def normalise(value: float, anchors: Anchors) -> float:
    """0 to 100: linear between the goalposts, exact on them, clamped outside (methods §3.2)."""
    falling = anchors[0] > anchors[3]
    for index in range(3, -1, -1):
        here = anchors[index]
        if value <= here if falling else value >= here:
            break
    else:
        return 0.0
    if index == 3 or value == here:
        return _HEIGHTS[index]
    share = (value - here) / (anchors[index + 1] - here)
    return _HEIGHTS[index] + share * (_HEIGHTS[index + 1] - _HEIGHTS[index])


def freshness(age: int, fading: Fading) -> float:
    """Weight left after `age` days, 1 down to 0; 0 means the value has expired (methods §3.3)."""
    if age <= fading.grace:
        return 1.0
    if age > fading.expiry:
        return 0.0
    return float(0.5 ** ((age - fading.grace) / fading.half_life))


def aggregate(
    points: Mapping[str, Point], configs: Mapping[str, Config], weights: Sequence[float]
) -> Aggregate:
    """The score of `points`; `configs` names every applicable measure, known or not.

    A bucket without applicable measures leaves the sums; one without known measures widens the
    bounds and lowers coverage, never the score.
    """
    size = len(weights)
    due, have, earned = [0.0] * size, [0.0] * size, [0.0] * size
    scores: dict[str, float] = {}
    for measure, (bucket, weight, anchors) in configs.items():
        due[bucket] += weight
        point = points.get(measure)
        if point is not None:
            score = normalise(point[0], anchors)
            counted = weight * point[1]
            scores[measure] = score
            have[bucket] += counted
            earned[bucket] += counted * score
    applicable = sum([w for w, d in zip(weights, due, strict=True) if d])
    known = sum([w for w, h in zip(weights, have, strict=True) if h])
    means = tuple([e / h if h else None for e, h in zip(earned, have, strict=True)])
    cover = tuple([h / d if d else 0.0 for h, d in zip(have, due, strict=True)])
    if not known:
        return Aggregate(None, 0.0, 100.0, 0.0, means, cover, {}, {})
    total = sum([w * m for w, m in zip(weights, means, strict=True) if m is not None]) / known
    coverage = round(sum([w * c for w, c in zip(weights, cover, strict=True)]) / applicable, 9)
    low = sum([w * e / d for w, e, d in zip(weights, earned, due, strict=True) if d]) / applicable
    shares = {
        m: weights[c[0]] * c[1] * points[m][1] / (known * have[c[0]])
        for m, c in configs.items()
        if m in scores
    }
    high = low + 100.0 * (1.0 - coverage)
    return Aggregate(round(total, 9), low, min(100.0, high), coverage, means, cover, scores, shares)
