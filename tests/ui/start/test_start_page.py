"""The start page: what it says of the books opened before, and the ways back to lost ones."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from csplanner.book.backup import backup
from csplanner.book.dump import dump
from csplanner.settings import AppSettings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.first_steps import import_way
from csplanner.ui.start.backups import BackupsDialog
from csplanner.ui.start.files import BookFiles
from csplanner.ui.start.known import backup_words, recent_books
from csplanner.ui.start.ways import first_ways


class Places(BookFiles):
    """Answers instead of the system's dialogs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def ask_new(self) -> Path | None:
        return self.folder / "made.csbook"

    def ask_open(self) -> Path | None:
        return self.folder / "moved.csbook"

    def ask_export(self) -> Path | None:
        return next(self.folder.glob("*.jsonl"))

    def ask_from_backup(self, _path: Path) -> Path | None:
        return self.folder / "back.csbook"


@pytest.fixture
def lost(small_book, tmp_path, themes, today, qtbot):
    """A window whose last book is gone; a backup and a weekly dump of it are there."""
    backup(small_book)
    dump(small_book, tmp_path)
    small_book.close()
    path = small_book.path
    path.rename(tmp_path / "moved.csbook")
    frame = BookWindow(
        themes, AppSettings(recent=(str(path),)), today=today, files=Places(tmp_path)
    )
    qtbot.addWidget(frame)
    frame.show_start()
    frame.show()
    settle(qtbot, frame)
    yield frame
    frame.close()


def settle(qtbot, frame):
    qtbot.waitUntil(
        lambda: frame.books.idle and (frame.session is None or frame.session.idle), timeout=20_000
    )


def press(frame, words):
    [button] = [b for b in frame.current_page().findChildren(QPushButton) if b.text() == words]
    assert button.isVisible()
    button.click()


def test_books_opened_before_say_when_they_changed_or_that_they_are_gone(tmp_path):
    path = tmp_path / "mine.csbook"
    path.write_bytes(b"")
    changed = datetime.fromtimestamp(path.stat().st_mtime).astimezone().date()
    there, gone = recent_books([str(path), str(tmp_path / "gone.csbook")], changed)
    assert (there.name, there.state, there.there) == ("mine", "changed today", True)
    assert (gone.name, gone.state, gone.there) == ("gone", "not found there", False)
    later = recent_books([str(path)], date.fromordinal(changed.toordinal() + 1))
    assert later[0].state == "changed yesterday"


def test_the_age_of_a_backup_in_words():
    moment = datetime(2026, 3, 12, 12, 5, tzinfo=UTC)
    local = moment.astimezone()
    assert backup_words(None, local.date()) == "no backup"
    assert backup_words(moment, local.date()) == f"backup {local.hour}:05"
    assert backup_words(moment, date(2026, 4, 1)) == "backup 12 Mar"


def test_a_book_that_moved_is_located(qtbot, lost, tmp_path):
    [row] = lost.current_page().books.values()
    assert "not found there · backup" in row.accessibleName()
    press(lost, "Locate…")
    settle(qtbot, lost)
    assert lost.session.path == tmp_path / "moved.csbook"
    assert [Path(path).name for path in lost.settings.recent] == ["moved.csbook"]


def test_a_lost_book_comes_back_from_its_backup(qtbot, lost, tmp_path):
    press(lost, "Restore from backup…")
    settle(qtbot, lost)
    assert lost.session.path == tmp_path / "back.csbook"
    assert lost.state().totals_text.startswith("3 accounts")
    assert "This is the backup of" in lost.banners.notice("restored").text


def test_every_backup_on_the_computer_is_found(qtbot, lost, tmp_path):
    press(lost, "Find my backups…")
    [dialog] = lost.findChildren(BackupsDialog)
    settle(qtbot, lost)
    [bring] = dialog.buttons
    bring.click()
    settle(qtbot, lost)
    assert lost.session.path == tmp_path / "back.csbook"


def test_backups_are_never_put_over_a_file(qtbot, lost, tmp_path):
    (tmp_path / "back.csbook").write_bytes(b"mine")
    press(lost, "Restore from backup…")
    settle(qtbot, lost)
    assert "already there" in lost.status.note()
    assert (tmp_path / "back.csbook").read_bytes() == b"mine"


def test_an_export_is_opened_as_an_equal_book(qtbot, lost, tmp_path):
    assert json.loads(next(tmp_path.glob("*.jsonl")).read_text().splitlines()[0])
    press(lost, "Open an export…")
    settle(qtbot, lost)
    assert lost.session.path == tmp_path / "made.csbook"
    assert lost.state().totals_text.startswith("3 accounts")
    assert "Made from" in lost.banners.notice("restored").text


def test_the_start_page_and_an_empty_book_say_the_same_of_an_import(lost):
    first = first_ways(lost)
    told = [part.accessibleDescription() for part in first.findChildren(QAbstractButton)]
    same = import_way(SimpleNamespace(import_snapshot=None)).text
    assert any(each.startswith(same) for each in told), told
