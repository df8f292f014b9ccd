"""The header: where you are, how to go back, the search field and the steady right cluster."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.ui.commands import CommandRegistry, key_words
from csplanner.ui.look import theme_of
from csplanner.ui.shell.state import ShellState
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground

HEIGHT = 48
_LEAF = 15
_SEARCH, _NARROW_SEARCH, _GLASS = 380, 220, 34
"""How wide the search field may be: with all its words, with some, as its glass alone."""
_ROOMY, _NARROW = 900, 700


class Header(Ground):
    """Back, forward, breadcrumb, search, undo, redo, log a touch, inspector."""

    search = Signal()

    def __init__(self, commands: CommandRegistry, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self.setAccessibleName(self.tr("Header"))
        self.setFixedHeight(HEIGHT)
        self._commands = commands
        self._buttons: dict[str, Button] = {}
        self._crumbs = QHBoxLayout()
        self._crumbs.setSpacing(6)
        self._search = _SearchButton(self)
        self._search.clicked.connect(self.search)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 0)
        row.setSpacing(8)
        row.addWidget(self._icon("go.back", "arrow-left", self.tr("Back")))
        row.addWidget(self._icon("go.forward", "arrow-right", self.tr("Forward")))
        row.addSpacing(4)
        row.addLayout(self._crumbs, 1)
        row.addWidget(self._search)
        row.addSpacing(16)
        row.addWidget(self._icon("edit.undo", "undo-2", self.tr("Undo")))
        row.addWidget(self._icon("edit.redo", "redo-2", self.tr("Redo")))
        self._touch = Button(self.tr("Log a touch"), icon="plus")
        changing(self._touch)
        self._touch.clicked.connect(lambda: commands.run("touch.log"))
        row.addWidget(self._touch)
        row.addWidget(
            self._icon("view.inspector", "panel-right", self.tr("Show or hide the inspector"))
        )
        commands.changed.connect(self.refresh)
        self.refresh()

    def show_path(self, parts: list[str]) -> None:
        """Show the breadcrumb; its last part is the title of the page."""
        while self._crumbs.count():
            item = self._crumbs.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for part in parts[:-1]:
            self._crumbs.addWidget(PlainLabel(part, self, colour="text2"))
            self._crumbs.addWidget(PlainLabel("/", self, colour="text3"))
        leaf = ElidedLabel(
            parts[-1] if parts else "", self, px=_LEAF if len(parts) < 2 else 13, weight=SEMIBOLD
        )
        self._crumbs.addWidget(leaf, 1)

    def show_state(self, state: ShellState) -> None:
        """Name the next undo and redo steps in the tooltips."""
        for name, verb, step in (
            ("edit.undo", self.tr("Undo"), state.undo_text),
            ("edit.redo", self.tr("Redo"), state.redo_text),
        ):
            button = self._buttons[name]
            assert isinstance(button, IconButton)
            text = f"{verb}: {step}" if step else verb
            button.set_name(text, self._keys(name))
        self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the title its room where there is little of it: the search field gives way."""
        super().resizeEvent(event)
        width = self.width()
        wide = _SEARCH if width > _ROOMY else _NARROW_SEARCH if width > _NARROW else _GLASS
        self._search.setMaximumWidth(wide)

    def refresh(self) -> None:
        """Show what can be done: buttons of commands that are not registered stay away."""
        for name, button in self._buttons.items():
            command = self._commands.get(name)
            button.setVisible(command is not None)
            button.setEnabled(command is not None and command.enabled())
        self._touch.setVisible(self._commands.get("touch.log") is not None)

    def _icon(self, name: str, icon: str, words: str) -> IconButton:
        button = IconButton(icon, words, self, keys=self._keys(name))
        button.clicked.connect(lambda: self._commands.run(name))
        self._buttons[name] = button
        return button

    def _keys(self, name: str) -> str:
        command = self._commands.get(name)
        return key_words(command.shortcut) if command else ""


class _SearchButton(QPushButton):
    """Looks like a field and opens the palette."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._words = self.tr("Find an account, person, note or command")
        self.setAccessibleName(self._words)
        self.setAutoDefault(False)
        self.setFixedHeight(30)
        self.setMinimumWidth(_GLASS)
        self.setMaximumWidth(_SEARCH)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_SEARCH, 30)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect = theme_of(self), QRectF(self.rect())
            border = "control" if self.underMouse() else "line"
            panel(painter, rect, fill="surface", border=border, theme=look)
            glass = QRectF(8, 0, 18, rect.height())
            draw_icon(painter, glass, name="search", colour=look.colour("text3"), px=14)
            if rect.width() <= _GLASS:
                return
            keys = key_words("Ctrl+K")
            size = chip_size(keys, "key")
            box = QRectF(
                rect.right() - size.width() - 6, (rect.height() - 18) / 2, size.width(), 18
            )
            draw_chip(painter, box, text=keys, theme=look, kind="key")
            painter.setFont(font(13))
            painter.setPen(look.colour("text3"))
            room = QRectF(33, 0, box.left() - 40, rect.height())
            words = QFontMetrics(painter.font()).elidedText(
                self._words, Qt.TextElideMode.ElideRight, int(room.width())
            )
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), words)
