"""A relationship map on paper: one page where it can be read on one, else an overview and pages."""

import math
from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMarginsF, QPointF, QRectF, Qt
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QPen

from csplanner.domain.map_layout import HIGH, WIDE
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD, font, readable_letters
from csplanner.paint.map_card import Detail
from csplanner.paint.map_drawing import Drawing, draw_map, rect_of
from csplanner.paint.map_legend import LEGEND_HEIGHT, draw_legend, legend_rows
from csplanner.paint.map_picture import HEAD, draw_heading, heading, legend_of
from csplanner.paint.print_document import application
from csplanner.paint.tokens import theme

_DPI = 1200
_UNIT = 96.0
_MARGIN, _FOOT = 38.0, 18.0
_A4, _A3 = (1122.5, 793.7), (1587.4, 1122.5)
"""Landscape, in 96ths of an inch."""
_ON_A4, _ON_A3 = 0.72, 0.62
"""How small a map may get on one page, so that its smallest text stays near 6 points."""
_IN_PARTS = (0.8, 0.77, 0.74, 0.71, 0.68)
"""The scales to try where it takes several pages: the one that needs the fewest."""
_SPARE = 12


@dataclass(frozen=True, slots=True)
class Plan:
    """How a map is laid on paper."""

    page: QPageSize.PageSizeId
    size: tuple[float, float]
    scale: float
    """Of the parts, or of the one page."""
    parts: tuple[QRectF, ...]
    """What each page shows, in the map's own units."""


def plan(ready: Drawing) -> Plan:
    """Choose A4 or A3, one page or several; pages overlap by a card, and each shows
    those that lie on it whole: none is cut in two.
    """
    bounds = ready.bounds
    for page, size, least in (
        (QPageSize.PageSizeId.A4, _A4, _ON_A4),
        (QPageSize.PageSizeId.A3, _A3, _ON_A3),
    ):
        room = _room(ready, size)
        scale = min(1.0, room.width() / bounds.width(), room.height() / bounds.height())
        if scale >= least:
            return Plan(page, size, scale, (bounds,))
    room = _room(ready, _A3)
    tried = [(s, _parts(ready, room.width() / s, room.height() / s)) for s in _IN_PARTS]
    scale, parts = min(tried, key=lambda one: len(one[1]))
    return Plan(QPageSize.PageSizeId.A3, _A3, scale, parts)


def _room(ready: Drawing, size: tuple[float, float]) -> QRectF:
    """Where the map stands on a page."""
    wide = size[0] - 2 * _MARGIN
    rows = len(legend_rows(legend_of(ready), wide))
    top = _MARGIN + HEAD
    return QRectF(_MARGIN, top, wide, size[1] - top - _MARGIN - _FOOT - rows * LEGEND_HEIGHT)


def _parts(ready: Drawing, wide: float, high: float) -> tuple[QRectF, ...]:
    """Pages of that size, each with a card that no page before it shows whole."""
    bounds = ready.bounds
    boxes = [rect_of(r) for key in ready.places.at if (r := ready.places.rect(key)) is not None]
    found: list[QRectF] = []
    for y in _starts(bounds.top(), bounds.bottom(), high, HIGH + _SPARE):
        for x in _starts(bounds.left(), bounds.right(), wide, WIDE + _SPARE):
            part = QRectF(x, y, wide, high)
            left = [box for box in boxes if not part.contains(box)]
            if len(left) < len(boxes):
                found.append(part)
                boxes = left
    return tuple(found)


def _starts(first: float, last: float, size: float, overlap: float) -> list[float]:
    """Where stretches of `size` begin that cover all, evenly, and overlap at least so much."""
    whole = last - first
    if whole <= size:
        return [first]
    steps = math.ceil((whole - size) / (size - overlap))
    return [first + at * (whole - size) / steps for at in range(steps + 1)]


def pdf(ready: Drawing) -> bytes:
    """The PDF of a map with its account, day and legend on every page; text stays text."""
    running = application()
    laid = plan(ready)
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DPI)
    landscape = QPageLayout.Orientation.Landscape
    writer.setPageLayout(QPageLayout(QPageSize(laid.page), landscape, QMarginsF()))
    head = heading(ready)
    writer.setTitle(f"{head.title}: {head.second}")
    writer.setCreator("csplanner")
    painter = QPainter(writer)
    try:
        painter.scale(_DPI / _UNIT, _DPI / _UNIT)
        with readable_letters():
            _Pages(painter, writer, ready, laid).draw()
    finally:
        painter.end()
    buffer.close()
    del running
    return bytes(content.data())


class _Pages:
    """The pages of one map, drawn one after the other."""

    def __init__(self, painter: QPainter, writer: QPdfWriter, ready: Drawing, laid: Plan) -> None:
        self.painter, self.writer, self.ready, self.laid = painter, writer, ready, laid
        self.look = theme("light")
        self.room = _room(ready, laid.size)
        self.count = len(laid.parts) + (len(laid.parts) > 1)
        self.page = 0

    def draw(self) -> None:
        """Draw them all, an overview first where there are several."""
        if len(self.laid.parts) > 1:
            self._begin()
            self._overview()
        for part in self.laid.parts:
            self._begin()
            scale = self.laid.scale
            self._map(part, scale, QPointF(0, 0) if self.count > 1 else self._middle(part, scale))

    def _middle(self, part: QRectF, scale: float) -> QPointF:
        """How far a map smaller than its page moves towards the middle."""
        return QPointF((self.room.width() - part.width() * scale) / 2, 0)

    def _begin(self) -> None:
        if self.page:
            self.writer.newPage()
        self.page += 1
        wide, high = self.laid.size
        top = QRectF(_MARGIN, _MARGIN - 8, wide - 2 * _MARGIN, HEAD)
        draw_heading(self.painter, top, heading(self.ready), self.look)
        legend = QRectF(_MARGIN, self.room.bottom() + 4, self.room.width(), LEGEND_HEIGHT)
        draw_legend(self.painter, legend, legend_of(self.ready), self.look)
        self.painter.setFont(font(11))
        self.painter.setPen(self.look.colour("text2"))
        foot = QRectF(_MARGIN, high - _MARGIN - 4, wide - 2 * _MARGIN, 16)
        said = tr("Page {0} of {1}").format(self.page, self.count)
        self.painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight), said)

    def _map(self, part: QRectF, scale: float, moved: QPointF) -> None:
        painter = self.painter
        painter.save()
        if self.count > 1:
            painter.setClipRect(self.room)
        painter.translate(self.room.topLeft() + moved)
        painter.scale(scale, scale)
        painter.translate(-part.topLeft())
        draw_map(painter, self.ready, self.look, within=part)
        painter.restore()

    def _overview(self) -> None:
        """The whole map on one page, with a numbered frame for each of those that follow."""
        bounds = self.ready.bounds
        scale = min(self.room.width() / bounds.width(), self.room.height() / bounds.height())
        painter = self.painter
        painter.save()
        painter.translate(self.room.topLeft() + self._middle(bounds, scale))
        painter.scale(scale, scale)
        painter.translate(-bounds.topLeft())
        draw_map(painter, self.ready, self.look, detail=Detail.NAME)
        pen = QPen(self.look.colour("accent"), 1.2 / scale, Qt.PenStyle.DashLine)
        for number, part in enumerate(self.laid.parts, 2):
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            frame = part.intersected(bounds)
            painter.drawRect(frame)
            painter.setFont(font(round(13 / scale), SEMIBOLD))
            corner = frame.adjusted(4 / scale, 2 / scale, 0, 0)
            painter.drawText(corner, int(Qt.AlignmentFlag.AlignLeft), str(number))
        painter.restore()
