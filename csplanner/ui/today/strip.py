"""The strip of sixteen weeks as a widget: hover tells, a click or Enter opens the account."""

from collections.abc import Sequence
from datetime import date
from html import escape

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from csplanner.domain.wording import is_read_later
from csplanner.paint.timeline import Strip, StripMark, StripNote, draw_strip, lay_out
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import ring
from csplanner.ui.today.rows import Renewal
from csplanner.ui.widgets.chart_menu import ChartMenu, ChartTable
from csplanner.ui.widgets.format import day, plural

_REACH = 4.0


class RenewalStrip(QWidget):
    """Renewals of the weeks ahead; `opened` carries the id of the account chosen."""

    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._renewals: Sequence[Renewal] = ()
        self._strip = Strip(date(2000, 1, 1))
        self._current = -1
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chart = ChartMenu(self, self.tr("Renewals of 16 weeks"), self.table)

    def table(self) -> ChartTable:
        """Return the renewals as rows."""
        tr = self.tr
        columns = (tr("Account"), tr("Renewal or notice"), tr("ARR"), tr("Score"))
        return ChartTable(columns, [r.cells for r in self._renewals])

    def show_renewals(
        self,
        start: date,
        renewals: Sequence[Renewal],
        words: str,
        notes: Sequence[StripNote] = (),
    ) -> None:
        """Show what renews in the 16 weeks from `start`, a day called `words`, and what else
        stands in them.
        """
        self._renewals = renewals
        marks = tuple(StripMark(r.on, r.band, r.weight, r.label) for r in renewals)
        self._strip = Strip(
            start, marks, start_words=words, notes=notes, says_year=is_read_later(start)
        )
        self.updateGeometry()
        self._current = min(self._current, len(marks) - 1)
        count = plural(len(renewals), "renewal")
        self.setAccessibleName(self.tr("{} in the next 16 weeks").format(count))
        below = (f"{note.label}, {day(note.on, start)}" for note in notes)
        self.setAccessibleDescription("; ".join((*(r.spoken for r in renewals), *below)))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(400, self._strip.height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        current = self._current if self.hasFocus() else -1
        rect = QRectF(self.rect())
        draw_strip(painter, rect, strip=self._strip, theme=theme_of(self), current=current)
        if self.hasFocus() and current < 0:
            ring(painter, rect, theme=theme_of(self))
        painter.end()

    def event(self, event: QEvent) -> bool:
        """Tell what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self._at(QPointF(event.pos()))
            text = self._renewals[place].spoken if place >= 0 else ""
            QToolTip.showText(event.globalPos(), f"<qt>{escape(text)}</qt>" if text else "", self)
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._at(event.position()) >= 0
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit(self._renewals[place].account_id)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step through the marks with the arrows; Enter opens."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._renewals:
            self._current = max(0, min(len(self._renewals) - 1, self._current + steps[key]))
            self.setAccessibleDescription(self._renewals[self._current].spoken)
            box = lay_out(self._strip, QRectF(self.rect()))[self._current].mark
            spot = self.mapToGlobal(box.bottomRight().toPoint())
            QToolTip.showText(
                spot, f"<qt>{escape(self._renewals[self._current].spoken)}</qt>", self
            )
            self.update()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._current >= 0:
            self.opened.emit(self._renewals[self._current].account_id)
        else:
            super().keyPressEvent(event)

    def _at(self, spot: QPointF) -> int:
        """The mark or name at a point, the smallest first; −1 for none."""
        placed = lay_out(self._strip, QRectF(self.rect()))
        hit = [
            (p.mark.width(), i)
            for i, p in enumerate(placed)
            if p.mark.adjusted(-_REACH, -_REACH, _REACH, _REACH).contains(spot)
            or (p.label is not None and p.label.contains(spot))
        ]
        return min(hit)[1] if hit else -1
