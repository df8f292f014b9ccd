"""What a judged value was, who said so, when, and on what evidence."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Regrettable
from csplanner.domain.evidence import Evidence, EvidenceKind
from csplanner.domain.money import Money
from csplanner.domain.objective import Objective
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, fact
from tests.book.digest import digest

ACME = AccountId("acme")
JANUARY, FEBRUARY, MARCH = date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)


@pytest.fixture
def judged(book: Book) -> Book:
    """Acme with Dana in a seat, whose influence was said to be 2, then 4."""
    book.set_settings(replace(book.settings, csm="Mia"))
    book.accounts.add(Account(ACME, "Acme"))
    book.people.add(Person("dana", ACME, "Dana"))
    book.seats.add(Seat("seat", ACME, Role.SPONSOR, "dana"))
    guessed = Evidence(EvidenceKind.GUESSED, note="Her title", on=JANUARY)
    told = Evidence(EvidenceKind.TOLD, "Ben", "Over lunch", MARCH)
    book.seats.update("seat", influence=fact(2), on_evidence=guessed)
    book.seats.update("seat", influence=fact(4), on_evidence=told)
    return book


def test_a_judged_value_keeps_who_said_it_when_and_on_what(judged: Book) -> None:
    newest, first = judged.field_history.of("seat", "seat", "influence")
    assert (first.was, first.became, first.as_of) == (None, "2", JANUARY)
    assert (first.said_by, first.evidence, first.note) == (
        "Mia", EvidenceKind.GUESSED, "Her title",
    )  # fmt: skip
    assert (newest.was, newest.became, newest.as_of) == ("2", "4", MARCH)
    assert (newest.said_by, newest.evidence, newest.source) == ("Ben", EvidenceKind.TOLD, "csm")


def test_a_value_is_known_as_it_was_on_a_day(judged: Book) -> None:
    def influence(day: date) -> tuple[object, object]:
        cells = judged.field_history.at("seat", "seat", day)
        return cells["influence"], cells["influence_state"]

    assert influence(date(2025, 12, 31)) == (None, "unknown")
    assert influence(JANUARY) == (2, "known")
    assert influence(FEBRUARY) == (2, "known")
    assert influence(MARCH) == (4, "known")
    assert judged.field_history.at("seat", "seat", JANUARY)["role"] == "sponsor"
    assert judged.field_history.at("seat", "nobody", JANUARY) == {}


def test_a_value_that_is_confirmed_is_kept_too(judged: Book) -> None:
    seen = Evidence(EvidenceKind.OBSERVED)
    judged.seats.update("seat", influence=fact(4), on_evidence=seen)
    newest = judged.field_history.of("seat", "seat", "influence")[0]
    assert (newest.was, newest.became, newest.evidence) == ("4", "4", EvidenceKind.OBSERVED)
    kept = len(judged.field_history.of("seat", "seat"))
    judged.seats.update("seat", influence=fact(4))
    assert len(judged.field_history.of("seat", "seat")) == kept


def test_what_is_not_judged_has_no_history(judged: Book) -> None:
    judged.people.update("dana", phone="1", title="CFO")
    assert [c.field for c in judged.field_history.of("person", "dana")] == ["title"]


def test_history_is_undone_with_its_change(judged: Book) -> None:
    goal = judged.objectives.add(Objective("", ACME, "Goal")).id
    before = digest(judged)
    judged.objectives.update(goal, actual=fact(5000))
    assert judged.field_history.of("objective", goal, "actual")[0].said_by == "Mia"
    judged.undo()
    assert digest(judged) == before


def test_an_amount_and_what_does_not_apply_are_known_as_they_were(judged: Book) -> None:
    amount = fact(Money(100, "EUR"))
    judged.accounts.update(ACME, arr=amount, on_evidence=Evidence(on=JANUARY))
    judged.accounts.update(ACME, arr=NOT_APPLICABLE, on_evidence=Evidence(on=FEBRUARY))
    judged.accounts.update(ACME, arr=UNKNOWN, on_evidence=Evidence(on=MARCH))

    def arr(day: date) -> tuple[object, ...]:
        cells = judged.field_history.at("account", ACME, day)
        return cells["arr"], cells["arr_currency"], cells["arr_state"]

    assert arr(JANUARY) == (100, "EUR", "known")
    assert arr(FEBRUARY) == (None, None, "not_applicable")
    assert arr(MARCH) == (None, None, "unknown")


def test_an_amount_that_an_import_changed_is_read_with_its_currency(judged: Book) -> None:
    with judged.change("Import"):
        judged.connection.execute(
            "insert into field_history (id, tbl, row_id, field, was, became, source, as_of) "
            "values ('h', 'account', ?, 'arr', '100 EUR', '200 USD', 'crm', ?)",
            (ACME, MARCH.isoformat()),
        )
    cells = judged.field_history.at("account", ACME, FEBRUARY)
    assert (cells["arr"], cells["arr_currency"], cells["arr_state"]) == (100, "EUR", "known")


def test_deciding_on_regret_notes_the_day(judged: Book) -> None:
    judged.accounts.update(ACME, regrettable=Regrettable.YES)
    assert judged.accounts.get(ACME).regrettable_on == judged.today
    judged.accounts.update(ACME, regrettable=Regrettable.NO, regrettable_on=MARCH)
    assert judged.accounts.get(ACME).regrettable_on == MARCH
    judged.accounts.update(ACME, regrettable=Regrettable.UNDECIDED)
    assert judged.accounts.get(ACME).regrettable_on is None


def test_a_reading_never_changes(judged: Book) -> None:
    judged.connection.execute("delete from overview")
    judged.refresh()
    db = judged.connection
    assert db.execute("select count(*) from reading").fetchone() == (1,)
    for change in ("score = 1", "band = 'good', as_of = '2020-01-01'", "caps = '[]'"):
        with (
            pytest.raises(sqlite3.IntegrityError, match="a reading never changes"),
            judged.change("Try"),
        ):
            db.execute(f"update reading set {change}")


def test_only_the_words_of_a_reading_can_be_erased_for_good(judged: Book) -> None:
    judged.connection.execute("delete from overview")
    judged.refresh()
    db = judged.connection
    with judged.final_change("Erase"):
        db.execute("update reading set caps = '[\"Somebody left\"]'")
    assert db.execute("select caps from reading").fetchone() == ('["Somebody left"]',)
    with pytest.raises(sqlite3.IntegrityError), judged.final_change("Erase"):
        db.execute("update reading set caps = '[]', score = 1")
