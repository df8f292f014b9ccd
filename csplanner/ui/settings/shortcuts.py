"""Your own shortcuts: a pane of the settings, and the list where each can be changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from csplanner.domain.likeness import rank_of
from csplanner.language import ntr
from csplanner.ui.commands import Command, key_words
from csplanner.ui.menu_order import MENUS, in_order
from csplanner.ui.shortcut_rules import clash, why_not
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import Field, SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Pane

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow

_WIDTH, _HEIGHT, _ROW = 620, 640, 30
_MOST_STROKES = 2


class ShortcutsPane(Pane):
    """Says how many shortcuts are your own, and leads to the list of all."""

    def __init__(self, frame: "BookWindow", parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.set_title(self.tr("Shortcuts"))
        self._frame = frame
        self.said = PlainLabel("", px=12, colour="text2")
        self.change = Button(self.tr("Change shortcuts…"))
        self.change.clicked.connect(lambda: edit_shortcuts(frame))
        self.reset = Button(self.tr("All as they came"), kind="quiet")
        self.reset.clicked.connect(lambda: keep_shortcuts(frame, {}))
        row = QHBoxLayout()
        row.setSpacing(8)
        for button in (self.change, self.reset):
            row.addWidget(button)
        row.addStretch(1)
        self.body.addWidget(self.said)
        self.body.addLayout(row)
        frame.commands.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say how many are your own."""
        count = len(self._frame.settings.shortcuts)
        own = ntr("{0} shortcut is your own.", "{0} shortcuts are your own.", count)
        self.said.setText(own if count else self.tr("All shortcuts are as they came."))
        self.reset.setEnabled(bool(count))


def keep_shortcuts(frame: "BookWindow", own: Mapping[str, str]) -> None:
    """Remember your own shortcuts, by command; they hold at once."""
    frame.change_settings(replace(frame.settings, shortcuts=dict(own)))


def edit_shortcuts(frame: "BookWindow") -> "ShortcutEditor":
    """Open the list of shortcuts over the window."""
    editor = ShortcutEditor(frame)
    editor.finished.connect(editor.deleteLater)
    editor.open()
    return editor


class KeyField(QKeySequenceEdit):
    """Takes the keys pressed in it; Tab and Escape lead out as everywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMaximumSequenceLength(_MOST_STROKES)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            event.ignore()
            return
        super().keyPressEvent(event)


class ShortcutEditor(Dialog):
    """Every command with its shortcut; the one chosen can have other keys, none, or its first.

    What other commands need is said at the field; it can be taken from there. Each change holds
    at once.
    """

    changed = Signal()

    def __init__(self, frame: "BookWindow") -> None:
        super().__init__(
            frame.tr("Shortcuts"),
            frame.tr("Choose a command, then press its keys. Each change holds at once."),
            frame,
        )
        self._frame = frame
        self.search = SearchField(self.tr("Find a command or keys"), self)
        self.table = QTableWidget(0, 3, self)
        self.keys = KeyField()
        self.field = Field(self.tr("Shortcut"), self.keys)
        self.take = Button(self.tr("Take it from there"))
        self.none = Button(self.tr("No shortcut"))
        self.first = Button(self.tr("As it came"))
        self._wanted = ""
        self._lay_out()
        self._connect()
        self._fill()
        self.setMinimumSize(_WIDTH, min(_HEIGHT, frame.height() - 40))
        self.search.setFocus()

    @property
    def chosen(self) -> Command | None:
        """The command whose shortcut is being changed."""
        item = self.table.item(self.table.currentRow(), 0)
        return self._frame.commands.get(item.data(Qt.ItemDataRole.UserRole)) if item else None

    def choose(self, name: str) -> None:
        """Choose a command by its id."""
        for row in range(self.table.rowCount()):
            item = self.table.item(row, 0)
            if item is not None and item.data(Qt.ItemDataRole.UserRole) == name:
                self.table.setCurrentCell(row, 0)
                self.table.scrollToItem(item)

    def try_keys(self, keys: str) -> bool:
        """Give the chosen command these keys, or say at the field why it cannot have them."""
        command = self.chosen
        if command is None or keys == command.shortcut:
            return False
        sentence = why_not(self._frame.commands, command.id, keys) if keys else ""
        self.field.show_error(sentence)
        other = clash(self._frame.commands, command.id, keys) if keys else None
        self.take.setVisible(other is not None)
        self._wanted = keys if other is not None else ""
        if not sentence:
            self._keep({command.id: keys})
        return not sentence

    def take_keys(self) -> None:
        """Give the chosen command the keys another one has, which then has none."""
        command = self.chosen
        if command is None or not self._wanted:
            return
        freed = {}
        while (other := clash(self._frame.commands, command.id, self._wanted)) is not None:
            freed[other.id] = ""
            keep_shortcuts(self._frame, self._frame.settings.shortcuts | freed)
        self._keep({command.id: self._wanted})

    def _keep(self, keys: Mapping[str, str]) -> None:
        commands = self._frame.commands
        own = self._frame.settings.shortcuts | dict(keys)
        known = {command.id for command in commands.all()}
        own = {n: k for n, k in own.items() if n not in known or k != commands.given_keys(n)}
        keep_shortcuts(self._frame, own)
        self._fill()
        self.changed.emit()

    def _reset_one(self) -> None:
        command = self.chosen
        if command is not None:
            self.try_keys(self._frame.commands.given_keys(command.id))

    def _reset_all(self) -> None:
        keep_shortcuts(self._frame, {})
        self._fill()

    # Building

    def _lay_out(self) -> None:
        table = self.table
        table.setHorizontalHeaderLabels(
            [self.tr("Command"), self.tr("Shortcut"), self.tr("As it came")]
        )
        table.setAccessibleName(self.tr("Commands and their shortcuts"))
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(_ROW)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        head = table.horizontalHeader()
        head.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        head.setDefaultSectionSize(130)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.field, 1)
        for button in (self.take, self.none, self.first):
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
            button.setContentsMargins(0, 20, 0, 0)
        for part in (self.search, table):
            self.body.addWidget(part)
        self.body.addLayout(row)
        all_first = Button(self.tr("All as they came"), kind="quiet")
        all_first.clicked.connect(self._reset_all)
        self.foot.insertWidget(0, all_first)
        self.add_verb(self.tr("Close"), key="close").setAutoDefault(False)

    def _connect(self) -> None:
        self.search.textChanged.connect(self._fill)
        self.table.currentCellChanged.connect(self._show_chosen)
        self.table.activated.connect(lambda: self.keys.setFocus(Qt.FocusReason.TabFocusReason))
        self.keys.editingFinished.connect(
            lambda: self.try_keys(
                self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
            )
        )
        self.take.clicked.connect(self.take_keys)
        self.none.clicked.connect(lambda: self.try_keys(""))
        self.first.clicked.connect(self._reset_one)
        for button in (self.take, self.none, self.first):
            button.setAutoDefault(False)

    def _fill(self) -> None:
        """Show the commands found, with the chosen one still chosen."""
        chosen = self.chosen
        commands = self._frame.commands
        found = [c for c in _ordered(self._frame) if _holds(c, self.search.text())]
        self.table.blockSignals(True)
        self.table.setRowCount(len(found))
        for row, command in enumerate(found):
            given = commands.given_keys(command.id)
            own = given if given != command.shortcut else ""
            name = QTableWidgetItem(f"{self.tr(command.menu)}: {command.text}")
            name.setData(Qt.ItemDataRole.UserRole, command.id)
            cells = (name, _cell(key_words(command.shortcut)), _cell(key_words(own)))
            for column, item in enumerate(cells):
                self.table.setItem(row, column, item)
        self.table.blockSignals(False)
        self.choose(chosen.id) if chosen is not None else None
        if self.table.currentRow() < 0 and found:
            self.table.setCurrentCell(0, 0)
        self._show_chosen()

    def _show_chosen(self) -> None:
        command = self.chosen
        self.field.show_error("")
        self.take.hide()
        self.keys.blockSignals(True)
        self.keys.setKeySequence(QKeySequence(command.shortcut if command else ""))
        self.keys.blockSignals(False)
        for part in (self.keys, self.none, self.first):
            part.setEnabled(command is not None)
        if command is not None:
            self.keys.setAccessibleName(self.tr("Shortcut of {0}").format(command.text))
            given = self._frame.commands.given_keys(command.id)
            self.none.setEnabled(bool(command.shortcut))
            self.first.setEnabled(given != command.shortcut)


def _cell(text: str) -> QTableWidgetItem:
    return QTableWidgetItem(text)


def _ordered(frame: "BookWindow") -> list[Command]:
    """Every command, menu by menu in their order."""
    commands = frame.commands
    found = []
    for menu in MENUS:
        names = [c.id for c in commands.all() if c.menu == menu]
        found += [commands.get(name) for name in in_order(menu, names) if name]
    return [command for command in found if command is not None]


def _holds(command: Command, text: str) -> bool:
    """Whether a command is meant by its words or by its keys as people read them."""
    keys = key_words(command.shortcut)
    by_keys = bool(text.strip()) and text.casefold().strip() in keys.casefold()
    return by_keys or rank_of(text, command.text, f"{command.menu} {command.keywords}") is not None
