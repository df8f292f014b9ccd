"""What breaks if one leaves: known sentences, and what holds of every map."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csplanner.domain.departure import departure, departures, stranded_text
from csplanner.domain.map_model import YOU, Standing
from csplanner.domain.map_reach import covered_roles, web_of
from csplanner.domain.person import Role
from tests.domain.drawn import card, drawn, sways, tie, vacancy


def acme():
    """Dana holds two roles and alone brings us to the buyer Amara and to Victor."""
    cards = [
        card("Amara", Role.DECIDES, influence=5),
        card("Dana", Role.CHAMPION, Role.SPONSOR, influence=4),
        card("Victor", influence=2),
        card("Kim", Role.DAY_TO_DAY, influence=3),
        card("Marcus", Role.FINANCE, influence=2),
        card("Priscilla", influence=2),
    ]
    lines = [
        tie(YOU, "dana", 80), sways("dana", "amara", 3), sways("dana", "victor"),
        tie(YOU, "kim", 40), tie("ingrid", "marcus", 65), tie("sofia", "priscilla", 20),
    ]  # fmt: skip
    return drawn(cards, lines)


def test_the_sentence_says_roles_reach_and_path_as_the_method_does():
    lost = departure(acme(), "p:dana")
    assert lost.sentence == (
        "If Dana left: roles covered 4 → 2, reach 89 % → 28 %, no path to the economic buyer."
    )
    assert lost.roles_lost == (Role.SPONSOR, Role.CHAMPION)
    assert lost.stranded == ("p:amara", "p:victor")
    assert lost.own_share == pytest.approx(4 / 18)
    assert lost.stranded_share == pytest.approx(7 / 18)
    assert lost.path_before == (YOU, "p:dana", "p:amara")
    assert lost.path_gone
    assert lost.divides
    others = [d.between for d in departures(acme()).values()]
    assert lost.between == max(others) > 0
    assert stranded_text(lost) == "Nobody else brings us to Amara and Victor."


def test_who_takes_nothing_along_leaves_roles_and_path_as_they_are():
    lost = departure(acme(), "p:priscilla")
    assert lost.sentence == "If Priscilla left: roles covered stay at 4, reach stays at 89 %."
    assert not lost.costs
    assert not lost.divides


def test_the_buyer_cannot_be_reached_once_gone_themselves():
    lost = departure(acme(), "p:amara")
    assert lost.sentence == (
        "If Amara left: roles covered stay at 4, reach 89 % → 61 %, "
        "no economic buyer that we reach."
    )
    assert lost.path_gone
    assert not lost.cuts_path


def test_the_costliest_departure_comes_first():
    assert next(iter(departures(acme()))) == "p:dana"


def test_another_way_to_the_buyer_keeps_the_path():
    seen = acme()
    lost = departure(replace(seen, lines=(*seen.lines, sways("marcus", "amara"))), "p:dana")
    assert lost.path_after == ("p:ingrid", "p:marcus", "p:amara")
    assert not lost.path_gone
    assert lost.stranded == ("p:victor",)


def test_a_vacant_seat_takes_nothing_along_and_who_left_carries_nothing():
    seen = acme()
    gone = replace(card("Rosa", Role.CHAMPION, influence=4), standing=Standing.LEFT)
    seat = vacancy("Sponsor", Role.SPONSOR)
    seen = replace(seen, cards=(*seen.cards, gone, seat), lines=(*seen.lines, tie(YOU, "rosa", 90)))
    assert departure(seen, "s:sponsor").sentence == "Nobody holds this seat."
    assert departure(seen, "s:sponsor").loss == 0
    assert departure(seen, "p:dana").reach_before == pytest.approx(16 / 18)
    assert next(reversed(departures(seen))) == "p:rosa"


def test_of_who_left_it_is_told_what_was_lost_with_them():
    seen = acme()
    dana = next(c for c in seen.cards if c.key == "p:dana")
    gone = replace(dana, standing=Standing.LEFT)
    after = replace(seen, cards=tuple(gone if c is dana else c for c in seen.cards))
    lost = departure(after, "p:dana")
    assert lost.sentence == (
        "Since Dana left: roles covered 4 → 2, reach 86 % → 36 %, no path to the economic buyer."
    )
    # Of the influence of the others, as the reach of the map without her.
    assert lost.reach_after == pytest.approx(web_of(after).reach())
    assert lost.loss == pytest.approx(lost.own_share + lost.stranded_share)
    assert lost.stranded == ("p:amara", "p:victor")
    assert web_of(after).way() == ()


def test_reach_is_unknown_while_nobodys_influence_is_judged():
    lost = departure(drawn([card("Kim")], [tie(YOU, "kim", 70)]), "p:kim")
    assert lost.sentence == (
        "If Kim left: roles covered stay at 0, reach unknown, nobody’s influence is judged."
    )


def test_a_way_to_the_buyer_wants_live_ties():
    cards = [card("Amara", Role.BUYER), card("Lena")]
    cool = drawn(cards, [tie(YOU, "lena", 45), sways("lena", "amara")])
    warm = drawn(cards, [tie(YOU, "lena", 60), sways("lena", "amara")])
    assert web_of(cool).way() == ()
    assert web_of(warm).way() == (YOU, "p:lena", "p:amara")


def test_influence_carries_only_from_who_has_it_to_whom_it_moves():
    cards = [card("Amara", influence=5), card("Kim", influence=1)]
    lines = [tie(YOU, "kim", 70)]
    assert web_of(drawn(cards, [*lines, sways("kim", "amara")])).reach() == 1
    assert web_of(drawn(cards, [*lines, sways("amara", "kim")])).reach() == pytest.approx(1 / 6)


NAMES = "abcdef"
names = st.sampled_from(NAMES)
strengths = st.one_of(st.none(), st.integers(0, 100))
ties = st.builds(tie, st.sampled_from([YOU, "ingrid"]), names, strengths)
influences = st.builds(sways, names, names)


@st.composite
def maps(draw):
    cards = [
        card(
            name,
            *draw(st.sets(st.sampled_from([*Role]), max_size=2)),
            influence=draw(st.one_of(st.none(), st.integers(1, 5))),
        )
        for name in NAMES
    ]
    return drawn(cards, draw(st.lists(st.one_of(ties, influences), max_size=12)))


@given(seen=maps())
@settings(max_examples=80, deadline=None)
def test_what_is_lost_is_their_own_share_and_who_is_stranded(seen):
    for lost in departures(seen).values():
        assert lost.loss == pytest.approx(lost.own_share + lost.stranded_share)
        assert lost.loss >= 0
        assert lost.reach_after == pytest.approx(web_of(seen).reach(lost.key))
        bare = replace(seen, cards=tuple(c for c in seen.cards if c.key != lost.key))
        assert lost.roles_after == len(covered_roles(bare))
        assert lost.path_after == web_of(seen).way(lost.key)
        if not any(line.start == lost.key for line in seen.lines):
            assert lost.stranded == ()


@given(seen=maps(), more=st.one_of(ties, influences))
@settings(max_examples=80, deadline=None)
def test_one_more_tie_never_lowers_reach(seen, more):
    wider = drawn(list(seen.cards), [*seen.lines, more])
    assert (web_of(wider).reach() or 0) >= (web_of(seen).reach() or 0)


@given(seen=maps(), first=names, second=names)
@settings(max_examples=80, deadline=None)
def test_removing_somebody_never_raises_reach(seen, first, second):
    web = web_of(seen)
    gone = f"p:{first}"
    assert (web.reach(gone) or 0) <= (web.reach() or 0)
    without = replace(seen, cards=tuple(c for c in seen.cards if c.key != f"p:{second}"))
    before, after = web.influence, web_of(without)
    held = sum(weight for key, weight in before.items() if key in web.held(gone))
    assert sum(w for key, w in after.influence.items() if key in after.held(gone)) <= held
