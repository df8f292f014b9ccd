"""The layer of our people: the band at the foot of the map and a small card for each of us."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from csplanner.domain.map_layout import MORE
from csplanner.language import tr
from csplanner.paint.cells import text_width
from csplanner.paint.fonts import MEDIUM, font
from csplanner.paint.map_card import detail_at, paint_ours
from csplanner.paint.map_drawing import draw_row
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.map.layer import Layer


class BandItem(Layer):
    """Draws the band that our people stand in, below the lines."""

    def paint(
        self,
        painter: QPainter,
        _option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        us = self._scene.us
        words = tr("{0}, who covers whom").format(us) if us else tr("Us, who covers whom")
        draw_row(painter, self._scene.places, words, theme_of(self._scene.owner))


def _draw_more(painter: QPainter, box: QRectF, words: str, theme: Theme, *, hovered: bool) -> None:
    """A quiet line of words that is pressed, its words at the right."""
    painter.save()
    face = font(11, MEDIUM)
    wide = text_width(words, (11, MEDIUM))
    painter.setFont(face)
    painter.setPen(theme.colour("accent-text"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), words)
    if hovered:
        y = box.center().y() + 7
        painter.drawLine(QPointF(box.right() - wide, y), QPointF(box.right(), y))
    painter.restore()


class OursItem(Layer):
    """Draws each of our people, above the lines."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        _widget: QWidget | None = None,
    ) -> None:
        scene, theme = self._scene, theme_of(self._scene.owner)
        if MORE in scene.board.boxes:
            hovered = scene.hovered == MORE
            _draw_more(painter, scene.box(MORE), scene.more_words(), theme, hovered=hovered)
        for key in scene.ours:
            box = scene.box(key)
            if not box.intersects(option.exposedRect):
                continue
            faded = scene.is_faded(key)
            scale = option.levelOfDetailFromTransform(painter.worldTransform())
            paint_ours(
                painter,
                box,
                scene.look_of_ours(key),
                theme,
                selected=key in scene.selected,
                faded=faded,
                detail=detail_at(scale),
            )
