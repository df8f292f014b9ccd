"""The spark: a small line of monthly scores that ends in the health mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme

SCALE = (34, 92)
SIZE = (68, 22)
_MARK = 7.0


@dataclass(frozen=True)
class Spark:
    """Scores 0 to 100 by month, oldest first, None where missing, and the band of the last one."""

    values: Sequence[int | None]
    band: str = "none"
    cut: int = 75


def draw_spark(painter: QPainter, rect: QRectF, *, spark: Spark, theme: Theme) -> None:
    """Draw a spark on the shared scale 34 to 92; a missing tail is dashed, a missing head empty."""
    inner = rect.adjusted(1, 4, -(_MARK / 2 + 1), -4)
    points = _points(inner, spark.values)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    level = _height(inner, spark.cut)
    painter.setPen(QPen(theme.colour("hair"), 1))
    painter.drawLine(QPointF(inner.left(), level), QPointF(inner.right(), level))
    pen = QPen(theme.colour("text2"), 1.3)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    for start, end in _runs(points):
        painter.setPen(pen)
        painter.drawPolyline(QPolygonF([p for p in points[start:end] if p is not None]))
    _draw_gaps(painter, points, inner.right(), pen)
    if points and points[-1] is not None:
        box = QRectF(0, 0, _MARK, _MARK)
        box.moveCenter(points[-1])
        draw_mark(painter, box, band=spark.band, theme=theme)
    painter.restore()


def _height(rect: QRectF, value: int) -> float:
    low, high = SCALE
    share = (min(max(value, low), high) - low) / (high - low)
    return rect.bottom() - share * rect.height()


def _points(rect: QRectF, values: Sequence[int | None]) -> list[QPointF | None]:
    step = rect.width() / max(len(values) - 1, 1)
    return [
        None if value is None else QPointF(rect.left() + step * place, _height(rect, value))
        for place, value in enumerate(values)
    ]


def _runs(points: Sequence[QPointF | None]) -> list[tuple[int, int]]:
    """Return the stretches of neighbouring known points as (start, end) slices."""
    runs: list[tuple[int, int]] = []
    start: int | None = None
    for place, point in enumerate([*points, None]):
        if point is not None and start is None:
            start = place
        elif point is None and start is not None:
            runs.append((start, place))
            start = None
    return runs


def _draw_gaps(
    painter: QPainter, points: Sequence[QPointF | None], right: float, pen: QPen
) -> None:
    """Bridge what is missing between known points, and after the last one, with dashes."""
    dashed = QPen(pen)
    dashed.setDashPattern([1.6, 1.8])
    painter.setPen(dashed)
    runs = _runs(points)
    for (_, end), (start, _) in pairwise(runs):
        before, after = points[end - 1], points[start]
        if before is not None and after is not None:
            painter.drawLine(before, after)
    if runs and runs[-1][1] < len(points):
        last = points[runs[-1][1] - 1]
        if last is not None:
            painter.drawLine(last, QPointF(right, last.y()))
