"""Deleting takes everything along, in one step, and undoing it brings everything back."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.book.journal import belonging
from csplanner.book.schema import SCHEMA_VERSION
from csplanner.domain.account import Account, AccountId
from csplanner.domain.evidence import Evidence
from csplanner.domain.person import Role
from csplanner.domain.tie import Tie, TieKind
from csplanner.domain.value import fact
from tests.book.digest import digest

BOOKS = Path(__file__).resolve().parent.parent / "books"
TODAY = date(2026, 3, 12)


@pytest.fixture
def sample(tmp_path: Path) -> Iterator[Book]:
    """The book that is kept for the present schema, with a row in every table, judged."""
    kept = BOOKS / f"schema-{SCHEMA_VERSION}.csbook"
    book = Book.open(Path(shutil.copy(kept, tmp_path / "book.csbook")), today=TODAY)
    book.refresh()
    yield book
    book.close()


def derived(book: Book) -> dict[str, list[tuple[object, ...]]]:
    """What follows from the records, in an order of its own."""
    return {
        table: sorted(book.connection.execute(f"select {columns} from {table}"), key=repr)
        for table, columns in {
            "reading": "*",
            "overview": "account_id, name, score, band, urgency, spark, roles, as_of",
            "search_text": "kind, row_id, account_id, title, detail",
            "search": "folded",
        }.items()
    }


def test_a_deleted_account_takes_everything_along_and_comes_back_whole(sample: Book) -> None:
    account = next(a for a in sample.accounts.all() if sample.touches.of(a.id))
    people = [p.id for p in sample.people.of(account.id)]
    sample.accounts.update(account.id, sector="Rail", on_evidence=Evidence())
    before, lines = digest(sample), derived(sample)
    sample.accounts.delete(account.id)
    db = sample.connection
    for table in (*belonging(db), "reading", "overview", "search_text"):
        held = db.execute(f"select count(*) from {table} where account_id = ?", (account.id,))
        assert held.fetchone() == (0,), table
    marks = ", ".join("?" * (len(people) + 1))
    for table in ("external_ref", "field_history"):
        held = db.execute(
            f"select count(*) from {table} where row_id in ({marks})", (account.id, *people)
        )
        assert held.fetchone() == (0,), table
    assert check(sample) == []
    assert sample.search(account.name) == []
    assert sample.can_undo is not None
    assert sample.can_undo.label == f"Delete {account.name}"
    sample.undo()
    assert digest(sample) == before
    assert derived(sample) == lines
    sample.redo()
    sample.undo()
    assert (digest(sample), derived(sample)) == (before, lines)


def test_an_older_deletion_is_taken_back_with_its_readings(sample: Book) -> None:
    first, other = sample.accounts.all()[:2]
    before = derived(sample)["reading"]
    sample.accounts.delete(first.id)
    number = sample.history()[0].id
    sample.accounts.update(other.id, next_step="Call")
    assert sample.undo_change(number).kept == 0
    assert derived(sample)["reading"] == before
    assert sample.accounts.get(first.id) == first


def test_a_reading_does_not_hold_an_account_whose_adding_is_taken_back(book: Book) -> None:
    acme = book.accounts.add(Account(AccountId(""), "Acme"))
    number = book.history()[0].id
    book.connection.execute("delete from overview")
    book.refresh()
    other = book.accounts.add(Account(AccountId(""), "Apex"))
    assert book.undo_change(number).kept == 0
    assert [a.id for a in book.accounts.all()] == [other.id]
    assert derived(book)["reading"] == []
    book.undo()
    assert {a.id for a in book.accounts.all()} == {acme.id, other.id}
    assert len(derived(book)["reading"]) == 1


def test_a_removed_person_goes_with_ties_and_touches_and_comes_back(sample: Book) -> None:
    account = next(a for a in sample.accounts.all() if sample.seats.of(a.id))
    seat = next(s for s in sample.seats.of(account.id) if s.person_id)
    other = next(p for p in sample.people.of(account.id) if p.id != seat.person_id)
    person = seat.person_id or ""
    sample.ties.add(
        Tie("mine", account.id, TieKind.KNOWS, from_person_id=other.id, to_person_id=person)
    )
    sample.seats.update(seat.id, influence=fact(3))
    before, lines = digest(sample), derived(sample)
    sample.people.remove(person)
    assert sample.seats.get(seat.id).person_id is None
    assert "mine" not in [t.id for t in sample.ties.of(account.id)]
    assert all(person not in t.person_ids for t in sample.touches.of(account.id))
    assert sample.seats.get(seat.id).role in Role
    sample.undo()
    assert (digest(sample), derived(sample)) == (before, lines)
