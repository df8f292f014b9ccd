"""Which pages a book has, and the modules they are loaded from when they are first shown."""

from collections.abc import Callable
from functools import partial
from importlib import import_module
from typing import TYPE_CHECKING, NamedTuple

from csplanner.language import noted
from csplanner.ui.actions import Actions
from csplanner.ui.late_page import LatePage
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


class _Page(NamedTuple):
    key: str
    title: str
    place: str
    source: str


PAGES = (
    _Page("today", noted("Today"), "today", "today.page:TodayPage"),
    _Page("book", noted("Book"), "book", "book.page:BookPage"),
    _Page("account", noted("Account"), "book", "account.page:AccountPage"),
    _Page("pyramid", noted("Touch pyramid"), "pyramid", "pyramid.page:PyramidPage"),
    _Page("qbr", noted("QBR prep"), "qbr", "qbr.page:QbrPage"),
    _Page("import", noted("Import a snapshot"), "import", "imports.page:ImportPage"),
    _Page("tasks", noted("Tasks"), "today", "todo.page:TasksPage"),
    _Page("news", noted("What changed"), "import", "news.page:NewsPage"),
    _Page("history", noted("History"), "history", "history.page:HistoryPage"),
)


def book_pages(session: BookSession, actions: Actions, window: "BookWindow") -> list[LatePage]:
    """The pages of an open book; each is built when it is first shown."""
    pages = [
        LatePage(page.key, page.title, page.place, _maker(page.source, session, actions))
        for page in PAGES
    ]
    return [*pages, LatePage("settings", noted("Settings"), "", partial(_settings, window))]


def account_page(session: BookSession, actions: Actions) -> LatePage:
    """The page of an account alone, for a window of its own."""
    page = next(page for page in PAGES if page.key == "account")
    return LatePage(page.key, page.title, page.place, _maker(page.source, session, actions))


def _settings(window: "BookWindow") -> PageWidget:
    from csplanner.ui.settings.page import SettingsPage

    assert window.session is not None
    assert window.verbs is not None
    return SettingsPage(window.session, window.verbs, window)


KEYS = (*(page.key for page in PAGES), "settings")
"""The keys of every page of a book."""


def _maker(source: str, session: BookSession, actions: Actions) -> Callable[[], PageWidget]:
    """What builds the page `module:name` when it is first shown."""
    module, _, name = source.partition(":")

    def make() -> PageWidget:
        kind = getattr(import_module(f"csplanner.ui.{module}"), name)
        page: PageWidget = kind(session, actions)
        return page

    return make
