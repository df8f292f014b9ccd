"""What the frame of a window does when the veil or the messages change."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from csplanner.ui.shell.messages import MessagesPopover
from csplanner.ui.veil import veil

if TYPE_CHECKING:
    from csplanner.ui.main_window import MainWindow


def watch_frame(window: "MainWindow") -> None:
    """Let the window follow the veil, and its status bar lead to what was said."""
    status = window.status
    status.unveil_asked.connect(lambda: veil().turn(on=False))
    status.messages_asked.connect(lambda: show_messages(window))
    window.messages.changed.connect(lambda: status.show_messages(len(window.messages.all())))
    veil().changed.connect(window.follow_veil)
    status.show_veil(on=veil().on)


def veil_parts(window: QWidget) -> None:
    """Let every part that shows words as they were given hide or show what is hidden in them."""
    for part in window.findChildren(QWidget):
        follow = getattr(part, "follow_veil", None)
        if callable(follow):
            follow()


def show_messages(window: "MainWindow") -> None:
    """Show what was said, above the right end of the status bar."""
    panel = window.findChild(MessagesPopover)
    if panel is None:
        panel = MessagesPopover(window.messages, window)
    corner = window.status.mapTo(window, window.status.rect().topRight())
    panel.open_above(corner - QPoint(8, 8))


def reach_toast(window: "MainWindow") -> None:
    """Give the keyboard to the toast while it is shown; else show what was said before."""
    if window.toast.isVisible():
        window.toast.take_keyboard(Qt.FocusReason.ShortcutFocusReason)
    else:
        show_messages(window)
