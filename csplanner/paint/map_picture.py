"""A relationship map as a file of its own: PNG twice as sharp as a screen, SVG whose text is text,
and PDF pages in A4 or A3.
"""

import re
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from csplanner.domain.map_lens import LENS_TITLES
from csplanner.domain.map_model import LineKind
from csplanner.domain.wording import day_in, one_line
from csplanner.language import current, tr, within
from csplanner.paint.cells import text_width
from csplanner.paint.fonts import FAMILIES, REGULAR, SEMIBOLD, font
from csplanner.paint.map_drawing import Drawing, draw_dots, draw_map
from csplanner.paint.map_legend import LEGEND_HEIGHT, Entry, draw_legend, entries, legend_rows
from csplanner.paint.tokens import Theme, theme

MARGIN = 28.0
HEAD = 52.0
_RATIO = 2.0
_LARGEST = 16_000
"""No picture is wider or higher, in pixels: more than programs open."""
_LEAST_WIDTH = 560.0
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What makes a drawing unreadable, and may stand in a name."""
_FACES = ",".join(FAMILIES)
_PACKED = 75
"""Of 100, at which nothing is packed: a little larger in a third of the time."""
_DOTTED = 0.5
"""Pixels to one of the map below which the dots of the ground are left out: nobody sees them."""
_AREA = 60_000_000
"""Nor has it more pixels, which take four bytes each."""


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands above a map, and that it must not reach the customer."""

    title: str
    second: str
    warning: str = ""


def heading(ready: Drawing) -> Heading:
    """Account, map, lens and day of a drawing."""
    shown = ready.shown
    what = one_line(shown.map_name) or tr("Relationship map")
    day = written_day(shown.day)
    if ready.plain:
        return Heading(one_line(shown.account_name), tr("{0}, {1}").format(what, day))
    lens = LENS_TITLES[ready.lens]
    second = tr("{0} as of {1}, {2}").format(what, day, within(lens))
    if ready.other_day is not None:
        later = ready.other_day > shown.day
        told = (
            tr("{0}; tags tell what changed by {1}")
            if later
            else tr("{0}; tags tell what changed since {1}")
        )
        second = told.format(second, written_day(ready.other_day))
    return Heading(one_line(shown.account_name), second, tr("Holds your judgements: for us only"))


def written_day(day: date) -> str:
    """`12 March 2026`."""
    return day_in(current().full_day, day)


def legend_of(ready: Drawing) -> tuple[Entry, ...]:
    """What the legend of a drawing explains."""
    cards = ready.cards.values()
    ties = (line.key for line in ready.lines if line.kind is LineKind.TIE)
    quiet = any(ready.looks[key].dash for key in ties)
    kinds = {line.kind for line in ready.lines}
    return entries(kinds, cards, plain=ready.plain, quiet=quiet)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Where heading, map and legend stand in one picture, in logical pixels."""

    size: tuple[float, float]
    origin: QPointF
    """The map's own units begin here."""
    legend: QRectF


def _sheet(ready: Drawing) -> _Sheet:
    bounds = ready.bounds
    head = heading(ready)
    words = text_width(head.title, (20, SEMIBOLD)) + text_width(head.warning, (12, REGULAR)) + 24
    inner = max(bounds.width(), _LEAST_WIDTH, words)
    rows = len(legend_rows(legend_of(ready), inner))
    high = MARGIN + HEAD + bounds.height() + 16 + rows * LEGEND_HEIGHT + MARGIN - 8
    left = MARGIN + (inner - bounds.width()) / 2
    legend = QRectF(MARGIN, high - MARGIN + 8 - rows * LEGEND_HEIGHT, inner, rows * LEGEND_HEIGHT)
    origin = QPointF(left, MARGIN + HEAD) - bounds.topLeft()
    return _Sheet((inner + 2 * MARGIN, high), origin, legend)


def png(ready: Drawing, *, look: str = "light") -> bytes:
    """The map as a PNG, two pixels to one of the map; less where it would get too large to open."""
    from csplanner.paint.print_document import application

    running = application()
    sheet = _sheet(ready)
    wide, high = sheet.size
    ratio = min(_RATIO, _LARGEST / max(wide, high), (_AREA / (wide * high)) ** 0.5)
    image = QImage(round(wide * ratio), round(high * ratio), QImage.Format.Format_RGB32)
    image.fill(theme(look).colour("canvas"))
    image.setDotsPerMeterX(round(96 * ratio / 0.0254))
    image.setDotsPerMeterY(round(96 * ratio / 0.0254))
    with QPainter(image) as painter:
        painter.scale(ratio, ratio)
        if ratio >= _DOTTED:
            draw_dots(painter, QRectF(0, 0, wide, high), theme(look))
        _draw(painter, ready, sheet, theme(look))
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG", _PACKED)  # type: ignore[call-overload]
    buffer.close()
    del running
    return bytes(content.data())


def svg(ready: Drawing, *, look: str = "light") -> bytes:
    """The map as an SVG: shapes as shapes and text as text, in Inter or what stands in for it."""
    from PySide6.QtSvg import QSvgGenerator

    from csplanner.paint.print_document import application

    running = application()
    sheet = _sheet(ready)
    wide, high = sheet.size
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setResolution(96)
    generator.setSize(QSize(round(wide), round(high)))
    generator.setViewBox(QRectF(0, 0, wide, high))
    head = heading(ready)
    generator.setTitle(head.title)
    generator.setDescription(head.second)
    with QPainter(generator) as painter:
        painter.fillRect(QRectF(0, 0, wide, high), theme(look).colour("canvas"))
        _draw(painter, ready, sheet, theme(look))
    buffer.close()
    del running
    drawn = _NOT_IN_XML.sub("", bytes(content.data()).decode("utf-8", "replace"))
    return drawn.replace(f'="{_FACES}"', f'="{_FACES},Helvetica,Arial,sans-serif"').encode()


def _draw(painter: QPainter, ready: Drawing, sheet: _Sheet, look: Theme) -> None:
    wide = sheet.size[0]
    draw_heading(painter, QRectF(MARGIN, MARGIN - 6, wide - 2 * MARGIN, HEAD), heading(ready), look)
    painter.save()
    painter.translate(sheet.origin)
    draw_map(painter, ready, look)
    painter.restore()
    draw_legend(painter, sheet.legend, legend_of(ready), look)


def draw_heading(painter: QPainter, rect: QRectF, head: Heading, look: Theme) -> None:
    """Draw what stands above a map into `rect`, 52 high."""
    left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
    painter.setFont(font(20, SEMIBOLD))
    painter.setPen(look.colour("text"))
    painter.drawText(rect, left, head.title)
    painter.setFont(font(12, REGULAR))
    painter.setPen(look.colour("text2"))
    painter.drawText(rect.adjusted(0, 28, 0, 0), left, head.second)
    if head.warning:
        painter.setPen(look.colour("risk-ink"))
        right = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        painter.drawText(rect.adjusted(0, 6, 0, 0), right, head.warning)
