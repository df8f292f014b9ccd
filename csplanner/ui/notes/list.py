"""The list of notes: first line, how it goes on, and the day; pinned ones first."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyleOptionViewItem, QWidget

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.notes.rows import NoteRow
from csplanner.ui.today.rows import Heading
from csplanner.ui.widgets.headed_list import HeadedDelegate, HeadedModel, Index, draw_text

_HEIGHT, _EDGE, _DAY = 54, 14, 64


class NoteModel(HeadedModel[Heading, NoteRow]):
    """Notes in the order they are shown."""

    row_kind = NoteRow

    def words(self, line: Heading | NoteRow) -> tuple[str, str]:
        return (line.title, line.spoken) if isinstance(line, NoteRow) else ("", "")

    def rows(self) -> list[NoteRow]:
        """Return every note shown."""
        return [line for line in self._lines if isinstance(line, NoteRow)]


class NoteDelegate(HeadedDelegate[Heading, NoteRow]):
    """Draws two lines a note."""

    row_kind = NoteRow

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(240, _HEIGHT)

    def draw_heading(self, painter: QPainter, rect: QRect, heading: Heading, theme: Theme) -> None:
        """Notes have no headings."""

    def draw_row(
        self, painter: QPainter, option: QStyleOptionViewItem, row: NoteRow, theme: Theme
    ) -> None:
        rect = QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -2))
        left, right = rect.left() + _EDGE, rect.right() - _EDGE
        pin = 16.0 if row.note.pinned else 0.0
        if pin:
            box = QRectF(left, rect.top() + 9, 14, 18)
            draw_icon(painter, box, name="pin", colour=theme.colour("text2"), px=12)
        day = QRectF(right - _DAY, rect.top() + 8, _DAY, 20)
        title = QRectF(left + pin, day.top(), day.left() - left - pin - 6, 20)
        draw_text(painter, title, row.title, theme, "text", weight=MEDIUM)
        draw_text(painter, day, row.day, theme, "text2", px=12, right=True)
        rest = QRectF(left, rect.top() + 28, right - left, 18)
        draw_text(painter, rest, row.rest, theme, "text2", px=12)

    def tip(self, row: NoteRow, rect: QRect, pos: QPoint) -> str:
        del rect, pos
        return f"{row.title}\n{row.rest}".strip()


class NoteList(QListView):
    """`chosen(id)` says which note is current, `entered` that it is to be written in."""

    chosen = Signal(str)
    entered = Signal()
    removed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = NoteModel()
        self._is_filling = False
        self.setModel(self._rows)
        self.setItemDelegate(NoteDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("Notes"))
        self.setProperty("ownFocus", True)
        self.doubleClicked.connect(lambda _index: self.entered.emit())

    def rows(self) -> list[NoteRow]:
        """Return the notes shown."""
        return self._rows.rows()

    def show_rows(self, rows: Sequence[NoteRow], current: str) -> None:
        """Show other notes, the one of id `current` chosen where it is among them."""
        self._is_filling = True
        self._rows.replace_lines(rows)
        for place, row in enumerate(rows):
            if row.note.id == current:
                self.setCurrentIndex(self._rows.index(place))
        self._is_filling = False

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:
        super().currentChanged(current, previous)
        row = self._rows.row_at(current)
        if row is not None and not self._is_filling:
            self.chosen.emit(row.note.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2) and self.rows():
            self.entered.emit()
        elif key == Qt.Key.Key_Delete and self.rows():
            self.removed.emit()
        else:
            super().keyPressEvent(event)
