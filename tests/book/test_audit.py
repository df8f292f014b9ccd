"""Books from others and books that were damaged: looked through, never trusted, never harmed."""

import sqlite3
from pathlib import Path

import pytest

from csplanner.book.backup import backup, restore
from csplanner.book.book import Book
from csplanner.book.check import check
from csplanner.domain.account import Account, AccountId
from csplanner.domain.touch import Channel, Touch
from csplanner.errors import UserError
from tests.book.digest import digest

TRIGGER = "create trigger evil after insert on account begin delete from touch; end"


@pytest.fixture
def path(book: Book) -> Path:
    """A closed book with one account and one touch."""
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    book.touches.add(Touch("", account, book.today, Channel.CALL))
    book.close()
    return book.path


def by_other_hands(path: Path, sql: str) -> None:
    other = sqlite3.connect(path)
    other.execute(sql)
    other.commit()
    other.close()


@pytest.mark.parametrize(
    "sql", [TRIGGER, "create view evil as select 1", "create table evil (x text)"]
)
def test_a_book_with_foreign_code_opens_read_only_and_says_why(path: Path, sql: str) -> None:
    by_other_hands(path, sql)
    before = path.read_bytes()
    with Book.open(path) as book:
        assert book.read_only
        with pytest.raises(UserError, match=r"code that csplanner did not write \(\w+ evil\)"):
            book.accounts.add(Account(AccountId(""), "Trap"))
        assert len(book.touches.grouped()) == 1
    assert path.read_bytes() == before


@pytest.mark.parametrize("table", ["touch", "account", "change"])
def test_a_book_that_lost_a_table_is_refused_in_words(path: Path, table: str) -> None:
    by_other_hands(path, f"drop table {table}")
    with pytest.raises(UserError, match="damaged: 1 of its tables"):
        Book.open(path)


def test_a_value_that_cannot_be_read_is_said_and_counted(path: Path) -> None:
    by_other_hands(path, "update touch set \"on\" = 'not-a-date'")
    with Book.open(path) as book:
        with pytest.raises(UserError, match="a touch with a value that cannot be read"):
            book.touches.grouped()
        assert [(f.key, f.count) for f in check(book)] == [("bad_date", 1)]


def test_write_ahead_logging_is_switched_off_again(path: Path) -> None:
    by_other_hands(path, "pragma journal_mode = wal")
    with Book.open(path) as book:
        assert book.connection.execute("pragma journal_mode").fetchone()[0] == "delete"
    assert not path.with_name(path.name + "-wal").exists()


def test_opening_refreshing_and_refusals_leave_every_byte(path: Path) -> None:
    with Book.open(path) as book:
        book.refresh()
    before = path.read_bytes()
    with Book.open(path) as book:
        assert book.refresh() == 0
        assert book.history()
        with pytest.raises(UserError, match="no change 9999"):
            book.undo_change(9999)
        with pytest.raises(UserError, match="no change"):
            book.undo_change(10**20)
    assert path.read_bytes() == before


def test_a_newer_backup_is_not_put_in_place(path: Path, tmp_path: Path) -> None:
    with Book.open(path) as book:
        copy = backup(book, tmp_path / "copy.csbook")
    by_other_hands(copy, "pragma user_version = 99")
    before = path.read_bytes()
    with pytest.raises(UserError, match="newer csplanner"):
        restore(path, copy)
    assert path.read_bytes() == before


def test_restoring_twice_at_once_and_to_an_empty_place(path: Path, tmp_path: Path) -> None:
    with Book.open(path) as book:
        copy = backup(book, tmp_path / "copy.csbook")
    first, second = restore(path, copy), restore(path, copy)
    assert first is not None
    assert second is not None
    assert first != second
    assert restore(tmp_path / "new.csbook", copy) is None
    other = tmp_path / "list.csv"
    other.write_text("a,b\n")
    with pytest.raises(UserError, match="not a csplanner book"):
        restore(other, copy)
    assert other.read_text() == "a,b\n"


def test_an_older_change_is_taken_back_once_and_can_come_again(book: Book) -> None:
    account = book.accounts.add(Account(AccountId(""), "Acme")).id
    book.accounts.update(account, city="Norfolk")
    number = book.history()[0].id
    book.accounts.update(account, sector="Rail")
    before = digest(book)
    book.undo_change(number)
    assert {c.id: c.state for c in book.history()}[number] == "reverted"
    with pytest.raises(UserError, match="taken back already"):
        book.undo_change(number)
    book.undo()
    assert digest(book) == before
    assert {c.id: c.state for c in book.history()}[number] == "done"
    book.redo()
    assert book.accounts.get(account).city == ""
