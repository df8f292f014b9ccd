"""Amounts of several currencies: one sum by the rates there are, the rest apart."""

from datetime import date
from fractions import Fraction

from csplanner.domain.money import Money
from csplanner.domain.rate import Rate, Rates
from csplanner.domain.worth import Worth, factors, worth

DAY = date(2026, 3, 12)
EUR_USD = Rate("EUR", "USD", date(2026, 3, 1), 1_080_000)


def test_what_has_a_rate_is_converted_and_what_has_none_stands_apart():
    amounts = [Money(1000, "USD"), Money(200, "EUR"), Money(300, "GBP")]
    found = worth(amounts, Rates([EUR_USD], "USD"), "USD", DAY)
    assert found.whole == (Money(1216, "USD"),)
    assert found.apart == (Money(300, "GBP"),)
    (one,) = found.converted
    assert (one.source, one.became) == (Money(200, "EUR"), Money(216, "USD"))
    assert (one.rate, one.on) == (Fraction(27, 25), date(2026, 3, 1))


def test_without_a_rate_nothing_is_added_to_another_currency():
    found = worth([Money(1000, "USD"), Money(200, "EUR")], Rates([], "USD"), "USD", DAY)
    assert (found.whole, found.apart) == ((Money(1000, "USD"),), (Money(200, "EUR"),))
    foreign = worth([Money(200, "EUR"), Money(5, "GBP")], Rates([], "USD"), "USD", DAY)
    assert foreign == Worth((Money(200, "EUR"), Money(5, "GBP")))


def test_a_rate_of_a_later_day_does_not_count_yet():
    later = Rate("EUR", "USD", date(2026, 4, 1), 1_200_000)
    assert worth([Money(200, "EUR"), Money(1, "USD")], Rates([later], "USD"), "USD", DAY).apart
    assert factors([later], "USD", DAY) == {"USD": 1.0}


def test_factors_heed_the_minor_units_of_each_currency():
    yen = Rate("USD", "JPY", date(2026, 3, 1), 150_000_000)
    assert factors([], "USD", DAY) == {}
    found = factors([EUR_USD, yen], "USD", DAY)
    assert round(found["JPY"], 4) == round(100 / 150, 4)
    assert found["EUR"] == 1.08
