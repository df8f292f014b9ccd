"""Where exports were taken from lately: folders and files of this machine, newest first."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import ElidedLabel

MOST = 4


def with_recent(known: Sequence[str], paths: Sequence[Path]) -> list[str]:
    """The places known with those of these files at the front; one read as a whole ends in `/`."""
    here = dict.fromkeys(f"{p}/" if p.is_dir() else str(p.parent) for p in paths)
    return [*here, *(place for place in known if place not in here)][:MOST]


class RecentPlaces(QWidget):
    """A button per folder; `chosen` carries a list with its path, `browsed` the path of a folder
    to choose files in.
    """

    chosen = Signal(object)
    browsed = Signal(object)

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
        for place in [p for p in places if Path(p).is_dir()][:MOST]:
            self._add(Path(place), whole=place.endswith("/"))
        self.setVisible(bool(self.buttons))

    def _add(self, place: Path, *, whole: bool) -> None:
        name = place.name or str(place)
        words = name if whole else self.tr("Choose files in {0}…").format(name)
        button = Button(words, kind="quiet", icon="folder-open" if whole else "file-input")
        spoken = self.tr("Read the folder {0}") if whole else self.tr("Choose files in {0}")
        button.setAccessibleName(spoken.format(place))
        if whole:
            button.clicked.connect(lambda: self.chosen.emit([place]))
        else:
            button.clicked.connect(lambda: self.browsed.emit(place))
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(button)
        row.addWidget(ElidedLabel(str(place.parent), px=12, colour="text2"), 1)
        self.buttons.append(button)
        self._column.addWidget(line)
