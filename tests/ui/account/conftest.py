"""An account page over a real book, in a real window."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.domain.account import AccountId
from csplanner.domain.index import FileIndex
from csplanner.domain.judgement import Judgement
from csplanner.ui.account.page import AccountPage
from csplanner.ui.actions import Actions
from csplanner.ui.main_window import MainWindow
from csplanner.ui.session import BookSession
from tests.ui.account.story import TODAY, add_blank, add_tidewater, tell


@pytest.fixture
def rich(book: Book) -> tuple[FileIndex, Judgement]:
    """The rich account of the story, judged."""
    with book.change("Tell"):
        kept = add_tidewater(book)
    book.refresh()
    file, judgement = book.derived.judge(kept)
    return FileIndex(file, book.as_of()), judgement


@pytest.fixture
def blank(book: Book) -> tuple[FileIndex, Judgement]:
    """An account of which only the name is known, judged."""
    file, judgement = book.derived.judge(add_blank(book))
    return FileIndex(file, book.as_of()), judgement


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, AccountId]:
    """A book in which the story was told, and its rich account; copy it before changing it."""
    path = tmp_path_factory.mktemp("story") / "story.csbook"
    with Book.create(path, today=TODAY) as book:
        account = tell(book)
        add_blank(book)
    return path, account


@pytest.fixture
def page(
    qtbot, window: MainWindow, tmp_path: Path, told: tuple[Path, AccountId]
) -> Iterator[AccountPage]:
    """The page of the rich account of a whole story."""
    path, account = Path(shutil.copy(told[0], tmp_path / "story.csbook")), told[1]
    session = BookSession(path, today=TODAY)
    actions = Actions(session, window)
    made = AccountPage(session, actions)
    made.story_session, made.story_actions = session, actions
    window.add_page(made)
    actions.navigate.connect(window.show_place)
    window.show_place("account", account)
    qtbot.waitUntil(lambda: session.idle)
    yield made
    session.close()


@pytest.fixture
def id_of(page: AccountPage) -> Callable[[str], AccountId]:
    """The id of an account of the story by its name."""
    return lambda name: page.story_session.read.accounts.find(name)[0].id


@pytest.fixture
def settle(qtbot, page: AccountPage) -> Callable[[], None]:
    """Wait until what was asked for is written and shown."""
    return lambda: qtbot.waitUntil(lambda: page.story_session.idle)
