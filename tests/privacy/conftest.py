"""The window's fixtures, for tests that look at all of it, and a book of nothing but markup."""

import ctypes
import os
import shutil
import sqlite3
import struct
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.accounts import fold
from csplanner.book.book import Book
from csplanner.crm.importing import Options, apply, stage
from csplanner.domain.account import Account, AccountId
from csplanner.resources import resource
from tests.ui.conftest import _controller, themes

__all__ = ("_controller", "themes")

_FREE = {
    "name", "sector", "city", "country", "domain", "owner", "segment", "next_step",
    "acquired_by", "acquired_promise", "first_value_by", "success", "title", "email", "phone",
    "department", "function", "topic", "note", "subject", "number", "product", "destination",
    "cause", "because", "reason", "loss_reason", "problem", "affects", "metric", "read_by",
    "contribution", "criteria", "risks", "appetite", "agreed_by", "confirmed_by", "words",
    "why", "what", "to_whom", "label", "file", "value", "touchpoint", "reviewer", "unit",
    "actual_source", "was", "became", "first_signal", "wrong_if",
}  # fmt: skip
"""Columns of text that anybody may have written."""
_ELSEWHERE = {("exit", "evidence"), ("exit", "outcome"), ("opportunity", "stage"),
              ("support_case", "status"), ("snapshot", "source"), ("measurement", "source"),
              ("tenure", "evidence"), ("quarantine", "column")}  # fmt: skip
"""The same, under names that mean something fixed in other tables."""


@pytest.fixture(scope="session")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that nothing has any reason to open."""
    from PySide6.QtGui import QImage

    path = tmp_path_factory.mktemp("canary") / "canary.png"
    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(0xFF0000)
    assert image.save(str(path))
    return path


@pytest.fixture(scope="session")
def poison(canary: Path) -> str:
    """Text that shows a picture and loses half of itself wherever it is taken for markup."""
    return f'<img src="{canary}"><b>x</b>&lt;'


@pytest.fixture
def opens(canary: Path) -> Callable[[], int]:
    """How often the canary was opened until now, by anything in this process or another."""
    if not sys.platform.startswith("linux"):
        pytest.skip("Only Linux tells who opens a file.")
    kernel = ctypes.CDLL(None)
    watch = kernel.inotify_init1(os.O_NONBLOCK)
    assert kernel.inotify_add_watch(watch, os.fsencode(canary), 0x20) >= 0
    seen = [0]

    def count() -> int:
        while True:
            try:
                raw = os.read(watch, 65536)
            except BlockingIOError:
                return seen[0]
            seen[0] += len(raw) // struct.calcsize("iIII")

    return count


@pytest.fixture
def poisoned(tmp_path: Path, poisoned_once: Path) -> Path:
    """A closed book of one snapshot, in which every free text is the poison."""
    return Path(shutil.copy(poisoned_once, tmp_path / "poison.csbook"))


@pytest.fixture(scope="session")
def poisoned_once(tmp_path_factory: pytest.TempPathFactory, today: date, poison: str) -> Path:
    """What `poisoned` is a copy of."""
    path = tmp_path_factory.mktemp("poison") / "poison.csbook"
    with Book.create(path, today=today) as book:
        asked = Options(as_of=date(2026, 3, 10), today=today)
        apply(book, stage([resource("sample/2026-03-10")], path, asked))
        book.refresh()
        first = book.accounts.all()[0]
        book.accounts.update(first.id, next_step="Call", owner="Dana")
        book.accounts.pin(first.id, pinned=True)
        book.accounts.add(Account(AccountId("new"), "New"))
        book.views.add("Mine", {"conditions": []})
    _poison(path, poison)
    Book.open(path, today=today).close()  # once, so that the change outside is noticed
    with Book.open(path, today=today) as book:
        book.refresh()
    return path


def _poison(path: Path, poison: str) -> None:
    """Write as another program would: no record of ours would hold so much markup."""
    db = sqlite3.connect(path)
    tables = [name for (name,) in db.execute("select name from sqlite_master where type = 'table'")]
    for table in tables:
        if table.startswith(("search", "sqlite_", "_")) or table == "setting":
            continue
        for column in db.execute(f"pragma table_info({table})").fetchall():
            name, is_text = column[1], column[2].casefold() == "text"
            if is_text and (name in _FREE or (table, name) in _ELSEWHERE):
                db.execute(
                    f'update or ignore {table} set "{name}" = ? where "{name}" is not null',
                    (poison,),
                )
    db.execute("update account set name_key = ?", (fold(poison),))
    db.execute("insert or ignore into derived_dirty select id from account")
    db.execute("insert or ignore into search_dirty select 'account', id from account")
    db.execute("insert or ignore into search_dirty select 'person', id from account")
    db.commit()
    db.close()
