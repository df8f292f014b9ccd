"""Charts of a slide: bars, the way to a goal, and lines, labelled directly as in the deck."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme
from csplanner.qbr.slides import Chart, ChartKind, Series

_LABEL, _AXIS = 12, 11
_BAR = 26.0
"""Points a bar is high at most."""
_ENDS = 0.2
"""Share of a line chart kept free at the right for the words at line ends."""
_MONTHS_APART = 3
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_CENTRE = int(Qt.AlignmentFlag.AlignCenter)


def draw_chart(painter: QPainter, rect: QRectF, *, chart: Chart, look: Theme) -> None:
    """Draw a chart in `rect`, in points of the page."""
    painter.save()
    if chart.kind is ChartKind.LINE:
        _draw_lines(painter, rect, chart, look)
    else:
        _draw_bars(painter, rect, chart, look)
    painter.restore()


def _draw_bars(painter: QPainter, rect: QRectF, chart: Chart, look: Theme) -> None:
    """Categories down the side; several series stand behind one another (progress) or below."""
    metrics = QFontMetricsF(font(_LABEL))
    widest = max((metrics.horizontalAdvance(c) for c in chart.categories), default=0.0)
    side = min(widest + 12, rect.width() * 0.42)
    ends = max((metrics.horizontalAdvance(t) for s in chart.series for t in s.labels), default=0)
    beyond = 4.0 if chart.kind is ChartKind.PROGRESS else ends + 14
    field = rect.adjusted(side, 0, -beyond, 0)
    pitch = field.height() / max(1, len(chart.categories))
    for at, category in enumerate(chart.categories):
        middle = field.top() + pitch * (at + 0.5)
        room = QRectF(rect.left(), middle - 9, side - 10, 18)
        painter.setFont(font(_LABEL))
        painter.setPen(look.colour("text"))
        words = metrics.elidedText(category, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, _RIGHT, words)
        bar = QRectF(field.left(), middle, field.width(), min(_BAR, pitch * 0.62))
        bar.moveCenter(QPointF(bar.center().x(), middle))
        _draw_category(painter, bar, chart, at=at, look=look)


def _draw_category(painter: QPainter, room: QRectF, chart: Chart, *, at: int, look: Theme) -> None:
    low = chart.low or 0.0
    most = max((v for s in chart.series for v in s.values if v is not None), default=1.0)
    high = chart.high if chart.high is not None else (most * 1.15 or 1.0)
    per = room.width() / ((high - low) or 1.0)
    zero = room.left() - low * per
    is_progress = chart.kind is ChartKind.PROGRESS
    if low < 0:
        painter.setPen(QPen(look.colour("line"), 0.75))
        painter.drawLine(QPointF(zero, room.top() - 4), QPointF(zero, room.bottom() + 4))
    start = zero
    height = room.height() / (1 if is_progress else max(1, len(chart.series)))
    for number, series in enumerate(chart.series):
        value = series.values[at]
        if value is None:
            continue
        end = start + value * per
        top = room.top() + (0 if is_progress else number * height)
        bar = QRectF(min(start, end), top, abs(end - start), height)
        is_stale = bool(series.stale) and series.stale[at]
        _fill_bar(painter, bar, look, is_rest=number > 0, is_stale=is_stale)
        inside = is_progress or number > 0
        label = series.labels[at] if at < len(series.labels) else ""
        light = inside and number == 0 and not is_stale
        _label_bar(painter, bar, label, look, inside=inside, light=light, left=value < 0)
        if is_progress:
            start = end


def _fill_bar(
    painter: QPainter, bar: QRectF, look: Theme, *, is_rest: bool, is_stale: bool
) -> None:
    """An old figure is outlined and dashed; the rest of the way is pale."""
    if is_stale:
        pen = QPen(look.colour("cat1"), 1.25)
        pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(bar.adjusted(0.6, 0.6, -0.6, -0.6))
        return
    painter.fillRect(bar, look.colour("hair" if is_rest else "cat1"))


def _label_bar(
    painter: QPainter, bar: QRectF, text: str, look: Theme, *, inside: bool, light: bool, left: bool
) -> None:
    if not text:
        return
    face = font(_LABEL, SEMIBOLD)
    width = QFontMetricsF(face).horizontalAdvance(text)
    painter.setFont(face)
    fits = width + 8 < bar.width()
    painter.setPen(look.colour("surface" if light and fits else "text"))
    if inside and fits:
        painter.drawText(bar.adjusted(0, 0, -5, 0), _RIGHT, text)
    elif left:
        painter.drawText(
            QRectF(bar.left() - width - 6, bar.top(), width, bar.height()), _RIGHT, text
        )
    else:
        room = QRectF(bar.right() + 5, bar.top(), width + 4, bar.height())
        painter.drawText(room, _LEFT, text)


def _draw_lines(painter: QPainter, rect: QRectF, chart: Chart, look: Theme) -> None:
    values = [v for s in chart.series for v in s.values if v is not None]
    low = chart.low if chart.low is not None else 0.0
    step = _nice_step((max(values, default=1.0) - low) / 4)
    high = chart.high if chart.high is not None else low + step * 5
    while chart.high is None and high - step >= max(values, default=1.0):
        high -= step
    field = rect.adjusted(46, 8, -rect.width() * _ENDS, -24)
    per = field.height() / ((high - low) or 1.0)
    painter.setFont(font(_AXIS))
    at = low
    while at <= high + step / 100:
        y = field.bottom() - (at - low) * per
        painter.setPen(QPen(look.colour("grid"), 0.75))
        painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
        painter.setPen(look.colour("text2"))
        painter.drawText(QRectF(rect.left(), y - 8, 38, 16), _RIGHT, f"{at:,.0f}")
        at += step
    _draw_months(painter, field, chart, look)
    ends: list[float] = []
    for number, series in enumerate(chart.series):
        _draw_series(painter, field, series, look, number=number, scale=(low, per), ends=ends)


def _nice_step(rough: float) -> float:
    """1, 2, 2.5 or 5 times a power of ten, at least `rough`."""
    size = 1.0
    while size * 10 <= rough:
        size *= 10
    while size > rough > 0:
        size /= 10
    return next((size * f for f in (1, 2, 2.5, 5, 10) if size * f >= rough), size) or 1.0


def _draw_months(painter: QPainter, field: QRectF, chart: Chart, look: Theme) -> None:
    painter.setFont(font(_AXIS - 1))
    painter.setPen(look.colour("text2"))
    count = len(chart.categories)
    for at in range(0, count, _MONTHS_APART):
        x = _x(field, at, count)
        painter.drawText(QRectF(x - 30, field.bottom() + 5, 60, 14), _CENTRE, chart.categories[at])


def _x(field: QRectF, at: int, count: int) -> float:
    return field.left() + field.width() * (at + 0.5) / max(1, count)


def _draw_series(
    painter: QPainter,
    field: QRectF,
    series: Series,
    look: Theme,
    *,
    number: int,
    scale: tuple[float, float],
    ends: list[float],
) -> None:
    low, per = scale
    first = number == 0
    painter.setPen(QPen(look.colour("cat1" if first else "cat6"), 2.5 if first else 1.5))
    line = QPolygonF()
    spots: list[QPointF | None] = []
    for at, value in enumerate(series.values):
        if value is None:
            painter.drawPolyline(line)
            line = QPolygonF()
            spots.append(None)
            continue
        spot = QPointF(_x(field, at, len(series.values)), field.bottom() - (value - low) * per)
        line.append(spot)
        spots.append(spot)
    painter.drawPolyline(line)
    painter.setFont(font(_LABEL, SEMIBOLD if first else REGULAR))
    painter.setPen(look.colour("cat1" if first else "text2"))
    for end, label in zip(spots, series.labels, strict=False):
        if end is None or not label:
            continue
        y = end.y()
        while any(abs(y - other) < 15 for other in ends):
            y += 15 if y >= max(ends) else -15
        ends.append(y)
        painter.drawText(QRectF(end.x() + 8, y - 9, field.width(), 18), _LEFT, label)
