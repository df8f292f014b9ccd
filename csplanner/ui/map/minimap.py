"""The whole map, small, with the part in view: click or drag to look elsewhere."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from csplanner.paint.tokens import Theme
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.map.scene import MapScene
from csplanner.ui.style_drawing import panel

WIDTH, HEIGHT = 184, 120
_INSET = 8
_LEAST_BLOCK = 1.6


@dataclass(frozen=True, slots=True)
class _Fit:
    """How the map lies in the small picture."""

    scale: float
    shift: QPointF

    def small(self, rect: QRectF) -> QRectF:
        """A rectangle of the map in the small picture."""
        return QRectF(rect.topLeft() * self.scale + self.shift, rect.size() * self.scale)

    def large(self, spot: QPointF) -> QPointF:
        """A point of the small picture on the map."""
        return (spot - self.shift) / self.scale


class Minimap(QWidget):
    """Shows where on the map the window is; the keyboard pans with Page up and down, Home, End."""

    wanted = Signal(QPointF)

    def __init__(self, scene: MapScene, parent: QWidget) -> None:
        super().__init__(parent)
        self._scene = scene
        self._view = QRectF()
        self._kept: QPixmap | None = None
        self.resize(WIDTH, HEIGHT)
        self.setAccessibleName(self.tr("The whole map, small"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH, HEIGHT)

    def forget(self) -> None:
        """Draw the map anew."""
        self._kept = None
        self.update()

    def show_view(self, view: QRectF) -> None:
        """Frame the part in view."""
        self._view = view
        self.update()

    def frame(self) -> QRectF:
        """Return where the part in view is framed."""
        return self._fit().small(self._view)

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        if self._kept is None:
            self._kept = self._picture(theme)
        with QPainter(self) as painter:
            panel(
                painter, self.rect().toRectF(), fill="raised", border="line", theme=theme, radius=8
            )
            painter.drawPixmap(0, 0, self._kept)
            painter.setClipRect(self.rect().adjusted(2, 2, -2, -2))
            painter.setPen(QPen(theme.colour("focus"), 1.5))
            painter.drawRect(self.frame())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._want(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons():
            self._want(event)

    def _want(self, event: QMouseEvent) -> None:
        self.wanted.emit(self._fit().large(event.position()))

    def _fit(self) -> _Fit:
        whole = self._scene.bounds()
        room = self.rect().toRectF().adjusted(_INSET, _INSET, -_INSET, -_INSET)
        if whole.isEmpty():
            return _Fit(1.0, QPointF())
        scale = min(room.width() / whole.width(), room.height() / whole.height())
        return _Fit(scale, room.center() - whole.center() * scale)

    def _picture(self, theme: Theme) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        fit, groups = self._fit(), dict[str, list[QRectF]]()
        for key, box in self._scene.board.boxes.items():
            small = fit.small(box)
            small.setWidth(max(_LEAST_BLOCK, small.width()))
            small.setHeight(max(_LEAST_BLOCK, small.height()))
            groups.setdefault(self._ink(key), []).append(small)
        with QPainter(picture) as painter:
            painter.setPen(Qt.PenStyle.NoPen)
            for ink, boxes in groups.items():
                painter.setBrush(theme.colour(ink))
                painter.drawRects(boxes)
        return picture

    def _ink(self, key: str) -> str:
        card = self._scene.cards.get(key)
        if card is None:
            return "accent"
        mood = card.mood.value
        if mood is None or veil.is_on():
            return "control"
        return "good" if int(mood) > 0 else "risk" if int(mood) < 0 else "watch"
