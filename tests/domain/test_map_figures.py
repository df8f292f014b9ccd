"""Figures, goals and the ladder of a relationship map, with their flags and sentences."""

from dataclasses import replace

import pytest

from csplanner.domain.account import Tier
from csplanner.domain.map_figures import Measure
from csplanner.domain.map_goals import goals, ladder
from csplanner.domain.map_metrics import headcount, metrics
from csplanner.domain.map_model import YOU, Card, Line, LineKind, Meeting, RelationMap, Standing
from csplanner.domain.person import Level, PersonStatus, Politics, Role
from csplanner.domain.reading import Band
from tests.domain.drawn import ACME, DAY, ago, card, drawn, sways, tie


def figure(seen, measure):
    return metrics(seen).of(measure)


def people(*strengths):
    names = ["Ann", "Bob", "Cid", "Dee"][: len(strengths)]
    ties = [tie(YOU, n.lower(), s) for n, s in zip(names, strengths, strict=True)]
    return drawn([card(n) for n in names], ties)


@pytest.mark.parametrize(
    ("strengths", "value", "flag"),
    [
        ((29,), 0, Band.RISK),
        ((30, 29), 1, Band.RISK),
        ((30, 60), 2, Band.WATCH),
        ((30, 60, 90), 3, Band.GOOD),
    ],
)
def test_threads_count_contacts_from_strength_30(strengths, value, flag):
    found = figure(people(*strengths), Measure.THREADS)
    assert (found.value, found.flag) == (value, flag)


def test_effective_contacts_are_the_inverse_simpson_of_the_method():
    counts = {"Ann": 12, "Bob": 3, "Cid": 3, "Dee": 2}
    found = figure(
        drawn([card(n, contacts_90=c) for n, c in counts.items()], []), Measure.EFFECTIVE
    )
    assert found.value == pytest.approx(2.40964, abs=1e-5)
    assert (
        found.sentence == "20 contacts in 90 days, with 4 people; as good as 2.4 who talk equally."
    )
    one = figure(
        drawn([card("Ann", contacts_90=9), card("Bob", contacts_90=1)], []), Measure.EFFECTIVE
    )
    assert one.flag is Band.RISK
    assert one.sentence == "One person is the relationship: 9 of 10 contacts were with Ann."
    assert figure(people(50), Measure.EFFECTIVE).value is None


def test_missing_roles_are_listed_by_name_and_quiet_ones_apart():
    seen = drawn(
        [card("Ann", Role.SPONSOR), card("Bob", Role.DECIDES), card("Cid", Role.CHAMPION)],
        [tie(YOU, "ann", 50), tie(YOU, "bob", 10)],
        tier=Tier.MEDIUM,
    )
    found = figure(seen, Measure.ROLES)
    assert found.shown == "1 of 4"
    assert found.sentence == (
        "Nobody known: day-to-day contact. Not in contact: decision maker and champion."
    )
    assert found.cards == ("p:bob", "p:cid")


def test_an_unproven_champion_covers_no_champion():
    seen = drawn([card("Ann", Role.CHAMPION, unproven=True)], [tie(YOU, "ann", 90)])
    found = figure(seen, Measure.ROLES)
    assert found.shown == "0 of 5"
    assert found.sentence.endswith("Champion without three fresh yeses.")
    assert next(g for g in goals(seen) if g.role is Role.CHAMPION).sentence == (
        "Ann is called champion without three fresh yeses."
    )


def test_no_executive_in_contact_is_a_risk_in_the_upper_tiers_only():
    cards = [card("Ann", level=Level.EXEC), card("Bob", level=Level.DIRECTOR), card("Cid")]
    lines = [tie(YOU, "ann", 29), tie(YOU, "bob", 70)]
    high = figure(drawn(cards, lines), Measure.LEVELS)
    assert (high.shown, high.flag) == ("1 of 4", Band.RISK)
    assert high.sentence == (
        "No contact among executives, managers and users. The level of 1 person is unknown."
    )
    assert figure(drawn(cards, lines, tier=Tier.LOW), Measure.LEVELS).flag is Band.WATCH
    assert figure(drawn([card("Cid")], []), Measure.LEVELS).flag is Band.NONE


def test_mood_is_weighted_by_influence_and_needs_most_of_it_known():
    cards = [card("Ann", influence=4, mood=2), card("Bob", influence=2, mood=-1)]
    found = figure(drawn(cards, []), Measure.SENTIMENT)
    assert found.value == pytest.approx(50 + 25 * (8 - 2) / 6)
    assert found.flag is Band.GOOD
    few = figure(drawn([*cards, card("Cid", influence=5)], []), Measure.SENTIMENT)
    assert (few.shown, few.flag, few.cards) == ("not mapped", Band.WATCH, ("p:cid",))
    assert few.sentence == "Not mapped: moods are known for only 55 % of the influence."


def test_unknown_moods_are_not_neutral():
    cards = [card("Ann", influence=3, mood=2), card("Bob", influence=2)]
    assert figure(drawn(cards, []), Measure.SENTIMENT).value == 100


@pytest.mark.parametrize(("mood", "flag"), [(-1, Band.RISK), (0, Band.GOOD)])
def test_opposition_from_three_tenths_of_the_influence_is_a_risk(mood, flag):
    cards = [card("Ann", influence=3, mood=mood), card("Bob", influence=5, mood=1)]
    found = figure(drawn([*cards, card("Cid", influence=2, mood=2)], []), Measure.OPPOSITION)
    assert found.flag is flag
    assert found.value == (0.3 if mood < 0 else 0)


def test_the_path_to_the_buyer_names_everybody_on_it():
    cards = [card("Amara", Role.DECIDES), card("Lena"), card("Kim")]
    near = drawn(cards, [tie(YOU, "lena", 80), sways("lena", "amara")])
    found = figure(near, Measure.BUYER_PATH)
    assert (found.shown, found.flag, found.sentence) == (
        "2 steps", Band.GOOD, "You → Lena → Amara.",
    )  # fmt: skip
    far = drawn(cards, [tie(YOU, "kim", 80), sways("kim", "lena"), sways("lena", "amara")])
    assert figure(far, Measure.BUYER_PATH).flag is Band.RISK
    cooled = drawn(cards, [tie("helen", "lena", 40), sways("lena", "amara")])
    assert figure(cooled, Measure.BUYER_PATH).sentence == (
        "The way to Amara has cooled: Helen → Lena → Amara."
    )
    assert figure(people(80), Measure.BUYER_PATH).shown == "nobody known"


def pair(theirs, days):
    last = None if days is None else ago(days)
    return Line(f"x:{theirs}", LineKind.PAIRED, "p:helen", f"p:{theirs}", last=last)


@pytest.mark.parametrize(
    ("days", "tier", "flag"),
    [
        ((90,), Tier.HIGH, Band.GOOD),
        ((91,), Tier.LOW, Band.RISK),
        ((5, None), Tier.HIGH, Band.RISK),
        ((5, None), Tier.LOW, Band.WATCH),
    ],
)
def test_a_planned_pair_is_live_for_90_days(days, tier, flag):
    pairs = [pair(n, d) for n, d in zip(("ann", "bob"), days, strict=False)]
    seen = drawn([card("Ann"), card("Bob")], [tie("helen", "ann", 1), *pairs], tier=tier)
    assert figure(seen, Measure.ALIGNMENT).flag is flag


def test_a_silent_pair_is_told_with_the_day_it_is_to_meet():
    planned = replace(pair("ann", None), due=ago(-15))
    seen = drawn([card("Ann")], [tie("helen", "ann", 1), planned])
    assert figure(seen, Measure.ALIGNMENT).sentence == (
        "Planned, and not met in 90 days: Helen and Ann (to meet on 27 Mar)."
    )


def left(name: str, *roles: Role, days: int) -> Card:
    gone = card(name, *roles)
    person = replace(gone.person, status=PersonStatus.LEFT, left_on=ago(days))
    return replace(gone, person=person, standing=Standing.LEFT)


def test_a_lost_champion_counts_the_days_until_somebody_takes_over():
    seen = drawn([left("Rosa", Role.CHAMPION, days=16)], [])
    found = figure(seen, Measure.CHAMPION_LOSS)
    assert (found.value, found.flag) == (16, Band.RISK)
    assert found.sentence == "Rosa, champion, left 16 days ago; nobody has taken over."
    heir = drawn([*seen.cards, card("Joel", Role.CHAMPION)], [])
    assert figure(heir, Measure.CHAMPION_LOSS).flag is Band.GOOD


def test_a_senior_who_came_lately_counts_until_somebody_met_them():
    new = card("Nina", level=Level.EXEC, joined=ago(60))
    assert figure(drawn([new], []), Measure.NEWCOMERS).sentence == (
        "Met by nobody of ours yet: Nina, since 11 Jan."
    )
    assert figure(drawn([new], [tie(YOU, "nina", 40, 10)]), Measure.NEWCOMERS).value == 0
    old = card("Omar", level=Level.EXEC, joined=ago(61))
    assert figure(drawn([old], []), Measure.NEWCOMERS).value == 0
    decides = card("Omar", Role.DECIDES, joined=ago(400))
    seated = replace(decides, seats=(replace(decides.seats[0], since=ago(5)),))
    assert figure(drawn([seated], []), Measure.NEWCOMERS).cards == ("p:omar",)


@pytest.mark.parametrize(
    ("ours", "theirs", "crowded"), [(3, 1, False), (4, 1, True), (4, 2, False), (5, 9, True)]
)
def test_more_than_two_above_them_or_five_of_us_is_too_many(ours, theirs, crowded):
    seen = drawn([card("Ann")], [], meetings=(Meeting(ago(3), "Review", ours, theirs),))
    assert bool(headcount(seen).crowded) is crowded
    assert (figure(seen, Measure.HEADCOUNT).flag is Band.WATCH) is crowded


def test_an_empty_map_has_every_figure_and_no_invented_number():
    seen = RelationMap(ACME, "Acme", DAY)
    found = metrics(seen).figures
    assert [f.measure for f in found] == list(Measure)
    assert all(f.sentence.endswith(".") for f in found)
    assert ladder(seen).step == 0


def test_goals_want_two_champions_and_two_daily_contacts_at_the_highest_tier():
    cards = [card("Ann", Role.SPONSOR), card("Bob", Role.CHAMPION), card("Cid", Role.DAY_TO_DAY)]
    found = goals(drawn(cards, [tie(YOU, "ann", 80), tie(YOU, "bob", 40)]))
    assert [(g.title, g.covered, g.present, g.wanted) for g in found] == [
        ("Sponsor", 1, 1, 1),
        ("Decision maker", 0, 0, 1),
        ("Champion", 1, 1, 2),
        ("Day-to-day contact", 0, 1, 2),
        ("Finance contact", 0, 0, 1),
    ]
    assert [g.sentence for g in found[1:4]] == [
        "Nobody is known.", "Only Bob.", "Not in contact: Cid.",
    ]  # fmt: skip


def test_the_ladder_climbs_from_nobody_to_a_key_player_for_us():
    key = card("Ann", politics=Politics.INNER, influence=1)
    steps = [
        [],
        [card("Bob", influence=3)],
        [key, card("Bob", mood=2)],
        [replace(key, mood=card("x", mood=1).mood)],
    ]
    assert [ladder(drawn(cards, [])).step for cards in steps] == [0, 1, 2, 3]
    judged_out = card("Ann", politics=Politics.OUTSIDE, influence=5)
    assert ladder(drawn([judged_out], [])).step == 1
