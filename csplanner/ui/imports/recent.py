"""Where exports were taken from lately: folders and files of this machine, newest first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import ElidedLabel

MOST = 4


def with_recent(known: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """The places known with those of these files at the front."""
    here = dict.fromkeys(str(p if p.is_dir() else p.parent) for p in paths)
    return [*here, *(place for place in known if place not in here)][:MOST]


class RecentPlaces(QWidget):
    """A button per folder; `chosen` carries a list with its path."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self.buttons: list[Button] = []

    def show_places(self, places: Sequence[str]) -> None:
        """Show those of these folders that are there."""
        while (item := self._column.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        self.buttons = []
        for place in [p for p in map(Path, places) if p.is_dir()][:MOST]:
            self._add(place)
        self.setVisible(bool(self.buttons))

    def _add(self, place: Path) -> None:
        button = Button(place.name or str(place), kind="quiet", icon="folder-open")
        button.setAccessibleName(self.tr("Read the folder {0}").format(place))
        button.clicked.connect(lambda: self.chosen.emit([place]))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(button)
        row.addWidget(ElidedLabel(str(place.parent), px=12, colour="text2"), 1)
        self.buttons.append(button)
        self._column.addWidget(line)
