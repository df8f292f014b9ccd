"""Lucide icons, tinted with a token and sharp on every screen."""

from functools import cache

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from csplanner.paint.tokens import Theme
from csplanner.resources import resource


def icon(name: str, theme: Theme, *, token: str = "text2", px: int = 16) -> QIcon:
    """Return an icon in a token's colour, grey when disabled; `name` as in resources/icons."""
    return QIcon(_icon(name, px, theme.colour(token).rgba(), theme.colour("disabled").rgba()))


def icon_pixmap(name: str, colour: QColor, *, px: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return one tinted picture, `px` logical pixels square, for a screen of that pixel ratio."""
    return _pixmap(name, px, colour.rgba(), ratio)


def draw_icon(painter: QPainter, rect: QRectF, *, name: str, colour: QColor, px: int = 16) -> None:
    """Draw an icon in the middle of `rect`, as vectors, so that exports stay sharp."""
    left = rect.x() + (rect.width() - px) / 2
    top = rect.y() + (rect.height() - px) / 2
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    target = QPointF(round(left), round(top))
    if isinstance(device, QPixmap) or _is_raster(painter):
        painter.drawPixmap(target, _pixmap(name, px, colour.rgba(), ratio))
    else:
        _renderer(name, colour.rgba()).render(painter, QRectF(target.x(), target.y(), px, px))


def _is_raster(painter: QPainter) -> bool:
    engine = painter.paintEngine()
    return engine is not None and engine.type() == engine.Type.Raster


@cache
def _icon(name: str, px: int, rgba: int, disabled: int) -> QIcon:
    made = QIcon()
    for ratio in (1.0, 2.0):
        made.addPixmap(_pixmap(name, px, rgba, ratio), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, px, disabled, ratio), QIcon.Mode.Disabled)
    return made


@cache
def _pixmap(name: str, px: int, rgba: int, ratio: float) -> QPixmap:
    drawing = _renderer(name, rgba)
    side = round(px * ratio)
    picture = QPixmap(QSize(side, side))
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        drawing.render(painter, QRectF(0, 0, side, side))
    picture.setDevicePixelRatio(ratio)
    return picture


@cache
def _renderer(name: str, rgba: int) -> QSvgRenderer:
    drawing = resource(f"icons/{name}.svg").read_text(encoding="utf-8")
    colour = QColor.fromRgba(rgba).name()
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", colour).encode()))
