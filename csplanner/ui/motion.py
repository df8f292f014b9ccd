"""Small movements of panels, 120 ms long; none for those who ask for less motion."""

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation
from PySide6.QtWidgets import QApplication, QWidget

PANEL_MS = 120
_STILL = "still"


def set_still(app: QApplication, *, still: bool) -> None:
    """Let nothing in the application move, or let it move again."""
    app.setProperty(_STILL, still)


def is_still() -> bool:
    """Whether things stand at their place at once instead of moving there."""
    app = QApplication.instance()
    return app is None or bool(app.property(_STILL))


def slide_in(widget: QWidget, by: QPoint) -> None:
    """Let a shown panel come to where it stands from `by` beside it; once, never in a loop."""
    if is_still():
        return
    home = widget.pos()
    move = QPropertyAnimation(widget, b"pos", widget)
    move.setDuration(PANEL_MS)
    move.setEasingCurve(QEasingCurve.Type.OutCubic)
    move.setStartValue(home + by)
    move.setEndValue(home)
    move.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)
