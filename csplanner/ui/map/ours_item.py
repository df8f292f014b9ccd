"""The layer of our people: the band at the foot of the map and a small card for each of us."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from csplanner.language import tr
from csplanner.paint.map_card import paint_ours
from csplanner.paint.map_drawing import draw_row
from csplanner.ui.look import theme_of

if TYPE_CHECKING:
    from csplanner.ui.map.scene import MapScene


class BandItem(QGraphicsItem):
    """Draws the band that our people stand in, below the lines."""

    def __init__(self, scene: "MapScene") -> None:
        super().__init__()
        self._scene = scene
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._scene.extent

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        us = self._scene.us
        words = tr("{0}, who covers whom").format(us) if us else tr("Us, who covers whom")
        draw_row(painter, self._scene.places, words, theme_of(self._scene.owner))


class OursItem(QGraphicsItem):
    """Draws each of our people, above the lines."""

    def __init__(self, scene: "MapScene") -> None:
        super().__init__()
        self._scene = scene
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._scene.extent

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scene, theme = self._scene, theme_of(self._scene.owner)
        for key in scene.ours:
            box = scene.box(key)
            if not box.intersects(option.exposedRect):
                continue
            faded = scene.is_faded(key)
            paint_ours(
                painter,
                box,
                scene.look_of_ours(key),
                theme,
                selected=key in scene.selected,
                faded=faded,
            )
