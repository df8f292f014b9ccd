"""What the account page says, without a widget."""

from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.history_details import FieldChange
from csplanner.domain.account import AccountId
from csplanner.domain.index import FileIndex
from csplanner.domain.money import Money
from csplanner.domain.note import Note
from csplanner.domain.objective import Objective
from csplanner.domain.settings import BookSettings
from csplanner.domain.value import fact
from csplanner.ui import veil
from csplanner.ui.account import event_rows, evidence, people_rows, plan_rows, score_rows
from csplanner.ui.account.head_rows import head_view
from csplanner.ui.account.kept import Kept
from csplanner.ui.account.timeline_rows import EventKind, timeline
from csplanner.ui.history.rows import veiled_words
from tests.ui.account.story import TODAY, back


def figures(account) -> dict[str, str]:
    index, judgement = account
    view = head_view(index, judgement, BookSettings())
    return {key: f"{figure.text} | {figure.note}" for key, figure in view.figures}


def test_the_head_says_what_is_known(rich) -> None:
    said = figures(rich)
    assert said["arr"] == "$412k | 1,240 seats"
    assert said["renewal"] == "1 May 2026 | notice, 50 days left; ends 30 Jun"
    assert said["sentiment"] == "Uneasy | since 24 Feb"
    assert said["touch"].startswith("17.2 h a quarter | ")


def test_the_head_says_what_is_unknown(blank) -> None:
    said = figures(blank)
    assert said["score"].startswith("unknown")
    assert said["sentiment"].startswith("not said")
    assert said["arr"] == "unknown | seats unknown"
    assert said["renewal"] == "unknown | no contract term"
    assert said["touch"] == "none logged | not placed, none promised"


def test_hours_are_shown_in_the_unit_of_the_book(rich) -> None:
    index, judgement = rich
    view = head_view(index, judgement, BookSettings(hours_per="month"))
    assert dict(view.figures)["touch"].text == "5.7 h a month"


def test_the_gap_is_flagged_beside_the_name(rich) -> None:
    index, judgement = rich
    view = head_view(index, judgement, BookSettings())
    assert ("Yeah, but…", "watch") in view.chips


def test_points_of_the_buckets_sum_to_the_score(rich, book) -> None:
    index, judgement = rich
    view = score_rows.score_view(index, judgement, BookSettings(), book.derived.context())
    assert round(sum(view.points)) == judgement.overview.score
    assert view.title == f"What makes the score {judgement.overview.score}"


def test_points_lost_and_points_make_a_hundred(rich) -> None:
    _, judgement = rich
    lost = sum(line.lost for line in judgement.health.lines)
    assert lost == pytest.approx(100 - judgement.health.score)


def test_too_little_evidence_draws_no_points(blank, book) -> None:
    index, judgement = blank
    view = score_rows.score_view(index, judgement, BookSettings(), book.derived.context())
    assert view.points == ()
    assert view.title == "The score is unknown"
    assert all(row.is_missing for row in view.losses)
    assert {row.points for row in view.buckets} <= {"unknown", "not counted"}


def test_the_curve_ends_in_the_score_of_today(rich) -> None:
    index, judgement = rich
    curve = score_rows.curve_view(index, judgement)
    assert curve.scores[-1].on == TODAY
    assert curve.scores[-1].value == judgement.overview.score
    assert len(curve.sentiments) == 4
    assert [event.title for event in curve.events] == ["Rosa left"]


def test_objectives_are_told_in_their_own_unit(rich) -> None:
    rows = {row.title: row for row in plan_rows.objective_rows(rich[0])}
    cost = rows["Cost of a booked appointment"]
    assert (cost.start, cost.now, cost.goal) == ("$9.10", "$7.85", "$7.50")
    assert (cost.owner, cost.has_owner, cost.is_stale) == ("no owner", False, True)
    assert rows["Patients helped in one call"].now == "69%"


def test_an_old_figure_of_an_objective_is_stale_and_names_its_month(rich) -> None:
    index, _ = rich
    fresh = Objective(
        "o", index.file.account.id, "Calls answered", unit="%", baseline=fact(60_000),
        actual=fact(81_000), actual_on=back(45), target=fact(90_000),
    )  # fmt: skip
    old = replace(fresh, actual_on=date(2025, 11, 20))
    older = replace(fresh, actual_on=date(2024, 11, 20))
    of = replace(index.file, objectives=(fresh, old, older))
    rows = plan_rows.objective_rows(FileIndex(of, index.as_of))
    assert [r.is_stale for r in rows] == [False, True, True]
    assert [r.age for r in rows[1:]] == ["last figure Nov, stale", "last figure Nov 2024, stale"]


def test_an_objective_without_a_figure_is_unknown() -> None:
    objective = Objective("", "a", "Fewer no-shows", target=fact(5_000))
    assert plan_rows.figure(objective.baseline.value, "%") == "unknown"


def test_unused_modules_are_shown_as_unused(rich) -> None:
    rows = plan_rows.use_rows(rich[0])
    assert [row.words for row in rows] == ["all", "82%", "64%", "35%", "unused"]


def test_people_are_listed_by_role_and_who_left_comes_last(rich) -> None:
    rows = people_rows.people_rows(rich[0])
    assert rows[0].role == "Sponsor"
    assert rows[-1].name == "Rosa Delgado"
    assert rows[-1].is_gone
    amara = next(row for row in rows if row.name == "Amara Nwosu")
    assert (amara.mood, amara.contact) == ("none", "never met")


def test_roles_with_nobody_are_named(rich) -> None:
    _, judgement = rich
    view = people_rows.roles_view(judgement.roles)
    assert "Nobody known: champion" in view.spoken
    assert view.seats[2] == "nobody"


def test_the_timeline_is_newest_first(rich) -> None:
    events = timeline(rich[0], Kept())
    assert [e.on for e in events] == sorted((e.on for e in events), reverse=True)
    assert "Rosa Delgado left" in {e.title for e in events}


def test_the_timeline_shows_a_note_as_words_not_as_it_is_marked_up(rich) -> None:
    text = "- promise the *deck* by fri\n\n## Then\n[plan](https://x.example) " + "word " * 60
    note = Note("n", AccountId("a"), TODAY, text)
    [event] = [e for e in timeline(rich[0], Kept(notes=(note,))) if e.kind is EventKind.NOTE]
    assert event.title == "promise the deck by fri"
    assert event.note == "Then plan " + " ".join(["word"] * 60)


def test_every_row_of_evidence_has_a_source(rich) -> None:
    index, judgement = rich
    found = evidence.score_evidence(judgement, index.as_of)
    assert len(found.lines) == len(judgement.health.lines)
    assert all(line.source for line in found.lines)


def test_evidence_of_one_bucket_holds_its_measures_alone(rich) -> None:
    index, judgement = rich
    found = evidence.score_evidence(judgement, index.as_of, "experience")
    titles = [line.text for line in found.lines]
    assert "NPS" in titles
    assert "Seats in use" not in titles


def test_missing_evidence_is_said_to_be_missing(blank) -> None:
    index, judgement = blank
    found = evidence.score_evidence(judgement, index.as_of)
    assert [line for line in found.lines if line.is_missing]
    assert evidence.pulse_evidence(index).sentence == "You have not said yet."
    assert not evidence.term_evidence(index).lines


def test_touches_without_minutes_are_counted_as_such(rich) -> None:
    index, judgement = rich
    silent = replace(index.file.touches[-1], minutes=None)
    file = replace(index.file, touches=(*index.file.touches[:-1], silent))
    found = evidence.hours_evidence(FileIndex(file, TODAY), judgement)
    assert "1 touch without minutes" in found.sentence


def test_arr_evidence_keeps_what_is_recorded_apart_from_what_runs(rich) -> None:
    found = evidence.arr_evidence(rich[0])
    assert [line.value for line in found.lines] == ["$412,000.00", "$412,000.00"]


def test_a_late_deal_says_so(rich) -> None:
    index, _ = rich
    deal = replace(index.file.opportunities[0], close_on=back(10))
    file = replace(index.file, opportunities=(deal,))
    [row] = event_rows.deal_rows(FileIndex(file, date(2026, 3, 12)))
    assert row.cells[4] == "2 Mar, overdue"
    assert row.cells[3] == "$430k"
    assert Money(43_000_000, "USD") == deal.amount.value


def test_nothing_you_judged_of_somebody_is_seen_on_a_shared_screen(rich):
    open_rows = people_rows.people_rows(rich[0])
    judged = {r.role for r in open_rows} - {"no role"}
    assert judged
    veil.veil().turn(on=True)
    try:
        rows = people_rows.people_rows(rich[0])
        field = FieldChange("Influence", "2", "4")
        assert veiled_words(field, "seat") == "•••"
        assert veiled_words(FieldChange("Title", "", "CFO"), "person") != "•••"
    finally:
        veil.veil().turn(on=False)
    assert {r.role for r in rows} <= {"•••", "no role"}
    assert {r.mood_words for r in rows} == {"•••"}
    assert {r.level for r in rows} == {None}
    for row in rows:
        assert not any(role in row.spoken for role in judged)
