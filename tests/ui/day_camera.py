"""A recording of the day: a numbered picture with its caption after each step."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QWidget

_CAPTION = 40
_GROUND, _INK = QColor("#202020"), QColor("#ffffff")


@dataclass
class Camera:
    """Writes what the window and the dialogs over it show into `folder`."""

    home: Callable[[], QWidget]
    folder: Path
    taken: int = 0

    def take(self, caption: str) -> Path:
        """Write the next picture; returns where it is."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.taken += 1
        window = self.home()
        shown = window.grab()
        picture = QPixmap(window.width(), window.height() + _CAPTION)
        picture.fill(_GROUND)
        with QPainter(picture) as painter:
            painter.drawPixmap(0, _CAPTION, shown)
            for over in _over(window):
                painter.drawPixmap(_place(over, window) + QPoint(0, _CAPTION), over.grab())
            painter.setPen(_INK)
            room = QRect(16, 0, window.width() - 32, _CAPTION)
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, f"{self.taken:02d}  {caption}")
        words = "".join(c if c.isalnum() else "-" for c in caption.casefold())[:60]
        path = self.folder / f"{self.taken:02d}-{words}.png"
        assert picture.save(str(path))
        return path


def _over(window: QWidget) -> list[QWidget]:
    """What stands over the window as windows of their own, the lowest first."""
    tops = [each for each in QApplication.topLevelWidgets() if each is not window]
    return [each for each in tops if each.isVisible() and each.parentWidget() is not None]


def _place(over: QWidget, window: QWidget) -> QPoint:
    """Where a dialog stands; without a desktop it is in the middle of its window."""
    if over.windowType() is Qt.WindowType.Dialog:
        return window.rect().center() - over.rect().center()
    return window.mapFromGlobal(over.mapToGlobal(QPoint(0, 0)))
