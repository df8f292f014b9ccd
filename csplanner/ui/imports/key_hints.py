"""The keys that decide, beside the buttons of a review."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.language import tr
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import PlainLabel


def keys_of(section: str) -> Sequence[tuple[str, str]]:
    """The keys that decide in a section of the review, with what they do."""
    if section in ("changed", "conflicts"):
        return ("A", tr("take")), ("K", tr("keep")), ("N", tr("next open"))
    if section == "new":
        return ("A", tr("take")), ("K", tr("leave out"))
    if section == "matches":
        return ("A", tr("same")), ("K", tr("new")), ("⇧", tr("all"))
    return ()


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
