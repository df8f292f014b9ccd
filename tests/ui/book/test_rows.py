"""Rows of the Book as ready strings: unknown looks unknown, words carry what colours carry."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from csplanner.book.overview import Totals
from csplanner.domain.account import AccountId, Tier
from csplanner.domain.filters import Condition, View, parse_filter
from csplanner.domain.filters_groups import group_of
from csplanner.domain.filters_view import view_of_spec
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.sentiment import Sentiment
from csplanner.domain.settings import BookSettings
from csplanner.domain.worth import Worth
from csplanner.ui.book import words
from csplanner.ui.book.columns import COLUMNS, Col, Layout, layout_of
from csplanner.ui.book.export_rows import safe
from csplanner.ui.book.folding import Folding
from csplanner.ui.book.rows import Reader, full, group_row, plain, spoken
from csplanner.ui.book.views import spec_of
from csplanner.ui.words import hours

DAY = date(2026, 3, 12)
READER = Reader(DAY, BookSettings(hours_per="month"))
FULL = Overview(
    AccountId("a"), "Tidewater", "Health system", tier=Tier.HIGH, rule_tier=Tier.MEDIUM,
    tier_reason="You chose it.", score=76, band=Band.GOOD, change_90d=-6, spark=(70, None, 76),
    sentiment=Sentiment.UNEASY, gap=51, arr=Money(41_234_500, "USD"),
    decision_on=date(2026, 6, 30), year=2, last_touch=DAY - timedelta(days=41), cadence_days=28,
    roles="ohoff", next_step="=HYPERLINK()", criticality=3, coverage=81, band_reason="76 of 100.",
)  # fmt: skip
BARE = Overview(AccountId("b"), "Blank")


def test_a_cell_says_in_words_what_its_drawing_shows():
    row = READER.row(1, FULL)
    said = {Col(column): spoken(row, column) for column in range(len(COLUMNS))}
    assert said[Col.HEALTH] == "Health 76, good"
    held = READER.row(1, replace(FULL, band=Band.RISK))
    assert spoken(held, Col.HEALTH) == "Health 76, held down: at risk"
    assert (held.is_held, row.is_held) == (True, False)
    assert said[Col.CHANGE] == "Health down 6 in 90 days"
    assert said[Col.SENTIMENT] == "Sentiment uneasy"
    assert said[Col.TIER] == "Tier high, the rule says medium"
    assert said[Col.TOUCH] == "Last touch 41 days ago, overdue, every 28 days"
    assert said[Col.RENEWAL] == "Renewal 30 Jun, in 110 days"
    assert said[Col.COVERAGE].startswith("Coverage: sponsor nobody, decides quiet")


def test_what_is_not_known_is_said_and_never_a_number():
    row = READER.row(1, BARE)
    counted = (Col.TASKS, Col.CASES, Col.PROMISED, Col.SPENT)
    columns = [column for column in Col if column not in counted]
    said = " ".join(spoken(row, column) for column in columns)
    assert not any(letter.isdigit() for letter in said.replace("90", "").replace("13", ""))
    assert (row.arr, row.score, row.change, row.renewal, row.touch) == ("unknown", "", "", "", "")
    assert (row.band, row.feeling_band, row.touch_days) == ("none", "none", None)
    assert all(plain(row, column) in ("", "Blank") or column == Col.COVERAGE for column in columns)


def test_the_arrow_points_where_the_rule_disagrees():
    assert READER.row(1, FULL).rule == "↓M"
    lower = Overview(AccountId("c"), "Low", tier=Tier.LOW, rule_tier=Tier.HIGH)
    assert READER.row(1, lower).rule == "↑H"
    assert (
        READER.row(1, Overview(AccountId("d"), "Same", tier=Tier.LOW, rule_tier=Tier.LOW)).rule
        == ""
    )


def test_short_money_has_its_full_value_in_the_tooltip_and_when_copied():
    row = READER.row(1, FULL)
    assert (row.arr, full(row, Col.ARR), plain(row, Col.ARR)) == (
        "$412k", "$412,345.00", "412345.00",
    )  # fmt: skip


def test_days_left_change_colour_at_90_and_30():
    tokens = [
        READER.row(1, Overview(AccountId("x"), "X", decision_on=DAY + timedelta(days=d))).left_token
        for d in (91, 90, 31, 30, -2)
    ]
    assert tokens == ["text3", "watch-ink", "watch-ink", "risk-ink", "risk-ink"]


def test_a_group_says_its_sums_and_keeps_currencies_apart():
    arr = (Money(482_000_000, "USD"), Money(12_000_000, "EUR"))
    apart = Worth(arr[:1], arr[1:])
    totals = Totals(6, arr, 65, 1, 2, 3, 0, 1, 162_000, 177_900, apart)
    found = group_row(group_of("tier", "high"), totals, unit="month", is_open=True)
    assert found.title == "High touch"
    assert found.note == (
        "6 accounts  ·  $4.82M · €120k without a rate  ·  59.3 h a month spent of 54 h promised"
    )
    free = replace(totals, hours_promised=0)
    unplaced = group_row(group_of("tier", ""), free, unit="month", is_open=True)
    assert (unplaced.title, "no hours promised" in unplaced.note) == ("Not placed", True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("tier is not digital", "Tier is not Digital"),
        ("tier is not placed", "Tier is not placed"),
        ("renewal before 2027-04-30", "Renewal before 30 Apr 2027"),
        ("renewal within 90", "Renewal within 90 days"),
        ("touch within 30", "Last touch within the last 30 days"),
        ("arr at least 100000", "ARR at least 100,000"),
        ("health is risk", "Health is at risk"),
        ("sector contains Bank", "Sector contains “Bank”"),
        ("arr is unknown", "ARR is unknown"),
        ("overdue is yes", "Touch overdue is yes"),
    ],
)
def test_a_filter_reads_as_a_sentence(text: str, shown: str):
    (condition,) = parse_filter(text)
    assert " ".join(words.condition_words(condition, DAY)) == shown


def test_hours_are_said_in_the_unit_of_the_book():
    assert [hours(39_000, u) for u in ("quarter", "month", "week")] == ["39 h", "13 h", "3 h"]
    assert words.hours_change(36_000, "month") == "+12 h a month"
    assert words.hours_change(-36_000, "month") == "−12 h a month"
    assert words.hours_change(0, "month") == "no change of hours"


@pytest.mark.parametrize("text", ["=1+1", "+4912345 x", "-x", "@cmd", "\t=1", "|calc", "＝1"])
def test_text_that_would_run_in_a_spreadsheet_is_made_plain(text: str):
    assert safe(text) == f"'{text}"


@pytest.mark.parametrize("text", ["-17", "412345.00", "Tidewater", "2026-06-30", ""])
def test_numbers_and_plain_text_leave_as_they_are(text: str):
    assert safe(text) == text


def test_a_view_comes_back_from_what_is_kept_of_it():
    view = View(parse_filter("tier is not digital and arr at least 5"), "arr", True, "tier")
    layout = Layout(hidden=frozenset({"gap"}), widths={"arr": 90})
    spec = spec_of(view, layout)
    assert view_of_spec(spec) == view
    assert layout_of(spec["layout"]) == layout


@pytest.mark.parametrize(
    "spec",
    [
        {},
        {"conditions": "tier is high", "sort": 3, "group": "moon", "layout": []},
        {"conditions": ["moon is full", 7, None], "sort": "moon", "descending": "yes"},
        {"layout": {"order": "check", "hidden": 4, "widths": {"arr": "wide", "moon": 3}}},
    ],
)
def test_a_view_written_by_another_program_shows_what_is_understood(spec: dict):
    assert view_of_spec(spec) == View()
    assert layout_of(spec.get("layout")) == Layout()


def test_account_and_tick_can_not_be_moved_or_hidden():
    layout = layout_of({"order": ["arr", "account", "check"], "hidden": ["account", "gap"]})
    assert layout.order[:3] == ("check", "account", "arr")
    assert layout.hidden == {"gap"} | Layout().hidden


def test_folded_groups_take_one_line_and_others_keep_their_places():
    high, low = group_of("tier", "high"), group_of("tier", "low")
    groups = ((high, 3), (low, 2))
    open_ = Folding(5, groups, frozenset())
    assert [open_.at(i).position for i in range(open_.lines)] == [-1, 0, 1, 2, -1, 3, 4]
    folded = Folding(5, groups, frozenset({high}))
    assert [folded.at(i).position for i in range(folded.lines)] == [-1, -1, 3, 4]
    assert [folded.line_of(p) for p in range(5)] == [0, 0, 0, 2, 3]
    assert Folding(5, (), frozenset()).lines == 5


def test_built_in_conditions_are_ones_the_book_can_filter_by():
    from csplanner.ui.book.views import BUILT_IN

    for named in BUILT_IN:
        for condition in named.view.conditions:
            assert isinstance(condition, Condition)
            assert parse_filter(str(condition)) == (condition,)
