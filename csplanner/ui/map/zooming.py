"""The window onto a map: zoom, pan, fit, and the dotted ground; what is pressed is not its part."""

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QResizeEvent, QTransform
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from csplanner.ui.look import theme_of
from csplanner.ui.map.dots import DottedGround
from csplanner.ui.map.scene import MapScene

LEAST_ZOOM, MOST_ZOOM = 0.25, 2.0
STEPS = (0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0)
_SHARPEN_MS = 120
_AROUND = 24
_CLEAR = 4
"""So much between a card and the tools."""
_FINER = 0.01
_STANDS, _ABOVE = (0.5, 0.25, 0.0), 0.3
"""Which share of the air may be left of a map, and how much of it is above: the same for every
day of a map, so that two can be compared.
"""


def _largest(whole: QRectF, room: QRectF, most: float) -> float:
    return min(most, room.width() / whole.width(), room.height() / whole.height())


class ZoomView(QGraphicsView):
    """Shows a scene. `zoomed(zoom)`, `moved()` and `resized()` say that another part is in
    view."""

    zoomed = Signal(float)
    moved = Signal()
    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.map_scene = MapScene(self)
        self.setScene(self.map_scene)
        self.margins = (24, 24, 24, 24)
        """Left, top, right, bottom: what lies over the map, where fitting puts nothing."""
        self.used = False
        """Whether anybody panned or zoomed since the map was brought into sight."""
        self.covered = QRect()
        """The tools over the map."""
        self._ground = DottedGround()
        self._sharpen = QTimer(self)
        self._sharpen.setSingleShot(True)
        self._sharpen.setInterval(_SHARPEN_MS)
        self._sharpen.timeout.connect(self._draw_sharply)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontSavePainterState)
        self.setOptimizationFlag(QGraphicsView.OptimizationFlag.DontAdjustForAntialiasing)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)

    @property
    def zoom(self) -> float:
        """How large the map is drawn; 1 is 100 %."""
        return self.transform().m11()

    def zoom_to(self, zoom: float, around: QPoint | None = None) -> None:
        """Draw the map larger or smaller, 25 % to 200 %; a point of the window stays in place."""
        zoom = max(LEAST_ZOOM, min(MOST_ZOOM, zoom))
        if abs(zoom - self.zoom) < 1e-6:
            return
        anchor = around if around is not None else self.viewport().rect().center()
        spot = self.mapToScene(anchor)
        self.map_scene.hurried = True
        self._sharpen.start()
        self.setTransform(QTransform.fromScale(zoom, zoom))
        self.make_room()
        self.pan(self.mapFromScene(spot) - anchor)
        self.zoomed.emit(zoom)

    def zoom_step(self, by: int) -> None:
        """Go to the next larger (1) or smaller (−1) step."""
        now = self.zoom
        larger = [step for step in STEPS if step > now + 0.005]
        smaller = [step for step in STEPS if step < now - 0.005]
        if by > 0 and larger:
            self.zoom_to(larger[0])
        elif by < 0 and smaller:
            self.zoom_to(smaller[-1])

    def fit(self, rect: QRectF | None = None, *, most: float = 1.0) -> None:
        """Show everything, or a part, as large as it fits and at most at `most`.

        What lies over the map at the right takes no room unless cards would lie below it; then
        the map stands further left or down, and only then it is drawn smaller.
        """
        whole = rect if rect is not None else self.map_scene.bounds()
        left, top, _, bottom = self.margins
        wider = QRectF(self.viewport().rect()).adjusted(left, top, -left, -bottom)
        narrow = self._free_room()
        if whole.isEmpty() or wider.isEmpty() or narrow.isEmpty():
            return
        zoom, least = _largest(whole, wider, most), _largest(whole, narrow, most)
        if least < LEAST_ZOOM:
            self._stand_at_top(wider)
            return
        while zoom > least:
            for share in _STANDS:
                corner = self._corner(whole, wider, zoom, (share, _ABOVE))
                if self._is_clear(corner, zoom):
                    self._stand(zoom, corner)
                    return
            zoom -= _FINER
        self._stand(least, self._corner(whole, narrow, least, (0.5, _ABOVE)))

    def _stand_at_top(self, room: QRectF) -> None:
        """Of a map that is too large for the window show who stands at its top, and below."""
        board = self.map_scene.board
        top = board.boxes.get(board.first(), self.map_scene.bounds())
        spot = QPointF(top.center().x(), top.top()) * LEAST_ZOOM
        self._stand(LEAST_ZOOM, spot - QPointF(room.center().x(), room.top()))

    def shows_all(self) -> bool:
        """Whether everything can be seen, with no card below what lies over the map."""
        left, top, _, bottom = self.margins
        room = QRectF(self.viewport().rect()).adjusted(left, top, -left, -bottom)
        seen = self.mapToScene(room.toRect()).boundingRect().adjusted(-2, -2, 2, 2)
        corner = self.mapToScene(QPoint(0, 0)) * self.zoom
        return seen.contains(self.map_scene.bounds()) and self._is_clear(corner, self.zoom)

    def _corner(
        self, whole: QRectF, room: QRectF, zoom: float, share: tuple[float, float]
    ) -> QPointF:
        """Which point of the zoomed map the upper left corner of the window shows, where those
        shares of the air lie left of and above the map.
        """
        air = room.size() - whole.size() * zoom
        inset = QPointF(air.width() * share[0], air.height() * share[1])
        return whole.topLeft() * zoom - room.topLeft() - inset

    def _is_clear(self, corner: QPointF, zoom: float) -> bool:
        """Whether no card would lie below the tools."""
        covered = QRectF(self.covered).adjusted(1 - _CLEAR, 0, 0, _CLEAR).translated(corner)
        seen = QRectF(covered.topLeft() / zoom, covered.size() / zoom)
        return not self.map_scene.board.within(seen)

    def _stand(self, zoom: float, corner: QPointF) -> None:
        self.zoom_to(zoom)
        self.make_room()
        self._scroll_to(corner)
        self._sharpen.stop()
        self._draw_sharply()

    def pan(self, by: QPoint) -> None:
        """Move the window over the map by so many pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + by.x())
        down.setValue(down.value() + by.y())

    def show_key(self, key: str) -> None:
        """Bring a card into view when it is not."""
        if key not in self.map_scene.board.boxes:
            return
        whole = self.mapFromScene(self.map_scene.box(key)).boundingRect()
        left, top, _, bottom = self.margins
        wider = self.viewport().rect().adjusted(left - 2, top - 2, 2 - left, 2 - bottom)
        if wider.contains(whole) and not self.covered.intersects(whole):
            return
        box = self.map_scene.box(key).adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)
        seen = self.mapFromScene(box).boundingRect()
        room = self._free_room().toRect()
        x = min(0, seen.left() - room.left()) or max(0, seen.right() - room.right())
        y = min(0, seen.top() - room.top()) or max(0, seen.bottom() - room.bottom())
        if x or y:
            self.used = True
            self.pan(QPoint(x, y))

    def centre_on(self, spot: QPointF) -> None:
        """Bring a point of the map into the middle of the window."""
        self._scroll_to(spot * self.zoom - QRectF(self.viewport().rect()).center())

    def seen_part(self) -> QRectF:
        """Return the part of the map that the window shows."""
        return self.mapToScene(self.viewport().rect()).boundingRect()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        self.moved.emit()

    def make_room(self) -> None:
        """Let any corner of the map be brought into the middle, whatever it has become."""
        port = self.viewport().size()
        half_wide, half_high = port.width() / self.zoom, port.height() / self.zoom
        bounds = self.map_scene.bounds()
        self.setSceneRect(bounds.adjusted(-half_wide, -half_high, half_wide, half_high))
        self.map_scene.extend(self.sceneRect())

    def _free_room(self) -> QRectF:
        left, top, right, bottom = self.margins
        return QRectF(self.viewport().rect()).adjusted(left, top, -right, -bottom)

    def _scroll_to(self, corner: QPointF) -> None:
        """Put a point, in pixels of the zoomed map, into the upper left corner."""
        now = self.mapToScene(QPoint(0, 0)) * self.zoom
        self.pan((corner - now).toPoint())

    def _draw_sharply(self) -> None:
        self.map_scene.hurried = False
        self.viewport().update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and self.map_scene.shown is not None:
            self.map_scene.forget_looks()

    def resizeEvent(self, event: QResizeEvent) -> None:
        spot = self.mapToScene(QPoint(0, 0))
        super().resizeEvent(event)
        self.make_room()
        self._scroll_to(spot * self.zoom)
        self.resized.emit()

    def drawBackground(self, painter: QPainter, _rect: QRectF | QRect) -> None:
        self._ground.draw(painter, self.viewport().size(), theme_of(self))
