"""How the style draws menus and scroll bars."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyleOption,
    QStyleOptionMenuItem,
    QStyleOptionSlider,
    QWidget,
)

from csplanner.paint.fonts import font
from csplanner.paint.icons import draw_icon
from csplanner.ui.style_drawing import look, panel

State = QStyle.StateFlag
Part = QStyle.SubControl
_THUMB = 8


def menu_panel(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the raised ground of a menu, rounded where its window is see-through."""
    rounded = widget is not None and widget.testAttribute(
        Qt.WidgetAttribute.WA_TranslucentBackground
    )
    theme = look(option)
    radius = 8.0 if rounded else 0.0
    panel(painter, QRectF(option.rect), fill="raised", border="line", theme=theme, radius=radius)


def menu_item(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw one entry: icon or tick, words, shortcut in grey; a separator is a hairline."""
    assert isinstance(option, QStyleOptionMenuItem)
    theme = look(option)
    rect = QRectF(option.rect)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        line = QRectF(rect.left() + 4, round(rect.center().y()), rect.width() - 8, 1)
        painter.fillRect(line, theme.colour("hair"))
        return
    enabled = bool(option.state & State.State_Enabled)
    if option.state & State.State_Selected and enabled:
        panel(painter, rect, fill="selected", border="", theme=theme, radius=4)
    ink = theme.colour("text" if enabled else "disabled")
    slot = QRectF(rect.left() + 8, rect.top(), 16, rect.height())
    if option.checked:
        draw_icon(painter, slot, name="check", colour=ink)
    elif not option.icon.isNull():
        mode = option.icon.Mode.Normal if enabled else option.icon.Mode.Disabled
        option.icon.paint(painter, slot.toRect(), Qt.AlignmentFlag.AlignCenter, mode)
    words, _, keys = option.text.partition("\t")
    painter.setFont(font(13))
    painter.setPen(ink)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextHideMnemonic)
    painter.drawText(rect.adjusted(32, 0, -8, 0), flags, words)
    painter.setFont(font(12))
    painter.setPen(theme.colour("text3" if enabled else "disabled"))
    right = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    painter.drawText(rect.adjusted(32, 0, -8, 0), right, keys.replace("+", " "))
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.SubMenu:
        arrow = QRectF(rect.right() - 22, rect.top(), 16, rect.height())
        draw_icon(painter, arrow, name="chevron-right", colour=ink, px=14)


def menu_item_size(option: QStyleOption, wanted: QSize) -> QSize:
    """Return the room of a menu entry: 28 high, a separator 9."""
    assert isinstance(option, QStyleOptionMenuItem)
    if option.menuItemType == QStyleOptionMenuItem.MenuItemType.Separator:
        return QSize(wanted.width(), 9)
    words, _, keys = option.text.partition("\t")
    metrics = option.fontMetrics
    width = metrics.horizontalAdvance(words) + metrics.horizontalAdvance(keys) + 40
    return QSize(width + (28 if keys else 8), max(28, metrics.height() + 10))


def menu_bar_item(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw one title of the menu bar."""
    assert isinstance(option, QStyleOptionMenuItem)
    theme = look(option)
    painter.fillRect(option.rect, theme.colour("window"))
    if option.state & (State.State_Selected | State.State_Sunken):
        box = QRectF(option.rect).adjusted(0, 2, 0, -2)
        panel(painter, box, fill="selected", border="", theme=theme, radius=4)
    painter.setPen(theme.colour("text"))
    flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextShowMnemonic)
    painter.drawText(option.rect, flags, option.text)


def menu_bar_ground(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of the menu bar."""
    painter.fillRect(option.rect, look(option).colour("window"))


def scroll_bar(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw an 8 px thumb, stronger under the mouse; no arrows, no groove."""
    assert isinstance(option, QStyleOptionSlider)
    if option.maximum <= option.minimum:
        return
    thumb = QRectF(scroll_bar_part(option, Part.SC_ScrollBarSlider))
    hovered = option.state & State.State_MouseOver
    fill = "control" if hovered else "line"
    if option.orientation == Qt.Orientation.Vertical:
        thumb = QRectF(option.rect.right() - _THUMB, thumb.top(), _THUMB, thumb.height())
    else:
        thumb = QRectF(thumb.left(), option.rect.bottom() - _THUMB, thumb.width(), _THUMB)
    panel(painter, thumb.adjusted(1, 1, -1, -1), fill=fill, border="", theme=look(option), radius=3)


def scroll_bar_part(option: QStyleOptionSlider, part: QStyle.SubControl) -> QRect:
    """Return where a part of a scroll bar lies; the arrows take no room."""
    whole = option.rect
    vertical = option.orientation == Qt.Orientation.Vertical
    length = whole.height() if vertical else whole.width()
    span = option.maximum - option.minimum
    slider = length if span <= 0 else max(length * option.pageStep // (span + option.pageStep), 28)
    slider = min(slider, length)
    start = QStyle.sliderPositionFromValue(
        option.minimum, option.maximum, option.sliderPosition, length - slider, option.upsideDown
    )
    stretches = {
        Part.SC_ScrollBarSlider: (start, slider),
        Part.SC_ScrollBarGroove: (0, length),
        Part.SC_ScrollBarSubPage: (0, start),
        Part.SC_ScrollBarAddPage: (start + slider, length - start - slider),
    }
    offset, size = stretches.get(part, (0, 0))
    if size <= 0:
        return QRect()
    if vertical:
        return QRect(whole.x(), whole.y() + offset, whole.width(), size)
    return QRect(whole.x() + offset, whole.y(), size, whole.height())
