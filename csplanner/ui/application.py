"""The application: starts Qt, dresses it, shows the window and keeps it alive through faults."""

import gc
import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from csplanner.errors import UserError
from csplanner.settings import load_settings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.collector import Collector
from csplanner.ui.faults import Faults
from csplanner.ui.scale import ask_for_scale
from csplanner.ui.theme import ThemeController

_SETTLED_MS = 3000
"""After that long what stands is there to stay, and need not be looked through again."""


def run(book: Path | None, *, today: date | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    Raises UserError when there is no display or the book cannot be opened.
    """
    _need_display()
    # Collecting garbage while everything is being built costs 6 % of the start; after it, the
    # window collects on its own thread alone.
    gc.disable()
    settings = load_settings()
    ask_for_scale(settings.scale)
    app = QApplication.instance() or QApplication(["csplanner"])
    assert isinstance(app, QApplication)
    app.setApplicationName("csplanner")
    app.setApplicationDisplayName("csplanner")
    app.setDesktopFileName("csplanner")
    themes = ThemeController(app, settings.theme)
    themes.follow(settings)
    window = BookWindow(themes, settings, today=today)
    faults = Faults(window, lambda sentence: window.say(sentence, undo=False, failed=True))
    if book is None:
        window.show_start()
    else:
        window.books.open_first(book)
    window.show()
    collector = Collector(window)
    QTimer.singleShot(_SETTLED_MS, gc.freeze)
    # From here on a loop can show what went wrong in a dialog; before, the caller can tell it.
    faults.install()
    try:
        return app.exec()
    finally:
        collector.stop()


def _need_display() -> None:
    """Refuse in words where Qt would end the process."""
    wanted = os.environ.get("QT_QPA_PLATFORM")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not (wanted or shown):
        raise UserError(
            "There is no display to open a window on. Work with the verbs instead: csplanner --help"
        )
