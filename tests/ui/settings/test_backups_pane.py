"""The backups in the settings: what was kept, a copy of one, and the way back to it."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from csplanner.book.backup import shelf
from csplanner.book.book import Book
from csplanner.book.erase import erase
from csplanner.book.shelf import Kept, Shelf, Why
from csplanner.ui.settings.kept_rows import kept_rows, note_of, restore_words, rule_words
from tests.ui.settings.conftest import settle

TODAY = date(2026, 3, 12)


def kept(moment, *, why=Why.CLOSE, sound=True, flaws="", size=1_250_000):
    return Kept(Path("x.csbook"), moment, why, size, "", 2, 1240, "1", sound, 1, flaws)


def test_each_backup_says_when_and_why_it_was_made_and_whether_it_is_sound():
    noon = datetime(2026, 3, 12, 12, tzinfo=UTC)
    found = Shelf(
        Path("/b"), "book", None,
        (kept(noon), kept(noon - timedelta(days=1), why=Why.IMPORT, flaws="2 people"),
         kept(noon - timedelta(days=9), sound=False)),
    )  # fmt: skip
    rows = kept_rows(found, TODAY)
    assert [row.when.split()[0] for row in rows] == ["Today", "Yesterday", "3"]
    assert rows[1].why == "before an import"
    assert [row.state for row in rows] == ["sound", "sound, with flaws", "damaged"]
    assert [row.records for row in rows] == ["1,240", "1,240", "unknown"]
    assert rows[0].size == "1.2 MB"
    assert note_of(found) == "3 kept, 3.8 MB"


def test_the_rule_says_how_long_backups_stay_and_how_much_they_may_take():
    assert "All of the last two days stay" in rule_words()
    assert "at most 2 GB" in rule_words()


def test_a_restore_counts_and_names_what_leaves_the_book():
    words = restore_words(["Set ARR", "Log a touch", "c", "d", "e", "f"], Path("acme.csbook"))
    assert words.startswith("6 changes made since leave the book: “Set ARR”, “Log a touch”")
    assert "and 2 more" in words
    assert "“acme before restore …”" in words
    assert restore_words([], Path("a.csbook")).startswith("No change was made since.")
    assert "could not be read" in restore_words(None, Path("a.csbook"))


def test_a_backup_is_made_and_listed(qtbot, frame, page):
    assert not page.backups.rows
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    assert frame.toast.text == "Backed up book.csbook"
    assert [row.why for row in page.backups.rows] == ["by hand"]


def test_a_restore_brings_the_book_back_and_keeps_the_present_one(qtbot, frame, page):
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    path = frame.session.path
    frame.session.write(lambda book: book.accounts.update("a1", name="Tidewater Renamed"))
    settle(qtbot, frame)
    page.backups.restore_buttons[0].click()
    qtbot.waitUntil(lambda: page.backups.restoring.dialog is not None)
    dialog = page.backups.restoring.dialog
    assert "1 change made since leaves the book" in dialog.accessibleDescription()
    dialog._close_with("do")
    qtbot.waitUntil(lambda: frame.session is not None, timeout=10_000)
    settle(qtbot, frame)
    assert frame.session.path == path
    assert frame.session.read.accounts.get("a1").name == "Tidewater Health Network"
    assert frame.current_page().key == "settings"
    assert frame.banners.notice("restored").text.startswith("The book is as it was today ")
    aside = [p for p in path.parent.iterdir() if p.is_dir() and "before restore" in p.name]
    with Book.open(aside[0] / path.name, read_only=True) as book:
        assert book.accounts.get("a1").name == "Tidewater Renamed"


def test_a_restore_says_whom_you_erased_and_is_in_the_book_again(qtbot, frame, page):
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    somebody = frame.session.read.people.of("a1")[0].id
    frame.session.write(lambda book: erase(book, somebody))
    settle(qtbot, frame)
    page.backups.restore_buttons[0].click()
    qtbot.waitUntil(lambda: page.backups.restoring.dialog is not None)
    page.backups.restoring.dialog._close_with("do")
    qtbot.waitUntil(lambda: frame.session is not None, timeout=10_000)
    settle(qtbot, frame)
    said = frame.banners.notice("restored").text
    assert "1 person you erased is in the book again; imports go on leaving them out: " in said


def test_a_restore_that_is_not_wanted_changes_nothing(qtbot, frame, page):
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    page.backups.restore_buttons[0].click()
    qtbot.waitUntil(lambda: page.backups.restoring.dialog is not None)
    page.backups.restoring.dialog._close_with("keep")
    settle(qtbot, frame)
    assert frame.session is not None
    assert page.backups.restoring.dialog is None


def test_a_backup_damaged_since_is_refused_and_the_book_opens_again(qtbot, frame, page):
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    backup = shelf(frame.session.path)[0].path
    content = bytearray(backup.read_bytes())
    content[3000] ^= 0xFF
    backup.write_bytes(content)
    page.backups.restore_buttons[0].click()
    qtbot.waitUntil(lambda: page.backups.restoring.dialog is not None)
    page.backups.restoring.dialog._close_with("do")
    qtbot.waitUntil(lambda: frame.session is not None, timeout=10_000)
    settle(qtbot, frame)
    assert "damaged" in frame.toast.text
    assert frame.session.read.accounts.get("a1").name == "Tidewater Health Network"


def test_a_copy_of_a_backup_is_a_book_of_its_own(qtbot, frame, page, tmp_path):
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    page.backups.copy_buttons[0].click()
    settle(qtbot, frame)
    copy = tmp_path / f"{frame.session.path.stem} copy.csbook"
    with Book.open(copy, read_only=True) as book:
        assert book.accounts.get("a1").name == "Tidewater Health Network"
    page.backups.copy_buttons[0].click()
    settle(qtbot, frame)
    assert "already there" in frame.toast.text


def test_the_list_shows_a_backup_made_meanwhile_and_the_button_keeps_the_keyboard(
    qtbot, frame, page
):
    frame.commands.run("book.backup")
    settle(qtbot, frame)
    settle(qtbot, frame)
    assert len(page.backups.rows) == 1
    frame.activateWindow()
    page.backups.back_up_button.setFocus()
    page.backups.back_up_button.click()
    settle(qtbot, frame)
    assert frame.focusWidget() is page.backups.back_up_button
    assert len(page.backups.rows) == 2


def test_a_backup_that_failed_by_hand_stays_told_until_one_is_made(
    qtbot, frame, page, tmp_path, monkeypatch
):
    home = tmp_path / "elsewhere"
    home.mkdir()
    (home / "backups").write_text("no folder")
    with monkeypatch.context() as patch:
        patch.setenv("CSPLANNER_HOME", str(home))
        page.backups.back_up()
        settle(qtbot, frame)
        assert frame.state().backup_failed
        assert frame.state().backup_text.startswith("No backup: the folder for backups")
    page.backups.back_up()
    settle(qtbot, frame)
    settle(qtbot, frame)
    assert not frame.state().backup_failed
    assert frame.state().backup_text.startswith("Backup ")
