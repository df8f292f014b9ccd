"""An open book in the window: one thread writes, one answers questions, one signal tells."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from csplanner.book.book import Book, Changed
from csplanner.book.history import Change
from csplanner.errors import UserError
from csplanner.ui.book_memory import BookMemory
from csplanner.ui.book_writer import BookWriter
from csplanner.ui.questions import LATER_MS, Question, Questions

T = TypeVar("T")


class BookSession(BookWriter):
    """The book the window shows: written as a BookWriter does, undone, judged for the day.

    What may take longer to read is asked with `ask` and answered beside the window.
    """

    need_you = Signal(int)
    """How many accounts call for you, from whoever has just found out."""

    closing = Signal()
    """The file is about to be closed: whoever reads `beside` lets go of it now."""

    def __init__(
        self,
        path: Path,
        *,
        today: date,
        parent: QObject | None = None,
        book: Book | None = None,
    ) -> None:
        """Show the book at `path`, or `book`, which somebody else has opened from there."""
        super().__init__(book or Book.open(path, today=today, prove_later=True), parent)
        self.path = path
        self.today = today
        self.memory = BookMemory(path, self)
        """Where you were in this book and how its screens stand."""
        self._questions = Questions(self._writer.beside, self)
        self._opening = QTimer(self)
        self._opening.setSingleShot(True)
        self._opening.setInterval(LATER_MS)

    def ask(
        self,
        asker: QObject,
        work: Callable[[Book], T],
        done: Callable[[T], None],
        *,
        about: str = "",
        failed: Callable[[UserError], None] | None = None,
        later: bool = False,
    ) -> None:
        """Run `work` with a read-only book on the thread for questions; never waits.

        Of what an `asker` asks `about` the same, only the newest is answered, and nothing once the
        asker is gone. When `work` raises UserError, `failed` gets it, or `refused` is emitted. What
        nobody waits for comes `later`, once the page has been painted.
        """
        failed = failed or (lambda error: self.refused.emit(str(error)))
        question = Question(asker, about, work, done, failed)
        if later:
            self._questions.ask_later(question)
        else:
            self._questions.ask(question)

    def beside(self) -> Book:
        """A further read-only view, for a thread of its own; close it, at the latest when `closing`
        is emitted.
        """
        return self._writer.beside()

    def refresh_later(self, done: Callable[[int], None] | None = None) -> None:
        """As `refresh`, once the window had time to paint what the book knew."""
        self._opening.timeout.connect(lambda: self.refresh(done))
        self._opening.start()

    def refresh(self, done: Callable[[int], None] | None = None) -> None:
        """Bring judgements up to date for the day, beside the window."""

        def told(count: int) -> None:
            if count:
                self.read.reread()
                self.changed.emit(Changed(frozenset({"overview"}), None))
            if done is not None:
                done(count)

        self.write(lambda book: book.refresh(), told)

    def undo(self, done: Callable[[str], None] | None = None) -> None:
        """Take the newest change back; `done` gets its label.

        Refused with a sentence when another window has changed the book since it was shown.
        """
        shown = self._shown(self.read.can_undo)

        def work(book: Book) -> str:
            self._watch.need_newest(shown, book.can_undo)
            return book.undo().label

        self.write(work, done)

    def redo(self, done: Callable[[str], None] | None = None) -> None:
        """Bring the change undone last again; `done` gets its label. Refused as `undo` is."""
        shown = self._shown(self.read.can_redo)

        def work(book: Book) -> str:
            self._watch.need_newest(shown, book.can_redo)
            return book.redo().label

        self.write(work, done)

    def _shown(self, change: Change | None) -> int | None:
        """The number of the change the window offers; None while it is about to write others."""
        return change.id if change is not None and self._tasks.idle else None

    @property
    def idle(self) -> bool:
        """True when nothing waits to be written, answered or told."""
        return self._tasks.idle and self._questions.idle and not self._opening.isActive()

    def close(self) -> None:
        """Finish what waits, then close the file."""
        self.closing.emit()
        self.memory.write()
        self._opening.stop()
        self._questions.close()
        super().close()
