"""A field that shows in grey how what is typed goes on."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.domain.likeness import plain
from csplanner.ui.look import colour_of


class GhostField(QLineEdit):
    """A line edit; the grey rest is taken with the right arrow or End at the end of the text."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = ""
        self.setProperty("bare", True)
        self.setProperty("ownFocus", True)

    def suggest(self, whole: str) -> None:
        """Show how the text goes on to `whole`, when that begins with it; empty for nothing."""
        self._whole = whole
        self.setAccessibleDescription(self.tr("Goes on: {0}").format(whole) if self.rest else "")
        self.update()

    @property
    def rest(self) -> str:
        """What would be added to the text."""
        typed = self.text()
        same = len(self._whole) > len(typed) and plain(self._whole[: len(typed)]) == plain(typed)
        return self._whole[len(typed) :] if typed and same else ""

    def take_rest(self) -> bool:
        """Add the grey rest; False when there is none or the cursor is not at the end."""
        at_end = self.cursorPosition() == len(self.text()) and not self.hasSelectedText()
        if not (at_end and self.rest):
            return False
        self.setText(self._whole)
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        taking = event.key() in (Qt.Key.Key_Right, Qt.Key.Key_End)
        bare = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if taking and bare and self.take_rest():
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        rest = self.rest
        if not rest or self.cursorPosition() != len(self.text()):
            return
        with QPainter(self) as painter:
            metrics = self.fontMetrics()
            room = self.contentsRect()
            left = self.cursorRect().center().x() + 1
            painter.setFont(self.font())
            painter.setPen(colour_of(self, "text3"))
            shown = metrics.elidedText(rest, Qt.TextElideMode.ElideRight, room.right() - left)
            middle = room.center().y() + 1 + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(left, middle), shown)
