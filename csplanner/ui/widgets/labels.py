"""Labels that show text as it is: never rich text, never a picture, whatever a book contains."""

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csplanner.paint.fonts import REGULAR, font
from csplanner.ui.look import colour_of


class PlainLabel(QLabel):
    """A label in one of the product's sizes, whose ink is a colour token and follows the theme."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 13,
        weight: int = REGULAR,
        colour: str = "text",
    ) -> None:
        super().__init__(text, parent)
        self._colour = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(px, weight))
        self.setForegroundRole(self.foregroundRole())
        self._tint()

    def set_colour(self, token: str) -> None:
        """Change the ink to another colour token."""
        self._colour = token
        self._tint()

    def set_plain_tooltip(self, text: str) -> None:
        """Show `text` while hovered, as it is."""
        set_plain_tooltip(self, text)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        palette = self.palette()
        ink = colour_of(self, self._colour)
        if palette.color(self.foregroundRole()) == ink:
            return
        palette.setColor(palette.ColorGroup.Active, self.foregroundRole(), ink)
        palette.setColor(palette.ColorGroup.Inactive, self.foregroundRole(), ink)
        self.setPalette(palette)


class ElidedLabel(PlainLabel):
    """One line that ends in "…" when there is no room, with the whole text in the tooltip."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 13,
        weight: int = REGULAR,
        colour: str = "text",
    ) -> None:
        super().__init__(text, parent, px=px, weight=weight, colour=colour)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            metrics = QFontMetrics(self.font())
            room = self.contentsRect()
            shown = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
            if (shown != self.text()) != bool(self.toolTip()):
                set_plain_tooltip(self, self.text() if shown != self.text() else "")
            painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Show `text` while the widget is hovered, as it is: Qt guesses rich text otherwise."""
    safe = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    widget.setToolTip(f"<qt>{safe}</qt>" if text else "")
