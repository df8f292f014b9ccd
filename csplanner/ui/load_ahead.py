"""Loads what is needed next beside the window, so that no first visit waits for it."""

from importlib import import_module
from threading import Thread, main_thread

from PySide6.QtCore import QObject, QTimer

from csplanner.ui.book_pages import PAGES

_AFTER_MS = 1200
"""How long the window gets to open a book and paint it first."""
_MODULES = (
    *(page.source.partition(":")[0] for page in PAGES),
    "settings.page",
    "book.clipboard",
    "shell.shortcut_sheet",
)


def load_pages_ahead(window: QObject) -> None:
    """Load every page's module on a thread of its own, soon, unless `window` has gone by then."""
    QTimer.singleShot(_AFTER_MS, window, lambda: Thread(target=load_pages, name="pages").start())


def load_pages() -> None:
    """Load every module of `_MODULES`, one after another, for as long as the program runs."""
    for module in _MODULES:
        if not main_thread().is_alive():
            return
        import_module(f"csplanner.ui.{module}")
