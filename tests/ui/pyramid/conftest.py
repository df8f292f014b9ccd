"""A small book whose accounts stand in every tier, and the page that shows it."""

from datetime import date

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, Tier
from csplanner.domain.measurement import Measurement
from csplanner.domain.measures import EQUIPPED_ITEMS, POTENTIAL_ITEMS, SELF_SERVICE_PROOF
from csplanner.domain.money import Money
from csplanner.domain.placement import Placement
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import Fact, fact
from csplanner.ui.actions import Actions
from csplanner.ui.main_window import MainWindow
from csplanner.ui.pyramid.page import PyramidPage
from csplanner.ui.session import BookSession

ASSESSED = date(2026, 2, 1)
# name, equipped 0–4, potential 0–4, ARR in thousands, criticality, tier chosen
STORY = (
    ("Corvane Bank", 2, 4, 526, 2, None),
    ("Delphine Cosmetics", 2, 2, 69, 1, Tier.LOW),
    ("Grantley Brokers", 2, 1, 57, 0, Tier.LOW),
    ("Redfern Optics", 4, 1, 25, 0, None),
    ("Lantern Crisis Line", 1, 2, 48, 3, None),
)


@pytest.fixture
def placed_book(book: Book) -> Book:
    """Five accounts with answers, one without, and one that takes far more than promised."""
    with book.change("Fill"):
        for number, (name, able, room, arr, critical, tier) in enumerate(STORY, 1):
            key = AccountId(f"a{number}")
            book.accounts.add(
                Account(
                    key, name, arr=fact(Money(arr * 100_000, "USD")), criticality=fact(critical),
                    first_value_on=fact(date(2024, 1, 1)), customer_since=fact(date(2023, 1, 1)),
                )
            )  # fmt: skip
            for items, points in ((EQUIPPED_ITEMS, able), (POTENTIAL_ITEMS, room)):
                for item in items:
                    book.measurements.add(Measurement("", key, item, Fact(points * 1000), ASSESSED))
            book.measurements.add(Measurement("", key, SELF_SERVICE_PROOF, Fact(1000), ASSESSED))
            if tier is not None:
                placement = Placement("", key, ASSESSED, tier, "Quarterly calls do", Tier.MEDIUM)
                book.placements.add(placement)
        book.touches.add(
            Touch("", AccountId("a3"), date(2026, 3, 2), Channel.CALL, "Help", minutes=480)
        )
        book.accounts.add(Account(AccountId("a6"), "Meridian <b>Notaries</b>"))
    return book


@pytest.fixture
def page(
    qtbot, placed_book: Book, session: BookSession, actions: Actions, window: MainWindow
) -> PyramidPage:
    """The page in a window of the pictures' size."""
    made = PyramidPage(session, actions)
    made.said = []  # type: ignore[attr-defined]
    actions.said.connect(lambda text, _undo, _failed: made.said.append(text))  # type: ignore[attr-defined]
    window.add_page(made)
    window.show_place("pyramid")
    return made


@pytest.fixture
def settle(qtbot, session: BookSession):
    """Waits until everything is written and told."""

    def wait() -> None:
        qtbot.waitUntil(lambda: session.idle, timeout=5000)

    return wait
