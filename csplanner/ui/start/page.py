"""The start page: the books opened before, and the ways to a first one."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import noted
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.book_memory import move_memory
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.start.known import Recent, backup_words, newest_backups, recent_books
from csplanner.ui.start.making import ask_to_reset
from csplanner.ui.start.rows import BookRow
from csplanner.ui.start.ways import first_ways, more_ways, promise
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.empty import Sketch
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.menus import Menu
from csplanner.ui.widgets.panes import Ground, Scroll

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH = 776
"""As wide as the three ways on together."""

_ROOM = 780
"""Pixels of height that hold the drawing, the ways on and some books."""


class StartPage(PageWidget):
    """Shown while no book is open."""

    key = "start"
    title = noted("Open a book")

    def __init__(self, window: "BookWindow") -> None:
        super().__init__()
        # `window` would hide QWidget.window().
        self._frame = window
        self.books: dict[Path, BookRow] = {}
        self.restores: dict[Path, Button] = {}
        self.menu: Menu | None = None
        inner = Ground("surface")
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(0)
        ways = first_ways(self._frame)
        self._sketch = ways.findChild(Sketch) or ways
        column.addWidget(ways, 3)
        self._list = QWidget()
        self._list.setFixedWidth(_WIDTH)
        self._list.setAccessibleName(self.tr("Books opened before"))
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(self._list, 0, centre)
        column.addSpacing(20)
        column.addWidget(more_ways(self._frame), 0, centre)
        column.addSpacing(12)
        column.addWidget(promise(), 0, centre)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inner))

    def refresh(self) -> None:
        """Show the books opened before as they are now; the keyboard starts on the first."""
        self._clear()
        settings = self._frame.settings
        found = recent_books(settings.known, self._frame.today, pinned=settings.pinned)
        if found:
            title = PlainLabel(self.tr("Opened before"), weight=SEMIBOLD)
            title.setContentsMargins(8, 0, 0, 6)
            self._rows.addWidget(title)
        for recent in found:
            self._rows.addWidget(self._row(recent))
        self._list.setVisible(bool(found))
        self._fit()
        paths = [recent.path for recent in found]
        if paths:
            self.setFocusProxy(self.books[paths[0]])
            # Beside the window: a shelf may hold files that nobody has examined yet.
            self._frame.books.run_beside(
                lambda _: newest_backups(paths),
                self._show_backups,
                failed=lambda _: None,  # said where something is to be backed up
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the drawing out where the books would not be seen below it."""
        self._sketch.setVisible(not self.books or self.height() >= _ROOM)

    def _clear(self) -> None:
        self.books, self.restores = {}, {}
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()

    def _show_backups(self, newest: dict[Path, datetime | None]) -> None:
        """Say beside each book when it was last backed up; a lost one can come back."""
        if self._frame.current_page() is not self:
            return
        for path, made_at in newest.items():
            if path in self.books:
                self.books[path].show_backup(backup_words(made_at, self._frame.today))
            if path in self.restores:
                self.restores[path].setVisible(made_at is not None)

    # A book

    def _row(self, recent: Recent) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        book = self.books[recent.path] = BookRow(recent)
        book.clicked.connect(partial(self._open, recent))
        book.stepped.connect(partial(self._step, recent))
        book.left_out.connect(partial(self._forget, recent))
        book.opened_apart.connect(partial(self._open_apart, recent))
        book.menu_asked.connect(partial(self._show_menu, recent))
        row.addWidget(book, 1)
        for button in self._beside(recent):
            row.addWidget(button)
        return line

    def _beside(self, recent: Recent) -> list[Button]:
        """What can be done with a book without opening it."""
        found: list[Button] = []
        if not recent.there:
            locate = Button(self.tr("Locate…"), small=True)
            locate.clicked.connect(partial(self._locate, recent))
            restore = Button(self.tr("Restore from backup…"), small=True)
            restore.clicked.connect(partial(self._restore, recent))
            restore.hide()
            self.restores[recent.path] = restore
            found += [locate, restore]
        elif recent.path == self._frame.files.sample():
            reset = Button(self.tr("Make it anew…"), small=True)
            reset.clicked.connect(lambda: ask_to_reset(self._frame))
            found.append(reset)
        words = self.tr("Do not keep {0} at the top") if recent.pinned else self.tr("Pin {0}")
        pin = IconButton("pin", words.format(recent.name))
        pin.setCheckable(True)
        pin.setChecked(recent.pinned)
        pin.clicked.connect(partial(self._pin, recent))
        forget = IconButton("x", self.tr("Leave {0} out of this list").format(recent.name))
        forget.clicked.connect(partial(self._forget, recent))
        return [*found, pin, forget]

    def _open(self, recent: Recent) -> None:
        restore = self.restores.get(recent.path)
        if restore is None or recent.path.exists():
            self._frame.open_book(recent.path)
            return
        ways = self.tr("“Locate…” beside it if it moved")
        if not restore.isHidden():
            ways += self.tr(", or “Restore from backup…”")
        said = self.tr("{0} is no longer in {1}. Choose {2}.")
        said = said.format(recent.path.name, recent.where, ways)
        self._frame.say(said, undo=False, failed=True)

    def _open_apart(self, recent: Recent) -> None:
        if recent.there:
            self._frame.windows.open(recent.path, self._frame)

    def _show_menu(self, recent: Recent) -> None:
        """Everything that can be done with a book, at its row."""
        menu = self.menu = Menu(self, recent.name)
        row = self.books[recent.path]
        if recent.there:
            menu.addAction(self.tr("Open"), partial(self._open, recent))
            apart = self.tr("Open in a new window")
            menu.addAction(apart, partial(self._open_apart, recent)).setShortcut("Ctrl+Return")
        else:
            menu.addAction(self.tr("Locate…"), partial(self._locate, recent))
        pin = self.tr("Do not keep at the top") if recent.pinned else self.tr("Pin to the top")
        menu.addAction(pin, partial(self._pin, recent))
        menu.addSeparator()
        out = self.tr("Leave out of this list")
        menu.addAction(out, partial(self._forget, recent)).setShortcut("Delete")
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(row.mapToGlobal(QPoint(24, row.height())))

    def _step(self, recent: Recent, by: int) -> None:
        rows = list(self.books.values())
        at = rows.index(self.books[recent.path]) + by
        if 0 <= at < len(rows):
            rows[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _locate(self, recent: Recent) -> None:
        """Ask where a book that moved is now; it takes its place in the list."""
        path = self._frame.files.ask_open()
        if path is not None:
            move_memory(recent.path, path)
            self._frame.forget_book(recent.path)
            if recent.pinned:
                self._frame.pin_book(path, pinned=True)
            self._frame.open_book(path)

    def _restore(self, recent: Recent) -> None:
        """Bring a lost book back from its newest good backup, where you say."""
        from csplanner.book.shelf import folder_of, look
        from csplanner.ui.opening.bringing import bring_back

        place = self._frame.files.ask_from_backup(recent.path)
        if place is not None:
            bring_back(self._frame, look(folder_of(recent.path)), place)

    def _pin(self, recent: Recent, _checked: bool = False) -> None:
        self._frame.pin_book(recent.path, pinned=not recent.pinned)
        self._again(recent)

    def _forget(self, recent: Recent, _checked: bool = False) -> None:
        self._frame.forget_book(recent.path)
        self._again(recent)

    def _again(self, recent: Recent) -> None:
        """Show the list anew with the keyboard where it was, or at the top."""
        self.refresh()
        row = self.books.get(recent.path) or next(iter(self.books.values()), None)
        if row is not None:
            row.setFocus(Qt.FocusReason.OtherFocusReason)
