"""How a map differs from itself on an earlier day."""

from dataclasses import replace

from csplanner.domain.map_change import compare, count_words
from csplanner.domain.map_figures import ChangeKind
from csplanner.domain.map_model import YOU, Judged, Standing
from csplanner.domain.person import PersonStatus, Role, Seat
from csplanner.language import speaking
from tests.domain.drawn import ACME, DAY, ago, card, drawn, tie, vacancy


def sentences(before, after):
    return [c.sentence for c in compare(before, after).changes]


def test_a_map_does_not_differ_from_itself():
    seen = drawn([card("Ann", Role.SPONSOR, influence=3, mood=1)], [tie(YOU, "ann", 50)])
    found = compare(seen, seen)
    assert found.changes == ()
    assert found.sentence == "Nothing changed on this map."


def test_who_joined_left_turned_and_moved_is_told_the_gravest_first():
    rosa = card("Rosa", Role.CHAMPION)
    gone = replace(
        rosa,
        standing=Standing.LEFT,
        person=replace(rosa.person, status=PersonStatus.LEFT, left_on=ago(16)),
    )
    before = drawn(
        [rosa, card("Ann", mood=1, above="p:rosa"), card("Bob", mood=-1), card("Cid")], []
    )
    after = drawn(
        [
            gone, card("Ann", mood=-2, above="p:nina"), card("Bob", mood=1), card("Cid", mood=0),
            card("Nina", joined=ago(20)),
        ],
        [],
    )  # fmt: skip
    found = compare(replace(before, day=ago(90)), after)
    assert [(c.kind, c.sentence) for c in found.changes] == [
        (ChangeKind.LEFT, "Rosa left on 24 Feb."),
        (ChangeKind.TURNED_AGAINST, "Ann turned from “for us” to “against us”."),
        (ChangeKind.JOINED, "Nina joined on 20 Feb."),
        (ChangeKind.TURNED_FOR, "Bob turned from “doubtful” to “for us”."),
        (ChangeKind.MOVED, "Ann reports to Nina, before to Rosa."),
        (ChangeKind.MOOD_KNOWN, "The mood of Cid is known now: neutral."),
    ]
    assert found.sentence == "1 joined, 1 left, 2 turned, 1 moved."
    assert (found.since, found.until) == (ago(90), DAY)
    assert [c.kind for c in found.of("p:ann")] == [ChangeKind.TURNED_AGAINST, ChangeKind.MOVED]


def test_an_opinion_that_was_taken_back_is_no_turn():
    before = drawn([card("Ann", mood=2)], [])
    assert compare(before, drawn([card("Ann")], [])).changes == ()


def test_a_vacant_seat_that_is_held_is_filled_and_one_that_is_left_is_vacated():
    seat = Seat("sponsor", ACME, Role.SPONSOR)
    ann = card("Ann")
    holder = replace(ann, seats=(replace(seat, person_id="ann"),))
    vacant = vacancy("sponsor", Role.SPONSOR)
    before, after = drawn([ann, vacant], []), drawn([holder], [])
    filled = compare(before, after)
    assert [c.kind for c in filled.changes] == [ChangeKind.FILLED, ChangeKind.ROLE]
    assert filled.changes[1].sentence == "Ann is now sponsor, before without a role."
    vacated = compare(after, before)
    assert vacated.changes[0].kind is ChangeKind.VACATED
    assert vacated.changes[0].key == "s:sponsor"


def test_strength_is_told_only_where_it_crosses_a_limit():
    weak, warm, live = (drawn([card("Ann")], [tie(YOU, "ann", n)]) for n in (31, 59, 60))
    assert compare(weak, warm).changes == ()
    assert sentences(warm, live) == ["The contact with Ann grew: strength 60, before 59."]
    assert sentences(live, weak) == ["The contact with Ann cooled: strength 31, before 60."]


def test_influence_title_and_role_are_told_with_what_they_were():
    before = drawn([replace(card("Ann", Role.USER, influence=2), title="Analyst")], [])
    after = drawn([replace(card("Ann", Role.DECIDES, influence=4), title="Head of IT")], [])
    assert sentences(before, after) == [
        "Ann is now decision maker, before user.",
        "The influence of Ann is 4 of 5, before 2.",
        "Ann is now called Head of IT, before Analyst.",
    ]


def test_who_was_taken_off_a_further_map_did_not_leave():
    before = drawn([card("Ann")], [], map_id="north")
    assert compare(before, drawn([], [], map_id="north")).changes == ()
    everybody = drawn([card("Ann")], [])
    assert sentences(everybody, drawn([], [])) == ["Ann is there no more."]


def test_a_judgement_without_a_number_is_unknown():
    ann = replace(card("Ann"), mood=Judged(None))
    assert compare(drawn([ann], []), drawn([ann], [])).changes == ()


def test_who_left_or_moved_is_said_of_people_in_every_language():
    with speaking("de"):
        said = [
            count_words(kind, n) for kind in (ChangeKind.LEFT, ChangeKind.MOVED) for n in (1, 2)
        ]
    assert said == ["1 ging", "2 gingen", "1 wechselte", "2 wechselten"]
