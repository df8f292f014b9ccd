"""What the account page shows of the journey, promises and roles is recorded, opened, undone."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from csplanner.domain.care import ADOPTION, EXPANSION
from csplanner.domain.journey import CHOOSE_AGAIN
from csplanner.domain.promise import PromiseState
from csplanner.domain.rating import Respondent
from csplanner.ui.account.head import FigureButton
from csplanner.ui.account.parts import EvidencePopover, RowButton, row_buttons
from csplanner.ui.account.timeline_rows import KIND_WORDS, EventFilter, EventKind, timeline
from csplanner.ui.widgets.buttons import Button
from tests.ui.account.story import TODAY
from tests.ui.account.test_page import words_of


def fill(field, text: str) -> None:
    assert isinstance(field.field, QLineEdit)
    field.field.setText(text)


@pytest.fixture
def saved(page, settle):
    """Save the form that is open and wait until the page shows it; returns what was said."""
    told: list[str] = []
    page.story_actions.said.connect(lambda text, *_: told.append(text))

    def save() -> str:
        page.story_actions.form.save()
        settle()
        assert page.story_actions.form is None
        return told[-1]

    return save


def undo(page, settle) -> None:
    page.story_actions.undo()
    settle()


def popover_of(window) -> EvidencePopover:
    return [p for p in window.findChildren(EvidencePopover) if p.isVisible()][-1]


def test_an_answer_is_added_shown_in_the_strip_and_taken_back(page, settle, saved) -> None:
    page.forms.rate(page.current_account, touchpoint="Renewal")
    form = page.story_actions.form
    fill(form.answer, "9")
    form.save()
    assert form.answer.error == "Type the answer as a whole number from 1 to 5."
    fill(form.answer, "2")
    fill(form.words, "Nobody called us back.")
    fill(form.function, "Renewals")
    fill(form.owner, "Priya Raman")
    assert saved() == "Added an answer on Renewal of Tidewater Health Network"
    stop = next(s for s in page.overview._shown.journey.stops if s.key == "Renewal")
    assert (stop.value, stop.tail, stop.band) == ("2.0", "CSAT, 1", "risk")
    assert (stop.function, stop.person) == ("Renewals", "Priya Raman")
    assert page.overview.journey.chip.accessibleName() == "Renewal: with Renewals since 12 Mar"
    undo(page, settle)
    stop = next(s for s in page.overview._shown.journey.stops if s.key == "Renewal")
    assert (stop.value, stop.tail) == ("", "not asked yet")


def test_the_strip_is_walked_by_keyboard_and_opens_the_answers_behind(page, qtbot, window) -> None:
    strip = page.overview.journey.strip
    strip.setFocus()
    for _ in range(6):
        qtbot.keyClick(strip, Qt.Key.Key_Right)
    assert strip.accessibleDescription().startswith("Billing: 2.9 CSAT. Accountable: Finance")
    qtbot.keyClick(strip, Qt.Key.Key_Return)
    popover = popover_of(window)
    assert "Accountable: Finance, nobody named." in words_of(popover)
    assert "2.9 of 5 CSAT" in words_of(popover)
    assert "survey.csv" in words_of(popover)
    popover.findChild(Button).click()
    assert page.story_actions.form.touchpoint.field.text() == "Billing"
    page.story_actions.form.reject()


def test_a_touchpoint_opens_by_click(page, qtbot, window) -> None:
    strip = page.overview.journey.strip
    spot = strip.rect().center()
    spot.setX(round(strip.width() * 5.5 / 8))
    qtbot.mouseClick(strip, Qt.MouseButton.LeftButton, pos=spot)
    assert popover_of(window).accessibleName() == "Support"


def test_would_choose_again_is_not_asked_until_somebody_says(page, settle, saved) -> None:
    assert "Not asked" in words_of(page.head)
    page.forms.ask_again(page.current_account)
    form = page.story_actions.form
    form.save()
    assert form.answer.error
    fill(form.answer, "3")
    for item in form.held.values():
        item.choose("4")
    assert saved() == "Tidewater Health Network would choose us again: 3 of 10"
    words = words_of(page.head)
    assert "3 of 10" in words
    assert "Not asked" not in words
    kept = page.story_session.read.ratings.of(page.current_account)
    assert [(r.touchpoint, r.level) for r in kept] == [(CHOOSE_AGAIN, Respondent.SENIOR)]
    undo(page, settle)
    assert "Not asked" in words_of(page.head)
    assert not page.story_session.read.ratings.of(page.current_account)


def test_what_holds_them_says_stuck_where_they_want_away(page, settle, saved) -> None:
    page.story_session.write(_cool_sponsor)
    settle()
    page.forms.ask_again(page.current_account)
    form = page.story_actions.form
    fill(form.answer, "2")
    for item in form.held.values():
        item.choose("4")
    saved()
    assert "stuck, not loyal" in words_of(page.head)
    button = next(
        b for b in page.head.findChildren(FigureButton) if "choose us" in b.accessibleName()
    )
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    words = words_of(popover_of(page.window()))
    assert "free to leave 0 of 100" in words
    assert "A long contract holds them" in words


def _cool_sponsor(book) -> str:
    """The sponsor cools down, so that the want is low."""
    from csplanner.domain.person import Role
    from csplanner.domain.value import fact

    for account in book.accounts.find("Tidewater"):
        for seat in book.seats.of(account.id):
            if seat.role is Role.SPONSOR:
                book.seats.update(seat.id, mood=fact(-2))
    return ""


def test_a_promise_is_written_down_shown_late_kept_and_taken_back(page, settle, saved) -> None:
    page.forms.promise(page.current_account)
    form = page.story_actions.form
    fill(form.due, "2 Mar 2026")
    fill(form.made, "5 Mar 2026")
    form.save()
    assert form.what.error == "Say what is promised, in a few words."
    assert form.due.error == "It cannot be due before it was made."
    fill(form.what, "Corrected invoices")
    fill(form.made, "20 Feb 2026")
    fill(form.owner, "Marcus Feld")
    saved()
    assert "late since 2 Mar" in words_of(page.overview.promises)
    page.head.tabs.choose("promises")
    table = page.lists.promises.table
    assert [table.rows.index(0, c).data() for c in (0, 1, 2, 6)] == [
        "We", "Corrected invoices", "Marcus Feld", "late by 10 days",
    ]  # fmt: skip
    page.lists.promises.ask("keep")
    settle()
    [kept] = page.story_session.read.promises.of(page.current_account)
    assert (kept.state, kept.kept_on) == (PromiseState.LATE, TODAY)
    assert table.rows.index(0, 6).data() == "kept late, 12 Mar"
    undo(page, settle)
    QTest.keyClick(table, Qt.Key.Key_Delete)
    settle()
    assert not page.story_session.read.promises.of(page.current_account)
    undo(page, settle)
    assert len(page.story_session.read.promises.of(page.current_account)) == 1


def test_who_looks_after_what_is_agreed_once_and_names_somebody(page, settle, saved) -> None:
    assert "nobody agreed yet" in words_of(page.overview.care)
    page.overview.care.findChildren(RowButton)[1].click()
    form = page.story_actions.form
    assert form.activity.field.text() == EXPANSION
    fill(form.party, "Sales")
    fill(form.person, "Tomas Lindqvist")
    saved()
    words = words_of(page.overview.care)
    assert "Tomas Lindqvist," in words
    assert "Sales" in words
    page.forms.care(page.current_account, EXPANSION)
    form = page.story_actions.form
    fill(form.party, "Services")
    form.save()
    assert "already" in form.activity.error
    form.reject()
    assert "Tomas Lindqvist" in {
        p.name for p in page.story_session.read.people.of(page.current_account)
    }
    undo(page, settle)
    assert "Tomas Lindqvist," not in words_of(page.overview.care)


def test_the_csm_is_you(page, settle, saved) -> None:
    from dataclasses import replace

    page.story_session.write(
        lambda book: book.set_settings(replace(book.settings, csm="Maren Oduya")) or ""
    )
    settle()
    page.forms.care(page.current_account, ADOPTION)
    form = page.story_actions.form
    fill(form.party, "CSM")
    fill(form.person, "Maren Oduya")
    saved()
    assert "You" in words_of(page.overview.care).splitlines()


def test_a_figure_of_an_objective_is_added_and_taken_back(page, settle, saved) -> None:
    goals = page.story_session.read.objectives.of(page.current_account)
    cost = next(o for o in goals if o.title.startswith("Cost"))
    page.forms.figure(page.current_account)
    form = page.story_actions.form
    assert form.which.key == cost.id
    assert form.was.field.text() == "$7.85, goal $7.50"
    form.save()
    assert form.now.error == "Type the figure, such as 81."
    fill(form.now, "7.60")
    saved()
    assert "$7.60" in words_of(page.overview.objectives)
    undo(page, settle)
    assert "$7.85" in words_of(page.overview.objectives)


def test_each_lens_opens_both_sides_by_keyboard(page, qtbot, window) -> None:
    rows = page.overview.lenses.findChildren(RowButton)
    assert "Seats in use: 95%" in rows[1].accessibleName()
    for row in row_buttons(rows[0].parentWidget()):
        row.setFocus()
        qtbot.keyClick(row, Qt.Key.Key_Space)
        popover = popover_of(window)
        assert "how we measure it" in words_of(popover)
        assert "how they measure it" in words_of(popover)
        qtbot.keyClick(popover, Qt.Key.Key_Escape)


def test_the_timeline_is_sifted_by_kind_person_words_and_days(page, qtbot) -> None:
    page.head.tabs.choose("timeline")
    tab = page.timeline
    rows = tab.list.table.rows
    whole = rows.rowCount()
    tab.kind.choose(EventKind.TOUCH.value)
    assert 0 < rows.rowCount() < whole
    assert {rows.index(n, 1).data() for n in range(rows.rowCount())} == {"Touches"}
    joel = tab.person.findText("Joel Baptiste")
    tab.person.setCurrentIndex(joel)
    assert 0 < rows.rowCount() < 8
    tab.clear_button.click()
    assert rows.rowCount() == whole
    qtbot.keyClicks(tab.text, "rosa delgado left")
    qtbot.waitUntil(lambda: rows.rowCount() == 1)
    assert rows.index(0, 2).data() == "Rosa Delgado left"
    tab.text.clear()
    tab.since.setText("nonsense")
    tab.sift()
    assert "is not a day" in tab.wrong.text()
    tab.since.setText("1 Mar 2026")
    tab.sift()
    assert not tab.wrong.text()
    assert 0 < rows.rowCount() < whole


def test_enter_opens_the_record_behind_an_event(page, qtbot, settle) -> None:
    page.head.tabs.choose("timeline")
    tab = page.timeline
    tab.kind.choose(EventKind.TOUCH.value)
    qtbot.keyClick(tab.list.table, Qt.Key.Key_Return)
    form = page.story_actions.form
    assert form.topic.field.text() == "Roster export"
    form.reject()
    tab.kind.choose(EventKind.CASE.value)
    qtbot.keyClick(tab.list.table, Qt.Key.Key_Return)
    assert page.head.tabs.key == "deals"
    assert page.lists.cases.table.current_id() is not None


def test_every_kind_of_event_has_its_words_and_own_jottings_are_told(rich) -> None:
    from csplanner.domain.note import Note
    from csplanner.domain.task import Task
    from csplanner.ui.account.kept import Kept

    assert set(KIND_WORDS) == set(EventKind)
    index, _ = rich
    account = index.file.account.id
    kept = Kept(
        notes=(Note("n", account, TODAY, "# Renewal\nThey wait for the budget."),),
        tasks=(Task("t", account, "Send the deck", done_on=TODAY),),
    )
    told = {e.kind: e for e in timeline(index, kept)}
    assert told[EventKind.NOTE].title == "Renewal"
    assert told[EventKind.NOTE].note == "They wait for the budget."
    assert told[EventKind.TASK].title == "Done: Send the deck"


def test_a_filter_takes_what_matches_all_of_it(rich) -> None:
    from csplanner.ui.account.kept import Kept

    events = timeline(rich[0], Kept())
    since = TODAY - timedelta(days=30)
    wanted = EventFilter(kind="touch", since=since, until=TODAY)
    found = [e for e in events if wanted.takes(e)]
    assert found
    assert all(since <= e.on <= TODAY and e.kind is EventKind.TOUCH for e in found)
    assert EventFilter().is_empty
    assert not wanted.is_empty


def test_the_verbs_of_the_page_are_commands_with_their_menu(page, window) -> None:
    from types import SimpleNamespace

    from csplanner.ui.account.commands import account_commands

    stand_in = SimpleNamespace(
        verbs=page.story_actions, account_now=page.current_account, tr=window.tr
    )
    commands = {c.id: c for c in account_commands(stand_in)}
    for name in ("rating.add", "again.ask", "promise.add", "care.set", "objective.figure"):
        assert commands[name].menu == "Account"
        assert commands[name].writes
        assert commands[name].enabled()
        commands[name].run()
        QApplication.processEvents()
        assert page.story_actions.form is not None
        page.story_actions.form.reject()
    commands["account.timeline"].run()
    assert page.head.tabs.key == "timeline"
