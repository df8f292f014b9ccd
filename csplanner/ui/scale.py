"""The size of text and of everything else: asked of Qt before the application starts."""

import os

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QWidget

_VARIABLE = "QT_SCALE_FACTOR"
SMALLEST = QSize(1024, 700)


def ask_for_scale(percent: int) -> None:
    """Draw everything `percent` of the size the system asks for; before Qt starts, else too late.

    A factor that was set from outside is kept and multiplied.
    """
    if percent == 100:
        return
    try:
        outside = float(os.environ.get(_VARIABLE, "1"))
    except ValueError:
        outside = 1.0
    os.environ[_VARIABLE] = f"{outside * percent / 100:g}"


def smallest_size(window: QWidget) -> QSize:
    """Return how small a window may be: 1024 × 700, less where the screen has less room."""
    screen = window.screen() or QApplication.primaryScreen()
    return SMALLEST.boundedTo(screen.availableSize()) if screen is not None else SMALLEST
