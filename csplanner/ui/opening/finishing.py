"""The last work on a book before it is closed: waited for, with the window alive and saying so."""

from collections.abc import Callable

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from csplanner.book.book import Book
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.progress import QUIET_MS


def finish(session: BookSession, work: Callable[[Book], object], tell: Callable[[], object]) -> str:
    """Do everything that waits to be written, then `work`; returns why that failed, or nothing.

    Keys and clicks wait meanwhile; `tell` is called when it takes longer than 300 ms.
    """
    over: list[str] = []
    quiet = QTimer()
    quiet.setSingleShot(True)
    quiet.timeout.connect(tell)
    quiet.start(QUIET_MS)
    session.copy(work, lambda _: over.append(""), over.append)
    only_paint = QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
    wait = QEventLoop.ProcessEventsFlag.WaitForMoreEvents
    # A fault of the program calls neither back: it is told by itself, and must not hold the window.
    while not over and not session.idle:
        QApplication.processEvents(only_paint | wait)
    quiet.stop()
    return over[0] if over else ""
