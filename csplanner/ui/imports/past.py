"""Past imports: their day looked at, their news, and what they could not bring in."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from csplanner.book.book import Book
from csplanner.book.outgoing import place
from csplanner.crm.importing import apply
from csplanner.crm.mending import stage_set_aside
from csplanner.crm.options import Options
from csplanner.crm.staged import Staged
from csplanner.domain.snapshot import Snapshot
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.imports.history import HistoryList, Import
from csplanner.ui.imports.set_aside import SetAside
from csplanner.ui.imports.words import news
from csplanner.ui.session import BookSession
from csplanner.ui.session_page import SessionPage
from csplanner.ui.tasks import Cancelled, Progress, Tasks


class Past(QObject):
    """Does what the lists of imports ask for, on behalf of the Import page.

    `dialog` shows what one of them set aside, while it is open.
    """

    def __init__(self, session: BookSession, actions: Actions, page: SessionPage) -> None:
        super().__init__(page)
        self._session, self._actions, self._page = session, actions, page
        self._tasks = Tasks("past")
        self.dialog: SetAside | None = None
        tasks = self._tasks
        page.destroyed.connect(lambda: tasks.close())

    @property
    def is_busy(self) -> bool:
        """Whether rows are being brought in."""
        return not self._tasks.idle or not self._session.idle

    def join(self, history: HistoryList) -> None:
        """Hear what a list of imports asks for."""
        history.news_asked.connect(self._show_news)
        history.look_asked.connect(self._look)
        history.problems_asked.connect(self.show_problems)

    def _show_news(self, entry: Import) -> None:
        self._page.navigate.emit("news", entry.snapshot)

    def _look(self, entry: Import) -> None:
        from csplanner.ui.as_of.commands import look_back
        from csplanner.ui.book_window import BookWindow

        window = self._page.window()
        if isinstance(window, BookWindow) and entry.as_of is not None:
            look_back(window, entry.as_of)

    # What was set aside

    def show_problems(self, entry: Import) -> None:
        """Show what an import could not bring in, to be corrected."""
        found = [
            q for q in self._session.read.snapshots.quarantined(entry.snapshot) if not q.fixed_by
        ]
        self.dialog = SetAside(entry.title, found, self._page.window())
        self.dialog.bring_asked.connect(self.bring_in)
        self.dialog.save_asked.connect(self.ask_save)
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        dialog, self.dialog = self.dialog, None
        if dialog is not None:
            dialog.deleteLater()

    def bring_in(self, corrections: dict[str, dict[str, str]]) -> None:
        """Bring corrected rows in: read beside the window, then written in one step."""
        if self._session.read_only:
            self._actions.refuse(tr("This book is open read-only."))
            return
        path, options = self._session.path, Options(today=self._session.today)

        def work(handle: Progress) -> Staged:
            return stage_set_aside(path, corrections, options, cancelled=handle.cancelled)

        self._tasks.run(work, done=self._write, failed=self._failed)

    def _write(self, staged: Staged) -> None:
        def write(book: Book) -> Snapshot | None:
            try:
                return apply(book, staged)
            finally:
                staged.discard()

        with staged.pages() as pages:
            words = news(staged.counts, pages.field_count(taken=True))
        self._session.write(write, partial(self._written, words), failed=self._actions.refuse)

    def _written(self, words: str, snapshot: Snapshot | None) -> None:
        if snapshot is None:
            self._actions.refuse(tr("These rows still cannot be read."))
            return
        self._session.refresh()
        self._actions.say(tr("Brought in: {0}").format(words or tr("nothing new")))

    def _failed(self, error: UserError | Cancelled) -> None:
        if isinstance(error, UserError):
            self._actions.refuse(str(error))

    # As CSV

    def ask_save(self, text: str) -> None:
        """Ask where the problems go as CSV, and write them."""
        start = str(Path.home() / "problems.csv")
        name, _ = QFileDialog.getSaveFileName(
            self._page.window(), tr("Save what could not be read"), start,
            tr("Table for spreadsheets (*.csv)"),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )  # fmt: skip
        if name:
            self.save(text, Path(name).with_suffix(".csv"))

    def save(self, text: str, path: Path) -> None:
        """Write the problems; where a file has that name the new one is numbered."""
        try:
            # The mark at the start tells spreadsheets that the text is UTF-8.
            kept = place(path.parent, path.name, text.encode("utf-8-sig"))
        except UserError as error:
            self._actions.refuse(str(error))
            return
        said = tr("Saved what could not be read to {0}").format(kept.name)
        self._actions.say(said, undo=False)
