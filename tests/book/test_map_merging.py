"""Merging maps loses nothing nobody chose to lose: chiefs, judgements, what they rest on."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_merge import Keep
from csplanner.domain.map_model import Card
from csplanner.domain.person import Person, Politics, Role, Seat
from csplanner.errors import UserError
from tests.book.digest import digest

DAY = date(2026, 3, 12)
ACME = AccountId("acme")
YESES = {"has_power": True, "sells_for_us": True, "has_interest": True}
KEPT = Evidence(EvidenceKind.TOLD, "Xena", "She signs", date(2026, 2, 3))
GONE = Evidence(EvidenceKind.OBSERVED, note="She was silent", on=date(2026, 1, 4))


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Book]:
    """Ann reports to Xena; ANN, the same person once more, stands on the map Two."""
    with Book.create(tmp_path / "map.csbook", today=DAY) as book:
        book.backs_up = False
        book.accounts.add(Account(ACME, "Acme"))
        with book.change("People"):
            book.people.insert(
                [Person("xena", ACME, "Xena"), Person("ann", ACME, "Ann", reports_to="xena"),
                 Person("bo", ACME, "Bo"), Person("zz", ACME, "ANN")]
            )  # fmt: skip
        yield book


def _two(book: Book, *, into: list[str] | None = None) -> tuple[str, str]:
    """The map that goes, and the one it goes into: of everybody where no cards are given."""
    two = book.map_edit.add_map(ACME, "Two", ["p:zz"])
    return two.id, book.map_edit.add_map(ACME, "One", into).id if into else ""


def _ann(book: Book) -> Card:
    (found,) = (c for c in book.relation_map.read(ACME).cards if c.name.upper() == "ANN")
    return found


@pytest.mark.parametrize("seats", [("a", "b"), ("b", "a")])
def test_without_a_choice_every_judgement_of_who_stays_stands(
    acme: Book, seats: tuple[str, str]
) -> None:
    acme.seats.add(Seat(seats[0], ACME, Role.CHAMPION, "ann", since=date(2025, 5, 1)))
    acme.seats.add(Seat(seats[1], ACME, Role.CHAMPION, "zz", title="Head of rail"))
    edit, before = acme.map_edit, _judge_both(acme)
    plan = edit.plan_merge(ACME, *_two(acme))
    assert {c.field: (c.into, c.gone) for c in plan.conflicts} == {
        "influence": ("5", "1"), "mood": ("2", "-2"), "has_power": ("True", "False"),
        "politics": ("inner", "outside"),
    }  # fmt: skip
    edit.merge_maps(ACME, acme.maps.of(ACME)[0].id, "")
    merged = _ann(acme)
    assert (merged.influence, merged.mood, merged.politics) == before
    assert merged.influence.note == "She signs"
    (seat,) = merged.seats
    assert (seat.has_power, seat.sells_for_us, seat.has_interest) == (True, True, True)
    assert (seat.since, seat.title) == (date(2025, 5, 1), "Head of rail")


def _judge_both(book: Book) -> tuple[object, ...]:
    judged = {"influence": 5, "mood": 2, "politics": Politics.INNER, **YESES}
    book.map_edit.judge_all(ACME, "p:ann", judged, KEPT)
    judged = {"influence": 1, "mood": -2, "politics": Politics.OUTSIDE, "has_power": False}
    book.map_edit.judge_all(ACME, "p:zz", judged, GONE)
    card = next(c for c in book.relation_map.read(ACME).cards if c.name == "Ann")
    return card.influence, card.mood, card.politics


def test_what_is_chosen_of_who_goes_comes_with_what_it_rests_on(acme: Book) -> None:
    acme.seats.add(Seat("a", ACME, Role.CHAMPION, "ann"))
    acme.seats.add(Seat("b", ACME, Role.CHAMPION, "zz"))
    _judge_both(acme)
    two, before = _two(acme), digest(acme)
    chosen = ("influence", "has_power", "politics")
    acme.map_edit.merge_maps(ACME, *two, {f"p:ann:{field}": Keep.FROM for field in chosen})
    merged = _ann(acme)
    assert (merged.influence.value, merged.mood.value, merged.politics.value) == (
        1, 2, Politics.OUTSIDE,
    )  # fmt: skip
    assert {merged.influence.note, merged.politics.note} == {"She was silent"}
    assert merged.influence.on == KEPT.on, "no older than what it overruled"
    assert [(s.has_power, s.sells_for_us) for s in merged.seats] == [(False, True)]
    assert merged.unproven
    acme.undo()
    assert digest(acme) == before


@pytest.mark.parametrize("choice", [Keep.INTO, Keep.FROM])
def test_one_judgement_stands_where_the_two_hold_different_roles(acme: Book, choice: Keep) -> None:
    """The role of who goes comes first in the order of roles."""
    acme.seats.add(Seat("a", ACME, Role.USER, "ann"))
    acme.seats.add(Seat("b", ACME, Role.SPONSOR, "zz"))
    _judge_both(acme)
    acme.map_edit.merge_maps(ACME, *_two(acme), {"p:ann:influence": choice})
    merged = _ann(acme)
    assert [s.role for s in merged.seats] == [Role.SPONSOR, Role.USER]
    wanted = (5, "She signs") if choice is Keep.INTO else (1, "She was silent")
    assert (merged.influence.value, merged.influence.note) == wanted
    assert (merged.mood.value, merged.mood.note) == (2, "She signs")
    assert sum(s.influence.is_known for s in merged.seats) == 1


def test_what_only_one_of_them_knew_is_kept_with_its_evidence(acme: Book) -> None:
    acme.seats.add(Seat("a", ACME, Role.CHAMPION, "ann"))
    acme.seats.add(Seat("b", ACME, Role.CHAMPION, "zz"))
    acme.map_edit.judge_all(ACME, "p:zz", {"influence": 4, "orientation": None, **YESES}, GONE)
    acme.map_edit.merge_maps(ACME, *_two(acme))
    merged = _ann(acme)
    assert (merged.influence.value, merged.influence.note, merged.influence.on) == (
        4, "She was silent", GONE.on,
    )  # fmt: skip
    assert merged.seats[0].has_interest is True
    assert not merged.unproven


def test_a_chief_who_stands_on_neither_map_stays_the_chief(acme: Book) -> None:
    two = _two(acme, into=["p:ann", "p:bo"])
    plan = acme.map_edit.merge_maps(ACME, *two)
    assert plan.conflicts == ()
    assert _ann(acme).above == "p:xena"


def test_a_circle_through_somebody_on_neither_map_is_told_before(acme: Book) -> None:
    acme.people.update("zz", reports_to="bo")
    acme.people.update("bo", reports_to="xena")
    acme.people.update("xena", reports_to=None)
    two = _two(acme, into=["p:ann"])
    (conflict,) = acme.map_edit.plan_merge(ACME, *two).conflicts
    assert (conflict.into, conflict.gone) == ("Xena", "Bo")
    acme.people.update("ann", reports_to=None)
    acme.people.update("bo", reports_to="ann")
    plan = acme.map_edit.plan_merge(ACME, *two)
    assert plan.circles == ("Ann → Bo → Ann",)
    with pytest.raises(UserError, match="Ann → Bo → Ann"):
        acme.map_edit.merge_maps(ACME, *two)
    acme.map_edit.merge_maps(ACME, *two, {plan.conflicts[0].key: Keep.INTO})
    assert _ann(acme).above is None


def test_who_stands_twice_is_found_whichever_was_made_first(acme: Book) -> None:
    """One of the two stands on both maps, and may come first in the order of cards."""
    acme.people.add(Person("aa", ACME, "Bo"))
    acme.map_edit.unpark(ACME, "", ["p:bo"])
    for key in ("aa", "bo"):
        made = acme.map_edit.add_map(ACME, key, [f"p:{key}"])
        acme.map_edit.unpark(ACME, "", ["p:aa", "p:bo"])
        (twin,) = acme.map_edit.plan_merge(ACME, made.id, "").twins
        assert twin.gone.key == f"p:{key}"
