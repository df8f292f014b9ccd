"""Amounts meet only by a dated rate, exactly, and are rounded once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.money import Money, minor_digits
from csplanner.domain.rate import Rate, Rates

DAY = date(2026, 3, 1)
CODES = ("EUR", "USD", "JPY", "KWD", "GBP")
codes = st.sampled_from(CODES)
amounts = st.builds(Money, st.integers(-(10**12), 10**12), codes)
rates = st.builds(
    lambda pair, days, millionths: Rate(pair[0], pair[1], DAY + timedelta(days), millionths),
    st.permutations(CODES).map(lambda order: order[:2]),
    st.integers(-30, 30),
    st.integers(1, 10**11),
)


def table(*made: Rate, book: str = "EUR") -> Rates:
    return Rates(made, book)


def test_the_newest_rate_up_to_the_day_counts() -> None:
    found = table(
        Rate("USD", "EUR", DAY, 900_000), Rate("USD", "EUR", DAY + timedelta(9), 950_000),
        Rate("USD", "EUR", DAY - timedelta(9), 800_000),
    )  # fmt: skip
    hundred = Money(100_00, "USD")
    assert found.convert(hundred, "EUR", DAY + timedelta(8)) == Money(90_00, "EUR")
    assert found.convert(hundred, "EUR", DAY + timedelta(9)) == Money(95_00, "EUR")
    assert found.convert(hundred, "EUR", DAY - timedelta(1)) == Money(80_00, "EUR")
    assert found.convert(hundred, "EUR", DAY - timedelta(10)) is None


def test_the_opposite_rate_serves_only_where_there_is_no_other() -> None:
    opposite = Rate("EUR", "USD", DAY + timedelta(5), 1_250_000)
    hundred = Money(100_00, "USD")
    assert table(opposite).convert(hundred, "EUR", DAY + timedelta(5)) == Money(80_00, "EUR")
    both = table(opposite, Rate("USD", "EUR", DAY, 900_000))
    assert both.convert(hundred, "EUR", DAY + timedelta(5)) == Money(90_00, "EUR")


def test_two_rates_meet_in_the_currency_of_the_book() -> None:
    made = (Rate("USD", "EUR", DAY, 900_000), Rate("EUR", "GBP", DAY, 850_000))
    assert table(*made).convert(Money(100_00, "USD"), "GBP", DAY) == Money(76_50, "GBP")
    assert table(*made, book="JPY").convert(Money(100_00, "USD"), "GBP", DAY) is None


def test_currencies_keep_their_minor_units_and_halves_go_to_the_even() -> None:
    found = table(Rate("EUR", "JPY", DAY, 160_000_000), Rate("EUR", "KWD", DAY, 333_300))
    assert found.convert(Money(1_00, "EUR"), "JPY", DAY) == Money(160, "JPY")
    assert found.convert(Money(1_00, "EUR"), "KWD", DAY) == Money(333, "KWD")
    halves = table(Rate("EUR", "USD", DAY, 500_000))
    assert [halves.convert(Money(m, "EUR"), "USD", DAY) for m in (1, 3, 5, -1, -3)] == [
        Money(m, "USD") for m in (0, 2, 2, 0, -2)
    ]


def test_what_has_no_rate_is_shown_apart() -> None:
    found = table(Rate("USD", "EUR", DAY, 900_000))
    mixed = [Money(100, "USD"), Money(7, "GBP"), Money(50, "EUR"), Money(5, "JPY"), Money(1, "GBP")]
    assert found.total(mixed, "EUR", DAY) == (
        Money(140, "EUR"), (Money(8, "GBP"), Money(5, "JPY")),
    )  # fmt: skip
    assert found.total([], "EUR", DAY) == (Money(0, "EUR"), ())


@pytest.mark.parametrize("wrong", [("EUR", "EUR", 5), ("EUR", "USD", 0), ("EUR", "USD", -1)])
def test_a_rate_that_is_none_is_refused(wrong: tuple[str, str, int]) -> None:
    with pytest.raises(ValueError, match="above zero and between two"):
        Rate(wrong[0], wrong[1], DAY, wrong[2])


@given(amounts, st.lists(rates, max_size=8))
def test_an_amount_in_its_own_currency_stays(money: Money, made: list[Rate]) -> None:
    assert Rates(made, "EUR").convert(money, money.currency, DAY) == money


@given(st.integers(-(10**12), 10**12), st.integers(1, 10**11))
def test_there_and_back_loses_at_most_the_rounding(minor: int, millionths: int) -> None:
    found = table(Rate("USD", "EUR", DAY, millionths))
    there = found.convert(Money(minor, "USD"), "EUR", DAY)
    assert there is not None
    back = found.convert(there, "USD", DAY)
    assert back is not None
    # Half a cent there, seen from the other side, and half a cent back.
    assert abs(back.minor - minor) * 2 * millionths <= 1_000_000 + millionths


@given(st.lists(amounts, max_size=8), st.lists(rates, max_size=6), codes)
def test_a_total_never_adds_across_currencies_without_a_rate(
    many: list[Money], made: list[Rate], to: str
) -> None:
    found = Rates(made, "EUR")
    summed, apart = found.total(many, to, DAY)
    assert summed.currency == to
    without = {m.currency for m in many if found.convert(Money(1, m.currency), to, DAY) is None}
    assert {m.currency for m in apart} == without
    for left in apart:
        assert left.minor == sum(m.minor for m in many if m.currency == left.currency)
    exact = [m for m in many if m.currency not in without]
    parts = [found.convert(m, to, DAY) for m in exact]
    drift = abs(summed.minor - sum(p.minor for p in parts if p is not None))
    assert drift <= len(exact)


@given(st.integers(1, 10**9), codes, codes)
def test_without_rates_nothing_becomes_something_else(minor: int, source: str, to: str) -> None:
    found = table().convert(Money(minor, source), to, DAY)
    assert found == (Money(minor, to) if source == to else None)
    assert minor_digits(source) in (0, 2, 3)
