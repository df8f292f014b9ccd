"""Goalposts, fading, means, coverage and bounds, against the known answers of the method."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.aggregate import (
    Anchors,
    Config,
    Fading,
    Point,
    aggregate,
    check_anchors,
    freshness,
    normalise,
)
from csplanner.domain.bands import Cuts, band_of
from csplanner.domain.explain import Basis, decompose
from csplanner.domain.measures import DEFAULT_DEFINITION, SCORED
from csplanner.domain.reading import Band

POINTS = Anchors(0, 50, 75, 100)
"""Goalposts under which a value is its own score."""
WEIGHTS = (30.0, 30.0, 25.0, 15.0)
CONFIGS = {
    "obj": Config(0, 1, POINTS),
    "metric": Config(0, 1, POINTS),
    "licences": Config(1, 2, POINTS),
    "users": Config(1, 1, POINTS),
    "threads": Config(2, 1, POINTS),
    "nps": Config(3, 1, POINTS),
    "tickets": Config(3, 1, POINTS),
}
KNOWN = {
    "obj": Point(80, 1),
    "licences": Point(60, 1),
    "users": Point(90, 0.5),
    "threads": Point(30, 1),
    "tickets": Point(70, 1),
}


def test_the_worked_example_gives_score_coverage_and_bounds():
    found = aggregate(KNOWN, CONFIGS, WEIGHTS)
    assert found.buckets == pytest.approx((80, 66, 30, 70))
    assert found.bucket_coverage == pytest.approx((0.5, 5 / 6, 1, 0.5))
    assert found.score == pytest.approx(61.8)
    assert found.coverage == pytest.approx(0.725)
    assert (found.low, found.high) == pytest.approx((41.25, 68.75))


def test_points_lost_in_the_worked_example_add_up_to_what_is_missing():
    found = aggregate(KNOWN, CONFIGS, WEIGHTS)
    lost = {m: found.shares[m] * (100 - s) for m, s in found.scores.items()}
    assert lost == pytest.approx(
        {"obj": 6.0, "licences": 9.6, "users": 0.6, "threads": 17.5, "tickets": 4.5}
    )
    assert sum(lost.values()) == pytest.approx(100 - 61.8)


def test_a_bad_measure_going_dark_counts_as_dropped_and_not_as_better_values():
    before = Basis(KNOWN, CONFIGS, WEIGHTS)
    after = Basis({m: p for m, p in KNOWN.items() if m != "threads"}, CONFIGS, WEIGHTS)
    change = decompose(before, after)
    assert after.score().score == pytest.approx(72.4)
    assert change.dropped == pytest.approx(10.6)
    assert change.values == change.added == change.ageing == change.config == 0


def test_without_a_common_measure_two_days_are_not_comparable():
    before = Basis({"obj": Point(80, 1)}, CONFIGS, WEIGHTS)
    after = Basis({"nps": Point(80, 1)}, CONFIGS, WEIGHTS)
    assert not decompose(before, after).is_comparable


@pytest.mark.parametrize(
    ("age", "left"), [(0, 1), (30, 1), (60, 0.70711), (90, 0.5), (120, 0.35355), (121, 0)]
)
def test_evidence_fades_after_its_grace_and_expires(age: int, left: float):
    assert freshness(age, Fading(30, 60, 120)) == pytest.approx(left, abs=1e-5)


def test_a_value_on_a_goalpost_scores_exactly_the_cut_in_both_directions():
    rising, falling = Anchors(10, 50, 75, 95), Anchors(90, 45, 20, 0)
    assert [normalise(x, rising) for x in rising] == [0, 50, 75, 100]
    assert [normalise(x, falling) for x in falling] == [0, 50, 75, 100]
    assert normalise(5, rising) == normalise(120, falling) == 0
    assert normalise(200, rising) == normalise(-1, falling) == 100


@pytest.mark.parametrize("measure", SCORED, ids=lambda m: m.id)
def test_every_goalpost_in_the_catalogue_rises_or_falls_strictly(measure):
    for anchors in (measure.anchors, *(a for _, a in measure.early)):
        check_anchors(anchors)


def test_goalposts_that_do_not_rise_strictly_are_refused():
    with pytest.raises(ValueError, match="strictly"):
        check_anchors(Anchors(0, 50, 50, 100))


def test_at_most_twelve_measures_are_scored_and_each_stage_weighs_a_hundred():
    assert len(SCORED) <= 12
    assert all(sum(w) == 100 for w in DEFAULT_DEFINITION.weights.values())


GITLAB = {
    4: Anchors(0, 10, 50.5, 100),
    7: Anchors(0, 50.5, 75.5, 100),
    12: Anchors(0, 75.4, 75.5, 100),
}


@pytest.mark.parametrize(
    ("months", "use", "band"),
    [
        (4, 9, Band.RISK), (4, 10, Band.WATCH), (4, 50, Band.WATCH), (4, 51, Band.GOOD),
        (4, 76, Band.GOOD), (7, 9, Band.RISK), (7, 50, Band.RISK), (7, 51, Band.WATCH),
        (7, 75, Band.WATCH), (7, 76, Band.GOOD), (12, 9, Band.RISK), (12, 50, Band.RISK),
        (12, 75, Band.RISK), (12, 76, Band.GOOD),
    ],
)  # fmt: skip
def test_published_thresholds_that_grow_with_age_can_be_told_in_goalposts(months, use, band):
    seats = replace(
        next(m for m in SCORED if m.id == "adoption.seats"),
        anchors=GITLAB[12],
        early=((6, GITLAB[4]), (9, GITLAB[7])),
    )
    assert band_of(normalise(use, seats.anchors_at(months)), Cuts()) is band


values = st.floats(0, 100)
fresh = st.floats(0.01, 1)
weights = st.tuples(*[st.floats(0.5, 50)] * 4)
known = st.dictionaries(st.sampled_from(sorted(CONFIGS)), st.builds(Point, values, fresh))


@given(known, weights)
def test_the_score_lies_between_its_bounds_which_part_by_what_is_missing(points, bucket_weights):
    found = aggregate(points, CONFIGS, bucket_weights)
    assert found.high - found.low == pytest.approx(100 * (1 - found.coverage), abs=1e-6)
    if found.score is None:
        assert not points
        assert (found.low, found.high) == (0, 100)
    else:
        assert found.low - 1e-6 <= found.score <= found.high + 1e-6
        lost = sum(found.shares[m] * (100 - s) for m, s in found.scores.items())
        assert lost == pytest.approx(100 - found.score, abs=1e-6)


@given(known, weights, st.floats(0.1, 10))
def test_scaling_all_weights_changes_nothing(points, bucket_weights, factor):
    once = aggregate(points, CONFIGS, bucket_weights)
    scaled = {m: c._replace(weight=c.weight * factor) for m, c in CONFIGS.items()}
    twice = aggregate(points, scaled, [w * factor for w in bucket_weights])
    assert twice.coverage == pytest.approx(once.coverage)
    assert twice.low == pytest.approx(once.low, abs=1e-6)
    if once.score is not None:
        assert twice.score == pytest.approx(once.score, abs=1e-6)


@given(st.dictionaries(st.sampled_from(sorted(CONFIGS)), values, min_size=7))
def test_with_all_known_and_fresh_score_and_bounds_are_the_same(points):
    found = aggregate({m: Point(v, 1) for m, v in points.items()}, CONFIGS, WEIGHTS)
    assert found.score == pytest.approx(found.low, abs=1e-6)
    assert found.score == pytest.approx(found.high, abs=1e-6)


@given(values, st.integers(1, 10))
def test_a_bucket_pulls_the_same_with_one_measure_or_ten(value, count):
    many = {"other": Config(0, 1, POINTS)} | {f"m{i}": Config(1, 1, POINTS) for i in range(count)}
    points = {m: Point(40 if m == "other" else value, 1) for m in many}
    assert aggregate(points, many, (60, 40)).score == pytest.approx(24 + 0.4 * value)


@given(known, known, weights, weights)
def test_the_five_parts_of_a_change_add_up_to_it(old, new, old_weights, new_weights):
    before, after = Basis(old, CONFIGS, old_weights), Basis(new, CONFIGS, new_weights)
    change = decompose(before, after)
    if change.is_comparable:
        first, last = before.score().score, after.score().score
        assert first is not None
        assert last is not None
        assert change.total == pytest.approx(last - first, abs=1e-6)
        if not set(old) - set(new):
            assert change.dropped == pytest.approx(0, abs=1e-9)
    else:
        assert not set(old) & set(new)
