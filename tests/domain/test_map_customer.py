"""What a customer may see of a map: nothing that was judged, however it is marked."""

from dataclasses import replace

from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_model import (
    YOU,
    Judged,
    LineKind,
    RelationMap,
    Standing,
    TieState,
)
from csplanner.domain.person import Role, Seat
from tests.map_tidewater import ACCOUNT, tidewater

SECRET = "zebra-7319"


def marked() -> RelationMap:
    """The map with a word in every text that is for us alone."""
    shown = tidewater()
    cards = tuple(
        replace(
            c,
            mood=Judged(1, note=SECRET, by=SECRET),
            influence=Judged(4, note=SECRET),
            orientation=Judged(SECRET),
            seats=(Seat("s", ACCOUNT, Role.SCEPTIC, title=SECRET),),
            person=None if c.person is None else replace(c.person, email=SECRET, phone=SECRET),
        )
        for c in shown.cards
    )
    lines = tuple(replace(li, label=SECRET, evidence=SECRET) for li in shown.lines)
    return replace(shown, cards=cards, lines=lines, map_name=SECRET)


def test_no_marked_word_and_no_judgement_comes_along() -> None:
    safe = customer_map(marked())
    assert SECRET not in repr(safe)
    for card in safe.cards:
        assert not card.seats
        assert not card.mood.is_known
        assert card.strength is None
        assert card.last_contact is None
        assert card.standing is Standing.HERE
    assert {line.kind for line in safe.lines} == {LineKind.REPORTS, LineKind.TIE}
    assert {(li.strength, li.stated, li.due, li.last) for li in safe.lines} == {(None,) * 4}
    assert safe.tier is None
    assert not safe.meetings
    assert safe.decision_on is None


def test_vacant_seats_and_who_left_are_passed_over() -> None:
    shown = tidewater()
    cards = tuple(replace(c, above="p:rosa") if c.key == "p:kim" else c for c in shown.cards)
    safe = customer_map(replace(shown, cards=cards)).by_key()
    assert set(safe) == {c.key for c in shown.cards} - {"s:sponsor", "p:rosa"}
    assert safe["p:kim"].above == "p:amara"
    assert safe["p:amara"].above is None


def test_an_outsider_and_a_cold_contact_are_nothing_to_show() -> None:
    shown = tidewater()
    cards = tuple(
        replace(c, outside="competitor") if c.key == "p:victor" else c for c in shown.cards
    )
    cold = tuple(
        replace(li, state=TieState.COLD) if li.end == "p:kim" else li for li in shown.lines
    )
    safe = customer_map(replace(shown, cards=cards, lines=cold))
    assert "p:victor" not in safe.by_key()
    assert not [li for li in safe.of_kind(LineKind.TIE) if li.end in ("p:kim", "p:victor")]
    assert "p:tomas" not in {o.key for o in safe.ours}


def test_who_is_only_planned_to_meet_somebody_looks_after_nobody() -> None:
    shown = tidewater()
    planned = shown.of_kind(LineKind.PAIRED)
    met = {(li.start, li.end) for li in shown.of_kind(LineKind.TIE)}
    assert {(li.start, li.end) for li in planned} - met
    safe = customer_map(shown)
    assert {(li.start, li.end) for li in safe.of_kind(LineKind.TIE)} <= met
    assert {li.kind for li in safe.lines} == {LineKind.REPORTS, LineKind.TIE}


def test_you_have_a_name_and_a_second_cleaning_changes_nothing() -> None:
    safe = customer_map(tidewater(), "Maren Oduya")
    assert next(o.name for o in safe.ours if o.key == YOU) == "Maren Oduya"
    assert not [o for o in safe.ours if o.is_you]
    assert customer_map(safe) == safe


def test_a_circle_in_a_damaged_book_ends() -> None:
    cards = {c.key: c for c in tidewater().cards}
    gone = replace(cards["p:rosa"], above="s:sponsor")
    vacant = replace(cards["s:sponsor"], above="p:rosa")
    below = replace(cards["p:kim"], above="p:rosa")
    around = RelationMap("a", "A", tidewater().day, cards=(gone, vacant, below))
    assert customer_map(around).by_key()["p:kim"].above is None
