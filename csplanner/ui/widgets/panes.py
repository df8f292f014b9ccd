"""Panes: parts of a page separated by hairlines, with a title row; and inspector sections."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from csplanner.language import tr
from csplanner.paint.fonts import REGULAR, SEMIBOLD
from csplanner.ui.look import colour_of
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel

TITLE_HEIGHT = 38
PADDING = 16


class Ground(QWidget):
    """A widget filled with one colour token, with hairlines on the sides named."""

    def __init__(
        self, token: str = "surface", parent: QWidget | None = None, *, lines: str = ""
    ) -> None:
        """Fill with `token`; `lines` holds the sides with a hairline: any of t, r, b, l."""
        super().__init__(parent)
        self._token, self._lines = token, lines

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = self.rect()
            painter.fillRect(rect, colour_of(self, self._token))
            painter.setPen(colour_of(self, "hair"))
            edges = {
                "t": (rect.topLeft(), rect.topRight()),
                "r": (rect.topRight(), rect.bottomRight()),
                "b": (rect.bottomLeft(), rect.bottomRight()),
                "l": (rect.topLeft(), rect.bottomLeft()),
            }
            for side in self._lines:
                painter.drawLine(*edges[side])


class Hairline(QWidget):
    """A 1 px line between two parts, horizontal unless told otherwise."""

    def __init__(self, parent: QWidget | None = None, *, vertical: bool = False) -> None:
        super().__init__(parent)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), colour_of(self, "hair"))


class Pane(Ground):
    """A titled part of a page: a 38 px title row, then `body`, a layout to fill."""

    def __init__(
        self,
        title: str,
        parent: QWidget | None = None,
        *,
        note: str = "",
        token: str = "surface",
        padded: bool = True,
    ) -> None:
        """Show `title` with a grey `note` beside it; `padded` insets the body by 16 px."""
        super().__init__(token, parent)
        self.setAccessibleName(title)
        self._title = PlainLabel(title, weight=SEMIBOLD)
        self._title_note = ElidedLabel(note, px=12, colour="text3")
        # As wide as its words, and less where the verbs beside it need the room.
        self._title_note.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.title_row = QHBoxLayout()
        self.title_row.setContentsMargins(PADDING, 0, PADDING, 0)
        self.title_row.setSpacing(8)
        self.title_row.addWidget(self._title)
        self.title_row.addWidget(self._title_note)
        self.title_row.addStretch(1)
        head = QWidget(self)
        head.setFixedHeight(TITLE_HEIGHT)
        head.setLayout(self.title_row)
        self.body = QVBoxLayout()
        inset = PADDING if padded else 0
        self.body.setContentsMargins(inset, 0, inset, inset)
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(head)
        column.addLayout(self.body, 1)

    def set_title(self, title: str, note: str = "") -> None:
        """Change the title and the grey note beside it."""
        self._title.setText(title)
        self._title_note.setText(note)
        self.setAccessibleName(title)

    def add_action(self, widget: QWidget) -> None:
        """Put a button or chip at the right end of the title row."""
        self.title_row.addWidget(widget)


class Scroll(QScrollArea):
    """A part that scrolls down, and sideways only where not even its narrowest form fits; it shows
    the ground below it.
    """

    def __init__(
        self, content: QWidget, parent: QWidget | None = None, *, sideways: bool = True
    ) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        if not sideways:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)


class Inspector(Ground):
    """What explains the selection: a title, sections that scroll, and actions at its foot."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__("window", parent)
        self.setAccessibleName(tr("Inspector"))
        self._title = PlainLabel(title, px=15, weight=SEMIBOLD)
        self._title.setWordWrap(True)
        inner = QWidget()
        # Where words of a language are longer, a row gives way, not the edge of all rows.
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(PADDING, 14, PADDING, PADDING)
        self._column.setSpacing(12)
        self._column.addWidget(self._title)
        self._column.addStretch(1)
        self._foot = Ground("window", lines="t")
        self._actions = QHBoxLayout(self._foot)
        self._actions.setContentsMargins(PADDING, 12, PADDING, 12)
        self._actions.setSpacing(8)
        self._foot.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Scroll(inner, sideways=False), 1)
        column.addWidget(self._foot)

    def set_title(self, title: str) -> None:
        """Change the title."""
        self._title.setText(title)

    def add_widget(self, widget: QWidget) -> None:
        """Add a widget below what is there."""
        self._column.insertWidget(self._column.count() - 1, widget)

    def add_section(self, title: str, note: str = "") -> QVBoxLayout:
        """Add a hairline and a titled section; return the layout of its body."""
        self.add_widget(Hairline())
        section = Section(title, note=note)
        self.add_widget(section)
        return section.body

    def add_action(self, button: QWidget) -> None:
        """Add a button to the foot, the primary one first."""
        self._actions.addWidget(button)
        self._foot.show()

    def clear(self) -> None:
        """Take away every section and action, keeping the title."""
        for layout, first in ((self._column, 1), (self._actions, 0)):
            for index in reversed(range(first, layout.count())):
                item = layout.itemAt(index)
                widget = item.widget() if item is not None else None
                if widget is not None:
                    layout.removeWidget(widget)
                    widget.hide()
                    widget.deleteLater()
        self._foot.hide()


class Section(QWidget):
    """A small title with a grey note, and a `body` layout below it."""

    def __init__(self, title: str, parent: QWidget | None = None, *, note: str = "") -> None:
        super().__init__(parent)
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(PlainLabel(title, weight=SEMIBOLD))
        head.addStretch(1)
        if note:
            head.addWidget(PlainLabel(note, px=12, weight=REGULAR, colour="text3"))
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addLayout(self.body)
