"""The journey strip of the overview: one stop of the keyboard, the arrows go along it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolTip, QWidget

from csplanner.paint.journey import HEIGHT, StripStop, column_of, draw_journey
from csplanner.ui.account.journey_rows import JourneyView, StopRow
from csplanner.ui.account.nothing import NothingYet, draw_dashed_journey
from csplanner.ui.account.parts import RowButton
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chart_menu import ChartMenu, ChartTable
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_LEAST = 72


class JourneyStrip(QWidget):
    """Draws the touchpoints; `asked(touchpoint)` wants what stands behind one."""

    asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[StopRow, ...] = ()
        self._stops: list[StripStop] = []
        self.current, self._hovered = 0, -1
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Journey experience"))
        self.chart = ChartMenu(self, self.tr("Journey experience"), self.table)

    def show_rows(self, rows: tuple[StopRow, ...]) -> None:
        """Show another journey."""
        self._rows = rows
        self._stops = [
            StripStop(
                r.title, r.value, r.tail, r.band, r.height, r.function, r.person, r.is_agreed
            )
            for r in rows
        ]  # fmt: skip
        self.current = min(self.current, max(0, len(rows) - 1))
        self._tell()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_LEAST * max(1, len(self._rows)), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, HEIGHT)

    def table(self) -> ChartTable:
        """Return the strip as a table, a line a touchpoint."""
        columns = (
            self.tr("Touchpoint"), self.tr("Result"), self.tr("Scale and answers"),
            self.tr("Accountable"), self.tr("Person"),
        )  # fmt: skip
        rows = [(r.title, r.value, r.tail, r.function, r.person) for r in self._rows]
        return ChartTable(columns, rows)

    def left_of(self, touchpoint: str) -> int:
        """How far from the left a touchpoint stands, in px; 0 for one that is not there."""
        at = next((n for n, r in enumerate(self._rows) if r.key == touchpoint), 0)
        return round(column_of(QRectF(self.rect()), len(self._rows), at).left())

    def step_to(self, place: int) -> None:
        """Go to the touchpoint numbered `place` and say it."""
        self.current = max(0, min(len(self._rows) - 1, place))
        self._tell()
        self.update()

    def _tell(self) -> None:
        if self._rows:
            self.setAccessibleDescription(self._rows[self.current].spoken)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        draw_journey(
            painter, QRectF(self.rect()), stops=self._stops, theme=theme_of(self),
            current=self.current if self.hasFocus() else -1, hovered=self._hovered,
        )  # fmt: skip
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: len(self._rows) - 1}
        key = Qt.Key(event.key())
        if key in steps:
            self.step_to(self.current + steps[key])
        elif key in ends:
            self.step_to(ends[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._rows:
            self.asked.emit(self._rows[self.current].key)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(self._at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if event.button() == Qt.MouseButton.LeftButton and at >= 0:
            self.step_to(at)
            self.asked.emit(self._rows[at].key)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def _at(self, spot: QPointF) -> int:
        if not self._rows or not self.rect().toRectF().contains(spot):
            return -1
        return min(len(self._rows) - 1, int(spot.x() * len(self._rows) / max(1, self.width())))

    def _hover(self, at: int) -> None:
        if at == self._hovered:
            return
        self._hovered = at
        set_plain_tooltip(self, self._rows[at].spoken if at >= 0 else "")
        if at < 0:
            QToolTip.hideText()
        self.update()


class JourneyPane(Pane):
    """The strip with its title and the chip of the worst; `added` wants to record an answer.

    `asked(touchpoint, place)` carries a rectangle in the coordinates of `strip`.
    """

    asked = Signal(str, object)
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Journey experience"), parent)
        self._chip_key = ""
        self._words = Chip("", kind="risk")
        self.chip = RowButton("", run=self._ask_worst, line="")
        self.chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        inner = QHBoxLayout()
        inner.setContentsMargins(2, 2, 2, 2)
        inner.addWidget(self._words)
        self.chip.take(inner)
        self.add_action(self.chip)
        add = Button(self.tr("Add an answer…"), kind="quiet", small=True)
        add.clicked.connect(self.added)
        self.add_action(add)
        self.strip = JourneyStrip()
        self.strip.asked.connect(lambda key: self.asked.emit(key, self.strip))
        self._nothing = NothingYet(
            self.tr("Nobody was asked how it went. Import a survey, or write down one answer."),
            draw_dashed_journey,
        )
        self._nothing.setContentsMargins(8, 0, 8, 0)
        self.body.setContentsMargins(8, 0, 8, 8)
        self.body.addWidget(self.strip)
        self.body.addWidget(self._nothing)

    def show_view(self, view: JourneyView) -> None:
        """Show another journey; with nobody asked it is one quiet line."""
        note = self.tr("latest result and answers, and who is accountable")
        self.set_title(self.tr("Journey experience"), note if view.asked else "")
        self._chip_key = view.chip_key
        self._words.show_text(view.chip, "risk")
        self.chip.setAccessibleName(view.chip)
        self.chip.setVisible(bool(view.chip))
        self.strip.show_rows(view.stops)
        self.strip.setVisible(view.asked > 0)
        self._nothing.setVisible(view.asked == 0)

    def _ask_worst(self) -> None:
        self.asked.emit(self._chip_key, self.chip)
