"""Risks of a relationship map: their rank, their words and their step; introductions."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings

from csplanner.domain.account import Tier
from csplanner.domain.introductions import Ways, introductions
from csplanner.domain.map_figures import MapVerb, RiskKind
from csplanner.domain.map_model import YOU, Card, Judged, Line, LineKind, Ours, Standing
from csplanner.domain.map_people_figures import new_seniors
from csplanner.domain.map_risks import risks
from csplanner.domain.person import Level, Outside, PersonStatus, Role
from csplanner.domain.reading import Band
from tests.domain.drawn import DAY, ago, card, doubts, drawn, sways, tie, vacancy
from tests.domain.test_departure import maps


def tidewater():
    """The map of the picture: four seniors, a vacant sponsor, a champion who left."""
    top = "s:sponsor"
    cards = [
        vacancy("Sponsor", Role.SPONSOR),
        card("Amara", Role.DECIDES, influence=4, above=top, level=Level.EXEC),
        card("Victor", Role.FINANCE, influence=3, mood=0, above=top, level=Level.MANAGER),
        card("Lena", Role.INFLUENCER, influence=3, mood=1, above=top, level=Level.EXEC),
        card("Joel", Role.DAY_TO_DAY, influence=2, mood=1, above="p:amara"),
        _rosa(),
        card("Priscilla", Role.SCEPTIC, influence=3, mood=-1, above="p:lena"),
        card("Kim", Role.USER, influence=2, mood=1, above="p:joel"),
    ]
    helen = Line("pair", LineKind.PAIRED, "p:helen", "p:amara", due=date(2026, 3, 27))
    return drawn(
        cards,
        [
            sways("victor", "amara", 1), sways("lena", "amara", 3), helen,
            doubts("priscilla", "lena", "doubts the data-residency answer"),
            tie(YOU, "lena", 82, 6), tie("tomas", "victor", 55, 21), tie(YOU, "joel", 90, 3),
            tie("ingrid", "kim", 80, 9), tie("sofia", "priscilla", 22, 64),
        ],
        decision_on=date(2026, 6, 30),
    )  # fmt: skip


def _rosa() -> Card:
    rosa = card("Rosa", Role.CHAMPION, above="p:amara", standing=Standing.LEFT)
    person = replace(rosa.person, status=PersonStatus.LEFT, left_on=ago(16))
    return replace(rosa, person=person)


def told(seen, kind):
    return next(r for r in risks(seen) if r.kind is kind)


def test_the_gravest_risk_comes_first_and_each_has_a_step():
    found = risks(tidewater())
    assert [(r.headline, r.why, r.action) for r in found[:3]] == [
        (
            "Decision maker never met",
            "Amara decides on 30 Jun. Helen and Amara are to meet on 27 Mar.",
            "Prepare meeting",
        ),
        (
            "Champion gone, no successor",
            "Rosa left 16 days ago. Joel is friendly but has little influence.",
            "Choose a champion",
        ),
        (
            "No executive sponsor known",
            "3 people report to a role we have no name for.",
            "Ask Lena",
        ),
    ]
    assert [r.severity for r in found[:4]] == [Band.RISK] * 3 + [Band.WATCH]
    rest = {r.kind: r for r in found[3:]}
    up = rest[RiskKind.ONE_WAY_UP]
    assert (up.headline, up.why, up.action) == (
        "One thread to the top", "Of 2 people at the top only Lena is in contact.", "Widen",
    )  # fmt: skip
    sceptic = rest[RiskKind.SCEPTIC_QUIET]
    assert (sceptic.headline, sceptic.why, sceptic.action) == (
        "Sceptic with influence, 64 days quiet",
        "Priscilla: doubts the data-residency answer.",
        "Bring Support in",
    )
    assert all(r.action and r.why and not r.headline.endswith(".") for r in found)
    assert len({r.key for r in found}) == len(found)


def test_an_empty_map_has_no_risks():
    assert risks(drawn([], [])) == ()
    assert risks(drawn([vacancy("Sponsor", Role.SPONSOR)], [])) == ()


def test_who_decides_and_was_never_met_is_asked_for_where_nothing_is_planned():
    seen = drawn([card("Amara", Role.DECIDES), card("Lena")], [tie(YOU, "lena", 70)])
    risk = told(seen, RiskKind.DECIDER_NEVER_MET)
    assert (risk.verb, risk.why) == (
        MapVerb.LOG_TOUCH, "Amara decides. Nobody on this map leads there.",
    )  # fmt: skip
    assert risk.severity is Band.RISK
    digital = told(replace(seen, tier=Tier.DIGITAL), RiskKind.DECIDER_NEVER_MET)
    assert digital.severity is Band.WATCH
    through = replace(seen, lines=(*seen.lines, sways("lena", "amara")))
    risk = told(through, RiskKind.DECIDER_NEVER_MET)
    assert (risk.verb, risk.action, risk.cards) == (
        MapVerb.INTRODUCE, "Ask Lena", ("p:lena", "p:amara"),
    )  # fmt: skip


def test_a_met_decider_whose_contact_cooled_leaves_no_live_way():
    seen = drawn([card("Amara", Role.DECIDES)], [tie(YOU, "amara", 45)])
    risk = told(seen, RiskKind.NO_BUYER_PATH)
    assert risk.headline == "The way to the economic buyer is cooling"
    assert risk.why == "The contact with Amara has cooled to strength 45; from 60 on it is live."
    assert risk.severity is Band.WATCH
    cold = drawn([card("Amara", Role.DECIDES)], [tie(YOU, "amara", 20)])
    risk = told(cold, RiskKind.NO_BUYER_PATH)
    assert (risk.headline, risk.severity) == ("No live way to the economic buyer", Band.RISK)
    live = drawn([card("Amara", Role.DECIDES)], [tie(YOU, "amara", 60)])
    assert RiskKind.NO_BUYER_PATH not in {r.kind for r in risks(live)}


def test_for_a_missing_role_the_likeliest_is_named():
    cards = [card("Ann", influence=4), card("Bob", influence=2, mood=1, contacts_90=3), card("Cid")]
    found = {r.role: r for r in risks(drawn(cards, [])) if r.kind is RiskKind.ROLE_MISSING}
    assert [(r.why, r.cards) for r in found.values()] == [
        ("High touch needs one. Ann has the most influence.", ("p:ann",)),
        ("High touch needs one. Bob is friendly but has little influence.", ("p:bob",)),
        ("High touch needs one. Bob talks to us most.", ("p:bob",)),
        ("High touch needs one.", ()),
    ]
    assert [r.severity for r in found.values()] == [Band.RISK] * 2 + [Band.WATCH] * 2


def test_who_decides_is_told_once_where_the_contact_went_cold():
    ann = card("Ann", Role.DECIDES, influence=4, mood=-1)
    bob = card("Bob", Role.SPONSOR, influence=3)
    ties = [tie(YOU, "ann", 8, 158), tie(YOU, "bob", 10, 100), tie(YOU, "kim", 70)]
    found = risks(drawn([ann, bob, card("Kim")], ties))
    about = {r.kind for r in found if r.cards[:1] == ("p:ann",)}
    assert RiskKind.ROLE_QUIET not in about
    assert {RiskKind.NO_BUYER_PATH, RiskKind.SCEPTIC_QUIET} <= about
    assert [r.headline for r in found if r.kind is RiskKind.ROLE_QUIET] == [
        "Sponsor quiet for 100 days"
    ]
    assert "Ann is doubtful. The reason is not known." in {r.why for r in found}
    assert RiskKind.ONE_WAY_UP not in {r.kind for r in found}


def test_an_unproven_champion_is_asked_for_three_yeses():
    ann = card("Ann", Role.CHAMPION, unproven=True)
    risk = told(drawn([ann], [tie(YOU, "ann", 70)]), RiskKind.CHAMPION_UNPROVEN)
    assert (risk.verb, risk.field, risk.severity) == (MapVerb.JUDGE, "champion", Band.WATCH)
    assert RiskKind.ROLE_MISSING not in {
        r.kind for r in risks(drawn([ann], [])) if r.role is Role.CHAMPION
    }


def test_one_contact_alone_is_a_risk_in_the_upper_tiers():
    cards, lines = [card("Ann"), card("Bob", influence=4)], [tie(YOU, "ann", 70)]
    high = told(drawn(cards, lines), RiskKind.SINGLE_THREAD)
    assert (high.severity, high.why, high.action) == (
        Band.RISK, "Everything goes through Ann.", "Plan a touch with Bob",
    )  # fmt: skip
    low = told(drawn(cards, lines, tier=Tier.DIGITAL), RiskKind.SINGLE_THREAD)
    assert low.severity is Band.WATCH
    alone = told(drawn(cards[:1], lines), RiskKind.SINGLE_THREAD)
    assert (alone.verb, alone.action) == (MapVerb.FIND_PERSON, "Find a second person")


def test_who_alone_brings_us_to_the_top_is_one_thread_without_being_there():
    cards = [card("Ann", Role.DECIDES), card("Bob", Role.SPONSOR), card("Pam"), card("Kim")]
    lines = [tie(YOU, "pam", 80), tie(YOU, "kim", 80), sways("pam", "ann"), sways("pam", "bob")]
    risk = told(drawn(cards, lines), RiskKind.ONE_WAY_UP)
    assert (risk.why, risk.cards) == ("Everything senior goes through Pam.", ("p:ann", "p:pam"))
    wider = drawn(cards, [*lines, sways("kim", "bob")])
    assert RiskKind.ONE_WAY_UP not in {r.kind for r in risks(wider)}


def test_who_is_leaving_is_told_with_what_breaks():
    dana = card("Dana", Role.CHAMPION, influence=3)
    dana = replace(dana, person=replace(dana.person, status=PersonStatus.LEAVING))
    seen = drawn([dana, card("Kim", influence=3)], [tie(YOU, "dana", 70), sways("dana", "kim")])
    risk = told(seen, RiskKind.LEAVING)
    assert (risk.severity, risk.headline) == (Band.RISK, "Dana is leaving")
    assert risk.why == (
        "If Dana left: roles covered 1 → 0, reach 100 % → 0 %. Nobody else brings us to Kim. "
        "No other champion is in contact."
    )


@pytest.mark.parametrize(("strength", "severity"), [(20, Band.RISK), (70, Band.WATCH)])
def test_a_competitor_close_to_somebody_weighty_is_told(strength, severity):
    rival = replace(card("Max"), outside=Outside.COMPETITOR)
    rival = replace(rival, person=replace(rival.person, company="Rivalco"))
    line = Line("r", LineKind.RIVAL, "p:max", "p:ann")
    seen = drawn([card("Ann", influence=4), rival], [tie(YOU, "ann", strength), line])
    risk = told(seen, RiskKind.RIVAL_CLOSE)
    assert risk.severity is severity
    assert risk.why.startswith("Max of Rivalco is in contact.")
    assert all(r.cards[0] != "p:max" for r in risks(seen) if r.cards)


def test_a_stated_strength_far_from_the_log_is_told_and_a_faded_one_is_not():
    line = replace(tie(YOU, "ann", 40), stated=80)
    assert told(drawn([card("Ann")], [line]), RiskKind.TIE_DIVERGES).why == (
        "You say strength 80, the touch log says 40."
    )
    faded = replace(line, last=None)
    assert RiskKind.TIE_DIVERGES not in {r.kind for r in risks(drawn([card("Ann")], [faded]))}


def test_stale_judgements_of_weighty_people_are_to_be_judged_again():
    ann = replace(card("Ann", influence=4), mood=Judged(1, ago(120), recheck=True))
    bob = replace(card("Bob", influence=1), mood=Judged(1, ago(120), recheck=True))
    risk = told(drawn([ann, bob], []), RiskKind.RECHECK)
    assert (risk.cards, risk.field, risk.action) == (("p:ann",), "mood", "Re-check Ann")


def test_a_planned_meeting_that_nobody_logged_is_overdue():
    pair = Line("x", LineKind.PAIRED, "p:helen", "p:ann", due=ago(3))
    risk = told(drawn([card("Ann")], [pair]), RiskKind.PAIR_OVERDUE)
    assert risk.why == "Helen and Ann were to meet on 9 Mar; no meeting is logged."
    met = replace(pair, last=ago(5))
    assert RiskKind.PAIR_OVERDUE not in {r.kind for r in risks(drawn([card("Ann")], [met]))}


@given(seen=maps())
@settings(max_examples=50, deadline=None)
def test_risks_of_any_map_are_ranked_named_once_and_about_cards_there_are(seen):
    found = risks(seen)
    assert found == risks(seen)
    assert sorted(found, key=lambda r: r.severity is not Band.RISK) == list(found)
    assert len({r.key for r in found}) == len(found)
    keys = {c.key for c in seen.cards} | {o.key for o in seen.ours}
    assert all(set(r.cards) <= keys for r in found)
    assert all(r.cards for r in found if r.verb in (MapVerb.LOG_TOUCH, MapVerb.JUDGE))


@given(seen=maps())
@settings(max_examples=50, deadline=None)
def test_an_introduction_is_a_way_from_us_that_more_contact_never_cools(seen):
    ways = Ways(seen)
    wider = Ways(drawn(list(seen.cards), [*seen.lines, tie(YOU, "a", 100)]))
    ours = {o.key for o in seen.ours}
    for one in seen.cards:
        way = ways.to(one.key)
        assert 0 <= way.warmth <= 100
        assert way.warmth <= wider.to(one.key).warmth
        assert bool(way.hops) == bool(way.via)
        if way.hops:
            assert way.hops[0].start in ours
            assert way.hops[-1].end == one.key
            assert all(a.end == b.start for a, b in pairwise(way.hops))


def test_the_warmest_introduction_goes_through_named_people():
    seen = tidewater()
    way = introductions(seen, "p:amara")
    assert [h.end_name for h in way.hops] == ["Lena", "Amara"]
    assert (way.ask, way.via) == ("p:lena", (YOU, "p:lena", "p:amara"))
    assert way.warmth == round(100 * 0.82 * 0.9)
    assert way.sentence == "Ask Lena, who influences Amara. You know Lena with strength 82."


def test_somebody_we_know_needs_no_introduction():
    way = introductions(tidewater(), "p:lena")
    assert way.sentence == "You are in contact yourself, strength 82."
    assert way.ask == ""
    other = introductions(tidewater(), "p:kim")
    assert other.sentence == "Ask Ingrid of ours, in contact with strength 80."


def test_nobody_against_us_is_asked_to_introduce_us():
    foe = card("Bob", mood=-1)
    seen = drawn([card("Ann", above="p:bob"), foe], [tie(YOU, "bob", 90)])
    assert introductions(seen, "p:ann").hops == ()
    assert introductions(seen, "p:ann").sentence == ("Nobody on this map can introduce you to Ann.")
    friend = replace(seen, cards=(seen.cards[0], replace(seen.cards[1], mood=Judged(1, DAY))))
    assert introductions(friend, "p:ann").sentence == (
        "Ask Bob, to whom Ann reports. You know Bob with strength 90."
    )


def test_a_longer_way_is_told_person_by_person():
    cards = [card("Ann"), card("Bob", above="p:cid"), card("Cid")]
    seen = drawn(cards, [tie("helen", "ann", 80), sways("ann", "bob", 3)])
    assert introductions(seen, "p:cid").sentence == (
        "Ask Bob, who reports to Cid. The way there: Ann → Bob. "
        "Helen of ours knows Ann with strength 80."
    )


def test_who_alone_holds_everything_is_named_as_key_person():
    cards = [card("Amara", Role.DECIDES, influence=5), card("Dana", influence=2), card("Kim")]
    lines = [tie(YOU, "dana", 80), sways("dana", "amara"), tie(YOU, "kim", 80)]
    seen = drawn([replace(c, last_contact=ago(40)) for c in cards], lines)
    risk = told(seen, RiskKind.KEY_PERSON)
    assert risk.headline == "Much hangs on Dana"
    assert (risk.verb, risk.action) == (MapVerb.CONNECT, "Plan a second way to Amara")


def test_a_colleague_without_a_function_goes_by_name():
    seen = drawn([card("Ann", influence=4, mood=-2)], [tie("sofia", "ann", 20, 80)])
    sofia = Ours("p:sofia", "Sofia Berg")
    risk = told(replace(seen, ours=(seen.ours[0], sofia)), RiskKind.SCEPTIC_QUIET)
    assert risk.action == "Bring Sofia Berg in"


def test_who_decides_and_is_new_is_one_risk():
    seen = tidewater()
    cards = tuple(
        replace(c, person=replace(c.person, joined_on=ago(20))) if c.key == "p:amara" else c
        for c in seen.cards
    )
    new = replace(seen, cards=cards)
    assert new_seniors(new)
    found = [r for r in risks(new) if "p:amara" in r.cards]
    assert RiskKind.DECIDER_NEVER_MET in {r.kind for r in found}
    assert RiskKind.NEWCOMER not in {r.kind for r in found}
    below = tuple(
        replace(c, seats=tuple(replace(s, role=Role.INFLUENCER) for s in c.seats))
        if c.key == "p:amara" else c
        for c in cards
    )  # fmt: skip
    assert told(replace(new, cards=below), RiskKind.NEWCOMER).cards == ("p:amara",)


def test_a_champion_whom_the_newest_snapshot_does_not_hold_is_asked_about():
    seen = tidewater()
    champion = next(c for c in seen.cards if c.is_active and c.person is not None and c.seats)
    away = replace(
        champion,
        seats=(replace(champion.seats[0], role=Role.CHAMPION),),
        standing=Standing.AWAY,
        person=replace(champion.person, status=PersonStatus.UNVERIFIED),
    )
    cards = tuple(away if c.key == away.key else c for c in seen.cards)
    found = [r for r in risks(replace(seen, cards=cards)) if r.cards == (away.key,)]
    (risk,) = [r for r in found if r.kind is RiskKind.CHAMPION_GONE]
    assert risk.headline == "Champion no longer in the CRM"
    assert risk.severity is Band.WATCH
    assert away.name in risk.why
