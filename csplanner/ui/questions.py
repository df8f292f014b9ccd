"""Questions to the book, answered beside the window; of each asker only the newest is answered."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.ui.tasks import Cancelled, Progress, Tasks

T = TypeVar("T")
LATER_MS = 100
"""How long the window gets to paint before what nobody waits for."""


@dataclass(frozen=True, slots=True)
class Question(Generic[T]):
    """What a part of a window asks `about` something: `work` on the thread, then `done` here, or
    `failed` with what the work refused.
    """

    asker: QObject
    about: str
    work: Callable[[Book], T]
    done: Callable[[T], None]
    failed: Callable[[UserError], None]


class Questions(QObject):
    """A thread with a read-only book of its own, opened when something is first asked.

    Windows that show one book ask here side by side: a question takes the place of an older one of
    the same asker about the same, never of somebody else's.
    """

    def __init__(self, open_book: Callable[[], Book], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_book = open_book
        self._book: Book | None = None
        self._newest: WeakKeyDictionary[QObject, dict[str, int]] = WeakKeyDictionary()
        self._later: WeakKeyDictionary[QObject, dict[str, QTimer]] = WeakKeyDictionary()
        self._tasks = Tasks("questions", self)

    def ask(self, question: Question[T]) -> None:
        """Do the work on the thread; its answer comes unless a newer question was asked since or
        the asker is gone.
        """
        about = question.about
        numbers = self._newest.setdefault(question.asker, {})
        number = numbers[about] = numbers.get(about, 0) + 1

        def answer(_: Progress) -> T:
            if numbers.get(about) != number:
                raise Cancelled
            return question.work(self._fresh_book())

        def is_awaited() -> bool:
            return numbers.get(about) == number and isValid(question.asker)

        def answered(result: T) -> None:
            if is_awaited():
                question.done(result)

        def refused(error: UserError | Cancelled) -> None:
            if isinstance(error, UserError) and is_awaited():
                question.failed(error)

        self._tasks.run(answer, done=answered, failed=refused)

    def ask_later(self, question: Question[T]) -> None:
        """Ask once the window had time to paint: judging on another thread slows painting down."""
        timers = self._later.setdefault(question.asker, {})
        if (waiting := timers.pop(question.about, None)) is not None:
            waiting.stop()
            waiting.deleteLater()
        timer = timers[question.about] = QTimer(self)

        def due() -> None:
            timers.pop(question.about).deleteLater()
            if isValid(question.asker):
                self.ask(question)

        timer.setSingleShot(True)
        timer.setInterval(LATER_MS)
        timer.timeout.connect(due)
        timer.start()

    def _fresh_book(self) -> Book:
        if self._book is None:
            self._book = self._open_book()
        else:
            self._book.reread()
        return self._book

    @property
    def idle(self) -> bool:
        """True when nothing waits to be answered."""
        return self._tasks.idle and not any(self._later.values())

    def close(self) -> None:
        """Finish the question in work, leave the others, and close the book."""
        for timers in self._later.values():
            for timer in timers.values():
                timer.stop()
            timers.clear()
        for numbers in self._newest.values():
            numbers.clear()
        self._tasks.close()
        if self._book is not None:
            self._book.close()
