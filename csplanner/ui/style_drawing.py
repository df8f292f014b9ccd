"""How the style draws each control: plain functions of the option, the painter and the widget."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QFrame,
    QPushButton,
    QStyle,
    QStyleOption,
    QStyleOptionButton,
    QStyleOptionComboBox,
    QStyleOptionSpinBox,
    QWidget,
)

from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.tokens import Theme
from csplanner.ui.look import theme_of

State = QStyle.StateFlag
KIND, ICON, SMALL, INVALID = "kind", "iconName", "small", "invalid"
_BUTTONS = {
    "primary": ("accent", "accent-hover", "", "on-accent"),
    "secondary": ("surface", "hover", "line", "text"),
    "quiet": ("", "hover", "", "text2"),
    "link": ("", "hover", "", "accent-text"),
    "danger": ("surface", "risk-tint", "line", "risk-ink"),
    "icon": ("", "hover", "", "text2"),
}

_TINTS = {
    "selected": "accent", "hover": "line", "accent-tint": "accent-text", "risk-tint": "risk-ink",
    "watch-tint": "watch-ink", "good-tint": "good-ink", "none-tint": "none-ink",
}  # fmt: skip
"""The outline that takes the place of a tint in high contrast."""


def look(option: QStyleOption) -> Theme:
    """Return the theme the control being drawn wears."""
    return theme_of(option.palette)


def nothing(_option: QStyleOption, _painter: QPainter, _widget: QWidget | None) -> None:
    """Draw nothing."""


def panel(
    painter: QPainter, rect: QRectF, *, fill: str, border: str, theme: Theme, radius: float = 6
) -> None:
    """Draw a rounded ground with an optional 1 px border; empty tokens draw nothing."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if theme.outlined and fill in _TINTS:
        border = border or _TINTS[fill]
    painter.setPen(theme.colour(border) if border else Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    shift = 0.5 if border else 0.0
    painter.drawRoundedRect(rect.adjusted(shift, shift, -shift, -shift), radius, radius)
    painter.restore()


def tooltip(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of a tooltip: raised, with a 1 px line."""
    theme = look(option)
    painter.fillRect(option.rect, theme.colour("raised"))
    painter.setPen(theme.colour("line"))
    painter.drawRect(option.rect.adjusted(0, 0, -1, -1))


# Buttons


def button(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ground of a push button of the kind its property names."""
    theme = look(option)
    fill, hover, border, _ = _BUTTONS[kind_of(widget)]
    if not option.state & State.State_Enabled:
        fill, border = ("surface" if fill else ""), ("line" if fill else "")
    elif option.state & (State.State_Sunken | State.State_On):
        fill = "accent-hover" if fill == "accent" else "selected"
    elif option.state & State.State_MouseOver:
        fill = hover
    panel(painter, QRectF(option.rect), fill=fill, border=border, theme=theme)


def button_label(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the icon and the words of a push button, centred together."""
    assert isinstance(option, QStyleOptionButton)
    theme = look(option)
    enabled = bool(option.state & State.State_Enabled)
    ink = theme.colour(_BUTTONS[kind_of(widget)][3] if enabled else "disabled")
    icon, px = str((widget and widget.property(ICON)) or ""), icon_px(widget)
    text = option.text.replace("&&", "\0").replace("&", "").replace("\0", "&")
    face = font(12 if widget and widget.property(SMALL) else 13, MEDIUM)
    metrics, gap = QFontMetricsF(face), 6 if text and icon else 0
    most = option.rect.width() - 2 - gap - (px if icon else 0)
    if metrics.horizontalAdvance(text) > most:
        _tell_whole(widget, text)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, most)
    width = metrics.horizontalAdvance(text)
    left = option.rect.left() + (option.rect.width() - width - gap - (px if icon else 0)) / 2
    if icon:
        box = QRectF(left, option.rect.top(), px, option.rect.height())
        draw_icon(painter, box, name=icon, colour=ink, px=px)
        left += px + gap
    painter.setFont(face)
    painter.setPen(ink)
    room = QRectF(left, option.rect.top(), width + 1, option.rect.height())
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)


def _tell_whole(widget: QWidget | None, text: str) -> None:
    """Say on hover what has no room."""
    from csplanner.ui.widgets.labels import set_plain_tooltip  # labels are drawn with this module

    if widget is not None and not widget.toolTip():
        set_plain_tooltip(widget, text)


def button_size(widget: QPushButton) -> QSize:
    """Return the size of a push button: 28 high, 24 when small, grown with larger fonts."""
    small = bool(widget.property(SMALL))
    metrics = QFontMetricsF(font(12 if small else 13, MEDIUM))
    height = max(24 if small else 28, round(metrics.height()) + 8)
    if kind_of(widget) == "icon":
        return QSize(height, height)
    icon = icon_px(widget) + (6 if widget.text() else 0) if widget.property(ICON) else 0
    text = widget.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
    padding = 2 if kind_of(widget) == "link" else 8 if small else 10
    return QSize(max(24, round(metrics.horizontalAdvance(text) + 1 + icon + 2 * padding)), height)


def kind_of(widget: QWidget | None) -> str:
    """Return the kind of a button; those of system dialogs are secondary."""
    kind = widget.property(KIND) if widget is not None else None
    return str(kind) if kind in _BUTTONS else "secondary"


def icon_px(widget: QWidget | None) -> int:
    """Return the size of a button's icon: 14 beside words, 16 alone."""
    return 16 if kind_of(widget) == "icon" else 14


def tool_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of a tool button while hovered, pressed or on."""
    if option.state & (State.State_Sunken | State.State_On):
        panel(painter, QRectF(option.rect), fill="selected", border="", theme=look(option))
    elif option.state & State.State_MouseOver and option.state & State.State_Enabled:
        panel(painter, QRectF(option.rect), fill="hover", border="", theme=look(option))


def check_box(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw a 14 px check box: empty, ticked or partly."""
    theme = look(option)
    on, part = option.state & State.State_On, option.state & State.State_NoChange
    enabled = bool(option.state & State.State_Enabled)
    box = QRectF(0, 0, 14, 14)
    box.moveCenter(QRectF(option.rect).center())
    box.moveTopLeft(QPointF(round(box.left()), round(box.top())))
    ground = ("accent" if enabled else "disabled") if on or part else "surface"
    border = ground if on or part else ("control" if enabled else "line")
    panel(painter, box, fill=ground, border=border, theme=theme, radius=3.5)
    ink = theme.colour("on-accent")
    if on:
        draw_icon(painter, box, name="check", colour=ink, px=12)
    elif part:
        painter.fillRect(QRectF(box.left() + 3.5, box.center().y() - 0.8, 7, 1.6), ink)


def radio_button(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw a 14 px radio button."""
    theme = look(option)
    on = option.state & State.State_On
    box = QRectF(option.rect.left() + 0.5, option.rect.center().y() - 6, 13, 13)
    panel(painter, box, fill="surface", border="accent" if on else "control", theme=theme, radius=7)
    if on:
        panel(painter, box.adjusted(3, 3, -3, -3), fill="accent", border="", theme=theme, radius=4)


# Fields


def field(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ground and border of a field; raspberry when its property says it is wrong."""
    if is_framed(widget):
        _field_panel(option, painter, widget)


def is_framed(widget: QWidget | None) -> bool:
    """Say whether a field has a frame of its own: not inside a choice, nor when `bare`."""
    if widget is None:
        return True
    return not widget.property("bare") and not isinstance(widget.parent(), _HOSTS)


def combo_box(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a choice field with its arrow."""
    assert isinstance(option, QStyleOptionComboBox)
    _field_panel(option, painter, widget)
    arrow = QRectF(option.rect.right() - 23, option.rect.top(), 20, option.rect.height())
    draw_icon(painter, arrow, name="chevron-down", colour=look(option).colour("text3"), px=14)


def spin_box(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw a number field with its two small arrows."""
    assert isinstance(option, QStyleOptionSpinBox)
    _field_panel(option, painter, widget)
    if option.buttonSymbols == QAbstractSpinBox.ButtonSymbols.NoButtons:
        return
    box = QRectF(option.rect.right() - 19, option.rect.top(), 18, option.rect.height())
    draw_icon(painter, box, name="chevrons-up-down", colour=look(option).colour("text3"), px=14)


def _field_panel(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    enabled = bool(option.state & State.State_Enabled)
    border = "control" if enabled else "line"
    if widget is not None and widget.property(INVALID):
        border = "risk-ink"
    fill = "surface" if enabled else "subtle"
    panel(painter, QRectF(option.rect), fill=fill, border=border, theme=look(option))


_HOSTS = (QComboBox, QAbstractSpinBox)


# Focus, frames


def focus_ring(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ring: close around a field, 2 px away from anything else."""
    radius = 7.0 if getattr(widget, "field", False) else 9.0
    ring(painter, QRectF(option.rect), theme=look(option), radius=radius)


def ring(painter: QPainter, rect: QRectF, *, theme: Theme, radius: float = 4.0) -> None:
    """Draw the ring of what has the keyboard inside `rect`: 2 px, 3 px in high contrast."""
    width = theme.size("focus")
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("focus"), width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = width / 2
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius, radius)
    painter.restore()


def item_focus(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the ring inside the current item of a list or table; other widgets have theirs."""
    if not isinstance(widget, QAbstractItemView):
        return
    ring(painter, QRectF(option.rect), theme=look(option))


def frame(option: QStyleOption, painter: QPainter, widget: QWidget | None) -> None:
    """Draw the quiet border of a framed list or text."""
    if isinstance(widget, QFrame) and widget.frameShape() == QFrame.Shape.NoFrame:
        return
    panel(painter, QRectF(option.rect), fill="", border="line", theme=look(option))


def splitter(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the hairline between two panes."""
    painter.fillRect(option.rect, look(option).colour("hair"))


# Tabs, headers, bars


def tab(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the iris line under the chosen tab."""
    theme = look(option)
    if option.state & State.State_Selected:
        line = QRectF(option.rect.left() + 8, option.rect.bottom() - 1, option.rect.width() - 16, 2)
        painter.fillRect(line, theme.colour("accent"))
    if option.state & State.State_HasFocus:
        ring(painter, QRectF(option.rect), theme=theme)


def tab_label(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the words of a tab; the chosen one in ink and heavier."""
    chosen = bool(option.state & State.State_Selected)
    theme = look(option)
    text = getattr(option, "text", "").replace("&&", "\0").replace("&", "").replace("\0", "&")
    words, _, count = text.partition("\t")
    face = font(13, MEDIUM if chosen else REGULAR)
    # Where tabs stand closer together there is less beside the words.
    spare = QRectF(option.rect).width() - QFontMetricsF(face).horizontalAdvance(words)
    inset = 8.0 if count else max(0.0, min(8.0, spare / 2))
    room = QRectF(option.rect).adjusted(inset, 0, -inset, 0)
    painter.setFont(face)
    painter.setPen(theme.colour("text" if chosen else "text2"))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip), words)
    painter.setFont(font(12))
    painter.setPen(theme.colour("text3"))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight), count)


def tab_base(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the hairline below a row of tabs."""
    painter.setPen(look(option).colour("hair"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


def header_section(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the ground of a table head and the line below it."""
    theme = look(option)
    painter.fillRect(option.rect, theme.colour("window"))
    painter.setPen(theme.colour("line"))
    painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())


def header_arrow(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the sort arrow beside the name of a column."""
    ascending = getattr(option, "sortIndicator", None)
    name = "arrow-up" if ascending is not None and ascending.value == 1 else "arrow-down"
    draw_icon(painter, QRectF(option.rect), name=name, colour=look(option).colour("text3"), px=12)


def progress_groove(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw the track of a thin progress bar."""
    theme = look(option)
    painter.fillRect(option.rect, theme.colour("hover" if theme.outlined else "hair"))


def progress_contents(option: QStyleOption, painter: QPainter, _widget: QWidget | None) -> None:
    """Draw how far a thin progress bar is; unknown work shows a third of it, still."""
    low, high = getattr(option, "minimum", 0), getattr(option, "maximum", 0)
    done = getattr(option, "progress", 0)
    share = (done - low) / (high - low) if high > low else 1 / 3
    filled = QRectF(option.rect)
    filled.setWidth(filled.width() * min(max(share, 0.0), 1.0))
    painter.fillRect(filled, look(option).colour("accent"))
