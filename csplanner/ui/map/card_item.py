"""The layer of cards: only what can be seen is drawn, from pictures kept until they change."""

from collections import OrderedDict
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from csplanner.paint.map_card import RADIUS, detail_at, paint_card
from csplanner.paint.shadow import draw_panel
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.map.layer import Layer

if TYPE_CHECKING:
    from csplanner.ui.map.scene import MapScene

MARGIN = 10
"""Around a card in its picture, for what reaches over its edge."""
_MOST = 1200
"""Pictures kept; at 25 % a large screen shows about so many cards."""
_BUDGET, _AT_LEAST = 0.004, 6
"""Seconds a frame may spend on new pictures, and how many it draws however long they take."""


@dataclass(slots=True)
class _Kept:
    """A picture and the scale it was drawn at."""

    picture: QPixmap
    scale: float


class CardsItem(Layer):
    """Draws the cards of a scene; while the zoom changes, the pictures of another zoom do."""

    def __init__(self, scene: "MapScene") -> None:
        super().__init__(scene)
        self._kept: OrderedDict[tuple[str, bool], _Kept] = OrderedDict()
        self._more = QTimer(scene)
        self._more.setSingleShot(True)
        self._more.setInterval(0)
        self._more.timeout.connect(self._draw_more)

    def forget(self) -> None:
        """Draw every picture anew."""
        self._kept.clear()

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scene = self._scene
        theme = theme_of(scene.owner)
        scale = option.levelOfDetailFromTransform(painter.worldTransform())
        lying = [
            key for key in scene.board.within(option.exposedRect)
            if key in scene.cards and key not in scene.offsets
        ]  # fmt: skip
        moved = [key for key in scene.offsets if key in scene.cards]
        self._draw(painter, lying, scale, theme)
        for key in moved[:_AT_LEAST] if scene.lifted else ():
            draw_panel(painter, scene.box(key), theme=theme, radius=int(RADIUS))
        self._draw(painter, moved, scale, theme)
        self._draw_rings(painter, [*lying, *moved], scale, theme)

    def _draw(self, painter: QPainter, keys: list[str], scale: float, theme: Theme) -> None:
        scene, world = self._scene, painter.worldTransform()
        started, made, plain, unsharp = perf_counter(), 0, [], False
        painter.setWorldMatrixEnabled(False)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        ratio = painter.device().devicePixelRatioF()
        for key in keys:
            faded = scene.is_faded(key)
            kept = self._kept.get((key, faded))
            stale = kept is None or (kept.scale != scale and not scene.hurried)
            in_time = made < _AT_LEAST or perf_counter() - started < _BUDGET
            if stale and in_time:
                kept = self._picture(key, faded=faded, scale=scale, ratio=ratio, theme=theme)
                made += 1
            box = scene.box(key)
            if kept is None:
                plain.append(world.mapRect(box))
                continue
            unsharp = unsharp or (kept.scale != scale and not scene.hurried)
            corner = world.map(box.topLeft() - QPointF(MARGIN, MARGIN))
            spot = QPointF(round(corner.x() * ratio) / ratio, round(corner.y() * ratio) / ratio)
            if kept.scale == scale:
                painter.drawPixmap(spot, kept.picture)
            else:
                room = QRectF(spot, box.size() * scale + _margins(scale))
                painter.drawPixmap(room, kept.picture, QRectF(kept.picture.rect()))
        if plain:
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRects(plain)
        painter.setWorldMatrixEnabled(True)
        if plain or unsharp:
            self._more.start()

    def _picture(self, key: str, *, faded: bool, scale: float, ratio: float, theme: Theme) -> _Kept:
        box = self._scene.board.boxes[key]
        size = (box.size() + _margins(1.0)) * scale * ratio
        picture = QPixmap(QSize(round(size.width() + 1), round(size.height() + 1)))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        with QPainter(picture) as painter:
            painter.scale(scale, scale)
            room = QRectF(QPointF(MARGIN, MARGIN), box.size())
            look = self._scene.look_of(key)
            paint_card(painter, room, look, theme, faded=faded, detail=detail_at(scale))
        kept = self._kept[key, faded] = _Kept(picture, scale)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return kept

    def _draw_rings(self, painter: QPainter, keys: list[str], scale: float, theme: Theme) -> None:
        """Say which cards are selected, which one has the keys, and which one is aimed at."""
        scene = self._scene
        width = max(theme.size("focus") + 1.0, 2.0 / scale)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus"), width))
        for key in keys:
            if key in scene.selected:
                painter.drawRoundedRect(scene.box(key), RADIUS, RADIUS)
        if scene.hovered in scene.cards and scene.hovered not in scene.selected:
            painter.setPen(QPen(theme.colour("control"), 1.2))
            painter.drawRoundedRect(scene.box(scene.hovered), RADIUS, RADIUS)

    def _draw_more(self) -> None:
        self._scene.update()


def _margins(scale: float) -> QSizeF:
    return QSizeF(2 * MARGIN, 2 * MARGIN) * scale
