"""Trying a staged snapshot beside the window, anew whenever the decisions have changed."""

from datetime import date
from pathlib import Path
from time import monotonic

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from csplanner.book import trial
from csplanner.domain.trial import Trial
from csplanner.errors import UserError
from csplanner.ui.tasks import Cancelled, Progress, Tasks

PAUSE_MS = 700
"""So long after the last decision the trial is made anew."""
LONG_S = 15.0
"""A trial that took longer is made anew only when the CSM asks for it."""


class Trying(QObject):
    """Knows what a staged snapshot would move. `changed` tells that there is something to show.

    `found` is the newest trial; `is_old` says that decisions changed since; `stopped` that the
    CSM stopped it, and `trouble` why it failed.
    """

    changed = Signal()
    progressed = Signal(int, int, str)

    def __init__(self, today: date, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._tasks = Tasks("trial")
        self._handle: Progress | None = None
        self._places: tuple[Path, Path] | None = None
        self._run = 0
        self._began = self._took = 0.0
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.start)
        self.found: Trial | None = None
        self.is_old = self.stopped = False
        self.trouble = ""
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @property
    def is_busy(self) -> bool:
        """Whether it is being tried, or about to be."""
        return self._handle is not None or self._pause.isActive()

    def take(self, book: Path, staged: Path) -> None:
        """Try this staged snapshot on that book, from the next `start` or `again` on."""
        self.let_go()
        self._places = (book, staged)

    def let_go(self) -> None:
        """Stop, and know nothing of any snapshot."""
        self._cancel()
        self._pause.stop()
        self._places, self.found = None, None
        self.is_old = self.stopped = False
        self.trouble, self._took = "", 0.0

    def again(self) -> None:
        """The decisions changed: try once no further one follows."""
        self.is_old = self.found is not None
        if self._places is None or self.stopped:
            return
        self._cancel()
        if self._took > LONG_S:
            self.stop()
            return
        self._pause.start()

    def start(self) -> None:
        """Try now."""
        if self._places is None:
            return
        self._cancel()
        self._pause.stop()
        self.stopped, self.trouble = False, ""
        run, (book, staged) = self._run, self._places
        self._began = monotonic()

        def work(handle: Progress) -> Trial | None:
            return trial.run(
                book, staged, today=self._today, progress=handle.step, cancelled=handle.cancelled
            )

        def told(done: int, total: int, words: str) -> None:
            if run == self._run:
                self.progressed.emit(done, total, words)

        def done(found: Trial | None) -> None:
            if run == self._run and found is not None:
                self._handle, self.found, self.is_old = None, found, False
                self._took = monotonic() - self._began
                self.changed.emit()

        def failed(error: UserError | Cancelled) -> None:
            if run == self._run:
                self._handle = None
                self.trouble = str(error) if isinstance(error, UserError) else ""
                self.changed.emit()

        self._handle = self._tasks.run(work, done=done, failed=failed, progress=told)
        self.changed.emit()

    def stop(self) -> None:
        """Stop at the CSM's word; nothing is tried until `start`."""
        self._cancel()
        self._pause.stop()
        self.stopped = True
        self.changed.emit()

    def close(self) -> None:
        """Stop and wait until nothing runs any more; called when the window is gone, too."""
        self._places = None
        self._cancel()
        self._tasks.close()

    def _cancel(self) -> None:
        self._run += 1
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None
