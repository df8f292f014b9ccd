"""Tabs of the files of a snapshot: long names are cut, counts never."""

from collections.abc import Sequence, Set
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent

from csplanner.paint.fonts import MEDIUM, font
from csplanner.ui.widgets.tabs import Tabs

_ALIKE = 6
"""Names that share so many first letters are cut there."""
_LEAST = 48
"""Below this width a name says nothing; then the bar scrolls."""


class FileTabs(Tabs):
    """Shows (key, name, count) triples; all tabs fit as long as their names can give way."""

    _files: Sequence[tuple[str, str, str]] = ()
    _marked: Set[str] = frozenset()

    def show_files(self, files: Sequence[tuple[str, str, str]]) -> None:
        """Show these files; the tab that was shown stays shown."""
        key = self.key
        self.blockSignals(True)
        while self.count():
            self.removeTab(0)
        self._files = files
        for each, name, count in files:
            self.add(each, name, count)
        self.choose(key)
        self.blockSignals(False)
        self._fit()

    def mark(self, keys: Set[str]) -> None:
        """Mark the files of those keys: something of them is to be said."""
        if keys != self._marked:
            self._marked = keys
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = QFontMetrics(font(13, MEDIUM))
        names = [name for _, name, _ in self._files]
        alike = len(names) > 1 and len({name[:_ALIKE] for name in names}) == 1
        side = Qt.TextElideMode.ElideLeft if alike else Qt.TextElideMode.ElideMiddle
        whole = [metrics.horizontalAdvance(name) for name in names]
        counts = [f"{n} ?" if key in self._marked else n for key, _, n in self._files]
        wide = sum(self.size_of(*pair).width() for pair in zip(names, counts, strict=True))
        room = shared(whole, self.width() - 1 - (wide - sum(whole)))
        for place, (key, name, _) in enumerate(self._files):
            count = counts[place]
            asks = self.tr("asks something") if key in self._marked else ""
            cut = metrics.elidedText(name, side, room[place])
            self.set_title(key, name if room[place] >= whole[place] else cut, count)
            said = ", ".join(filter(None, (f"{name} {self._files[place][2]}", asks)))
            self.setAccessibleTabName(place, said)
            tip = ", ".join(filter(None, (name, asks)))
            self.setTabToolTip(place, f"<qt>{escape(tip)}</qt>")


def shared(widths: Sequence[int], room: int) -> list[int]:
    """The widths, the largest cut to one size so that together they take at most `room`.

    None is cut below what a few letters take.
    """
    left, found = room, list(widths)
    for waiting, place in enumerate(sorted(range(len(widths)), key=lambda at: widths[at])):
        share = left // (len(widths) - waiting)
        found[place] = min(widths[place], max(_LEAST, share))
        left -= found[place]
    return found
