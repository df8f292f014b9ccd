"""All windows of the program: which books they show, what they share, and how they end."""

from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal
from PySide6.QtWidgets import QApplication

from csplanner.errors import UserError
from csplanner.language import current
from csplanner.settings import AppSettings, save_settings
from csplanner.ui.theme import ThemeController
from csplanner.ui.translator import speak

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_STEP = 32
"""How far a further window stands below and beside the one it was asked for in."""

_WELL_MS = 3_000
"""After that long with the books of last time open, they did not bring the program down."""


class Windows(QObject):
    """The windows that show books, one book each; a book is open in one of them only.

    So each book has one writer, whatever is open. They share the settings of the application.
    `changed` says that there are other windows, or that one shows another book.
    """

    changed = Signal()

    def __init__(
        self, themes: ThemeController, settings: AppSettings | None = None, *, today: date
    ) -> None:
        super().__init__()
        self.themes, self.today = themes, today
        self.settings = settings or AppSettings()
        self._all: list[BookWindow] = []
        self._is_quitting = False
        self._well = QTimer(self)
        self._well.setSingleShot(True)
        self._well.setInterval(_WELL_MS)
        self._well.timeout.connect(self.note_good_start)

    def all(self) -> tuple["BookWindow", ...]:
        """Every window, in the order they were made."""
        return tuple(self._all)

    def active(self) -> "BookWindow | None":
        """The window you work in, else the newest."""
        found = next((window for window in self._all if window.isActiveWindow()), None)
        return found or (self._all[-1] if self._all else None)

    def showing(self, path: Path) -> "BookWindow | None":
        """The window that shows the book at `path`."""
        from csplanner.ui.opening.same_file import is_same

        return next(
            (w for w in self._all if w.session is not None and is_same(w.session.path, path)), None
        )

    def add(self, window: "BookWindow") -> None:
        """Count a window among them."""
        self._all.append(window)
        self.changed.emit()

    def new(self, beside: "BookWindow | None" = None) -> "BookWindow":
        """A further window, on the start page."""
        from csplanner.ui.book_window import BookWindow

        window = BookWindow(self.themes, windows=self)
        if beside is not None:
            window.resize(beside.size())
            window.move(beside.pos() + QPoint(_STEP, _STEP))
        window.show_start()
        window.come_forward()
        return window

    def open(self, path: Path, beside: "BookWindow | None" = None) -> "BookWindow":
        """Show the book at `path` in a window of its own; one that shows it comes forward."""
        shown = self.showing(path)
        if shown is not None:
            shown.come_forward()
            return shown
        window = self.new(beside)
        window.open_book(path)
        return window

    def left(self, window: "BookWindow") -> None:
        """A window was closed; the others stay."""
        if window not in self._all:
            return
        self._all.remove(window)
        if self._all:
            self.note_books()
            # Whatever is still on its way to the window finds it until the next turn.
            window.deleteLater()
        else:
            self.note_good_start()
        self.changed.emit()

    def quit(self) -> None:
        """Close every window; one that cannot be closed yet keeps the others that are left."""
        self._is_quitting = True
        try:
            if all(window.close() for window in reversed(self.all())):
                return
        finally:
            self._is_quitting = False
        self.note_books()

    def say_failed(self, sentence: str) -> None:
        """Say what could not be done in the window you work in."""
        window = self.active()
        if window is not None:
            window.say(sentence, undo=False, failed=True)

    def speak(self, choice: str) -> None:
        """Speak a language from now on, everywhere at once: its code, or `system`."""
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        before = current().code
        if speak(app, choice).code != before:
            self.renew()

    def renew(self) -> None:
        """Build every window anew, as for another language; each comes back to where it was."""
        QTimer.singleShot(0, self, self._renew)

    def _renew(self) -> None:
        from csplanner.ui.as_of.window import PastWindow

        pasts = [window for window in self.all() if isinstance(window, PastWindow)]
        for window in self.all():
            if window in pasts:
                continue  # a copy that would be gone with its window
            path = window.session.path if window.session is not None else None
            fresh = self.new(window)
            fresh.move(window.pos())
            if not window.close():
                fresh.close()  # an import is on its way there
            elif path is not None:
                fresh.open_book(path)
        for past in pasts:
            past.look_anew()

    # Settings

    def remember(self, settings: AppSettings) -> str:
        """Keep the settings of the application; returns why they could not be saved, or nothing."""
        self.settings = settings
        try:
            save_settings(settings)
        except UserError as error:
            return str(error)
        return ""

    def note_books(self) -> None:
        """Keep which books are open, so that the next start finds them after a crash, too."""
        kept = (w.session for w in self._all if w.keeps)
        paths = tuple(str(session.path.absolute()) for session in kept if session is not None)
        self.changed.emit()
        if paths != self.settings.open_books and not self._is_quitting:
            self.remember(replace(self.settings, open_books=paths))

    # Starting

    def restore(self, first: "BookWindow") -> bool:
        """Open the books of last time, the first of them in `first`; False when none could be.

        Books that are gone, or that somebody else has open, are left to the start page; so are all
        of them when opening them ended the program last time.
        """
        kept = self.settings
        was_bad, paths = kept.starting, self._to_reopen()
        if was_bad:
            self.remember(replace(kept, starting=False))
        if was_bad or not paths:
            return False
        self.remember(replace(kept, starting=True))
        opened = [self._reopen(path, first if at == 0 else None) for at, path in enumerate(paths)]
        self._well.start()
        return any(opened)

    def note_good_start(self) -> None:
        """The books of last time are open and the program still runs."""
        self._well.stop()
        if self.settings.starting:
            self.remember(replace(self.settings, starting=False))

    def _to_reopen(self) -> list[Path]:
        from csplanner.book.lock import holder_of

        found = []
        for path in map(Path, self.settings.open_books if self.settings.reopen else ()):
            with suppress(OSError, UserError):
                if path.is_file() and holder_of(path) is None:
                    found.append(path)
        return found

    def _reopen(self, path: Path, window: "BookWindow | None") -> bool:
        if window is None:
            window = self.new(self._all[-1])
        try:
            window.books.open_first(path)
        except UserError as error:
            window.show_start()
            window.say(str(error), undo=False, failed=True)
            return False
        return True
