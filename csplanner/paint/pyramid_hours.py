"""Hours of the pyramid: what stands beside a tier, and the bar of the whole book."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen

from csplanner.language import tr
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.tokens import Theme

BOOK_HEIGHT = 76.0
_BAR = 16.0
_THIN = 8.0
_LEAST_WORD = 26.0


@dataclass(frozen=True, slots=True)
class TierFigures:
    """One tier's accounts, ARR and hours; `planned` is what a what-if would promise."""

    count: str
    arr: str
    promised: float
    spent: float
    promised_text: str
    spent_text: str
    planned: float | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """One tier's part of the hours promised: its letter, hours, and words for inside the bar."""

    tier: str
    hours: float
    words: str


@dataclass(frozen=True, slots=True)
class BookHours:
    """Hours of the whole book: promised by tier, spent, available, and in a what-if."""

    stretches: Sequence[Stretch]
    spent: float
    available: float
    promised_text: str
    spent_text: str
    available_text: str
    is_short: bool = False
    planned: float | None = None

    @property
    def promised(self) -> float:
        """All hours promised."""
        return sum(s.hours for s in self.stretches)


def draw_figures(
    painter: QPainter, rect: QRectF, *, figures: TierFigures, tier: str, scale: float, theme: Theme
) -> None:
    """Draw what stands beside a tier; a bar of `scale` hours is as wide as `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    top = rect.top()
    number, _, word = figures.count.partition(" ")
    _pair(painter, QRectF(rect.left(), top, rect.width() + 20, 18), (number, SEMIBOLD, "text"),
          (word, REGULAR, "text2"), theme=theme, px=13)  # fmt: skip
    _line(
        painter, QRectF(rect.left(), top + 18, rect.width() + 12, 17), figures.arr, "text2", theme
    )
    if not (figures.promised or figures.spent or figures.planned):
        painter.restore()
        return
    per = rect.width() / scale if scale else 0.0
    is_over = figures.spent > figures.promised
    bars = (
        (top + 38, figures.promised, f"tier-{tier.lower()}"),
        (top + 47, figures.spent, "risk" if is_over else "none-ink"),
    )
    painter.setPen(Qt.PenStyle.NoPen)
    for y, hours, token in bars:
        painter.setBrush(theme.colour(token))
        painter.drawRect(QRectF(rect.left(), y, max(hours * per, 1.0 if hours else 0.0), 7))
    if figures.planned is not None and abs(figures.planned - figures.promised) > 1e-9:
        x = rect.left() + figures.planned * per
        painter.setPen(QPen(theme.colour("text"), 1.6))
        painter.drawLine(QPointF(x, top + 36), QPointF(x, top + 47))
    ink = "risk-ink" if is_over else "text"
    for y, text, word, colour in (
        (top + 58, figures.promised_text, tr("promised"), "text"),
        (top + 74, figures.spent_text, tr("spent"), ink),
    ):
        room = QRectF(rect.left(), y, rect.width() + 14, 16)
        second = "risk-ink" if colour == "risk-ink" else "text2"
        _pair(painter, room, (text, MEDIUM, colour), (word, REGULAR, second), theme=theme, px=12)
    painter.restore()


def draw_book_hours(painter: QPainter, rect: QRectF, *, hours: BookHours, theme: Theme) -> None:
    """Draw promised by tier above spent, with the line of what is available; BOOK_HEIGHT high."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    most = max(hours.promised, hours.spent, hours.available, hours.planned or 0.0) or 1.0
    words = max(
        QFontMetricsF(font(12)).horizontalAdvance(t)
        for t in (hours.promised_text, hours.spent_text)
    )
    per = max(rect.width() - words - 10, 40.0) / most
    end = _draw_stretches(painter, rect, hours, per=per, theme=theme)
    _line(
        painter, QRectF(end + 7, rect.top(), words + 4, _BAR), hours.promised_text, "text2", theme
    )
    spent_top = rect.top() + _BAR + 5
    bar = QRectF(rect.left(), spent_top, hours.spent * per, _THIN)
    painter.fillRect(bar, theme.colour("none-ink"))
    room = QRectF(bar.right() + 7, spent_top - 4, words + 4, _BAR)
    _line(painter, room, hours.spent_text, "text2", theme)
    x = rect.left() + hours.available * per
    painter.setPen(QPen(theme.colour("text"), 1.6))
    painter.drawLine(QPointF(x, rect.top() - 4), QPointF(x, spent_top + _THIN + 5))
    if hours.planned is not None and abs(hours.planned - hours.promised) > 1e-9:
        pen = QPen(theme.colour("accent-text"), 1.6)
        pen.setDashPattern([2, 1.5])
        painter.setPen(pen)
        at = rect.left() + hours.planned * per
        painter.drawLine(QPointF(at, rect.top() - 3), QPointF(at, rect.top() + _BAR + 3))
    _under_line(painter, rect, x, hours, theme)
    painter.restore()


def _draw_stretches(
    painter: QPainter, rect: QRectF, hours: BookHours, *, per: float, theme: Theme
) -> float:
    """Draw the promised hours and return where they end."""
    left = rect.left()
    for stretch in hours.stretches:
        width = stretch.hours * per
        box = QRectF(left, rect.top(), max(width - 1, 0.0), _BAR)
        painter.fillRect(box, theme.colour(f"tier-{stretch.tier.lower()}"))
        room = _beside(box, rect.left() + hours.available * per)
        metrics = QFontMetricsF(font(12, MEDIUM))
        for text in (stretch.words, stretch.tier):
            if width > _LEAST_WORD and metrics.horizontalAdvance(text) + 10 < room.width():
                painter.setFont(font(12, MEDIUM))
                painter.setPen(theme.colour(f"on-tier-{stretch.tier.lower()}"))
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)
                break
        left += width
    return left


def _beside(box: QRectF, x: float) -> QRectF:
    """The larger part of a box that a line at `x` leaves free."""
    if not box.left() < x < box.right():
        return box
    if x - box.left() > box.right() - x:
        return box.adjusted(0, 0, x - box.right(), 0)
    return box.adjusted(x - box.left(), 0, 0, 0)


def _under_line(painter: QPainter, rect: QRectF, x: float, hours: BookHours, theme: Theme) -> None:
    face = font(12, MEDIUM)
    width = QFontMetricsF(face).horizontalAdvance(hours.available_text) + 4
    left = min(max(x - width / 2, rect.left()), rect.right() - width)
    room = QRectF(left, rect.top() + 2 * _BAR + 6, width, 18)
    painter.setFont(face)
    painter.setPen(theme.colour("risk-ink" if hours.is_short else "text2"))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), hours.available_text)


def _line(painter: QPainter, rect: QRectF, text: str, token: str, theme: Theme) -> None:
    face = font(12)
    painter.setFont(face)
    painter.setPen(theme.colour(token))
    words = QFontMetricsF(face).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter), words)


def _pair(
    painter: QPainter,
    rect: QRectF,
    first: tuple[str, int, str],
    second: tuple[str, int, str],
    *,
    theme: Theme,
    px: int,
) -> None:
    """Two runs of text on one line."""
    left = rect.left()
    for text, weight, token in (first, second):
        face = font(px, weight)
        painter.setFont(face)
        painter.setPen(theme.colour(token))
        room = QRectF(left, rect.top(), rect.right() - left, rect.height())
        painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
        left += QFontMetricsF(face).horizontalAdvance(f"{text} ")
