"""Tabs with plain grey counts, one iris line under the chosen one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from csplanner.paint.fonts import MEDIUM, font

_GAP = 8
_SIDES = 16


class Tabs(QTabBar):
    """A row of tabs known by key; `chosen` carries the key of the tab shown."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setUsesScrollButtons(True)
        # The arrows a narrow row grows are for the mouse: the row is one stop of the keyboard,
        # and its arrow keys reach every tab.
        for arrow in self.findChildren(QToolButton):
            arrow.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.currentChanged.connect(self._tell)

    def add(self, key: str, title: str, count: int | str | None = None) -> None:
        """Add a tab at the end, with a count or a short grey word beside its title."""
        self.blockSignals(True)
        place = self.addTab("")
        self.setTabData(place, key)
        self.blockSignals(False)
        self.set_title(key, title, count)

    def set_title(self, key: str, title: str, count: int | str | None = None) -> None:
        """Change the title and count of a tab; unknown keys are passed over."""
        for place in range(self.count()):
            if self.tabData(place) == key:
                grey = "" if count is None else f"\t{count}"
                self.setTabText(place, title.replace("&", "&&") + grey)
                self.setAccessibleTabName(
                    place, f"{title} {'' if count is None else count}".strip()
                )

    @property
    def key(self) -> str:
        """The key of the tab shown, or nothing when there is none."""
        return str(self.tabData(self.currentIndex()) or "")

    def choose(self, key: str) -> None:
        """Show the tab of that key."""
        for place in range(self.count()):
            if self.tabData(place) == key:
                self.setCurrentIndex(place)

    def tabSizeHint(self, index: int) -> QSize:
        words, _, count = self.tabText(index).replace("&&", "&").partition("\t")
        return self.size_of(words, count)

    def size_of(self, words: str, count: str = "") -> QSize:
        """The size of a tab with that title and count."""
        width = QFontMetrics(font(13, MEDIUM)).horizontalAdvance(words)
        if count:
            width += _GAP + QFontMetrics(font(12)).horizontalAdvance(count)
        return QSize(width + _SIDES, max(36, self.fontMetrics().height() + 18))

    def _tell(self, _place: int) -> None:
        self.chosen.emit(self.key)
