"""Where you were in a book: page, account, scroll, panes and the window's place on the screen."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, QTimer
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QSplitter,
    QWidget,
)

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.ui.session import BookSession
from csplanner.ui.shown_page import page_widget

if TYPE_CHECKING:
    from csplanner.ui.main_window import MainWindow

_PAGES = ("today", "book", "pyramid", "qbr", "account", "history")
_LOOK_MS, _LOOKS = 40, 100
_LEAST_SEEN = 120
"""Pixels of a window that must be on some screen, else it is brought back to one."""


class BookPlace(QObject):
    """Keeps in a book's memory how its window stands, and sets a window up like that again."""

    def __init__(self, window: "MainWindow", session: BookSession) -> None:
        super().__init__(session)
        self._window, self._session, self._memory = window, session, session.memory
        self._key = ""
        self._looks = 0
        self._is_watching = False
        self._settling = QTimer(self)
        self._settling.setInterval(_LOOK_MS)
        self._settling.timeout.connect(self._recall_when_still)

    def set_up(self, *, with_frame: bool) -> None:
        """Show the page you were at, and `with_frame` put the window where it was."""
        if with_frame:
            put_back(self._window, self._memory.get("window"))
        panes = self._memory.get("panes")
        if isinstance(panes, dict):
            self._window.set_panes(
                inspector=panes.get("inspector") is not False, rail=panes.get("rail")
            )
        key, argument = place_of(self._memory.get("page"), self._session.read)
        self._window.show_place(key, argument)
        self._looks = _LOOKS
        self._settling.start()
        self._note(key, argument)
        self._is_watching = True
        self._window.navigate.connect(self._note)
        self._window.installEventFilter(self)

    def end(self) -> None:
        """Keep what stands now; the window shows something else from here on."""
        self._settling.stop()
        if not self._is_watching:
            return
        self._window.removeEventFilter(self)
        self._window.navigate.disconnect(self._note)
        self._keep_page()
        self._keep_frame()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note where the window is put."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.WindowStateChange):
            self._keep_frame()
        elif event.type() in (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress):
            # You are somewhere else already: nothing moves under your hands.
            self._settling.stop()
        return False

    # Inside

    def _note(self, key: str, argument: object = None) -> None:
        self._keep_page()
        self._key = key
        page = page_widget(self._window, key)
        if page is not None:
            _recall_splitters(page, self._memory.get(f"splitters.{key}"))
        if key in _PAGES:
            self._memory.keep("page", [key, _plain(argument)])

    def _keep_page(self) -> None:
        """Keep how the page left stands."""
        page = page_widget(self._window, self._key)
        if page is None:
            return
        if page.isVisible():
            sizes = [splitter.sizes() for splitter in page.findChildren(QSplitter)]
            self._memory.keep(f"splitters.{self._key}", sizes or None)
            self._memory.keep("scroll", [self._key, _scrolled(page)])

    def _keep_frame(self) -> None:
        if self._window.isVisible():
            self._memory.keep("window", stands(self._window))
        inspector, rail = self._window.panes()
        self._memory.keep("panes", {"inspector": inspector, "rail": rail})

    def _recall_when_still(self) -> None:
        """Scroll back once the page holds what it held; it asks the book beside the window."""
        self._looks -= 1
        if self._session.idle or self._looks <= 0:
            self._settling.stop()
            kept, page = self._memory.get("scroll"), page_widget(self._window, self._key)
            is_of_page = isinstance(kept, list) and len(kept) == 2 and kept[0] == self._key
            if isinstance(kept, list) and is_of_page and page is not None:
                _recall_scrolled(page, kept[1])


def place_of(kept: object, book: Book) -> tuple[str, object]:
    """The page kept and what it is opened with; Today when it is not there any more."""
    if not (isinstance(kept, list) and len(kept) == 2 and kept[0] in _PAGES):
        return "today", None
    key, argument = kept
    if key == "account":
        account = argument[0] if isinstance(argument, list) and argument else argument
        try:
            book.accounts.get(str(account))
        except UserError:
            return "book", None
        return key, tuple(argument) if isinstance(argument, list) else argument
    return key, argument if isinstance(argument, str) else None


def stands(window: QWidget) -> str:
    """Where a window stands and how large it is, as text for `put_back`."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def put_back(window: QWidget, kept: object) -> None:
    """Put a window where it stood; on a screen there is, when that one was taken away."""
    if not isinstance(kept, str):
        return
    window.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "replace")))
    frame = window.frameGeometry()
    seen = [s.availableGeometry().intersected(frame) for s in QApplication.screens()]
    if any(part.width() >= _LEAST_SEEN and part.height() >= _LEAST_SEEN for part in seen):
        return
    room = QApplication.primaryScreen().availableGeometry()
    window.resize(window.size().boundedTo(room.size()))
    frame = window.frameGeometry()
    frame.moveCenter(room.center())
    window.move(frame.topLeft())


def _plain(argument: object) -> object:
    """What a page was opened with, as far as it can be kept: no list of accounts."""
    if isinstance(argument, tuple):
        return [part for part in argument[:2] if isinstance(part, str)]
    return argument if isinstance(argument, str) else None


def _areas(page: QWidget) -> list[QAbstractScrollArea]:
    return [area for area in page.findChildren(QAbstractScrollArea) if area.isVisible()]


def _scrolled(page: QWidget) -> list[list[object]]:
    """Kind, scroll and current row of everything on the page that scrolls."""
    found: list[list[object]] = []
    for area in _areas(page):
        row = area.currentIndex().row() if isinstance(area, QAbstractItemView) else -1
        found.append([type(area).__name__, area.verticalScrollBar().value(), row])
    return found


def _recall_scrolled(page: QWidget, kept: object) -> None:
    areas = _areas(page)
    if not isinstance(kept, list) or len(kept) != len(areas):
        return
    for area, one in zip(areas, kept, strict=True):
        if not (isinstance(one, list) and len(one) == 3 and one[0] == type(area).__name__):
            return
        _, at, row = one
        if isinstance(area, QAbstractItemView) and isinstance(row, int) and row >= 0:
            model = area.model()
            if model is not None and row < model.rowCount():
                column = max(0, area.currentIndex().column())
                area.setCurrentIndex(model.index(row, column))
        if isinstance(at, int):
            area.verticalScrollBar().setValue(at)


def _recall_splitters(page: QWidget, kept: object) -> None:
    splitters = page.findChildren(QSplitter)
    if not isinstance(kept, list) or len(kept) != len(splitters):
        return
    for splitter, sizes in zip(splitters, kept, strict=True):
        is_whole = isinstance(sizes, list) and len(sizes) == splitter.count()
        if is_whole and all(isinstance(size, int) for size in sizes):
            splitter.setSizes(sizes)
