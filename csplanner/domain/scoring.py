"""The score of a whole book at once, in numpy: the same rules as `aggregate`, in chunks that fit
the cache.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from csplanner.domain.account import Stage
from csplanner.domain.aggregate import Anchors, Fading, freshness
from csplanner.domain.measures import Definition
from csplanner.domain.reading import Band

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Codes = NDArray[np.int8]

CHUNK = 16384
"""Accounts at a time: a handful of rows of so many doubles stay in the cache."""
NEVER = 32767
"""The age of a value that is unknown."""
STAGES = tuple(Stage)
NOT_KNOWN, RISK, WATCH, GOOD = -1, 0, 1, 2
BANDS = {NOT_KNOWN: Band.NONE, RISK: Band.RISK, WATCH: Band.WATCH, GOOD: Band.GOOD}


@dataclass(frozen=True, slots=True)
class Rule:
    """How one measure counts: bucket, weight in it, goalposts and fading."""

    bucket: int
    weight: float
    anchors: Anchors
    fading: Fading


@dataclass(frozen=True, slots=True)
class Rules:
    """All measures with the bucket weights of each stage, the cuts and the least evidence."""

    measures: tuple[Rule, ...]
    stage_weights: tuple[tuple[float, ...], ...]
    """One row of bucket weights per stage, in the order of STAGES."""
    watch_from: float = 50.0
    good_from: float = 75.0
    min_coverage: float = 0.60
    min_buckets: int = 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The book as columns: one row per measure, one column per account."""

    values: "Floats"
    """measures × accounts; any finite number where the age is NEVER."""
    ages: "NDArray[np.int16]"
    """measures × accounts, days since each value was true; NEVER is unknown."""
    stages: "Codes"
    """Index into STAGES per account."""
    caps: "Codes"
    """Best band each account may have: 0 risk, 1 watch, 2 good (no cap)."""


def sheet_of(
    values: "Floats", ages: "NDArray[np.int64]", *, stages: "Codes", caps: "Codes | None" = None
) -> Sheet:
    """A sheet from values in which NaN is unknown; without `caps` there are none."""
    import numpy as np

    unknown = np.isnan(values)
    days = np.clip(ages, 0, NEVER).astype(np.int16)
    days[unknown] = NEVER
    best = np.full(len(stages), GOOD, dtype=np.int8) if caps is None else caps
    return Sheet(np.where(unknown, 0.0, values), days, stages, best)


@dataclass(frozen=True, slots=True)
class Scores:
    """Per account: score (NaN when nothing is known), bounds, coverage and band codes.

    The codes are those of BANDS; `band` has caps and the least evidence in it, no history.
    """

    score: "Floats"
    low: "Floats"
    high: "Floats"
    coverage: "Floats"
    raw_band: "Codes"
    band: "Codes"


def rules_of(definition: Definition, months: int | None = None) -> Rules:
    """The rules of a definition for customers of that age in months."""
    return Rules(
        tuple(
            Rule(m.bucket, m.weight, m.anchors_at(months), m.fading) for m in definition.measures
        ),
        tuple(definition.weights[stage] for stage in STAGES),
        min_coverage=definition.min_coverage,
        min_buckets=definition.min_buckets,
    )


def score(sheet: Sheet, rules: Rules) -> Scores:
    """Scores every account of the sheet."""
    import numpy as np

    size = sheet.values.shape[1]
    floats = np.empty((4, size))
    codes = np.empty((2, size), dtype=np.int8)
    found = Scores(floats[0], floats[1], floats[2], floats[3], codes[0], codes[1])
    lines = [_Line.of(rule) for rule in rules.measures]
    buckets = len(rules.stage_weights[0])
    room = _Room.of(min(CHUNK, max(1, size)), buckets)
    for start in range(0, size, CHUNK):
        part = slice(start, min(start + CHUNK, size))
        _sum_up(sheet, lines, part, room=room)
        _conclude(sheet, rules, part, room=room, found=found)
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """A rule made ready: goalposts rising in the value, slopes between them, fading by day."""

    bucket: int
    lowest: float
    highest: float
    bends: tuple[float, float]
    slope: float
    """Of the first piece."""
    ratios: tuple[float, float]
    """By how many times the first slope the slope changes at each bend."""
    offset: float
    fading: "Floats"
    """Weight × freshness by age in days; the last entry is 0 and stands for all older ones."""

    @classmethod
    def of(cls, rule: Rule) -> "_Line":
        import numpy as np

        heights: tuple[float, ...] = (0.0, 50.0, 75.0, 100.0)
        posts: tuple[float, ...] = tuple(rule.anchors)
        if posts[0] > posts[3]:
            posts, heights = posts[::-1], heights[::-1]
        one, two, three = (
            (heights[i + 1] - heights[i]) / (posts[i + 1] - posts[i]) for i in range(3)
        )
        bends = (two - one, three - two)
        offset = heights[0] - one * posts[0] - bends[0] * posts[1] - bends[1] * posts[2]
        days = range(rule.fading.expiry + 2)
        weights = [rule.weight * freshness(day, rule.fading) for day in days]
        return cls(
            rule.bucket,
            posts[0],
            posts[3],
            (posts[1], posts[2]),
            one,
            (bends[0] / one, bends[1] / one),
            offset,
            np.array(weights),
        )


@dataclass(frozen=True, slots=True)
class _Room:
    """Work space of one chunk, used again for each."""

    have: "Floats"
    earned: "Floats"
    due: "Floats"
    points: "Floats"
    term: "Floats"
    weight: "Floats"

    @classmethod
    def of(cls, size: int, buckets: int) -> "_Room":
        import numpy as np

        shape = (buckets, size)
        rows = np.empty((3, size))
        return cls(np.empty(shape), np.empty(shape), np.zeros(buckets), rows[0], rows[1], rows[2])


def _sum_up(sheet: Sheet, lines: list[_Line], part: slice, *, room: _Room) -> None:
    """Adds up weight known and points earned per bucket over one chunk."""
    import numpy as np

    size = part.stop - part.start
    have, earned = room.have[:, :size], room.earned[:, :size]
    points, term, weight = room.points[:size], room.term[:size], room.weight[:size]
    have.fill(0.0)
    earned.fill(0.0)
    room.due.fill(0.0)
    for number, line in enumerate(lines):
        np.take(line.fading, sheet.ages[number, part], mode="clip", out=weight)
        np.clip(sheet.values[number, part], line.lowest, line.highest, out=points)
        np.maximum(points, line.bends[0], out=term)
        term *= line.ratios[0]
        term += points
        np.maximum(points, line.bends[1], out=points)
        points *= line.ratios[1]
        points += term
        points *= line.slope
        points += line.offset
        points *= weight
        have[line.bucket] += weight
        earned[line.bucket] += points
        room.due[line.bucket] += float(line.fading[0])


def _conclude(sheet: Sheet, rules: Rules, part: slice, *, room: _Room, found: Scores) -> None:
    """Means, coverage, bounds and bands of one chunk from its sums."""
    import numpy as np

    size = part.stop - part.start
    have, earned = room.have[:, :size], room.earned[:, :size]
    applicable = room.due > 0
    weights = np.array(rules.stage_weights).T[applicable]
    shares = weights / weights.sum(axis=0) / room.due[applicable, None]
    stages = sheet.stages[part]
    each, share = weights.take(stages, axis=1), shares.take(stages, axis=1)
    have, earned = have[applicable], earned[applicable]
    known = have > 0
    coverage = np.round(np.einsum("ij,ij->j", share, have), 9)
    low = np.einsum("ij,ij->j", share, earned)
    counted = np.einsum("ij,ij->j", each, known)
    have[~known] = 1.0
    earned /= have
    points = np.full(size, np.nan)
    np.divide(np.einsum("ij,ij->j", each, earned), counted, out=points, where=counted > 0)
    np.round(points, 9, out=points)
    found.score[part], found.coverage[part], found.low[part] = points, coverage, low
    found.high[part] = np.minimum(100.0, low + 100.0 * (1.0 - coverage))
    level = (points >= rules.watch_from).astype(np.int8) + (points >= rules.good_from)
    enough = (coverage >= rules.min_coverage) & (known.sum(axis=0) >= rules.min_buckets)
    level = np.where(enough & ~np.isnan(points), level, NOT_KNOWN).astype(np.int8)
    found.raw_band[part] = level
    outcomes = known[0] if applicable[0] else np.zeros(size, dtype=np.bool_)
    best = np.where(outcomes, GOOD, WATCH).astype(np.int8)
    found.band[part] = np.minimum(level, np.minimum(best, sheet.caps[part]))
