"""What a window does with the keyboard by itself: the way of Tab, and the menu bar behind Alt."""

import sys

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from csplanner.ui.commands import CommandRegistry
from csplanner.ui.shell.pane_cycle import give_keyboard, takes_tab
from csplanner.ui.widgets.menus import fill_menu_bar

# The menu bar is hidden until Alt is pressed: what is painted first comes first.
_MENUS_AFTER_MS = 200


class KeyedWindow(QMainWindow):
    """A window with `commands`, which fill its menu bar; Alt alone opens that, and hides it."""

    def __init__(self) -> None:
        super().__init__()
        self.commands = CommandRegistry(self)
        self._alt_alone = False
        self.menuBar().setVisible(sys.platform == "darwin")
        self._menus = QTimer(self)
        self._menus.setSingleShot(True)
        self._menus.setInterval(_MENUS_AFTER_MS)
        self._menus.timeout.connect(self._fill_menus)
        self._menus.start()
        self.commands.changed.connect(self._menus.start)

    def come_forward(self) -> None:
        """Show the window before all others, and give it the keyboard."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def focusNextPrevChild(self, ahead: bool) -> bool:
        """Tab goes the way Shift Tab comes back. By itself it would go straight to the list a page
        gives the keyboard to, past the row of tools above it.
        """
        here = self.focusWidget() or self
        widget = _beside(here, ahead=ahead)
        while widget is not None and widget is not here:
            if takes_tab(widget, self):
                reason = Qt.FocusReason
                give_keyboard(widget, reason.TabFocusReason if ahead else reason.BacktabFocusReason)
                return True
            widget = _beside(widget, ahead=ahead)
        return super().focusNextPrevChild(ahead)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._alt_alone = event.key() == Qt.Key.Key_Alt
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Show or hide the menu bar when Alt went down and up alone."""
        if self._alt_alone and event.key() == Qt.Key.Key_Alt:
            self._turn_menus()
        self._alt_alone = False
        super().keyReleaseEvent(event)

    def _turn_menus(self) -> None:
        """Show the menu bar with its first menu open for the arrow keys, or hide it."""
        bar = self.menuBar()
        bar.setVisible(not bar.isVisible())
        if bar.isVisible() and bar.actions():
            bar.setActiveAction(bar.actions()[0])

    def _fill_menus(self) -> None:
        fill_menu_bar(self.menuBar(), self.commands)


def _beside(widget: QWidget, *, ahead: bool) -> QWidget | None:
    """The next widget of the window for the keyboard, or the one before; they go in a ring."""
    return widget.nextInFocusChain() if ahead else widget.previousInFocusChain()
