"""Which pages a book has, and the modules they are loaded from when they are first shown."""

from importlib import import_module
from typing import NamedTuple

from csplanner.ui.actions import Actions
from csplanner.ui.late_page import LatePage
from csplanner.ui.session import BookSession
from csplanner.ui.shell.page import PageWidget


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
    _Page("settings", "Settings", "settings", "settings.page:SettingsPage"),
)


def book_pages(session: BookSession, actions: Actions) -> list[LatePage]:
    """The pages of an open book; each is built when it is first shown."""
    return [
        LatePage(page.key, page.title, page.place, _maker(page.source, session, actions))
        for page in PAGES
    ]


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
