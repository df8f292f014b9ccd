"""The sheet of shortcuts, built from the commands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from csplanner.paint.fonts import MEDIUM
from csplanner.ui.commands import MENUS, CommandRegistry, key_words
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll


def shortcut_sheet(commands: CommandRegistry, parent: QWidget) -> Dialog:
    """Return the unopened sheet: every command with a shortcut, by menu, in two columns."""
    dialog = Dialog(parent.tr("Shortcuts"), "", parent)
    grid = QGridLayout()
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    rows = [0, 0]
    for title in MENUS:
        found = [each for each in commands.all() if each.menu == title and each.shortcut]
        if not found:
            continue
        column = 0 if rows[0] <= rows[1] else 1
        heading = PlainLabel(title, px=11, weight=MEDIUM, colour="text3")
        heading.setFixedHeight(28)
        heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(heading, rows[column], column * 2)
        for command in found:
            rows[column] += 1
            grid.addWidget(PlainLabel(command.text), rows[column], column * 2)
            chip = Chip(key_words(command.shortcut), kind="key")
            grid.addWidget(
                chip, rows[column], column * 2 + 1, alignment=Qt.AlignmentFlag.AlignRight
            )
        rows[column] += 1
    grid.setRowStretch(max(rows) + 1, 1)
    inner = QWidget()
    inner.setLayout(grid)
    dialog.body.addWidget(Scroll(inner))
    dialog.setMinimumSize(640, 480)
    dialog.add_verb(parent.tr("Close"), key="close").setDefault(True)
    return dialog
