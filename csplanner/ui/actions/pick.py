"""A drop-down list of (key, words)."""

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from csplanner.language import tr


class Pick(QComboBox):
    """Chooses one of a few keys shown as words."""

    def __init__(self, choices: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        for key, words in choices:
            self.addItem(tr(words), key)

    @property
    def key(self) -> str:
        """The key chosen."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose by key; an unknown key changes nothing."""
        at = self.findData(key)
        if at >= 0:
            self.setCurrentIndex(at)
