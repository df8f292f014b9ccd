"""Numbers, money and dates are written one way."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.money import Money
from csplanner.domain.wording import money_text, one_line
from csplanner.ui.widgets import format as fmt

TODAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (41_200_000, "USD", "$412k"),
        (482_000_000, "USD", "$4.82M"),
        (480_000_000, "USD", "$4.8M"),
        (99_900, "USD", "$999"),
        (99_960, "USD", "$1k"),
        (99_960_000, "USD", "$1M"),
        (0, "USD", "$0"),
        (-41_200_000, "EUR", "−€412k"),
        (12_345, "JPY", "¥12k"),
        (5_000_000, "SEK", "SEK 50k"),
        (123_456_789_000, "USD", "$1.23B"),
        (35_850_000, "USD", "$359k"),
        (2_250_000, "USD", "$23k"),
        (12_345_000, "KWD", "KWD 12k"),
        (9_994_999_999, "USD", "$99.95M"),
        (10_049_999_900, "USD", "$100M"),
        (None, "USD", "unknown"),
    ],
)
def test_money_is_short(minor: int | None, currency: str, text: str) -> None:
    assert fmt.money(minor, currency) == text


@given(minor=st.integers(-(10**14), 10**14), currency=st.sampled_from(["USD", "JPY", "CHF"]))
def test_a_sentence_rounds_money_as_a_table_does(minor: int, currency: str) -> None:
    assert money_text(Money(minor, currency)) == fmt.money(minor, currency)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Ada\nLovelace", "Ada Lovelace"),
        ("Evil \u202etxt.exe\u202c", "Evil txt.exe"),
        ("\u2066x\u2069\x00y", "xy"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("no\uffff \ufdd0char\U0001fffeacter", "no character"),
        ("  two  spaces ", "two spaces"),
    ],
)
def test_a_name_stands_on_one_line_and_turns_nothing_around(name: str, shown: str) -> None:
    assert one_line(name) == shown


def test_the_whole_amount_is_there_for_copying() -> None:
    assert fmt.money_full(41_234_567, "USD") == "$412,345.67"
    assert fmt.money_full(-1_234, "JPY") == "−¥1,234"
    assert fmt.money_full(None, "USD") == "unknown"


def test_dates_name_the_year_only_when_it_is_another() -> None:
    assert fmt.day(date(2026, 6, 30), TODAY) == "30 Jun"
    assert fmt.day(date(2027, 1, 18), TODAY) == "18 Jan ’27"
    assert fmt.day(None, TODAY) == "unknown"
    assert fmt.long_day(TODAY) == "Thursday 12 March"
    assert fmt.month(date(2026, 1, 1)) == "Jan 2026"


@pytest.mark.parametrize(
    ("day", "text", "token"),
    [
        (date(2026, 3, 31), "19d", "risk-ink"),
        (date(2026, 4, 30), "49d", "watch-ink"),
        (date(2026, 6, 30), "110d", "text3"),
        (date(2026, 3, 9), "−3d", "risk-ink"),
    ],
)
def test_days_left_warn_as_they_run_out(day: date, text: str, token: str) -> None:
    assert fmt.days_left(day, TODAY) == text
    assert fmt.days_left_colour(day, TODAY) == token


def test_numbers_have_a_true_minus_and_signs_when_asked() -> None:
    assert fmt.number(1240) == "1,240"
    assert fmt.number(-3.54, 1) == "−3.5"
    assert fmt.number(-0.01, 1) == "0.0"
    assert fmt.number(None) == "unknown"
    assert (fmt.signed(26), fmt.signed(-17), fmt.signed(0), fmt.signed(None)) == (
        "+26",
        "−17",
        "0",
        "",
    )
    assert fmt.share(4, 15) == "4 of 15"
    assert fmt.plural(1, "account") == "1 account"
    assert fmt.plural(41, "account") == "41 accounts"
    assert fmt.plural(2, "person", "people") == "2 people"
