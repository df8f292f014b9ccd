"""Labels that show text as it is: never rich text, never a picture, whatever a book contains."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from csplanner.domain import glossary
from csplanner.domain.wording import one_line
from csplanner.paint.fonts import LINE_HEIGHTS, REGULAR, font
from csplanner.ui import veil
from csplanner.ui.look import theme_of

_ACTIVE, _INACTIVE = QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive
_NARROW = 96
_LONGEST = 1000
"""More characters than this are never seen on one line."""


class PlainLabel(QLabel):
    """A label in one of the product's sizes, whose ink is a colour token and follows the theme."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 13,
        weight: int = REGULAR,
        colour: str = "text",
    ) -> None:
        super().__init__(veil.sentence(text), parent)
        self._whole = text
        self._colour = colour
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font(px, weight))
        # Chosen, though it stays the same: this tells of a palette that changed, which tints it.
        self.setForegroundRole(self.foregroundRole())
        self._meaning = ""
        self._mean()

    def setText(self, text: str) -> None:
        """Show other words, without what is hidden now."""
        self._whole = text
        super().setText(veil.sentence(text))
        self._mean()

    def follow_veil(self) -> None:
        """Hide what is hidden now, or show it again."""
        super().setText(veil.sentence(self._whole))

    def _mean(self) -> None:
        """Say of a term of the trade what it means, to who hovers and to a screen reader."""
        meaning = glossary.meaning(self._whole)
        if meaning == self._meaning:
            return
        was, self._meaning = tooltip_of(self._meaning), meaning
        if self.toolTip() in ("", was):
            self.setToolTip(tooltip_of(meaning))
        self.setAccessibleDescription(meaning)

    def set_colour(self, token: str) -> None:
        """Change the ink to another colour token."""
        self._colour = token
        self._tint()

    def set_plain_tooltip(self, text: str) -> None:
        """Show `text` while hovered, as it is."""
        set_plain_tooltip(self, text)

    def heightForWidth(self, width: int) -> int:
        if not self.wordWrap():
            return super().heightForWidth(width)
        around = self.contentsMargins()
        room = width - around.left() - around.right() - 2 * self.margin()
        lines = len(self._lines(room))
        return lines * self._line_height() + around.top() + around.bottom() + 2 * self.margin()

    def sizeHint(self) -> QSize:
        wanted = super().sizeHint()
        if not self.wordWrap():
            return wanted
        return QSize(wanted.width(), self.heightForWidth(wanted.width()))

    def minimumSizeHint(self) -> QSize:
        """Wrapped text never asks for more than a few words of room: a long word breaks."""
        wanted = super().minimumSizeHint()
        return QSize(min(wanted.width(), _NARROW), wanted.height()) if self.wordWrap() else wanted

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw wrapped text with the line height of its size; Qt would set the lines tighter.

        One line that has less room than it asked for ends in "…" and is told whole on hover.
        """
        if not self.wordWrap():
            if self._is_cut():
                self._draw_cut()
            else:
                super().paintEvent(event)
            return
        room = self.contentsRect()
        step = self._line_height()
        lines = self._lines(room.width())
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        top = room.top()
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(room.height() - step * len(lines), 0) // 2
        with QPainter(self) as painter:
            painter.setFont(self.font())
            painter.setPen(self.palette().color(self.foregroundRole()))
            for place, line in enumerate(lines):
                box = QRect(room.left(), top + place * step, room.width(), step)
                painter.drawText(box, int(across | Qt.AlignmentFlag.AlignVCenter), line)

    def _is_cut(self) -> bool:
        room = self.contentsRect().width() - 2 * self.margin()
        is_one_line = "\n" not in self.text()
        return is_one_line and self.fontMetrics().horizontalAdvance(self.text()) > room + 1

    def _draw_cut(self) -> None:
        room = self.contentsRect()
        shown = self.fontMetrics().elidedText(
            self.text(), Qt.TextElideMode.ElideRight, room.width()
        )
        if not self.toolTip():
            set_plain_tooltip(self, self.text())
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)

    def _lines(self, width: int) -> Sequence[str]:
        """Break the text into lines of at most `width` pixels."""
        own = self.font()
        key = (self.text(), own.key(), width)
        lines = _BROKEN.get(key)
        if lines is None:
            if len(_BROKEN) >= _MOST_BROKEN:
                _BROKEN.clear()
            lines = _BROKEN[key] = _broken(self.text(), own, width)
        return lines

    def _line_height(self) -> int:
        own = self.fontMetrics().lineSpacing()
        return max(LINE_HEIGHTS.get(self.font().pixelSize(), own), own)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._tint()

    def _tint(self) -> None:
        palette, role = self.palette(), self.foregroundRole()
        ink = theme_of(palette).colour(self._colour)
        if palette.color(role) == ink:
            return
        palette.setColor(_ACTIVE, role, ink)
        palette.setColor(_INACTIVE, role, ink)
        self.setPalette(palette)


_BROKEN: dict[tuple[str, str, int], Sequence[str]] = {}
"""Texts as they were broken into lines, by font and width: a layout asks for each many times."""
_MOST_BROKEN = 4000


def _broken(text: str, own: QFont, width: int) -> Sequence[str]:
    lines: list[str] = []
    breaks = QTextOption()
    breaks.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    for paragraph in text.split("\n"):
        layout = QTextLayout(paragraph, own)
        layout.setTextOption(breaks)
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            start = line.textStart()
            lines.append(paragraph[start : start + line.textLength()].rstrip())
        layout.endLayout()
        if not paragraph:
            lines.append("")
    return tuple(lines)


class ElidedLabel(PlainLabel):
    """One line that ends in "…" when there is no room, with the whole text in the tooltip."""

    def __init__(
        self,
        text: str = "",
        parent: QWidget | None = None,
        *,
        px: int = 13,
        weight: int = REGULAR,
        colour: str = "text",
    ) -> None:
        super().__init__(text, parent, px=px, weight=weight, colour=colour)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            metrics = QFontMetrics(self.font())
            room = self.contentsRect()
            text = one_line(self.text()[:_LONGEST])
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            if (shown != text) != (self.toolTip() != tooltip_of(self._meaning)):
                set_plain_tooltip(self, self.text() if shown != text else self._meaning)
            painter.drawText(room, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


def set_plain_tooltip(widget: QWidget, text: str) -> None:
    """Show `text` while the widget is hovered, as it is: Qt guesses rich text otherwise."""
    widget.setToolTip(tooltip_of(text))


def tooltip_of(text: str) -> str:
    """What a tooltip or a model is given to show `text` as it is, without what is hidden now."""
    safe = veil.sentence(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    safe = safe.replace("\n", "<br>")
    return f"<qt>{safe}</qt>" if text else ""
