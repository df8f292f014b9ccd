"""The health mark: shape, letter and colour together say how an account fares and how we know."""

from collections.abc import Mapping
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from csplanner.language import Spoken, noted, tr
from csplanner.paint.fonts import SEMIBOLD, font
from csplanner.paint.tokens import Theme

Band = Literal["good", "watch", "risk", "none"]
Form = Literal["filled", "hollow", "dashed"]

LETTERS: dict[str, str] = {"good": "G", "watch": "W", "risk": "R", "none": "?"}
WORDS: Mapping[str, str] = Spoken(
    {
        "good": noted("good"),
        "watch": noted("watch"),
        "risk": noted("at risk"),
        "none": noted("unknown"),
    }
)
HIDDEN = "hidden"
"""The band of a judgement that is there and not shown: three dots in its place."""
SIZES = (12, 14, 16, 18, 20)
_SMALLEST_WITH_LETTER = 14


def draw_mark(
    painter: QPainter, rect: QRectF, *, band: str, theme: Theme, form: str = "filled"
) -> None:
    """Draw a health mark in the middle of `rect`, as large as its shorter side.

    Filled is measured, hollow is judged, dashed is missing; the band `none` is always dashed.
    """
    size = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center())
    if band == HIDDEN:
        _draw_cover(painter, size, theme)
        painter.restore()
        return
    dashed = form == "dashed" or band == "none"
    hollow = dashed or form == "hollow"
    painter.setPen(_outline(theme, band=band, size=size, hollow=hollow, dashed=dashed))
    painter.setBrush(Qt.BrushStyle.NoBrush if hollow else theme.colour(band))
    _draw_shape(painter, band=band, size=size, inset=painter.pen().widthF() / 2)
    if size >= _SMALLEST_WITH_LETTER:
        painter.setPen(theme.colour(f"{band}-ink" if hollow else f"on-{band}"))
        _draw_letter(painter, band, size)
    painter.restore()


def mark_words(band: str, form: str = "filled") -> str:
    """Return the mark in words, for accessible names: `good`, `your judgement: at risk`."""
    word = WORDS.get(band, HIDDEN)
    is_yours = form == "hollow" and band != "none"
    return tr("your judgement: {0}").format(word) if is_yours else word


def _draw_cover(painter: QPainter, size: float, theme: Theme) -> None:
    """Three dots, which are no shape of any band."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("none-ink"))
    for place in (-1, 0, 1):
        painter.drawEllipse(QPointF(place * size * 0.3, 0), size * 0.1, size * 0.1)


def _outline(theme: Theme, *, band: str, size: float, hollow: bool, dashed: bool) -> QPen:
    width = (1.5 if size >= _SMALLEST_WITH_LETTER else 1.3) if hollow else 1.0
    pen = QPen(theme.colour(f"{band}-ink"), width)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    if dashed:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([1.6, 1.4])
    return pen


def _draw_shape(painter: QPainter, *, band: str, size: float, inset: float) -> None:
    half = size / 2 - inset
    if band == "watch":
        reach = half - 0.2
        points = [(0, -reach), (reach, 0), (0, reach), (-reach, 0)]
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    elif band == "risk":
        top, tip = -size * 0.44 + inset, size * 0.47 - inset
        wide = half - inset * 0.6
        painter.drawPolygon(QPolygonF([QPointF(-wide, top), QPointF(wide, top), QPointF(0, tip)]))
    else:
        reach = half - size * 0.02
        painter.drawEllipse(QPointF(0, 0), reach, reach)


def _draw_letter(painter: QPainter, band: str, size: float) -> None:
    px = round(size * (0.46 if band == "risk" else 0.52))
    painter.setFont(font(px, SEMIBOLD))
    lift = size * 0.11 if band == "risk" else 0.0
    path_box = QRectF(-size / 2, -size / 2 - lift, size, size)
    painter.drawText(path_box, int(Qt.AlignmentFlag.AlignCenter), LETTERS[band])
