"""Books of last time come back, two books stand side by side, an account has its own window."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.settings import AppSettings, load_settings
from csplanner.ui.book_memory import BookMemory
from csplanner.ui.book_place import put_back, stands
from csplanner.ui.book_window import BookWindow
from csplanner.ui.shown_page import page_widget
from csplanner.ui.translator import speak
from csplanner.ui.window_list import named
from csplanner.ui.windows import Windows
from tests.ui.places import Places

pytestmark = pytest.mark.qt_log_ignore("does not support raise")


def settle(qtbot, *windows):
    QApplication.processEvents()
    qtbot.waitUntil(lambda: all(w.session is None or w.session.idle for w in windows))


@pytest.fixture
def other(tmp_path: Path, today: date) -> Path:
    """A second book, closed, with one account."""
    path = tmp_path / "other.csbook"
    with Book.create(path, today=today) as made:
        made.accounts.add(Account(AccountId("z1"), "Zephyr"))
    return path


@pytest.fixture
def start(qtbot, themes, today, tmp_path):
    """Starts the program's windows anew, as with the settings kept; returns the first one."""
    made: list[Windows] = []

    def started(settings: AppSettings | None = None) -> BookWindow:
        windows = Windows(themes, settings or load_settings(), today=today)
        made.append(windows)
        window = BookWindow(themes, files=Places(tmp_path), windows=windows)
        if not windows.restore(window):
            window.show_start()
        window.show()
        return window

    yield started
    for windows in made:
        windows.quit()


def test_you_come_back_to_where_you_were(qtbot, start, small_book):
    path, _ = small_book.path, small_book.close()
    first = start()
    first.open_book(path)
    first.toggle_inspector()
    first.setGeometry(QRect(20, 30, 1200, 760))
    first.show_place("book")
    first.show_place("account", ("a2", "people"))
    settle(qtbot, first)
    first.torn.tear("a3")
    first.close()

    again = start()
    settle(qtbot, again)
    assert again.session.path == path
    assert (again.current_page().key, again.account_now) == ("account", "a2")
    assert page_widget(again, "account").head.tabs.key == "people"
    # The screen of the tests is narrower than the window.
    assert again.height() == 760
    assert abs(again.y() - 30) < 5
    assert not again.content.is_wanted
    assert [window.account_now for window in again.torn.all()] == ["a3"]
    assert not load_settings().starting or again.windows.settings.starting
    again.windows.note_good_start()
    assert not load_settings().starting


def test_the_row_and_the_scroll_of_the_list_come_back(qtbot, start, tmp_path, today):
    path = tmp_path / "long.csbook"
    with Book.create(path, today=today) as made, made.change("Many"):
        for number in range(120):
            made.accounts.add(Account(AccountId(f"m{number}"), f"Account {number:03}"))
    first = start()
    first.open_book(path)
    first.show_place("book")
    settle(qtbot, first)
    table = page_widget(first, "book").table
    table.go_to(90)
    at = table.verticalScrollBar().value()
    assert at
    first.close()

    again = start()
    qtbot.waitUntil(lambda: page_widget(again, "book").table.verticalScrollBar().value() == at)
    assert page_widget(again, "book").table.line == 90


@pytest.mark.parametrize("how", ["gone", "held", "crashed", "switched off"])
def test_what_cannot_be_reopened_is_left_to_the_start_page(start, other, today, how):
    kept = AppSettings(recent=(str(other),), open_books=(str(other),))
    holder = None
    if how == "gone":
        other.unlink()
    elif how == "held":
        holder = Book.open(other, today=today)
    elif how == "crashed":
        kept = replace(kept, starting=True)
    else:
        kept = replace(kept, reopen=False)
    window = start(kept)
    assert (window.session, window.current_page().key) == (None, "start")
    assert not window.settings.starting
    if holder is not None:
        holder.close()


def test_a_place_that_makes_no_sense_any_more_shows_today(qtbot, start, small_book):
    path, _ = small_book.path, small_book.close()
    memory = BookMemory(path)
    memory.keep("page", ["account", ["gone", 7]])
    memory.keep("window", "no geometry")
    memory.keep("panes", [3])
    memory.keep("accounts", [["gone", ""], 5])
    memory.keep("scroll", ["book", [1, 2]])
    memory.write()
    window = start()
    window.open_book(path)
    settle(qtbot, window)
    assert window.current_page().key == "book"
    assert window.torn.all() == ()


def test_a_window_of_a_screen_that_is_gone_is_brought_back(qtbot, window):
    window.move(-9000, 9000)
    kept = stands(window)
    window.move(0, 0)
    put_back(window, kept)
    window.move(-9000, 9000)
    put_back(window, "")
    room = QApplication.primaryScreen().availableGeometry()
    assert room.intersects(window.frameGeometry())


def test_two_books_stand_in_two_windows_and_closing_one_leaves_the_other(
    qtbot, start, small_book, other
):
    path, _ = small_book.path, small_book.close()
    first = start()
    first.open_book(path)
    second = first.windows.open(other, first)
    settle(qtbot, first, second)
    assert first.windows.open(other, first) is second
    assert first.open_book(other)  # comes forward there, opened once
    assert first.session.path == path
    assert [name for name, _ in named(first)] == ["My book (this window)", "My book"]
    assert load_settings().open_books == (str(path), str(other))

    second.session.write(lambda book: book.accounts.update("z1", name="Zephyros"))
    settle(qtbot, first, second)
    second.close()
    assert first.session.read.accounts.get("a1")
    assert load_settings().open_books == (str(path),)
    with Book.open(other) as book:
        assert (book.read_only, book.accounts.get("z1").name) == (False, "Zephyros")


def test_quitting_closes_every_window_and_the_next_start_opens_them_all(
    qtbot, start, small_book, other
):
    path, _ = small_book.path, small_book.close()
    first = start()
    first.open_book(path)
    first.windows.open(other, first)
    first.commands.run("app.quit")
    assert not first.isVisible()
    assert load_settings().open_books == (str(path), str(other))

    again = start()
    settle(qtbot, again)
    shown = [window.session.path for window in again.windows.all()]
    assert shown == [path, other]


def test_an_account_in_its_own_window_is_live_and_ends_with_the_book(qtbot, start, small_book):
    path, _ = small_book.path, small_book.close()
    window = start()
    window.open_book(path)
    assert not window.commands.get("window.tear").enabled()
    window.show_place("account", "a1")
    settle(qtbot, window)
    assert window.commands.run("window.tear")
    (torn,) = window.torn.all()
    assert window.torn.tear("a1") is torn
    settle(qtbot, window)
    window.session.write(lambda book: book.accounts.update("a1", name="Tidewater Group"))
    window.show_place("account", "a2")
    settle(qtbot, window)
    assert page_widget(torn, "account").breadcrumb()[-1] == "Tidewater Group"
    assert page_widget(window, "account").breadcrumb()[-1] != "Tidewater Group"
    assert "Tidewater" not in torn.windowTitle()
    assert named(window)[1][0] == "Tidewater Group, in My book"

    torn.commands.run("account.pin")
    settle(qtbot, window)
    torn.commands.run("edit.undo")
    settle(qtbot, window)
    assert torn.toast.text.startswith("Undone")
    torn.show_place("book")
    assert window.current_page().key == "book"
    assert torn.current_page().key == "account"

    torn.commands.run("window.home")
    assert (window.torn.all(), window.account_now) == ((), "a1")
    qtbot.waitUntil(lambda: window.session.idle)
    kept = window.torn.tear("a2")
    window.close_book()
    assert not kept.isVisible()
    assert window.torn.all() == ()


def test_every_window_is_built_anew_where_it_was(qtbot, start, small_book):
    path, _ = small_book.path, small_book.close()
    window = start()
    windows = window.windows
    window.open_book(path)
    window.show_place("account", "a2")
    settle(qtbot, window)
    windows.renew()
    qtbot.waitUntil(lambda: windows.all() and windows.all()[0] is not window)
    (fresh,) = windows.all()
    settle(qtbot, fresh)
    assert (fresh.session.path, fresh.account_now) == (path, "a2")
    assert not fresh.session.read_only
    assert load_settings().open_books == (str(path),)


def test_a_language_chosen_in_the_settings_is_spoken_at_once(qtbot, qapp, start, small_book):
    path, _ = small_book.path, small_book.close()
    window = start()
    windows = window.windows
    window.open_book(path)
    window.show_place("settings")
    settle(qtbot, window)
    try:
        page_widget(window, "settings").window_pane.language.choose("de")
        qtbot.waitUntil(lambda: windows.all() and windows.all()[0] is not window)
        (fresh,) = windows.all()
        settle(qtbot, fresh)
        fresh.show_place("book")
        settle(qtbot, fresh)
        assert page_widget(fresh, "book").breadcrumb() == ["Buch"]
        # The sentences kept with each account were written anew, in the language spoken now.
        assert _languages_of(path) == {"de"}
        assert load_settings().language == "de"
    finally:
        speak(qapp, "en")
    fresh.close()
    with Book.open(path, today=date(2026, 3, 12)) as book:
        # The command line takes them as they are, and judges nothing for their sake.
        assert book.refresh(any_language=True) == 0
        assert book.refresh() == 3


def _languages_of(path: Path) -> set[str]:
    with closing(sqlite3.connect(path)) as db:
        return {code for (code,) in db.execute("select language from overview")}


def test_what_is_remembered_names_nobody(qtbot, start, small_book):
    path, _ = small_book.path, small_book.close()
    window = start()
    window.open_book(path)
    for place, argument in (("book", None), ("account", "a1"), ("history", ""), ("today", None)):
        window.show_place(place, argument)
        settle(qtbot, window)
    window.close()
    text = json.dumps(BookMemory(path)._values)
    assert "Tidewater" not in text
    assert "Rosa" not in text
