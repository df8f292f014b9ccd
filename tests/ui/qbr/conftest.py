"""The QBR page over a book whose first account has goals, use and answers."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.measurement import Measurement
from csplanner.domain.objective import Objective
from csplanner.domain.value import Fact, fact
from csplanner.ui.actions import Actions
from csplanner.ui.main_window import MainWindow
from csplanner.ui.qbr.page import QbrPage
from csplanner.ui.session import BookSession


@pytest.fixture
def review_book(small_book: Book) -> Book:
    """One goal on course, one with an old figure and no owner, seats and answers."""
    first = AccountId("a1")
    for title, now, on, owner in (
        ("Calls answered within 20 seconds", 81_000, date(2026, 3, 5), "Joel Baptiste"),
        ("Cost of a booked appointment", 78_000, date(2025, 9, 6), ""),
    ):
        small_book.objectives.add(
            Objective(
                "", first, title, unit="%", baseline=fact(62_000), actual=fact(now),
                target=fact(85_000), actual_on=on, actual_source="their ops report",
                due=date(2026, 6, 30), owner=owner, agreed_on=date(2026, 1, 29),
            )
        )  # fmt: skip
    for measure, value in (("usage.seats_bought", 1240), ("usage.seats_active", 1180)):
        for month in (1, 2, 3):
            day = date(2026, month, 10)
            small_book.measurements.add(Measurement("", first, measure, Fact(value * 1000), day))
    return small_book


@pytest.fixture
def page(
    qtbot, review_book: Book, session: BookSession, actions: Actions, window: MainWindow
) -> QbrPage:
    """The page in the window, listing the accounts."""
    made = QbrPage(session, actions)
    made.navigate.connect(window.show_place)
    window.add_page(made)
    window.show_place("qbr")
    return made
