"""The menu of a line of the Book: what is done with its cells, and every verb of its account."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QKeySequence

from csplanner.ui.book.cell_filter import value_condition
from csplanner.ui.book.table import BookTable
from csplanner.ui.commands import CommandRegistry
from csplanner.ui.widgets.menus import Menu

_CELLS = (
    ("copy", "Ctrl+C"), ("copy_heads", "Ctrl+Shift+C"), ("paste", "Ctrl+V"), ("fill", "Ctrl+D"),
    ("clear", "Del"),
)  # fmt: skip
_NOT_OF_A_LINE = ("account.add",)


class RowMenu(QObject):
    """Opens the menu with a right click, the menu key or Shift F10; `menu` is the one open."""

    def __init__(self, table: BookTable) -> None:
        super().__init__(table)
        self._table = table
        self.menu: Menu | None = None
        table.asked.connect(self._asked)
        table.menu_wanted.connect(self.open_at)

    def _asked(self, verb: str) -> None:
        if verb == "row_menu":
            rect = self._table.visualRect(self._table.currentIndex())
            self.open_at(self._table.viewport().mapToGlobal(rect.bottomLeft()))

    def open_at(self, corner: QPoint) -> None:
        """Open for the current line with its corner at a point of the screen."""
        table = self._table
        if table.accounts.account_at(table.line) is None:
            return
        menu = self.menu = self.made()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(corner)

    def made(self) -> Menu:
        """The menu for the current line."""
        table = self._table
        row = table.accounts.account_at(table.line)
        name = row.name if row is not None else ""
        menu = Menu(table, name)
        self._add(
            menu, self.tr("Open the account"), lambda: table.opened.emit(table.line), "Return"
        )
        self._add(
            menu, self.tr("Look at it beside"), lambda: table.peeked.emit(table.line), "Space"
        )
        is_ticked = row is not None and table.accounts.is_ticked(row.id)
        tick = self.tr("Take out of the selection") if is_ticked else self.tr("Select the account")
        self._add(menu, tick, table.tick_chosen, "Ctrl+Shift+A")
        self._add_cells(menu)
        commands = getattr(table.window(), "commands", None)
        if isinstance(commands, CommandRegistry):
            self._add_commands(menu, commands)
        return menu

    def _add_cells(self, menu: Menu) -> None:
        """What is done with the cells chosen, in a menu of their own."""
        table = self._table
        inner = Menu(menu, self.tr("Cells"))
        menu.addMenu(inner)
        self._add(inner, self.tr("Change this cell"), table.editing.begin, "F2")
        texts = (
            self.tr("Copy"), self.tr("Copy with heads"), self.tr("Paste"), self.tr("Fill down"),
            self.tr("Clear"),
        )  # fmt: skip
        for text, (verb, keys) in zip(texts, _CELLS, strict=True):
            self._add(inner, text, partial(table.asked.emit, verb), keys)
        row = table.accounts.account_at(table.line)
        if row is not None and value_condition(row.line, table.column) is not None:
            inner.addSeparator()
            text = self.tr("Show only accounts with this value")
            self._add(inner, text, partial(table.asked.emit, "filter"), "")

    def _add_commands(self, menu: Menu, commands: CommandRegistry) -> None:
        """Every verb of the account that can be done now."""
        before = len(menu.actions())
        menu.addSeparator()
        commands.refresh()
        commands.fill(menu, "Account")
        commands.dress(menu)
        is_line = True
        for action in menu.actions()[before + 1 :]:
            idle = action.menu() is None and not action.isEnabled()
            if idle or action.objectName() in _NOT_OF_A_LINE or (action.isSeparator() and is_line):
                menu.removeAction(action)
            else:
                is_line = action.isSeparator()

    def _add(self, menu: Menu, text: str, run: Callable[[], object], keys: str) -> None:
        action = menu.addAction(text)
        if keys:
            action.setShortcut(QKeySequence(keys))
        action.triggered.connect(lambda _on=False: run())
