"""The slide in the middle and the thumbnails under it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from csplanner.paint.fonts import MEDIUM, REGULAR, font
from csplanner.paint.shadow import draw_shadow
from csplanner.qbr.slides import Slide
from csplanner.ui.look import theme_of
from csplanner.ui.qbr.rows import texts_of
from csplanner.ui.qbr.slide import HEIGHT, WIDTH, draw_slide

_RATIO = WIDTH / HEIGHT
_SIDE, _ABOVE, _BELOW = 14, 6, 18
"""The room around the slide, in which its shadow falls."""
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_PageUp)
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown)


class SlideView(QWidget):
    """One slide as large as fits; arrows emit `stepped(−1 or 1)`."""

    stepped = Signal(int)
    fitted = Signal(int)
    """The height the slide takes at most in its width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slide: Slide | None = None
        self._page = 1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 190)

    def show_slide(self, slide: Slide, page: int) -> None:
        """Show a slide that carries this page number."""
        self._slide, self._page = slide, page
        self.setAccessibleName(self.tr("Slide {0}: {1}").format(page, slide.title))
        self.setAccessibleDescription(". ".join(t for t in texts_of(slide) if t))
        self.update()

    def slide_rect(self) -> QRectF:
        """Where the slide is drawn."""
        room = QRectF(self.rect()).adjusted(_SIDE, _ABOVE, -_SIDE, -_BELOW)
        width = min(room.width(), room.height() * _RATIO)
        rect = QRectF(0, 0, width, width / _RATIO)
        rect.moveCenter(room.center())
        rect.moveTop(room.top())
        return rect

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Take no more height than the width allows, so that what stands below stays close."""
        super().resizeEvent(event)
        most = round((self.width() - 2 * _SIDE) / _RATIO) + _ABOVE + _BELOW
        self.setMaximumHeight(most)
        self.fitted.emit(most)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = -1 if event.key() in _BACK else 1 if event.key() in _ON else 0
        if by:
            self.stepped.emit(by)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._slide is None:
            return
        with QPainter(self) as painter:
            look, rect = theme_of(self), self.slide_rect()
            draw_shadow(painter, rect.toRect(), theme=look, radius=3)
            draw_slide(painter, rect, slide=self._slide, page=self._page)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            focused = self.hasFocus()
            painter.setPen(
                QPen(
                    look.colour("focus" if focused else "control"),
                    look.size("focus") if focused else 1,
                )
            )
            painter.drawRoundedRect(rect.adjusted(-1.5, -1.5, 1.5, 1.5), 3, 3)


class Thumbnails(QWidget):
    """All slides in a row, as many as there is room for around the current one.

    `chosen(number)` counts from 0. One Tab stop; arrows step.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slides: Sequence[Slide] = ()
        self._pictures: dict[int, QPixmap] = {}
        self._current = 0
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Slides"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_slides(self, slides: Sequence[Slide]) -> None:
        """Show these slides; pictures of slides that stayed the same are kept."""
        kept = {
            at: picture for at, picture in self._pictures.items()
            if at < len(slides) and self._slides[at] == slides[at]
        }  # fmt: skip
        self._slides, self._pictures = slides, kept
        self.update()

    def show_current(self, number: int) -> None:
        """Mark a slide as the one looked at."""
        self._current = number
        if 0 <= number < len(self._slides):
            words = self.tr("{0} of {1}: {2}")
            title = self._slides[number].title
            self.setAccessibleDescription(words.format(number + 1, len(self._slides), title))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(600, 88)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        by = -1 if event.key() in _BACK else 1 if event.key() in _ON else 0
        if by and 0 <= self._current + by < len(self._slides):
            self.chosen.emit(self._current + by)
        elif not by:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        for number, rect in self._places():
            if rect.contains(event.position()):
                self.chosen.emit(number)

    def _places(self) -> list[tuple[int, QRectF]]:
        """The slides that can be seen, with their places."""
        width, gap = 98.0, 10.0
        fits = max(1, int((self.width() - 8 + gap) // (width + gap)))
        first = max(0, min(self._current - fits // 2, len(self._slides) - fits))
        shown = range(first, min(first + fits, len(self._slides)))
        left = (self.width() - (len(shown) * (width + gap) - gap)) / 2
        return [
            (number, QRectF(round(left + at * (width + gap)), 6, width, width / _RATIO))
            for at, number in enumerate(shown)
        ]

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            look = theme_of(self)
            for number, rect in self._places():
                current = number == self._current
                painter.drawPixmap(rect.toRect(), self._picture(number, rect))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(
                    QPen(look.colour("accent" if current else "line"), 2 if current else 1)
                )
                painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), 3, 3)
                if current and self.hasFocus():
                    painter.setPen(QPen(look.colour("focus"), look.size("focus")))
                    painter.drawRoundedRect(rect.adjusted(-4, -4, 4, 4), 5, 5)
                painter.setFont(font(11, MEDIUM if current else REGULAR))
                painter.setPen(look.colour("accent-text" if current else "text3"))
                room = QRectF(rect.left(), rect.bottom() + 5, rect.width(), 15)
                painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), str(number + 1))

    def _picture(self, number: int, rect: QRectF) -> QPixmap:
        found = self._pictures.get(number)
        if found is None:
            ratio = max(2.0, self.devicePixelRatioF())
            found = QPixmap((rect.size() * ratio).toSize())
            with QPainter(found) as painter:
                whole = QRectF(found.rect())
                draw_slide(painter, whole, slide=self._slides[number], page=number + 1)
            found.setDevicePixelRatio(ratio)
            self._pictures[number] = found
        return found
