"""Health of whole accounts: unknown stays unknown, caps speak, nothing is hidden."""

from dataclasses import replace

import pytest

from csplanner.domain.account import Account, Case, CasePriority, Stage
from csplanner.domain.account_file import AccountFile
from csplanner.domain.context import BookContext
from csplanner.domain.health import assess
from csplanner.domain.judgement import judge, reading_of
from csplanner.domain.person import Person, PersonStatus
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.value import UNKNOWN, State, fact
from tests.domain.build import (
    ACME,
    TODAY,
    account,
    ago,
    healthy,
    measured,
    objective,
    people,
    pulse,
    reading,
    term,
    touch,
)

SETTINGS = BookSettings()
WITH_CASES = BookContext(has_cases=True)


def test_an_account_of_which_nothing_is_known_has_no_score_and_no_band():
    health = assess(AccountFile(Account(ACME, "Acme")), SETTINGS, as_of=TODAY)
    assert health.score is None
    assert health.points is None
    assert health.band is Band.NONE
    assert (health.low, health.high, health.coverage) == (0, 100, 0)
    assert all(line.state is State.UNKNOWN for line in health.lines)
    assert health.band_reason.startswith("Not enough data: 0%")


def test_a_pulse_alone_gives_no_score():
    judged = judge(
        AccountFile(account(), pulses=(pulse(Sentiment.ALARMED),)), SETTINGS, as_of=TODAY
    )
    assert judged.health.band is Band.NONE
    assert judged.overview.score is None
    assert judged.overview.sentiment is Sentiment.ALARMED
    assert judged.gap is None


def test_the_pulse_never_moves_the_score():
    calm = assess(healthy(), SETTINGS, as_of=TODAY)
    alarmed = assess(healthy(pulses=(pulse(Sentiment.ALARMED),)), SETTINGS, as_of=TODAY)
    assert calm.score == alarmed.score
    assert calm.band is alarmed.band


def test_points_lost_add_up_and_so_do_the_buckets():
    health = assess(healthy(), SETTINGS, as_of=TODAY)
    assert health.score is not None
    assert sum(x.lost for x in health.lines) == pytest.approx(100 - health.score)
    assert sum(b.points for b in health.buckets) == pytest.approx(health.score)
    assert sum(b.max_points for b in health.buckets) == pytest.approx(100)
    assert sum(b.weight for b in health.buckets) == pytest.approx(1)


def test_no_cases_is_good_news_only_where_cases_are_imported():
    without = next(x for x in assess(healthy(), SETTINGS, as_of=TODAY).lines
                   if x.measure == "experience.cases")  # fmt: skip
    assert without.state is State.UNKNOWN
    health = assess(healthy(), SETTINGS, as_of=TODAY, context=WITH_CASES)
    line = next(x for x in health.lines if x.measure == "experience.cases")
    assert line.value.value == 0
    assert line.score == 100


def test_a_figure_past_its_expiry_is_unknown_and_says_from_when_it_is():
    old = tuple(m for m in healthy().measurements if "seats" not in m.measure)
    file = healthy(
        measurements=(
            measured("usage.seats_bought", 100, 120),
            measured("usage.seats_active", 90, 120),
            *old,
        )
    )
    line = next(x for x in assess(file, SETTINGS, as_of=TODAY).lines
                if x.measure == "adoption.seats")  # fmt: skip
    assert line.state is State.UNKNOWN
    assert line.score is None
    assert "12 Nov ’25" in line.why


def test_without_any_outcome_the_band_is_watch_at_most_and_says_so():
    health = assess(healthy(objectives=()), SETTINGS, as_of=TODAY)
    assert health.raw_band is Band.GOOD
    assert health.band is Band.WATCH
    assert "No objective is agreed" in health.band_reason


def test_an_agreed_objective_without_a_figure_leaves_outcomes_unknown():
    empty = replace(objective(), actual=UNKNOWN, actual_on=None)
    health = assess(healthy(objectives=(empty,)), SETTINGS, as_of=TODAY)
    assert health.band is Band.WATCH
    assert "No outcome is known" in health.band_reason


def test_below_sixty_percent_coverage_the_last_band_stays_with_its_date():
    file = AccountFile(account(), objectives=(objective(),), readings=(reading(40, 80, Band.GOOD),))
    health = assess(file, SETTINGS, as_of=TODAY)
    assert health.band is Band.NONE
    assert health.score is not None
    assert health.points is None
    assert health.last_band == (Band.GOOD, ago(40))


def test_bounds_in_two_bands_are_told():
    file = healthy(seats=(), people=(), objectives=(objective(1.0),), touches=(touch(5),))
    health = assess(file, SETTINGS, as_of=TODAY)
    assert health.could_be is not None
    assert health.could_be[0] is not health.could_be[1]


def left_champion() -> AccountFile:
    """The champion, Cleo, left ten days ago and nobody took over."""
    persons, seats = people()
    gone = tuple(
        replace(p, status=PersonStatus.LEFT, left_on=ago(10)) if p.name == "Cleo" else p
        for p in persons
    )
    return healthy(people=gone, seats=seats)


def test_a_champion_who_left_caps_at_watch_and_near_renewal_at_risk():
    far = assess(left_champion(), SETTINGS, as_of=TODAY)
    assert far.band is Band.WATCH
    assert "Cleo, champion, left on 2 Mar" in far.band_reason
    near = assess(replace(left_champion(), terms=(term(100),)), SETTINGS, as_of=TODAY)
    assert near.band is Band.RISK
    assert near.score == far.score
    assert " is in the good range. Cleo, champion, left on 2 Mar" in near.band_reason
    assert "within 120 days of the decision, so it is at risk." in near.band_reason


def test_a_cap_on_a_score_that_waits_tells_both_reasons():
    waiting = replace(
        left_champion(),
        terms=(term(100),),
        readings=(reading(30, 60, Band.WATCH), reading(3, 90, Band.WATCH)),
    )
    said = assess(waiting, SETTINGS, as_of=TODAY).band_reason
    assert " is in the good range. Cleo, champion, left" in said
    assert "so it is at risk. Without that it counts as good once two readings" in said


def test_a_new_champion_lifts_the_cap_at_once():
    file = left_champion()
    seat = replace(file.seats[2], id="new", person_id="flo")
    covered = replace(
        file, people=(*file.people, Person("flo", ACME, "Flo")), seats=(*file.seats, seat)
    )
    assert assess(covered, SETTINGS, as_of=TODAY).band is Band.GOOD


@pytest.mark.parametrize(
    ("priority", "escalated", "band"),
    [
        (CasePriority.URGENT, False, Band.RISK),
        (CasePriority.HIGH, True, Band.RISK),
        (CasePriority.MEDIUM, True, Band.GOOD),
    ],
)
def test_an_open_severe_case_caps_at_risk_while_open(priority, escalated, band):
    case = Case("c", ACME, priority=priority, escalated=escalated, opened_on=ago(5))
    health = assess(healthy(cases=(case,)), SETTINGS, as_of=TODAY)
    assert health.band is band
    closed = replace(case, closed_on=ago(1), is_closed=True)
    assert assess(healthy(cases=(closed,)), SETTINGS, as_of=TODAY).band is Band.GOOD


def test_notice_and_unpaid_invoices_cap_the_band_but_not_the_number():
    plain = assess(healthy(), SETTINGS, as_of=TODAY)
    notice = assess(healthy(terms=(term(200, notice_given=True),)), SETTINGS, as_of=TODAY)
    assert notice.band is Band.RISK
    assert notice.score == plain.score
    unpaid = tuple(m for m in healthy().measurements if "invoice" not in m.measure)
    file = healthy(
        measurements=(
            *unpaid,
            measured("commercial.invoice_overdue_days", 70),
            measured("commercial.billing_disputes", 2),
        )
    )
    assert "70 days overdue and disputed" in assess(file, SETTINGS, as_of=TODAY).band_reason


def test_a_silent_customer_loses_engagement_and_roles():
    quiet = assess(healthy(touches=(touch(200, "ann"),)), SETTINGS, as_of=TODAY)
    known = {x.measure: x.score for x in quiet.lines}
    assert known["engagement.recency"] < 30
    assert known["relationship.breadth"] == 0
    assert known["relationship.roles"] == pytest.approx(50 + 25 * 5 / 30)


@pytest.mark.parametrize(
    ("fields", "stage"),
    [
        ({"customer_since": account().customer_since, "first_value_on": UNKNOWN}, Stage.MATURE),
        ({"stage_override": Stage.ONBOARDING}, Stage.ONBOARDING),
    ],
)
def test_the_stage_is_derived_and_can_be_set(fields, stage):
    file = healthy(account=account(**fields))
    assert assess(file, SETTINGS, as_of=TODAY).stage.stage is stage


def test_a_new_customer_without_first_value_is_onboarding_and_then_overdue():
    young = healthy(account=account(customer_since=measured_since(100), first_value_on=UNKNOWN))
    found = assess(young, SETTINGS, as_of=TODAY).stage
    assert (found.stage, found.onboarding_overdue) == (Stage.ONBOARDING, False)
    late = healthy(account=account(customer_since=measured_since(200), first_value_on=UNKNOWN))
    assert assess(late, SETTINGS, as_of=TODAY).stage.onboarding_overdue


def measured_since(days: int):
    """The known day so many days ago."""
    return fact(ago(days))


def test_the_robustness_sentence_tells_on_which_weight_the_band_hangs():
    assert assess(healthy(), SETTINGS, as_of=TODAY).robust == (
        "The band does not depend on the weights."
    )
    shaky = healthy(objectives=(objective(0.2),))
    assert "if Outcomes counts" in assess(shaky, SETTINGS, as_of=TODAY).robust


def test_the_line_of_the_book_carries_the_score_its_history_and_the_gap():
    file = healthy(
        pulses=(pulse(Sentiment.UNSURE),),
        readings=(reading(100, 70, Band.WATCH), reading(40, 78, Band.WATCH)),
    )
    judged = judge(file, SETTINGS, as_of=TODAY, context=WITH_CASES)
    row = judged.overview
    assert row.score is not None
    assert row.change_90d == row.score - 70
    assert len(row.spark) == 13
    assert row.spark[-1] == row.score
    assert row.spark[-2] is None
    assert row.spark[-3] is None or row.spark[-3] == 78
    assert row.gap == round((judged.health.score or 0) - 50)
    assert row.roles == "fffff"
    assert row.last_touch == ago(5)


def test_a_stored_reading_keeps_score_and_caps_and_no_score_without_enough():
    health = assess(healthy(objectives=()), SETTINGS, as_of=TODAY)
    stored = reading_of(health, ACME, reading_id="r")
    assert stored.score == round(1000 * (health.score or 0))
    assert stored.band is Band.WATCH
    assert stored.caps == tuple(c.sentence for c in health.caps)
    empty = assess(AccountFile(Account(ACME, "Acme")), SETTINGS, as_of=TODAY)
    assert reading_of(empty, ACME, reading_id="r").score is None
