"""Encrypting, decrypting, another passphrase: the same book, and never a moment without one."""

import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from csplanner.book import backup as backups
from csplanner.book import key as keys
from csplanner.book.book import Book
from csplanner.book.connection import connect
from csplanner.book.dump import dump
from csplanner.book.encrypting import (
    change_passphrase,
    contents,
    decrypt,
    encrypt,
    other_copies,
    remove_copies,
    rewrite_copies,
)
from csplanner.book.seal import matches
from csplanner.errors import UserError
from tests.book.people_of_acme import TODAY, fill

FIRST, SECOND = "correct horse battery", "another horse battery"
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("filled") / "my.csbook"
    with Book.create(path, today=TODAY) as book:
        fill(book)
    return path


@pytest.fixture
def plain(filled: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(filled, tmp_path / "my.csbook"))


def held(path: Path) -> object:
    with closing(connect(path, read_only=True)) as db:
        return contents(db)


def test_a_book_goes_through_all_three_and_is_the_same(plain: Path) -> None:
    before = held(plain)
    first = encrypt(plain, FIRST, today=TODAY)
    assert held(plain) == before
    assert b"Acme" not in plain.read_bytes()
    second = change_passphrase(plain, SECOND, today=TODAY)
    assert held(plain) == before
    assert plain.read_bytes()[:16] == second.salt != first.salt
    keys.forget(second)
    with pytest.raises(keys.WrongPassphrase):
        keys.unlock(plain, FIRST)
    keys.unlock(plain, SECOND)
    assert matches(plain)
    with Book.open(plain, today=TODAY) as book:
        assert book.is_encrypted
        assert not book.opened.changed_outside
        assert book.search("acme")
    decrypt(plain, today=TODAY)
    assert held(plain) == before
    assert not keys.is_encrypted(plain)
    assert plain.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in plain.parent.iterdir() if p.is_file()] == ["my.csbook"]


def test_what_cannot_be_done_is_refused_in_a_sentence(plain: Path) -> None:
    with pytest.raises(UserError, match="is not encrypted"):
        decrypt(plain)
    with pytest.raises(UserError, match="is not encrypted"):
        change_passphrase(plain, FIRST)
    with pytest.raises(UserError, match="at least 8"):
        encrypt(plain, "short")
    with Book.open(plain, today=TODAY), pytest.raises(UserError, match="is open in this window"):
        encrypt(plain, FIRST)
    before = plain.read_bytes()
    encrypt(plain, FIRST, today=TODAY)
    with pytest.raises(UserError, match="encrypted already"):
        encrypt(plain, SECOND)
    assert plain.read_bytes() != before


_DIE = """
import os, sys
from pathlib import Path
from datetime import date
from csplanner.book.encrypting import encrypt
path, at = Path(sys.argv[1]), int(sys.argv[2])
seen = 0
def die(event, arguments):
    global seen
    if event in ("open", "os.rename", "os.remove", "os.link", "sqlite3.connect"):
        seen += str(path.parent) in str(arguments[0]) or event == "sqlite3.connect"
        if seen == at:
            os._exit(9)
sys.addaudithook(die)
encrypt(path, "correct horse battery", today=date(2026, 3, 12))
print(seen)
"""


def _encrypt_until(path: Path, at: int) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", _DIE, str(path), str(at)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip


def test_who_is_killed_while_encrypting_has_the_old_book_or_the_new_one(
    plain: Path, tmp_path: Path
) -> None:
    before = held(plain)
    steps = int(_encrypt_until(Path(shutil.copy(plain, tmp_path / "whole.csbook")), -1).stdout)
    assert steps > 10
    ends = set()
    for at in range(3, steps + 1, max(1, steps // 5)):
        path = Path(shutil.copy(plain, tmp_path / f"{at}.csbook"))
        assert _encrypt_until(path, at).returncode == 9
        ends.add(keys.is_encrypted(path))
        if keys.is_encrypted(path):
            keys.unlock(path, FIRST)
        with Book.open(path, today=TODAY) as book:
            assert not book.read_only
        assert held(path) == before
        encrypted = keys.is_encrypted(path) or encrypt(path, FIRST, today=TODAY)
        assert encrypted
    assert ends >= {False}


def test_copies_made_before_are_named_and_brought_in_line(plain: Path) -> None:
    with Book.open(plain, today=TODAY) as book:
        early = backups.backup(book)
        lines = dump(book)
        before = contents(book.connection)
    first = encrypt(plain, FIRST, today=TODAY)
    assert set(other_copies(plain)) == {early, lines}
    assert rewrite_copies(plain, other_copies(plain)) == []
    assert other_copies(plain) == []
    assert not lines.exists()
    assert held(early) == before
    assert [k.sound for k in backups.shelf(plain)] == [True]
    change_passphrase(plain, SECOND, today=TODAY)
    keys.forget(first)
    ((left, sentence),) = rewrite_copies(plain, other_copies(plain))
    assert left == early
    assert "earlier passphrase" in sentence
    keys.unlock(early, FIRST)
    assert rewrite_copies(plain, other_copies(plain)) == []
    decrypt(plain, today=TODAY)
    assert other_copies(plain) == [early]
    assert remove_copies(other_copies(plain)) == []
    assert backups.shelf(plain) == []
