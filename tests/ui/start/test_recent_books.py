"""The start page says how each book stands, keeps what you pin, and makes books of every kind."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.book.key import forget, is_encrypted, new_key
from csplanner.domain.account import Account, AccountId
from csplanner.settings import load_settings
from csplanner.ui.opening.passphrase import NewPassphraseDialog
from csplanner.ui.start.known import recent_books
from csplanner.ui.start.making import ask_to_reset, make_locked
from csplanner.ui.widgets.dialogs import Dialog

pytestmark = pytest.mark.qt_log_ignore("does not support (raise|grabbing)")


def settle(qtbot, frame):
    QApplication.processEvents()
    qtbot.waitUntil(
        lambda: frame.books.idle and (frame.session is None or frame.session.idle), timeout=20_000
    )


def marks(today, *paths: Path) -> list[str]:
    return [each.mark for each in recent_books([str(path) for path in paths], today)]


def test_each_book_says_what_is_special_about_it(tmp_path, today, book):
    plain, locked, newer = (tmp_path / f"{n}.csbook" for n in ("plain", "locked", "newer"))
    Book.create(plain, today=today).close()
    key = new_key("correct horse battery")
    Book.create(locked, today=today, key=key).close()
    forget(key)
    content = bytearray(plain.read_bytes())
    content[60:64] = (9_999).to_bytes(4, "big")
    newer.write_bytes(content)
    text = tmp_path / "text.csbook"
    text.write_text("hello")
    assert marks(today, plain, locked, newer, text, book.path) == [
        "", "encrypted", "made by a newer csplanner", "not a book", "open in another window",
    ]  # fmt: skip


def test_a_book_says_what_it_held_and_stays_where_it_is_pinned(qtbot, frame, small_book, tmp_path):
    path, _ = small_book.path, small_book.close()
    empty = tmp_path / "empty.csbook"
    Book.create(empty).close()
    frame.open_book(path)
    settle(qtbot, frame)
    frame.open_book(empty)
    settle(qtbot, frame)
    frame.close_book()
    rows = frame.current_page().books
    assert list(rows) == [empty, path]
    assert "3 accounts · opened " in rows[path].accessibleName()

    frame.current_page().setFocus()
    qtbot.keyClick(rows[empty], Qt.Key.Key_Down)
    assert frame.focusWidget() is rows[path]
    frame.current_page()._show_menu(recent_books([str(path)], frame.today)[0])
    pin = next(a for a in frame.current_page().menu.actions() if a.text() == "Pin to the top")
    pin.trigger()
    frame.current_page().menu.hide()
    assert list(frame.current_page().books) == [path, empty]
    assert load_settings().pinned == (str(path),)
    rows = frame.current_page().books
    assert "pinned" in rows[path].accessibleName()

    qtbot.keyClick(rows[path], Qt.Key.Key_Delete)
    assert (load_settings().pinned, load_settings().recent) == ((), (str(empty),))
    qtbot.keyClick(
        frame.current_page().books[empty], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle(qtbot, frame)
    assert frame.session is None
    assert [w.session.path for w in frame.windows.all() if w.session] == [empty]
    frame.windows.showing(empty).close()


def test_a_new_book_can_have_a_passphrase(qtbot, frame, tmp_path):
    dialog = make_locked(frame)
    assert isinstance(dialog, NewPassphraseDialog)
    for line in dialog._lines:
        line.setText("correct horse battery")
    dialog.check()
    qtbot.waitUntil(lambda: frame.session is not None, timeout=20_000)
    assert frame.session.path == tmp_path / "new.csbook"
    frame.close_book()
    assert is_encrypted(tmp_path / "new.csbook")


def test_the_example_is_made_anew_only_when_said(qtbot, frame, tmp_path, today, monkeypatch):
    def quickly(path: Path, _today) -> Path:
        with Book.create(path, today=today) as made:
            made.accounts.add(Account(AccountId("e1"), "Example"))
        return path

    monkeypatch.setattr("csplanner.ui.start.making.make_sample", quickly)
    sample = quickly(frame.files.sample(), today)
    frame.open_book(sample)
    frame.session.write(lambda book: book.accounts.update("e1", name="Mine"))
    settle(qtbot, frame)

    for choice, name in (("keep", "Mine"), ("do", "Example")):
        ask_to_reset(frame)
        dialog = next(d for d in frame.findChildren(Dialog) if d.isVisible())
        dialog.choice = choice
        dialog.accept()
        settle(qtbot, frame)
        qtbot.waitUntil(lambda: frame.session is not None)
        assert frame.session.read.accounts.get("e1").name == name
    frame.change_settings(replace(frame.settings, recent=(str(sample),)))
    frame.show_start()
    assert list(frame.current_page().books) == [sample]
