"""The whole book at once gives what one account at a time gives."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain import scoring
from csplanner.domain.aggregate import Config, Point, aggregate, freshness
from csplanner.domain.bands import Cuts, band_of, worse
from csplanner.domain.measures import DEFAULT_DEFINITION, Bucket
from csplanner.domain.reading import Band
from csplanner.domain.scoring import BANDS, GOOD, STAGES, Rules, rules_of, score, sheet_of

RULES = rules_of(DEFAULT_DEFINITION)
COUNT = len(RULES.measures)


def alone(values, ages, stage: int, cap: int, rules: Rules = RULES):
    """Score, bounds, coverage and bands of one account by the scalar rules."""
    configs = {str(n): Config(r.bucket, r.weight, r.anchors) for n, r in enumerate(rules.measures)}
    points = {}
    for number, (value, age, rule) in enumerate(zip(values, ages, rules.measures, strict=True)):
        left = freshness(int(age), rule.fading)
        if not np.isnan(value) and left > 0:
            points[str(number)] = Point(float(value), left)
    found = aggregate(points, configs, rules.stage_weights[stage])
    known = sum(1 for mean in found.buckets if mean is not None)
    raw = band = Band.NONE
    if found.score is not None and found.coverage >= 0.6 and known >= 3:
        raw = band = band_of(found.score, Cuts())
        if found.buckets[Bucket.OUTCOMES] is None:
            band = worse(band, Band.WATCH)
        band = worse(band, BANDS[cap])
    return found, raw, band


accounts = st.lists(
    st.tuples(
        st.lists(
            st.one_of(
                st.just(float("nan")),
                st.floats(-100, 400),
                st.sampled_from([0.0, 10.0, 50.0, 75.0, 95.0, 100.0, 150.0]),
            ),
            min_size=COUNT,
            max_size=COUNT,
        ),
        st.lists(st.integers(0, 300), min_size=COUNT, max_size=COUNT),
        st.integers(0, len(STAGES) - 1),
        st.integers(0, GOOD),
    ),
    min_size=1,
    max_size=12,
)


@given(accounts)
def test_the_whole_book_and_one_account_agree(rows):
    sheet = sheet_of(
        np.array([r[0] for r in rows]).T,
        np.array([r[1] for r in rows]).T,
        stages=np.array([r[2] for r in rows], dtype=np.int8),
        caps=np.array([r[3] for r in rows], dtype=np.int8),
    )
    found = score(sheet, RULES)
    for number, row in enumerate(rows):
        expected, raw, band = alone(*row)
        assert found.coverage[number] == pytest.approx(expected.coverage, abs=1e-9)
        assert found.low[number] == pytest.approx(expected.low, abs=1e-7)
        assert found.high[number] == pytest.approx(expected.high, abs=1e-7)
        if expected.score is None:
            assert np.isnan(found.score[number])
        else:
            assert found.score[number] == pytest.approx(expected.score, abs=1e-7)
            if min(abs(expected.score - cut) for cut in (50, 75)) > 1e-7:
                assert BANDS[int(found.raw_band[number])] is raw
                assert BANDS[int(found.band[number])] is band


def test_the_size_of_a_chunk_changes_nothing(monkeypatch: pytest.MonkeyPatch):
    rng = np.random.default_rng(7)
    values = rng.uniform(0, 120, (COUNT, 1000))
    values[rng.random(values.shape) < 0.2] = np.nan
    sheet = sheet_of(
        values,
        rng.integers(0, 200, values.shape),
        stages=rng.integers(0, 3, 1000).astype(np.int8),
    )
    whole = score(sheet, RULES)
    monkeypatch.setattr(scoring, "CHUNK", 64)
    parts = score(sheet, RULES)
    assert np.array_equal(whole.score, parts.score, equal_nan=True)
    assert np.array_equal(whole.band, parts.band)


def test_an_empty_book_scores_nothing():
    empty = sheet_of(
        np.empty((COUNT, 0)), np.empty((COUNT, 0), dtype=np.int64), stages=np.empty(0, np.int8)
    )
    assert score(empty, RULES).score.size == 0
