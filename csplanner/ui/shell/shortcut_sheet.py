"""The sheet of shortcuts, built from the commands: by menu, searchable, and for print."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.domain.likeness import rank_of
from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD, font
from csplanner.paint.tokens import theme
from csplanner.ui.commands import CommandRegistry, key_words
from csplanner.ui.menu_order import MENUS, in_order
from csplanner.ui.shortcut_rules import FIXED, ON_MAP, fixed_words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import SearchField
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Scroll

_BESIDE_BAR = 20
_LINES_A_COLUMN = 46
_DPI = 96

Line = tuple[str, str]
Group = tuple[str, Sequence[Line]]


def shortcut_groups(commands: CommandRegistry, typed: str = "") -> list[Group]:
    """Each menu with its commands that have keys, as words, in order; those of lists come last."""
    groups: list[Group] = []
    for menu in MENUS:
        names = [c.id for c in commands.all() if c.menu == menu]
        found = [commands.get(name) for name in in_order(menu, names) if name]
        lines = [(c.text, key_words(c.shortcut or c.local)) for c in found if c is not None]
        groups.append((tr(menu), [line for line in lines if line[1]]))
    for title, fixed in ((tr("In lists and scenes"), FIXED), (tr("On a relationship map"), ON_MAP)):
        groups.append((title, [(tr(t), fixed_words(keys)) for t, keys in fixed]))
    return [(title, kept) for title, lines in groups if (kept := _meant(lines, typed))]


def _meant(lines: Sequence[Line], typed: str) -> list[Line]:
    wanted = typed.casefold().strip()
    return [
        line for line in lines
        if rank_of(wanted, line[0]) is not None or (wanted and wanted in line[1].casefold())
    ]  # fmt: skip


def shortcut_sheet(commands: CommandRegistry, parent: QWidget) -> Dialog:
    """Return the unopened sheet: every command with a shortcut, by menu, in two columns."""
    return _Sheet(commands, parent)


class _Sheet(Dialog):
    """The sheet on the screen."""

    def __init__(self, commands: CommandRegistry, parent: QWidget) -> None:
        super().__init__(parent.tr("Shortcuts"), "", parent)
        self._commands = commands
        self.search = SearchField(self.tr("Find a shortcut by words or keys"), self)
        self.search.textChanged.connect(self._fill)
        self._holder = QWidget()
        self._column = QVBoxLayout(self._holder)
        self._column.setContentsMargins(0, 0, _BESIDE_BAR, 0)
        self._inner: QWidget | None = None
        self.body.addWidget(self.search)
        self.body.addWidget(Scroll(self._holder))
        self._fill()
        wide = self._holder.sizeHint().width() + 2 * _BESIDE_BAR + 16
        self.setMinimumSize(max(640, wide), 560)
        self._add_foot()
        self.search.setFocus()

    def _add_foot(self) -> None:
        save = Button(self.tr("Save for print…"), kind="quiet")
        save.clicked.connect(self._ask_place)
        save.setAutoDefault(False)
        self.foot.insertWidget(0, save)
        if self._commands.get("help.shortcuts.change") is not None:
            change = self.add_verb(self.tr("Change shortcuts…"), key="change")
            change.setAutoDefault(False)
            self.accepted.connect(self._change)
        self.add_verb(self.tr("Close"), key="close").setDefault(True)

    def _change(self) -> None:
        if self.choice == "change":
            self._commands.run("help.shortcuts.change")

    def _ask_place(self) -> None:
        place, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save the shortcuts"), "shortcuts.pdf", self.tr("PDF (*.pdf)")
        )
        if place:
            print_sheet(shortcut_groups(self._commands), Path(place))

    def _fill(self) -> None:
        if self._inner is not None:
            self._column.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = _grids(shortcut_groups(self._commands, self.search.text()))
        self._column.addWidget(self._inner)


def _grids(groups: Sequence[Group]) -> QWidget:
    """The groups in two columns of about the same length."""
    inner = QWidget()
    columns = QHBoxLayout(inner)
    columns.setSpacing(32)
    columns.setContentsMargins(0, 0, 0, 0)
    grids = (QGridLayout(), QGridLayout())
    for grid in grids:
        grid.setVerticalSpacing(6)
        columns.addLayout(grid, 1)
    for title, lines in groups:
        _add_group(min(grids, key=QGridLayout.rowCount), title, lines)
    for grid in grids:
        grid.setRowStretch(grid.rowCount(), 1)
    if not groups:
        grids[0].addWidget(PlainLabel(tr("No shortcut is called so."), colour="text2"), 0, 0)
    return inner


def _add_group(grid: QGridLayout, title: str, lines: Sequence[Line]) -> None:
    row = grid.rowCount()
    heading = PlainLabel(title, px=11, weight=MEDIUM, colour="text3")
    heading.setFixedHeight(28)
    heading.setAlignment(Qt.AlignmentFlag.AlignBottom)
    grid.addWidget(heading, row, 0)
    for place, (text, keys) in enumerate(lines, start=row + 1):
        grid.addWidget(PlainLabel(text), place, 0)
        chip = Chip(keys, kind="key")
        grid.addWidget(chip, place, 1, alignment=Qt.AlignmentFlag.AlignRight)


def print_sheet(groups: Sequence[Group], path: Path) -> None:
    """Write the sheet as PDF on A4 pages, in two columns; always light."""
    writer = QPdfWriter(str(path))
    writer.setResolution(_DPI)
    margins = QMarginsF(14, 14, 14, 14)
    size = QPageSize(QPageSize.PageSizeId.A4)
    way = QPageLayout.Orientation.Portrait
    writer.setPageLayout(QPageLayout(size, way, margins, QPageLayout.Unit.Millimeter))
    writer.setTitle(tr("Shortcuts"))
    lines: list[tuple[str, str]] = []
    for title, rows in groups:
        if lines and len(lines) % _LINES_A_COLUMN > _LINES_A_COLUMN - 3:
            lines += [("", "")] * (_LINES_A_COLUMN - len(lines) % _LINES_A_COLUMN)
        lines += [(title, ""), *rows, ("", "")]
    with QPainter(writer) as painter:
        room = QSizeF(writer.width(), writer.height())
        for place, line in enumerate(lines):
            at = place % (2 * _LINES_A_COLUMN)
            if place and not at:
                writer.newPage()
            _print_line(painter, room, at, line)


def _print_line(painter: QPainter, room: QSizeF, at: int, line: Line) -> None:
    column, row = divmod(at, _LINES_A_COLUMN)
    wide, high = room.width() / 2 - 14, room.height() / _LINES_A_COLUMN
    rect = QRectF(column * (wide + 28), row * high, wide, high)
    text, keys = line
    painter.setPen(theme("light").colour("text"))
    painter.setFont(font(11, 400 if keys else SEMIBOLD))
    middle = Qt.AlignmentFlag.AlignVCenter
    painter.drawText(rect, int(middle | Qt.AlignmentFlag.AlignLeft), text)
    painter.setFont(font(11, MEDIUM))
    painter.drawText(rect, int(middle | Qt.AlignmentFlag.AlignRight), keys)
