"""Which pages a book has, and the modules they are loaded from when they are first shown."""

from functools import partial
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

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
    _Page("today", "Today", "today", "today.page:TodayPage"),
    _Page("book", "Book", "book", "book.page:BookPage"),
    _Page("account", "Account", "book", "account.page:AccountPage"),
    _Page("pyramid", "Touch pyramid", "pyramid", "pyramid.page:PyramidPage"),
    _Page("qbr", "QBR prep", "qbr", "qbr.page:QbrPage"),
    _Page("import", "Import a snapshot", "import", "imports.page:ImportPage"),
)


def book_pages(session: BookSession, actions: Actions, window: "BookWindow") -> list[LatePage]:
    """The pages of an open book; each is built when it is first shown."""
    pages = [
        LatePage(page.key, page.title, page.place, _maker(page.source, session, actions))
        for page in PAGES
        if find_spec(f"csplanner.ui.{page.source.partition('.')[0]}") is not None
        and find_spec(f"csplanner.ui.{page.source.partition(':')[0]}") is not None
    ]
    return [*pages, LatePage("settings", "Settings", "", partial(_settings, window))]


def _settings(window: "BookWindow") -> PageWidget:
    from csplanner.ui.settings.page import SettingsPage

    assert window.session is not None
    assert window.verbs is not None
    return SettingsPage(window.session, window.verbs, window)


KEYS = (*(page.key for page in PAGES), "settings")
"""The keys of every page of a book."""


class _Maker(NamedTuple):
    module: str
    name: str
    session: BookSession
    actions: Actions

    def __call__(self) -> PageWidget:
        kind = getattr(import_module(self.module), self.name)
        page: PageWidget = kind(self.session, self.actions)
        return page


def _maker(source: str, session: BookSession, actions: Actions) -> _Maker:
    module, _, name = source.partition(":")
    return _Maker(f"csplanner.ui.{module}", name, session, actions)
