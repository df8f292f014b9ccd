"""What the verbs of the map leave behind at their edges: places, chiefs, lines, days, notes."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from csplanner.book import as_of
from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence
from csplanner.domain.map_customer import customer_map
from csplanner.domain.map_model import Card, LineKind
from csplanner.domain.map_record import LineSaid
from csplanner.domain.person import Person, PersonStatus, Role, Seat, Side
from csplanner.domain.settings import BookSettings
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.touch import Channel, Touch

DAY = date(2026, 3, 12)
ACME = AccountId("acme")


def ago(days: int) -> date:
    return DAY - timedelta(days=days)


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Book]:
    """Ann above Bob above Cy, Dee beside them, and Olga of ours; you are Mia."""
    with Book.create(tmp_path / "map.csbook", BookSettings(csm="Mia"), today=DAY) as book:
        book.backs_up = False
        with book.change("Furnish"):
            book.accounts.insert([Account(ACME, "Acme")])
            book.people.insert(
                [Person("ann", ACME, "Ann"), Person("bob", ACME, "Bob", reports_to="ann"),
                 Person("cy", ACME, "Cy", reports_to="bob"), Person("dee", ACME, "Dee"),
                 Person("olga", ACME, "Olga", Side.OURS)]
            )  # fmt: skip
        yield book


def card(book: Book, key: str) -> Card:
    return book.relation_map.read(ACME).by_key()[key]


def test_a_card_moved_twice_stands_in_one_place(acme: Book) -> None:
    acme.map_edit.place(ACME, "", {"p:ann": (1, 2)})
    acme.map_edit.place(ACME, "", {"p:ann": (3, 4)})
    assert [(p.x, p.y) for p in acme.map_places.of(ACME)] == [(3, 4)]
    acme.map_edit.park(ACME, "", ["p:ann"])
    assert card(acme, "p:ann").parked
    assert len(acme.map_places.of(ACME)) == 1


def test_who_takes_a_seat_above_their_own_chief_leaves_no_circle(acme: Book) -> None:
    """Cy reports to Bob, Bob to the vacant seat: with Cy in it, Bob reports to Cy."""
    seat = acme.map_edit.add_vacancy(ACME, Role.SPONSOR, title="COO")
    acme.map_edit.report_to(ACME, "p:bob", seat)
    acme.map_edit.place(ACME, "", {seat: (40, 80)})
    acme.seats.fill(seat[2:], "cy")
    assert (card(acme, "p:bob").above, card(acme, "p:cy").above) == ("p:cy", None)
    assert card(acme, "p:cy").at == (40, 80)
    assert acme.people.get("cy").reports_to is None


def test_who_fills_a_seat_has_one_place_and_it_is_their_own(acme: Book) -> None:
    seat = acme.map_edit.add_vacancy(ACME, Role.SPONSOR, title="COO")
    acme.map_edit.place(ACME, "", {seat: (40, 80), "p:dee": (400, 20)})
    acme.seats.fill(seat[2:], "dee")
    assert [(p.person_id, p.x, p.y) for p in acme.map_places.of(ACME)] == [("dee", 400, 20)]
    other = acme.map_edit.add_vacancy(ACME, Role.FINANCE, title="CFO")
    acme.map_edit.place(ACME, "", {other: (80, 120)})
    acme.seats.fill(other[2:], "cy")
    acme.seats.fill(other[2:], "bob")
    assert card(acme, "p:cy").at == (80, 120), "the place went over to who filled the seat"
    assert card(acme, "p:bob").at is None


def test_a_seat_is_of_who_got_it_from_that_very_day(acme: Book) -> None:
    acme.seats.add(Seat("s", ACME, Role.SPONSOR, "bob", since=ago(90)))
    acme.seats.fill("s", "dee", on=ago(30))
    for days, holder in ((31, "p:bob"), (30, "p:dee"), (29, "p:dee")):
        seen = acme.relation_map.read(ACME, day=ago(days))
        assert [c.key for c in seen.cards if Role.SPONSOR in c.roles] == [holder], days


def test_nothing_hidden_closes_a_circle_later(acme: Book) -> None:
    """A line says Bob reports to a vacancy, though Bob's record still names Ann: once Ann reports
    to Bob and the line is gone, nobody reports in a circle.
    """
    seat = acme.map_edit.add_vacancy(ACME, Role.SPONSOR, title="COO")
    acme.ties.add(Tie("t", ACME, TieKind.REPORTS, "bob", None, None, seat[2:], as_of=DAY))
    acme.map_edit.report_to(ACME, "p:ann", "p:bob")
    acme.ties.remove("t")
    assert (card(acme, "p:ann").above, card(acme, "p:bob").above) == ("p:bob", None)


def test_who_loses_their_only_line_stays_on_the_map(acme: Book) -> None:
    line = acme.map_edit.connect(ACME, TieKind.INFLUENCES, "p:dee", "p:ann")
    assert not card(acme, "p:dee").parked
    acme.map_edit.disconnect(ACME, f"t:{line}")
    assert not card(acme, "p:dee").parked


def test_one_of_ours_who_left_carries_no_line(acme: Book) -> None:
    acme.touches.add(Touch("t", ACME, ago(3), Channel.CALL, "", person_ids=("dee", "olga")))
    acme.map_edit.connect(ACME, TieKind.KNOWS, "p:olga", "p:ann", said=LineSaid(strength=90))
    assert {x.start for x in acme.relation_map.read(ACME).of_kind(LineKind.TIE)} == {"p:olga"}
    acme.people.update("olga", status=PersonStatus.LEFT, left_on=ago(1))
    seen = acme.relation_map.read(ACME)
    assert not [x for x in seen.lines if "p:olga" in (x.start, x.end)]
    assert "p:olga" not in {o.key for o in seen.ours}


def test_three_yeses_are_as_fresh_as_the_newest_of_them(acme: Book) -> None:
    acme.seats.add(Seat("s", ACME, Role.CHAMPION, "bob"))
    old, newer = Evidence(on=ago(400)), Evidence(on=ago(180))
    acme.map_edit.judge_all(ACME, "p:bob", {"has_power": True, "sells_for_us": True}, old)
    acme.map_edit.judge(ACME, "p:bob", "has_interest", value=True, evidence=newer)
    assert not card(acme, "p:bob").unproven
    acme.today = DAY + timedelta(days=1)
    later = acme.relation_map.read(ACME, day=acme.today).by_key()["p:bob"]
    assert later.unproven


def test_a_judgement_is_looked_at_again_after_ninety_days(acme: Book) -> None:
    for days, again in ((90, False), (91, True)):
        acme.map_edit.judge(ACME, "p:bob", "mood", 1, Evidence(on=ago(days)))
        acme.map_edit.judge(ACME, "p:cy", "mood", None, Evidence())
        assert card(acme, "p:bob").mood.recheck is again
        acme.undo()
        acme.undo()


def test_what_you_call_a_seat_is_not_for_the_customer(acme: Book) -> None:
    acme.seats.add(Seat("s", ACME, Role.BUYER, "bob", title="Blocks the budget"))
    shown = acme.relation_map.read(ACME)
    assert shown.by_key()["p:bob"].title == "Blocks the budget"
    assert customer_map(shown).by_key()["p:bob"].title == ""


def test_erasing_who_held_a_seat_before_leaves_what_was_judged_of_who_does_now(acme: Book) -> None:
    acme.seats.add(Seat("s", ACME, Role.SPONSOR, "bob", since=ago(90)))
    acme.map_edit.judge(ACME, "p:bob", "mood", -1, Evidence(note="of Bob", on=ago(50)))
    acme.seats.fill("s", "dee", on=ago(30))
    acme.map_edit.judge(ACME, "p:dee", "mood", 2, Evidence(note="of Dee", on=ago(10)))
    erase(acme, "bob")
    mood = card(acme, "p:dee").mood
    assert (mood.value, mood.note, mood.on) == (2, "of Dee", ago(10))
    assert "of Bob" not in str(acme.field_history.of("seat", "s"))


def test_of_one_day_the_last_word_counts_also_after_the_seat_was_gone(acme: Book) -> None:
    acme.seats.add(Seat("s", ACME, Role.SPONSOR, "bob"))
    for level in range(1, 6):
        said = Evidence(note=f"word {level}")
        acme.map_edit.judge(ACME, "p:bob", "influence", level, said)
    acme.seats.remove("s")
    acme.undo()
    assert card(acme, "p:bob").influence.note == "word 5"
    acme.people.remove("bob")
    acme.undo()
    assert card(acme, "p:bob").influence.note == "word 5"
    acme.seats.remove("s")
    acme.touches.add(Touch("t", ACME, ago(2), Channel.CALL))
    acme.connection.execute(
        "update change set at = '2026-03-10T09:00:00+00:00' where label not like 'Remove%'"
    )
    acme.connection.execute("update field_history set as_of = '2026-03-10'")
    acme.connection.execute(
        "update change_row set before = json_set(before, '$.as_of', '2026-03-10'), "
        "after = json_set(after, '$.as_of', '2026-03-10') where tbl = 'field_history'"
    )
    with closing(as_of.look_here(acme.path, ago(1), today=DAY)) as past, past.open() as then:
        assert then.seats.get("s").influence.value == 5
        assert card(then, "p:bob").influence.note == "word 5"
