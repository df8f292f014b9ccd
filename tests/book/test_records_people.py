"""Seats outlive who holds them; nobody reports to themselves, however many stand between."""

from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.person import Person, PersonStatus, Role, Seat
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.value import UNKNOWN, fact
from csplanner.errors import UserError
from tests.book.digest import digest

ACME = AccountId("acme")
START, LEFT, NEXT = date(2025, 1, 7), date(2026, 3, 2), date(2026, 3, 10)
SEAT = Seat("seat", ACME, Role.CHAMPION, "dana", fact(4), fact(2), START, "Head of rail", "top")


@pytest.fixture
def seated(book: Book) -> Book:
    """Dana is champion under a sponsor's seat that Ben holds; Rosa holds nothing."""
    book.accounts.add(Account(ACME, "Acme"))
    for key, name in (("dana", "Dana"), ("ben", "Ben"), ("rosa", "Rosa")):
        book.people.add(Person(key, ACME, name))
    book.seats.add(Seat("top", ACME, Role.SPONSOR, "ben"))
    book.seats.add(SEAT)
    book.ties.add(Tie("tie", ACME, TieKind.INFLUENCES, from_seat_id="seat", to_seat_id="top"))
    return book


def names(book: Book) -> list[str]:
    return [s.id for s in book.seats.vacant(ACME)]


def test_who_leaves_leaves_the_seat_its_lines_and_influence(seated: Book) -> None:
    assert names(seated) == []
    seated.people.update("dana", status=PersonStatus.LEFT, left_on=LEFT)
    assert names(seated) == ["seat"]
    seat = seated.seats.get("seat")
    assert (seat.person_id, seat.influence, seat.reports_to) == ("dana", fact(4), "top")
    assert [t.id for t in seated.ties.of(ACME)] == ["tie"]
    judged = seated.derived.judge(ACME)[1]
    assert "person_left" in [s.kind for s in judged.signals]
    seated.seats.fill("seat", "rosa", on=NEXT)
    judged = seated.derived.judge(ACME)[1]
    assert "person_left" not in [s.kind for s in judged.signals]


def test_a_seat_filled_again_knows_who_was_there(seated: Book) -> None:
    seated.people.update("dana", status=PersonStatus.LEFT, left_on=LEFT)
    before = digest(seated)
    seated.seats.fill("seat", "rosa", on=NEXT)
    seat = seated.seats.get("seat")
    assert (seat.person_id, seat.since, seat.reports_to) == ("rosa", NEXT, "top")
    (tenure,) = seated.seats.predecessors("seat")
    assert (tenure.person_id, tenure.since, tenure.until, tenure.why) == (
        "dana", START, LEFT, "left",
    )  # fmt: skip
    assert names(seated) == []
    seated.undo()
    assert digest(seated) == before


@pytest.mark.parametrize("way", ["given", "vacated", "left", "by a form"])
def test_nobody_inherits_what_was_judged_of_who_sat_there_before(seated: Book, way: str) -> None:
    told = Evidence(EvidenceKind.TOLD, note="Dana said so", on=LEFT)
    yeses = {"has_power": True, "sells_for_us": True, "has_interest": False}
    seated.seats.update("seat", on_evidence=told, mood=fact(-2), **yeses)
    if way == "vacated":
        seated.seats.vacate("seat", on=NEXT)
        assert seated.seats.get("seat") == replace(
            SEAT, person_id=None, influence=UNKNOWN, mood=UNKNOWN, since=None
        )
    if way == "left":
        seated.people.update("dana", status=PersonStatus.LEFT, left_on=LEFT)
    if way == "by a form":
        seated.seats.update("seat", person_id="rosa", has_interest=True)
    else:
        seated.seats.fill("seat", "rosa", on=NEXT)
    seat = seated.seats.get("seat")
    assert (seat.person_id, seat.influence, seat.mood) == ("rosa", UNKNOWN, UNKNOWN)
    assert (seat.has_power, seat.sells_for_us) == (None, None)
    assert seat.has_interest is (True if way == "by a form" else None)
    seen = next(c for c in seated.relation_map.read(ACME).cards if c.name == "Rosa")
    assert (seen.influence.value, seen.mood.value, seen.unproven) == (None, None, True)
    (ended, _) = seated.field_history.of("seat", "seat", "has_power")
    assert (ended.was, ended.became) == ("1", None), "the history tells that it ended"
    assert seated.field_history.of("seat", "seat", "influence")[0].was == "4"


def test_who_reported_to_who_left_reports_to_who_took_the_seat(seated: Book) -> None:
    for key, above in (("cy", "dana"), ("eva", "dana"), ("finn", "eva")):
        seated.people.add(Person(key, ACME, key.title(), reports_to=above))
    seated.people.update("dana", reports_to="ben")
    seated.people.update("dana", status=PersonStatus.LEFT, left_on=LEFT)
    before = digest(seated)
    seated.seats.fill("seat", "finn", on=NEXT)
    above = {c.name: c.above for c in seated.relation_map.read(ACME).cards}
    assert above == {"Ben": None, "Cy": "p:finn", "Eva": "p:finn", "Finn": "p:ben", "Rosa": None}
    seated.undo()
    assert digest(seated) == before
    seated.seats.update("seat", person_id="rosa", role=Role.SPONSOR)  # as a form does
    assert seated.people.get("cy").reports_to == "rosa"
    seated.undo()
    assert digest(seated) == before
    seated.seats.vacate("seat", on=NEXT)
    seated.seats.fill("seat", "rosa", on=NEXT)
    above = {c.name: c.above for c in seated.relation_map.read(ACME).cards}
    assert above == {
        "Ben": None, "Cy": "p:rosa", "Eva": "p:rosa", "Finn": "p:eva", "Rosa": "p:ben",
    }  # fmt: skip


def test_who_only_gave_a_seat_up_keeps_their_people(seated: Book) -> None:
    seated.people.add(Person("cy", ACME, "Cy", reports_to="dana"))
    seated.seats.fill("seat", "rosa", on=NEXT)
    assert seated.people.get("cy").reports_to == "dana"


def test_predecessors_are_told_newest_first(seated: Book) -> None:
    seated.seats.fill("seat", "rosa", on=LEFT)
    seated.seats.fill("seat", "ben", on=NEXT)
    assert [(t.person_id, t.since, t.until) for t in seated.seats.predecessors("seat")] == [
        ("rosa", LEFT, NEXT), ("dana", START, LEFT),
    ]  # fmt: skip


def test_no_tenure_ends_before_it_began(seated: Book) -> None:
    seated.seats.fill("seat", "rosa", on=NEXT)
    seated.people.update("rosa", status=PersonStatus.LEFT, left_on=LEFT)
    seated.seats.fill("seat", "ben", on=LEFT)
    tenures = [(t.person_id, t.since, t.until) for t in seated.tenures.of(ACME)]
    assert ("rosa", NEXT, NEXT) in tenures
    assert check(seated) == []


def test_a_seat_can_be_vacated_while_its_holder_stays(seated: Book) -> None:
    seated.seats.vacate("seat", on=NEXT, why="Took over buying")
    assert (names(seated), seated.seats.get("seat").mood) == (["seat"], UNKNOWN)
    (tenure,) = seated.seats.predecessors("seat")
    assert (tenure.person_id, tenure.until, tenure.why) == ("dana", NEXT, "Took over buying")
    done = len(seated.history())
    seated.seats.vacate("seat")
    assert len(seated.history()) == done


def test_another_holder_by_any_change_ends_a_tenure(seated: Book) -> None:
    seated.seats.update("seat", person_id="dana", influence=fact(5))
    assert seated.seats.predecessors("seat") == ()
    seated.seats.update("seat", person_id="rosa", mood=fact(1))
    assert [t.person_id for t in seated.seats.predecessors("seat")] == ["dana"]
    assert seated.seats.get("seat").mood == fact(1)


def test_a_change_of_holder_is_kept_with_its_evidence(seated: Book) -> None:
    told = Evidence(EvidenceKind.TOLD, "Ben", "On the phone")
    seated.seats.fill("seat", "rosa", on=NEXT, on_evidence=told)
    (change,) = seated.field_history.of("seat", "seat", "person_id")
    assert (change.was, change.became, change.as_of, change.said_by, change.evidence) == (
        "dana", "rosa", NEXT, "Ben", EvidenceKind.TOLD,
    )  # fmt: skip


def test_nobody_sits_down_who_left_or_belongs_elsewhere(seated: Book) -> None:
    seated.people.update("rosa", status=PersonStatus.LEFT)
    with pytest.raises(UserError, match="Rosa has left"):
        seated.seats.fill("seat", "rosa")
    seated.accounts.add(Account(AccountId("apex"), "Apex"))
    seated.people.add(Person("eva", AccountId("apex"), "Eva"))
    with pytest.raises(UserError, match="Eva is at another account"):
        seated.seats.fill("seat", "eva")


def test_people_cannot_report_in_a_circle(seated: Book) -> None:
    seated.people.update("dana", reports_to="ben")
    seated.people.update("ben", reports_to="rosa")
    with pytest.raises(UserError, match="Rosa → Dana → Ben → Rosa"):
        seated.people.update("rosa", reports_to="dana")
    with pytest.raises(UserError, match="Ben → Ben"):
        seated.people.update("ben", reports_to="ben")
    assert seated.people.get("rosa").reports_to is None


def test_seats_cannot_report_in_a_circle(seated: Book) -> None:
    with pytest.raises(UserError, match="sponsor → Head of rail → sponsor"):
        seated.seats.update("top", reports_to="seat")
    with pytest.raises(UserError, match="in a circle"):
        seated.seats.add(Seat("self", ACME, Role.USER, reports_to="self"))


def test_a_circle_that_came_from_elsewhere_does_not_hang_a_change(seated: Book) -> None:
    with seated.change("An import"):
        for who, above in (("dana", "ben"), ("ben", "dana")):
            seated.connection.execute("update person set reports_to = ? where id = ?", (above, who))
    seated.people.update("rosa", reports_to="dana")
    assert seated.people.get("rosa").reports_to == "dana"
