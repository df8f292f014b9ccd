"""A card of the relationship map, 204 × 74, drawn at every zoom; and the small one of ours."""

from enum import Enum
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from csplanner.language import noted, tr
from csplanner.paint import marks
from csplanner.paint.bars import draw_influence
from csplanner.paint.cells import Face, elided, text_width
from csplanner.paint.fonts import MEDIUM, REGULAR, SEMIBOLD, font
from csplanner.paint.map_look import OURS_FACE, CardLook, Change, OursLook
from csplanner.paint.tokens import Theme

RADIUS = 7.0
_INSET, _MARK = 11.0, 16.0
_FACE = 28.0
_TEXT_LEFT = 47.0
_BARS = (18.0, 10.0)
_NAME: Face = (13, MEDIUM)
_SMALL: Face = (11, REGULAR)
_FAR: tuple[Face, ...] = tuple((size, MEDIUM) for size in (25, 23, 21, 19, 17, 15))
"""From the largest: a long name is written smaller before it is cut."""
_LETTERS = 36
_FADED, _FAINTEST = 0.3, 0.55
_FULL_FROM, _NAME_FROM = 0.565, 0.3


class Detail(Enum):
    """How much of a card is drawn: less as it gets smaller on the screen."""

    FULL = "full"
    NAME = "name"
    """The name, large enough to be read from afar, and the mood."""
    BLOCK = "block"
    """The letters of the name and the mood as a shape."""


def detail_at(scale: float) -> Detail:
    """How much is drawn where a logical pixel of the map takes `scale` pixels of the screen."""
    if scale >= _FULL_FROM:
        return Detail.FULL
    return Detail.NAME if scale >= _NAME_FROM else Detail.BLOCK


def paint_card(
    painter: QPainter,
    rect: QRectF,
    look: CardLook,
    theme: Theme,
    *,
    selected: bool = False,
    faded: bool = False,
    detail: Detail = Detail.FULL,
) -> None:
    """Draw a card filling `rect`, which is 204 × 74 for whole pixels; leaves the painter as it
    was. `faded` is for who has nothing to do with the selection.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _sheet(painter, rect, look, theme, selected=selected, faded=faded)
    if faded:
        painter.setOpacity(painter.opacity() * _FADED)
    if detail is Detail.FULL:
        _full(painter, rect, look, theme)
    elif detail is Detail.NAME:
        _from_afar(painter, rect, look, theme)
    else:
        _block(painter, rect, look, theme)
    if look.change is not Change.NONE:
        _change(painter, rect, look.change, theme)
    painter.restore()


def _block(painter: QPainter, rect: QRectF, look: CardLook, theme: Theme) -> None:
    """The letters of the name and the mood, as large as there is room."""
    painter.setFont(font(_LETTERS, MEDIUM))
    painter.setPen(theme.colour("text2"))
    left = rect.adjusted(_INSET, 0, -_INSET, 0)
    flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.drawText(left, int(flags), look.initials)
    if look.band != "none":
        side = rect.height() * 0.56
        box = QRectF(rect.right() - side - 12, rect.center().y() - side / 2, side, side)
        marks.draw_mark(painter, box, band=look.band, theme=theme, form="hollow")


def _sheet(
    painter: QPainter, rect: QRectF, look: CardLook, theme: Theme, *, selected: bool, faded: bool
) -> None:
    """The ground stays opaque also where it is faded, so that no line shines through."""
    dashed, width = look.dashed and not selected, 1.0
    if selected:
        pen, width = QPen(theme.colour("focus"), theme.size("focus") + 1.0), 0.0
    elif dashed:
        pen = QPen(theme.colour("control"), 1.2)
        pen.setDashPattern([2.6, 1.8])
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    else:
        pen = QPen(theme.colour("hair" if faded else "line"), 1.0)
    painter.setPen(pen)
    painter.setBrush(theme.colour("canvas" if look.dashed or look.outside else "surface"))
    shift = width / 2
    painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), RADIUS, RADIUS)
    if look.outside and not selected:
        # A second line inside: not one of theirs, also without colour.
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(rect.adjusted(3.5, 3.5, -3.5, -3.5), RADIUS - 3, RADIUS - 3)


def _full(painter: QPainter, rect: QRectF, look: CardLook, theme: Theme) -> None:
    left, top, right = rect.left(), rect.top(), rect.right()
    middle = top + 24.5
    face = QRectF(left + _INSET, middle - _FACE / 2, _FACE, _FACE)
    _portrait(painter, face, look, theme)
    mark_left = right - _INSET - _MARK
    room = (right - _INSET if look.plain else mark_left - 6) - (left + _TEXT_LEFT)
    x = left + _TEXT_LEFT
    ink = "text3" if look.struck else "text"
    name = _fitted(look.name, _NAME, room)
    _write(painter, x, top + 22, name, _NAME, theme, ink)
    if look.struck:
        painter.setPen(QPen(theme.colour(ink), 1.2))
        painter.drawLine(QPointF(x, top + 17.5), QPointF(x + text_width(name, _NAME), top + 17.5))
    _write(painter, x, top + 37.5, _fitted(look.second, _SMALL, room), _SMALL, theme, "text3")
    if not look.plain:
        _mood(painter, QRectF(mark_left, middle - _MARK / 2, _MARK, _MARK), look, theme)
    _foot(painter, rect, look, theme)


def _portrait(painter: QPainter, face: QRectF, look: CardLook, theme: Theme) -> None:
    if look.dashed:
        painter.setPen(QPen(theme.colour("none-ink"), 1.0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(face.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.setPen(QPen(theme.colour("line"), 1.0) if theme.outlined else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("none-tint"))
        painter.drawEllipse(face)
    painter.setFont(font(11, SEMIBOLD))
    painter.setPen(theme.colour("text2"))
    painter.drawText(face, int(Qt.AlignmentFlag.AlignCenter), look.initials)


def _mood(painter: QPainter, box: QRectF, look: CardLook, theme: Theme) -> None:
    kept = painter.opacity()
    if look.band != "none":
        painter.setOpacity(kept * max(_FAINTEST, look.mood_fresh))
    marks.draw_mark(painter, box, band=look.band, theme=theme, form="hollow")
    painter.setOpacity(kept)


def _foot(painter: QPainter, rect: QRectF, look: CardLook, theme: Theme) -> None:
    below, base = look.foot, rect.top() + 60
    end = rect.right() - _INSET
    if below.right:
        width = text_width(below.right, _SMALL)
        _write(painter, end - width, base, below.right, _SMALL, theme, below.ink)
        end -= width + 8
    x = rect.left() + _INSET
    bars = below.bars and not look.plain
    clock = look.recheck and below.ink != "watch-ink"  # else the words say it
    room = end - x - (14 if clock else 0)
    taken = _BARS[0] + 8
    bars = bars and text_width(below.left, _SMALL) <= room - taken
    room -= taken if bars else 0
    left = _fitted(below.left, _SMALL, room)
    _write(painter, x, base, left, _SMALL, theme, "text2")
    x += text_width(left, _SMALL) + 6
    if bars:
        _bars(painter, QRectF(x, base - 9, *_BARS), look, theme)
        x += _BARS[0] + 6
    if clock:
        draw_clock(painter, QPointF(x + 4.5, base - 4), theme)


def _bars(painter: QPainter, box: QRectF, look: CardLook, theme: Theme) -> None:
    if look.level is None:
        draw_unknown_bars(painter, box, theme)
        return
    kept = painter.opacity()
    painter.setOpacity(kept * max(_FAINTEST, look.level_fresh))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    draw_influence(painter, box, level=look.level, theme=theme)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setOpacity(kept)


def draw_unknown_bars(painter: QPainter, box: QRectF, theme: Theme) -> None:
    """Draw the place of the bars of influence, dashed: nobody said."""
    pen = QPen(theme.colour("none-ink"), 1.0)
    pen.setDashPattern([1.6, 1.6])
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    corners = (
        (box.left() + 0.5, box.bottom() - 2.5), (box.right() - 0.5, box.top() + 0.5),
        (box.right() - 0.5, box.bottom() - 0.5), (box.left() + 0.5, box.bottom() - 0.5),
    )  # fmt: skip
    painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))


def draw_clock(painter: QPainter, centre: QPointF, theme: Theme) -> None:
    """Draw the small clock of a judgement that is to be checked again."""
    painter.setPen(QPen(theme.colour("watch-ink"), 1.1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(centre, 4.0, 4.0)
    painter.drawPolyline(QPolygonF([centre + QPointF(0, -2.4), centre, centre + QPointF(1.9, 0.9)]))


def _from_afar(painter: QPainter, rect: QRectF, look: CardLook, theme: Theme) -> None:
    """Name and mark alone, half as large again."""
    room = rect.width() - 2 * _INSET - (0 if look.plain else 34)
    face = next((face for face in _FAR if text_width(look.name, face) <= room), _FAR[-1])
    name = _fitted(look.name, face, room)
    x, base = rect.left() + _INSET, rect.center().y() + 8
    _write(painter, x, base, name, face, theme, "text3" if look.struck else "text")
    if look.struck:
        y = base - 7.5
        painter.setPen(QPen(theme.colour("text3"), 2))
        painter.drawLine(QPointF(x, y), QPointF(x + text_width(name, face), y))
    if not look.plain:
        box = QRectF(rect.right() - _INSET - 28, rect.center().y() - 14, 28, 28)
        _mood(painter, box, look, theme)


def _change(painter: QPainter, rect: QRectF, change: Change, theme: Theme) -> None:
    """A tag over the upper edge, in words."""
    text = tr("moved", "a person") if change is Change.MOVED else tr(_CHANGES[change])
    width = text_width(text, _SMALL) + 12
    box = QRectF(rect.left() + 12, rect.top() - 9.5, width, 16)
    painter.setPen(QPen(theme.colour("accent"), 1.0))
    painter.setBrush(theme.colour("accent-tint"))
    painter.drawRoundedRect(box, 4, 4)
    _write(painter, box.left() + 6, box.top() + 12, text, _SMALL, theme, "accent-text")


_CHANGES = {
    Change.JOINED: noted("joined"),
    Change.LEFT: noted("left"),
    Change.TURNED_FOR: noted("turned to us"),
    Change.TURNED_AGAINST: noted("turned away"),
}


@lru_cache(maxsize=8_000)
def _fitted(text: str, face: Face, room: float) -> str:
    return text if text_width(text, face) <= room else elided(text, face, int(room))


def _write(
    painter: QPainter, x: float, base: float, text: str, face: Face, theme: Theme, ink: str
) -> None:  # fmt: skip
    if text:
        painter.setFont(font(*face))
        painter.setPen(theme.colour(ink))
        painter.drawText(QPointF(x, base), text)


def paint_ours(
    painter: QPainter,
    rect: QRectF,
    look: OursLook,
    theme: Theme,
    *,
    selected: bool = False,
    faded: bool = False,
    detail: Detail = Detail.FULL,
) -> None:
    """Draw the small card of one of our people filling `rect`, 112 × 44 for whole pixels."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    edge = QPen(theme.colour("line"), 1.0)
    if selected:
        edge = QPen(theme.colour("focus"), theme.size("focus") + 1.0)
    painter.setPen(edge)
    painter.setBrush(theme.colour("surface"))
    shift = 0.0 if selected else 0.5
    painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), RADIUS, RADIUS)
    if faded:
        painter.setOpacity(painter.opacity() * _FADED)
    if detail is Detail.FULL:
        _ours_full(painter, rect, look, theme)
    else:
        room = rect.width() - 12
        words = look.name if detail is Detail.NAME else look.initials
        kind = next((kind for kind in _FAR[3:] if text_width(words, kind) <= room), _FAR[-1])
        words, base = _fitted(words, kind, room), rect.center().y() + kind[0] * 0.36
        _write(painter, rect.left() + 6, base, words, kind, theme, "text")
    painter.restore()


def _ours_full(painter: QPainter, rect: QRectF, look: OursLook, theme: Theme) -> None:
    face = QRectF(rect.left() + 8, rect.center().y() - 12, 24, 24)
    painter.setPen(QPen(theme.colour("line"), 1.0) if theme.outlined else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("accent-tint"))
    painter.drawEllipse(face)
    painter.setFont(font(10, SEMIBOLD))
    painter.setPen(theme.colour("accent-text"))
    painter.drawText(face, int(Qt.AlignmentFlag.AlignCenter), look.initials)
    x, room = rect.left() + 38, rect.width() - 44
    middle = rect.center().y() if look.second else rect.center().y() + 7
    large = not look.short and text_width(look.name, _NAME) <= room
    kind: Face = _NAME if large else OURS_FACE
    fits = not look.short or text_width(look.name, kind) <= room
    name = _fitted(look.name if fits else look.short, kind, room)
    _write(painter, x, middle - 3, name, kind, theme, "text")
    _write(painter, x, middle + 12, _fitted(look.second, _SMALL, room), _SMALL, theme, "text3")
