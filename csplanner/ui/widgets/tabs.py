"""Tabs with plain grey counts, one iris line under the chosen one."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QTabBar, QToolButton, QWidget

from csplanner.paint.fonts import MEDIUM, font

_GAP = 8
_SIDES, _CLOSE = 16, 10


class Tabs(QTabBar):
    """A row of tabs known by key; `chosen` carries the key of the tab shown."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._titles: dict[str, tuple[str, int | str | None]] = {}
        self._bare = False
        self._sides = _SIDES
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
        self._titles[key] = title, count
        for place in range(self.count()):
            if self.tabData(place) == key:
                grey = "" if count is None or self._bare else f"\t{count}"
                self.setTabText(place, title.replace("&", "&&") + grey)
                self.setAccessibleTabName(
                    place, f"{title} {'' if count is None else count}".strip()
                )

    def fit(self, room: int) -> None:
        """Show all tabs in that width where that can be: without counts, or closer together."""
        wide = [self._width_of(*given) for given in self._titles.values()]
        bare = [self._width_of(title) for title, _ in self._titles.values()]
        close = _CLOSE - _SIDES
        given = ((False, wide, 0), (True, bare, 0), (True, bare, close))
        for bare_one, widths, less in given:
            if sum(widths) + less * len(widths) <= room:
                self._show(bare=bare_one, sides=_SIDES + less)
                return
        self._show(bare=True, sides=_CLOSE)

    def fits(self, room: int) -> bool:
        """Whether all tabs as they are have room in that width."""
        return sum(self.tabSizeHint(at).width() for at in range(self.count())) <= room

    def _width_of(self, title: str, count: int | str | None = None) -> int:
        width = QFontMetrics(font(13, MEDIUM)).horizontalAdvance(title) + _SIDES
        if count is not None:
            width += _GAP + QFontMetrics(font(12)).horizontalAdvance(str(count))
        return width

    def _show(self, *, bare: bool, sides: int) -> None:
        if (bare, sides) == (self._bare, self._sides):
            return
        self._bare, self._sides = bare, sides
        for key, given in tuple(self._titles.items()):
            self.set_title(key, *given)

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
        return QSize(width + self._sides, max(36, self.fontMetrics().height() + 18))

    def _tell(self, _place: int) -> None:
        self.chosen.emit(self.key)
