"""Writing a book beside the window, and telling what was written, refused, lost or damaged."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from csplanner.book.book import Book, Changed
from csplanner.book.open_file import Opening
from csplanner.errors import DamagedBook, UserError
from csplanner.language import tr
from csplanner.ui.file_watch import FileWatch
from csplanner.ui.tasks import Cancelled, Progress, Tasks

T = TypeVar("T")

LOOK_MS = 2000
# Anything may have changed, but no settings that would have every account judged again: the
# window that changed those has done it.
_ELSEWHERE = Changed(frozenset({"account", "overview"}), None)


class BookWriter(QObject):
    """One thread that writes a book, and watches its file.

    `read` is a read-only view for short reads on the UI thread. `write` runs a function on the
    writer thread with the writing book; when it is done, `changed` is emitted (if it changed
    something) and then the caller's `done`. Sentences for the user come with `refused`.
    """

    changed = Signal(object)
    """`Changed`: the tables and accounts touched; views that read them ask the book again."""

    refused = Signal(str)
    """One sentence that says why something could not be done."""

    working = Signal(bool)
    """True while writes wait or run."""

    lost = Signal(str)
    """Why nothing can be written any more: the file is gone from its place, or others changed it.
    Empty once it is back."""

    unsaved = Signal(str)
    """Why the last change could not be written by the disk; empty once one was written."""

    damaged = Signal(str)
    """What is wrong with the file, found after it was opened: it is read-only from then on."""

    def __init__(self, book: Book, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = book
        self.read = book.beside()
        self.read_only = book.read_only
        self.read_only_because = book.read_only_because
        self._watch = FileWatch(book)
        self.lost_because = ""
        self.unsaved_because = ""
        self._long = 0
        self._heard: list[Changed] = []
        book.subscribe(self._heard.append)
        self._tasks = Tasks("book", self)
        self._looking = QTimer(self)
        self._looking.timeout.connect(self.look)
        self._looking.start(LOOK_MS)

    def write(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Run `work` with the writing book on its thread; never waits.

        When it raises UserError, `failed` gets the sentence, or `refused` is emitted.
        """
        self.write_long(lambda book, _: work(book), done, failed=failed, brief=True)

    def write_long(
        self,
        work: Callable[[Book, Progress], T],
        done: Callable[[T], None] | None = None,
        *,
        failed: Callable[[str], None] | None = None,
        progress: Callable[[int, int, str], None] | None = None,
        brief: bool = False,
    ) -> Progress:
        """As `write`, for work that takes long unless `brief`: it may tell progress and be
        cancelled, and the window waits for it before it closes.
        """
        self.working.emit(True)
        is_long = not brief
        self._long += is_long

        def guarded(handle: Progress) -> T:
            self._watch.look()
            if not self.read_only:
                self._writer.need_own_file()
            return self._settled(work(self._writer, handle))

        return self._tasks.run(
            guarded,
            done=lambda result: self._done(result, done, is_long=is_long),
            failed=lambda error: self._unwritten(error, failed, is_long=is_long),
            progress=progress,
        )

    def copy(
        self,
        work: Callable[[Book], T],
        done: Callable[[T], None],
        failed: Callable[[str], None] | None = None,
    ) -> None:
        """Copy the book from what is open, even when its file is gone from its place."""
        self._tasks.run(
            lambda _: work(self._writer),
            done=done,
            failed=lambda error: self._failed(error, failed),
        )

    @property
    def opened(self) -> Opening:
        """What was found when the file was opened; `prove` may find more."""
        return self._writer.opened

    def prove(self, done: Callable[[Opening], None]) -> None:
        """Compare the whole file with the one closed last, where that was put off, and tell what
        was found; a damaged one is told by `damaged`.
        """
        self._tasks.run(
            lambda _: self._writer.prove(),
            done=done,
            failed=lambda error: self._unwritten(error, lambda _: None, is_long=False),
        )

    def note_damage(self, found: str) -> None:
        """The file is damaged: write nothing more, and do not take it for sound when it closes."""
        self._writer.read_only = True
        if not self.read_only:
            self.read_only = True
            self.read_only_because = tr("it is damaged ({0})").format(found)
            self.damaged.emit(found)

    def look(self) -> None:
        """See whether the file is still there and whether another program has written to it."""
        if self._tasks.idle:
            self._tasks.run(
                lambda _: self._watch.look(),
                done=lambda _: self._announce(),
                failed=lambda _: None,
            )

    def _settled(self, result: T) -> T:
        """Judge what a large change, or undoing one, left behind; on the writer thread."""
        if self._writer.derived.is_behind:
            self._writer.refresh()
        return result

    def _done(self, result: T, done: Callable[[T], None] | None, *, is_long: bool = False) -> None:
        self._long -= is_long
        self._announce()
        if done is not None:
            done(result)

    def _failed(
        self,
        error: UserError | Cancelled,
        failed: Callable[[str], None] | None,
        *,
        is_long: bool = False,
    ) -> None:
        self._long -= is_long
        self._announce()
        if isinstance(error, Cancelled):
            sentence = self.tr("Cancelled. Your book is unchanged.")
        elif isinstance(error, DamagedBook):
            sentence = self.tr(
                "The file of the book is damaged: {0}. Your change was not written."
            ).format(error.found)
        else:
            sentence = str(error)
        if failed is not None:
            failed(sentence)
        else:
            self.refused.emit(sentence)

    def _unwritten(
        self,
        error: UserError | Cancelled,
        failed: Callable[[str], None] | None,
        *,
        is_long: bool,
    ) -> None:
        """What failed below the book's own rules lasts until something is written again."""
        if isinstance(error, DamagedBook):
            self.note_damage(error.found)
        elif isinstance(error, UserError) and error.__cause__ is not None:
            self.unsaved_because = str(error)
            self.unsaved.emit(self.unsaved_because)
        self._failed(error, failed, is_long=is_long)

    def _announce(self) -> None:
        """Tell once of everything written since the last time."""
        self.working.emit(not self._tasks.idle)
        heard, self._heard[:] = list(self._heard), []
        if heard and self.unsaved_because:
            self.unsaved_because = ""
            self.unsaved.emit("")
        if self._watch.lost != self.lost_because:
            self.lost_because = self._watch.lost
            self.lost.emit(self.lost_because)
        if self._watch.take_foreign():
            heard.append(_ELSEWHERE)
        if not heard:
            return
        self.read.reread()
        tables = frozenset[str]().union(*(c.tables for c in heard))
        accounts: frozenset[str] | None = frozenset()
        for change in heard:
            both = accounts is not None and change.accounts is not None
            accounts = accounts | change.accounts if both else None  # type: ignore[operator]
        self.changed.emit(Changed(tables, accounts))

    @property
    def is_applying(self) -> bool:
        """Whether long work, such as an import, is on its way; closing would wait for it."""
        return self._long > 0 and not self._tasks.idle

    def close(self) -> None:
        """Finish what waits, then close the file."""
        self._looking.stop()
        self._tasks.close()
        self.read.close()
        self._writer.close()
