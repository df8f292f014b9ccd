"""What people type: days, minutes, amounts and numbers, and what is said when it cannot be read."""

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.money import Money
from csplanner.domain.wording import money_text
from csplanner.errors import UserError
from csplanner.language import speaking
from csplanner.ui.actions.typed import (
    day_shown,
    minutes_shown,
    money_typed,
    read_day,
    read_minutes,
    read_money,
    read_thousandths,
    thousandths_shown,
)

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("", None),
        ("28/02/2026", date(2026, 2, 28)),
        ("28.2.26", date(2026, 2, 28)),
        ("2026-02-28", date(2026, 2, 28)),
        ("28 Feb", date(2026, 2, 28)),
        ("28 february 2027", date(2027, 2, 28)),
        ("30 Jun ’27", date(2027, 6, 30)),
        ("20 Dec", date(2025, 12, 20)),
        ("today", TODAY),
        ("Yesterday", date(2026, 3, 11)),
        ("+90", date(2026, 6, 10)),
        ("-3", date(2026, 3, 9)),
        ("29/02/2024", date(2024, 2, 29)),
        ("29 Feb 2024", date(2024, 2, 29)),
    ],
)
def test_days_are_read_as_people_write_them(text, day):
    assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("31/02/2026", "February has no 31st day. Type 28/02/2026 or pick a date."),
        ("31 Apr", "April has no 31st day. Type 30/04/2026 or pick a date."),
        ("12/13/2026", "There is no month 13. Type the day first, as in 28/02/2026."),
        ("soon", "“soon” is not a day. Type one like 12/03/2026, 12 March."),
        ("0/1/2026", "January has no 0th day"),
        ("1/1/9999", "The year 9999 is out of reach"),
        ("<b>1</b>", "is not a day"),
    ],
)
def test_a_day_that_does_not_exist_is_said_with_what_to_type(text, words):
    with pytest.raises(UserError) as caught:
        read_day(text, TODAY)
    assert words in str(caught.value)


@given(st.dates(date(1970, 1, 1), date(2199, 12, 31)))
def test_a_day_shown_reads_back_as_itself(day):
    assert read_day(day_shown(day), TODAY) == day


@given(st.text(max_size=20))
def test_whatever_is_typed_gives_a_value_or_a_sentence(text):
    for read in (
        lambda t: read_day(t, TODAY),
        read_minutes,
        lambda t: read_money(t, "USD"),
        read_thousandths,
    ):
        with suppress(UserError):
            read(text)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("", None), ("30", 30), ("45 min", 45), ("1h", 60), ("1h30", 90), ("1:15", 75), ("1,5h", 90)],
)
def test_minutes_are_read_in_every_usual_form(text, minutes):
    assert read_minutes(text) == minutes
    assert read_minutes(minutes_shown(minutes)) == minutes


def test_more_than_a_day_of_minutes_is_refused():
    with pytest.raises(UserError, match="more than a day"):
        read_minutes("99999")


@pytest.mark.parametrize(
    ("text", "minor", "currency"),
    [
        ("412k", 41_200_000, "USD"),
        ("$4.82M", 482_000_000, "USD"),
        ("412,000", 41_200_000, "USD"),
        ("412.000,50", 41_200_050, "USD"),
        ("1.412.000", 141_200_000, "USD"),
        ("€ 120 000", 12_000_000, "EUR"),
        ("1,5k EUR", 150_000, "EUR"),
        ("¥ 1000", 1000, "JPY"),
        ("0", 0, "USD"),
    ],
)
def test_amounts_are_read_with_their_currency(text, minor, currency):
    amount = Money(minor, currency)
    assert read_money(text, "USD") == amount
    assert read_money(money_typed(amount, "USD"), "USD") == amount


def test_an_amount_that_could_be_two_numbers_is_asked_about():
    with pytest.raises(UserError, match="Type 412000 if you mean the larger"):
        read_money("412.000", "USD")


@pytest.mark.parametrize(
    ("text", "value"),
    [("", None), ("81", 81_000), ("81 %", 81_000), ("−2.5", -2_500), ("1,180", 1_180_000)],
)
def test_numbers_become_thousandths(text, value):
    assert read_thousandths(text) == value
    assert read_thousandths(thousandths_shown(value)) == value


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("28. Februar", date(2026, 2, 28)),
        ("3. März 2027", date(2027, 3, 3)),
        ("3. Mrz", date(2026, 3, 3)),
        ("31. Dez. ’26", date(2026, 12, 31)),
        ("30.6.", date(2026, 6, 30)),
        ("morgen", date(2026, 3, 13)),
        ("30 Jun", date(2026, 6, 30)),
    ],
)
def test_days_are_read_in_german_whatever_the_window_speaks(text, day):
    assert read_day(text, TODAY) == day
    with speaking("de"):
        assert read_day(text, TODAY) == day
        assert read_day(day_shown(day), TODAY) == day


@pytest.mark.parametrize(
    ("text", "minor"),
    [
        ("412.000", 41_200_000),
        ("1.412.000", 141_200_000),
        ("412 Tsd. €", 41_200_000),
        ("4,82 Mio. €", 482_000_000),
        ("1,5k", 150_000),
        ("412.000,50", 41_200_050),
        ("412k", 41_200_000),
    ],
)
def test_amounts_typed_in_german_are_read_with_its_marks(text, minor):
    amount = Money(minor, "EUR")
    with speaking("de"):
        assert read_money(text, "EUR") == amount
        assert read_money(money_typed(amount, "EUR"), "EUR") == amount
        assert read_money(money_text(amount), "EUR") is not None


def test_numbers_typed_in_german_have_a_comma_and_are_shown_with_it():
    with speaking("de"):
        assert read_thousandths("1.180") == 1_180_000
        assert read_thousandths("2,5") == 2_500
        assert thousandths_shown(2_500) == "2,5"
        assert read_minutes("1,5 Std.") == 90
        with pytest.raises(UserError, match="412000"):
            read_money("412,000", "EUR")
