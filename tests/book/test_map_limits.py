"""What no map takes: places out of reach, maps of others, days to come, who is erased, ours."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.map_edit import NewPerson
from csplanner.book.map_keys import end_of
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.map_model import YOU
from csplanner.domain.map_paste import read_pasted
from csplanner.domain.map_record import FAR, LineSaid, MapPlace
from csplanner.domain.person import Person, Role, Seat, Side
from csplanner.domain.settings import BookSettings
from csplanner.domain.tie import TieKind
from csplanner.errors import UserError
from tests.book.digest import digest

DAY = date(2026, 3, 12)
ACME, OTHER = AccountId("acme"), AccountId("other")


@pytest.fixture
def acme(tmp_path: Path) -> Iterator[Book]:
    """Ann reports to Xena, who reports to Bo; Olga is one of ours, and you are Mia."""
    with Book.create(tmp_path / "map.csbook", BookSettings(csm="Mia"), today=DAY) as book:
        book.backs_up = False
        with book.change("Furnish"):
            book.accounts.insert([Account(ACME, "Acme"), Account(OTHER, "Other")])
            book.people.insert(
                [Person("bo", ACME, "Bo"), Person("xena", ACME, "Xena", reports_to="bo"),
                 Person("ann", ACME, "Ann", reports_to="xena"),
                 Person("olga", ACME, "Olga", Side.OURS)]
            )  # fmt: skip
        yield book


def test_a_card_is_never_put_where_nobody_finds_it(acme: Book) -> None:
    acme.map_edit.place(ACME, "", {"p:ann": (2**40, -7), "p:bo": (0, -(2**70))})
    places = {p.person_id: (p.x, p.y) for p in acme.map_places.of(ACME)}
    assert places == {"ann": (FAR, -7), "bo": (0, -FAR)}
    acme.map_places.add(MapPlace("far", ACME, None, "xena", x=2**31 - 1, y=-(2**31)))
    assert acme.relation_map.read(ACME).by_key()["p:xena"].at == (FAR, -FAR)


def test_a_map_of_another_account_is_refused(acme: Book) -> None:
    theirs = acme.map_edit.add_map(OTHER, "Rail").id
    before = digest(acme)
    with pytest.raises(UserError, match="of another account"):
        acme.map_edit.place(ACME, theirs, {"p:ann": (1, 2)})
    with pytest.raises(UserError, match="of another account"):
        acme.map_edit.park(ACME, theirs, ["p:ann"])
    with pytest.raises(UserError, match="of another account"):
        acme.relation_map.read(ACME, map_id=theirs)
    assert digest(acme) == before


def test_one_of_ours_takes_no_seat_of_theirs_and_is_not_judged(acme: Book) -> None:
    acme.seats.add(Seat("seat", ACME, Role.SPONSOR))
    before = digest(acme)
    with pytest.raises(UserError, match="Olga is one of ours"):
        acme.seats.fill("seat", "olga")
    with pytest.raises(UserError, match="Olga is one of ours"):
        acme.map_edit.judge(ACME, "p:olga", "influence", 3, Evidence())
    assert digest(acme) == before


@pytest.mark.parametrize(
    ("field", "value"), [("role", "boss"), ("politics", "nope"), ("influence", True), ("mood", "2")]
)
def test_what_is_no_value_of_a_judgement_is_refused(acme: Book, field: str, value: object) -> None:
    with pytest.raises(ValueError, match=r"boss|nope|cannot be"):
        acme.map_edit.judge(ACME, "p:ann", field, value, Evidence())


def test_nothing_is_said_of_a_day_to_come(acme: Book) -> None:
    later, before = DAY + timedelta(days=1), digest(acme)
    with pytest.raises(UserError, match="has not come yet"):
        acme.map_edit.judge(ACME, "p:ann", "influence", 3, Evidence(EvidenceKind.TOLD, on=later))
    said = LineSaid(strength=90, on=later)
    with pytest.raises(UserError, match="has not come yet"):
        acme.map_edit.connect(ACME, TieKind.KNOWS, "p:olga", "p:ann", said=said)
    assert digest(acme) == before


def test_looking_at_you_writes_nothing_before_a_line_is_drawn(acme: Book) -> None:
    before = digest(acme)
    assert end_of(acme, ACME, YOU).name == "Mia"
    acme.map_edit.unpark(ACME, "", [YOU])
    with pytest.raises(UserError):
        acme.map_edit.connect(ACME, TieKind.INFLUENCES, YOU, "p:ann")
    assert digest(acme)["person"] == before["person"]
    acme.map_edit.connect(ACME, TieKind.KNOWS, YOU, "p:ann")
    assert [p.name for p in acme.people.of(ACME) if p.side is Side.OURS] == ["Mia", "Olga"]
    acme.undo()
    assert digest(acme)["person"] == before["person"]


def test_a_circle_through_who_is_not_on_the_map_costs_one_link_of_the_list(acme: Book) -> None:
    further = acme.map_edit.add_map(ACME, "Rail", ["p:ann", "p:bo"]).id
    pasted = read_pasted("Ann\n  Bo\n  Cy")
    plan = acme.map_edit.plan_paste(ACME, pasted, map_id=further)
    assert "Bo would report to themselves in a circle; that link was left out." in plan.notes
    acme.map_edit.paste_people(ACME, pasted, map_id=further)
    above = {p.name: p.reports_to for p in acme.people.of(ACME)}
    assert (above["Bo"], above["Ann"], above["Cy"]) == (None, "xena", "ann")


def test_a_pasted_list_says_whom_you_erased_before(acme: Book) -> None:
    gone = acme.map_edit.add_person(ACME, NewPerson("Zeb Quist", email="zeb@acme.example"))
    erase(acme, gone[2:])
    listed = read_pasted("Name,Email\nZeb Quist,\nZ Q,zeb@acme.example\nNew One,new@acme.example")
    notes = [n for n in acme.map_edit.plan_paste(ACME, listed).notes if "erased" in n]
    assert [n.split(" before")[0] for n in notes] == ["You erased Zeb Quist", "You erased Z Q"]
