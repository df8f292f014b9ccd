"""The list of news: Enter or a click opens the rows behind a line, or unfolds a gathered one."""

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.news.rows import Heading, Line, NewsRow
from csplanner.ui.widgets.headed_list import (
    LINE_ROLE,
    HeadedDelegate,
    HeadedModel,
    Index,
    draw_text,
)

ROW_HEIGHT, HEADING_HEIGHT = 34, 30
_EDGE, _ICON, _ACCOUNT, _INNER, _ARR = 16, 24, 190, 22, 84
_NARROW = 560
"""Below this width an account takes a third of the room."""
_SHARE = 0.28
"""What an account takes of a wide list, so that long names are told apart."""


class NewsModel(HeadedModel[Heading, NewsRow]):
    """Headings and lines of news in the order they are shown."""

    row_kind = NewsRow

    def words(self, line: Line) -> tuple[str, str]:
        if isinstance(line, Heading):
            return line.title, f"{line.title} {line.count}".rstrip()
        return f"{line.account} {line.words}".strip(), line.spoken

    def place_of(self, entry: object) -> int | None:
        """Where the line of an entry stands, None when it is not listed."""
        for place, line in enumerate(self._lines):
            if isinstance(line, NewsRow) and line.entry is entry:
                return place
        return None


class NewsDelegate(HeadedDelegate[Heading, NewsRow]):
    """Draws mark, account, sentence and ARR."""

    row_kind = NewsRow

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        is_heading = isinstance(index.data(LINE_ROLE), Heading)
        return QSize(320, HEADING_HEIGHT if is_heading else ROW_HEIGHT)

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
        room = QRectF(rect).adjusted(_EDGE, 0, -_EDGE, 0)
        draw_text(painter, room, heading.title, theme, "text", px=12, weight=SEMIBOLD)
        draw_text(painter, room, heading.count, theme, "text2", px=12, right=True)

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: NewsRow, theme: Theme
    ) -> None:
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        left = rect.left() + _EDGE + (_INNER if row.is_inner else 0)
        icon = QRectF(left, rect.top(), 18, rect.height())
        draw_icon(painter, icon, name=row.icon, colour=theme.colour(row.ink), px=16)
        left += _ICON
        right = rect.right() - _EDGE
        if row.can_unfold:
            fold = QRectF(right - 16, rect.top(), 16, rect.height())
            name = "chevron-down" if row.is_open else "chevron-right"
            draw_icon(painter, fold, name=name, colour=theme.colour("text2"), px=14)
            right -= 24
        if row.arr:
            room = QRectF(right - _ARR, rect.top(), _ARR, rect.height())
            draw_text(painter, room, row.arr, theme, "text2", px=12, right=True)
            right -= _ARR + 8
        if row.account:
            roomy = max(_ACCOUNT, rect.width() * _SHARE)
            wide = roomy if rect.width() >= _NARROW else rect.width() / 3
            room = QRectF(left, rect.top(), wide, rect.height())
            draw_text(painter, room, row.account, theme, "text", weight=MEDIUM)
            left += wide + 12
        room = QRectF(left, rect.top(), max(0.0, right - left), rect.height())
        draw_text(painter, room, row.words, theme, "text" if row.account else "text2")

    def tip(self, row: NewsRow, rect: QRect, pos: QPoint) -> str:
        del rect, pos
        return "\n".join(filter(None, (row.account, row.words, row.arr)))


class NewsList(QListView):
    """Shows a NewsModel; `chosen` carries the row whose rows are wanted."""

    chosen = Signal(object)

    def __init__(self, model: NewsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.setModel(model)
        self.setItemDelegate(NewsDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("News of the snapshot"))
        self.setProperty("ownFocus", True)

    def current_row(self) -> NewsRow | None:
        """The line that is current."""
        return self._rows.row_at(self.currentIndex())

    def show_lines(self, lines: list[Line]) -> None:
        """Show other lines, keeping the current one."""
        row = self.current_row()
        self._rows.replace_lines(lines)
        kept = self._rows.place_of(row.entry) if row is not None else None
        self.setCurrentIndex(self._rows.nearest(kept or 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row, key = self.current_row(), event.key()
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if row is not None and plain:
            folding = row.can_unfold and (
                (key == Qt.Key.Key_Right and not row.is_open)
                or (key == Qt.Key.Key_Left and row.is_open)
            )
            if folding or key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
                self.chosen.emit(row)
                return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        row = self._rows.row_at(self.indexAt(event.position().toPoint()))
        if event.button() == Qt.MouseButton.LeftButton and row is not None:
            self.chosen.emit(row)
