"""The exchange rates in the settings: what is without one, typed in a row, each step undoable."""

from datetime import date

import pytest

from csplanner.domain.money import Money
from csplanner.domain.rate import Rate, read_rate
from csplanner.domain.value import fact
from csplanner.errors import UserError
from csplanner.ui.settings.rate_rows import missing_words, read_code
from tests.ui.settings.conftest import settle


@pytest.fixture
def pane(qtbot, frame, page):
    """The rates of a book with 310k euros and the rest in dollars."""
    euros = fact(Money(31_000_000, "EUR"))
    frame.session.write(lambda book: book.accounts.update("a3", arr=euros))
    settle(qtbot, frame)
    return page.currencies


def give(qtbot, frame, pane, text):
    """Type a rate of the euro and add it."""
    pane.begin(pane.view.missing[0])
    pane.rate.setText(text)
    pane.add_button.click()
    settle(qtbot, frame)


def test_what_has_no_rate_is_named_with_what_it_keeps_out(pane):
    (found,) = pane.view.missing
    assert missing_words(found, "USD") == (
        "€310k ARR stands apart: there is no rate of EUR to USD."
    )


def test_a_rate_brings_the_currency_into_the_totals_until_undo(qtbot, frame, pane):
    assert frame.state().totals_text == "3 accounts · $618k ARR · €310k without a rate"
    give(qtbot, frame, pane, "1,08")
    assert frame.toast.text == "1 EUR is 1.08 USD"
    assert frame.state().totals_text == "3 accounts · $953k ARR"
    assert not pane.view.missing
    frame.verbs.undo()
    settle(qtbot, frame)
    assert pane.view.missing


def test_a_rate_is_changed_in_place_and_removed(qtbot, frame, pane):
    give(qtbot, frame, pane, "1.08")
    pane.change_buttons[0].click()
    pane.rate.setText("1.1")
    pane.on.setText("1 Mar 2026")
    pane.add_button.click()
    settle(qtbot, frame)
    (rate,) = frame.session.read.rates.all()
    assert (rate.millionths, rate.on) == (1_100_000, date(2026, 3, 1))
    pane.remove_buttons[0].click()
    settle(qtbot, frame)
    assert not frame.session.read.rates.all()


@pytest.mark.parametrize("text", ["", "0", "-1", "abc", "1.2.3", "9999999"])
def test_what_is_no_rate_is_refused_and_stays(qtbot, frame, pane, text):
    give(qtbot, frame, pane, text)
    assert pane.error.text().startswith("Type what one unit is worth")
    assert pane.rate.text() == text
    assert not frame.session.read.rates.all()


def test_a_rate_is_between_two_currencies(qtbot, frame, pane):
    pane.begin(Money(1, "USD"))
    pane.rate.setText("1")
    pane.add()
    assert "between two currencies" in pane.error.text()


def test_rates_read_back_what_they_show():
    for millionths in (1, 6_711, 1_080_000, 150_250_000, 1_000_000_000_000):
        shown = Rate("EUR", "USD", date(2026, 3, 1), millionths).text
        assert read_rate(shown) == millionths
    with pytest.raises(UserError):
        read_code("Euro")
