"""The window with a book in it, or with the start page: opens, closes and joins the parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book, Changed
from csplanner.errors import UserError
from csplanner.settings import AppSettings, save_settings
from csplanner.ui.actions import Actions
from csplanner.ui.book_commands import book_verbs, window_verbs
from csplanner.ui.book_counts import BookCounts
from csplanner.ui.book_pages import KEYS, book_pages
from csplanner.ui.book_palette import BookHits
from csplanner.ui.book_state import last_change, shell_state
from csplanner.ui.main_window import MainWindow
from csplanner.ui.session import BookSession
from csplanner.ui.shell.hits import Hit
from csplanner.ui.shell.state import ShellState
from csplanner.ui.shown_page import ShownPage, page_widget
from csplanner.ui.start.files import BookFiles, make_sample
from csplanner.ui.start.page import StartPage
from csplanner.ui.tasks import Cancelled, Tasks
from csplanner.ui.theme import ThemeController

_SLOW_MS = 300
_REMEMBERED = ("today", "book", "pyramid", "qbr")


class BookWindow(MainWindow):
    """Shows one book at a time; without one, the start page.

    `session` and `verbs` are those of the open book, None on the start page. `files` asks for
    places of books; `shown` is what the page shown can do.
    """

    def __init__(
        self,
        themes: ThemeController,
        settings: AppSettings | None = None,
        *,
        today: date | None = None,
        files: BookFiles | None = None,
    ) -> None:
        super().__init__(themes)
        self.settings = settings or AppSettings()
        self.today = today or date.today()  # noqa: DTZ011 - the user's own day
        self.files = files or BookFiles(self)
        self.shown = ShownPage(self)
        self.session: BookSession | None = None
        self.verbs: Actions | None = None
        self._hits: BookHits | None = None
        self._saved_at: datetime | None = None
        self._waiting: list[Path] = []
        self._closes = False
        self._counts: BookCounts | None = None
        self._tasks = Tasks("window", self)
        self._count = QTimer(self)
        self._count.setSingleShot(True)
        self._count.timeout.connect(self._ask_counts)
        self._slow = QTimer(self)
        self._slow.setSingleShot(True)
        self._slow.setInterval(_SLOW_MS)
        self._slow.timeout.connect(self._say_working)
        self.setAcceptDrops(True)
        self.commands.add(*window_verbs(self))
        self.add_palette_source(self._find)
        self.undo_asked.connect(self._undo)
        self.navigate.connect(self._remember_page)
        themes.changed.connect(self._remember_theme)

    # Opening and closing

    def start_with(self, path: Path) -> None:
        """Open a book, or raise UserError when it cannot be opened."""
        session = BookSession(path, today=self.today, parent=self)
        self._leave()
        self.session = session
        self.verbs = actions = Actions(session, self)
        self._hits = BookHits(actions)
        self._saved_at = last_change(session.read)
        actions.navigate.connect(self.show_place)
        actions.said.connect(self._say)
        session.changed.connect(self._book_changed)
        session.refused.connect(actions.refuse)
        session.lost.connect(self._show_lost)
        self._counts = BookCounts(session)
        self._counts.changed.connect(self._show_state)
        self.commands.add(*book_verbs(self))
        self.add_page(*book_pages(session, actions, self))
        self._show_state()
        self._remember(self.settings.with_recent(path.absolute()))
        last = self.settings.last_page
        self.show_place(last if last in _REMEMBERED else "today")
        self._slow.start()
        session.refresh_later(self._up_to_date)

    def open_book(self, path: Path) -> bool:
        """Open a book in place of the one shown; when it cannot be, say why and keep this one."""
        try:
            self.start_with(path)
        except UserError as error:
            self.say(str(error), undo=False, failed=True)
            return False
        if self._waiting and self.verbs is not None:
            paths, self._waiting = self._waiting, []
            self.verbs.import_snapshot(paths)
        return True

    def close_book(self) -> None:
        """Close the book and show the start page."""
        self.show_start()

    def show_start(self) -> None:
        """Show the start page; a book that is open is closed."""
        self._leave()
        page = StartPage(self)
        self.add_page(page)
        self.show_state(ShellState())
        self.show_place("start")

    def new_book(self) -> None:
        """Ask where, create an empty book there and open it."""
        path = self.files.ask_new()
        if path is None:
            return
        try:
            Book.create(path, today=self.today).close()
        except UserError as error:
            self.say(str(error), undo=False, failed=True)
            return
        self.open_book(path)

    def choose_book(self) -> None:
        """Ask which book and open it."""
        path = self.files.ask_open()
        if path is not None:
            self.open_book(path)

    def open_sample(self) -> None:
        """Open the example, which is made the first time."""
        path = self.files.sample()
        if path.exists():
            self.open_book(path)
        elif self._tasks.idle:
            self.status.show_note(self.tr("Making the example, a few seconds…"))
            self._tasks.run(
                lambda _: make_sample(path, self.today), done=self._open_made, failed=self._refuse
            )

    def import_into_new(self, paths: Sequence[Path] | None = None) -> None:
        """Make a book, then show the import in it."""
        self._waiting = list(paths or ())
        self.new_book()
        if self.verbs is not None and not paths:
            self.verbs.import_snapshot()
        self._waiting = []

    def forget_book(self, path: Path) -> None:
        """Leave a book out of those opened recently; its file stays."""
        self._remember(self.settings.without(path))

    def change_settings(self, settings: AppSettings) -> None:
        """Remember other settings of the application and act on them."""
        self._remember(settings)
        if self.verbs is not None:
            self.commands.add(*book_verbs(self))
        self._tell_letters()

    def show_place(self, key: str, argument: object = None) -> None:
        """Show a page; an account opened from the Book knows the order it stood in there."""
        listed = getattr(page_widget(self, "book"), "order", None)
        shown = self.current_page()
        from_book = shown is not None and shown.key == "book"
        if key == "account" and isinstance(argument, str) and from_book and callable(listed):
            argument = (argument, "", tuple(listed()))
        super().show_place(key, argument)
        self._tell_letters()

    # Verbs that concern the window

    @property
    def account_now(self) -> str | None:
        """The account the page shown is about, or None."""
        return self.shown.account

    def check_book(self) -> None:
        """Check the book and show the result in the settings."""
        self.show_place("settings", "check")

    def can_export(self) -> bool:
        """Whether the page shown can be exported, or is an account, which has a QBR."""
        return self.shown.verb("export") is not None or self._is_account_shown()

    def refresh_commands(self) -> None:
        """Ask every command whether it can run now; the export says what it would bring."""
        super().refresh_commands()
        words = self.tr("Export what is shown…")
        if self.shown.verb("export") is None and self._is_account_shown():
            words = self.tr("Prepare the QBR of the account…")
        self.commands.set_text("page.export", words)

    def export_shown(self) -> None:
        """Export what the page shows; for an account, its QBR."""
        exporter = self.shown.verb("export")
        account = self.account_now
        if exporter is not None:
            exporter()
        elif account is not None and self.verbs is not None and self._is_account_shown():
            self.verbs.export_qbr(account)

    # Events

    def changeEvent(self, event: QEvent) -> None:
        """Look for what other windows did to the book when you come back to this one."""
        super().changeEvent(event)
        came = event.type() == QEvent.Type.ActivationChange and self.isActiveWindow()
        if came and self.session is not None:
            self.session.look()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; an import on its way is finished first, and the window says so meanwhile."""
        if self.session is not None and self.session.is_applying:
            self.say(
                self.tr("An import is on its way. The window closes when it is done."), undo=False
            )
            if not self._closes:
                self._closes = True
                self.session.working.connect(self._close_when_done)
            event.ignore()
            return
        self._tasks.close()
        self._leave()
        super().closeEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _local_paths(event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        paths = _local_paths(event.mimeData().urls())
        event.acceptProposedAction()
        self.take_files(paths)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a book that was dropped; anything else is a snapshot to import."""
        if len(paths) == 1 and paths[0].suffix.casefold() == ".csbook":
            self.open_book(paths[0])
        elif paths and self.verbs is not None:
            self.verbs.import_snapshot(paths)
        elif paths:
            self.import_into_new(paths)

    # Inside

    def _close_when_done(self, working: bool) -> None:
        if not working:
            QTimer.singleShot(0, self.close)

    def _is_account_shown(self) -> bool:
        page = self.current_page()
        return page is not None and page.key == "account" and self.account_now is not None

    def _open_made(self, path: Path) -> None:
        self.open_book(path)

    def _refuse(self, error: UserError | Cancelled) -> None:
        self.say(str(error), undo=False, failed=True)

    def _bring_up_to_date(self) -> None:
        if self.session is not None:
            self._slow.start()
            self.session.refresh(self._up_to_date)

    def _tell_letters(self) -> None:
        """Let the list of Today take single letters, or not."""
        listing = getattr(page_widget(self, "today"), "list", None)
        if listing is not None:
            listing.letters = self.settings.single_keys

    def _ask_counts(self) -> None:
        page = self.current_page()
        if self._counts is not None:
            self._counts.ask(today_shown=page is not None and page.key == "today")

    def _up_to_date(self, _count: int) -> None:
        self._count.start(0)
        self._slow.stop()
        if self.status.note() == self._working_words():
            self.status.show_note("")

    def _say_working(self) -> None:
        self.status.show_note(self._working_words())

    def _working_words(self) -> str:
        return self.tr("Bringing scores up to date…")

    def _book_changed(self, changed: Changed) -> None:
        if changed.tables - {"overview"}:
            self._saved_at = datetime.now().astimezone()
        self._show_state()
        self._count.start(0)
        if changed.tables & {"setting", "snapshot"}:
            # Both may move every score: the book has marked them, and judges them beside.
            self._bring_up_to_date()

    def _show_state(self) -> None:
        session = self.session
        if session is None or self._counts is None:
            return
        self.show_state(
            shell_state(
                session.read,
                read_only=session.read_only,
                saved_at=self._saved_at,
                counts=self._counts.counts,
                lost=bool(session.lost_because),
            )
        )
        self.refresh_commands()

    def _show_lost(self, sentence: str) -> None:
        self._show_state()
        if sentence:
            self.say(
                self.tr("{0} Save a copy from the Book menu.").format(sentence),
                undo=False, failed=True,
            )  # fmt: skip

    def _say(self, text: str, undo: bool, failed: bool) -> None:
        may = self.verbs is not None and self.verbs.can_write
        self.say(text, undo=undo and may and not failed, failed=failed)

    def _undo(self) -> None:
        if self.verbs is not None:
            self.verbs.undo()

    def _find(self, text: str) -> Sequence[Hit]:
        return self._hits(text) if self._hits is not None else ()

    def _remember_page(self, key: str) -> None:
        if key in _REMEMBERED and key != self.settings.last_page:
            self.settings = replace(self.settings, last_page=key)

    def _remember_theme(self) -> None:
        if self.themes.choice != self.settings.theme:
            self.settings = replace(self.settings, theme=self.themes.choice)

    def _remember(self, settings: AppSettings) -> None:
        self.settings = settings
        try:
            save_settings(settings)
        except UserError as error:
            self.say(str(error), undo=False, failed=True)

    def _leave(self) -> None:
        """Take the book and its pages, or the start page, out of the window."""
        self._slow.stop()
        self._count.stop()
        self._counts = None
        if self.verbs is not None and self.verbs.form is not None:
            self.verbs.form.done(0)
        self.forget_history()
        # Else the keyboard falls to the sidebar, and the page shown next does not get it.
        self.content.setFocus()
        for key in ("start", *KEYS):
            self._drop_page(key)
        if self.session is not None:
            self._remember(self.settings)
            self.commands.remove(*(command.id for command in book_verbs(self)))
            self.forget_places()
            self.session.close()
            self.session.deleteLater()
        if self.verbs is not None:
            self.verbs.deleteLater()
        self.session, self.verbs, self._hits = None, None, None

    def _drop_page(self, key: str) -> None:
        """Take a page and its inspector out of the window for good."""
        page = self._pages.pop(key, None)
        if page is None:
            return
        assert isinstance(page, QWidget)
        self.content.show_inspector(None)
        inspector = page.inspector()
        for widget in (inspector, page):
            if isinstance(widget, QWidget):
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()


def _local_paths(urls: Sequence[QUrl]) -> list[Path]:
    return [Path(url.toLocalFile()) for url in urls if url.isLocalFile()]
