"""A window files can be dropped on."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QDragEnterEvent, QDropEvent

from csplanner.ui.main_window import MainWindow
from csplanner.ui.theme import ThemeController
from csplanner.ui.widgets.dropped import local_paths


class DropWindow(MainWindow):
    """Passes the files of this machine that are dropped anywhere on it to `take_files`."""

    def __init__(self, themes: ThemeController) -> None:
        super().__init__(themes)
        self.setAcceptDrops(True)

    def take_files(self, paths: Sequence[Path]) -> None:
        """Do something with the files dropped."""
        raise NotImplementedError

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if local_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.take_files(local_paths(event))
