"""A book in every state it can be found in: what the window says, and what it lets you do."""

import os

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.book.connection import connect
from csplanner.errors import UserError
from csplanner.ui.opening.damage import DamageDialog
from csplanner.ui.widgets.buttons import IconButton
from csplanner.ui.widgets.popover import Popover
from tests.lending import lent
from tests.ui.opening.conftest import (
    answer,
    change_outside,
    keys,
    leave_lock,
    old_book,
    press,
)


def test_a_book_as_it_was_left_opens_at_once_and_says_nothing(frame, small_book, settle):
    assert frame.open_book(lent(small_book))
    assert frame.session is not None
    settle(frame)
    assert keys(frame) == []
    assert frame.banners.isHidden()


def test_a_book_held_by_another_window_is_read_and_opened_once_that_is_closed(
    frame, book, today, settle, qtbot
):
    path = book.path  # `book` is open for writing
    assert frame.open_book(path)
    settle(frame)
    notice = frame.banners.notice("read-only")
    assert notice.text.startswith("Read-only: open in csplanner by ")
    assert " on " in notice.text
    assert " since " in notice.text
    assert not notice.can_close
    assert frame.state().saved_text == "Read-only"
    press(frame, "read-only", "Try again")
    settle(frame)
    assert "still open by" in frame.status.note()
    book.close()
    frame.show_place("book")
    frame.again.try_again_quietly()
    qtbot.waitUntil(lambda: frame.session is not None and not frame.session.read_only)
    settle(frame)
    assert keys(frame) == []
    assert frame.current_page().key == "book"


def test_a_lock_left_by_another_computer_is_taken_over_only_when_said(frame, small_book, settle):
    path = lent(small_book)
    small_book.close()
    leave_lock(path, host="laptop-2")
    assert frame.open_book(path)
    settle(frame)
    assert "left open in csplanner by anna on laptop-2" in frame.banners.notice("read-only").text
    press(frame, "read-only", "Take over…")
    answer(frame, "Take the book over?", "do")
    settle(frame)
    assert not frame.session.read_only
    assert keys(frame) == []


def test_what_may_not_be_written_is_read_only_and_says_why(frame, small_book, settle, monkeypatch):
    path = lent(small_book)
    small_book.close()
    monkeypatch.setattr("csplanner.book.opening.may_write", lambda _path: False)
    assert frame.open_book(path)
    settle(frame)
    assert "you may not write to it" in frame.banners.notice("read-only").text
    press(frame, "read-only", "Save a copy…")
    settle(frame)
    assert (frame.files.folder / "copy.csbook").exists()


def put_code_into(path) -> None:
    other = connect(path)
    other.execute("create trigger theirs after insert on touch begin delete from pulse; end")
    other.close()


def test_a_book_that_holds_foreign_code_is_made_anew_without_it(frame, small_book, settle):
    path = lent(small_book)
    small_book.close()
    put_code_into(path)
    before = path.read_bytes()
    assert frame.open_book(path)
    settle(frame)
    notice = frame.banners.notice("read-only")
    assert "did not write (trigger theirs)" in notice.text
    frame.verbs.pin("a2")
    assert "Make a book without it" in frame.status.note()
    [(verb, _)] = notice.verbs
    press(frame, "read-only", verb)
    settle(frame)
    assert frame.session.path.name == "clean.csbook"
    assert not frame.session.read_only
    assert "without the code" in frame.banners.notice("restored").text
    assert frame.state().totals_text.startswith("3 accounts")
    assert path.read_bytes() == before


def test_a_book_that_cannot_be_made_without_its_code_is_shown_again(frame, small_book, settle):
    path = lent(small_book)
    small_book.close()
    put_code_into(path)
    (frame.files.folder / "clean.csbook").write_bytes(b"mine")
    assert frame.open_book(path)
    settle(frame)
    press(frame, "read-only", "Make a book without it…")
    settle(frame)
    assert frame.session.path == path
    assert "already there" in frame.status.note()


def test_a_book_that_is_let_go_of_elsewhere_is_opened_for_changes_by_itself(
    frame, book, settle, qtbot
):
    assert frame.open_book(book.path)
    settle(frame)
    assert frame.session.read_only
    frame.again._looking.setInterval(20)
    book.close()
    qtbot.waitUntil(lambda: not frame.session.read_only)
    settle(frame)
    assert keys(frame) == []


def test_keys_that_would_change_a_read_only_book_say_why_they_cannot(
    frame, small_book, settle, qtbot
):
    assert frame.open_book(small_book.path)
    settle(frame)
    frame.show_place("account", "a1")
    settle(frame)
    for name in ("touch.log", "pulse.set", "tier.set", "account.add", "edit.undo"):
        frame.status.show_note("")
        frame.commands.action(name).trigger()
        assert "open in csplanner by" in frame.status.note(), name
        assert frame.verbs.form is None
    frame.show_place("today")
    settle(frame)
    listing = frame.page("today").page.list
    for key in (Qt.Key.Key_E, Qt.Key.Key_S, Qt.Key.Key_D):
        frame.status.show_note("")
        qtbot.keyClick(listing, key)
        assert "open in csplanner by" in frame.status.note(), key
    assert frame.findChildren(Popover) == []


def test_an_old_book_is_upgraded_beside_the_window_with_a_backup(frame, tmp_path, settle):
    assert frame.open_book(old_book(tmp_path))
    assert frame.session is None
    settle(frame)
    assert frame.session is not None
    notice = frame.banners.notice("upgraded")
    assert "backup" in notice.text
    assert notice.can_close
    press(frame, "upgraded", "Show backups")
    assert frame.current_page().key == "settings"


def test_an_old_book_that_may_not_be_written_is_shown_upgraded(
    frame, tmp_path, settle, monkeypatch
):
    monkeypatch.setattr("csplanner.book.opening.may_write", lambda _path: False)
    frame.open_book(old_book(tmp_path))
    settle(frame)
    assert "you see an upgraded copy" in frame.banners.notice("read-only").text


def test_a_book_changed_outside_says_so_once_it_was_checked(frame, small_book, settle, today):
    path = lent(small_book)
    small_book.close()
    change_outside(path, today)
    assert frame.open_book(path)
    settle(frame)
    text = frame.banners.notice("outside").text
    assert "changed outside csplanner" in text
    assert "It was checked and is sound." in text
    frame.banners.drop("outside")
    assert frame.banners.isHidden()


def test_an_older_file_brought_back_is_told_apart(frame, small_book, settle, today):
    path = lent(small_book)
    small_book.close()
    change_outside(path, today)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert frame.open_book(path)
    settle(frame)
    assert "is not the file you closed" in frame.banners.notice("outside").text


def test_a_swap_that_kept_size_and_time_is_found_after_the_first_paint(
    frame, long_book, settle, monkeypatch
):
    monkeypatch.setattr("csplanner.book.opening.READ_AT_ONCE", 1)
    was = long_book.stat()
    raw = bytearray(long_book.read_bytes())
    at = raw.rindex(b"Account 11")
    raw[at : at + 10] = b"Account_11"
    long_book.write_bytes(raw)
    os.utime(long_book, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert frame.open_book(long_book)
    assert keys(frame) == []
    settle(frame)
    assert keys(frame) in (["outside"], ["unsound", "outside"], ["damaged"])


def test_a_place_that_can_harm_a_book_is_said_once(frame, small_book, settle, tmp_path, today):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    path = lent(small_book).rename(folder / "book.csbook")
    small_book.close()
    frame.open_book(path)
    settle(frame)
    assert "Dropbox" in frame.banners.notice("place").text
    frame.show_start()
    frame.open_book(path)
    settle(frame)
    assert "place" not in keys(frame)


def test_a_file_that_is_gone_or_replaced_stops_writing_and_is_opened_anew_when_asked(
    frame, small_book, settle, tmp_path, today
):
    path = lent(small_book)
    other = tmp_path / "other.csbook"
    Book.create(other, today=today).close()
    frame.open_book(path)
    settle(frame)
    path.unlink()
    frame.session.look()
    settle(frame)
    notice = frame.banners.notice("lost")
    assert "until it is back" in notice.text
    assert [verb for verb, _ in notice.verbs] == ["Save a copy…"]
    other.rename(path)
    frame.session.look()
    settle(frame)
    assert frame.state().save_failed
    assert "Another file has taken the place" in frame.banners.notice("lost").text
    assert frame.state().saved_text == (
        "Nothing can be saved: the book was replaced by another file"
    )
    press(frame, "lost", "Open what is there now…")
    settle(frame)
    answer(frame, "Open what is there now?", "open")
    settle(frame)
    assert frame.state().totals_text == "0 accounts"
    assert "lost" not in keys(frame)


def test_a_book_another_program_wrote_to_is_opened_anew_without_asking(
    frame, small_book, settle, today
):
    path = lent(small_book)
    frame.open_book(path)
    settle(frame)
    change_outside(path, today)
    frame.session.look()
    settle(frame)
    assert frame.state().saved_text == "Not saved: changed outside"
    press(frame, "lost", "Open what is there now…")
    settle(frame)
    assert frame.session.lost_because == ""
    assert "lost" not in keys(frame)


def test_a_newer_book_is_refused_in_a_strip_and_stays_as_it_is(frame, small_book, settle):
    path = lent(small_book)
    small_book.close()
    other = connect(path)
    other.execute("pragma user_version = 99")
    other.close()
    before = path.read_bytes()
    assert not frame.open_book(path)
    assert "newer csplanner" in frame.banners.notice("refused").text
    assert frame.status.note() == ""  # once is enough
    assert path.read_bytes() == before
    with pytest.raises(UserError):
        frame.books.open_first(path)


def test_a_large_book_never_closed_here_is_looked_over_beside_the_window(
    frame, small_book, settle, monkeypatch
):
    from csplanner.book.seal import unseal

    monkeypatch.setattr("csplanner.ui.opening.ahead._SMALL", 0)
    path = lent(small_book)
    small_book.close()
    unseal(path)
    said = []
    frame.books.waiting.connect(said.append)
    frame.books._quiet.setInterval(0)
    assert frame.open_book(path)
    assert frame.session is None
    settle(frame)
    assert frame.session is not None
    assert said[-1] == ""
    assert keys(frame) == []


def test_a_quiet_page_says_what_is_done_with_a_file_until_it_is_over(frame, small_book, settle):
    frame.books.waiting.emit("Looking it over…")
    assert frame.current_page().key == "opening"
    assert frame.current_page().accessibleDescription() == "Looking it over…"
    frame.books.waiting.emit("")
    assert frame.current_page().key == "start"
    frame.open_book(lent(small_book))
    settle(frame)
    frame.books.waiting.emit("Looking another over…")
    assert keys(frame) == ["waiting"]
    frame.books.waiting.emit("")
    assert keys(frame) == []


def test_an_emptied_book_offers_its_backups(frame, small_book, settle):
    path = lent(small_book)
    backup(small_book)
    small_book.close()
    path.write_bytes(b"")
    assert not frame.open_book(path)
    settle(frame)
    [dialog] = frame.findChildren(DamageDialog)
    assert dialog.restore.button.isEnabled()
    dialog.restore.button.click()
    settle(frame)
    assert frame.session.path == path
    assert frame.state().totals_text.startswith("3 accounts")


def test_an_empty_file_without_backups_is_refused_in_words(frame, tmp_path, settle):
    path = tmp_path / "empty.csbook"
    path.write_bytes(b"")
    assert not frame.open_book(path)
    settle(frame)
    assert "is empty, not a csplanner book" in frame.banners.notice("refused").text


def test_news_put_away_do_not_come_back_with_the_proof(frame, small_book, settle, today):
    path = lent(small_book)
    small_book.close()
    change_outside(path, today)
    frame.open_book(path)
    settle(frame)
    assert "outside" in keys(frame)
    strip = next(s for s in frame.banners.children() if "outside csplanner" in _name(s))
    strip.findChildren(IconButton)[-1].click()
    assert "outside" not in keys(frame)
    frame.session.prove(frame.facts._proved)
    settle(frame)
    assert "outside" not in keys(frame)


def _name(part: object) -> str:
    return part.accessibleName() if isinstance(part, QWidget) else ""
