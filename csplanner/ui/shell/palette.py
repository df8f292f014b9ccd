"""The palette over the window: type to find an account, a person, a note or a command."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from csplanner.paint.fonts import font
from csplanner.paint.shadow import draw_panel
from csplanner.ui.commands import CommandRegistry
from csplanner.ui.look import theme_of
from csplanner.ui.shell.hit_list import HitList
from csplanner.ui.shell.hits import Hit, Source, command_hits
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Hairline

WIDTH = 640
TOP = 113
MOST_LIST = 380
_WAIT_MS = 60


class Palette(QWidget):
    """Covers the window while open; Escape or a click outside closes it.

    `>` finds commands alone; `@` and `#` are left to the sources, which get the text as typed.
    """

    def __init__(
        self, commands: CommandRegistry, sources: Sequence[Source], window: QWidget
    ) -> None:
        """Ask `sources`, a list that may grow, on each change; groups stand in its order."""
        super().__init__(window)
        self._ground = window
        self._commands = commands
        self._sources = sources
        self._before: QWidget | None = None
        self.setAccessibleName(self.tr("Command palette"))
        self._panel = _Panel(self)
        self.field = self._panel.field
        self.list = self._panel.list
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self.search_now)
        self.field.textChanged.connect(self._timer.start)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._run_choice)
        window.installEventFilter(self)
        self.hide()

    def open(self, text: str = "") -> None:
        """Open over the window with `text` typed."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._ground.rect())
        self.field.setText(text)
        self.search_now()
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def close_palette(self) -> None:
        """Close, and give the keyboard back to what had it."""
        self._timer.stop()
        before, self._before = self._before, None
        self.hide()
        if before is not None and isValid(before):
            before.setFocus(Qt.FocusReason.PopupFocusReason)

    def search_now(self) -> None:
        """Ask the sources for what is typed."""
        self._timer.stop()
        text = self.field.text().strip()
        hits: list[Hit] = []
        if not text.startswith(">"):
            for source in self._sources:
                hits += source(text)
        hits += command_hits(self._commands, text or ">", self.tr("Do"))
        self._show(hits)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the choice from the field; stay as large as the window."""
        if watched is self.field and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            return self._take_key(event)
        if event.type() == QEvent.Type.FocusOut and watched is self.field:
            self._leave(event)
        elif event.type() == QEvent.Type.Resize and watched is self._ground:
            self.setGeometry(self._ground.rect())
            self._place()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if not self._panel.geometry().contains(event.position().toPoint()):
            self.close_palette()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            scrim = QColor(0, 0, 0, 90) if look.dark else QColor(29, 32, 37, 26)
            painter.fillRect(self.rect(), scrim)
            draw_panel(painter, QRectF(self._panel.geometry()), theme=look, radius=12)

    def _take_key(self, event: QKeyEvent) -> bool:
        key = event.key()
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        if key in steps:
            self.list.move_choice(steps[Qt.Key(key)])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self._timer.isActive():
                self.search_now()
            self._run_choice()
        elif key == Qt.Key.Key_Escape:
            self.close_palette()
        elif key in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self._show_actions()
        else:
            return False
        return True

    def _leave(self, event: QEvent) -> None:
        """Close when the keyboard goes elsewhere in the window, and leave it there."""
        assert isinstance(event, QFocusEvent)
        stays = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)
        if event.reason() not in stays and self.isVisible():
            self._before = None
            self.hide()

    def _run_choice(self) -> None:
        hit = self.list.choice()
        if hit is not None:
            self.close_palette()
            hit.run()

    def _show_actions(self) -> None:
        hit = self.list.choice()
        if hit is not None and hit.actions is not None:
            self._show(hit.actions())

    def _show(self, hits: Sequence[Hit]) -> None:
        self.list.show_hits(hits)
        self._panel.nothing.setVisible(not hits)
        self._panel.list.setVisible(bool(hits))
        self._place()

    def _place(self) -> None:
        room = self.rect()
        width = min(WIDTH, room.width() - 32)
        top = min(TOP, room.height() // 8)
        most = min(MOST_LIST, room.height() - top - 120)
        self.list.setFixedHeight(self.list.wanted_height(most))
        height = self._panel.sizeHint().height()
        self._panel.setGeometry(QRect((room.width() - width) // 2, top, width, height))
        self.update()


class _Panel(QWidget):
    """The field, the list and the line of keys."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.field = QLineEdit(self)
        self.field.setProperty("bare", True)
        self.field.setProperty("ownFocus", True)
        self.field.setFont(font(15))
        self.field.setPlaceholderText(self.tr("Find an account, person, note or command"))
        self.field.setAccessibleName(self.field.placeholderText())
        self.list = HitList(self)
        self.nothing = PlainLabel(self.tr("Nothing found"), colour="text2")
        self.nothing.setContentsMargins(18, 8, 18, 14)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 0, 1, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(Hairline())
        column.addSpacing(4)
        column.addWidget(self.list)
        column.addWidget(self.nothing)
        column.addSpacing(8)
        column.addWidget(Hairline())
        column.addLayout(self._foot())

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 10, 18, 10)
        row.setSpacing(6)
        row.addWidget(IconLabel("search", px=18))
        row.addWidget(self.field, 1)
        hint = self.tr("> commands   @ people")
        row.addWidget(PlainLabel(hint, px=12, colour="text3"))
        self.field.setMinimumHeight(32)
        return row

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(18, 8, 18, 9)
        row.setSpacing(6)
        for keys, words in (("↑ ↓", "move"), ("Enter", "open"), ("Tab", "act on this account")):
            row.addWidget(Chip(keys, kind="key"))
            row.addWidget(PlainLabel(self.tr(words), px=11, colour="text2"))
            row.addSpacing(10)
        row.addStretch(1)
        row.addWidget(Chip("Esc", kind="key"))
        row.addWidget(PlainLabel(self.tr("close"), px=11, colour="text2"))
        return row
