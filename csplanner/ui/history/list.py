"""The list of changes: one line each, with its keys."""

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyleOption,
    QStyleOptionViewItem,
    QWidget,
)

from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.history.model import HistoryModel
from csplanner.ui.history.rows import Heading, Row
from csplanner.ui.look import row_height, theme_of
from csplanner.ui.widgets.headed_list import HeadedDelegate, Index, draw_text
from csplanner.ui.widgets.panes import Ground

ROW_HEIGHT, HEAD_HEIGHT = 34, 28
_EDGE, _TIME, _ICON, _GAP = 16, 44, 24, 16
_NARROW = 720


class Places:
    """Where the columns of a line stand in a width: time, kind, what, account, touched."""

    def __init__(self, width: int) -> None:
        left = _EDGE + _TIME + 12
        self.icon = left
        self.label = left + _ICON
        self.has_accounts = width >= _NARROW
        touched = 192
        accounts = round(min(280, width * 0.22)) if self.has_accounts else 0
        self.touched_right = width - _EDGE
        self.touched_left = width - _EDGE - touched
        self.account = self.touched_left - _GAP - accounts
        self.account_width = accounts
        end = self.account if self.has_accounts else self.touched_left
        self.label_width = max(80, end - _GAP - self.label)


class HistoryHead(Ground):
    """The names of the columns of a list, over which they stand."""

    def __init__(self, over: QListView, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self._over = over
        over.verticalScrollBar().rangeChanged.connect(lambda *_: self.update())
        self.setFixedHeight(HEAD_HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            theme, places = theme_of(self), Places(self._over.viewport().width())
            height = self.height()
            draw_text(painter, QRectF(_EDGE, 0, _TIME, height), self.tr("Time"), theme, "text3",
                  px=12, weight=MEDIUM)  # fmt: skip
            room = QRectF(places.label, 0, places.label_width, height)
            draw_text(painter, room, self.tr("What"), theme, "text3", px=12, weight=MEDIUM)
            if places.has_accounts:
                room = QRectF(places.account, 0, places.account_width, height)
                draw_text(painter, room, self.tr("Account"), theme, "text3", px=12, weight=MEDIUM)
            room = QRectF(
                places.touched_left, 0, places.touched_right - places.touched_left, height
            )
            draw_text(painter, room, self.tr("Touched"), theme, "text3", px=12, weight=MEDIUM,
                  right=True)  # fmt: skip


class HistoryList(QListView):
    """Shows a HistoryModel; `chosen` says which row is current, `asked` what is wanted of it:
    open, back, copy or the oldest change.
    """

    chosen = Signal(object)
    asked = Signal(str)

    def __init__(self, model: HistoryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(HistoryDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Changes"))
        self.setProperty("ownFocus", True)
        self.doubleClicked.connect(lambda _index: self.asked.emit("open"))

    def fit_rows(self) -> None:
        """Give rows the height asked for."""
        self.scheduleDelayedItemsLayout()

    def current_row(self) -> Row | None:
        """Return the row that is current."""
        return self._rows.row_at(self.currentIndex())

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        self.chosen.emit(self._rows.row_at(current))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if event.matches(QKeySequence.StandardKey.Copy):
            self.asked.emit("copy")
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit("open")
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.asked.emit("back")
        elif key == Qt.Key.Key_End and self._rows.canFetchMore(QModelIndex()):
            self.asked.emit("oldest")
        else:
            super().keyPressEvent(event)


class HistoryDelegate(HeadedDelegate[Heading, Row]):
    """Draws headings and rows; a change that is not in force is written in grey."""

    row_kind = Row

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(320, max(row_height(ROW_HEIGHT), option.fontMetrics.height() + 12))

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
        room = QRectF(rect).adjusted(_EDGE, 0, -_EDGE, 0)
        draw_text(painter, room, heading.title, theme, "text", px=12, weight=MEDIUM)

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: Row, theme: Theme
    ) -> None:
        _draw_focus(painter, option)
        _draw_row(painter, option.rect, row, theme)

    def tip(self, row: Row, _rect: QRect, _pos: QPoint) -> str:
        parts = (row.label, row.accounts, row.counted, row.chip)
        return "\n".join(part for part in parts if part)


def _draw_focus(painter: QPainter, option: QStyleOptionViewItem) -> None:
    if option.state & QStyle.StateFlag.State_HasFocus and option.widget is not None:
        ring = QStyleOption()
        ring.initFrom(option.widget)
        ring.rect = option.rect.adjusted(0, 0, 0, -1)
        element = QStyle.PrimitiveElement.PE_FrameFocusRect
        option.widget.style().drawPrimitive(element, ring, painter, option.widget)


def _draw_row(painter: QPainter, rect: QRect, row: Row, theme: Theme) -> None:
    places = Places(rect.width())
    left, top, height = rect.left(), rect.top(), rect.height() - 1
    quiet = "text" if row.is_in_force else "text3"
    draw_text(painter, QRectF(left + _EDGE, top, _TIME, height), row.time, theme, "text3", px=12)
    box = QRectF(left + places.icon, top, 16, height)
    draw_icon(painter, box, name=row.icon, colour=theme.colour("text2"), px=16)
    room = QRectF(left + places.label, top, places.label_width, height)
    if row.chip:
        size = chip_size(row.chip, row.chip_kind)
        free = room.width() - size.width() - 8
        width = min(QFontMetricsF(font(13, MEDIUM)).horizontalAdvance(row.label), free)
        place = QRectF(room.left() + width + 8, top + (height - size.height()) / 2,
                       size.width(), size.height())  # fmt: skip
        draw_chip(painter, place, text=row.chip, theme=theme, kind=row.chip_kind)
        room.setWidth(free)
    draw_text(painter, room, row.label, theme, quiet, weight=MEDIUM)
    if places.has_accounts:
        room = QRectF(left + places.account, top, places.account_width, height)
        draw_text(painter, room, row.accounts, theme, "text2")
    room = QRectF(
        left + places.touched_left, top, places.touched_right - places.touched_left, height
    )
    draw_text(painter, room, row.counted, theme, "text2", right=True)
