"""A damaged book: told in words, never changed, with a backup, a salvage and a look to choose."""

import os
import sqlite3

import pytest

from csplanner.book.connection import connect
from csplanner.ui.faults import Faults
from csplanner.ui.opening.damage import DamageDialog, show_damage
from tests.ui.opening.conftest import keys, press, wipe


@pytest.fixture
def dialog_of(frame, settle):
    """Open a damaged book and return the dialog that comes."""

    def opened(path) -> DamageDialog:
        assert not frame.open_book(path)
        settle(frame)
        return frame.findChildren(DamageDialog)[-1]

    return opened


def test_damage_is_told_and_the_newest_good_backup_put_in_its_place(
    frame, long_book, dialog_of, settle
):
    damaged = wipe(long_book, 4)
    dialog = dialog_of(long_book)
    assert frame.session is None
    assert long_book.read_bytes() == damaged
    assert dialog.restore.title.text().startswith("Put the backup of ")
    assert "damaged file is kept" in dialog.restore.words.text()
    dialog.restore.button.click()
    settle(frame)
    assert frame.session.path == long_book
    assert frame.state().totals_text.startswith("120 accounts")
    assert "kept in" in frame.banners.notice("restored").text
    [aside] = long_book.parent.glob("book before restore*/book.csbook")
    assert aside.read_bytes() == damaged


def test_what_can_be_read_becomes_a_new_book_with_a_report(frame, long_book, dialog_of, settle):
    damaged = wipe(long_book, 4)
    dialog = dialog_of(long_book)
    dialog.recover.button.click()
    settle(frame)
    [opener] = [
        b for b in dialog.findChildren(type(dialog.restore.button)) if "Open the" in b.text()
    ]
    opener.click()
    settle(frame)
    assert frame.session.path.name == "recovered.csbook"
    assert frame.state().totals_text.startswith("120 accounts")
    assert long_book.read_bytes() == damaged


def test_a_damaged_book_is_looked_at_and_then_rescued(frame, long_book, dialog_of, settle):
    damaged = wipe(long_book, long_book.stat().st_size // 4096 - 2)
    dialog_of(long_book).look.button.click()
    settle(frame)
    assert frame.session.read_only
    assert "damaged" in frame.banners.notice("read-only").text
    press(frame, "read-only", "See what can be done…")
    settle(frame)
    dialog = frame.findChildren(DamageDialog)[-1]
    assert dialog.look.title.text() == "Go on looking at it"
    dialog.restore.button.click()
    settle(frame)
    assert not frame.session.read_only
    assert keys(frame) == ["restored"]
    assert damaged


def test_without_a_backup_the_rest_is_still_offered(frame, small_book, settle):
    small_book.close()
    wipe(small_book.path, 3)
    dialog = show_damage(frame, small_book.path, "its pages lead nowhere")
    settle(frame)
    assert "no good backup" in dialog.restore.words.text()
    assert not dialog.restore.button.isEnabled()
    assert dialog.recover.button.isEnabled()
    dialog.details_button.click()
    assert "its pages lead nowhere" in dialog._details.toPlainText()
    dialog.reject()


def test_damage_found_after_opening_stops_writing_and_offers_ways_out(
    frame, long_book, settle, monkeypatch
):
    monkeypatch.setattr("csplanner.book.opening.READ_AT_ONCE", 1)
    was = long_book.stat()
    damaged = wipe(long_book, long_book.stat().st_size // 4096 - 2)
    os.utime(long_book, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert frame.open_book(long_book)
    settle(frame)
    assert "Nothing more is written" in frame.banners.notice("damaged").text
    assert frame.state().read_only
    frame.show_start()
    assert long_book.read_bytes() == damaged


def test_a_window_started_for_a_damaged_book_shows_it_and_asks(frame, long_book, settle, qtbot):
    wipe(long_book, 4)
    frame.books.open_first(long_book)
    assert frame.current_page().key == "start"
    qtbot.waitUntil(lambda: bool(frame.findChildren(DamageDialog)))
    settle(frame)


def test_a_page_that_meets_damage_says_so_in_words(frame, long_book):
    said = []
    faults = Faults(frame, said.append)
    broken = connect(long_book, read_only=True)
    for page in range(3, long_book.stat().st_size // 4096):
        wipe(long_book, page)
    with pytest.raises(sqlite3.DatabaseError) as met:
        broken.execute("select * from change").fetchall()
    broken.close()
    faults._show(met.value)
    assert "damaged" in said[0]
    faults._show(ZeroDivisionError())
    assert len(said) == 1
    assert faults.dialog is not None
    faults.dialog.reject()


def test_damage_a_check_found_is_not_sealed_as_sound(frame, long_book, settle):
    assert frame.open_book(long_book)
    settle(frame)
    wipe(long_book, long_book.stat().st_size // 4096 - 2)
    show_damage(frame, long_book, "page 7 is never used").reject()
    settle(frame)
    assert "damaged" in keys(frame)
    assert frame.session.read_only
    frame.show_start()
    assert not frame.open_book(long_book)
