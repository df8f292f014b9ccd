"""The list below a filter being typed: what can come next, and how many accounts it leaves."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.domain.filters_suggest import Offer
from csplanner.paint.fonts import font
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.format import number

_Index = QModelIndex | QPersistentModelIndex
Row = tuple[Offer, str, str, int | None]
"""An offer, its words, how a filter writes it, and how many accounts it leaves."""
_ROLE = Qt.ItemDataRole.UserRole
_HEIGHT, _SHOWN, _PAD = 28, 8, 8


class OfferList(QListView):
    """`taken(Offer)` is emitted for a click; the keyboard stays in the field above."""

    taken = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Drawing(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(self.tr("What can come next"))
        self.setMouseTracking(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewport().setAutoFillBackground(False)
        self.clicked.connect(lambda index: self.taken.emit(index.data(_ROLE)[0]))

    def row_height(self) -> int:
        """The height of one line at the present size of the font."""
        return max(_HEIGHT, self.fontMetrics().height() + 10)

    def show_offers(self, rows: Sequence[Row], *, choose: bool) -> None:
        """Show these, the first chosen where it is wanted; the place of the same ones stays."""
        same = [row[0] for row in rows] == [row[0] for row in self._rows.rows]
        chosen = self.currentIndex().row() if same else (0 if choose and rows else -1)
        self._rows.show_rows(rows)
        self.setFixedHeight(_SHOWN * self.row_height() if rows else 0)
        if chosen >= 0:
            self.setCurrentIndex(self._rows.index(chosen))
        if not same:
            self.scrollToTop()

    def move_choice(self, by: int) -> None:
        """Choose the next or the one before, going round."""
        count = self._rows.rowCount()
        if count:
            now = self.currentIndex().row()
            place = (now + by) % count if now >= 0 else (0 if by > 0 else count - 1)
            self.setCurrentIndex(self._rows.index(place))

    def choice(self) -> Offer | None:
        """The offer chosen."""
        index = self.currentIndex()
        return index.data(_ROLE)[0] if index.isValid() else None

    def texts(self) -> list[str]:
        """What is offered, as it is read out."""
        role = Qt.ItemDataRole.AccessibleTextRole
        return [str(self._rows.index(at).data(role)) for at in range(self._rows.rowCount())]


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: Sequence[Row]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        _, words, written, count = row
        if role == _ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(p for p in (words, written, _count(count)) if p)
        return None


class _Drawing(QStyledItemDelegate):
    """Words on the left, how many accounts on the right."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        view = self.parent()
        return QSize(100, view.row_height() if isinstance(view, OfferList) else _HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        _, words, written, count = index.data(_ROLE)
        look, box = theme_of(option.palette), QRectF(option.rect)
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & (QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_MouseOver):
            chosen = bool(state & QStyle.StateFlag.State_Selected)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(look.colour("selected" if chosen else "hover"))
            painter.drawRoundedRect(box.adjusted(0, 1, 0, -1), 6, 6)
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        right = middle | int(Qt.AlignmentFlag.AlignRight)
        painter.setFont(font(12))
        painter.setPen(look.colour("text3"))
        grey = _count(count) or (written if written.casefold() != words.casefold() else "")
        painter.drawText(inner, right, grey)
        room = inner.adjusted(0, 0, -QFontMetrics(font(12)).horizontalAdvance(grey) - 12, 0)
        painter.setFont(font(13))
        painter.setPen(look.colour("text"))
        metrics = QFontMetrics(font(13))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, middle, shown)
        painter.restore()


def _count(count: int | None) -> str:
    return "" if count is None else number(count)
