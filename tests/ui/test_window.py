"""The window with a book: opening, keyboard alone, faults, dropped files, what the frame says."""

import json
import stat
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from csplanner import settings as app_settings
from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.domain.account import Tier
from csplanner.domain.attention import Verdict
from csplanner.domain.sentiment import Sentiment
from csplanner.errors import UserError
from csplanner.settings import AppSettings, load_settings, save_settings
from csplanner.ui.book_memory import BookMemory
from csplanner.ui.faults import Faults, where
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.shell.pane_cycle import first_reachable
from tests.lending import lent

POISON = "<img src=x><b>Bold</b> & Sons"

Key, Mod = Qt.Key, Qt.KeyboardModifier


class AccountStub(PageWidget):
    """A page about one account, so that the verbs can be tried without the real one."""

    key, title, place = "account", "Account", "book"
    current_account = "a1"


@pytest.fixture
def opened(qtbot, frame, small_book):
    """The window on the small book, at a page about its first account."""
    assert frame.open_book(lent(small_book))
    frame.add_page(AccountStub())
    frame.show_place("account")
    settle(qtbot, frame)
    return frame


def settle(qtbot, frame):
    """Wait until the book has written and told everything."""
    QApplication.processEvents()
    qtbot.waitUntil(lambda: frame.session is None or frame.session.idle)


def press(qtbot, frame, text):
    """Press keys such as `Ctrl+L` where the keyboard is."""
    key = getattr(Key, f"Key_{text.rpartition('+')[2]}")
    held = Mod.NoModifier
    for name in text.split("+")[:-1]:
        held |= {"Ctrl": Mod.ControlModifier, "Shift": Mod.ShiftModifier}[name]
    frame.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is frame)
    target = QApplication.focusWidget() or frame
    qtbot.keyClick(target, key, held)


def test_the_start_page_opens_makes_and_forgets_books(qtbot, frame, book, tmp_path):
    assert frame.current_page().key == "start"
    frame.commands.run("book.open")
    assert frame.session.path == book.path
    frame.commands.run("book.new")
    assert frame.session.path == tmp_path / "new.csbook"
    assert [Path(p).name for p in load_settings().recent] == ["new.csbook", "book.csbook"]
    frame.commands.run("book.close")
    assert frame.current_page().key == "start"
    texts = [w.accessibleName() for w in frame.current_page().findChildren(QLabel)]
    assert texts is not None
    frame.forget_book(book.path)
    assert [Path(p).name for p in load_settings().recent] == ["new.csbook"]


def test_a_book_that_cannot_be_opened_keeps_the_one_shown(qtbot, opened, tmp_path):
    bad = tmp_path / "notes.csbook"
    bad.write_text("not a book")
    path = opened.session.path
    assert not opened.open_book(bad)
    assert opened.session.path == path
    assert opened.toast.text
    assert not opened.open_book(tmp_path / "gone.csbook")


def test_a_touch_takes_seconds_by_keyboard_alone(qtbot, opened):
    press(qtbot, opened, "Ctrl+L")
    form = opened.verbs.form
    assert form is not None
    qtbot.keyClicks(form.focusWidget(), "call Rosa 25m Access targets")
    qtbot.keyClick(form.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: opened.verbs.form is None)
    touch = opened.session.read.touches.of("a1")[-1]
    assert (touch.minutes, touch.topic, touch.person_ids) == (25, "Access targets", ("p1",))
    assert opened.toast.text == "Logged a call with Tidewater Health Network"
    assert opened.state().undo_text == "log a call, Tidewater Health Network"
    press(qtbot, opened, "Ctrl+Z")
    settle(qtbot, opened)
    assert len(opened.session.read.touches.of("a1")) == 1
    press(qtbot, opened, "Ctrl+Shift+Z")
    settle(qtbot, opened)
    assert len(opened.session.read.touches.of("a1")) == 2


def test_a_sentiment_and_a_tier_are_set_by_keyboard_alone(qtbot, opened):
    press(qtbot, opened, "Ctrl+J")
    qtbot.keyClicks(opened.verbs.form.focusWidget(), "2")
    qtbot.keyClick(opened.verbs.form.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: opened.verbs.form is None)
    assert opened.session.read.pulses.of("a1")[-1].sentiment is Sentiment.UNEASY
    press(qtbot, opened, "Ctrl+T")
    qtbot.keyClicks(opened.verbs.form.focusWidget(), "m")
    qtbot.keyClick(opened.verbs.form.focusWidget(), Key.Key_Return)
    qtbot.waitUntil(lambda: opened.verbs.form is None)
    assert opened.session.read.overview.one("a1").tier is Tier.MEDIUM
    opened.undo_asked.emit()
    settle(qtbot, opened)
    assert opened.session.read.overview.one("a1").tier is None


def test_verbs_about_an_account_rest_while_none_is_shown(qtbot, opened):
    assert opened.commands.get("pulse.set").enabled()
    opened.show_place("settings")
    assert not opened.commands.get("pulse.set").enabled()
    assert opened.commands.get("touch.log").enabled()
    assert opened.commands.run("pulse.set") is False


def test_every_verb_is_in_a_menu_and_no_two_share_a_shortcut(opened):
    commands = opened.commands.all()
    assert all(command.menu for command in commands)
    keys = [command.shortcut for command in commands if command.shortcut]
    assert sorted(keys) == sorted(set(keys))


def test_the_frame_says_what_the_book_is(qtbot, opened):
    state = opened.state()
    assert state.book_name == "My book"
    assert state.book_file == "book.csbook"
    assert state.saved_text.startswith("Saved")
    assert state.snapshot_text == "No snapshot yet"
    assert state.totals_text.startswith("3 accounts · $")
    assert [pin.name for pin in state.pinned] == ["Tidewater Health Network"]
    assert {view.title for view in state.views} >= {"Renewing in 90 days", "Blind spots"}
    assert opened.windowTitle() == "My book — csplanner"


def test_a_read_only_book_says_so_and_offers_no_changes(qtbot, frame, small_book, monkeypatch):
    monkeypatch.setattr("csplanner.book.opening.may_write", lambda _path: False)
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    assert frame.state().saved_text.startswith("Read-only")
    assert not frame.commands.get("touch.log").enabled()
    assert not frame.commands.get("edit.undo").enabled()


def test_a_bug_in_a_slot_keeps_the_window_alive_and_names_no_customer(qtbot, opened, monkeypatch):
    faults = Faults(opened, lambda sentence: opened.say(sentence, undo=False, failed=True))
    monkeypatch.setattr(sys, "excepthook", faults.take)

    def fail():
        raise ZeroDivisionError("Tidewater Health Network")

    QTimer.singleShot(0, fail)
    qtbot.waitUntil(lambda: faults.dialog is not None)
    texts = " ".join(label.text() for label in faults.dialog.findChildren(QLabel))
    assert "fault of the program" in texts
    assert "What was saved is safe" in texts
    assert faults.dialog.details.isHidden()
    faults.dialog.fold.click()
    assert not faults.dialog.details.isHidden()
    copy = next(b for b in faults.dialog.findChildren(QPushButton) if b.text() == "Copy details")
    copy.click()
    assert "ZeroDivisionError" in QApplication.clipboard().text()
    assert "Tidewater" not in QApplication.clipboard().text()
    first = faults.dialog
    QTimer.singleShot(0, fail)
    qtbot.wait(10)
    assert faults.dialog is first
    faults.dialog.reject()
    opened.commands.run("account.pin")
    settle(qtbot, opened)
    assert opened.state().pinned == ()
    checked: list[object] = []
    opened.session.write(lambda book: checked.append(check(book)))
    settle(qtbot, opened)
    assert checked == [[]]


def test_a_bug_while_writing_leaves_the_form_open_and_closable(qtbot, opened, monkeypatch):
    faults = Faults(opened, opened.verbs.refuse)
    monkeypatch.setattr(sys, "excepthook", faults.take)
    opened.verbs.set_next_step("a1")
    form = opened.verbs.form
    form.collect = lambda: lambda _book: 1 / 0
    form.save()
    qtbot.waitUntil(lambda: faults.dialog is not None)
    faults.dialog.reject()
    assert opened.verbs.form is form
    form.reject()
    assert opened.verbs.form is None


def test_a_sentence_for_the_user_is_a_toast_and_no_bug(qtbot, opened, monkeypatch):
    faults = Faults(opened, lambda sentence: opened.say(sentence, undo=False, failed=True))
    monkeypatch.setattr(sys, "excepthook", faults.take)

    def refuse():
        raise UserError("The disk is full. Make room.")

    QTimer.singleShot(0, refuse)
    qtbot.waitUntil(lambda: opened.toast.text == "The disk is full. Make room.")
    assert faults.dialog is None


def test_the_log_holds_places_and_no_words():
    try:
        int("Tidewater Health Network")
    except ValueError as error:
        text = where(error)
    assert "ValueError" in text
    assert "test_window.py" in text
    assert "Tidewater" not in text


def test_names_are_shown_as_they_are_written(qtbot, opened):
    opened.open_palette("img")
    qtbot.waitUntil(lambda: not opened.palette_overlay.is_waiting)
    assert opened.palette_overlay.list.choice().text == POISON
    opened.palette_overlay.close_palette()
    account = next(a for a in opened.session.read.accounts.all() if a.name == POISON)
    opened.verbs.set_pulse(account.id)
    titles = [label for label in opened.verbs.form.findChildren(QLabel) if POISON in label.text()]
    assert titles
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in titles)


def test_a_dropped_book_opens_and_other_files_are_imported(qtbot, opened, tmp_path, today):
    other = tmp_path / "other.csbook"
    Book.create(other, today=today).close()
    asked = []
    opened.verbs.navigate.connect(lambda *to: asked.append(to))
    drop(opened, tmp_path / "accounts.csv")
    assert asked[-1] == ("import", [tmp_path / "accounts.csv"])
    drop(opened, other)
    settle(qtbot, opened)
    assert opened.session.path == other


def drop(frame, *paths):
    """Drop files on the window."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    event = QDropEvent(
        QPointF(10, 10), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Mod.NoModifier,
    )  # fmt: skip
    frame.dropEvent(event)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("which", ["none", "empty", "small"])
def test_the_window_builds_in_both_themes(qtbot, frame, request, themes, which, theme):
    themes.choose(theme)
    if which != "none":
        book = request.getfixturevalue("book" if which == "empty" else "small_book")
        assert frame.open_book(lent(book))
        settle(qtbot, frame)
        for place in ("settings", "settings"):
            frame.show_place(place)
    assert not frame.grab().isNull()


def test_settings_of_the_application_are_private_and_survive_damage(home):
    save_settings(AppSettings(theme="dark", recent=("/b.csbook",), single_keys=False))
    path = home / "config" / app_settings.FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert load_settings() == AppSettings(theme="dark", recent=("/b.csbook",), single_keys=False)
    path.write_text(json.dumps({"theme": "pink", "recent": [1, "/c"], "single_keys": "no"}))
    assert load_settings() == AppSettings(recent=("/c",))
    path.write_text(json.dumps({"recent": ["/a\0b", "/\ud800", "", "/c"], "pinned": ["\0"]}))
    assert load_settings() == AppSettings(recent=("/c",))
    for torn in ("{", "[" * 100_000, json.dumps({"theme": "dark", "else": "x" * 300_000})):
        path.write_text(torn)
        assert load_settings() == AppSettings()


def test_the_window_remembers_theme_and_page(qtbot, frame, small_book):
    frame.open_book(lent(small_book))
    frame.themes.choose("dark")
    frame.show_place("book")
    settle(qtbot, frame)
    frame.close()
    kept = load_settings()
    assert kept.theme == "dark"
    assert kept.recent == kept.open_books == (str(small_book.path),)
    assert BookMemory(small_book.path).get("page") == ["book", None]


def test_an_old_day_is_what_the_window_counts_from(frame):
    assert frame.today == date(2026, 3, 12)


def test_an_account_opened_from_the_book_keeps_the_order_of_the_list(qtbot, opened):
    opened.show_place("book")
    listed = opened.page("book").page.order()
    assert len(listed) == 3
    opened.current_page().navigate.emit("account", "a2")
    assert opened._history.current() == ("account", ("a2", "", tuple(listed)))


def test_the_letters_of_today_follow_the_settings(qtbot, opened):
    opened.show_place("today")
    today = opened.page("today").page
    assert today.list.letters
    opened.change_settings(replace(opened.settings, single_keys=False))
    assert not today.list.letters


def test_the_example_is_made_beside_the_window_and_kept(qtbot, frame, tmp_path):
    assert frame.commands.run("book.sample")
    assert frame.session is None
    assert frame.status.note() == "Making the example, a few seconds…"
    qtbot.waitUntil(lambda: frame.session is not None, timeout=60_000)
    settle(qtbot, frame)
    assert frame.session.path == tmp_path / "example.csbook"
    assert frame.state().totals_text.startswith("41 accounts")
    assert [path.name for path in tmp_path.glob("*.part*")] == []


def test_a_book_without_accounts_says_what_a_touch_needs(qtbot, frame, book):
    assert frame.open_book(lent(book))
    settle(qtbot, frame)
    refused = []
    frame.commands.refused.connect(refused.append)
    assert frame.commands.run("touch.log") is False
    assert refused == ["Add an account or import a snapshot first."]


def test_ctrl_and_arrows_go_through_the_accounts_of_the_list(qtbot, frame, small_book):
    assert frame.open_book(lent(small_book))
    assert frame.commands.run("go.account.next"), "from Today to the first of the book"
    settle(qtbot, frame)
    assert frame.account_now == "a3"
    frame.show_place("account", ("a1", "", ("a1", "a2")))
    settle(qtbot, frame)
    press(qtbot, frame, "Ctrl+Down")
    settle(qtbot, frame)
    assert frame.account_now == "a2"
    press(qtbot, frame, "Ctrl+Up")
    settle(qtbot, frame)
    assert frame.account_now == "a1"


def test_what_calls_is_put_away_by_commands_while_today_is_shown(qtbot, opened):
    assert opened.commands.run("today.done") is False
    opened.show_place("today")
    settle(qtbot, opened)
    assert opened.commands.get("today.done").menu == "Account"
    assert opened.commands.run("today.done")
    settle(qtbot, opened)
    [kept] = opened.session.read.attention.all()
    assert kept.verdict is Verdict.DONE


def test_an_archived_account_offers_to_be_brought_back(qtbot, opened):
    assert not opened.commands.get("account.back").enabled()
    opened.commands.run("account.archive")
    settle(qtbot, opened)
    assert not opened.commands.get("account.archive").enabled()
    assert opened.commands.run("book.archived")
    opened.verbs.form.buttons["a1"].click()
    settle(qtbot, opened)
    assert opened.verbs.form.buttons == {}
    opened.verbs.form.reject()
    assert not opened.verbs.is_archived("a1")
    assert not opened.commands.get("book.archived").enabled()
    assert opened.commands.run("account.archive")
    settle(qtbot, opened)
    assert opened.commands.run("account.back")
    settle(qtbot, opened)
    assert not opened.verbs.is_archived("a1")


def test_the_sidebar_lights_the_pinned_account_and_the_settings(qtbot, opened):
    def lit(nav):
        return [row.row.target for row in nav._rows if row.isChecked()]

    assert lit(opened.sidebar._pinned) == [("account", "a1")]
    opened.show_place("settings")
    assert lit(opened.sidebar._pinned) == []
    assert lit(opened.sidebar._foot) == ["app.settings"]


def test_export_rests_where_it_means_nothing(qtbot, opened):
    export = opened.commands.action("page.export")
    assert export.isEnabled()
    assert export.text() == "Prepare the QBR of the account…"
    opened.show_place("today")
    opened.refresh_commands()
    assert not export.isEnabled()
    opened.show_place("book")
    opened.refresh_commands()
    assert export.text() == "Export what is shown…"


def test_any_screen_can_be_searched_and_the_keyboard_goes_back(qtbot, opened):
    opened.show_place("settings")
    settle(qtbot, opened)
    before = opened.focusWidget()
    press(qtbot, opened, "Ctrl+F")
    bar = opened.find_bar
    qtbot.keyClicks(bar.field, "currency")
    assert bar.count >= 1
    assert bar.said.text().startswith("1 of ")
    first = bar.current
    qtbot.keyClick(bar.field, Key.Key_Return)
    assert bar.current != first or bar.count == 1
    qtbot.keyClicks(bar.field, "zzz")
    assert bar.said.text() == "Nothing found"
    bar.leave()
    assert not bar.isVisible()
    assert opened.focusWidget() is before
    opened.show_place("today")
    settle(qtbot, opened)
    opened.commands.run("go.find")
    bar.field.setText("today")
    assert not bar.isHidden()
    opened.show_place("book")
    assert not bar.isVisible(), "another page has nothing of it"


def test_a_read_only_book_says_why_a_form_does_not_open(qtbot, frame, small_book, monkeypatch):
    monkeypatch.setattr("csplanner.book.opening.may_write", lambda _path: False)
    assert frame.open_book(lent(small_book))
    settle(qtbot, frame)
    frame.verbs.log_touch("a1")
    assert frame.verbs.form is None
    assert "read-only" in frame.status.note()
    assert frame.state().undo_text == ""
    frame.commands.refresh()
    assert not frame.commands.get("touch.log").enabled()


def test_lost_books_are_told_in_the_status_bar_and_copied(qtbot, opened, tmp_path):
    opened.files.ask_copy = lambda _path: tmp_path / "kept.csbook"
    opened.session.path.unlink()
    opened.session.look()
    settle(qtbot, opened)
    assert opened.state().save_failed
    assert "no longer where it was" in opened.state().saved_text
    assert opened.commands.run("book.copy")
    settle(qtbot, opened)
    assert (tmp_path / "kept.csbook").exists()


def test_ampersands_stay_in_menus(qtbot, opened):
    opened.commands.set_text("edit.undo", "Undo rename, Ember & Oak")
    assert opened.commands.action("edit.undo").text() == "Undo rename, Ember && Oak"


def test_closing_waits_for_an_import_and_says_so(qtbot, opened):
    go = Event()
    opened.session.write_long(lambda *_: go.wait(5))
    assert not opened.close()
    assert "closes when it is done" in opened.status.note()
    go.set()
    qtbot.waitUntil(lambda: opened.session is None)
    assert not opened.isVisible()


@pytest.mark.parametrize("place", ["history", "book", "today", "settings"])
def test_tab_stops_at_all_that_shift_tab_does(qtbot, opened, place):
    opened.show_place(place)
    settle(qtbot, opened)
    first = first_reachable(opened.sidebar)

    def stops(ahead: bool) -> list[QWidget]:
        first.setFocus(Qt.FocusReason.TabFocusReason)
        seen = [first]
        while opened.focusNextPrevChild(ahead) and opened.focusWidget() is not first:
            seen.append(opened.focusWidget())
        return seen

    ahead, back = stops(True), stops(False)
    assert ahead[1:] == back[:0:-1]
