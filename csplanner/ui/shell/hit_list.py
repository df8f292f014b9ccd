"""The list of the palette: group titles and hits, painted in one delegate."""

from collections.abc import Sequence
from typing import cast

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark, mark_words
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.shell.hits import Hit
from csplanner.ui.style_drawing import panel

_Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 36
GROUP_HEIGHT = 28


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
                self._rows.append(group)
            self._rows.append(hit)
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
            sign = f"health {mark_words(row.band, row.form)}" if row.band else ""
            return ", ".join(part for part in (row.text, row.detail, sign, row.keys) if part)
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


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


class HitList(QListView):
    """Shows the hits; the keyboard stays in the field above."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hits = HitModel(self)
        self.setModel(self.hits)
        self.setItemDelegate(_HitDelegate(self))
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

    def move_choice(self, by: int) -> None:
        """Choose the next or previous hit."""
        row = self.hits.step(self.currentIndex().row(), by)
        if row >= 0:
            self.setCurrentIndex(self.hits.index(row))

    def choice(self) -> Hit | None:
        """Return the chosen hit."""
        index = self.currentIndex()
        return cast("Hit | None", index.data(HIT_ROLE)) if index.isValid() else None

    def wanted_height(self, most: int) -> int:
        """Return the height that shows all rows, at most `most`."""
        rows = (self.hits.index(row) for row in range(self.hits.rowCount()))
        return min(sum(_height(index) for index in rows), most)


class _HitDelegate(QStyledItemDelegate):
    """Paints a title or a hit."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, _height(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme_of(option.palette)
        rect = QRectF(option.rect)
        hit = cast("Hit | None", index.data(HIT_ROLE))
        if hit is None:
            painter.setFont(font(11, MEDIUM))
            painter.setPen(look.colour("text3"))
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(rect.adjusted(16, 2, 0, 0), flags, str(index.data()))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            panel(painter, rect.adjusted(8, 0, -8, 0), fill="selected", border="", theme=look)
        _draw_sign(painter, QRectF(rect.left() + 18, rect.top(), 20, rect.height()), hit, look)
        keys = hit.keys or ("Enter" if chosen else "")
        right = _draw_keys(painter, rect, keys, look)
        _draw_words(painter, QRectF(rect.left() + 50, rect.top(), right, rect.height()), hit, look)


def _height(index: _Index) -> int:
    return GROUP_HEIGHT if index.data(HIT_ROLE) is None else ROW_HEIGHT


def _draw_sign(painter: QPainter, slot: QRectF, hit: Hit, look: Theme) -> None:
    if hit.band:
        box = QRectF(0, 0, 18, 18)
        box.moveCenter(slot.center())
        draw_mark(painter, box, band=hit.band, theme=look, form=hit.form)
    elif hit.icon:
        draw_icon(painter, slot, name=hit.icon, colour=look.colour("text2"))


def _draw_keys(painter: QPainter, rect: QRectF, keys: str, look: Theme) -> float:
    """Draw the shortcut at the right and return the width left for words."""
    room = rect.width() - 50 - 18
    if not keys:
        return room
    size = chip_size(keys, "key")
    box = QRectF(
        rect.right() - 18 - size.width(), rect.center().y() - 9, size.width(), size.height()
    )
    draw_chip(painter, box, text=keys, theme=look, kind="key")
    return room - size.width() - 8


def _draw_words(painter: QPainter, room: QRectF, hit: Hit, look: Theme) -> None:
    for text, px, weight, ink in ((hit.text, 13, MEDIUM, "text"), (hit.detail, 12, 400, "text2")):
        face = font(px, weight if hit.band or ink == "text2" else 400)
        metrics = QFontMetricsF(face)
        if room.width() < 24 or not text:
            continue
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setFont(face)
        painter.setPen(look.colour(ink))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
        room = room.adjusted(metrics.horizontalAdvance(shown) + 12, 0, 0, 0)
