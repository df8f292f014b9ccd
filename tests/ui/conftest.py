"""Fixtures of the window's tests."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.domain.account import Account, AccountId, ContractTerm
from csplanner.domain.money import Money
from csplanner.domain.person import Person, Role, Seat
from csplanner.domain.sentiment import Pulse, Sentiment
from csplanner.domain.touch import Channel, Touch
from csplanner.domain.value import fact
from csplanner.settings import AppSettings
from csplanner.ui.actions import Actions
from csplanner.ui.book_window import BookWindow
from csplanner.ui.main_window import MainWindow
from csplanner.ui.session import BookSession
from csplanner.ui.theme import ThemeController
from tests.lending import lent
from tests.ui.places import Places

POISON = "<img src=x><b>Bold</b> & Sons"


@pytest.fixture(scope="session")
def _controller(qapp: QApplication) -> ThemeController:
    return ThemeController(qapp, "light")


@pytest.fixture
def themes(_controller: ThemeController) -> ThemeController:
    """The one controller of the application, light at the start of each test."""
    _controller.choose("light")
    return _controller


@pytest.fixture
def window(qtbot, themes: ThemeController) -> MainWindow:
    """A window without pages, shown at the size of the pictures."""
    made = MainWindow(themes)
    qtbot.addWidget(made)
    made.show()
    return made


@pytest.fixture
def frame(qtbot, themes: ThemeController, today: date, tmp_path: Path) -> Iterator[BookWindow]:
    """A window on the start page; every place it asks for lies in the test's folder."""
    made = BookWindow(themes, AppSettings(), today=today, files=Places(tmp_path))
    qtbot.addWidget(made)
    made.show_start()
    made.show()
    made.activateWindow()
    yield made
    made.close()


@pytest.fixture(scope="session")
def _small_file(
    tmp_path_factory: pytest.TempPathFactory, new_book: Callable[[Path], Book], today: date
) -> Path:
    """The book of `small_book`, closed: copy it."""
    with new_book(tmp_path_factory.mktemp("small") / "book.csbook") as made:
        _fill(made, today)
    return made.path


@pytest.fixture
def book(
    request: pytest.FixtureRequest,
    new_book: Callable[[Path], Book],
    _small_file: Path,
    tmp_path: Path,
    today: date,
) -> Iterator[Book]:
    """A new, empty book on the sample story's day; with `small_book`, one with its accounts."""
    path = tmp_path / "book.csbook"
    if "small_book" in request.fixturenames:
        with Book.open(Path(shutil.copy(_small_file, path)), today=today) as copied:
            yield copied
    else:
        with new_book(path) as made:
            yield made


@pytest.fixture
def small_book(book: Book, today: date) -> Book:
    """Three accounts with people, terms, touches and a pulse; one has a name made to be read
    as markup.
    """
    if not book.accounts.all():  # asked for while the test runs
        _fill(book, today)
    return book


def _fill(book: Book, today: date) -> None:
    for number, name in enumerate(("Tidewater Health Network", "Merrow Telecom", POISON), 1):
        account = book.accounts.add(
            Account(
                AccountId(f"a{number}"),
                name,
                sector="Health system",
                arr=fact(Money(41_200_000 // number, "USD")),
                criticality=fact(number),
            )
        )
        end = date(2026, 2 + 2 * number, 30)
        book.terms.add(ContractTerm("", account.id, end, date(2025, 5, 1), ordinal=2))
        person = book.people.add(Person(f"p{number}", account.id, "Rosa Delgado", title="COO"))
        book.seats.add(Seat("", account.id, Role.SPONSOR, person.id))
        book.touches.add(Touch("", account.id, date(2026, 2, 20 + number), Channel.CALL, "Plans"))
    book.pulses.add(Pulse("", AccountId("a1"), today, Sentiment.UNEASY, "New COO"))
    book.accounts.pin("a1", pinned=True)


@pytest.fixture
def session(
    qtbot, book: Book, today: date, request: pytest.FixtureRequest
) -> Iterator[BookSession]:
    """The session of the test's book; ask for `small_book` as well to have accounts in it."""
    if "small_book" in request.fixturenames:
        request.getfixturevalue("small_book")
    made = BookSession(lent(book), today=today)
    yield made
    # What a page put off until now must still find the book open.
    QApplication.processEvents()
    made.close()


@pytest.fixture
def actions(qtbot, session: BookSession, window: MainWindow) -> Iterator[Actions]:
    """The verbs of the test's book, with forms over the empty window."""
    made = Actions(session, window)
    yield made
    if made.form is not None:
        made.form.done(0)
