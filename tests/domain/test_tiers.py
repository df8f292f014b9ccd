"""The pyramid's rule: a grid, floors that only raise, and the hours it asks for."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.account import Account, AccountId, Case, Tier
from csplanner.domain.account_file import AccountFile
from csplanner.domain.capacity import hours_promised, load, moves_to_fit, supply
from csplanner.domain.context import BookContext
from csplanner.domain.judgement import judge
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.reading import Band
from csplanner.domain.settings import BookSettings
from csplanner.domain.tiers import Standing, chosen, equipped, is_higher, place, potential
from csplanner.domain.value import UNKNOWN, fact
from tests.domain.build import ACME, TODAY, account, ago, measured, rated_axes, term

SETTINGS = BookSettings()


def standing(able: int | None, room: int | None, critical: int | None = 0, **more) -> Standing:
    """A standing whose assessment is fresh and proved."""
    return Standing(able, room, critical, **{"assessed_days": 10, "proved": True, **more})


@pytest.mark.parametrize(
    ("able", "room", "critical", "tier"),
    [
        (81, 72, 2, Tier.MEDIUM), (25, 80, 0, Tier.HIGH), (30, 20, 0, Tier.LOW),
        (85, 10, 0, Tier.DIGITAL), (30, 20, 3, Tier.HIGH), (75, 40, 0, Tier.LOW),
    ],
)  # fmt: skip
def test_the_worked_placements(able, room, critical, tier):
    assert place(standing(able, room, critical), SETTINGS).tier is tier


def test_the_reason_is_one_sentence_with_both_axes_and_the_floor():
    assert place(standing(81, 72, 2), SETTINGS).reason == (
        "Medium — potential high (72), well equipped (81); business-critical floor already met."
    )
    assert place(standing(30, 20, 3), SETTINGS).reason == (
        "High — potential low (20), poorly equipped (30); "
        "mission-critical floor raises it from Low to High."
    )


@pytest.mark.parametrize(
    "more",
    [
        {"before_first_value": True},
        {"assessed_days": 200},
        {"assessed_days": None},
        {"proved": False},
    ],
)
def test_nobody_is_digital_without_proof_a_fresh_assessment_and_first_value(more):
    assert place(standing(85, 10, **more), SETTINGS).tier is Tier.LOW


def test_the_top_fifth_by_arr_gets_medium_at_least():
    assert place(standing(85, 10, top_arr=True), SETTINGS).tier is Tier.MEDIUM


@pytest.mark.parametrize(
    ("able", "room", "words"),
    [
        (None, 50, "how equipped they are is unknown"),
        (50, None, "their potential is unknown"),
        (None, None, "how equipped they are and their potential are unknown"),
    ],
)
def test_an_unknown_axis_leaves_the_account_not_placed(able, room, words):
    placed = place(standing(able, room, 3), SETTINGS)
    assert placed.tier is None
    assert words in placed.reason


scale = st.integers(0, 100)
critical = st.integers(0, 3)
rest = st.fixed_dictionaries(
    {
        "top_arr": st.booleans(),
        "before_first_value": st.booleans(),
        "assessed_days": st.none() | st.integers(0, 400),
        "proved": st.booleans(),
    }
)


@given(scale, scale, critical, rest, st.integers(0, 100), st.integers(0, 3))
def test_more_need_never_lowers_the_tier(able, room, level, more, step, levels):
    before = place(Standing(able, room, level, **more), SETTINGS).tier
    assert before is not None
    for needier in (
        Standing(able, min(100, room + step), level, **more),
        Standing(max(0, able - step), room, level, **more),
        Standing(able, room, min(3, level + levels), **more),
    ):
        after = place(needier, SETTINGS).tier
        assert after is not None
        assert not is_higher(before, after)


def test_axes_are_the_mean_of_answers_and_unknown_below_enough_of_them():
    four = AccountFile(account(), measurements=rated_axes((4, 3, 2, 3), (4, 3, 2)))
    assert equipped(four, TODAY) == fact(75)
    assert potential(four, TODAY) == fact(75)
    few = AccountFile(account(), measurements=rated_axes((4, 3, 2), (4, 3)))
    assert equipped(few, TODAY) == UNKNOWN
    assert potential(few, TODAY) == UNKNOWN


def test_your_placement_counts_and_differs_from_the_rule_in_the_open():
    file = AccountFile(
        account(),
        measurements=rated_axes((1, 1, 1, 1), (4, 4, 4)),
        placements=(Placement("p", ACME, ago(20), Tier.LOW, "They asked for less", Tier.HIGH),),
    )
    choice = chosen(file, SETTINGS, TODAY)
    assert (choice.tier, choice.rule, choice.is_override) == (Tier.LOW, Tier.HIGH, True)
    assert choice.sentence.startswith("You chose Low on 20 Feb; the rule says High")
    assert choice.reason == "They asked for less"


def test_the_top_fifth_is_told_by_the_book():
    file = AccountFile(
        account(),
        measurements=(*rated_axes((4, 4, 4, 4), (0, 0, 0)), measured("equipped.proof", 1)),
    )
    assert chosen(file, SETTINGS, TODAY).tier is Tier.DIGITAL
    context = BookContext(arr_top_cut={"USD": 400_000_00})
    assert chosen(file, SETTINGS, TODAY, context).tier is Tier.MEDIUM


def test_forty_hours_a_week_leave_331_and_a_half_a_quarter():
    hours = supply(40)
    assert hours == pytest.approx(331.5)
    assert hours / 16 == pytest.approx(20.71875)
    assert SETTINGS.available_a_quarter == 331_500


def test_hours_grow_with_onboarding_renewal_escalation_and_risk():
    plain = AccountFile(account())
    ask = {"settings": SETTINGS, "as_of": TODAY}
    assert hours_promised(Tier.HIGH, plain, **ask) == 16_000
    assert hours_promised(None, plain, **ask) == 0
    assert hours_promised(Tier.HIGH, plain, **ask, band=Band.RISK) == 20_000
    renewing = replace(plain, terms=(term(60),))
    assert hours_promised(Tier.MEDIUM, renewing, **ask) == 12_000
    escalated = replace(plain, cases=(Case("c", ACME, escalated=True),))
    assert hours_promised(Tier.LOW, escalated, **ask) == 5_500
    new = AccountFile(account(customer_since=fact(ago(30)), first_value_on=UNKNOWN))
    assert hours_promised(Tier.DIGITAL, new, **ask) == 9_300


def row(number: int, tier: Tier | None, **fields) -> Overview:
    """A line of the book with that tier."""
    return Overview(
        AccountId(f"a{number}"), f"Account {number}", tier=tier,
        hours_promised=SETTINGS.hours_a_quarter[tier] if tier else 0, **fields,
    )  # fmt: skip


def test_load_counts_placed_accounts_and_colours_above_110_and_130_percent():
    book = load([row(n, Tier.HIGH) for n in range(21)] + [row(99, None)], SETTINGS)
    assert book.promised == 336_000
    assert book.by_tier[Tier.HIGH].accounts == 21
    assert book.band is Band.GOOD
    assert load([row(n, Tier.HIGH) for n in range(23)], SETTINGS).band is Band.WATCH
    assert load([row(n, Tier.HIGH) for n in range(28)], SETTINGS).band is Band.RISK


def test_moves_that_fit_the_hours_spare_renewals_and_accounts_at_risk():
    rows = [row(n, Tier.HIGH, potential=67 + n) for n in range(20)]
    rows += [
        row(90, Tier.HIGH, potential=67, band=Band.RISK),
        row(91, Tier.HIGH, potential=67, decision_on=TODAY + timedelta(30)),
    ]
    moves = moves_to_fit(rows, SETTINGS, TODAY)
    assert [m[0].account_id for m in moves] == ["a0", "a1", "a2"]
    assert all(m[1] is Tier.MEDIUM for m in moves)
    assert moves_to_fit(rows[:5], SETTINGS, TODAY) == []


def test_an_account_with_nothing_but_a_name_is_not_placed_and_promises_nothing():
    judged = judge(AccountFile(Account(ACME, "Acme")), SETTINGS, as_of=TODAY)
    assert judged.overview.tier is None
    assert judged.overview.hours_promised == 0
    assert judged.overview.tier_reason.startswith("Not placed")
