"""Totals, order and the top fifth of a book with several currencies, with rates and without."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.filters import View
from csplanner.domain.money import Money
from csplanner.domain.rate import Rate
from csplanner.domain.value import fact

TODAY = date(2026, 3, 12)
EUR_USD = Rate("EUR", "USD", date(2026, 3, 1), 1_080_000)
BY_ARR = View(sort="arr", descending=True)


@pytest.fixture
def mixed(tmp_path):
    """Five accounts in dollars, the largest of 1,000, and one of 950 euros."""
    with Book.create(tmp_path / "mixed.csbook", today=TODAY) as book:
        for number in range(1, 6):
            arr = fact(Money(number * 20_000, "USD"))
            book.accounts.add(Account(AccountId(f"d{number}"), f"Dollar {number}", arr=arr))
        book.accounts.add(
            Account(AccountId("e"), "Euro", arr=fact(Money(95_000, "EUR")))
        )  # fmt: skip
        yield book


def order(book):
    return book.overview.account_ids(book.overview.ids(BY_ARR))


def test_totals_keep_a_currency_without_a_rate_apart(mixed):
    totals = mixed.overview.totals()
    assert totals.worth.whole == (Money(300_000, "USD"),)
    assert totals.worth.apart == (Money(95_000, "EUR"),)


def test_a_rate_brings_it_into_the_total_and_undo_takes_it_out(mixed):
    mixed.rates.set(EUR_USD)
    worth = mixed.overview.totals().worth
    assert worth.whole == (Money(402_600, "USD"),)
    assert worth.converted[0].source == Money(95_000, "EUR")
    assert mixed.overview.totals().arr == (Money(300_000, "USD"), Money(95_000, "EUR"))
    mixed.undo()
    assert mixed.overview.totals().worth.apart


def test_the_list_is_sorted_by_what_amounts_are_worth_once_there_is_a_rate(mixed):
    assert order(mixed)[:2] == ["d5", "e"]
    mixed.rates.set(EUR_USD)
    assert order(mixed)[:2] == ["e", "d5"]


def test_the_top_fifth_is_of_all_currencies_with_a_rate(mixed):
    assert mixed.derived.context().arr_top_cut == {"USD": 100_000, "EUR": 95_000}
    mixed.rates.set(Rate("EUR", "USD", date(2026, 3, 1), 500_000))
    cuts = mixed.derived.context().arr_top_cut
    assert cuts == {"USD": 80_000, "EUR": 160_000}


def test_a_rate_has_every_account_judged_again(mixed):
    mixed.refresh()
    assert not mixed.derived.is_behind
    mixed.rates.set(EUR_USD)
    assert mixed.derived.is_behind
