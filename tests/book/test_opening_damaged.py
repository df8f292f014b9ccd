"""A damaged book can be looked at, as far as it can be followed; nothing is written to it."""

from hashlib import sha256

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId
from csplanner.errors import DamagedBook
from tests.lending import lent


def test_a_damaged_book_is_looked_at_read_only(book, today):
    with book.change("Add many"):
        for number in range(100):
            book.accounts.add(Account(AccountId(f"a{number}"), f"Account {number}"))
    path = lent(book)
    book.close()
    raw = bytearray(path.read_bytes())
    raw[-3 * 4096 : -2 * 4096] = bytes(4096)
    path.write_bytes(raw)
    before = sha256(raw).hexdigest()
    with pytest.raises(DamagedBook):
        Book.open(path, today=today)
    with Book.open(path, today=today, read_only=True, despite_damage=True) as looked:
        assert looked.read_only
        assert "damaged" in looked.read_only_because
    assert sha256(path.read_bytes()).hexdigest() == before
