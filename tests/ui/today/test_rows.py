"""The words of Today, without a widget."""

from dataclasses import replace
from datetime import date

from csplanner.domain.account import AccountId
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.reading import Band
from csplanner.domain.settings import BookSettings
from csplanner.ui.today import rows
from csplanner.ui.today.peek import figures, ordinal
from csplanner.ui.words import renewal_words

TODAY = date(2026, 3, 12)
CUTS = (50, 75)


def text(runs: list[rows.Run]) -> str:
    return "".join(run.text for run in runs)


def usd(thousands: int) -> Money:
    return Money(thousands * 100_000, "USD")


def test_the_sentence_counts_accounts_and_money() -> None:
    sums = rows.Sums((usd(4820),), (usd(1670),), (usd(470),), 10)
    assert text(rows.sentence(9, sums)) == (
        "9 accounts need you. $1.67M of $4.82M renews in the next 90 days, $470k of it at risk."
    )


def test_unknown_health_is_not_taken_for_safe() -> None:
    sums = rows.Sums((usd(4820),), (usd(4120),), (), 10, (usd(4120),))
    assert text(rows.sentence(9, sums)).endswith(
        " renews in the next 90 days, its health is unknown."
    )
    both = rows.Sums((usd(4820),), (usd(1670),), (usd(470),), 10, (usd(100),))
    assert text(rows.sentence(9, both)).endswith(
        ", $470k of it at risk, the health of $100k of it is unknown."
    )


def test_currencies_are_never_added_up() -> None:
    sums = rows.Sums((usd(4820), Money(12_000_000, "EUR")), (usd(100),), (), 1)
    assert "$4.82M + €120k" in text(rows.sentence(1, sums))


def test_renewals_without_arr_are_counted_not_summed() -> None:
    said = text(rows.sentence(0, rows.Sums((), (), (), 3)))
    assert said == ("Nothing needs you today. 3 accounts renew in the next 90 days, ARR unknown.")


def test_unknown_renewal_dates_are_not_taken_for_none() -> None:
    sums = rows.Sums((usd(10),), (), (), 0, is_dated=False)
    assert text(rows.sentence(1, sums)) == "1 account needs you. No renewal date is known."


def test_a_book_without_placements_plans_no_hours() -> None:
    assert rows.week(TODAY, 0, BookSettings()).strong == "none planned"


def test_nothing_renewing_is_said() -> None:
    assert text(rows.sentence(1, rows.Sums((), (), (), 0))) == (
        "1 account needs you. Nothing renews in the next 90 days."
    )


def test_an_old_book_says_the_day_it_is_judged_on() -> None:
    title = rows.title(TODAY, date(2024, 8, 12), from_snapshot=True)
    assert title == ("Thursday 12 March", "as of 12 August 2024, your newest snapshot")


def test_a_book_of_today_needs_no_note() -> None:
    assert rows.title(TODAY, TODAY, from_snapshot=True) == ("Thursday 12 March", "")


def test_the_week_says_when_more_is_planned_than_there_is() -> None:
    week = rows.week(TODAY, 377_000, BookSettings(available_a_quarter=338_000))
    assert (week.title, week.strong, week.rest) == ("Week 11", "29 h planned", " of 26 h")
    assert week.is_over


def test_marks_are_named_by_the_word_that_tells_them_apart() -> None:
    lines = [
        Overview(AccountId(name), name, arr=usd(size), decision_on=date(2026, 4, 1))
        for name, size in (("The Merrow Group", 470), ("Kestrel Freight", 100), ("Kestrel Air", 90))
    ]
    labels = {r.account_id: r.label for r in rows.renewals(lines, TODAY)}
    assert labels["The Merrow Group"] == "Merrow $470k"
    assert labels["Kestrel Freight"] == "Kestrel Freight $100k"


def test_a_mark_without_arr_is_small_and_unnamed() -> None:
    line = Overview(AccountId("a"), "Quiet One", decision_on=date(2026, 4, 1))
    [mark] = rows.renewals([line], TODAY)
    assert (mark.weight, mark.label) == (0.0, "")
    assert "unknown" in mark.spoken


def test_unknown_figures_look_unknown() -> None:
    score, said = figures(Overview(AccountId("a"), "Quiet One"), TODAY, CUTS)
    assert (score.text, score.form) == ("unknown", "dashed")
    assert (said.text, said.form) == ("not said", "dashed")


def test_a_band_held_below_the_score_is_named_beside_it() -> None:
    line = Overview(AccountId("a"), "A", score=79, band=Band.RISK, change_90d=3)
    assert figures(line, TODAY, CUTS)[0].note == "held down: at risk · +3"
    assert figures(replace(line, band=Band.GOOD), TODAY, CUTS)[0].note == "+3"
    assert figures(replace(line, band=Band.WATCH), TODAY, CUTS)[0].note == "held down: watch · +3"
    assert figures(replace(line, score=40), TODAY, CUTS)[0].note == "+3"


def test_the_notice_date_comes_before_the_end() -> None:
    line = Overview(
        AccountId("a"), "A", decision_on=date(2026, 5, 1), term_end=date(2026, 6, 30),
        band=Band.GOOD,
    )  # fmt: skip
    assert renewal_words(line, TODAY) == "notice by 1 May, 50 days left; ends 30 Jun"
    assert rows.decision_day(line, TODAY) == "notice 1 May"
    [mark] = rows.renewals([line], TODAY)
    assert "notice by 1 May, 50 days left; ends 30 Jun" in mark.spoken


def test_without_a_notice_date_the_contract_end_is_counted_to() -> None:
    end = date(2026, 3, 12)
    line = Overview(AccountId("a"), "A", decision_on=end, term_end=end)
    assert rows.decision_day(line, TODAY) == "12 Mar"
    assert renewal_words(line, TODAY) == "ends 12 Mar, today"
    assert renewal_words(line, date(2026, 3, 13)) == "ended 12 Mar, 1 day ago"


def test_places_in_the_list_are_words() -> None:
    assert [ordinal(n) for n in (1, 2, 12, 13)] == ["first", "second", "twelfth", "13th"]


def test_names_from_others_stay_on_one_line_and_turn_nothing_around() -> None:
    line = Overview(AccountId("a"), "Evil\n\u202egnp.exe", decision_on=date(2026, 5, 1))
    [mark] = rows.renewals([line], TODAY)
    assert mark.spoken.startswith("Evil gnp.exe, ")
