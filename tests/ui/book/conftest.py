"""A Book page over a real book."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Tier
from csplanner.domain.money import Money
from csplanner.domain.overview import Overview
from csplanner.domain.placement import Placement
from csplanner.domain.value import fact
from csplanner.ui.actions import Actions
from csplanner.ui.book.page import BookPage
from csplanner.ui.session import BookSession

NAMES = ("Tidewater Health Network", "Merrow Telecom", "Corvane Bank", "Okapi Mobility")
TIERS = (Tier.HIGH, Tier.HIGH, Tier.MEDIUM, Tier.LOW)


@pytest.fixture
def four(book: Book, today: date) -> Book:
    """Four accounts placed by the CSM: two high, one medium, one low, in two currencies."""
    with book.change("Fill"):
        for number, (name, tier) in enumerate(zip(NAMES, TIERS, strict=True), 1):
            arr = Money(number * 10_000_000, "EUR" if number == 4 else "USD")
            account_id = AccountId(f"a{number}")
            book.accounts.add(Account(account_id, name, sector="Sector", arr=fact(arr)))
            book.placements.add(Placement("", account_id, today, tier, "Known for years"))
    book.refresh()
    return book


@pytest.fixture
def page(four: Book, open_page: Callable[[], BookPage]) -> BookPage:
    """The page over four accounts, shown."""
    return open_page()


@pytest.fixture
def open_page(qtbot, session: BookSession, actions: Actions) -> Iterator[Callable[[], BookPage]]:
    """Opens a page over the test's book; all are hidden before the book is closed."""
    opened: list[BookPage] = []

    def open_another() -> BookPage:
        opened.append(_shown(qtbot, session, actions))
        return opened[-1]

    yield open_another
    for each in opened:
        each.hide()


def _shown(qtbot, session: BookSession, actions: Actions) -> BookPage:
    """A page of that session, as large as in the pictures and read once."""
    made = BookPage(session, actions)
    qtbot.addWidget(made)
    made.resize(1232, 800)
    made.show()
    made.refresh()
    made.table.setFocus()
    return made


@pytest.fixture
def two_thousand(book: Book) -> Book:
    """Many accounts, with lines as judging would write them."""
    plain = Overview(AccountId(""), "", tier=Tier.LOW, score=70)
    lines = [
        replace(plain, account_id=AccountId(f"m{n}"), name=f"Account {n:05}") for n in range(2000)
    ]
    with book.change("Fill", kind="import", batch="s"):
        book.accounts.insert([Account(line.account_id, line.name) for line in lines], "s")
    book.connection.execute("begin immediate")
    book.overview.write(((line, 0) for line in lines), book.as_of())
    book.connection.execute("delete from derived_dirty")
    book.connection.execute("commit")
    return book
