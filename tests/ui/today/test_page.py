"""Today as you use it: read why, do the verb, put away, bring back."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication, QLineEdit

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.domain.attention import Verdict
from csplanner.ui.today.footer import DismissPopover, PutAwayList
from csplanner.ui.today.model import TodayModel
from csplanner.ui.today.rows import Heading, Row
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from tests.ui.account.story import TODAY, tell


def names(page) -> list[str]:
    lines = [page.model.line(page.model.index(i)) for i in range(page.model.rowCount())]
    return [line.name for line in lines if isinstance(line, Row)]


def choose(page, name: str) -> None:
    for place in range(page.model.rowCount()):
        line = page.model.line(page.model.index(place))
        if isinstance(line, Row) and line.name == name:
            page.list.setCurrentIndex(page.model.index(place))


def verdicts(page) -> list[tuple[str, Verdict]]:
    return [(a.signal_kind, a.verdict) for a in page.story_session.read.attention.all()]


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))


def test_accounts_are_ranked_under_their_headings(page) -> None:
    first = page.model.line(page.model.index(0))
    assert isinstance(first, Heading)
    assert first.title == "Now"
    assert "Tidewater Health Network" in names(page)
    assert page.list.current_row().rank == "1"


def test_the_model_keeps_the_rules_of_models(page, settle) -> None:
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    page.refresh()
    settle(page)
    del tester


def test_the_head_says_the_day_and_the_money(page) -> None:
    assert page.head.title.text() == "Thursday 12 March"
    assert "renews in the next 90 days" in page.head.sentence.text


def test_the_inspector_tells_why(page) -> None:
    choose(page, "Tidewater Health Network")
    words = words_of(page.panel)
    assert "Why it is here" in words
    assert "Why it ranks" in words
    assert "Ask Dr Lena Park to introduce Amara Nwosu" in words


def test_done_sticks_and_the_next_row_is_current(page, qtbot, settle) -> None:
    choose(page, "Kestrel Freight")
    was = page.list.current_row()
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    settle(page)
    assert verdicts(page) == [(was.kind, Verdict.DONE)]
    assert page.model.place_of(was.account_id, was.kind) is None
    assert page.list.current_row() is not None
    assert page.footer.done.text() == "1 finished today"


def test_s_snoozes_for_a_week(page, qtbot, settle) -> None:
    choose(page, "Kestrel Freight")
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    settle(page)
    [kept] = page.story_session.read.attention.all()
    assert (kept.verdict, kept.until) == (Verdict.SNOOZED, TODAY + timedelta(days=7))
    assert page.footer.snoozed.text() == "1 snoozed"


def test_a_snoozed_signal_can_be_brought_back(page, qtbot, settle, window) -> None:
    choose(page, "Kestrel Freight")
    was = page.list.current_row()
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    settle(page)
    page.footer.snoozed.click()
    popover = window.findChild(PutAwayList)
    assert "Kestrel Freight" in words_of(popover)
    next(b for b in popover.findChildren(Button) if b.text() == "Bring back").click()
    settle(page)
    assert page.model.place_of(was.account_id, was.kind) is not None


def test_dismissing_asks_for_a_reason(page, qtbot, settle, window) -> None:
    choose(page, "Kestrel Freight")
    qtbot.keyClick(page.list, Qt.Key.Key_D)
    popover = window.findChild(DismissPopover)
    field = popover.findChild(QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert verdicts(page) == []
    qtbot.keyClicks(field, "They renew by themselves")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(page)
    [kept] = page.story_session.read.attention.all()
    assert (kept.verdict, kept.reason) == (Verdict.DISMISSED, "They renew by themselves")


def test_a_verdict_can_be_undone(page, qtbot, settle) -> None:
    before = names(page)
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    settle(page)
    page.story_actions.undo()
    settle(page)
    assert names(page) == before


def test_enter_runs_the_verb_of_the_row(page, qtbot) -> None:
    choose(page, "Tidewater Health Network")
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.story_actions.form is not None
    page.story_actions.form.reject()


def test_the_short_list_can_be_shown_whole(page, settle) -> None:
    page._toggle_whole()
    settle(page)
    assert len(names(page)) == page._today.total
    assert page.footer.more.text() == "Show the short list"


def test_single_letters_can_be_switched_off(page, qtbot) -> None:
    page.list.letters = False
    qtbot.keyClick(page.list, Qt.Key.Key_E)
    assert page.story_session.idle
    assert verdicts(page) == []


def test_letters_typed_with_control_are_not_verbs(page, qtbot) -> None:
    qtbot.keyClick(page.list, Qt.Key.Key_E, Qt.KeyboardModifier.ControlModifier)
    assert page.story_session.idle
    assert verdicts(page) == []


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
def test_a_mark_of_the_strip_opens_its_account(page, qtbot) -> None:
    qtbot.keyClick(page.head.strip, Qt.Key.Key_Right)
    with qtbot.waitSignal(page.navigate) as told:
        qtbot.keyClick(page.head.strip, Qt.Key.Key_Return)
    assert told.args[0] == "account"
    assert page.story_session.read.accounts.get(told.args[1]).name == "Calder County Council"


def test_an_empty_book_offers_three_ways_on(show_today, tmp_path: Path) -> None:
    Book.create(tmp_path / "new.csbook", today=TODAY).close()
    page = show_today(tmp_path / "new.csbook")
    words = words_of(page)
    assert "Your book is empty" in words
    assert page.inspector() is None


def test_a_calm_book_says_that_nothing_needs_you(page, qtbot, settle) -> None:
    for _ in range(80):
        if page.list.current_row() is None:
            break
        qtbot.keyClick(page.list, Qt.Key.Key_E)
        settle(page)
    assert "Nothing needs you" in words_of(page)
    assert page.head.sentence.text.startswith("Nothing needs you today.")


def test_an_old_book_says_as_of_which_day(show_today, tmp_path: Path) -> None:
    path = tmp_path / "old.csbook"
    with Book.create(path, today=date(2027, 9, 1)) as book:
        tell(book)
        day = book.as_of()
    with Book.open(path, today=TODAY) as book:
        assert book.as_of() == TODAY
    page = show_today(path, date(2027, 9, 1))
    assert day < date(2027, 9, 1)
    assert "your newest facts" in page.head.day_note.text()


def test_names_are_shown_as_they_are(show_today, tmp_path: Path) -> None:
    path = tmp_path / "poison.csbook"
    with Book.create(path, today=TODAY) as book:
        book.accounts.add(Account(AccountId(""), "<img src=x><b>"))
        book.refresh()
    page = show_today(path)
    assert names(page) in ([], ["<img src=x><b>"])
    page.window().grab()


@pytest.mark.parametrize("look", ["light", "dark"])
def test_it_is_painted_in_both_looks(page, themes, look: str) -> None:
    themes.choose(look)
    QApplication.processEvents()
    assert not page.grab().isNull()


def test_an_empty_model_has_no_nearest_row(qapp) -> None:
    assert not TodayModel().nearest(3).isValid()


def test_what_is_measured_hides_while_you_say_how_you_feel(page) -> None:
    choose(page, "Tidewater Health Network")
    was = page.list.current_row()
    page.story_actions.set_pulse(was.account_id)
    hidden = page.list.current_row()
    assert (hidden.band, hidden.why) == ("none", "")
    assert was.headline not in words_of(page)
    assert "hidden until you said" in words_of(page.panel)
    page.story_actions.form.reject()
    assert page.list.current_row() == was
    assert "Why it is here" in words_of(page.panel)


def test_a_list_that_cannot_hold_everyone_says_how_many_it_holds(page) -> None:
    page.footer.show_more(0, is_whole=True, listed=80, total=524)
    assert not page.footer.limit.isHidden()
    assert page.footer.limit.text() == "The 80 most urgent of 524 are listed."
    page.footer.show_more(0, is_whole=True, listed=9, total=9)
    assert page.footer.limit.isHidden()


def test_a_long_word_breaks_instead_of_widening_the_inspector(page) -> None:
    word = "W" * 60
    width = page.panel.minimumSizeHint().width()
    page.panel.set_title(word)
    assert page.panel.minimumSizeHint().width() == width
