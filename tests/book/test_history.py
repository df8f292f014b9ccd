"""The history tells what each change did, finds changes, and takes them back keeping the rest."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from csplanner.book.book import Book
from csplanner.book.history import stamp, thin_images
from csplanner.book.history_details import ChangeDetails, details
from csplanner.book.history_list import Wanted, count, entries, preview
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.snapshot import Snapshot
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import NOT_APPLICABLE, UNKNOWN, fact
from csplanner.errors import UserError
from tests.book.digest import digest

DAY = date(2026, 3, 1)


def acme(book: Book, name: str = "Acme") -> AccountId:
    return book.accounts.add(Account(AccountId(""), name, arr=fact(Money(120_000_00, "USD")))).id


def newest(book: Book) -> int:
    assert book.can_undo is not None
    return book.can_undo.id


def told(book: Book, number: int | None = None) -> ChangeDetails:
    return details(book.connection, number or newest(book))


@contextmanager
def importing(book: Book, batch: str) -> Iterator[None]:
    counts = {"account new": 2}
    with book.change(f"Import {batch}", kind="import", batch=batch):
        snapshot = Snapshot(batch, "crm", DAY, datetime(2026, 3, 1, 9), "full", (), counts)  # noqa: DTZ001
        book.snapshots.add(snapshot)
        yield


def fields_of(found: ChangeDetails) -> dict[str, tuple[str | None, str | None]]:
    return {f.name: (f.before, f.after) for row in found.rows for f in row.fields}


def test_a_change_is_told_field_by_field_in_words(book: Book) -> None:
    account = acme(book)
    book.accounts.update(
        account, name="Apex", arr=fact(Money(15_050, "EUR")), customer_since=UNKNOWN,
        criticality=NOT_APPLICABLE, next_step="Call", next_step_due=date(2026, 4, 1), pinned=True,
    )  # fmt: skip
    found = told(book)
    assert [(r.what, r.table, r.title) for r in found.rows] == [("changed", "account", "Apex")]
    assert fields_of(found) == {
        "Name": ("Acme", "Apex"),
        "ARR": ("$120,000", "€150.50"),
        "Criticality": ("unknown", "does not apply"),
        "Next step": ("none", "Call"),
        "Next step due": ("none", "1 Apr 2026"),
        "Pinned": ("no", "yes"),
    }


def test_rows_are_named_by_account_and_person_even_when_they_are_gone(book: Book) -> None:
    account = acme(book)
    person = book.people.add(Person("", account, "Dana Kovač"))
    book.seats.add(Seat("", account, Role.CHAMPION, person.id, influence=fact(4)))
    added = told(book).rows[0]
    assert (added.what, added.account, added.title) == ("added", "Acme", "Champion: Dana Kovač")
    number = newest(book)
    with book.change("Delete Acme"):
        book.connection.execute("delete from account where id = ?", (account,))
    again = told(book, number).rows[0]
    assert (again.account, again.title) == ("Acme", "Champion: Dana Kovač")
    removed = {(r.what, r.title) for r in told(book).rows}
    assert removed >= {("removed", "Acme"), ("removed", "Dana Kovač")}


def test_an_import_is_counted_by_table_and_paged_into(book: Book) -> None:
    with importing(book, "s1"):
        book.accounts.insert(
            [Account(AccountId("n1"), "One"), Account(AccountId("n2"), "Two")], "s1"
        )
        book.people.insert([Person("p1", AccountId("n1"), "Dana")], "s1")
    number = newest(book)
    found = details(book.connection, number, limit=2)
    assert [c.words for c in found.counts] == ["2 accounts added", "1 person added"]
    assert (found.total, [r.title for r in found.rows]) == (3, ["One", "Two"])
    rest = details(book.connection, number, limit=2, offset=2)
    assert [(r.account, r.title) for r in rest.rows] == [("One", "Dana")]
    part = details(book.connection, number, account_id="n2")
    assert ([r.title for r in part.rows], part.total) == (["Two"], 1)
    book.accounts.update("n1", name="Uno")
    assert details(book.connection, number, limit=1).rows[0].title == "One"


def test_the_history_of_an_account_holds_the_import_that_brought_it(book: Book) -> None:
    other = acme(book)
    with importing(book, "s1"):
        book.accounts.insert([Account(AccountId("n1"), "One")], "s1")
    book.touches.add(Touch("", AccountId("n1"), DAY, Channel.CALL))
    db = book.connection
    labels = [e.change.label for e in entries(db, Wanted(account_id="n1"))]
    assert labels == ["Log a touch", "Import s1"]
    assert [c.label for c in book.history(9, other)] == ["Add Acme"]


def test_changes_are_found_by_kind_words_and_day(book: Book) -> None:
    account = acme(book, "Łódź Rail")
    with importing(book, "s1"):
        book.accounts.insert([Account(AccountId("n1"), "One")], "s1")
    book.accounts.update(account, city="Oslo")
    book.undo()
    db = book.connection

    def labels(**wanted: object) -> list[str]:
        return [e.change.label for e in entries(db, Wanted(**wanted))]  # type: ignore[arg-type]

    assert labels(kind="imports") == ["Import s1"]
    assert labels(kind="undone") == ["Change Łódź Rail"]
    assert labels(text="lodz add") == ["Add Łódź Rail"]
    now = datetime.now(UTC)
    assert labels(since=now + timedelta(days=1)) == []
    assert count(db, Wanted(until=now + timedelta(days=1))) == 3


def test_the_preview_counts_what_would_go_back_and_writes_nothing(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, name="Apex", city="Norfolk", arr=fact(Money(1, "USD")))
    number = newest(book)
    book.accounts.update(account, city="Boston")
    before = digest(book)
    with Book.open(book.path, read_only=True, today=book.today) as reader:
        ahead = preview(reader.connection, number)
    assert (ahead.fields_back, ahead.edits_kept) == (2, 1)
    assert ahead.words == (
        "2 fields go back. 1 later edit is kept. "
        f"It was made by “Change Apex” (change {newest(book)})."
    )
    assert digest(book) == before
    assert book.undo_change(number).kept == 1


def test_a_value_goes_back_whole_or_not_at_all(book: Book) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    book.accounts.update(account, arr=fact(Money(100, "USD")))
    number = newest(book)
    book.accounts.update(account, arr=fact(Money(200, "USD")))
    assert book.undo_change(number).kept == 1
    assert book.accounts.get(account).arr == fact(Money(200, "USD"))


def test_what_was_edited_since_an_import_stays_with_all_it_needs(book: Book) -> None:
    with importing(book, "s1"):
        book.accounts.insert(
            [Account(AccountId("n1"), "One"), Account(AccountId("n2"), "Two")], "s1"
        )
        book.people.insert([Person("p1", AccountId("n1"), "Dana")], "s1")
        touch = Touch("t1", AccountId("n1"), DAY, Channel.CALL, person_ids=("p1",))
        book.touches.insert([touch], "s1")
    number = newest(book)
    book.touches.update("t1", note="They said yes")
    ahead = preview(book.connection, number)
    assert (ahead.rows_gone, ahead.edits_kept, ahead.rows_needed) == (1, 1, 2)
    assert set(ahead.staying) == {"call of 1 Mar 2026", "One", "Dana"}
    assert book.undo_change(number).kept == 3
    assert [a.name for a in book.accounts.all()] == ["One"]
    assert book.touches.of("n1")[0].person_ids == ("p1",)


def test_an_edit_that_was_undone_again_does_not_keep_an_imported_row(book: Book) -> None:
    with importing(book, "s1"):
        book.accounts.insert([Account(AccountId("n1"), "One")], "s1")
    number = newest(book)
    book.accounts.update("n1", name="Uno")
    later = newest(book)
    acme(book)
    book.undo_change(later)
    assert book.undo_change(number).kept == 0
    assert [a.name for a in book.accounts.all()] == ["Acme"]


def test_a_deleted_row_comes_back_only_where_it_belongs(book: Book) -> None:
    account = acme(book)
    person = book.people.add(Person("", account, "Dana"))
    book.seats.add(Seat("s", account, Role.CHAMPION, person.id))
    book.seats.remove("s")
    number = newest(book)
    book.people.remove(person.id)
    book.undo_change(number)
    assert book.seats.get("s").person_id is None
    book.seats.remove("s")
    number = newest(book)
    with book.change("Delete Acme"):
        book.connection.execute("delete from account where id = ?", (account,))
    assert preview(book.connection, number).words == (
        "Nothing is left to take back. 1 later edit is kept."
    )
    assert book.undo_change(number).kept == 1


def test_undoing_back_to_a_change_is_exact_and_can_be_redone(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, city="Oslo")
    number, then = newest(book), digest(book)
    book.pulses.add(Pulse("", account, DAY, Sentiment.UNEASY))
    middle = newest(book)
    book.accounts.update(account, city="Bergen")
    book.undo_change(middle)
    now = digest(book)
    assert len(book.undo_back_to(number)) == 3
    assert digest(book) == then
    for _ in range(3):
        book.redo()
    assert digest(book) == now
    with pytest.raises(UserError, match="Nothing was changed after"):
        book.undo_back_to(newest(book))
    with pytest.raises(UserError, match="no change 999"):
        book.undo_back_to(999)


def age(book: Book, days: int) -> None:
    at = datetime.now(UTC) - timedelta(days=days)
    book.connection.execute("update change set at = ?", (at.isoformat(timespec="seconds"),))


def test_old_images_go_but_words_and_lines_stay(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, city="Oslo")
    number = newest(book)
    with importing(book, "s1"):
        book.accounts.insert([Account(AccountId("n1"), "One")], "s1")
    age(book, 91)
    book.accounts.update("n1", name="Uno")
    assert thin_images(book.connection, date.today()) == 2  # noqa: DTZ011
    found = told(book, number)
    assert [(r.title, r.known) for r in found.rows] == [("Acme", False)]
    with pytest.raises(UserError, match="90 days"):
        book.undo_change(number)
    with pytest.raises(UserError, match="90 days"):
        book.undo_back_to(0)
    # The import is among the last 20, so it can be taken back, keeping what was edited since.
    assert book.undo_change(number + 1).kept == 1
    assert [c.label for c in book.history(9, account)] == ["Change Acme", "Add Acme"]


def test_a_book_not_touched_for_long_says_why_undo_is_over(book: Book) -> None:
    acme(book)
    age(book, 200)
    thin_images(book.connection, date.today())  # noqa: DTZ011
    assert book.can_undo is None
    with pytest.raises(UserError, match="cannot be undone"):
        book.undo()


def test_a_change_for_good_says_so(book: Book) -> None:
    acme(book)
    with book.final_change("Erase a person"):
        pass
    newest_change = book.history(1)[0]
    assert newest_change.is_for_good
    assert "cannot be undone" in preview(book.connection, newest_change.id).words


def test_the_stamp_moves_with_every_change_undo_and_redo(book: Book) -> None:
    seen = [stamp(book.connection)]
    account = acme(book)
    seen.append(stamp(book.connection))
    book.accounts.update(account, city="Oslo")
    seen.append(stamp(book.connection))
    book.set_settings(replace(book.settings))
    assert stamp(book.connection) == seen[-1]
    book.undo()
    seen.append(stamp(book.connection))
    book.redo()
    assert stamp(book.connection) == seen[2]
    assert len(set(seen)) == 4


def test_deleting_an_account_with_readings_can_be_looked_at_ahead(book: Book) -> None:
    account = acme(book)
    book.refresh()
    book.accounts.delete(account)
    with book.beside() as reader:
        assert "back" in preview(reader.connection, newest(book)).words


def test_redo_brings_back_an_older_import_that_was_taken_back(book: Book) -> None:
    account = acme(book)
    with importing(book, "s"):
        book.accounts.insert([Account(AccountId("e"), "Elm")], "s")
    number = newest(book)
    book.accounts.update(account, city="Oslo")
    then = digest(book)
    undone = book.undo_change(number)
    assert undone.stays == "Your 1 later change stays."
    assert book.can_redo is not None
    assert book.can_redo.id == number
    assert book.redo().label == book.history(account_id="e")[0].label
    assert digest(book) == then
    assert book.can_redo is None
    assert book.undo().label == "Change Acme"


def test_redo_first_brings_again_what_was_undone_and_ends_with_a_change(book: Book) -> None:
    account = acme(book)
    book.accounts.update(account, city="Oslo")
    number = newest(book)
    book.accounts.update(account, sector="Rail")
    book.undo_change(number)
    book.undo()
    assert book.accounts.get(account).city == "Oslo"
    book.redo()
    assert book.accounts.get(account).city == ""
    book.accounts.update(account, sector="Retail")
    assert book.can_redo is None
    with pytest.raises(UserError, match="nothing to redo"):
        book.redo()
