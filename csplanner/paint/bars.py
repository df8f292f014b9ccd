"""Small measures: coverage dots, touch bar, influence bars, pill bar and the bar of points."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPainterPath, QPen

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.tokens import Theme

COVERAGE_SIZE = (62, 10)
TOUCH_SIZE = (44, 12)
INFLUENCE_LEVELS = 4
_DOT = 10.0
_DOT_STEP = 13.0
_GAP = 1.5


@dataclass(frozen=True)
class Points:
    """One stretch of a bar of points: how many points, and its colour token."""

    points: float
    token: str = "accent"


def draw_coverage(painter: QPainter, rect: QRectF, *, seats: Sequence[str], theme: Theme) -> None:
    """Draw one dot a seat: `in_touch` filled, `quiet` hollow, `nobody` dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    centre = QPointF(rect.left() + _DOT / 2, rect.center().y())
    for seat in seats:
        draw_dot(painter, centre, seat=seat, theme=theme)
        centre += QPointF(_DOT_STEP, 0)
    painter.restore()


def draw_dot(painter: QPainter, centre: QPointF, *, seat: str, theme: Theme) -> None:
    """Draw one coverage dot, 10 px wide, around `centre`."""
    ink = theme.colour("risk" if seat == "nobody" else "text2")
    pen = QPen(ink, 1.4)
    if seat == "nobody":
        pen.setDashPattern([1.4, 1.4])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(ink if seat == "in_touch" else Qt.BrushStyle.NoBrush)
    reach = (_DOT - pen.widthF()) / 2
    painter.drawEllipse(centre, reach, reach)


def draw_touch_bar(
    painter: QPainter, rect: QRectF, *, days: int | None, cadence: int, theme: Theme
) -> None:
    """Draw days since the last touch against the cadence (the tick, two thirds along).

    Red beyond the cadence; an unknown last touch leaves a dashed track.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    track = QRectF(rect.left(), rect.center().y() - 2, rect.width(), 4)
    if days is None:
        pen = QPen(theme.colour("none-ink"), 1.2)
        pen.setDashPattern([2, 2])
        painter.setPen(pen)
        painter.drawLine(QPointF(track.left(), track.center().y()), track.center())
        painter.drawLine(track.center(), QPointF(track.right(), track.center().y()))
    else:
        share = min(max(days, 0) / (cadence * 1.5), 1.0) if cadence > 0 else 0.0
        token = "risk" if days > cadence else "text2"
        draw_pill(painter, track, share=share, theme=theme, token=token)
    tick = track.left() + track.width() * 2 / 3
    painter.setPen(QPen(theme.colour("text2"), 1.2))
    painter.drawLine(QPointF(tick, track.top() - 4), QPointF(tick, track.bottom() + 4))
    painter.restore()


def draw_influence(painter: QPainter, rect: QRectF, *, level: int, theme: Theme) -> None:
    """Draw four rising bars of which the first `level` (0 to 4) are ink."""
    painter.save()
    painter.setPen(Qt.PenStyle.NoPen)
    for place in range(INFLUENCE_LEVELS):
        height = 2 + place * 8 / 3
        painter.setBrush(theme.colour("text2" if place < level else "none"))
        painter.drawRect(QRectF(rect.left() + place * 5, rect.bottom() - height, 3, height))
    painter.restore()


def draw_pill(
    painter: QPainter, rect: QRectF, *, share: float, theme: Theme, token: str = "accent"
) -> None:
    """Draw a rounded bar filled from the left by `share` (0 to 1) over a quiet track."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    radius = rect.height() / 2
    if theme.outlined:
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setPen(Qt.PenStyle.NoPen)
    if not theme.outlined:
        painter.setBrush(theme.colour("grid"))
        painter.drawRoundedRect(rect, radius, radius)
    if share > 0:
        width = max(rect.width() * min(share, 1.0), rect.height())
        painter.setBrush(theme.colour(token))
        painter.drawRoundedRect(
            QRectF(rect.topLeft(), QPointF(rect.left() + width, rect.bottom())), radius, radius
        )
    painter.restore()


def draw_points(
    painter: QPainter, rect: QRectF, *, parts: Sequence[Points], theme: Theme, whole: float = 100
) -> None:
    """Draw a bar whose stretches are points of `whole`; the rest reads "24 points lost"."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    outline = QPainterPath()
    outline.addRoundedRect(rect, 3, 3)
    painter.fillPath(outline, theme.colour("none-tint"))
    painter.setClipPath(outline)
    left = rect.left()
    for part in parts:
        width = rect.width() * part.points / whole
        box = QRectF(left, rect.top(), max(width - _GAP, 0.5), rect.height())
        painter.fillRect(box, theme.colour(part.token))
        _write_if_room(painter, box, text=f"{part.points:.0f}", colour="on-accent", theme=theme)
        left += width
    painter.setClipping(False)
    lost = whole - sum(part.points for part in parts)
    painter.setPen(QPen(theme.colour("text"), 1.6))
    painter.drawLine(QPointF(left, rect.top() - 4), QPointF(left, rect.bottom() + 4))
    rest = QRectF(left + 5, rect.top(), rect.right() - left - 5, rect.height())
    _write_if_room(
        painter, rest, text=tr("{0} points lost").format(f"{lost:.0f}"), colour="text2", theme=theme
    )
    painter.restore()


def _write_if_room(painter: QPainter, box: QRectF, *, text: str, colour: str, theme: Theme) -> None:
    face = font(11, MEDIUM if colour == "on-accent" else REGULAR)
    if QFontMetricsF(face).horizontalAdvance(text) > box.width():
        return
    painter.setFont(face)
    painter.setPen(theme.colour(colour))
    side = Qt.AlignmentFlag.AlignHCenter if colour == "on-accent" else Qt.AlignmentFlag.AlignLeft
    painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), text)
