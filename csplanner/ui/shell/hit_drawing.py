"""The rows of the palette as they are painted: sign, words with what was found, shortcut."""

from typing import cast

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from csplanner.domain.likeness import spans
from csplanner.paint.chips import chip_size, draw_chip
from csplanner.paint.fonts import MEDIUM, SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of
from csplanner.ui.shell.hits import Hit
from csplanner.ui.style_drawing import panel

_Index = QModelIndex | QPersistentModelIndex
HIT_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT, GROUP_HEIGHT = 36, 28
_LEFT, _RIGHT = 50, 18
_DISC = 22


class HitDelegate(QStyledItemDelegate):
    """Paints a title or a hit."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(100, height_of(index))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look = theme_of(option.palette)
        rect = QRectF(option.rect)
        hit = cast("Hit | None", index.data(HIT_ROLE))
        if hit is None:
            painter.setFont(font(11, MEDIUM))
            painter.setPen(look.colour("text3"))
            flags = int(Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(rect.adjusted(16, 2, 0, 0), flags, str(index.data()))
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            panel(painter, rect.adjusted(8, 0, -8, 0), fill="selected", border="", theme=look)
        _draw_sign(painter, QRectF(rect.left() + 18, rect.top(), 20, rect.height()), hit, look)
        keys = hit.keys or ("Enter" if chosen and not hit.why else "")
        room = _draw_keys(painter, rect, keys, look)
        _draw_words(
            painter, QRectF(rect.left() + _LEFT, rect.top(), room, rect.height()), hit, look
        )


def height_of(index: _Index) -> int:
    """How high a row is: titles are lower than hits."""
    return GROUP_HEIGHT if index.data(HIT_ROLE) is None else ROW_HEIGHT


def _draw_sign(painter: QPainter, slot: QRectF, hit: Hit, look: Theme) -> None:
    if hit.band:
        box = QRectF(0, 0, 18, 18)
        box.moveCenter(slot.center())
        draw_mark(painter, box, band=hit.band, theme=look, form=hit.form)
    elif hit.person:
        box = QRectF(0, 0, _DISC, _DISC)
        box.moveCenter(slot.center())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.colour("hover"))
        painter.drawEllipse(box)
        painter.setFont(font(9, MEDIUM))
        painter.setPen(look.colour("text2"))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), hit.person)
    elif hit.icon:
        ink = look.colour("text3" if hit.why else "text2")
        draw_icon(painter, slot, name=hit.icon, colour=ink)


def _draw_keys(painter: QPainter, rect: QRectF, keys: str, look: Theme) -> float:
    """Draw the shortcut at the right and return the width left for words."""
    room = rect.width() - _LEFT - _RIGHT
    if not keys:
        return room
    size = chip_size(keys, "key")
    box = QRectF(
        rect.right() - _RIGHT - size.width(), rect.center().y() - 9, size.width(), size.height()
    )
    draw_chip(painter, box, text=keys, theme=look, kind="key")
    return room - size.width() - 8


def _draw_words(painter: QPainter, room: QRectF, hit: Hit, look: Theme) -> None:
    weight = MEDIUM if hit.band else 400
    ink = "text3" if hit.why else "text"
    for text, face, colour in (
        (hit.text, font(13, weight), ink),
        (hit.detail, font(12), "text2"),
    ):
        if room.width() < 24 or not text:
            continue
        metrics = QFontMetricsF(face)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.setPen(look.colour(colour))
        wide = _draw_marked(painter, room, shown, face=face, words=hit.marks)
        room = room.adjusted(wide + 12, 0, 0, 0)


def _draw_marked(painter: QPainter, room: QRectF, text: str, *, face: QFont, words: str) -> float:
    """Draw a line with what was looked for semibold and underlined; return how wide it is."""
    layout = QTextLayout(text, face)
    found = []
    for start, end in spans(text, words) if words else ():
        mark = QTextLayout.FormatRange()
        mark.start, mark.length = start, end - start
        style = QTextCharFormat()
        style.setFontWeight(SEMIBOLD)
        style.setFontUnderline(True)
        mark.format = style
        found.append(mark)
    layout.setFormats(found)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(room.width() + 40)
    layout.endLayout()
    layout.draw(painter, QPointF(room.left(), room.center().y() - line.height() / 2))
    return line.naturalTextWidth()
