"""Health of a whole book with every rule, beside plain numpy of goalposts and weighted means."""

from pathlib import Path

from benchmarks.runner import Benchmark, Operation
from csplanner.domain.aggregate import Anchors, Fading
from csplanner.domain.scoring import STAGES, Rule, Rules, score, sheet_of

ACCOUNTS, MEASURES, BUCKETS = 100_000, 30, 6
_SEED = 20260312


def _whole_book(_: Path) -> tuple[Operation, Operation]:
    import numpy as np

    random = np.random.default_rng(_SEED)
    values = random.uniform(0, 120, (MEASURES, ACCOUNTS))
    values[random.random(values.shape) < 0.2] = np.nan
    ages = random.integers(0, 120, (MEASURES, ACCOUNTS))
    stages = random.integers(0, len(STAGES), ACCOUNTS).astype(np.int8)
    caps = random.integers(0, 3, ACCOUNTS).astype(np.int8)
    anchors = Anchors(0, 50, 75, 100)
    fading = Fading(14, 30, 90)
    rules = Rules(
        tuple(Rule(m % BUCKETS, 1.0 + m % 3, anchors, fading) for m in range(MEASURES)),
        tuple(tuple(10.0 + s + b for b in range(BUCKETS)) for s in range(len(STAGES))),
    )
    sheet = sheet_of(values, ages, stages=stages, caps=caps)
    known = np.nan_to_num(values)
    weights = np.array([rule.weight for rule in rules.measures])
    bucket_of = np.array([rule.bucket for rule in rules.measures])

    def plain() -> object:
        """The least: goalposts by interpolation, means by bucket, mean of the buckets."""
        points = np.interp(known, (0, 50, 75, 100), (0, 50, 75, 100))
        means = [
            np.average(points[bucket_of == b], axis=0, weights=weights[bucket_of == b])
            for b in range(BUCKETS)
        ]
        return np.average(np.array(means), axis=0, weights=np.arange(1.0, BUCKETS + 1))

    return (lambda: score(sheet, rules)), plain


BENCHMARKS = [
    Benchmark("health of 100,000 accounts × 30 measures", goal=0.5, prepare=_whole_book, repeats=9)
]
