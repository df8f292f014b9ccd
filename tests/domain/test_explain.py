"""Trend and onset of a score over time."""

from datetime import timedelta

import pytest

from csplanner.domain.coverage import effective_contacts
from csplanner.domain.explain import onset, theil_sen, trend
from tests.domain.build import TODAY, ago

FALLING = [72, 70, 71, 66, 64, 60]


def weekly(scores: list[float]):
    """Scores a week apart up to today."""
    start = TODAY - timedelta(7 * (len(scores) - 1))
    return [(start + timedelta(7 * n), s) for n, s in enumerate(scores)]


def test_the_median_slope_of_the_worked_series_is_two_down_a_step():
    assert theil_sen(list(enumerate(FALLING))) == pytest.approx(-2.0)
    assert theil_sen([(1, 5)]) is None


@pytest.mark.parametrize(
    ("scores", "label"),
    [
        (FALLING, "declining"),
        (FALLING[::-1], "improving"),
        ([70, 71, 70, 71, 70], "steady"),
        ([70, 60, 50], "not enough history"),
    ],
)
def test_a_trend_needs_history_a_clear_slope_and_most_pairs(scores, label):
    assert trend(weekly(scores)).label == label


def test_four_readings_within_three_weeks_are_not_enough_history():
    assert trend([(ago(9), 70), (ago(6), 60), (ago(3), 50), (TODAY, 40)]).slope is None


def test_decline_began_with_the_first_score_ten_below_its_own_median():
    scores = weekly([80, 81, 79, 80, 68, 66, 65])
    assert onset(scores) == scores[4][0]
    assert onset(weekly([80, 81, 79])) is None
    assert onset([]) is None


def test_effective_contacts_of_the_worked_example():
    assert effective_contacts([12, 3, 3, 2]) == pytest.approx(2.40964, abs=1e-5)
    assert effective_contacts([5, 5, 5, 5]) == pytest.approx(4)
    assert effective_contacts([]) == 0
