"""Waiting for a window, and books in every state they can be found in."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.book.lock import lock_path
from csplanner.domain.account import Account, AccountId
from csplanner.ui.book_window import BookWindow
from csplanner.ui.widgets.dialogs import Dialog


@pytest.fixture
def settle(qtbot):
    """Wait until a window has opened, written and told everything."""

    def wait(window: BookWindow) -> None:
        QApplication.processEvents()
        qtbot.waitUntil(
            lambda: window.books.idle and (window.session is None or window.session.idle),
            timeout=20_000,
        )
        QApplication.processEvents()

    return wait


@pytest.fixture
def long_book(book, today) -> Path:
    """A closed book of many pages, with a backup on its shelf."""
    from csplanner.book.backup import backup

    with book.change("Add many accounts"):
        for number in range(120):
            book.accounts.add(Account(AccountId(f"a{number}"), f"Account {number}"))
    backup(book)
    book.close()
    return book.path


def wipe(path: Path, page: int) -> bytes:
    """Overwrite a page of a closed book with zeros; returns the bytes it then has."""
    raw = bytearray(path.read_bytes())
    raw[page * 4096 : (page + 1) * 4096] = bytes(4096)
    path.write_bytes(raw)
    return bytes(raw)


def leave_lock(path: Path, *, host: str) -> None:
    """A lock as a program on another computer leaves it."""
    said = {
        "pid": 1, "host": host, "user": "anna", "program": "csplanner",
        "since": datetime(2026, 3, 12, 9, 41).astimezone().isoformat(),
    }  # fmt: skip
    lock_path(path).write_text(json.dumps(said))


def change_outside(path: Path, today) -> None:
    """Change a closed book as another program would: it is sound, and not the one sealed."""
    from csplanner.book.connection import connect

    other = connect(path)
    other.execute("update account set sector = 'theirs'")
    other.close()


def old_book(folder: Path) -> Path:
    """A book of the first schema."""
    kept = Path(__file__).parent.parent.parent / "books"
    found = sorted(kept.glob("schema-1*.csbook"))[0]
    return Path(shutil.copy(found, folder / "old.csbook"))


def keys(window: BookWindow) -> list[str]:
    """What the strips under the header are about, the gravest first."""
    return [notice.key for notice in window.banners.notices()]


def press(window: BookWindow, key: str, verb: str) -> None:
    """Press a verb of a strip."""
    notice = window.banners.notice(key)
    assert notice is not None, keys(window)
    dict(notice.verbs)[verb]()


def answer(window: BookWindow, title: str, choice: str) -> None:
    """Answer the dialog of that title."""
    [asked] = [d for d in window.findChildren(Dialog) if d.windowTitle() == title]
    asked.choice = choice
    asked.accept()
