"""Work beside the window: one thread per queue, results and progress brought to the UI thread."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count
from queue import SimpleQueue
from threading import Event, Thread
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from csplanner.errors import UserError
from csplanner.ui.leaving import end_at_exit

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


@dataclass(frozen=True, slots=True)
class _Job(Generic[T]):
    """What was asked for, kept by the UI thread until its result was delivered there."""

    work: Callable[[Progress], T]
    done: Callable[[T], None]
    failed: Callable[[UserError | Cancelled], None]
    progress: Callable[[int, int, str], None] | None
    handle: Progress


@dataclass(frozen=True, slots=True)
class _Raised:
    """What the work raised instead of returning."""

    error: BaseException


class Tasks(QObject):
    """A queue worked off by one thread; callbacks run on the thread this object lives on.

    The thread knows its jobs by number only. Callbacks hold widgets, and a widget must never be
    let go of on another thread: so the last reference to a job is always the UI thread's.
    """

    _ended = Signal(int, object)
    _told = Signal(int, int, int, str)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: SimpleQueue[int | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name=name, daemon=True)
        self._open = True
        self._jobs: dict[int, _Job[Any]] = {}
        self._numbers = count()
        # Queued even from the same thread, so that a callback never runs inside its caller.
        self._ended.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._tell, Qt.ConnectionType.QueuedConnection)
        end_at_exit(self)

    @property
    def idle(self) -> bool:
        """True when nothing waits, runs or still has a result to deliver."""
        return not self._jobs

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
        number = next(self._numbers)
        handle = Progress(partial(self._told.emit, number))
        self._jobs[number] = _Job(work, done, failed, progress, handle)
        if self._thread.ident is None:
            self._thread.start()
        self._waiting.put(number)
        return handle

    def close(self) -> None:
        """Finish what waits and end the thread; callbacks no longer run."""
        self._open = False
        self._waiting.put(None)
        if self._thread.ident is not None:
            self._thread.join()
        self._jobs.clear()

    def _work(self) -> None:
        while (number := self._waiting.get()) is not None:
            # In a list, which the UI thread empties: nothing of the outcome stays here.
            self._ended.emit(number, [self._outcome(number)])

    def _outcome(self, number: int) -> object:
        job = self._jobs[number]
        try:
            return job.work(job.handle)
        except BaseException as error:  # noqa: BLE001 - raised again on the UI thread
            return _Raised(error)

    @Slot(int, int, int, str)
    def _tell(self, number: int, at: int, total: int, words: str) -> None:
        job = self._jobs.get(number)
        if self._open and job is not None and job.progress is not None:
            job.progress(at, total, words)

    @Slot(int, object)
    def _deliver(self, number: int, box: list[object]) -> None:
        outcome = box.pop()
        job = self._jobs.pop(number, None)
        if not self._open or job is None:
            return
        if not isinstance(outcome, _Raised):
            job.done(outcome)
        elif isinstance(outcome.error, UserError | Cancelled):
            job.failed(outcome.error)
        else:
            raise outcome.error
