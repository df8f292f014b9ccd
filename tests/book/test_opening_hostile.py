"""A received book may be made to harm: it is audited, read-only when strange, and never hangs."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from csplanner.book.book import Book
from csplanner.book.connection import sqlite_in_words
from csplanner.domain.account import Account, AccountId
from csplanner.errors import DamagedBook, UserError


@pytest.fixture
def path(book: Book) -> Path:
    book.accounts.add(Account(AccountId("a1"), "Acme"))
    book.close()
    return book.path


def by_other_hands(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for sql in statements:
            db.execute(sql)


_ALTER = "update sqlite_master set sql = {0} where name = '{1}'"
_WRITABLE = "pragma writable_schema = on"


@pytest.mark.parametrize(
    ("name", "statements"),
    [
        ("evil", ["create trigger evil after insert on account begin delete from touch; end"]),
        ("search_data", ["create trigger search_data after insert on account begin select 1; end"]),
        ("evil", ["create view evil as select 1"]),
        ("evil", ["create table evil (x text)"]),
        ("evil", ["create virtual table evil using fts5(x)"]),
        ("evil", ["create index evil on account (upper(name))"]),
        ("evil", ["create unique index evil on account (name)"]),
        ("evil", ["create index evil on account (name) where archived = 0"]),
        ("account", ["alter table account add column evil text default 'x'"]),
        ("touch", [_WRITABLE, _ALTER.format("replace(sql, ' not null', '')", "touch")]),
        ("account_name", [_WRITABLE, _ALTER.format("replace(sql, 'name_key', 'name')",
                                                   "account_name")]),
    ],
)  # fmt: skip
def test_what_we_did_not_write_is_named_and_opens_read_only(
    name: str, statements: list[str], path: Path, today: date
) -> None:
    by_other_hands(path, *statements)
    before = path.read_bytes()
    try:
        with Book.open(path, today=today) as book:
            assert book.read_only
            assert book.read_only_because.endswith(f" {name})")
    except DamagedBook:
        assert _WRITABLE in statements
    assert path.read_bytes() == before


def test_a_plain_index_of_another_program_does_no_harm(path: Path, today: date) -> None:
    by_other_hands(path, "create index faster on account (city, id)")
    with Book.open(path, today=today) as book:
        assert not book.read_only


@pytest.mark.parametrize(
    "sql",
    [
        "update account set city = cast(x'ff80fe' as text)",
        "update account set city = cast(zeroblob(70000000) as text)",
    ],
)
def test_a_text_that_is_none_or_too_large_is_said_in_time(
    sql: str, path: Path, today: date
) -> None:
    by_other_hands(path, sql)
    began = monotonic()
    with Book.open(path, today=today) as book:
        assert book.opened.changed_outside
        with pytest.raises(UserError, match="The book holds a"), sqlite_in_words():
            book.accounts.get("a1")
    assert monotonic() - began < 5


def test_nothing_where_something_must_be_is_said(path: Path, today: date) -> None:
    by_other_hands(
        path,
        _WRITABLE,
        _ALTER.format("replace(sql, 'name text not null', 'name text')", "account"),
    )
    by_other_hands(path, "update account set name = null")
    by_other_hands(
        path,
        _WRITABLE,
        _ALTER.format("replace(sql, 'name text', 'name text not null')", "account"),
    )
    with Book.open(path, today=today) as book:
        assert book.opened.unsound


@pytest.mark.soak
def test_a_text_of_a_gigabyte_does_not_hang(path: Path, today: date) -> None:
    by_other_hands(path, "update account set city = cast(zeroblob(990000000) as text)")
    with (
        Book.open(path, today=today) as book,
        pytest.raises(UserError, match="too large"),
        sqlite_in_words(),
    ):
        book.accounts.get("a1")


def test_a_book_that_lost_a_table_is_damaged(path: Path) -> None:
    by_other_hands(path, "drop table touch_person")
    with pytest.raises(DamagedBook, match="1 of its tables are missing, touch_person first"):
        Book.open(path)


@pytest.mark.parametrize("suffix", ["-journal", "-wal", "-shm"])
def test_a_folder_in_the_place_of_a_file_of_the_books_own_is_named(
    suffix: str, path: Path, today: date
) -> None:
    beside = path.with_name(path.name + suffix)
    beside.mkdir()
    before = path.read_bytes()
    with pytest.raises(UserError, match=f"{beside.name} .* is a folder .* Move it away"):
        Book.open(path, today=today)
    assert path.read_bytes() == before
    beside.rmdir()
    Book.open(path, today=today).close()


def test_what_was_put_at_the_end_of_the_file_is_not_called_a_cut(path: Path, today: date) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole + b"x" * 5000)
    with pytest.raises(DamagedBook, match="5,000 bytes that are not its own follow its end"):
        Book.open(path, today=today)
    path.write_bytes(whole[:-5000])
    with pytest.raises(DamagedBook, match="cut short"):
        Book.open(path, today=today)
