"""The ways to the History: sidebar, menu, the next undo in the status bar, an account's page."""

from datetime import date

import pytest
from PySide6.QtCore import Qt

from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.shell.nav import NavRow
from tests.lending import lent


@pytest.fixture
def frame(qtbot, themes, today: date, small_book):
    """The window on the small book."""
    made = BookWindow(themes, AppSettings(), today=today)
    qtbot.addWidget(made)
    made.show()
    assert made.open_book(lent(small_book))
    qtbot.waitUntil(lambda: made.session.idle)
    yield made
    made.close()


def history_of(frame, qtbot):
    qtbot.waitUntil(lambda: frame.current_page().key == "history" and frame.session.idle)
    return frame.current_page().page


def test_the_foot_of_the_sidebar_leads_to_it_and_is_lit(qtbot, frame) -> None:
    row = next(r for r in frame.sidebar.findChildren(NavRow) if r.row.title == "History")
    row.click()
    assert history_of(frame, qtbot).list.current_row().label == "Pin Tidewater Health Network"
    assert row.isChecked()


def test_pressing_the_next_undo_opens_it(qtbot, frame) -> None:
    qtbot.mouseClick(frame.status._undo, Qt.MouseButton.LeftButton)
    assert history_of(frame, qtbot).tools.account_id is None


def test_an_account_leads_to_its_own_changes(qtbot, frame) -> None:
    frame.show_place("account", "a2")
    qtbot.waitUntil(lambda: frame.session.idle)
    assert frame.commands.run("account.history")
    page = history_of(frame, qtbot)
    assert page.tools.account_id == "a2"
    frame.commands.run("edit.history")
    qtbot.waitUntil(lambda: frame.session.idle)
    assert page.tools.account_id is None


def test_the_tab_of_an_account_opens_one_change(qtbot, frame) -> None:
    frame.show_place("account", ("a2", "history"))
    qtbot.waitUntil(lambda: frame.session.idle)
    account = frame.current_page().page
    number = frame.session.read.history(9, "a2")[-1].id
    account.lists.history.asked.emit("edit", str(number))
    page = history_of(frame, qtbot)
    assert page.list.current_row().number == number
