"""The sheet of shortcuts, built from the commands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM
from csplanner.ui.commands import MENUS, Command, CommandRegistry, key_words
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

_BESIDE_BAR = 20


def shortcut_sheet(commands: CommandRegistry, parent: QWidget) -> Dialog:
    """Return the unopened sheet: every command with a shortcut, by menu, in two columns."""
    dialog = Dialog(parent.tr("Shortcuts"), "", parent)
    columns = QHBoxLayout()
    columns.setSpacing(32)
    columns.setContentsMargins(0, 0, _BESIDE_BAR, 0)
    grids = (QGridLayout(), QGridLayout())
    for grid in grids:
        grid.setVerticalSpacing(6)
        columns.addLayout(grid, 1)
    for title in MENUS:
        found = [each for each in commands.all() if each.menu == title and each.shortcut]
        if found:
            _add_group(min(grids, key=QGridLayout.rowCount), title, found)
    for grid in grids:
        grid.setRowStretch(grid.rowCount(), 1)
    inner = QWidget()
    inner.setLayout(columns)
    dialog.body.addWidget(Scroll(inner))
    dialog.setMinimumSize(max(640, inner.sizeHint().width() + 2 * _BESIDE_BAR + 16), 560)
    dialog.add_verb(parent.tr("Close"), key="close").setDefault(True)
    return dialog


def _add_group(grid: QGridLayout, title: str, commands: list[Command]) -> None:
    row = grid.rowCount()
    heading = PlainLabel(title, px=11, weight=MEDIUM, colour="text3")
    heading.setFixedHeight(28)
    heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
    grid.addWidget(heading, row, 0)
    for place, command in enumerate(commands, start=row + 1):
        grid.addWidget(PlainLabel(command.text), place, 0)
        chip = Chip(key_words(command.shortcut), kind="key")
        grid.addWidget(chip, place, 1, alignment=Qt.AlignmentFlag.AlignRight)
