"""Questions of time in a CSM's words, and words typed with slips."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csplanner.domain.asked import asked
from csplanner.domain.likeness import initials, prefix_slips, rank_of, slips, spans

TODAY = date(2026, 3, 12)


def conditions(text: str, fiscal_start: int = 1) -> list[str]:
    return [str(c) for answer in asked(text, TODAY, fiscal_start) for c in answer.view.conditions]


@pytest.mark.parametrize(
    ("text", "after", "before"),
    [
        ("renewing in May", "2026-04-30", "2026-06-01"),
        ("renews in february", "2027-01-31", "2027-03-01"),
        ("renewal in mar 2028", "2028-02-29", "2028-04-01"),
        ("renewing this quarter", "2025-12-31", "2026-04-01"),
        ("renewing next quarter", "2026-03-31", "2026-07-01"),
        ("renewing next month", "2026-03-31", "2026-05-01"),
        ("up for renewal this week", "2026-03-08", "2026-03-16"),
        ("expiring in 2027", "2026-12-31", "2028-01-01"),
    ],
)
def test_a_span_of_renewals_is_named_in_words(text, after, before):
    [answer] = asked(text, TODAY)
    assert [c.value for c in answer.view.conditions] == [after, before]


def test_the_quarter_is_that_of_the_fiscal_year():
    [answer] = asked("renewing this quarter", TODAY, 2)
    assert [c.value for c in answer.view.conditions] == ["2026-01-31", "2026-05-01"]


@pytest.mark.parametrize("day", ["30 Jun", "June 30", "30.6.", "30th june", "2026-06-30"])
def test_a_day_is_read_as_people_type_it(day):
    [answer] = asked(f"renews before {day}", TODAY)
    assert [c.value for c in answer.view.conditions] == ["2026-06-30"]
    assert answer.title == "Renewing before 30 Jun"


def test_silence_counts_those_never_touched():
    [answer] = asked("not touched in 60 days", TODAY)
    [condition] = answer.view.conditions
    assert condition.value == "2026-01-11"
    assert [side.operator for side in condition.sides] == ["before", "is unknown"]
    assert asked("no touch since 1 march", TODAY)[0].view.conditions[0].value == "2026-03-01"
    assert conditions("overdue") == ["overdue is yes"]


def test_a_question_begun_is_offered_ways_to_go_on():
    titles = [answer.title for answer in asked("renewing", TODAY)]
    assert titles[0] == "Renewing in the next 90 days"
    assert "Renewing this quarter" in titles
    assert asked("tide", TODAY) == ()
    assert asked("renews before 31 Feb", TODAY) == ()


@given(st.text(max_size=40))
def test_any_text_is_answered_or_left_alone(text):
    for prefix in ("", "renewing ", "renews before ", "not touched since ", "not touched in "):
        assert isinstance(asked(prefix + text, TODAY), tuple)


def test_slips_are_forgiven_by_the_length_of_the_word():
    assert [slips(word) for word in ("thn", "tern", "tidewat", "tidewate")] == [0, 1, 1, 2]
    assert prefix_slips("tidewatre", "tidewater", 2) == 1, "a swap is one slip"
    assert prefix_slips("tiedwatre", "tidewater", 2) == 2
    assert prefix_slips("acount", "account", 1) == 1
    assert prefix_slips("kestrel", "tidewater", 2) is None


@given(st.text("abcd", min_size=4, max_size=9), st.data())
def test_one_slip_in_a_word_still_finds_it(word, data):
    at = data.draw(st.integers(0, len(word) - 2))
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    dropped, doubled = word[:at] + word[at + 1 :], word[:at] + word[at] + word[at:]
    for typed in (swapped, dropped, doubled):
        assert prefix_slips(typed, word, 1) is not None


def test_names_are_ranked_and_marked_where_they_match():
    assert [rank_of("tide", n) for n in ("Tidewater Health", "High Tide", "Merrow")] == [0, 1, None]
    assert rank_of("thn", "Tidewater Health Network") == 3
    assert rank_of("lodz", "Łódź Transit") == 0
    assert initials("Tidewater Health Network") == "thn"
    assert spans("Łódź Transit", "lodz tr") == ((0, 4), (5, 7))
    assert spans("Straße", "strass") == ((0, 5),)
    assert spans("Tidewater Health Network", "thn") == ((0, 1), (10, 11), (17, 18))
    assert spans("Tidewater", "tidewatre") == ((0, 9),)


@given(st.text(max_size=30), st.text(max_size=12))
def test_marks_lie_apart_within_the_text(text, typed):
    marks = spans(text, typed)
    assert all(0 <= a < b <= len(text) for a, b in marks)
    assert all(one[1] < two[0] for one, two in pairwise(marks))
