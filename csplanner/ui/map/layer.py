"""One layer of the canvas: an item as large as the scene, which the mouse passes through."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtWidgets import QGraphicsItem

if TYPE_CHECKING:
    from csplanner.ui.map.scene import MapScene


class Layer(QGraphicsItem):
    """Asks to be told which part is drawn, so that a large map costs what is in sight of it."""

    def __init__(self, scene: "MapScene") -> None:
        super().__init__()
        self._scene = scene
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemUsesExtendedStyleOption)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:
        return self._scene.extent
