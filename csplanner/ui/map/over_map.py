"""What floats over the canvas of a map: tools, legend, zoom, the small map and short notes."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from csplanner.ui.map.accessible import MapTable
from csplanner.ui.map.canvas import Canvas
from csplanner.ui.map.minimap import Minimap
from csplanner.ui.map.spoken import MapSpoken
from csplanner.ui.map.tools import FloatingNote, Legend, ToolStrip, ZoomBar

EDGE = 12
"""Between the rim of the canvas and what floats over it."""
_SAID_MS = 8000
_MANY = 40
"""From so many cards the small map is shown."""
_MOSTLY = 0.6
"""Where less of a small map is in sight the small map is shown too."""


class OverMap(QWidget):
    """The canvas with all that floats over it, each in its place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.canvas = Canvas(self)
        # Before anybody asks what the canvas is: Qt keeps the first answer.
        self.spoken = MapSpoken(self.canvas)
        self.scene = self.canvas.map_scene
        self.tools = ToolStrip(self)
        self.zoom = ZoomBar(self)
        self.legend = Legend(self)
        self.minimap = Minimap(self.scene, self)
        self.table = MapTable(self.scene, self)
        self.aim = FloatingNote(self)
        self.said = FloatingNote(self, ink="risk-ink", widest=300)
        self.table.hide()
        self._said_for = QTimer(self)
        self._said_for.setSingleShot(True)
        self._said_for.setInterval(_SAID_MS)
        self._said_for.timeout.connect(self.said.hide)
        self._said_key = ""
        self.setFocusProxy(self.canvas)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.canvas.setGeometry(self.rect())
        self.table.setGeometry(self.rect())

    def _zoomed(self, zoom: float) -> None:
        self.zoom.show_zoom(zoom)
        self.show_part()

    def show_part(self) -> None:
        """Tell which part of the map is in sight."""
        self.minimap.show_view(self.canvas.seen_part())
        self._show_minimap()
        self.put_said()

    def _show_minimap(self) -> None:
        seen, whole = self.canvas.seen_part(), self.scene.bounds()
        part = seen.intersected(whole)
        hidden = part.width() * part.height() < _MOSTLY * whole.width() * whole.height()
        self.minimap.setVisible(hidden or len(self.scene.cards) >= _MANY)

    def lay_over(self) -> None:
        """Put everything where it belongs at this size of the canvas."""
        self.place_over()
        self.show_part()

    def place_over(self) -> None:
        """Put the tools at the rims, and tell the canvas what they cover."""
        wide, high = self.width(), self.height()
        self.tools.adjustSize()
        self.zoom.adjustSize()
        self.tools.move(wide - self.tools.width() - EDGE, EDGE)
        self.zoom.move(wide - self.zoom.width() - EDGE, high - self.zoom.height() - EDGE)
        self.legend.fit(wide - self.zoom.width() - 2 * EDGE - 8)
        low = high - EDGE - max(0, self.zoom.height() - self.legend.height()) // 2
        self.legend.move(EDGE, low - self.legend.height())
        above = self.zoom.y() - self.minimap.height() - 8
        self.minimap.move(wide - self.minimap.width() - EDGE, above)
        self.canvas.covered = self.tools.geometry()
        foot = high - min(self.zoom.y(), self.legend.y())
        self.canvas.margins = (EDGE, 8, self.tools.width() + 2 * EDGE, foot + 8)

    def put_said(self) -> None:
        """Put what was said at the card it was said of."""
        if self.said.isVisible():
            top = QPoint((self.width() - self.said.width()) // 2, EDGE)
            self.put(self.said, self._said_key, top)

    def put(self, note: QWidget, key: str, otherwise: QPoint) -> None:
        """Put a note below a card, or elsewhere without one, as far as there is room."""
        spot = otherwise
        if key in self.scene.board.boxes:
            below = self.scene.box(key).bottomLeft()
            spot = self.canvas.mapFromScene(below) + QPoint(0, 8)
        most = QPoint(self.width() - note.width() - 4, self.height() - note.height() - 4)
        note.move(max(4, min(spot.x(), most.x())), max(4, min(spot.y(), most.y())))
