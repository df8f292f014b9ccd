"""Backups that still hold an erased person are found, also a day later, and rewritten."""

import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csplanner.book.backup import backup, restore, shelf
from csplanner.book.book import Book
from csplanner.book.dump import dump
from csplanner.book.erase import erase
from csplanner.book.erase_backups import backups_holding, rewrite_all, rewrite_backup
from csplanner.book.shelf import folder_of
from csplanner.domain.account import Account, AccountId
from csplanner.errors import UserError
from tests.book.people_of_acme import EMAIL, NAME, TODAY
from tests.book.test_erase import in_bytes, named_in


@pytest.fixture
def book(acme_book: Book) -> Book:
    return acme_book


def test_backups_that_hold_the_person_are_listed_and_rewritten(book: Book) -> None:
    first = backup(book)
    book.accounts.add(Account(AccountId(""), "New"))
    second = backup(book)
    done = erase(book, "zoe")
    assert set(done.backups_holding) == {first, second}
    times = [p.stat().st_mtime_ns for p in (first, second)]
    assert rewrite_all(book, done.backups_holding, done.marks) == []
    assert backups_holding(book, done.marks) == []
    for path in (first, second):
        assert in_bytes(path.read_bytes()) == []
    assert [p.stat().st_mtime_ns for p in (first, second)] == times
    assert {k.path for k in shelf(book.path)} == {first, second}
    assert all(kept.sound for kept in shelf(book.path))


def test_a_day_later_the_list_alone_finds_them(book: Book) -> None:
    kept = backup(book)
    erase(book, "zoe")
    path = book.path
    book.close()
    with Book.open(path, today=TODAY) as later:
        assert backups_holding(later) == [kept]
        rewrite_backup(later, kept)
        assert backups_holding(later) == []
    assert in_bytes(kept.read_bytes()) == []


def test_a_backup_in_which_they_were_already_deleted_is_found_by_its_journal(book: Book) -> None:
    book.people.remove("zoe", label="Remove a person")
    kept = backup(book)
    erase(book, "zoe")
    assert backups_holding(book) == [kept]
    rewrite_backup(book, kept)
    assert in_bytes(kept.read_bytes()) == []


def test_a_backup_made_afterwards_is_not_listed(book: Book) -> None:
    erase(book, "zoe")
    backup(book)
    assert backups_holding(book) == []


def test_a_rewritten_backup_can_be_restored_and_still_knows_whom_to_leave_out(
    book: Book,
) -> None:
    kept = backup(book)
    erase(book, "zoe")
    rewrite_backup(book, kept)
    before = book.connection.execute("select hash from suppressed order by 1").fetchall()
    path = book.path
    book.close()
    restore(path, kept)
    with Book.open(path, today=TODAY) as again:
        assert again.connection.execute("select hash from suppressed order by 1").fetchall() == (
            before
        )
        assert named_in(again.connection) == []
        assert len(again.touches.of("acme")) == 11
        while again.can_undo is not None:
            again.undo()
        assert named_in(again.connection) == []


def test_the_book_a_restore_set_aside_is_listed(book: Book) -> None:
    path = book.path
    kept = backup(book)
    book.close()
    aside = restore(path, kept)
    assert aside is not None
    with Book.open(path, today=TODAY) as again:
        done = erase(again, "zoe")
        assert aside in done.backups_holding
        assert rewrite_all(again, done.backups_holding, done.marks) == []
        assert backups_holding(again) == []
    assert in_bytes(aside.read_bytes()) == []


def test_a_damaged_backup_is_named_and_stays_as_it_was(book: Book) -> None:
    kept = backup(book)
    content = bytearray(kept.read_bytes())
    content[4096:20000] = b"x" * (20000 - 4096)
    kept.write_bytes(content)
    done = erase(book, "zoe")
    assert done.backups_holding == [kept]
    ((path, sentence),) = rewrite_all(book, [kept], done.marks)
    assert path == kept
    assert sentence
    assert kept.read_bytes() == content


def test_a_plain_dump_is_rewritten(book: Book) -> None:
    written = dump(book, folder_of(book.path))
    lines = len(written.read_text(encoding="utf-8").splitlines())
    done = erase(book, "zoe")
    assert done.backups_holding == [written]
    rewrite_backup(book, written, done.marks)
    text = written.read_text(encoding="utf-8")
    assert NAME not in text
    assert EMAIL not in text
    rows = [json.loads(line) for line in text.splitlines()]
    assert len(rows) < lines
    assert [r[1] for r in rows[1:] if r[0] == "person"] == ["ben"]
    assert backups_holding(book, done.marks) == []


def test_a_plain_dump_is_rewritten_a_day_later(book: Book) -> None:
    written = dump(book, folder_of(book.path))
    erase(book, "zoe")
    assert backups_holding(book) == [written]
    rewrite_backup(book, written)
    assert NAME not in written.read_text(encoding="utf-8")


def test_a_backup_of_the_first_schema_is_rewritten(book: Book, tmp_path: Path) -> None:
    old = Path(__file__).parent.parent / "books" / "schema-1.csbook"
    path = tmp_path / "old.csbook"
    shutil.copy(old, path)
    with closing(sqlite3.connect(f"file:{old}?mode=ro", uri=True)) as db:
        person, name = db.execute("select id, name from person order by name").fetchone()
    with Book.open(path, today=TODAY) as opened:  # upgraded, after a backup
        done = erase(opened, person)
        (kept,) = done.backups_holding
        rewrite_backup(opened, kept)
        assert backups_holding(opened) == []
    with closing(sqlite3.connect(kept)) as db:
        assert db.execute("pragma user_version").fetchone() == (1,)
        assert db.execute("select 1 from person where id = ?", (person,)).fetchone() is None
    assert name.encode() not in kept.read_bytes()


def test_what_is_no_dump_is_refused(book: Book) -> None:
    folder = folder_of(book.path)
    folder.mkdir(parents=True, exist_ok=True)
    strange = folder / "2026-01-01.jsonl"
    strange.write_text(f"{NAME}\n", encoding="utf-8")
    done = erase(book, "zoe")
    assert done.backups_holding == [strange]
    with pytest.raises(UserError, match="cannot be read as a dump"):
        rewrite_backup(book, strange, done.marks)
