"""The list of the palette: group titles and hits."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from csplanner.language import tr
from csplanner.paint.marks import mark_words
from csplanner.ui import veil
from csplanner.ui.shell.hit_drawing import HIT_ROLE, HitDelegate, height_of
from csplanner.ui.shell.hits import Hit
from csplanner.ui.widgets.labels import tooltip_of

_Index = QModelIndex | QPersistentModelIndex


class HitModel(QAbstractListModel):
    """Hits with a title row before each group; titles cannot be chosen."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows: list[str | Hit] = []

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these hits, titled whenever the group changes."""
        self.beginResetModel()
        self._rows = []
        group = ""
        for hit in hits:
            if hit.group != group:
                group = hit.group
                self._rows.append(tr(group))
            self._rows.append(_shown(hit))
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self._rows[index.row()]
        if role == HIT_ROLE:
            return row if isinstance(row, Hit) else None
        if isinstance(row, str):
            return row if role in _TEXT_ROLES else None
        if role == Qt.ItemDataRole.DisplayRole:
            return row.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            sign = tr("health {0}").format(mark_words(row.band, row.form)) if row.band else ""
            return ", ".join(part for part in (row.text, row.detail, sign, row.keys) if part)
        if role == Qt.ItemDataRole.ToolTipRole and (row.why or len(row.text) > _LONG):
            return tooltip_of(row.why or row.text)
        return None

    def flags(self, index: _Index) -> Qt.ItemFlag:
        if isinstance(self._rows[index.row()], Hit):
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags

    def step(self, row: int, by: int) -> int:
        """Return the next row that is a hit, going round; −1 when there is none."""
        rows = [place for place, each in enumerate(self._rows) if isinstance(each, Hit)]
        if not rows:
            return -1
        if row not in rows:
            return rows[0] if by > 0 else rows[-1]
        return rows[(rows.index(row) + by) % len(rows)]


def _shown(hit: Hit) -> Hit:
    """The hit without what is hidden now."""
    if not veil.is_on():
        return hit
    return replace(hit, text=veil.sentence(hit.text), detail=veil.sentence(hit.detail))


_LONG = 60
_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class HitList(QListView):
    """Shows the hits; the keyboard stays in the field above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(HitDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("Found"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)

    def show_hits(self, hits: Sequence[Hit]) -> None:
        """Show these hits and choose the first."""
        self.hits.show_hits(hits)
        self.move_choice(1)
        self.scrollToTop()

    def move_choice(self, by: int) -> None:
        """Choose the next or previous hit."""
        row = self.hits.step(self.currentIndex().row(), by)
        if row >= 0:
            self.setCurrentIndex(self.hits.index(row))

    def page_choice(self, by: int) -> None:
        """Choose a hit about a page further on (1) or back (−1), without going round."""
        rows = max(1, self.viewport().height() // 36 - 1)
        last = self.hits.rowCount() - 1
        row = max(0, min(last, self.currentIndex().row() + by * rows))
        for place in (*range(row, last + 1), *range(row, -1, -1)):
            if self.hits.index(place).data(HIT_ROLE) is not None:
                self.setCurrentIndex(self.hits.index(place))
                return

    def choice(self) -> Hit | None:
        """Return the chosen hit."""
        index = self.currentIndex()
        return cast("Hit | None", index.data(HIT_ROLE)) if index.isValid() else None

    def wanted_height(self, most: int) -> int:
        """Return the height that shows all rows, at most `most`."""
        rows = (self.hits.index(row) for row in range(self.hits.rowCount()))
        return min(sum(height_of(index) for index in rows), most)
