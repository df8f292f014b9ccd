"""The scatter as a widget: hover tells, a click chooses, arrows step from point to point."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from csplanner.paint.scatter import (
    Cuts,
    PlacedPoint,
    Point,
    draw_scatter,
    place_points,
    plot_rect,
)
from csplanner.ui.look import theme_of
from csplanner.ui.widgets.chart_menu import ChartMenu, ChartTable
from csplanner.ui.widgets.format import plural

_REACH = 4.0
_STEPS = {
    Qt.Key.Key_Left: QPointF(-1, 0), Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1), Qt.Key.Key_Down: QPointF(0, 1),
}  # fmt: skip


class Scatter(QWidget):
    """Equipped × potential; `chosen(account id)` on a click or a step, `opened` on Enter."""

    chosen = Signal(str)
    opened = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: Sequence[Point] = ()
        self._places: list[PlacedPoint] | None = None
        self._cuts = Cuts()
        self._current = ""
        self._hovered = -1
        self.setMouseTracking(True)
        self.setProperty("ownFocus", True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(260)
        self.chart = ChartMenu(self, self.tr("Equipped and potential"), self.table)

    def table(self) -> ChartTable:
        """Return the points as rows."""
        tr = self.tr
        columns = (
            tr("Account"), tr("Equipped"), tr("Potential"), tr("Tier"), tr("ARR"), tr("The rule"),
        )  # fmt: skip
        rows = [
            (p.name, str(p.equipped), str(p.potential), p.tier, p.arr,
             tr("would place it elsewhere") if p.differs else tr("agrees"))
            for p in self._points
        ]  # fmt: skip
        return ChartTable(columns, rows)

    @property
    def points(self) -> Sequence[Point]:
        """The points drawn."""
        return self._points

    def show_points(self, points: Sequence[Point], cuts: Cuts) -> None:
        """Show these accounts, with the cuts of the rule."""
        self._points, self._cuts = points, cuts
        self._hovered = -1
        differing = sum(p.differs for p in points)
        words = self.tr("Equipped and potential of {0}; the rule would place {1} elsewhere")
        self.setAccessibleName(words.format(plural(len(points), "account"), differing))
        self._place()

    def show_current(self, account_id: str) -> None:
        """Let one account stand out; an empty id for none."""
        if account_id != self._current:
            self._current = account_id
            self._place()

    def sizeHint(self) -> QSize:
        return QSize(352, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_scatter(
                painter,
                QRectF(self.rect()),
                points=self._points,
                placed=self._placed,
                cuts=self._cuts,
                theme=theme_of(self),
                current=self._current,
            )
            if self.hasFocus() and not self._index_of(self._current) >= 0:
                painter.setPen(QPen(theme_of(self).colour("focus"), theme_of(self).size("focus")))
                painter.drawRect(plot_rect(QRectF(self.rect())))

    def event(self, event: QEvent) -> bool:
        """Tell what is under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            self._tell(self._at(QPointF(event.pos())), event.globalPos())
            return True
        return super().event(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor)
        if at != self._hovered:
            self._hovered = at
            self._tell(at, event.globalPosition().toPoint())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        at = self._at(event.position())
        if at >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self._points[at].key)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        at = self._at(event.position())
        if at >= 0:
            self.opened.emit(self._points[at].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step to the nearest point in the direction of the arrow; Enter opens its account."""
        key = Qt.Key(event.key())
        if key in _STEPS and self._points:
            at = self._next(_STEPS[key])
            if at >= 0:
                self.chosen.emit(self._points[at].key)
                self.setAccessibleDescription(self._points[at].spoken)
                self._tell(at, self.mapToGlobal(self._placed[at].centre.toPoint()))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._index_of(self._current) >= 0:
            self.opened.emit(self._current)
        else:
            super().keyPressEvent(event)

    def _place(self) -> None:
        self._places = None
        self.update()

    @property
    def _placed(self) -> list[PlacedPoint]:
        """Where the points stand: found once for each size and content that is looked at."""
        if self._places is None:
            self._places = place_points(
                self._points, QRectF(self.rect()), current=self._current, cuts=self._cuts
            )
        return self._places

    def _index_of(self, key: str) -> int:
        return next((i for i, p in enumerate(self._points) if p.key == key), -1)

    def _next(self, way: QPointF) -> int:
        """The nearest point on that side of the current one, the first where none is current."""
        now = self._index_of(self._current)
        if now < 0:
            return 0
        here, best, found = self._placed[now].centre, 1e12, -1
        for at, placed in enumerate(self._placed):
            step = placed.centre - here
            along = QPointF.dotProduct(step, way)
            across = abs(QPointF.dotProduct(step, QPointF(way.y(), way.x())))
            cost = along + 2.5 * across
            if at != now and along > 0.5 and cost < best:
                best, found = cost, at
        return found

    def _at(self, spot: QPointF) -> int:
        """The point or name at a place, the smallest first; −1 for none."""
        hit = [
            (p.radius, i)
            for i, p in enumerate(self._placed)
            if (p.centre - spot).manhattanLength() <= (p.radius + _REACH) * 1.3
            or (p.label is not None and p.label.contains(spot))
        ]
        return min(hit)[1] if hit else -1

    def _tell(self, at: int, spot: QPoint) -> None:
        text = self._points[at].spoken if at >= 0 else ""
        QToolTip.showText(spot, f"<qt>{escape(text)}</qt>" if text else "", self)
