"""The keys that decide, beside the buttons of a review."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import PlainLabel


class KeyHints(QWidget):
    """Keys with what they do, such as `A take`, `K keep`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(6, 0, 0, 0)
        self._row.setSpacing(6)
        self._shown: list[tuple[str, str]] = []

    def show_keys(self, keys: Sequence[tuple[str, str]]) -> None:
        """Show these in place of the former ones."""
        if list(keys) == self._shown:
            return
        self._shown = list(keys)
        while (item := self._row.takeAt(0)) is not None:
            part = item.widget()
            if part is not None:
                part.hide()
                part.deleteLater()
        for key, words in keys:
            self._row.addWidget(Chip(key, kind="key"))
            self._row.addWidget(PlainLabel(words, px=12, colour="text2"))
