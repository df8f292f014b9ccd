"""Passphrases in the window: asked for where they are needed, changed in the settings."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from csplanner.book import key as keys
from csplanner.book.backup import backup
from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.ui.opening.passphrase import NewPassphraseDialog, PassphraseDialog
from csplanner.ui.settings.page import SettingsPage
from csplanner.ui.settings.passphrase import remaking_of

PASSPHRASE = "correct horse battery"


def _made(path: Path, today, key=None) -> Path:
    with Book.create(path, today=today, key=key) as book:
        book.accounts.add(Account(AccountId(""), "Brightwater"))
    return path


@pytest.fixture
def locked(tmp_path, today) -> Path:
    key = keys.new_key(PASSPHRASE)
    path = _made(tmp_path / "secret.csbook", today, key)
    keys.forget(key)
    return path


def _asked(frame) -> PassphraseDialog:
    return frame.findChildren(PassphraseDialog)[-1]


def _typed(dialog, qtbot, *texts: str) -> None:
    for line, text in zip(dialog.findChildren(QLineEdit), texts, strict=True):
        line.clear()
        qtbot.keyClicks(line, text)
    qtbot.keyClick(dialog.findChildren(QLineEdit)[-1], Qt.Key.Key_Return)


def test_an_encrypted_book_asks_and_opens(frame, locked, qtbot, settle) -> None:
    frame.open_book(locked)
    settle(frame)
    dialog = _asked(frame)
    assert dialog.field.field.echoMode() is QLineEdit.EchoMode.Password
    _typed(dialog, qtbot, "Correct horse battery")
    qtbot.waitUntil(lambda: bool(dialog.field.error))
    assert "not the passphrase of secret.csbook" in dialog.field.error
    assert dialog.text(0) == "Correct horse battery"
    assert frame.session is None
    dialog.shown.click()
    assert dialog.field.field.echoMode() is QLineEdit.EchoMode.Normal
    _typed(dialog, qtbot, PASSPHRASE)
    qtbot.waitUntil(lambda: frame.session is not None)
    settle(frame)
    assert frame.session.path == locked
    assert not frame.session.read_only


def test_nobody_must_give_it(frame, locked, settle) -> None:
    frame.open_book(locked)
    settle(frame)
    _asked(frame).leave.click()
    assert frame.session is None


@pytest.fixture
def pane_of(frame, settle):
    def found():
        settle(frame)
        frame.show_place("settings", "passphrase")
        settle(frame)
        return frame.findChildren(SettingsPage)[-1].passphrase

    return found


def _done(frame, qtbot, settle) -> None:
    qtbot.waitUntil(lambda: frame.session is not None, timeout=20_000)
    settle(frame)
    assert remaking_of(frame) is not None


def test_a_book_is_encrypted_and_decrypted_in_the_settings(
    frame, tmp_path, today, qtbot, settle, pane_of
) -> None:
    path = _made(tmp_path / "plain.csbook", today)
    with Book.open(path, today=today) as book:
        backup(book)
    frame.open_book(path)
    pane = pane_of()
    assert pane.change_button.isHidden()
    pane.encrypt_button.click()
    dialog = pane.dialog
    assert isinstance(dialog, NewPassphraseDialog)
    _typed(dialog, qtbot, "short", "short")
    assert "At least 8" in dialog.first.error
    _typed(dialog, qtbot, PASSPHRASE, "something else")
    assert "differ" in dialog.again.error
    _typed(dialog, qtbot, PASSPHRASE, PASSPHRASE)
    _done(frame, qtbot, settle)
    assert frame.session.read.is_encrypted
    assert b"Brightwater" not in path.read_bytes()
    pane = pane_of()
    qtbot.waitUntil(lambda: not pane.rewrite_button.isHidden(), timeout=20_000)
    pane.rewrite_button.click()
    qtbot.waitUntil(lambda: pane.rewrite_button.isHidden(), timeout=20_000)
    pane.decrypt_button.click()
    pane.dialog.findChildren(type(pane.decrypt_button))[-1].click()
    _done(frame, qtbot, settle)
    assert not frame.session.read.is_encrypted
    assert frame.session.read.accounts.all()[0].name == "Brightwater"
