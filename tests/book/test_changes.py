"""One door for changes: all or nothing, journalled, undoable, told once."""

import sqlite3
from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.book import Book, Changed
from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.money import Money
from csplanner.domain.person import Person
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, fact
from csplanner.errors import UserError
from tests.book.digest import digest


def acme(book: Book) -> AccountId:
    return book.accounts.add(Account(AccountId(""), "Acme", arr=fact(Money(120_000_00, "USD")))).id


def test_a_write_outside_a_change_is_refused(book: Book) -> None:
    account = acme(book)
    with pytest.raises(sqlite3.IntegrityError, match="outside a change"):
        book.connection.execute("update account set name = 'X' where id = ?", (account,))
    assert book.accounts.get(account).name == "Acme"


def test_what_was_written_is_read_back_whole(book: Book) -> None:
    written = Account(
        AccountId("a"), "Łódź & Co", sector="Rail", arr=fact(Money(5, "PLN")),
        criticality=NOT_APPLICABLE, customer_since=fact(date(2020, 2, 29)),
        next_step="Call", next_step_due=date(2026, 4, 1), pinned=True,
    )  # fmt: skip
    book.accounts.add(written)
    assert book.accounts.get("a") == written
    term = ContractTerm("t", written.id, date(2027, 1, 1), notice_deadline=UNKNOWN, ordinal=2)
    book.terms.add(term)
    touch = Touch("x", written.id, date(2026, 3, 1), Channel.CALL, person_ids=("p",))
    book.people.add(Person("p", written.id, "Dana"))
    book.touches.add(touch)
    file = book.accounts.file("a")
    assert (file.terms, file.touches) == ((term,), (touch,))


def test_an_error_inside_a_change_leaves_the_book_as_it_was(book: Book) -> None:
    account = acme(book)
    before = digest(book)

    def half() -> None:
        with book.change("Half a thing"):
            book.accounts.update(account, name="Half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    assert digest(book) == before
    assert [c.label for c in book.history()] == ["Add Acme"]


def test_a_change_that_alters_nothing_leaves_no_trace_and_keeps_redo(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, name="Apex")
    book.undo()
    book.accounts.update(account, name="Acme")
    assert book.can_redo is not None
    assert book.redo().label == "Change Acme"
    assert book.accounts.get(account).name == "Apex"


def test_listeners_hear_once_what_was_touched(book: Book) -> None:
    account = acme(book)
    heard: list[Changed] = []
    stop = book.subscribe(heard.append)
    with book.change("Two things"):
        book.accounts.update(account, name="Apex")
        book.pulses.add(Pulse("", account, date(2026, 3, 1), Sentiment.UNEASY))
    stop()
    book.undo()
    assert len(heard) == 1
    assert heard[0].accounts == {account}
    assert {"account", "pulse"} <= heard[0].tables


def test_undo_and_redo_of_a_delete_with_everything_below_it(book: Book) -> None:
    account = acme(book)
    person = book.people.add(Person("", account, "Dana"))
    book.touches.add(Touch("", account, date(2026, 3, 1), Channel.CALL, person_ids=(person.id,)))
    before = digest(book)
    with book.change("Delete Acme"):
        book.connection.execute("delete from account where id = ?", (account,))
    after = digest(book)
    assert not after["touch_person"]
    book.undo()
    assert digest(book) == before
    book.redo()
    assert digest(book) == after


def test_undo_works_after_a_restart(book: Book, today: date) -> None:
    account = acme(book)
    before = digest(book)
    book.accounts.update(account, name="Apex")
    book.close()
    with Book.open(book.path, today=today) as again:
        again.undo()
        assert digest(again) == before


def test_undoing_an_older_change_keeps_what_was_edited_since(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, name="Apex", city="Norfolk")
    number = book.can_undo.id if book.can_undo else 0
    book.accounts.update(account, city="Boston")
    undone = book.undo_change(number)
    kept = book.accounts.get(account)
    assert (kept.name, kept.city) == ("Acme", "Boston")
    # The city, and the two lines of field history that tell of the later edit stay.
    assert undone.kept == 1


def test_an_added_account_with_later_touches_stays_when_its_adding_is_undone(book: Book) -> None:
    account = acme(book)
    number = book.can_undo.id if book.can_undo else 0
    book.touches.add(Touch("", account, date(2026, 3, 1), Channel.CALL))
    assert book.undo_change(number).kept == 1
    assert book.accounts.get(account).name == "Acme"


def test_the_rows_of_an_import_are_one_entry_and_undo_exactly(book: Book) -> None:
    kept = acme(book)
    before = digest(book)
    with book.change("Import", kind="import", batch="s1"):
        book.accounts.insert([Account(AccountId(f"n{i}"), f"N{i}") for i in range(50)], "s1")
        book.accounts.update(kept, sector="Rail", source="salesforce")
    after = digest(book)
    images = book.connection.execute("select count(*) from change_row where batch is null")
    assert images.fetchone()[0] == 3
    book.undo()
    assert digest(book) == before
    book.redo()
    assert digest(book) == after


def test_merging_moves_everything_and_is_one_step(book: Book) -> None:
    one, two = acme(book), acme(book)
    book.touches.add(Touch("", two, date(2026, 3, 1), Channel.CALL))
    assert [len(g) for g in book.accounts.doubled_names()] == [2]
    before = digest(book)
    book.accounts.merge(one, two)
    assert len(book.accounts.file(one).touches) == 1
    assert book.accounts.doubled_names() == []
    book.undo()
    assert digest(book) == before


def test_a_book_open_read_only_refuses_changes_in_words(book: Book, today: date) -> None:
    account = acme(book)
    with Book.open(book.path, read_only=True, today=today) as reader:
        assert reader.accounts.get(account).name == "Acme"
        with pytest.raises(UserError, match="read-only"):
            reader.accounts.update(account, name="X")


def test_settings_are_kept_and_undone(book: Book) -> None:
    book.set_settings(replace(book.settings, name="Maren’s book", hours_per="month"))
    assert book.settings.hours_per == "month"
    book.undo()
    assert book.settings.name == "My book"


def test_search_folds_accents_and_strokes_and_follows_undo(book: Book) -> None:
    book.accounts.add(Account(AccountId(""), "Łódź Transit"))
    assert [f.title for f in book.search("lodz tr")] == ["Łódź Transit"]
    book.undo()
    assert book.search("lodz") == []
    assert book.search("\" ' ; -- % _ * AND") == []


def test_a_step_made_anew_takes_the_place_of_the_newest_alone(book: Book) -> None:
    first = book.accounts.add(Account(AccountId(""), "Acme"))
    book.accounts.update(first.id, sector="Retail")
    step = book.can_undo.id
    with book.change_anew(step, "Set two fields"):
        book.accounts.update(first.id, sector="Banks", city="Oslo")
    assert book.can_undo.label == "Set two fields"
    with pytest.raises(ZeroDivisionError), book.change_anew(book.can_undo.id, "Fails"):
        book.accounts.update(first.id, sector=str(1 // 0))
    assert book.accounts.get(first.id).sector == "Banks"
    older = step
    with book.change_anew(older, "Another"):
        book.accounts.update(first.id, city="Bergen")
    assert book.can_undo.label == "Another"
    book.undo()
    assert book.accounts.get(first.id).city == "Oslo"
    book.undo()
    assert (book.accounts.get(first.id).sector, book.accounts.get(first.id).city) == ("", "")
