"""The start page: the books opened before, and the ways to a first one."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM, SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.ui.look import theme_of
from csplanner.ui.shell.page import PageWidget
from csplanner.ui.start.files import Recent, backup_words, newest_backups, recent_books
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.empty import EmptyState, Way
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground, Scroll

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH = 780


class StartPage(PageWidget):
    """Shown while no book is open."""

    key = "start"
    title = "Open a book"

    def __init__(self, window: "BookWindow") -> None:
        super().__init__()
        # `window` would hide QWidget.window().
        self._frame = window
        inner = Ground("surface")
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(24, 24, 24, 24)
        self._column.setSpacing(0)
        self._column.addWidget(self._ways(), 3)
        self._list = QWidget()
        self._list.setFixedWidth(_WIDTH)
        self._rows = QVBoxLayout(self._list)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self._column.addWidget(self._list, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(20)
        self._column.addLayout(self._foot())
        self._column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(Scroll(inner))

    def refresh(self) -> None:
        """Show the books opened before as they are now."""
        while self._rows.count():
            item = self._rows.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        found = recent_books(self._frame.settings.recent, self._frame.today)
        if found:
            title = PlainLabel(self.tr("Opened before"), weight=SEMIBOLD)
            title.setContentsMargins(8, 0, 0, 6)
            self._rows.addWidget(title)
        self.books: dict[Path, _BookRow] = {}
        self.restores: dict[Path, Button] = {}
        for recent in found:
            self._rows.addWidget(self._row(recent))
        self._list.setVisible(bool(found))
        paths = [recent.path for recent in found]
        if paths:
            # Beside the window: a shelf may hold files that nobody has examined yet.
            self._frame.books.run_beside(
                lambda _: newest_backups(paths),
                self._show_backups,
                failed=lambda _: None,  # said where something is to be backed up
            )

    def _show_backups(self, newest: dict[Path, datetime | None]) -> None:
        """Say beside each book when it was last backed up; a lost one can come back."""
        if self._frame.current_page() is not self:
            return
        for path, made_at in newest.items():
            if path in self.books:
                self.books[path].show_backup(backup_words(made_at, self._frame.today))
            if path in self.restores:
                self.restores[path].setVisible(made_at is not None)

    def _row(self, recent: Recent) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        book = self.books[recent.path] = _BookRow(recent)
        book.clicked.connect(partial(self._open, recent))
        row.addWidget(book, 1)
        if not recent.there:
            locate = Button(self.tr("Locate…"), small=True)
            locate.clicked.connect(partial(self._locate, recent))
            restore = self.restores[recent.path] = Button(
                self.tr("Restore from backup…"), small=True
            )
            restore.clicked.connect(partial(self._restore, recent))
            restore.hide()
            row.addWidget(locate)
            row.addWidget(restore)
        forget = IconButton("x", self.tr("Leave {0} out of this list").format(recent.name))
        forget.clicked.connect(partial(self._forget, recent))
        row.addWidget(forget)
        return line

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

    def _locate(self, recent: Recent) -> None:
        """Ask where a book that moved is now; it takes its place in the list."""
        path = self._frame.files.ask_open()
        if path is not None:
            self._frame.forget_book(recent.path)
            self._frame.open_book(path)

    def _restore(self, recent: Recent) -> None:
        """Bring a lost book back from its newest good backup, where you say."""
        from csplanner.book.shelf import folder_of, look
        from csplanner.ui.opening.bringing import bring_back

        place = self._frame.files.ask_from_backup(recent.path)
        if place is not None:
            bring_back(self._frame, look(folder_of(recent.path)), place)

    def _find_backups(self) -> None:
        from csplanner.ui.start.backups import BackupsDialog

        BackupsDialog(self._frame).open()

    def _open_export(self) -> None:
        from csplanner.ui.opening.bringing import open_export

        open_export(self._frame)

    def _forget(self, recent: Recent) -> None:
        self._frame.forget_book(recent.path)
        self.refresh()

    def _ways(self) -> EmptyState:
        frame = self._frame
        return EmptyState(
            self.tr("One book, one file, your machine"),
            self.tr(
                "A book holds your accounts, your judgement and every CRM snapshot you gave it. "
                "Nothing leaves this machine, and changes can be undone."
            ),
            ways=[
                Way(
                    self.tr("Start a new book"),
                    self.tr("Choose where it lies, then import a list or add one account."),
                    frame.books.make_new,
                    "plus",
                ),
                Way(
                    self.tr("Open a book"),
                    self.tr("A .csbook file you made before, or were given."),
                    frame.books.choose,
                    "book-open",
                    "Ctrl O",
                ),
                Way(
                    self.tr("Look around first"),
                    self.tr("Open a made-up book of 41 accounts. It never mixes with yours."),
                    frame.books.open_sample,
                    "flask-conical",
                    self.tr("Open the example"),
                ),
            ],
        )

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        for words, icon, run in (
            (
                self.tr("Import a snapshot into a new book…"),
                "file-input",
                lambda: self._frame.books.import_into_new(),
            ),
            (self.tr("Open an export…"), "file-spreadsheet", self._open_export),
            (self.tr("Find my backups…"), "database-backup", self._find_backups),
        ):
            button = Button(words, kind="quiet", icon=icon)
            button.clicked.connect(partial(_run, run))
            row.addWidget(button)
        row.addSpacing(16)
        row.addWidget(IconLabel("wifi-off", px=14))
        words = self.tr("No account to create, no network needed.")
        row.addWidget(PlainLabel(words, px=12, colour="text2"))
        row.addStretch(1)
        return row


def _run(what: Callable[[], object], _checked: bool = False) -> None:
    what()


class _BookRow(QPushButton):
    """A book: name, folder, when it was changed and when it was backed up."""

    def __init__(self, recent: Recent) -> None:
        super().__init__()
        self._recent = recent
        self._state = recent.state
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

        self._name()

    def show_backup(self, words: str) -> None:
        """Say beside the rest when it was last backed up."""
        self._state = f"{self._recent.state} · {words}"
        self._name()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self._recent.name}, {self._recent.where}, {self._state}")

    def sizeHint(self) -> QSize:
        return QSize(400, 38)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, rect = theme_of(self), QRectF(self.rect())
        if self.underMouse():
            panel(painter, rect, fill="hover", border="", theme=look)
        ink = look.colour("text2" if self._recent.there else "text3")
        draw_icon(painter, QRectF(8, 0, 16, rect.height()), name="book-open", colour=ink)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        painter.setFont(font(12))
        state_width = painter.fontMetrics().horizontalAdvance(self._state)
        painter.setPen(look.colour("text3" if self._recent.there else "watch-ink"))
        state = rect.adjusted(0, 0, -12, 0)
        painter.drawText(state, middle | int(Qt.AlignmentFlag.AlignRight), self._state)
        painter.setFont(font(13, MEDIUM))
        painter.setPen(look.colour("text" if self._recent.there else "text2"))
        room = rect.adjusted(34, 0, -state_width - 32, 0)
        name = _elided(painter, self._recent.name, int(room.width() * 0.6))
        painter.drawText(room, middle, name)
        left = room.left() + painter.fontMetrics().horizontalAdvance(name) + 12
        painter.setFont(font(12))
        painter.setPen(look.colour("text3"))
        where = _elided(painter, self._recent.where, int(room.right() - left))
        painter.drawText(QRectF(left, 0, room.right() - left, rect.height()), middle, where)
        painter.end()


def _elided(painter: QPainter, text: str, width: int) -> str:
    metrics = QFontMetrics(painter.font())
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)
