"""Prints a document to PDF on A4 pages, in the light look, with a banner and page numbers."""

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
)

from csplanner.paint.document import (
    Bars,
    Document,
    Facts,
    Grid,
    GridColumn,
    Items,
    Lines,
    Marked,
    Paragraph,
    Part,
    Section,
)
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import theme

_DPI = 1200
_UNIT = 96
"""Everything below is in 96ths of an inch."""
_WIDTH, _HEIGHT = 793.7, 1122.5
_SIDE, _TOP, _BOTTOM = 56.0, 64.0, 64.0
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
_TONES = {"body": (11, REGULAR, "text"), "strong": (11, SEMIBOLD, "text"),
          "quiet": (11, REGULAR, "text2")}  # fmt: skip
_CELL_GAP = 10.0


def print_document(document: Document) -> bytes:
    """The PDF of `document`; fonts are loaded by an application of its own where none runs."""
    application = _application()
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    writer.setPageLayout(
        QPageLayout(
            QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()
        )
    )
    writer.setTitle(document.title)
    writer.setCreator("csplanner")
    if hasattr(writer, "setAuthor"):  # Qt 6.9
        writer.setAuthor(document.author)
    painter = QPainter(writer)
    try:
        painter.scale(_DPI / _UNIT, _DPI / _UNIT)
        _Sheet(painter, writer, document).draw()
    finally:
        painter.end()
    buffer.close()
    del application
    return bytes(content.data())


def _application() -> QGuiApplication | None:
    """An application without a screen, needed for fonts; None where one runs already."""
    if QGuiApplication.instance() is not None:
        return None
    if sys.platform == "linux" and not os.environ.get("QT_QPA_PLATFORM"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(["csplanner"])


class _Sheet:
    """The page being drawn and how far down it is filled."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, document: Document) -> None:
        self.painter = painter
        self.writer = writer
        self.document = document
        self.look = theme("light")
        self.page = 0
        self.y = _TOP
        self.width = _WIDTH - 2 * _SIDE

    def draw(self) -> None:
        """Draw everything, page after page."""
        self._begin_page()
        self.text(self.document.title, size=20, weight=SEMIBOLD)
        self.text(self.document.subtitle, size=12, colour="text2")
        self.y += 8
        for section in self.document.sections:
            self._section(section)

    def _begin_page(self) -> None:
        if self.page:
            self.writer.newPage()
        self.page += 1
        self.y = _TOP
        self.painter.setFont(font(11, SEMIBOLD))
        self.painter.setPen(self._colour("risk-ink"))
        top = QRectF(_SIDE, 32, self.width, 16)
        self.painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), self.document.banner)
        foot = QRectF(_SIDE, _HEIGHT - 44, self.width, 16)
        self.painter.setFont(font(11))
        self.painter.setPen(self._colour("text2"))
        self.painter.drawText(foot, int(Qt.AlignmentFlag.AlignLeft), self.document.title)
        self.painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), f"Page {self.page}")

    def _colour(self, token: str) -> QColor:
        return self.look.colour(token)

    def room(self, needed: float) -> bool:
        """Turn the page where less than `needed` is left; True when it did."""
        if self.y + needed <= _HEIGHT - _BOTTOM:
            return False
        self._begin_page()
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
        self.painter.setPen(self._colour(colour))
        self.painter.drawText(QRectF(_SIDE + indent, self.y, width, height + 2), _WRAP, text)
        self.y += height + 4

    def _section(self, section: Section) -> None:
        self.room(76)
        self.y += 10
        self.painter.setPen(QPen(self._colour("line"), 0.8))
        self.painter.drawLine(QPointF(_SIDE, self.y), QPointF(_SIDE + self.width, self.y))
        self.y += 8
        self.text(section.title, size=15, weight=SEMIBOLD)
        self.y += 2
        for part in section.parts:
            _DRAW[type(part)](self, part)
            self.y += 4


def _paragraph(sheet: _Sheet, part: Paragraph) -> None:
    size, weight, colour = _TONES[part.tone]
    if part.tone == "strong":
        sheet.room(44)  # never alone at the foot of a page
    sheet.text(part.text, size=size, weight=weight, colour=colour)


def _marked(sheet: _Sheet, part: Marked) -> None:
    sheet.room(40)
    box = QRectF(_SIDE, sheet.y, 16, 16)
    draw_mark(sheet.painter, box, band=part.band, theme=sheet.look, form=part.form)
    sheet.text(part.text, size=12, weight=SEMIBOLD, indent=24)
    if part.detail:
        sheet.text(part.detail, colour="text2", indent=24)


def _facts(sheet: _Sheet, part: Facts) -> None:
    half = (sheet.width - 24) / 2
    name_width = 118.0
    faces = font(11), font(11, MEDIUM)
    for at in range(0, len(part.pairs), 2):
        row = part.pairs[at : at + 2]
        heights = [
            max(
                sheet.height_of(name, name_width - 8, faces[0]),
                sheet.height_of(value, half - name_width, faces[1]),
            )
            for name, value in row
        ]
        sheet.room(max(heights) + 4)
        for column, (name, value) in enumerate(row):
            left = _SIDE + column * (half + 24)
            _cell(sheet, QRectF(left, sheet.y, name_width - 8, max(heights)), name, faces[0])
            _cell(
                sheet,
                QRectF(left + name_width, sheet.y, half - name_width, max(heights)),
                value,
                faces[1],
                colour="text",
            )
        sheet.y += max(heights) + 4


def _cell(sheet: _Sheet, box: QRectF, text: str, face: QFont, *, colour: str = "text2") -> None:
    sheet.painter.setFont(face)
    sheet.painter.setPen(sheet.look.colour(colour))
    sheet.painter.drawText(box.adjusted(0, 0, 0, 2), _WRAP, text)


def _grid(sheet: _Sheet, part: Grid) -> None:
    total = sum(c.share for c in part.columns)
    widths = [sheet.width * c.share / total for c in part.columns]
    _grid_heading(sheet, part.columns, widths)
    for row in part.rows:
        faces = [font(11, MEDIUM if n == 0 else REGULAR) for n in range(len(row))]
        height = max(
            sheet.height_of(text, width - _CELL_GAP, face)
            for text, width, face in zip(row, widths, faces, strict=True)
        )
        if sheet.room(height + 8):
            _grid_heading(sheet, part.columns, widths)
        left = _SIDE
        for text, width, face in zip(row, widths, faces, strict=True):
            _cell(sheet, QRectF(left, sheet.y, width - _CELL_GAP, height), text, face,
                  colour="text")  # fmt: skip
            left += width
        sheet.y += height + 3
        sheet.painter.setPen(QPen(sheet.look.colour("hair"), 0.7))
        sheet.painter.drawLine(QPointF(_SIDE, sheet.y), QPointF(_SIDE + sheet.width, sheet.y))
        sheet.y += 3


def _grid_heading(sheet: _Sheet, columns: tuple[GridColumn, ...], widths: list[float]) -> None:
    sheet.room(48)
    left = _SIDE
    for column, width in zip(columns, widths, strict=True):
        box = QRectF(left, sheet.y, width - _CELL_GAP, 15)
        _cell(sheet, box, column.title, font(11, SEMIBOLD))
        left += width
    sheet.y += 17
    sheet.painter.setPen(QPen(sheet.look.colour("control"), 0.8))
    sheet.painter.drawLine(QPointF(_SIDE, sheet.y), QPointF(_SIDE + sheet.width, sheet.y))
    sheet.y += 4


def _bars(sheet: _Sheet, part: Bars) -> None:
    widest = max((b.most for b in part.bars), default=1.0) or 1.0
    for bar in part.bars:
        detail_height = sheet.height_of(bar.detail, sheet.width - 330, font(11))
        height = max(18.0, detail_height + 3)
        sheet.room(height)
        _cell(sheet, QRectF(_SIDE, sheet.y, 96, 16), bar.title, font(11, MEDIUM), colour="text")
        track = QRectF(_SIDE + 100, sheet.y + 3, 120 * bar.most / widest, 9)
        sheet.painter.setPen(QPen(sheet.look.colour("control"), 0.7))
        sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
        if bar.points is None:
            sheet.painter.setPen(QPen(sheet.look.colour("control"), 0.8, Qt.PenStyle.DashLine))
            track.setWidth(60)
        sheet.painter.drawRect(track)
        if bar.points:
            filled = QRectF(track)
            filled.setWidth(track.width() * min(1.0, bar.points / bar.most) if bar.most else 0)
            sheet.painter.fillRect(filled, sheet.look.colour("accent"))
        words = "unknown" if bar.points is None else f"{bar.points:.0f} of {bar.most:.0f}"
        _cell(sheet, QRectF(_SIDE + 232, sheet.y, 80, 16), words, font(11), colour="text")
        rest = QRectF(_SIDE + 318, sheet.y, sheet.width - 318, detail_height)
        _cell(sheet, rest, bar.detail, font(11))
        sheet.y += height


def _items(sheet: _Sheet, part: Items) -> None:
    for number, item in enumerate(part.items, 1):
        sheet.room(18)
        if part.box:
            sheet.painter.setPen(QPen(sheet.look.colour("control"), 1))
            sheet.painter.setBrush(Qt.BrushStyle.NoBrush)
            sheet.painter.drawRect(QRectF(_SIDE + 1, sheet.y + 2, 10, 10))
        else:
            _cell(sheet, QRectF(_SIDE, sheet.y, 20, 15), f"{number}.", font(11))
        sheet.text(item, indent=20)


def _lines(sheet: _Sheet, part: Lines) -> None:
    sheet.room(18 + 26 * part.count)
    sheet.text(part.label, weight=MEDIUM)
    sheet.painter.setPen(QPen(sheet.look.colour("control"), 0.6))
    for _ in range(part.count):
        sheet.y += 22
        sheet.painter.drawLine(QPointF(_SIDE, sheet.y), QPointF(_SIDE + sheet.width, sheet.y))
    sheet.y += 6


_DRAW: dict[type[Part], Callable[..., None]] = {
    Paragraph: _paragraph,
    Marked: _marked,
    Facts: _facts,
    Grid: _grid,
    Bars: _bars,
    Items: _items,
    Lines: _lines,
}
