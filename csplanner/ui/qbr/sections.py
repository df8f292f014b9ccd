"""The list of sections: in the deck, in with an old figure, or left out and why."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.ui.look import theme_of
from csplanner.ui.qbr.rows import SectionRow

Index = QModelIndex | QPersistentModelIndex
_ROW = 46
_ICONS = {
    "in": ("circle-check", "good-ink"), "old": ("triangle-alert", "watch-ink"),
    "out": ("circle-dashed", "text3"),
}  # fmt: skip


_LINE, _BESIDE = 15, 60
"""The height of one line of detail, and what of a row's width is not text."""
_ELIDE = Qt.TextElideMode.ElideRight
_WRAP = int(Qt.TextFlag.TextWordWrap)


def _wrapped(words: str, width: float) -> float:
    """The height that words take when no line is wider than `width`."""
    # Two pixels to spare: what is drawn breaks a line a little earlier than what is measured.
    room = QRectF(0, 0, max(width - 2, 60.0), 1000)
    return max(float(_LINE), QFontMetricsF(font(12)).boundingRect(room, _WRAP, words).height())


class _Model(QAbstractListModel):
    """The rows of the list."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: Sequence[SectionRow] = ()

    def show_rows(self, rows: Sequence[SectionRow]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:  # noqa: ANN401
        if not 0 <= index.row() < len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return row.spoken
        return None


class SectionList(QListView):
    """Shows SectionRows; `chosen(slide)` counts from 0 and is not emitted for those left out."""

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Model(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A scroll bar takes room from the words, which then need more lines.
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(self.tr("Sections"))
        self.setProperty("ownFocus", True)
        self.viewport().setAutoFillBackground(False)

    def show_rows(self, rows: Sequence[SectionRow], slide: int) -> None:
        """Show the sections, with the one of that slide current."""
        self._rows.show_rows(rows)
        self.show_slide(slide)

    def show_slide(self, slide: int) -> None:
        """Make the section of a slide the current one."""
        for at, row in enumerate(self._rows.rows):
            if row.slide == slide and self.currentIndex().row() != at:
                self.setCurrentIndex(self._rows.index(at))

    def row_at(self, index: Index) -> SectionRow | None:
        """The section of an index."""
        rows = self._rows.rows
        return rows[index.row()] if 0 <= index.row() < len(rows) else None

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        row = self.row_at(current)
        if row is not None and row.slide >= 0:
            self.chosen.emit(row.slide)


class _Delegate(QStyledItemDelegate):
    """Draws a section on two lines with its state at the right."""

    def __init__(self, owner: SectionList) -> None:
        super().__init__(owner)
        self._owner = owner

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row = self._owner.row_at(index)
        if row is None:
            return QSize(200, _ROW)
        room = self._owner.viewport().width() - _BESIDE
        return QSize(200, _ROW - _LINE + round(_wrapped(row.detail, room)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = self._owner.row_at(index)
        if row is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, rect = theme_of(self._owner), QRectF(option.rect).adjusted(8, 1, -8, -1)
        current = index.row() == self._owner.currentIndex().row()
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        if current or hovered:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if current else "hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if current and self._owner.hasFocus():
            painter.setPen(QPen(look.colour("focus"), look.size("focus")))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), 6, 6)
        name, ink = _ICONS[row.state]
        room = rect.adjusted(10, 0, -34, 0)
        out, face = row.state == "out", font(13, MEDIUM)
        painter.setFont(face)
        painter.setPen(look.colour("text3" if out else "text"))
        title = QFontMetricsF(face).elidedText(row.title, _ELIDE, room.width())
        line = QRectF(room.left(), rect.top() + 5, room.width(), 18)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), title)
        painter.setFont(font(12))
        painter.setPen(look.colour("text2"))
        painter.drawText(QRectF(room.left(), rect.top() + 24, room.width(), 200), _WRAP, row.detail)
        box = QRectF(rect.right() - 28, rect.top(), 20, rect.height())
        draw_icon(painter, box, name=name, colour=look.colour(ink), px=16)
        painter.restore()
