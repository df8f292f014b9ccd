"""The window with a book in it, or with the start page: opens, closes and joins the parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QTimer, QUrl
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.settings import AppSettings, save_settings
from csplanner.ui.actions import Actions
from csplanner.ui.book_commands import book_verbs, window_verbs
from csplanner.ui.book_facts import BookFacts
from csplanner.ui.book_pages import KEYS, book_pages
from csplanner.ui.book_palette import BookHits
from csplanner.ui.main_window import MainWindow
from csplanner.ui.opening.again import Again
from csplanner.ui.opening.ahead import Request
from csplanner.ui.opening.books import Books
from csplanner.ui.opening.finishing import finish
from csplanner.ui.opening.page import show_waiting
from csplanner.ui.session import BookSession
from csplanner.ui.shell.hits import Hit
from csplanner.ui.shell.state import ShellState
from csplanner.ui.shown_page import ShownPage, page_widget
from csplanner.ui.start.files import BookFiles
from csplanner.ui.start.page import StartPage
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.dialogs import choices

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
        self._closes = self._closes_unkept = False
        self.facts: BookFacts | None = None
        self.books = Books(self)
        self.books.waiting.connect(lambda words: show_waiting(self, words))
        self.again = Again(self)
        self.setAcceptDrops(True)
        self.commands.add(*window_verbs(self))
        self.add_palette_source(self._find)
        self.commands.refused.connect(lambda words: self.say(words, undo=False, failed=True))
        self.undo_asked.connect(self._undo)
        self.navigate.connect(self._remember_page)
        themes.changed.connect(self._remember_theme)

    # Opening and closing

    def start_with(self, path: Path) -> None:
        """Open a book, or raise UserError when it cannot be opened."""
        self.books.open_now(Request(path))

    def open_book(self, path: Path) -> bool:
        """Open a book in place of the one shown; when it cannot be, say why and keep this one.

        One that must be looked over first is opened beside the window. False when it was refused
        at once.
        """
        return self.books.open(Request(path))

    def show_book(self, path: Path, book: Book) -> None:
        """Show a book that was opened from `path`; the one shown before is closed."""
        session = BookSession(path, today=self.today, parent=self, book=book)
        unkept = self._keep()
        self._leave()
        self.session = session
        self.verbs = actions = Actions(session, self)
        self._hits = BookHits(actions)
        self.facts = BookFacts(self, session, self.again.verbs())
        actions.navigate.connect(self.show_place)
        actions.said.connect(self._say)
        session.refused.connect(actions.refuse)
        self.commands.add(*book_verbs(self))
        self.add_page(*book_pages(session, actions, self))
        self.facts.show()
        self._remember(self.settings.with_recent(path.absolute()))
        last = self.settings.last_page
        self.show_place(last if last in _REMEMBERED else "today")
        self.facts.begin()
        if unkept:
            self.say(unkept, undo=False, failed=True)

    def close_book(self) -> None:
        """Close the book and show the start page."""
        self.show_start()

    def show_start(self) -> None:
        """Show the start page; a book that is open is closed."""
        unkept = self._keep()
        self._leave()
        self.add_page(StartPage(self))
        self.show_state(ShellState())
        self.show_place("start")
        if unkept:
            self.say(unkept, undo=False, failed=True)

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
            self.again.try_again_quietly()

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
        unkept = self._keep()
        if unkept and not self._closes_unkept:
            event.ignore()
            self._tell_unkept(unkept)
            return
        self.books.close()
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
            self.books.import_into_new(paths)

    # Inside

    def _keep(self) -> str:
        """Back the book up before it is closed; the window says so when that takes a while.

        Returns a sentence when that could not be done, else nothing.
        """
        session, facts = self.session, self.facts
        work = facts.keeper.at_closing() if facts is not None else None
        if session is None or work is None:
            return ""
        why = finish(session, work, lambda: self.say(self.tr("Keeping a backup…"), undo=False))
        saved = self.tr("{0} is saved, but it was not backed up: {1}")
        return saved.format(session.path.name, why) if why else ""

    def _tell_unkept(self, sentence: str) -> None:
        """Say that there is no backup of what was done; the window closes after that."""
        title = self.tr("Saved, but not backed up")
        verbs = (("stay", self.tr("Stay here")), ("close", self.tr("Close without a backup")))
        dialog = choices(self, title, sentence=sentence, verbs=verbs)

        def answered() -> None:
            dialog.deleteLater()
            if dialog.choice == "close":
                self._closes_unkept = True
                self.close()

        dialog.finished.connect(answered)
        dialog.open()

    def _close_when_done(self, working: bool) -> None:
        if not working:
            QTimer.singleShot(0, self.close)

    def _is_account_shown(self) -> bool:
        page = self.current_page()
        return page is not None and page.key == "account" and self.account_now is not None

    def _tell_letters(self) -> None:
        """Let the list of Today take single letters, or not."""
        listing = getattr(page_widget(self, "today"), "list", None)
        if listing is not None:
            listing.letters = self.settings.single_keys

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
        self.banners.clear()
        self.facts = None
        if self.verbs is not None and self.verbs.form is not None:
            self.verbs.form.done(0)
        self.forget_history()
        # Else the keyboard falls to the sidebar, and the page shown next does not get it.
        self.content.setFocus()
        for key in ("start", "opening", *KEYS):
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
