"""What the deck says: only what the facts support, in the order of the plan."""

from dataclasses import replace
from datetime import date

import pytest

from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.period import Quarter
from csplanner.domain.value import Fact
from csplanner.qbr.customer_view import customer_view
from csplanner.qbr.place import CELL_GAP, Box, figure_boxes, lines, stack
from csplanner.qbr.slides import Chart, Column, Figure, Figures, Kind, Points, Table
from csplanner.qbr.story import story


@pytest.fixture
def told(tidewater, settings, quarter, today):
    """The story of the rich account."""
    return story(customer_view(tidewater, settings, quarter, as_of=today))


def slide(told, key):
    """The slide with that key."""
    return next(s for s in told.slides if s.key == key)


def test_slides_follow_the_plan_and_what_is_not_recorded_is_listed(told):
    assert [s.number for s in told.slides if s.number] == [1, 2, 3, 5, 7, 8, 9, 11]
    assert [o.number for o in told.omitted] == [4, 6, 10]
    assert all(o.why for o in told.omitted)


def test_every_headline_but_the_cover_says_a_number(told):
    words = {"one", "two", "three", "four", "five", "six", "seven", "no"}
    for s in told.slides[1:]:
        said = s.title.casefold().replace(",", "").split()
        assert words & set(said) or any(c.isdigit() for c in s.title), s.title


def test_the_executive_review_takes_forty_minutes(tidewater, settings, quarter, today):
    told = story(customer_view(tidewater, settings, quarter, as_of=today), Kind.EBR)
    assert [s.number for s in told.slides if s.number] == [1, 2, 3, 5, 9, 11]
    assert told.minutes == 40


def test_an_account_without_goals_gets_one_page_of_questions(bare, settings, quarter, today):
    told = story(customer_view(bare, settings, quarter, as_of=today))
    assert [s.key for s in told.slides] == ["cover", "learn"]
    (questions,) = (b for b in told.slides[1].blocks if isinstance(b, Points))
    assert len(questions.items) == 5
    assert {1, 2, 3, 5, 7, 8, 9, 11} <= {o.number for o in told.omitted}


def test_no_chart_or_table_is_empty(told):
    for s in told.slides:
        for block in (*s.blocks, *s.beside):
            if isinstance(block, Chart):
                assert block.categories
                assert all(len(x.values) == len(block.categories) for x in block.series)
                assert block.alt
            if isinstance(block, Table):
                assert block.rows
                assert all(len(row) == len(block.columns) for row in block.rows)


def test_an_old_figure_is_drawn_hollow_and_asked_for(told):
    chart = next(b for b in slide(told, "outcomes").blocks if isinstance(b, Chart))
    assert chart.series[0].stale == (False, False, False, True)
    asks = next(b for b in slide(told, "asks").blocks if isinstance(b, Points))
    assert asks.items[0].text.startswith("A current figure for “Cost of a booked appointment”")


def test_the_outcomes_headline_counts_goals_on_course(told):
    assert slide(told, "outcomes").title == "Two of your four goals are on course"


def test_a_proposed_goal_is_shown_to_confirm_and_never_as_an_outcome(
    tidewater, settings, quarter, today
):
    goals = tuple(
        replace(o, status=ObjectiveStatus.PROPOSED, agreed_on=None) for o in tidewater.objectives
    )
    told = story(
        customer_view(replace(tidewater, objectives=goals), settings, quarter, as_of=today)
    )
    assert slide(told, "goals").title == "Four goals we believe are yours: are they right?"
    assert "no goal is agreed with them yet" in {o.why for o in told.omitted if o.number == 3}


def test_a_dropped_goal_is_not_mentioned(tidewater, settings, quarter, today):
    dropped = replace(tidewater.objectives[0], status=ObjectiveStatus.DROPPED)
    view = customer_view(
        replace(tidewater, objectives=(dropped, *tidewater.objectives[1:])),
        settings, quarter, as_of=today,
    )  # fmt: skip
    assert dropped.title not in [g.title for g in view.goals]


def test_facts_after_the_quarter_do_not_exist_for_it(tidewater, settings, today):
    view = customer_view(tidewater, settings, Quarter(2025, 4), as_of=today)
    assert view.period_end == date(2025, 12, 31)
    assert all(p.on <= view.period_end for p in view.seats_active)
    assert view.module_shares == ()


def test_a_far_renewal_is_no_decision_of_today(tidewater, settings, quarter):
    early = date(2025, 10, 1)
    view = customer_view(tidewater, settings, quarter, as_of=early)
    told = story(replace(view, goals=()))
    assert any(o.number == 1 for o in told.omitted)


def test_many_goals_are_listed_in_full_in_the_appendix(tidewater, settings, quarter, today):
    goals = tuple(
        Objective(f"g{n}", tidewater.account.id, f"Goal {n}", "%", Fact(0), Fact(n * 1000),
                  Fact(50_000), today, status=ObjectiveStatus.AGREED)
        for n in range(30)
    )  # fmt: skip
    told = story(
        customer_view(replace(tidewater, objectives=goals), settings, quarter, as_of=today)
    )
    rows = [r for s in told.slides if s.key.startswith("all-goals") for r in s.blocks[0].rows]
    assert len(rows) == 30


def test_the_story_is_the_same_twice(tidewater, settings, quarter, today):
    first, second = (
        story(customer_view(tidewater, settings, quarter, as_of=today)) for _ in range(2)
    )
    assert first == second


@pytest.mark.parametrize(
    ("actuals", "title"),
    [
        ((85, 72, 30, 7.5), "All four of your goals are reached"),
        ((85, 69, 38, 9), "One of your four goals is reached, one is on course"),
        ((62, 54, 41, 9.1), "All four of your goals are behind plan"),
    ],
)
def test_the_outcomes_headline_is_the_finding(tidewater, settings, quarter, today, actuals, title):
    goals = tuple(
        replace(o, actual=Fact(round(a * 1000)), actual_on=today)
        for o, a in zip(tidewater.objectives, actuals, strict=True)
    )
    view = customer_view(replace(tidewater, objectives=goals), settings, quarter, as_of=today)
    assert slide(story(view), "outcomes").title == title


def test_a_bar_too_short_for_its_figure_leaves_it_to_the_other_end(
    tidewater, settings, quarter, today
):
    goal = replace(tidewater.objectives[0], actual=Fact(63_000))
    view = customer_view(replace(tidewater, objectives=(goal,)), settings, quarter, as_of=today)
    chart = next(b for b in slide(story(view), "outcomes").blocks if isinstance(b, Chart))
    assert [s.labels for s in chart.series] == [("",), ("now 63%, target 85%",)]


def told_of(file, settings, quarter, today, **changed):
    """The story of `file` with some of its records replaced."""
    return story(customer_view(replace(file, **changed), settings, quarter, as_of=today))


def test_a_unit_in_words_stands_once_with_the_goal_and_figures_stay_whole(
    tidewater, settings, quarter, today
):
    goal = replace(tidewater.objectives[0], title="Calls about a bill", unit="calls per 100 orders")
    told = told_of(tidewater, settings, quarter, today, objectives=(goal,))
    for key in ("goals", "outcomes", "next"):
        (row,) = next(b for b in slide(told, key).blocks if isinstance(b, Table)).rows
        assert row[0] == "Calls about a bill, in calls per 100 orders"
        assert not any("orders" in cell for cell in row[1:])
    assert slide(told, "outcomes").blocks[1].rows[0][1:4] == ("62", "81", "85")


def test_figures_of_one_goal_or_one_chart_have_the_same_decimals(
    tidewater, settings, quarter, today
):
    goal = replace(tidewater.objectives[0], baseline=Fact(62_000), actual=Fact(81_500))
    answers = [
        Measurement(name, tidewater.account.id, "voice.csat", Fact(value), today, name)
        for name, value in (("Support", 4_100), ("Billing", 4_000))
    ]
    told = told_of(
        tidewater, settings, quarter, today, objectives=(goal,), measurements=tuple(answers)
    )
    assert slide(told, "outcomes").blocks[1].rows[0][1:4] == ("62.0%", "81.5%", "85.0%")
    csat = slide(told, "experience")
    assert csat.blocks[0].series[0].labels == ("4.1", "4.0")
    assert csat.title == "You rate Support 4.1 highest and Billing 4.0 lowest in CSAT"


def test_use_that_is_no_longer_fresh_is_told_of_its_month(tidewater, settings, today):
    old = tuple(m for m in tidewater.measurements if m.as_of < date(2025, 12, 1))
    told = told_of(tidewater, settings, Quarter(2026, 1), today, measurements=old)
    assert slide(told, "usage").title.endswith("seats were active in November 2025, 84%")
    asked = told_of(tidewater, settings, Quarter(2026, 1), today, measurements=old, objectives=())
    figures = slide(asked, "learn").blocks[0].figures
    assert "seats active in November 2025" in [f.label for f in figures]
    assert "Jun 2024" in [f.value for f in figures]


def test_answers_of_different_days_are_named_apart(tidewater, settings, quarter, today):
    kept = tuple(
        m for m in tidewater.measurements
        if m.measure != "voice.nps" or m.as_of < date(2026, 1, 1)
    )  # fmt: skip
    told = told_of(tidewater, settings, quarter, today, measurements=kept)
    assert [s.words for s in slide(told, "experience").rests_on] == [
        "Your NPS answers", "Your CSAT answers",
    ]  # fmt: skip


def test_a_large_figure_stays_on_one_line_and_no_word_in_a_table_is_broken():
    figures = Figures((Figure("September 2024", "since"), Figure("1,234,567 of 2,345,678", "x")))
    boxes, size = figure_boxes(figures, Box(0, 0, 6, 1))
    assert boxes[1].left + boxes[1].width <= 6
    assert all(
        lines(f.value, b.width, size, bold=True) == 1
        for f, b in zip(figures.figures, boxes, strict=True)
    )
    table = Table("T", (Column("Goal", 4), Column("Now", 1)), (("Calls", "Incomprehensibilities"),))
    (placed,) = stack((table,), Box(0, 0, 11, 4))
    assert lines("Incomprehensibilities", 11 / 5 - CELL_GAP["left"], placed.size) == 1


def test_words_are_wrapped_whole():
    assert lines("aaaa bbbb cccc", 9 * 0.52 * 10 / 72 + 0.01, 10) == 2
    assert lines("aaaaaaaaaaaaaaaaaaaa b", 9 * 0.52 * 10 / 72 + 0.01, 10) == 3
    assert lines("", 1, 10) == lines("a", 1, 10) == 1
