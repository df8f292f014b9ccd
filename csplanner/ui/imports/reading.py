"""Reading a snapshot beside the window: one process at a time, cancelled at any moment."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication, QObject, Signal

from csplanner.crm.apart import stage_apart
from csplanner.crm.importing import UnknownColumns
from csplanner.crm.options import Cancel, Options
from csplanner.crm.options import Progress as Told
from csplanner.crm.question import Cancelled as Stopped
from csplanner.crm.question import Question
from csplanner.crm.staged import Staged
from csplanner.errors import UserError
from csplanner.ui.tasks import Cancelled, Progress, Tasks

if TYPE_CHECKING:
    from csplanner.book.staging_pages import StagedPages


class Stage(Protocol):
    """What `importing.stage` and `apart.stage_apart` are: files read and compared with a book."""

    def __call__(
        self,
        paths: Sequence[Path],
        book: Path,
        options: Options | None = None,
        *,
        progress: Told | None = None,
        cancelled: Cancel | None = None,
    ) -> Staged: ...


class Reading(QObject):
    """Stages snapshots and tells how it went; what is out of date is thrown away unseen.

    `snapshot` is the one staged last and `pages` reads it; both are None when there is none.
    `stage` does the reading, in a process of its own unless another is given.
    """

    progressed = Signal(int, int, str)
    staged = Signal()
    asked = Signal(object)
    """`Question`: something must be said first."""
    failed = Signal(str)
    unknown = Signal(object)
    """Mappings of files none of whose columns is known."""
    closing = Signal()
    """The staging file is about to be closed: nothing may read `pages` any more."""

    def __init__(self) -> None:
        super().__init__()
        self.stage: Stage = stage_apart
        self._tasks = Tasks("import")
        self._handle: Progress | None = None
        self._run = 0
        self.snapshot: Staged | None = None
        self.pages: StagedPages | None = None
        self._held: list[Staged] = []
        app = QCoreApplication.instance()
        if app is not None:
            app.aboutToQuit.connect(self.close)

    @property
    def is_busy(self) -> bool:
        """Whether files are being read now."""
        return self._handle is not None

    def start(self, paths: Sequence[Path], book: Path, options: Options) -> None:
        """Read the files and compare them with the book at that path; never waits."""
        self.cancel()
        run = self._run

        def told(done: int, total: int, words: str) -> None:
            if run == self._run:
                self.progressed.emit(done, total, words)

        def done(staged: Staged) -> None:
            self._held.remove(staged)
            if run != self._run:
                staged.discard()
                return
            self._handle = None
            self.forget()
            self.snapshot, self.pages = staged, staged.pages()
            self.staged.emit()

        def failed(error: UserError | Cancelled) -> None:
            if run == self._run:
                self._handle = None
                self._tell(error)

        self._handle = self._tasks.run(
            lambda handle: self._stage(paths, book, options, handle),
            done=done, failed=failed, progress=told,
        )  # fmt: skip

    def cancel(self) -> None:
        """Stop at once; nothing is told of what was being read."""
        self._run += 1
        if self._handle is not None:
            self._handle.cancel()
            self._handle = None

    def close_pages(self) -> None:
        """Let go of the staging file, so that it can be applied."""
        if self.pages is not None:
            self.closing.emit()
            self.pages.close()
        self.pages = None

    def reopen(self) -> None:
        """Read the staging file again, with every decision in it."""
        if self.snapshot is not None and self.pages is None:
            self.pages = self.snapshot.pages()

    def forget(self) -> None:
        """Throw the staged snapshot away."""
        self.close_pages()
        if self.snapshot is not None:
            self.snapshot.discard()
        self.snapshot = None

    def close(self) -> None:
        """Stop, wait for the process to be gone, and leave nothing behind."""
        self.cancel()
        self._tasks.close()
        self.forget()
        while self._held:
            self._held.pop().discard()

    def _tell(self, error: UserError | Cancelled) -> None:
        if isinstance(error, Question):
            self.asked.emit(error)
        elif isinstance(error, UnknownColumns):
            self.unknown.emit(error.mappings)
        elif isinstance(error, UserError):
            self.failed.emit(str(error))

    def _stage(
        self, paths: Sequence[Path], book: Path, options: Options, handle: Progress
    ) -> Staged:
        try:
            staged = self.stage(
                paths, book, options, progress=handle.step, cancelled=handle.cancelled
            )
        except Stopped:
            raise Cancelled from None
        self._held.append(staged)
        return staged
