"""Opening and closing the books of a window: at once where it can be, beside the window else."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from csplanner.book.book import Book
from csplanner.book.key import NeedsPassphrase
from csplanner.errors import DamagedBook, UserError
from csplanner.ui.opening.ahead import Ahead, Request, look_ahead
from csplanner.ui.opening.refused import refused
from csplanner.ui.opening.same_file import is_same
from csplanner.ui.start.files import make_sample
from csplanner.ui.tasks import Cancelled, Progress, Tasks

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow
    from csplanner.ui.shell.history import Visit

T = TypeVar("T")

_QUIET_MS = 300


class Books(QObject):
    """What a window does to get another book: open, make, restore, make again.

    `waiting` tells in words what is being done with a file, empty once it is over.
    """

    waiting = Signal(str)

    def __init__(self, window: "BookWindow") -> None:
        super().__init__(window)
        self._window = window
        self._tasks = Tasks("opening", self)
        self._others = Tasks("files", self)
        self._running: Progress | None = None
        self._arrived: list[Book] = []
        self._newest = 0
        self._imports: list[Path] = []
        self._place: Visit | None = None
        self.ahead = Ahead(is_quick=True)
        """What was seen of the book in the window before it was opened."""
        self._words = ""
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(lambda: self.waiting.emit(self._words))

    @property
    def idle(self) -> bool:
        """True when no book is being opened, made or looked for."""
        return self._tasks.idle and self._others.idle

    def open_now(self, request: Request) -> None:
        """Show a book, or raise UserError when it cannot be opened."""
        ahead = look_ahead(request.path)
        book = self._take(request.open(self._today), ahead)
        self._window.show_book(request.path, book)

    def open_first(self, path: Path) -> None:
        """Open the book the window was started for, beside the window where that takes a while.

        Raises UserError when there is no book to be opened; one that is damaged or asks for
        something is told of in the window.
        """
        request, ahead = Request(path), look_ahead(path)
        if ahead.is_quick:
            try:
                self.open_now(request)
            except (DamagedBook, NeedsPassphrase) as error:
                self._window.show_start()
                # Once the window is there: what is asked stands over it.
                refusal = error
                QTimer.singleShot(0, lambda: refused(self._window, request, refusal))
        else:
            self._window.show_start()
            self._open_beside(request, ahead)

    def open(self, request: Request) -> bool:
        """Open a book in place of the one shown; when it cannot be, say why and keep this one.

        One that takes a while is opened beside the window. False when it was refused at once.
        """
        session = self._window.session
        if session is not None and is_same(session.path, request.path) and not session.read_only:
            self._window.say(self.tr("{0} is open.").format(request.path.name), undo=False)
            return True
        elsewhere = self._window.windows.showing(request.path)
        if elsewhere is not None and elsewhere is not self._window:
            elsewhere.come_forward()
            elsewhere.say(self.tr("{0} is open.").format(request.path.name), undo=False)
            return True
        ahead = look_ahead(request.path)
        if not ahead.is_quick:
            self._open_beside(request, ahead)
            return True
        try:
            book = self._take(request.open(self._today), ahead)
        except UserError as error:
            refused(self._window, request, error)
            return False
        self._show(request.path, book)
        return True

    def reopen(self, request: Request) -> None:
        """Close the book shown, open what `request` names, and show the same page of it."""
        self._place = self._window.visit()
        self._window.show_start()
        self.open(request)

    def make_new(self) -> None:
        """Ask where, create an empty book there and open it."""
        path = self._window.files.ask_new()
        if path is None:
            return
        try:
            Book.create(path, today=self._today).close()
        except UserError as error:
            self._say(error)
            return
        self.open(Request(path))

    def choose(self) -> None:
        """Ask which book and open it."""
        path = self._window.files.ask_open()
        if path is not None:
            self.open(Request(path))

    def open_sample(self) -> None:
        """Open the example, which is made the first time."""
        path, today = self._window.files.sample(), self._today
        if path.exists():
            self.open(Request(path))
        elif self._tasks.idle:
            self._window.status.show_note(self.tr("Making the example, a few seconds…"))
            self._tasks.run(
                lambda _: make_sample(path, today),
                done=lambda made: self._open_made(made),
                failed=self._say,
            )

    def import_into_new(self, paths: Sequence[Path] | None = None) -> None:
        """Make a book, then show the import in it."""
        self._imports = list(paths or ())
        self.make_new()
        if self._window.verbs is not None and not paths:
            self._window.verbs.import_snapshot()
        self._imports = []

    def run_beside(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], None],
        *,
        words: str = "",
        failed: Callable[[UserError | Cancelled], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
    ) -> Progress:
        """Run `work` on files of books beside the window; the book shown stays open.

        `words` say what is done once that takes longer than 300 ms; without them, whoever asks
        says so.
        """

        def over(result: T) -> None:
            if words:
                self._wait("")
            done(result)

        def stopped(error: UserError | Cancelled) -> None:
            if words:
                self._wait("")
            (failed or self._say)(error)

        if words:
            self._wait(words)
        self._running = self._others.run(work, done=over, failed=stopped, progress=progress)
        return self._running

    def close(self) -> None:
        """Finish what is under way; a book that nobody will see any more is closed."""
        self._quiet.stop()
        self._newest += 1
        if self._running is not None:
            self._running.cancel()
        self._others.close()
        self._tasks.close()
        self._close_arrived()

    # Inside

    @property
    def _today(self) -> date:
        return self._window.today

    def _open_beside(self, request: Request, ahead: Ahead) -> None:
        self._newest += 1
        number, today = self._newest, self._today

        def work(_: Progress) -> Book:
            book = request.open(today)
            self._arrived.append(book)
            return book

        def opened(book: Book) -> None:
            if number != self._newest:
                return
            self._wait("")
            self._arrived.remove(book)
            self._close_arrived()
            self._show(request.path, self._take(book, ahead))

        def failed(error: UserError | Cancelled) -> None:
            if number == self._newest:
                self._wait("")
                refused(self._window, request, error)

        self._wait(ahead.words)
        self._tasks.run(work, done=opened, failed=failed)

    def _close_arrived(self) -> None:
        while self._arrived:
            self._arrived.pop().close()

    def _take(self, book: Book, ahead: Ahead) -> Book:
        self.ahead = ahead
        self._newest += 1
        self._wait("")
        self._window.banners.drop("refused")
        return book

    def _show(self, path: Path, book: Book) -> None:
        self._window.show_book(path, book)
        place, self._place = self._place, None
        if place is not None:
            self._window.show_place(*place)
        if self._imports and self._window.verbs is not None:
            paths, self._imports = self._imports, []
            self._window.verbs.import_snapshot(paths)

    def _open_made(self, path: Path) -> None:
        self._window.status.show_note("")
        self.open(Request(path))

    def _say(self, error: UserError | Cancelled) -> None:
        self._window.say(str(error), undo=False, failed=True)

    def _wait(self, words: str) -> None:
        self._words = words
        if words:
            self._quiet.start()
        else:
            self._quiet.stop()
            self.waiting.emit("")
