"""Intervals for small samples against published values."""

import pytest

from csplanner.domain.wilson import difference, share_text, wilson


@pytest.mark.parametrize(
    ("count", "trials", "low", "high"),
    [
        (18, 20, 0.6989663547715128, 0.972133518786232),
        (4, 20, 0.0806576625797981, 0.4160174322518935),
        (190, 200, 0.910421851861224, 0.972617354399236),
        (1, 30, 0.00590859, 0.16670391),
        (0, 30, 0, 0.11351339),
        (30, 30, 0.8864866, 1),
        (19, 38, 0.348499283643951, 0.651500716356049),
    ],
)
def test_wilson_agrees_with_published_bounds(count, trials, low, high):
    assert wilson(count, trials) == pytest.approx((low, high), abs=1e-7)


@pytest.mark.parametrize(("count", "trials", "high"), [(0, 20, 0.1611), (1, 29, 0.1718)])
def test_wilson_agrees_with_newcombe(count, trials, high):
    assert wilson(count, trials)[1] == pytest.approx(high, abs=5e-5)


@pytest.mark.parametrize(("count", "trials"), [(38, 38), (0, 77), (0, 0)])
def test_bounds_stay_between_none_and_all(count, trials):
    low, high = wilson(count, trials)
    assert 0 <= low <= high <= 1


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ((7, 34), (1, 34), (0.176471, 0.018921, 0.340369)),
        ((9, 10), (3, 10), (0.6, 0.170523, 0.809018)),
        ((10, 10), (0, 20), (1.0, 0.679086, 1.0)),
        ((4, 12), (2, 25), (0.253333, -0.005304, 0.535360)),
    ],
)
def test_a_difference_of_shares_agrees_with_published_bounds(one, other, expected):
    assert difference(one, other) == pytest.approx(expected, abs=1e-6)


def test_a_share_of_nothing_cannot_be_compared():
    with pytest.raises(ValueError, match="without trials"):
        difference((0, 0), (1, 2))


@pytest.mark.parametrize(
    ("count", "trials", "text"),
    [
        (0, 0, "none yet"),
        (2, 3, "2 of 3"),
        (5, 7, "71% (36–92%) of 7"),
        (19, 38, "50% (35–65%)"),
    ],
)
def test_small_samples_are_told_by_count_then_with_an_interval(count, trials, text):
    assert share_text(count, trials) == text
