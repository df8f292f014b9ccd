"""Questions to the book, answered beside the window; of each asker only the newest is answered."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.ui.tasks import Cancelled, Progress, Tasks

T = TypeVar("T")
LATER_MS = 100
"""How long the window gets to paint before what nobody waits for."""


class Questions(QObject):
    """A thread with a read-only book of its own, opened when something is first asked."""

    def __init__(self, open_book: Callable[[], Book], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._open_book = open_book
        self._book: Book | None = None
        self._newest: dict[str, int] = {}
        self._later: dict[str, QTimer] = {}
        self._tasks = Tasks("questions", self)

    def ask(
        self,
        asker: str,
        work: Callable[[Book], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Run `work` on the thread; `done` gets its answer unless `asker` asked again since."""
        number = self._newest.get(asker, 0) + 1
        self._newest[asker] = number

        def answer(_: Progress) -> T:
            if self._newest.get(asker) != number:
                raise Cancelled
            return work(self._fresh_book())

        def answered(result: T) -> None:
            if self._newest.get(asker) == number:
                done(result)

        def refused(error: UserError | Cancelled) -> None:
            if isinstance(error, UserError) and self._newest.get(asker) == number:
                failed(error)

        self._tasks.run(answer, done=answered, failed=refused)

    def ask_later(
        self,
        asker: str,
        work: Callable[[Book], T],
        done: Callable[[T], None],
        failed: Callable[[UserError], None],
    ) -> None:
        """Ask once the window had time to paint: judging on another thread slows painting down."""
        timer = self._later.get(asker)
        if timer is None:
            timer = self._later[asker] = QTimer(self)
            timer.setSingleShot(True)
            timer.setInterval(LATER_MS)
        else:
            timer.timeout.disconnect()
        timer.timeout.connect(lambda: self.ask(asker, work, done, failed))
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
        return self._tasks.idle and not any(t.isActive() for t in self._later.values())

    def close(self) -> None:
        """Finish the question in work, leave the others, and close the book."""
        for timer in self._later.values():
            timer.stop()
        self._newest.clear()
        self._tasks.close()
        if self._book is not None:
            self._book.close()
