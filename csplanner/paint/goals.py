"""Bars of an account: the way to a goal, shares of use, points with their cuts."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from csplanner.language import tr
from csplanner.paint.bars import Points, draw_pill, draw_points
from csplanner.paint.fonts import font
from csplanner.paint.tokens import Theme

POINTS_HEIGHT = 44


def draw_goal(
    painter: QPainter, rect: QRectF, *, share: float | None, stale: bool, theme: Theme
) -> None:
    """Draw the way from start to goal: a line to a point, and the goal as an upright.

    A stale figure is hollow and dashed; an unknown one leaves an empty dashed track.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    left, right, y = rect.left() + 1, rect.right() - 3, rect.center().y()
    if share is None or stale:
        dashed_track(painter, QRectF(left, y - 2.5, right - left, 5), theme)
    else:
        draw_pill(painter, QRectF(left, y - 2, right - left, 4), share=0, theme=theme)
    if share is not None:
        spot = QPointF(left + (right - left) * share, y)
        ink = theme.colour("none-ink" if stale else "accent")
        if not stale and share > 0:
            painter.setPen(QPen(ink, 3))
            painter.drawLine(QPointF(left + 1, y), spot)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(theme.colour("surface") if stale else ink)
        painter.drawEllipse(spot, 4, 4)
    painter.setPen(QPen(theme.colour("text"), 2))
    painter.drawLine(QPointF(right + 1, y - 6), QPointF(right + 1, y + 6))
    painter.restore()


def dashed_track(painter: QPainter, rect: QRectF, theme: Theme) -> None:
    """Draw the empty frame of something unknown."""
    pen = QPen(theme.colour("none-ink"), 1)
    pen.setDashPattern([2, 2])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2)


def draw_score_bar(
    painter: QPainter,
    rect: QRectF,
    *,
    points: Sequence[float],
    cuts: tuple[int, int],
    theme: Theme,
) -> None:
    """Draw the points of each bucket of 100, with the cuts named above; empty points are dashed."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    bar = QRectF(rect.left(), rect.bottom() - 24, rect.width(), 18)
    if points:
        tones = ("accent", "tier-m")
        parts = [Points(each, tones[place % 2]) for place, each in enumerate(points)]
        draw_points(painter, bar, parts=parts, theme=theme)
    else:
        pen = QPen(theme.colour("none-ink"), 1)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.drawRoundedRect(bar.adjusted(0.5, 0.5, -0.5, -0.5), 3, 3)
    painter.setFont(font(11))
    metrics = QFontMetricsF(painter.font())
    for words, cut in ((tr("watch from {0}"), cuts[0]), (tr("good from {0}"), cuts[1])):
        x = bar.left() + bar.width() * cut / 100
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.drawLine(QPointF(x, bar.top() - 5), QPointF(x, bar.top()))
        text = words.format(cut)
        width = metrics.horizontalAdvance(text) + 2
        painter.setPen(theme.colour("text2"))
        box = QRectF(x - width - 3, bar.top() - 19, width, 14)
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), text)
    painter.restore()


def draw_use(painter: QPainter, rect: QRectF, *, share: float, theme: Theme) -> None:
    """Draw a square bar filled from the left by `share`."""
    painter.fillRect(rect, theme.colour("none-tint"))
    if share > 0:
        filled = QRectF(rect.left(), rect.top(), rect.width() * share, rect.height())
        painter.fillRect(filled, theme.colour("accent"))
