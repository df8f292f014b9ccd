"""Cells of the pyramid's tables: text with room around it, and tiers as chips."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFrame,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from csplanner.language import tr
from csplanner.paint.chips import draw_tier, tier_size
from csplanner.paint.fonts import font
from csplanner.paint.marks import draw_mark
from csplanner.ui.look import theme_of

TIER_ROLE = int(Qt.ItemDataRole.UserRole)
"""Holds H, M, L or D where a cell shows a tier."""
BAND_ROLE = TIER_ROLE + 1
"""Holds good, watch, risk or none where a cell shows health."""
_PAD = 8.0
_MARK = 14.0


def dress_rows(table: QTableView) -> None:
    """Give a table whole rows of 30 px with padded cells, no grid, and one Tab stop."""
    table.setFrameShape(QFrame.Shape.NoFrame)
    table.setShowGrid(False)
    table.setWordWrap(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    table.setTabKeyNavigation(False)
    table.setItemDelegate(PaddedCells(table))
    table.verticalHeader().setDefaultSectionSize(30)
    table.verticalHeader().hide()
    table.horizontalHeader().setHighlightSections(False)


class PaddedCells(QStyledItemDelegate):
    """Draws cells with 8 px beside their text."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Let the style draw ground and focus, then the chip or the text."""
        cell = QStyleOptionViewItem(option)
        self.initStyleOption(cell, index)
        words, cell.text = cell.text, ""
        widget = cell.widget
        style = widget.style() if widget is not None else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, cell, painter, widget)
        self._rule(painter, cell)
        look = theme_of(cell.palette)
        room = QRectF(cell.rect).adjusted(_PAD, 0, -_PAD, 0)
        letter = index.data(TIER_ROLE)
        if letter:
            size = tier_size(letter)
            top = room.center().y() - size.height() / 2
            chip = QRectF(room.left(), round(top), size.width(), size.height())
            draw_tier(painter, chip, tier=letter, theme=look)
            return
        band = index.data(BAND_ROLE)
        if band:
            spot = QRectF(room.left(), round(room.center().y() - _MARK / 2), _MARK, _MARK)
            draw_mark(painter, spot, band=band, theme=look)
            room.adjust(_MARK + 6, 0, 0, 0)
        face = font(13)
        painter.setFont(face)
        is_unknown = words.endswith(tr("unknown")) or words == tr("Not placed")
        painter.setPen(look.colour("text3" if is_unknown else "text"))
        side = cell.displayAlignment
        elided = QFontMetricsF(face).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(side), elided)

    def _rule(self, painter: QPainter, cell: QStyleOptionViewItem) -> None:
        """Draw the hair line below a cell."""
        painter.setPen(theme_of(cell.palette).colour("hair"))
        painter.drawLine(cell.rect.bottomLeft(), cell.rect.bottomRight())

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """The cell's own size with its padding."""
        return super().sizeHint(option, index) + QSize(round(2 * _PAD), 0)
