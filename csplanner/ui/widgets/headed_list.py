"""A list of rows under headings: the model, and what every such list draws and tells alike."""

from collections.abc import Sequence
from html import escape
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
)

from csplanner.paint.fonts import REGULAR, font
from csplanner.paint.tokens import Theme
from csplanner.ui import veil
from csplanner.ui.look import theme_of

H = TypeVar("H")
R = TypeVar("R")

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class HeadedModel(QAbstractListModel, Generic[H, R]):
    """Headings, which cannot be chosen, and rows in the order shown; LINE_ROLE gives either."""

    row_kind: type[R]

    def __init__(self) -> None:
        super().__init__()
        self._lines: list[H | R] = []

    def words(self, line: H | R) -> tuple[str, str]:
        """Return what stands for a line, and what is spoken for it."""
        raise NotImplementedError

    def replace_lines(self, lines: Sequence[H | R]) -> None:
        """Show other lines."""
        self.beginResetModel()
        self._lines = list(lines)
        self.endResetModel()

    def line(self, index: Index) -> H | R | None:
        """Return the line at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def row_at(self, index: Index) -> R | None:
        """Return the row at an index, None for a heading or nothing."""
        line = self.line(index)
        return line if isinstance(line, self.row_kind) else None

    def nearest(self, place: int) -> QModelIndex:
        """Return the row at `place` or the nearest one to it, invalid without any."""
        rows = [i for i, line in enumerate(self._lines) if isinstance(line, self.row_kind)]
        return self.index(min(rows, key=lambda i: abs(i - place))) if rows else QModelIndex()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index)
        if line is None:
            return None
        if role == LINE_ROLE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return veil.sentence(self.words(line)[0])
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return veil.sentence(self.words(line)[1])
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.row_at(index) is not None:
            return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return Qt.ItemFlag.NoItemFlags


class HeadedDelegate(QStyledItemDelegate, Generic[H, R]):
    """Draws headings and rows, a hairline under each; a tooltip tells the whole of a row."""

    row_kind: type[R]

    def draw_heading(self, painter: QPainter, rect: QRect, heading: H, theme: Theme) -> None:
        """Draw a heading; its ground is drawn already."""
        raise NotImplementedError

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: R, theme: Theme
    ) -> None:
        """Draw a row; its ground is drawn already."""
        raise NotImplementedError

    def tip(self, row: R, rect: QRect, pos: QPoint) -> str:
        """Return what the tooltip at `pos` of a row tells, as plain text."""
        raise NotImplementedError

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        line = index.data(LINE_ROLE)
        theme, rect = theme_of(option.palette), option.rect
        painter.save()
        if isinstance(line, self.row_kind):
            _draw_ground(painter, option, theme)
            self.draw_row(painter, option, line, theme)
        elif line is not None:
            painter.fillRect(rect, theme.colour("subtle"))
            self.draw_heading(painter, rect, line, theme)
        painter.setPen(theme.colour("hair"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Tell the whole of what was elided."""
        line = index.data(LINE_ROLE)
        if event.type() != QEvent.Type.ToolTip or not isinstance(line, self.row_kind):
            return super().helpEvent(event, view, option, index)
        words = escape(veil.sentence(self.tip(line, option.rect, event.pos()))).replace(
            "\n", "<br>"
        )
        QToolTip.showText(event.globalPos(), f"<qt>{words}</qt>", view)
        return True


def _draw_ground(painter: QPainter, option: QStyleOptionViewItem, theme: Theme) -> None:
    rect = option.rect
    chosen = bool(option.state & QStyle.StateFlag.State_Selected)
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    token = "selected-row" if chosen else "hover" if hovered else "surface"
    painter.fillRect(rect, theme.colour(token))
    if chosen:
        painter.fillRect(QRect(rect.topLeft(), QSize(2, rect.height())), theme.colour("accent"))


def draw_text(
    painter: QPainter,
    room: QRectF,
    text: str,
    theme: Theme,
    ink: str,
    *,
    px: int = 13,
    weight: int = REGULAR,
    right: bool = False,
) -> None:
    """Draw one line of text in the middle of the height of `room`, elided to its width."""
    face = font(px, weight)
    painter.setFont(face)
    painter.setPen(theme.colour(ink))
    text = veil.sentence(text)
    shown = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, room.width() + 1)
    painter.drawText(room, int(_RIGHT if right else _MIDDLE), shown)
