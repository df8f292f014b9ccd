"""What an empty page shows: the thing itself drawn in dashes, one sentence, up to three ways on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM, SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

Drawing = Callable[[QPainter, QRectF], None]
_MOST_WAYS = 3


@dataclass(frozen=True)
class Way:
    """One way on: what it is called, what it means, its keys or a last line, and what it does."""

    title: str
    text: str
    run: Callable[[], object]
    icon: str = "plus"
    foot: str = ""


class EmptyState(Ground):
    """A dashed drawing, a title, a sentence, and at most three ways on."""

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        ways: Sequence[Way] = (),
        drawing: Drawing | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("surface", parent)
        if len(ways) > _MOST_WAYS:
            raise ValueError("An empty page offers at most three ways on.")
        self.setAccessibleName(title)
        heading = PlainLabel(title, px=20, weight=SEMIBOLD)
        words = self._words = PlainLabel(sentence, colour="text2")
        words.setWordWrap(True)
        words.setFixedWidth(480)
        for label in (heading, words):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addStretch(1)
        for way in ways:
            row.addWidget(_WayCard(way, self))
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addStretch(1)
        centre = Qt.AlignmentFlag.AlignHCenter
        column.addWidget(Sketch(drawing or draw_dashed_pyramid, self), alignment=centre)
        column.addSpacing(16)
        column.addWidget(heading, alignment=centre)
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(words)
        line.addStretch(1)
        column.addLayout(line)
        column.addSpacing(14)
        column.addLayout(row)
        column.addStretch(1)

    def say(self, sentence: str) -> None:
        """Say another reason why nothing is here."""
        self._words.setText(sentence)


class Sketch(QWidget):
    """The dashed drawing."""

    def __init__(self, drawing: Drawing, parent: QWidget) -> None:
        super().__init__(parent)
        self._drawing = drawing
        self.setFixedSize(204, 126)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            pen = QPen(theme_of(self).colour("none-ink"), 1.2)
            pen.setDashPattern([3, 2.4])
            painter.setPen(pen)
            self._drawing(painter, QRectF(self.rect()).adjusted(1, 1, -1, -1))


class _WayCard(QPushButton):
    """A bordered card that can be taken."""

    def __init__(self, way: Way, parent: QWidget) -> None:
        super().__init__(parent)
        self._way = way
        self.setAccessibleName(way.title)
        self.setAccessibleDescription(f"{way.text} {way.foot}".strip())
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda: way.run())

    def sizeHint(self) -> QSize:
        return QSize(248, 166)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, rect = theme_of(self), QRectF(self.rect())
            fill = "hover" if self.underMouse() else "surface"
            panel(painter, rect, fill=fill, border="line", theme=look, radius=8)
            box = QRectF(17, 17, 20, 20)
            draw_icon(painter, box, name=self._way.icon, colour=look.colour("accent-text"), px=20)
            text_lines = int(Qt.TextFlag.TextWordWrap)
            for top, words, px, weight, ink in (
                (45, self._way.title, 15, MEDIUM, "text"),
                (69, self._way.text, 13, 400, "text2"),
                (132, self._way.foot, 12, 400, "text3"),
            ):
                painter.setFont(font(px, weight))
                painter.setPen(look.colour(ink))
                room = QRectF(17, top, rect.width() - 34, 58 if top == 69 else 22)
                painter.drawText(room, text_lines, words)


def draw_dashed_pyramid(painter: QPainter, rect: QRectF) -> None:
    """Draw four empty tiers with the painter's pen."""
    step, gap = rect.height() / 4, 6.0
    slope = (rect.width() - 36) / 2 / rect.height()
    for tier in range(4):
        top = rect.top() + tier * step
        bottom = top + step - gap
        upper = 18 + slope * (top - rect.top())
        lower = 18 + slope * (bottom - rect.top())
        middle = rect.center().x()
        painter.drawPolygon(
            QPolygonF(
                [
                    QPointF(middle - upper, top),
                    QPointF(middle + upper, top),
                    QPointF(middle + lower, bottom),
                    QPointF(middle - lower, bottom),
                ]
            )
        )


def draw_dashed_rows(painter: QPainter, rect: QRectF) -> None:
    """Draw an empty list with the painter's pen: a mark and a line a row."""
    for row in range(4):
        middle = rect.top() + 14 + row * (rect.height() - 28) / 3
        painter.drawEllipse(QPointF(rect.left() + 10, middle), 7, 7)
        width = rect.width() - 40 - row % 2 * 40
        painter.drawRoundedRect(QRectF(rect.left() + 30, middle - 7, width, 14), 4, 4)


def draw_dashed_people(painter: QPainter, rect: QRectF) -> None:
    """Draw an empty map with the painter's pen: one card above, two below."""
    card = QRectF(0, 0, 84, 40)
    middle = rect.center().x()
    card.moveCenter(QPointF(middle, rect.top() + 22))
    painter.drawRoundedRect(card, 6, 6)
    for side in (-1, 1):
        below = QRectF(card)
        below.moveCenter(QPointF(middle + side * 54, rect.bottom() - 22))
        painter.drawRoundedRect(below, 6, 6)
        painter.drawLine(QPointF(middle, card.bottom()), QPointF(below.center().x(), below.top()))
