"""The application: starts Qt, dresses it, shows the window and keeps it alive through faults."""

import gc
import os
import sys
from datetime import date
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.settings import load_settings
from csplanner.ui.book_window import BookWindow
from csplanner.ui.collector import Collector
from csplanner.ui.faults import Faults
from csplanner.ui.help.commands import show_news_once
from csplanner.ui.load_ahead import load_pages_ahead
from csplanner.ui.scale import ask_for_scale
from csplanner.ui.theme import ThemeController
from csplanner.ui.translator import speak
from csplanner.ui.windows import Windows

_SETTLED_MS = 3000
"""After that long what stands is there to stay, and need not be looked through again."""


def run(book: Path | None, *, today: date | None = None) -> int:
    """Show the window until it is closed; returns the exit code.

    Raises UserError when there is no display or the book cannot be opened.
    """
    _need_display()
    settings = load_settings()
    ask_for_scale(settings.scale)
    app = QApplication.instance() or QApplication(["csplanner"])
    assert isinstance(app, QApplication)
    app.setApplicationName("csplanner")
    app.setApplicationDisplayName("csplanner")
    app.setDesktopFileName("csplanner")
    speak(app, settings.language)
    themes = ThemeController(app, settings.theme)
    themes.follow(settings)
    day = today or date.today()  # noqa: DTZ011 - the user's own day
    windows = Windows(themes, settings, today=day)
    window = BookWindow(themes, windows=windows)
    faults = Faults(window, windows.say_failed, over=windows.active)
    _fill(window, book)
    window.show()
    collector = Collector(windows)
    load_pages_ahead(window)
    QTimer.singleShot(_SETTLED_MS, gc.freeze)
    QTimer.singleShot(_SETTLED_MS, window, lambda: show_news_once(window))
    QTimer.singleShot(_SETTLED_MS, window, lambda: _clear_left(window))
    # From here on a loop can show what went wrong in a dialog; before, the caller can tell it.
    faults.install()
    try:
        return app.exec()
    finally:
        collector.stop()


def _clear_left(window: BookWindow) -> None:
    """Remove the private copies that a killed program left."""
    from csplanner.book.room import clear_left

    window.books.run_beside(lambda _: clear_left(), lambda _: None)


def _fill(window: BookWindow, book: Path | None) -> None:
    """Open the book asked for, else those of last time, else show the start page."""
    if book is not None:
        window.books.open_first(book)
        return
    was_bad = window.settings.starting
    if window.windows.restore(window):
        return
    window.show_start()
    if was_bad:
        window.say(
            window.tr("csplanner ended while it opened your books last time. Open them here."),
            undo=False,
        )


def _need_display() -> None:
    """Refuse in words where Qt would end the process."""
    wanted = os.environ.get("QT_QPA_PLATFORM")
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if sys.platform.startswith("linux") and not (wanted or shown):
        raise UserError(
            tr(
                "There is no display to open a window on. Work with the verbs instead: "
                "csplanner --help"
            )
        )
