"""Bands worsen at once and improve slowly; caps come after and lift at once."""

from datetime import date, timedelta

import pytest

from csplanner.domain.bands import Cuts, Dated, band_of, next_band, shown_score
from csplanner.domain.health import assess
from csplanner.domain.reading import Band
from csplanner.domain.settings import BookSettings
from tests.domain.build import TODAY, ago, healthy, measured, objective, reading, touch

LETTER = {"G": Band.GOOD, "Y": Band.WATCH, "R": Band.RISK}
SETTINGS = BookSettings()


def run(start: Band, scores: list[float], days: int = 7) -> list[Band]:
    """The bands shown over scores so many days apart."""
    shown, history, found = start, [], []
    for number, score in enumerate(scores):
        history.append(Dated(date(2026, 1, 1) + timedelta(days * number), score))
        shown = next_band(shown, history, Cuts())
        found.append(shown)
    return found


def test_the_worked_sequence_worsens_at_once_and_improves_with_margin_and_time():
    scores = [76, 74, 76, 81, 82, 49, 52, 56, 57, 90, 90]
    assert run(Band.GOOD, scores) == [LETTER[x] for x in "GYYYGRRRYYG"]
    assert run(Band.RISK, [90, 90]) == [Band.RISK, Band.GOOD]


def test_two_good_days_in_one_week_are_not_enough_to_improve():
    assert run(Band.WATCH, [90, 90, 90, 90], days=2) == [Band.WATCH] * 3 + [Band.WATCH]
    assert run(Band.WATCH, [90] * 5, days=2)[-1] is Band.GOOD


def test_a_dip_between_two_good_readings_starts_the_wait_again():
    assert run(Band.WATCH, [90, 60, 90], days=4)[-1] is Band.WATCH


@pytest.mark.parametrize(
    ("score", "shown"), [(74.6, 74), (75.0, 75), (49.9, 49), (74.4, 74), (80.5, 80), (81.5, 82)]
)
def test_the_number_shown_never_disagrees_with_the_band(score, shown):
    assert shown_score(score, Cuts()) == shown
    assert band_of(shown, Cuts()) is band_of(score, Cuts())


def test_a_good_score_without_earlier_readings_is_good_at_once():
    health = assess(healthy(), SETTINGS, as_of=TODAY)
    assert health.raw_band is Band.GOOD
    assert health.band is Band.GOOD
    assert health.caps == ()


def test_a_good_score_after_watch_waits_and_says_what_it_needs():
    file = healthy(readings=(reading(30, 60, Band.WATCH), reading(3, 90, Band.WATCH)))
    health = assess(file, SETTINGS, as_of=TODAY)
    assert health.raw_band is Band.GOOD
    assert health.band is Band.WATCH
    assert "is in the good range; it counts as good once two readings" in health.band_reason
    assert "a week apart reach 80. Until then watch (since " in health.band_reason


def test_a_good_score_held_for_a_week_improves_when_values_improved():
    earlier = (
        measured("usage.seats_bought", 100, 40),
        measured("usage.seats_active", 20, 40),
        *healthy().measurements,
    )
    file = healthy(
        measurements=earlier,
        readings=(reading(30, 60, Band.WATCH), reading(8, 90, Band.WATCH)),
    )
    health = assess(file, SETTINGS, as_of=TODAY)
    assert health.band is Band.GOOD
    assert health.since == TODAY


def test_losing_bad_evidence_never_improves_the_band():
    unused = (
        measured("usage.seats_bought", 100, 100),
        measured("usage.seats_active", 5, 100),
    )
    other = tuple(m for m in healthy().measurements if "usage" not in m.measure)
    file = healthy(
        measurements=(*unused, *other),
        touches=(touch(35, "ann", "ben", "cleo", "dan", "eve"),),
        objectives=(objective(1.0),),
        readings=(reading(30, 60, Band.WATCH), reading(8, 90, Band.WATCH)),
    )
    before = assess(file, SETTINGS, as_of=ago(30))
    health = assess(file, SETTINGS, as_of=TODAY)
    assert before.score is not None
    assert health.score is not None
    assert health.score > before.score + 15
    assert health.raw_band is Band.GOOD
    assert health.band is Band.WATCH
    assert "no figure is better than before" in health.band_reason
    assert "It stays watch" in health.band_reason


def test_a_cap_comes_after_the_wait_and_lifts_at_once():
    capped = (reading(20, 90, Band.WATCH, ("An invoice is 70 days overdue.",)),)
    health = assess(healthy(readings=capped), SETTINGS, as_of=TODAY)
    assert health.band is Band.GOOD


def test_readings_of_a_later_day_do_not_count():
    file = healthy(readings=(reading(-5, 20, Band.RISK),))
    assert assess(file, SETTINGS, as_of=TODAY).band is Band.GOOD
    assert assess(file, SETTINGS, as_of=ago(-6)).band is Band.RISK
