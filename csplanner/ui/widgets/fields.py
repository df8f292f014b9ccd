"""A field with its label above and, when something is wrong, what to do below."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csplanner.paint.icons import draw_icon
from csplanner.ui.look import colour_of
from csplanner.ui.style_drawing import INVALID
from csplanner.ui.widgets.labels import PlainLabel

_SIDE, _ICON, _GAP = 2, 14, 4


class IconLabel(QWidget):
    """An icon that stands beside words; screen readers skip it."""

    def __init__(
        self, icon: str, parent: QWidget | None = None, *, colour: str = "text2", px: int = 16
    ) -> None:
        super().__init__(parent)
        self._icon, self._colour, self._px = icon, colour, px
        self.setFixedSize(px, px)

    def show_icon(self, icon: str, colour: str | None = None) -> None:
        """Change the icon, and its colour token when given."""
        self._icon, self._colour = icon, colour or self._colour
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            ink = colour_of(self, self._colour)
            draw_icon(painter, self.rect().toRectF(), name=self._icon, colour=ink, px=self._px)


class Field(QWidget):
    """A labelled input; `show_error` keeps what was typed and says what to do about it."""

    def __init__(
        self, label: str, field: QWidget | None = None, parent: QWidget | None = None
    ) -> None:
        """Hold `field`, or a new line edit; `label` is its buddy and gives its accessible name."""
        super().__init__(parent)
        self.field = field or QLineEdit(self)
        caption = PlainLabel(label, self, px=12, colour="text2")
        caption.setBuddy(self.field)
        self.field.setAccessibleName(label)
        self._error = PlainLabel("", px=12, colour="risk-ink")
        self._error.setWordWrap(True)
        self._line = QWidget(self)
        row = QHBoxLayout(self._line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP)
        row.addWidget(
            IconLabel("circle-alert", colour="risk-ink", px=_ICON),
            alignment=Qt.AlignmentFlag.AlignTop,
        )
        row.addWidget(self._error, 1)
        self._line.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(_SIDE, 0, _SIDE, 2)
        column.setSpacing(4)
        for part in (caption, self.field, self._line):
            column.addWidget(part)

    @property
    def error(self) -> str:
        """The sentence shown below the field, or nothing."""
        return self._error.text()

    def show_error(self, sentence: str) -> None:
        """Mark the field as wrong and say what to do; an empty sentence clears it."""
        self._error.setText(sentence)
        self._line.setVisible(bool(sentence))
        self.field.setProperty(INVALID, bool(sentence))
        self.field.setAccessibleDescription(sentence)
        self.field.update()
        self._make_room()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hold the height of the whole sentence, so that the field above keeps its own."""
        room = max(80, self.width() - 2 * _SIDE - _ICON - _GAP)
        self._line.setFixedHeight(max(_ICON, self._error.heightForWidth(room)))
        self.setMinimumHeight(self.minimumSizeHint().height() if self.error else 0)
        self.updateGeometry()


class SearchField(QLineEdit):
    """A field with a magnifying glass that filters what is below it."""

    def __init__(self, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setClearButtonEnabled(True)
        self.setTextMargins(22, 0, 0, 0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears what was typed; of an empty field the page knows where it leads."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        with QPainter(self) as painter:
            slot = self.rect().toRectF()
            slot.setLeft(8)
            slot.setWidth(16)
            draw_icon(painter, slot, name="search", colour=colour_of(self, "text3"), px=14)
