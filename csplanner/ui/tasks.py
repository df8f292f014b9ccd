"""Work beside the window: one thread per queue, results and progress brought to the UI thread."""

from collections.abc import Callable
from queue import SimpleQueue
from threading import Event, Thread
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from csplanner.errors import UserError

T = TypeVar("T")


class Cancelled(Exception):  # noqa: N818 - not an error: the user asked for it
    """The user cancelled the work; nothing was kept of it."""


class Progress:
    """Handed to the work: it tells how far it is, and learns when it should stop."""

    def __init__(self, tell: Callable[[int, int, str], None]) -> None:
        self._tell = tell
        self._stop = Event()

    def step(self, done: int, total: int, words: str = "") -> None:
        """Say how far the work is; raises Cancelled once the user cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self._tell(done, total, words)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._stop.set()

    def cancelled(self) -> bool:
        """Whether the user asked to stop."""
        return self._stop.is_set()


class Tasks(QObject):
    """A queue worked off by one thread; callbacks run on the thread this object lives on."""

    _call = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._open = True
        self._pending = 0
        # Queued even from the same thread, so that a callback never runs inside its caller.
        self._call.connect(self._run_here, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def _run_here(self, closure: Callable[[], None]) -> None:
        if self._open:
            closure()

    @property
    def idle(self) -> bool:
        """True when nothing waits, runs or still has a result to deliver."""
        return self._pending == 0

    def run(
        self,
        work: Callable[[Progress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[UserError | Cancelled], None],
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Progress:
        """Run `work` in the queue's thread; `done` gets its result, `failed` a UserError.

        Any other exception is a bug and is raised on the UI thread, for the excepthook.
        """
        self._pending += 1

        def tell(at: int, total: int, words: str) -> None:
            if progress is not None:
                self._call.emit(lambda: progress(at, total, words))

        handle = Progress(tell)

        def job() -> None:
            try:
                result = work(handle)
            except BaseException as error:  # noqa: BLE001 - raised again on the UI thread
                raised = error
                self._call.emit(lambda: self._fail(raised, failed))
            else:
                self._call.emit(lambda: self._succeed(result, done))

        if self._thread.ident is None:
            self._thread.start()
        self._waiting.put(job)
        return handle

    def _work(self) -> None:
        while (job := self._waiting.get()) is not None:
            job()

    def _succeed(self, result: T, done: Callable[[T], None]) -> None:
        self._pending -= 1
        done(result)

    def _fail(self, error: BaseException, failed: Callable[[UserError | Cancelled], None]) -> None:
        self._pending -= 1
        if not isinstance(error, UserError | Cancelled):
            raise error
        failed(error)

    def close(self) -> None:
        """Finish what waits and end the thread; callbacks no longer run."""
        self._open = False
        self._waiting.put(None)
        if self._thread.ident is not None:
            self._thread.join()
