"""What happens when something raises: a sentence for what you can act on, a dialog for a bug."""

import logging
import os
import sys
import threading
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from csplanner.book.connection import sqlite_in_words
from csplanner.errors import UserError
from csplanner.fault_places import where
from csplanner.paths import log_dir
from csplanner.ui.fault_dialog import FaultDialog

_LOG = logging.getLogger("csplanner")
_BYTES, _KEPT = 200_000, 3


def start_log() -> None:
    """Write what goes wrong to the log folder: places in the program, no names and no values.

    Called when the first thing goes wrong, as loading the handlers would slow every start.
    """
    if _LOG.handlers:
        return
    try:
        handler = _private_log(log_dir() / "csplanner.log")
    except OSError:
        # A log that cannot be written must not keep anyone from their book.
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.propagate = False


def _private_log(path: Path) -> logging.Handler:
    """A log of a few files, each for its owner only from its first byte on."""
    from logging.handlers import RotatingFileHandler

    class PrivateLog(RotatingFileHandler):
        def _open(self) -> TextIOWrapper:
            descriptor = os.open(self.baseFilename, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
            return TextIOWrapper(os.fdopen(descriptor, "ab"), encoding=self.encoding)

        def handleError(self, record: logging.LogRecord) -> None:
            """Go on without: what logging says on stderr of a full disk names the user's folder."""

    return PrivateLog(path, maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8", delay=True)


class Faults(QObject):
    """Takes every error nobody caught, on any thread, and shows it on the window's thread."""

    _caught = Signal(object)

    def __init__(
        self,
        window: QWidget,
        say: Callable[[str], None],
        *,
        over: Callable[[], QWidget | None] | None = None,
    ) -> None:
        """Show bugs in a dialog over `window`, or the one that `over` finds; `say` shows the
        sentence of a UserError.
        """
        super().__init__()
        self._over = over or (lambda: window)
        self._say = say
        self.dialog: FaultDialog | None = None
        self._caught.connect(self._show, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        """Become the place where uncaught errors go."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread
        sys.unraisablehook = _log_unraisable

    def take(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Handle one error; interrupts go their usual way."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        self._caught.emit(error)

    def _take_from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_type, caught.exc_value, caught.exc_traceback)

    @Slot(object)
    def _show(self, error: BaseException) -> None:
        said = error if isinstance(error, UserError) else _of_the_disk(error)
        if said is not None:
            self._say(str(said))
            return
        places = where(error)
        start_log()
        _LOG.error("%s", places)
        if self.dialog is not None:
            # One dialog is enough: a fault in a paint would otherwise open one per frame.
            return
        self.dialog = FaultDialog(places, self._over())
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None


def _log_unraisable(caught: "sys.UnraisableHookArgs") -> None:
    """Note what was raised where nobody could catch it; Python would print its words on stderr."""
    if caught.exc_value is not None:
        start_log()
        _LOG.error("%s", where(caught.exc_value))


def _of_the_disk(error: BaseException) -> UserError | None:
    """What SQLite reports of disk or damage while a page reads the book, in words."""
    try:
        with sqlite_in_words():
            raise error
    except UserError as said:
        return said
    except BaseException:  # noqa: BLE001 - shown as the bug it is
        return None
