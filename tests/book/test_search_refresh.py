"""The search index keeps step with changes, imports and undo, each record once."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.touch import Channel, Touch


@pytest.fixture
def book(tmp_path, today):
    with Book.create(tmp_path / "my.csbook", today=today) as made:
        yield made


def test_a_touch_is_found_once_after_touches_elsewhere(book):
    first = book.accounts.add(Account(AccountId(""), "Acme"))
    second = book.accounts.add(Account(AccountId(""), "Apex"))
    on = date(2026, 3, 2)
    book.touches.add(Touch("", first.id, on, Channel.CALL, topic="Rollout"))
    book.touches.add(Touch("", second.id, on, Channel.CALL, topic="Pricing"))
    assert len(book.search("rollout")) == 1


def test_an_import_is_searchable_and_gone_after_undo(book):
    with book.change("Import", kind="import", batch="s1"):
        book.accounts.insert([Account(AccountId("a1"), "Zażółć Works")], "s1")
    assert [f.title for f in book.search("zazolc")] == ["Zażółć Works"]
    book.undo()
    assert book.search("zazolc") == []
    book.redo()
    assert len(book.search("zazolc")) == 1


def test_a_renamed_account_is_found_by_its_new_name_alone(book):
    account = book.accounts.add(Account(AccountId(""), "Acme"))
    book.accounts.update(account.id, name="Apex")
    assert book.search("acme") == []
    assert [f.title for f in book.search("apex")] == ["Apex"]


def bring(book, names):
    with book.change("Import", kind="import", batch="s1"):
        book.accounts.insert([Account(AccountId(f"a{n}"), n) for n in names], "s1")


@pytest.fixture
def many():
    return [f"Company {n}" for n in range(2500)]


def test_a_large_import_is_searchable_once_the_book_is_refreshed(book, many):
    bring(book, [*many, "Zażółć Works"])
    book.refresh()
    assert [f.title for f in book.search("zazolc")] == ["Zażółć Works"]


def test_a_large_import_is_searchable_after_the_program_died_behind_it(book, many, today):
    bring(book, [*many, "Zażółć Works"])
    book.close()
    with Book.open(book.path, today=today) as again:
        again.refresh()
        assert len(again.search("zazolc")) == 1
        assert len(again.search("company", limit=5000)) == 2500


def test_a_large_import_that_is_undone_is_not_found_even_before_a_refresh(book, many):
    bring(book, [*many, "Zażółć Works"])
    book.refresh()
    book.undo()
    assert book.search("zazolc") == []
    book.redo()
    book.refresh()
    assert len(book.search("zazolc")) == 1


def test_an_edit_between_a_large_import_and_the_refresh_is_indexed_once(book, many):
    bring(book, [*many, "Zażółć Works"])
    book.accounts.update("aZażółć Works", name="Renamed Works")
    book.refresh()
    assert book.search("zazolc") == []
    assert len(book.search("renamed")) == 1
    assert book.connection.execute("select count(*) from search").fetchone()[0] == 2501
