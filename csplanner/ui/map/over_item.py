"""The topmost layer: what a gesture shows while it lasts, and where the keyboard is."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from csplanner.domain.map_foot import MORE
from csplanner.paint.cells import Face, text_width
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.map_card import RADIUS, Detail, detail_at
from csplanner.ui.look import theme_of
from csplanner.ui.map.layer import Layer

HANDLE = 5.0
"""Half the width of the handle at a card's edge from which a line is drawn."""

_MOST_NAMED = 24
_TAG: Face = (12, MEDIUM)
_TAG_PAD, _TAG_HIGH = 6.0, 19.0


def handles(box: QRectF) -> tuple[QPointF, ...]:
    """Return the middles of a card's four handles, on its edges."""
    middle = box.center()
    return (
        QPointF(middle.x(), box.top()), QPointF(box.right(), middle.y()),
        QPointF(middle.x(), box.bottom()), QPointF(box.left(), middle.y()),
    )  # fmt: skip


class OverItem(Layer):
    """Draws the rubber band, guides, the line being drawn, the card aimed at and the focus ring."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scene = self._scene
        theme = theme_of(scene.owner)
        thin = 1 / option.levelOfDetailFromTransform(painter.worldTransform())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if scene.guides:
            painter.setPen(QPen(theme.colour("accent"), thin, Qt.PenStyle.DashLine))
            for guide in scene.guides:
                painter.drawLine(guide.topLeft(), guide.bottomRight())
        if scene.has_keys and scene.current in scene.board.boxes:
            painter.setPen(QPen(theme.colour("focus"), theme.size("focus")))
            ring = scene.box(scene.current).adjusted(-4, -4, 4, 4)
            painter.drawRoundedRect(ring, RADIUS + 4, RADIUS + 4)
        self._draw_handles(painter)
        if detail_at(1 / thin) is Detail.BLOCK:
            self._draw_names(painter)
        self._draw_pending(painter)
        if scene.target in scene.board.boxes:
            painter.setPen(QPen(theme.colour("accent"), 3))
            aimed = scene.box(scene.target).adjusted(-5, -5, 5, 5)
            painter.drawRoundedRect(aimed, RADIUS + 5, RADIUS + 5)
        if not scene.band.isEmpty():
            painter.setPen(QPen(theme.colour("accent"), thin))
            tint = theme.colour("accent")
            tint.setAlphaF(0.08)
            painter.setBrush(tint)
            painter.drawRect(scene.band)

    def named(self) -> list[str]:
        """Return whose name is written beside their card where cards are too small for names."""
        scene = self._scene
        chosen = [key for key in scene.board.boxes if key in scene.selected][:_MOST_NAMED]
        other = scene.hovered if scene.hovered in scene.board.boxes else ""
        return [*chosen, *([other] if other and other not in chosen and other != MORE else [])]

    def _draw_names(self, painter: QPainter) -> None:
        """Write who is chosen, or under the pointer, as large as elsewhere on the screen."""
        scene, world = self._scene, painter.worldTransform()
        theme = theme_of(scene.owner)
        painter.setWorldMatrixEnabled(False)
        painter.setFont(font(*_TAG))
        for key in self.named():
            card = world.mapRect(scene.box(key))
            name = scene.name_of(key)
            wide = text_width(name, _TAG) + 2 * _TAG_PAD
            tag = QRectF(card.center().x() - wide / 2, card.bottom() + 3, wide, _TAG_HIGH)
            painter.setPen(QPen(theme.colour("line"), 1))
            painter.setBrush(theme.colour("surface"))
            painter.drawRoundedRect(tag, 4, 4)
            painter.setPen(theme.colour("text"))
            painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), name)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setWorldMatrixEnabled(True)

    def _draw_handles(self, painter: QPainter) -> None:
        """Show where a line may be drawn from, at the card under the pointer."""
        scene = self._scene
        if not scene.editable or scene.offsets or scene.hovered not in scene.board.boxes:
            return
        if scene.hovered == MORE:
            return
        theme = theme_of(scene.owner)
        painter.setPen(QPen(theme.colour("accent"), 1.4))
        painter.setBrush(theme.colour("surface"))
        for spot in handles(scene.box(scene.hovered)):
            painter.drawEllipse(spot, HANDLE - 1, HANDLE - 1)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _draw_pending(self, painter: QPainter) -> None:
        scene = self._scene
        pending = scene.pending
        if pending is None or pending.start not in scene.board.boxes:
            return
        theme = theme_of(scene.owner)
        start = scene.box(pending.start)
        tip = pending.tip
        if pending.end in scene.board.boxes:
            end = scene.box(pending.end)
            tip = min(handles(end), key=lambda spot: _apart(spot, start.center()))
        foot = min(handles(start), key=lambda spot: _apart(spot, tip))
        painter.setPen(QPen(theme.colour("accent"), 2, Qt.PenStyle.DashLine))
        painter.drawLine(foot, tip)
        painter.setBrush(theme.colour("accent"))
        painter.drawEllipse(tip, 4, 4)
        painter.setBrush(Qt.BrushStyle.NoBrush)


def _apart(one: QPointF, other: QPointF) -> float:
    return (one - other).manhattanLength()
