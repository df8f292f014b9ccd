"""The page being printed: how far down it is filled, when it is turned, how text is set on it."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPdfWriter, QPen

from csplanner.paint.document import Document
from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import theme

SIDE = 56.0
_WIDTH, _HEIGHT = 793.7, 1122.5
"""A4 in 96ths of an inch, as is everything here."""
_TOP, _BOTTOM = 64.0, 64.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


class Sheet:
    """The page being drawn and how far down it is filled."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, document: Document) -> None:
        self.painter = painter
        self.writer = writer
        self.document = document
        self.look = theme("light")
        self.page = 0
        self.y = _TOP
        self.width = _WIDTH - 2 * SIDE

    def begin_page(self) -> None:
        """Turn to a new page with the banner above and its number below."""
        if self.page:
            self.writer.newPage()
        self.page += 1
        self.y = _TOP
        self.painter.setFont(font(11, SEMIBOLD))
        self.painter.setPen(self.colour("risk-ink"))
        top = QRectF(SIDE, 32, self.width, 16)
        self.painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), self.document.banner)
        foot = QRectF(SIDE, _HEIGHT - 44, self.width, 16)
        self.painter.setFont(font(11))
        self.painter.setPen(self.colour("text2"))
        self.painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.document.title)
        self.painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), f"Page {self.page}")

    def colour(self, token: str) -> QColor:
        """The colour of a token in the look that is printed."""
        return self.look.colour(token)

    def room(self, needed: float) -> bool:
        """Turn the page where less than `needed` is left; True when it did.

        A fresh page is never left empty, whatever is asked for.
        """
        if self.y <= _TOP or self.y + needed <= _HEIGHT - _BOTTOM:
            return False
        self.begin_page()
        return True

    def height_of(self, text: str, width: float, face: QFont) -> float:
        """How high `text` gets in `width`."""
        box = QFontMetricsF(face).boundingRect(QRectF(0, 0, width, 1e6), _WRAP, text)
        return box.height()

    def text(
        self,
        text: str,
        *,
        size: int = 11,
        weight: int = REGULAR,
        colour: str = "text",
        indent: float = 0.0,
    ) -> None:
        """Wrapped text at the present height; long text runs on over pages line by line."""
        face = font(size, weight)
        width = self.width - indent
        height = self.height_of(text, width, face)
        if height > _HEIGHT - _TOP - _BOTTOM:
            text = text[: int(len(text) * (_HEIGHT - _TOP - _BOTTOM) / height * 0.9)] + "…"
            height = self.height_of(text, width, face)
        self.room(height)
        self.painter.setFont(face)
        self.painter.setPen(self.colour(colour))
        self.painter.drawText(QRectF(SIDE + indent, self.y, width, height + 2), _WRAP, text)
        self.y += height + 4

    def cell(self, box: QRectF, text: str, face: QFont, *, colour: str = "text2") -> None:
        """Wrapped text in `box`, wherever the page stands."""
        self.painter.setFont(face)
        self.painter.setPen(self.colour(colour))
        self.painter.drawText(box.adjusted(0, 0, 0, 2), _WRAP, text)

    def line(self, colour: str, width: float) -> None:
        """A line across the page at the present height."""
        self.painter.setPen(QPen(self.colour(colour), width))
        self.painter.drawLine(QPointF(SIDE, self.y), QPointF(SIDE + self.width, self.y))
