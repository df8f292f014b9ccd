"""The note below a cell of the Book: what is wrong, what is asked, or why not."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from csplanner.ui.look import colour_of
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel

_WIDEST = 340


class CellNote(QFrame):
    """One or two lines that stand below a cell: what is wrong, what is asked, or why not."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 6, 10, 6)
        row.setSpacing(6)
        self._icon = IconLabel("circle-alert", px=14)
        self._text = PlainLabel("", px=12)
        self._text.setWordWrap(True)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._text, 1)
        self._edge = "line"
        self.hide()

    @property
    def text(self) -> str:
        """What it says; empty while it is hidden."""
        return self._text.text() if not self.isHidden() else ""

    def say(self, text: str, below: QRect, *, wrong: bool) -> None:
        """Stand below a cell, or above it where there is no room."""
        ink = "risk-ink" if wrong else "text2"
        self._edge = "risk" if wrong else "line"
        self._icon.show_icon("circle-alert" if wrong else "pencil", ink)
        self._text.set_colour(ink if wrong else "text")
        self._text.setText(text)
        self.setAccessibleName(text)
        self.place(below)
        self.show()
        self.raise_()

    def place(self, below: QRect) -> None:
        """Stand below a cell that has moved."""
        over = self.parentWidget()
        assert over is not None
        area = over.rect()
        wide = min(max(below.width(), _WIDEST), area.width() - 8)
        self.setFixedWidth(wide)
        tall = self.heightForWidth(wide) if self.hasHeightForWidth() else self.sizeHint().height()
        top = below.bottom() + 3
        if top + tall > area.bottom():
            top = below.top() - tall - 3
        left = min(max(below.left(), 4), area.right() - wide - 4)
        self.setGeometry(left, top, wide, tall)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(colour_of(self, self._edge))
            painter.setBrush(colour_of(self, "raised"))
            painter.drawRoundedRect(self.rect().toRectF().adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
