"""The History as you use it: find a change, read before and after, take it back, go back to it."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.ui.history.page import HistoryPage
from csplanner.ui.history.rows import Heading, Row
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from tests.ui.conftest import POISON


@pytest.fixture
def show(qtbot, window) -> Callable[..., HistoryPage]:
    """Show the history of a session's book in the window."""

    def shown(session, actions, argument: object = "") -> HistoryPage:
        actions.said.connect(lambda text, undo, failed: window.say(text, undo=undo, failed=failed))
        page = HistoryPage(session, actions)
        window.add_page(page)
        window.show_place("history", argument)
        qtbot.waitUntil(lambda: session.idle)
        return page

    return shown


def rows_of(page: HistoryPage) -> list[Row]:
    lines = [page.model.line(page.model.index(i)) for i in range(page.model.rowCount())]
    return [line for line in lines if isinstance(line, Row)]


def labels(page: HistoryPage) -> list[str]:
    return [row.label for row in rows_of(page)]


def words_of(widget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(PlainLabel))


def choose(page: HistoryPage, label: str) -> None:
    number = next(row.number for row in rows_of(page) if row.label == label)
    page.list.setCurrentIndex(page.model.index_of(number))


def change(session, qtbot, work) -> None:
    session.write(work)
    qtbot.waitUntil(lambda: session.idle)


def set_city(book: Book, city: str) -> None:
    book.accounts.update("a2", city=city)


def tell_at_length(book: Book) -> None:
    book.connection.executemany(
        "insert into change (label, at, kind) values (?, '2026-03-01T09:00:00+00:00', 'edit')",
        [(f"Step {number}",) for number in range(230)],
    )


def test_changes_stand_under_their_day_newest_first(
    qtbot, show, small_book, session, actions
) -> None:
    page = show(session, actions)
    tester = QAbstractItemModelTester(
        page.model, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    assert page.model.line(page.model.index(0)) == Heading("Today")
    assert labels(page)[0] == "Pin Tidewater Health Network"
    change(session, qtbot, lambda book: book.accounts.update("a2", city="Oslo"))
    assert labels(page)[0] == "Change Merrow Telecom"
    del tester


def test_the_panel_tells_each_field_and_what_taking_it_back_would_do(
    qtbot, show, small_book, session, actions
) -> None:
    change(session, qtbot, lambda b: b.accounts.update("a2", city="Oslo", sector="Rail"))
    change(session, qtbot, lambda b: b.accounts.update("a2", city="Bergen"))
    page = show(session, actions)
    page.list.setCurrentIndex(page.model.index(2))
    qtbot.waitUntil(lambda: session.idle)
    told = words_of(page.panel)
    assert "unknown → Oslo" in told
    assert "Health system → Rail" in told
    assert "1 field goes back.\n• 1 later edit is kept." in told
    assert page.panel.back_button.isEnabled()


def test_a_change_is_taken_back_after_asking_and_later_edits_stay(
    qtbot, show, small_book, session, actions, window
) -> None:
    change(session, qtbot, lambda b: b.accounts.update("a2", city="Oslo", sector="Rail"))
    change(session, qtbot, lambda b: b.accounts.update("a2", city="Bergen"))
    page = show(session, actions)
    page.list.setCurrentIndex(page.model.index(2))
    qtbot.waitUntil(lambda: session.idle)
    qtbot.keyClick(page.list, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: page.returning.dialog is not None)
    dialog = page.returning.dialog
    assert "1 later edit is kept" in words_of(dialog)
    assert dialog.focusWidget().text() == "Keep it"
    next(b for b in dialog.findChildren(Button) if b.text() == "Take it back").click()
    qtbot.waitUntil(lambda: session.idle)
    account = session.read.accounts.get("a2")
    assert (account.sector, account.city) == ("Health system", "Bergen")
    assert labels(page)[0] == "Undo: Change Merrow Telecom"
    assert [row.chip for row in rows_of(page)[:3]] == ["", "", "Taken back"]
    assert "1 later edit is kept" in window.status.note()


def test_everything_after_a_change_is_undone_and_comes_again(
    qtbot, show, small_book, session, actions
) -> None:
    for city in ("Oslo", "Bergen", "Lund"):
        change(session, qtbot, partial(set_city, city=city))
    page = show(session, actions)
    page.list.setCurrentIndex(page.model.index(3))
    qtbot.waitUntil(lambda: session.idle)
    assert "2 changes came after it." in words_of(page.panel)
    page.panel.back_to_button.click()
    qtbot.waitUntil(lambda: page.returning.dialog is not None)
    dialog = page.returning.dialog
    next(b for b in dialog.findChildren(Button) if b.text() == "Undo 2 changes").click()
    qtbot.waitUntil(lambda: session.idle)
    assert session.read.accounts.get("a2").city == "Oslo"
    for _ in range(2):
        actions.redo()
        qtbot.waitUntil(lambda: session.idle)
    assert session.read.accounts.get("a2").city == "Lund"


def test_the_list_is_narrowed_by_account_kind_and_words(
    qtbot, show, small_book, session, actions
) -> None:
    page = show(session, actions, "a2")
    assert page.current_account == "a2"
    assert labels(page)[-1] == "Add Merrow Telecom"
    assert "Add Tidewater Health Network" not in labels(page)
    page.tools.kinds.choose("imports")
    qtbot.waitUntil(lambda: session.idle)
    assert labels(page) == []
    assert page.inspector() is None
    page.tools.clear()
    page.tools.search.setText("pin")
    qtbot.waitUntil(lambda: labels(page) == ["Pin Tidewater Health Network"])
    page.open("")
    assert page.tools.account_id is None


def test_what_is_shown_is_copied_as_a_table(qtbot, show, small_book, session, actions) -> None:
    page = show(session, actions)
    qtbot.keyClick(page.list, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: session.idle)
    lines = QApplication.clipboard().text().splitlines()
    assert lines[0] == "When\tWhat\tAccounts\tTouched\tState"
    assert lines[1].split("\t")[1:] == [
        "Pin Tidewater Health Network", "Tidewater Health Network", "1 account changed", "In force"
    ]  # fmt: skip
    assert len(lines) == len(labels(page)) + 1


def test_words_made_to_be_read_as_markup_stay_words(
    qtbot, show, small_book, session, actions
) -> None:
    page = show(session, actions)
    choose(page, f"Add {POISON}")
    qtbot.waitUntil(lambda: session.idle)
    titles = [label for label in page.panel.findChildren(PlainLabel) if POISON in label.text()]
    assert titles
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in titles)


def test_a_long_history_is_read_a_page_at_a_time(qtbot, show, book, session, actions) -> None:
    change(session, qtbot, tell_at_length)
    page = show(session, actions)
    assert len(rows_of(page)) == 200
    page.model.fetchMore(page.list.rootIndex())
    qtbot.waitUntil(lambda: session.idle)
    assert len(rows_of(page)) == 230
    assert not page.model.canFetchMore(page.list.rootIndex())
    assert page.model.line(page.model.index(0)) == Heading("1 Mar 2026")


def test_end_goes_to_the_oldest_change(qtbot, show, book, session, actions) -> None:
    change(session, qtbot, tell_at_length)
    page = show(session, actions)
    assert len(rows_of(page)) == 200
    qtbot.keyClick(page.list, Qt.Key.Key_End)
    qtbot.waitUntil(lambda: session.idle)
    assert len(rows_of(page)) == 230
    assert page.list.currentIndex().row() == page.model.rowCount() - 1
    assert page.list.current_row().number == min(row.number for row in rows_of(page))


def test_an_empty_and_a_read_only_book_say_so(qtbot, show, book, session, actions) -> None:
    page = show(session, actions)
    assert page.inspector() is None
    assert "Nothing was changed yet" in words_of(page._middle.currentWidget())
    change(session, qtbot, lambda b: b.accounts.add(Account(AccountId(""), "Acme")))
    assert labels(page) == ["Add Acme"]
    session.read_only = True
    page.refresh()
    qtbot.waitUntil(lambda: session.idle)
    assert "nothing can be taken back" in words_of(page.panel)
    assert not page.panel.back_button.isEnabled()


def test_each_line_is_spoken_with_its_state(qtbot, show, small_book, session, actions) -> None:
    change(session, qtbot, partial(set_city, city="Oslo"))
    change(session, qtbot, lambda b: b.undo())
    page = show(session, actions)
    spoken = rows_of(page)[0].spoken
    assert spoken.startswith("Change Merrow Telecom. 1 account changed. Undone. Edit. ")


def test_escape_leads_from_the_tools_to_the_list_and_shows_everything_again(
    qtbot, show, small_book, session, actions
) -> None:
    page = show(session, actions)
    whole = len(labels(page))
    page.focus_find()
    page.tools.search.setText("Pin")
    page._wanted_changed()
    qtbot.waitUntil(lambda: session.idle and len(labels(page)) < whole)
    qtbot.keyClick(page.tools.search, Qt.Key.Key_Escape)
    assert page.tools.search.text() == ""
    qtbot.keyClick(page.tools.search, Qt.Key.Key_Escape)
    assert page.window().focusWidget() is page.list
    page.tools.show_account("a2", "Merrow Telecom")
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert page.tools.account_id is None
    qtbot.waitUntil(lambda: session.idle and len(labels(page)) == whole)
