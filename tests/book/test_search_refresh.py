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
