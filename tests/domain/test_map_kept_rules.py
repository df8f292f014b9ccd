"""Rules of the map at their edges: days, thresholds, and who does not count."""

from dataclasses import replace
from datetime import timedelta

import pytest

from csplanner.domain.account import Account
from csplanner.domain.account_file import AccountFile
from csplanner.domain.departed import has_plan
from csplanner.domain.departure import departure
from csplanner.domain.index import FileIndex
from csplanner.domain.introductions import introductions
from csplanner.domain.map_build import build
from csplanner.domain.map_change import compare
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_figures import ChangeKind, Measure
from csplanner.domain.map_goals import is_key_player
from csplanner.domain.map_ground import MapMaterial
from csplanner.domain.map_metrics import metrics
from csplanner.domain.map_model import YOU, LineKind
from csplanner.domain.map_proposals import Happened, proposals
from csplanner.domain.map_reach import covered_roles, is_quiet, web_of
from csplanner.domain.map_record import MapPlace
from csplanner.domain.news import News, NewsKind
from csplanner.domain.person import (
    Level,
    Outside,
    Person,
    PersonStatus,
    Politics,
    Role,
    Seat,
    Side,
)
from csplanner.domain.task import Task
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.tie_strength import Contact
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact
from tests.domain.drawn import ACME, DAY, ago, card, drawn, sways, tie

ANN, BOB = Person("ann", ACME, "Ann"), Person("bob", ACME, "Bob")
OLGA = Person("olga", ACME, "Olga", Side.OURS)


@pytest.mark.parametrize(("days", "counted"), [(90, 1), (91, 0)])
def test_the_ninetieth_day_still_counts_and_the_next_does_not(days, counted):
    found = Contact()
    found.add(Touch("t", ACME, ago(days), Channel.CALL), DAY)
    assert (found.last, found.two_way, found.all) == (ago(days), counted, counted)


def test_a_competitor_brings_us_to_nobody_and_a_partner_does():
    cards = [card("Amara", Role.BUYER, influence=5), card("Rex")]
    lines = [tie(YOU, "rex", 80), sways("rex", "amara", 3)]

    def found(outside):
        seen = drawn([cards[0], replace(cards[1], outside=outside)], lines)
        web = web_of(seen)
        return web.reach(), web.way(), introductions(seen, "p:amara").ask

    assert found(Outside.COMPETITOR) == (0, (), "")
    assert found(Outside.PARTNER) == (1, (YOU, "p:rex", "p:amara"), "p:rex")


@pytest.mark.parametrize(("strength", "lost"), [(30, ()), (29, (Role.SPONSOR,))])
def test_a_role_that_another_in_contact_holds_is_not_lost(strength, lost):
    two = [card("Ann", Role.SPONSOR), card("Bob", Role.SPONSOR)]
    seen = drawn(two, [tie(YOU, "ann", 80), tie(YOU, "bob", strength)])
    assert covered_roles(seen) == (Role.SPONSOR,)
    found = departure(seen, "p:ann")
    assert (found.roles_lost, found.roles_after) == (lost, 1 - len(lost))


def test_a_key_player_by_influence_has_four_and_who_was_judged_is_what_was_judged():
    assert [is_key_player(card("Ann", influence=n)) for n in (3, 4, 5, None)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert not is_key_player(card("Ann", influence=5, politics=Politics.OUTSIDE))


def test_moods_of_six_tenths_of_the_influence_are_enough_and_neutral_is_known():
    cards = [card("Ann", influence=3, mood=0), card("Bob", influence=2)]
    found = metrics(drawn(cards, [])).of(Measure.SENTIMENT)
    assert (found.value, found.shown) == (50, "50 of 100")


@pytest.mark.parametrize(("level", "days"), [(Level.USER, 30), (Level.EXEC, 90)])
def test_contact_is_quiet_from_the_day_after_the_half_life_of_the_level(level, days):
    someone = card("Ann", level=level)
    assert not is_quiet(someone, ago(days), DAY)
    assert is_quiet(someone, ago(days + 1), DAY)


@pytest.mark.parametrize(
    ("was", "became", "kind"),
    [
        (-2, -1, ChangeKind.TURNED_FOR),
        (-1, -2, ChangeKind.TURNED_AGAINST),
        (2, 1, ChangeKind.TURNED_AGAINST),
        (1, 2, ChangeKind.TURNED_FOR),
    ],
)
def test_somebody_turns_by_the_direction_and_not_by_where_they_end(was, became, kind):
    before, after = (drawn([card("Ann", mood=mood)], []) for mood in (was, became))
    assert [c.kind for c in compare(before, after).changes] == [kind]


@pytest.mark.parametrize(("mood", "warmth"), [(1, 72), (0, 58), (None, 58)])
def test_who_is_not_known_to_be_for_us_introduces_less_warmly(mood, warmth):
    cards = [card("Lena", mood=mood), card("Amara")]
    seen = drawn(cards, [tie(YOU, "lena", 80), sways("lena", "amara", 3)])
    assert introductions(seen, "p:amara").warmth == warmth


@pytest.mark.parametrize(("days", "planned"), [(17, False), (16, True), (None, True)])
def test_a_task_due_before_somebody_left_is_no_plan_for_it(days, planned):
    gone = replace(ANN, status=PersonStatus.LEFT, left_on=ago(16))
    due = None if days is None else ago(days)
    task = Task("t", ACME, "Call Ann", due=due, person_id="ann")
    file = AccountFile(Account(ACME, "Acme"), people=(gone, BOB), tasks=(task,))
    assert has_plan(FileIndex(file, DAY), gone) is planned
    assert not has_plan(FileIndex(file, DAY), BOB)


@pytest.mark.parametrize(("days", "asked"), [(90, True), (91, False), (-1, False)])
def test_news_of_ninety_days_are_proposed_and_older_or_later_ones_are_not(days, asked):
    news = News("n", "s", ACME, ago(days), NewsKind.JOINED, 1, {}, "person", "ann")
    happened = Happened((ANN,), (Seat("s", ACME, Role.SPONSOR),), (news,), (), DAY)
    assert bool(proposals(happened)) is asked


def on_map(ties=(), places=(), **fields):
    """Ann and Bob of theirs in seats, Olga of ours."""
    seats = (Seat("a", ACME, Role.BUYER, "ann"), Seat("b", ACME, Role.USER, "bob"))
    people = fields.pop("people", (ANN, BOB, OLGA))
    return build(
        MapMaterial(
            ACME, "Acme", DAY, people, seats, tuple(ties), places=tuple(places), csm="Mia", **fields
        )
    )


def test_of_two_lines_of_a_pair_the_newest_counts_in_whichever_order_they_are_read():
    """The ids run against the days, so that no order of reading is right by luck."""
    days = {"c": None, "b": ago(9), "a": ago(1)}
    knows = [
        Tie(i, ACME, TieKind.KNOWS, "olga", "ann", strength=fact(n), as_of=on)
        for n, (i, on) in zip((90, 80, 40), days.items(), strict=True)
    ]
    for order in (knows, knows[::-1]):
        (line,) = on_map(order).of_kind(LineKind.TIE)
        assert (line.tie_id, line.stated) == ("a", 40)


def test_who_was_taken_off_the_map_is_parked_though_a_seat_and_a_line_hold_them():
    line = Tie("t", ACME, TieKind.INFLUENCES, "bob", "ann", as_of=DAY)
    placed = MapPlace("m", ACME, None, "bob", None, None, None, parked=True)
    seen = on_map([line], [placed])
    assert {c.key: c.parked for c in seen.cards} == {"p:ann": False, "p:bob": True}
    assert not list(seen.of_kind(LineKind.INFLUENCES))
    assert not on_map([line]).by_key()["p:bob"].parked


def test_one_of_ours_who_left_carries_no_tie_from_that_day_on():
    knows = Tie("t", ACME, TieKind.KNOWS, "olga", "ann", strength=fact(80), as_of=DAY)
    gone = replace(OLGA, status=PersonStatus.LEFT, left_on=DAY)
    seen = on_map([knows], people=(ANN, BOB, gone))
    assert not list(seen.of_kind(LineKind.TIE))
    assert seen.by_key()["p:ann"].strength is None
    later = replace(gone, left_on=DAY + timedelta(days=1))
    assert on_map([knows], people=(ANN, BOB, later)).by_key()["p:ann"].strength == 80


def test_what_the_log_tells_of_a_tie_goes_before_what_you_said():
    knows = Tie("t", ACME, TieKind.KNOWS, "olga", "ann", strength=fact(90), as_of=DAY)
    call = Touch("c", ACME, ago(45), Channel.CALL, person_ids=("ann", "olga"))
    (line,) = on_map([knows], touches=(call,)).of_kind(LineKind.TIE)
    assert (line.strength, line.stated, line.last) == (55, 90, ago(45))


def test_only_what_both_sides_take_part_in_is_a_meeting():
    there = {"person_ids": ("ann", "bob", "olga")}
    call = Touch("c", ACME, ago(3), Channel.CALL, topic="Call", **there)
    campaign = Touch("m", ACME, ago(2), Channel.CAMPAIGN, topic="Mail", **there)
    assert [(m.topic, m.ours, m.theirs) for m in on_map(touches=(call, campaign)).meetings] == [
        ("Call", 1, 2)
    ]


def test_who_left_is_missed_in_a_role_and_not_where_they_were_only_known():
    gone = replace(ANN, status=PersonStatus.LEFT, left_on=ago(9))
    assert "p:ann" in on_map(people=(gone, BOB)).by_key()
    known = MapMaterial(ACME, "Acme", DAY, (gone, BOB), (Seat("a", ACME, Role.MEMBER, "ann"),))
    assert set(build(known).by_key()) == {"p:bob"}


def test_who_is_off_the_map_stays_out_of_what_the_customer_gets():
    placed = MapPlace("m", ACME, None, "bob", None, None, None, parked=True)
    assert set(customer_map(on_map(places=[placed])).by_key()) == {"p:ann"}
