"""The window with a book in it, or with the start page: opens, closes and joins the parts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent

from csplanner.book.book import Book
from csplanner.settings import AppSettings
from csplanner.ui.actions import Actions
from csplanner.ui.book_commands import book_verbs, window_verbs
from csplanner.ui.book_facts import BookFacts
from csplanner.ui.book_pages import KEYS, book_pages
from csplanner.ui.book_palette import BookHits, book_file_hits
from csplanner.ui.book_place import BookPlace
from csplanner.ui.closing import Closing
from csplanner.ui.commands import Command
from csplanner.ui.drop_window import DropWindow
from csplanner.ui.finding.recent import note_visit
from csplanner.ui.opening.again import Again
from csplanner.ui.opening.ahead import Request
from csplanner.ui.opening.books import Books
from csplanner.ui.opening.page import show_waiting
from csplanner.ui.session import BookSession
from csplanner.ui.shell.hits import Answer
from csplanner.ui.shell.state import ShellState
from csplanner.ui.shown_page import ShownPage, page_widget
from csplanner.ui.start.files import BookFiles
from csplanner.ui.start.page import StartPage
from csplanner.ui.theme import ThemeController
from csplanner.ui.todo.commands import read_dropped_calendar
from csplanner.ui.torn_off import TornOff
from csplanner.ui.window_list import windows_commands
from csplanner.ui.windows import Windows


class BookWindow(DropWindow):
    """Shows one book at a time; without one, the start page.

    `session` and `verbs` are those of the open book, None on the start page. `files` asks for
    places of books; `shown` is what the page shown can do.
    """

    keeps = True
    """Whether the book it shows is opened again at the next start."""

    def __init__(
        self,
        themes: ThemeController,
        settings: AppSettings | None = None,
        *,
        today: date | None = None,
        files: BookFiles | None = None,
        windows: Windows | None = None,
    ) -> None:
        """One of `windows`; without them, the first one of its own."""
        super().__init__(themes)
        day = today or date.today()  # noqa: DTZ011 - the user's own day
        self.windows = windows or Windows(themes, settings, today=day)
        self.today = self.windows.today
        self.files = files or BookFiles(self)
        self.shown = ShownPage(self)
        self.session: BookSession | None = None
        self.verbs: Actions | None = None
        self._hits: BookHits | None = None
        self.facts: BookFacts | None = None
        self.closing = Closing(self)
        self._place: BookPlace | None = None
        self._had_book = False
        self.commands.set_keys(self.settings.shortcuts, letters=self.settings.single_keys)
        self._begin()
        self.add_palette_source(self._find)
        self.add_palette_source(partial(book_file_hits, self))
        self.navigate.connect(partial(note_visit, self))
        self.commands.refused.connect(lambda words: self.say(words, undo=False, failed=True))
        self.undo_asked.connect(self._undo)
        themes.changed.connect(self._remember_theme)

    def _begin(self) -> None:
        """Get what only a window has that opens books."""
        self.books = Books(self)
        self.books.waiting.connect(lambda words: show_waiting(self, words))
        self.again = Again(self)
        self.torn = TornOff(self)
        self.commands.add(*window_verbs(self), *windows_commands(self))
        self.windows.add(self)

    @property
    def settings(self) -> AppSettings:
        """The settings of the application, which all windows share."""
        return self.windows.settings

    @settings.setter
    def settings(self, settings: AppSettings) -> None:
        self.windows.settings = settings

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
        session.refused.connect(self._refuse)
        unkept = self.closing.keep()
        self._leave()
        actions = self._take_up(session)
        self.facts = BookFacts(self, session, self.again.verbs())
        self.add_page(*book_pages(session, actions, self))
        self.facts.show()
        self._remember(self.settings.with_recent(path.absolute()))
        self._place = BookPlace(self, session)
        self._place.set_up(with_frame=not self._had_book)
        self._had_book = True
        self.windows.note_books()
        self.facts.begin()
        self.torn.bring_back()
        if unkept:
            self.say(unkept, undo=False, failed=True)

    def _take_up(self, session: BookSession) -> Actions:
        """Get the verbs of a book."""
        self.session = session
        self.verbs = actions = Actions(session, self)
        self._hits = BookHits(actions, self)
        actions.navigate.connect(self.show_place)
        actions.said.connect(self._say)
        self.commands.add(*self._book_verbs())
        return actions

    def _book_verbs(self) -> list[Command]:
        """The commands of the open book."""
        return book_verbs(self)

    def close_book(self) -> None:
        """Close the book and show the start page."""
        self.show_start()

    def show_start(self) -> None:
        """Show the start page; a book that is open is closed."""
        unkept = self.closing.keep()
        self._leave()
        self.add_page(StartPage(self))
        self.show_state(ShellState())
        self.show_place("start")
        self.windows.note_books()
        if unkept:
            self.say(unkept, undo=False, failed=True)

    def forget_book(self, path: Path) -> None:
        """Leave a book out of those opened recently; its file stays."""
        self._remember(self.settings.without(path))

    def pin_book(self, path: Path, *, pinned: bool) -> None:
        """Keep a book at the top of the start page, or not any more."""
        self._remember(self.settings.with_pin(path, pinned=pinned))

    def change_settings(self, settings: AppSettings) -> None:
        """Remember other settings of the application and act on them."""
        self._remember(settings)
        for window in (w for lead in self.windows.all() for w in (lead, *lead.torn.all())):
            window.follow_settings()

    def follow_settings(self) -> None:
        """Act on the settings of the application."""
        self.commands.set_keys(self.settings.shortcuts, letters=self.settings.single_keys)
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

    def show_state(self, state: ShellState) -> None:
        """Show what the frame says of the book, also in the windows of its accounts."""
        super().show_state(state)
        for window in self.torn.all():
            window.show_state(state)

    # Verbs that concern the window

    @property
    def account_now(self) -> str | None:
        """The account the page shown is about, or None."""
        return self.shown.account

    def check_book(self) -> None:
        """Check the book and show the result in the settings."""
        self.show_place("settings", "check")

    def follow_veil(self, on: bool) -> None:
        """Show everything anew, and say anew what the frame says of the book."""
        super().follow_veil(on)
        if self.facts is not None:
            self.facts.show()

    def refresh_commands(self) -> None:
        """Ask every command whether it can run now; the export says what it would bring."""
        super().refresh_commands()
        self.commands.set_text("page.export", self.shown.export_words())

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
        if not self.closing.may_close():
            event.ignore()
            return
        self.books.close()
        self._leave()
        super().closeEvent(event)
        self.windows.left(self)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Open a book that was dropped or read a calendar; else it is a snapshot to import."""
        if len(paths) == 1 and paths[0].suffix.casefold() == ".csbook":
            self.open_book(paths[0])
        elif len(paths) == 1 and paths[0].suffix.casefold() == ".ics" and self.session:
            read_dropped_calendar(self, paths[0])
        elif paths and self.verbs is not None:
            self.verbs.import_snapshot(paths)
        elif paths:
            self.books.import_into_new(paths)

    # Inside

    def _tell_letters(self) -> None:
        """Let the list of Today take single letters, or not."""
        listing = getattr(page_widget(self, "today"), "list", None)
        if listing is not None:
            listing.letters = self.settings.single_keys

    def _say(self, text: str, undo: bool, failed: bool) -> None:
        may = self.verbs is not None and self.verbs.can_write
        self.say(text, undo=undo and may and not failed, failed=failed)

    def _refuse(self, sentence: str) -> None:
        """Say why something could not be done in the window it was asked for in."""
        asked = next((w for w in self.torn.all() if w.isActiveWindow()), self)
        asked.say(sentence, undo=False, failed=True)

    def _undo(self) -> None:
        if self.verbs is not None:
            self.verbs.undo()

    def _find(self, text: str) -> Answer:
        return self._hits(text) if self._hits is not None else ()

    def _remember_theme(self) -> None:
        if self.themes.choice != self.settings.theme:
            self.settings = replace(self.settings, theme=self.themes.choice)

    def _remember(self, settings: AppSettings) -> None:
        if why := self.windows.remember(settings):
            self.say(why, undo=False, failed=True)

    def _leave(self) -> None:
        """Take the book and its pages, or the start page, out of the window."""
        if self._place is not None:
            self._place.end()
            self._place = None
        self.torn.close()
        self.banners.clear()
        # What it says, and its Undo, are of the book that goes.
        self.toast.hide()
        self.facts = None
        if self.verbs is not None and self.verbs.form is not None:
            self.verbs.form.done(0)
        self.forget_history()
        # Else the keyboard falls to the sidebar, and the page shown next does not get it.
        self.content.setFocus()
        for key in ("start", "opening", *KEYS):
            page = self._pages.pop(key, None)
            if page is not None:
                self.content.drop(page)
        if self.session is not None:
            self._remember(self.settings)
            self.commands.remove(*(command.id for command in self._book_verbs()))
            self.forget_places()
            self.session.close()
            self.session.deleteLater()
        if self.verbs is not None:
            self.verbs.deleteLater()
        self.session, self.verbs, self._hits = None, None, None
