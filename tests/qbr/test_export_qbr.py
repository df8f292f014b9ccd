"""A review as files: what is written, where, and what the internal brief says."""

import stat
from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import AccountId, Case, TermOutcome, Tier
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective, ObjectiveStatus
from csplanner.domain.period import Quarter
from csplanner.domain.person import Role
from csplanner.domain.placement import Placement
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import Fact, fact
from csplanner.errors import UserError
from csplanner.paint.document import Document, Items, Section
from csplanner.paint.print_document import print_document
from csplanner.qbr.brief import BANNER
from csplanner.qbr.export import export_qbr, prepare_qbr
from csplanner.qbr.slides import Note, Source, Table
from csplanner.qbr.then import known_on


@pytest.fixture
def book(tmp_path, tidewater, bare, settings, today):
    """A book with the rich account and the bare one."""
    with Book.create(tmp_path / "maren.csbook", settings, today=today) as book:
        with book.change("Fill the book"):
            book.accounts.insert([tidewater.account, bare.account])
            for shelf, records in (
                (book.terms, tidewater.terms), (book.people, tidewater.people),
                (book.seats, tidewater.seats), (book.opportunities, tidewater.opportunities),
                (book.cases, tidewater.cases), (book.touches, tidewater.touches),
                (book.measurements, tidewater.measurements), (book.pulses, tidewater.pulses),
                (book.objectives, tidewater.objectives), (book.placements, tidewater.placements),
            ):  # fmt: skip
                shelf.insert(records)
        yield book


def said(document):
    """All words of a brief, section by section."""
    return {s.title: str(s.parts) for s in document.sections}


def test_deck_brief_and_workbook_are_written_privately_and_nothing_is_overwritten(book, tmp_path):
    out = tmp_path / "out"
    made = export_qbr(book, "tidewater", out, workbook=True)
    assert [p.name for p in made.files] == [
        "Tidewater Health Network 2026Q1 QBR deck.pptx",
        "Tidewater Health Network 2026Q1 QBR internal brief.pdf",
        "Tidewater Health Network 2026Q1 QBR figures.xlsx",
    ]
    assert all(stat.S_IMODE(p.stat().st_mode) == 0o600 for p in made.files)
    again = export_qbr(book, "tidewater", out)
    assert again.files[0].name == "Tidewater Health Network 2026Q1 QBR deck (2).pptx"
    assert {p.name for p in out.iterdir()} == {p.name for p in (*made.files, *again.files)}


def test_the_book_is_not_changed_by_an_export(book, tmp_path):
    before = book.path.read_bytes()
    export_qbr(book, "tidewater", tmp_path / "out")
    assert book.path.read_bytes() == before


def test_a_review_of_a_past_quarter_speaks_as_of_its_end(book):
    ready = prepare_qbr(book, "tidewater", quarter=Quarter(2025, 4))
    assert ready.view.as_of == ready.judgement.health.as_of == date(2025, 12, 31)
    outcomes = next(s for s in ready.story.slides if s.key == "outcomes")
    (table,) = (b for b in outcomes.blocks if isinstance(b, Table))
    figures = {row[0]: row[-1] for row in table.rows}
    assert figures.pop("Cost of a booked appointment") == "Finance, November 2025"
    assert set(figures.values()) == {"not known then"}
    assert outcomes.rests_on == (Source("Finance", date(2025, 11, 30)),)
    assert ready.story.slides[0].blocks == (
        Note("Prepared by Maren Oduya, as of 31 December 2025"),
    )
    words = said(ready.brief)
    assert "nothing dated after 31 December 2025" in words["At a glance"]
    assert "none entered by then" in words["At a glance"]
    assert "Meet Amara" not in words["At a glance"]
    assert "001061" not in words["Landmines"]
    assert "left on" not in words["People: 3 of theirs, 1 of ours"]


def test_what_happens_after_a_quarter_changes_nothing_in_its_review(book):
    def told():
        ready = prepare_qbr(book, "tidewater", quarter=Quarter(2025, 4))
        return ready.view, ready.story, ready.brief

    before = told()
    later, who = date(2026, 2, 3), AccountId("tidewater")
    book.measurements.add(Measurement("", who, "usage.seats_active", Fact(5_000), later))
    book.measurements.add(Measurement("", who, "voice.csat", Fact(1_000), later, "Support"))
    book.touches.add(Touch("", who, later, Channel.CALL, two_way=True, person_ids=("p1",)))
    book.pulses.add(Pulse("", who, later, Sentiment.ALARMED, "They are leaving"))
    book.cases.add(Case("", who, "009", "Down", "Open", opened_on=later, escalated=True))
    book.placements.add(Placement("", who, later, Tier.LOW, "Less to do"))
    book.objectives.add(Objective("", who, "New", agreed_on=later, status=ObjectiveStatus.AGREED))
    book.objectives.update("o3", actual=Fact(7_000), actual_on=later)
    now = told()
    assert now[0].goals[3].now is None
    book.objectives.update("o3", actual=Fact(7_850), actual_on=date(2025, 11, 30))
    assert told() == before


def test_a_goal_reached_later_was_still_open_then(tidewater):
    goal = replace(tidewater.objectives[0], status=ObjectiveStatus.REACHED)
    (then,) = known_on(replace(tidewater, objectives=(goal,)), date(2025, 12, 31)).objectives
    assert (then.status, then.actual.is_known) == (ObjectiveStatus.AGREED, False)


def test_a_case_and_a_term_decided_later_were_open_then(tidewater):
    ended = replace(tidewater.terms[0], outcome=TermOutcome.RENEWED, notice_given=True)
    then = known_on(replace(tidewater, terms=(ended,)), date(2026, 1, 5))
    assert then.terms[0].outcome is TermOutcome.UNDECIDED
    assert [(c.number, c.is_closed) for c in then.cases] == [("001040", False)]
    assert not then.cases[0].satisfaction.is_known


def test_the_brief_says_what_the_deck_must_not(book):
    ready = prepare_qbr(book, "tidewater")
    words = said(ready.brief)
    glance = words["At a glance"]
    for word in (
        "Health",
        "Uneasy",
        "Gap to the score",
        "$412k",
        "30 Apr 2026",
        "regrettable: yes",
    ):
        assert word in glance, word
    people = words["People: 3 of theirs, 1 of ours"]
    for word in ("Amara Nwosu", "5 of 5", "left on 24 Feb 2026"):
        assert word in people, word
    # Rosa was: what somebody who left felt about us says nothing of today.
    assert "our advocate" not in people
    seat = next(s for s in book.seats.of("tidewater") if s.role is Role.DAY_TO_DAY)
    book.seats.update(seat.id, mood=fact(2))
    now = said(prepare_qbr(book, "tidewater").brief)
    assert "our advocate" in now["People: 3 of theirs, 1 of ours"]
    assert "001061" in words["Landmines"]
    assert "Tidewater add voicebot seats" in words["Open opportunities, not for the deck"]
    assert "no slide for promises" in words["Slides left out, and why"]
    assert "Who is their decision maker?" in words["Questions to ask, one for each unknown"]


@pytest.mark.parametrize("end", [".", "?", "…", ""])
def test_a_reason_keeps_the_one_full_stop_it_has(book, end):
    because = f"The new COO has not met us{end}"
    book.pulses.add(Pulse("", AccountId("tidewater"), date(2026, 3, 11), Sentiment.UNEASY, because))
    words = said(prepare_qbr(book, "tidewater").brief)
    assert f"has not met us{end or '.'} Entered 11 Mar 2026." in words["At a glance"]
    assert not any(".." in text or "?." in text for text in words.values())


def test_the_brief_lists_points_lost_and_caps(book):
    words = said(prepare_qbr(book, "tidewater").brief)["What makes the score"]
    assert "Caps in force" in words
    assert "Where most points are lost" in words


def test_an_account_without_data_gets_a_brief_of_questions(book):
    words = said(prepare_qbr(book, "bare").brief)
    assert "Not enough data" in words["At a glance"]
    assert "When does their contract end" in words["Questions to ask, one for each unknown"]
    assert "Nobody at the account is known" in words["People: 0 of theirs, 0 of ours"]


def test_the_brief_prints_with_its_banner_and_clean_properties(book):
    content = print_document(prepare_qbr(book, "tidewater").brief)
    assert content.startswith(b"%PDF")
    assert prepare_qbr(book, "tidewater").brief.banner == BANNER
    assert str(book.path.parent).encode() not in content


def test_a_brief_runs_on_over_pages_without_losing_its_end():
    items = Items(tuple(f"Question {n}: {'why ' * 60}" for n in range(60)))
    content = print_document(
        Document("Long", "", "Internal", (Section("Questions", (items,)),), "Maren")
    )
    assert content.count(b"/Type /Page\n") == 3


def test_a_text_higher_than_a_page_is_cut_with_a_sign():
    long = Items(("word " * 20_000,))
    assert print_document(Document("L", "", "I", (Section("S", (long,)),))).startswith(b"%PDF")


def test_the_quarter_and_the_day_can_be_chosen(book):
    ready = prepare_qbr(book, "tidewater", quarter=Quarter(2026, 1), today=date(2026, 1, 10))
    assert ready.view.period_end == ready.view.as_of == date(2026, 1, 10)
    assert ready.view.is_past


def test_an_executive_review_is_named_as_such(book, tmp_path):
    made = export_qbr(book, "tidewater", tmp_path, kind="ebr")
    assert made.files[0].name == "Tidewater Health Network 2026Q1 EBR deck.pptx"
    assert made.story.minutes == 40


def test_a_name_no_font_here_may_have_is_warned_of(book, tmp_path):
    book.accounts.update("bare", name="東京 Freight 😀 / CON")
    made = export_qbr(book, "bare", tmp_path / "out")
    assert made.files[0].parent == tmp_path / "out"
    assert any("Chinese, Japanese or Korean" in w for w in made.warnings)
    assert any("emoji" in w for w in made.warnings)


def test_what_cannot_be_done_is_one_sentence(book, tmp_path):
    with pytest.raises(UserError):
        export_qbr(book, "nobody", tmp_path)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UserError, match="could not be written"):
        export_qbr(book, "bare", tmp_path / "file")
    with pytest.raises(UserError, match=r"not a \.pptx file"):
        export_qbr(book, "bare", tmp_path / "out", template=tmp_path / "file")
    assert not (tmp_path / "out").exists()
