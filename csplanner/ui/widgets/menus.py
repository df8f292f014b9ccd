"""Menus with rounded corners, and the menu bar built from the commands."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from csplanner.ui.commands import MENUS, CommandRegistry


class Menu(QMenu):
    """A menu whose window is see-through, so that the panel can be round."""

    def __init__(self, parent: QWidget | None = None, title: str = "") -> None:
        super().__init__(title, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAccessibleName(title)


def fill_menu_bar(bar: QMenuBar, commands: CommandRegistry) -> None:
    """Put every command that names a menu into the menu bar, in the order added."""
    bar.clear()
    for title in MENUS:
        if not any(command.menu == title for command in commands.all()):
            continue
        menu = Menu(bar, f"&{bar.tr(title)}")
        menu.aboutToShow.connect(commands.refresh)
        menu.aboutToShow.connect(lambda menu=menu: commands.dress(menu))
        commands.fill(menu, title)
        bar.addMenu(menu)
