"""A Today page over a real book, in a real window."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest

from csplanner.book.book import Book
from csplanner.ui.actions import Actions
from csplanner.ui.main_window import MainWindow
from csplanner.ui.session import BookSession
from csplanner.ui.today.page import TodayPage
from tests.ui.account.story import TODAY, tell


@pytest.fixture(scope="session")
def told(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book in which the story was told; copy it before changing it."""
    path = tmp_path_factory.mktemp("story") / "story.csbook"
    with Book.create(path, today=TODAY) as book:
        tell(book)
    return path


@pytest.fixture
def story_path(tmp_path: Path, told: Path) -> Path:
    """The file of a book of this test in which the story was told."""
    return Path(shutil.copy(told, tmp_path / "story.csbook"))


@pytest.fixture
def show_today(qtbot, window: MainWindow) -> Iterator[Callable[..., TodayPage]]:
    """Show the Today page of a book's file in the window."""
    sessions: list[BookSession] = []

    def show(path: Path, today: date = TODAY) -> TodayPage:
        session = BookSession(path, today=today)
        sessions.append(session)
        actions = Actions(session, window)
        actions.said.connect(lambda text, undo, failed: window.say(text, undo=undo, failed=failed))
        window.undo_asked.connect(actions.undo)
        page = TodayPage(session, actions)
        window.add_page(page)
        window.show_place("today")
        qtbot.waitUntil(lambda: session.idle)
        page.story_session = session
        page.story_actions = actions
        return page

    yield show
    for session in sessions:
        session.close()


@pytest.fixture
def page(show_today, story_path: Path) -> TodayPage:
    """The Today page of the story."""
    return show_today(story_path)


@pytest.fixture
def settle(qtbot) -> Callable[[TodayPage], None]:
    """Wait until what was asked for is written and shown."""

    def wait(page: TodayPage) -> None:
        qtbot.waitUntil(lambda: page.story_session.idle)

    return wait
