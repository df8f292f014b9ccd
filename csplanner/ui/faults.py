"""What happens when something raises: a sentence for what you can act on, a dialog for a bug."""

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QWidget

from csplanner import __version__
from csplanner.errors import UserError
from csplanner.paths import log_dir
from csplanner.ui.widgets.dialogs import Dialog, message

_LOG = logging.getLogger("csplanner")
_BYTES, _KEPT = 200_000, 3
_FRAMES = 12


def where(error: BaseException) -> str:
    """Kind of error and the places it passed through; no message, as that may name a customer."""
    frames = traceback.extract_tb(error.__traceback__)[-_FRAMES:]
    lines = [f"{type(error).__name__} in csplanner {__version__}"]
    for frame in frames:
        _, found, tail = frame.filename.replace("\\", "/").rpartition("csplanner/")
        file = f"{found}{tail}" if found else frame.filename.replace("\\", "/").rpartition("/")[2]
        lines.append(f"{file}:{frame.lineno} in {frame.name}")
    return "\n".join(lines)


def start_log() -> None:
    """Write what goes wrong to the log folder: places in the program, no names and no values.

    Called when the first thing goes wrong, as loading the handlers would slow every start.
    """
    from logging.handlers import RotatingFileHandler

    if _LOG.handlers:
        return
    try:
        handler = RotatingFileHandler(
            log_dir() / "csplanner.log", maxBytes=_BYTES, backupCount=_KEPT, encoding="utf-8",
            delay=True,
        )  # fmt: skip
    except OSError:
        # A log that cannot be written must not keep anyone from their book.
        return
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    _LOG.addHandler(handler)
    _LOG.propagate = False


class Faults(QObject):
    """Takes every error nobody caught, on any thread, and shows it on the window's thread."""

    _caught = Signal(object)

    def __init__(self, window: QWidget, say: Callable[[str], None]) -> None:
        """Show bugs in a dialog over `window`; `say` shows the sentence of a UserError."""
        super().__init__(window)
        self._window, self._say = window, say
        self.dialog: Dialog | None = None
        self._caught.connect(self._show, Qt.ConnectionType.AutoConnection)

    def install(self) -> None:
        """Become the place where uncaught errors go."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

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
        if isinstance(error, UserError):
            self._say(str(error))
            return
        places = where(error)
        start_log()
        _LOG.error("%s", places)
        if self.dialog is not None:
            # One dialog is enough: a fault in a paint would otherwise open one per frame.
            return
        self.dialog = message(
            self._window,
            self.tr("csplanner made a mistake"),
            sentence=self.tr(
                "This is a fault of the program, not of you or your book. What was saved is safe; "
                "what you just did may not have happened. You can go on. The lines below say "
                "where it went wrong and hold nothing of your book; they are in the log as well."
            ),
            details=places,
        )
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
