"""The chart of score and sentiment: arrows and the pointer step through the readings."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from csplanner.language import tr
from csplanner.paint.scoreplot import PlotPoint, ScorePlot, draw_score_plot, place_of, plot_room
from csplanner.ui import veil
from csplanner.ui.account.score_rows import CurvePoint, CurveView
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.chart_menu import ChartMenu, ChartTable
from csplanner.ui.widgets.labels import set_plain_tooltip


class ScoreCurve(QWidget):
    """Draws a CurveView; `opened` says that the evidence of the score is wanted."""

    opened = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._view: CurveView | None = None
        self._plot: ScorePlot | None = None
        self._current = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.chart = ChartMenu(self, self.tr("Score and sentiment"), self.table)

    def show_view(self, view: CurveView) -> None:
        """Show another account's curve."""
        self._view, self._current = view, -1
        score = view.scores[-1] if view.scores else None
        said = view.sentiments[-1] if view.sentiments else None
        word = said.word if said else ""
        self._plot = ScorePlot(
            view.start,
            view.end,
            [_point(p) for p in view.scores],
            [_point(p) for p in view.sentiments],
            [(e.on, e.title) for e in view.events],
            (view.watch, view.good),
            tr("Score {0}").format(score.value) if score and score.on == view.end else "",
            f"{word} {said.value}" if said else "",
            tr("gap {0}").format(view.gap) if view.gap else "",
        )
        self.setAccessibleName(self.tr("Score and sentiment over 13 months"))
        spoken = score.spoken if score else self.tr("No score yet")
        self.setAccessibleDescription(veil.cover_words() if veil.is_on() else spoken)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 192)

    def text_table(self) -> str:
        """Return the chart as tab-separated text: day, score, sentiment."""
        return self.table().text

    def table(self) -> ChartTable:
        """Return score and sentiment by day."""
        view = self._view
        rows = [(p.on, str(p.value), "") for p in view.scores] if view else []
        rows += [(p.on, "", str(p.value)) for p in view.sentiments] if view else []
        tr = self.tr
        columns = (tr("day"), tr("score"), tr("sentiment"))
        return ChartTable(columns, [(on.isoformat(), *cells) for on, *cells in sorted(rows)])

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._plot is None:
            return
        painter = QPainter(self)
        rect = QRectF(self.rect())
        if veil.is_on():
            veil.draw_cover(painter, rect, theme_of(self))
            painter.end()
            return
        draw_score_plot(painter, rect, plot=self._plot, theme=theme_of(self), current=self._current)
        painter.end()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._step_to(self._nearest(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._step_to(-1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.opened.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step with the arrows; Enter or Space opens the evidence."""
        key, count = event.key(), len(self._plot.scores) if self._plot else 0
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and count:
            at = count if self._current < 0 else self._current
            by = -1 if key == Qt.Key.Key_Left else 1
            self._step_to(max(0, min(count - 1, at + by)))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _nearest(self, spot: QPointF) -> int:
        if self._plot is None or not self._plot.scores:
            return -1
        room = plot_room(QRectF(self.rect()), self._plot)
        if not room.adjusted(-8, -20, 8, 20).contains(spot):
            return -1
        places = [place_of(self._plot, p, room).x() for p in self._plot.scores]
        return min(range(len(places)), key=lambda i: abs(places[i] - spot.x()))

    def _step_to(self, place: int) -> None:
        if place == self._current or veil.is_on():
            return
        self._current = place
        view = self._view
        words = ""
        if view is not None and place >= 0:
            point = view.scores[place]
            said = [p for p in view.sentiments if p.on <= point.on][-1:]
            words = ". ".join((point.spoken, *(p.spoken for p in said)))
            self.setAccessibleDescription(words)
        set_plain_tooltip(self, words)
        if not words:
            QToolTip.hideText()
        self.update()


def _point(point: CurvePoint) -> PlotPoint:
    return PlotPoint(point.on, point.value, point.band)
