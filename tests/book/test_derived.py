"""What a large change leaves to be judged: the accounts it reached, and whom it moved."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.money import Money
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact

COUNT = 620
REACHED = 510


@pytest.fixture
def many(book: Book) -> Book:
    """Accounts of 1 to 620 dollars, none of which waits to be judged."""
    with book.change("Fill", kind="import", batch="s"):
        book.accounts.insert(
            [
                Account(AccountId(f"a{n:03}"), f"Account {n}", arr=fact(Money(n * 100, "USD")))
                for n in range(1, COUNT + 1)
            ],
            "s",
        )
    book.derived.context()
    book.connection.execute("delete from derived_dirty")
    return book


def waiting(book: Book) -> set[str]:
    """The accounts that the next refresh judges."""
    return {i for (i,) in book.connection.execute("select account_id from derived_dirty")}


def ids(first: int, last: int) -> set[str]:
    return {f"a{n:03}" for n in range(first, last + 1)}


def test_a_large_change_has_only_the_accounts_it_reached_judged_again(many: Book, today: date):
    reached = sorted(ids(1, REACHED))
    with many.change("Plan the next step"):
        for account in reached:
            many.accounts.update(account, next_step="Call")
    assert waiting(many) == set(reached)
    many.connection.execute("delete from derived_dirty")
    many.undo()
    assert waiting(many) == set(reached)


def test_who_enters_the_top_fifth_by_it_is_judged_again_too(many: Book):
    # The top fifth begins at 497 dollars; once nobody there has more than 10, it begins lower.
    reached = sorted(ids(COUNT - REACHED + 1, COUNT))
    with many.change("Correct the ARR"):
        for account in reached:
            many.accounts.update(account, arr=fact(Money(1_000, "USD")))
    lowest = many.derived.context().arr_top_cut["USD"] // 100
    assert lowest <= COUNT - REACHED
    assert waiting(many) == set(reached) | ids(lowest, COUNT - REACHED)


def test_a_large_change_that_brings_the_first_record_of_a_kind_has_all_judged(many: Book):
    with many.change("Log many calls"):
        for account in sorted(ids(1, REACHED)):
            many.touches.add(Touch("", AccountId(account), date(2026, 3, 1), Channel.CALL, "Plans"))
    assert waiting(many) == ids(1, COUNT)


def test_whether_an_account_is_put_away_follows_each_change(many: Book):
    assert not many.derived.has_archived()
    many.accounts.archive("a001")
    assert many.derived.has_archived()
    many.undo()
    assert not many.derived.has_archived()


def test_a_book_has_a_past_from_its_first_fact_on(book: Book, today: date):
    acme = book.accounts.add(Account(AccountId(""), "Acme"))
    assert not book.derived.has_past()
    book.touches.add(Touch("", acme.id, today, Channel.CALL))
    assert book.derived.has_past()
    book.undo()
    assert not book.derived.has_past()
