"""Chips, marks and small measures as widgets, and filters that read as sentences."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from csplanner.domain.glossary import meaning, tip
from csplanner.language import tr
from csplanner.paint.chips import TIER_WORDS, chip_size, draw_chip, draw_tier, tier_size
from csplanner.paint.fonts import SEMIBOLD, font
from csplanner.paint.icons import draw_icon
from csplanner.paint.marks import draw_mark, mark_words
from csplanner.ui import veil
from csplanner.ui.look import theme_of
from csplanner.ui.style_drawing import panel
from csplanner.ui.widgets.labels import tooltip_of


class MarkWidget(QWidget):
    """A health mark: band good, watch, risk or none; form filled, hollow or dashed."""

    def __init__(
        self,
        band: str = "none",
        parent: QWidget | None = None,
        *,
        form: str = "filled",
        size: int = 16,
    ) -> None:
        super().__init__(parent)
        self.setFixedSize(size, size)
        self.show_band(band, form)

    def show_band(self, band: str, form: str = "filled") -> None:
        """Change what the mark says."""
        self._band, self._form = band, form
        self.setAccessibleName(mark_words(band, form))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_mark(
                painter,
                self.rect().toRectF(),
                band=self._band,
                theme=theme_of(self),
                form=self._form,
            )


class Chip(QWidget):
    """One or two words on a ground: plain, outline, good, watch, risk, accent, or key."""

    def __init__(self, text: str, parent: QWidget | None = None, *, kind: str = "plain") -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(text, kind)

    def show_text(self, text: str, kind: str = "plain") -> None:
        """Change the words and the ground."""
        self._whole = text
        text = veil.sentence(text)
        self._text, self._kind = text, kind
        self.setAccessibleName(text)
        if told := meaning(self._whole):
            self.setToolTip(tooltip_of(told))
            self.setAccessibleDescription(told)
        self.updateGeometry()
        self.update()

    def follow_veil(self) -> None:
        """Hide what is hidden now, or show it again."""
        self.show_text(self._whole, self._kind)

    def sizeHint(self) -> QSize:
        return chip_size(self._text, self._kind)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            draw_chip(
                painter,
                self.rect().toRectF(),
                text=self._text,
                theme=theme_of(self),
                kind=self._kind,
            )


class TierChip(QWidget):
    """The tier H, M, L or D; as a word, a filled letter or an outlined letter."""

    def __init__(self, tier: str, parent: QWidget | None = None, *, form: str = "word") -> None:
        super().__init__(parent)
        self._form = form
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_tier(tier)

    def show_tier(self, tier: str) -> None:
        """Change the tier."""
        self._tier = tier
        if not self.toolTip():
            self.setToolTip(tooltip_of(tip("tier")))
        self.setAccessibleName(tr("Tier {0}").format(TIER_WORDS[tier]))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return tier_size(self._tier, self._form)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            rect = QRectF(self.rect())
            draw_tier(painter, rect, tier=self._tier, theme=theme_of(self), form=self._form)


class FilterChip(QPushButton):
    """A filter as a sentence, "Tier is High": click edits it, the cross or Del removes it."""

    edited = Signal()
    removed = Signal()

    def __init__(self, subject: str, rest: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._subject, self._rest = subject, rest
        self.setAutoDefault(False)
        self.setAccessibleName(f"{subject} {rest}")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self.edited)

    def sizeHint(self) -> QSize:
        subject, rest = self._widths()
        return QSize(round(subject + rest) + 46, 26)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.removed.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.position().x() > self.width() - 24:
            self.setDown(False)
            self.removed.emit()
            return
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look = theme_of(self)
            fill = "hover" if self.underMouse() else "surface"
            panel(painter, self.rect().toRectF(), fill=fill, border="line", theme=look)
            subject, rest = self._widths()
            room = self.rect().toRectF().adjusted(9, 0, 0, 0)
            painter.setFont(font(12))
            painter.setPen(look.colour("text2"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), self._subject)
            painter.setFont(font(12, SEMIBOLD))
            painter.setPen(look.colour("text"))
            painter.drawText(
                room.adjusted(subject + 5, 0, 0, 0), int(Qt.AlignmentFlag.AlignVCenter), self._rest
            )
            cross = room.adjusted(subject + rest + 10, 0, 0, 0)
            cross.setWidth(16)
            draw_icon(painter, cross, name="x", colour=look.colour("text2"), px=12)

    def _widths(self) -> tuple[float, float]:
        return (
            QFontMetricsF(font(12)).horizontalAdvance(self._subject),
            QFontMetricsF(font(12, SEMIBOLD)).horizontalAdvance(self._rest),
        )
