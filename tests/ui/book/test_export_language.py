"""What leaves the Book is the same in every language; what is shown of a filter is not."""

import pytest

from csplanner.domain.filters import View, filter_text, parse_filter
from csplanner.language import speaking
from csplanner.ui.book.columns import COLUMNS
from csplanner.ui.book.export_rows import csv_text, tab_text
from csplanner.ui.book.words import conditions_text

_KEYS = [column.key for column in COLUMNS if column.key != "check"]


def test_an_export_says_the_same_whatever_the_window_speaks(four):
    ids = four.overview.ids(View())
    english = csv_text(four, View(), _KEYS), tab_text(four, ids, _KEYS)
    with speaking("de"):
        assert (csv_text(four, View(), _KEYS), tab_text(four, ids, _KEYS)) == english


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("renewal in 90 days", "Verlängerung innerhalb von 90 Tagen"),
        ("sector contains bank", "Branche enthält „bank“"),
        ("arr more than 100000", "ARR über 100.000"),
        ("health is at risk", "Gesundheit ist gefährdet"),
    ],
)
def test_a_filter_is_shown_in_german_and_kept_in_its_own_words(text, shown, today):
    with speaking("de"):
        conditions = parse_filter(text)
        assert conditions_text(conditions, today) == shown
        kept = filter_text(conditions)
    assert kept == filter_text(parse_filter(text))


def test_a_step_is_named_in_the_language_of_who_makes_it(four):
    account = four.accounts.all()[0]
    with speaking("de"):
        four.accounts.pin(account.id, pinned=True)
        four.accounts.update(account.id, city="Bonn")
        assert four.undo().label == f"{account.name} ändern"
        four.undo()
    assert [change.label for change in four.history(2)] == [
        f"{account.name} ändern",
        f"{account.name} anheften",
    ]
