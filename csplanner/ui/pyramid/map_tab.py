"""Pyramid and map: the scene with shelf and hours at the left, scatter and list at the right."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSplitter, QVBoxLayout, QWidget

from csplanner.domain.wording import unit_word
from csplanner.paint.chips import TIER_WORDS
from csplanner.paint.fonts import font
from csplanner.ui.look import theme_of
from csplanner.ui.pyramid.content import Content
from csplanner.ui.pyramid.eyes import BookHoursBar, EyesWideOpen
from csplanner.ui.pyramid.rows import shelf_text
from csplanner.ui.pyramid.scatter import Scatter
from csplanner.ui.pyramid.view import PyramidView
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground, Hairline, Pane
from csplanner.ui.widgets.progress import ProgressLine


class MapTab(QSplitter):
    """Lays out `view`, the shelf's buttons, the hours, `scatter` and `eyes`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setChildrenCollapsible(False)
        self.view = PyramidView()
        self.answer_button = Button(self.tr("Answer the questions"), small=True)
        self.place_button = Button(self.tr("Place by rule…"), small=True)
        self.progress = ProgressLine(cancellable=False)
        self._shelf_words = PlainLabel("", px=12, colour="text2")
        self._shelf_words.setWordWrap(True)
        self._shelf = self._shelf_bar()
        self._hours_pane = Pane("")
        self._hours = BookHoursBar()
        self.scatter = Scatter()
        self._note = PlainLabel("", px=12, colour="text3")
        self._note.setWordWrap(True)
        self._note.setContentsMargins(6, 0, 8, 8)
        self.eyes = EyesWideOpen()
        self.addWidget(self._left())
        self.addWidget(self._right())
        self.setStretchFactor(0, 59)
        self.setStretchFactor(1, 41)
        self.setSizes([536, 376])

    def show_content(self, content: Content, unit: str) -> None:
        """Show what was read of the book; hours are a `unit`."""
        self.view.show_tiers(content.tiers, content.shelf)
        self._shelf.setVisible(content.shelf.count > 0)
        self._shelf_words.setText(shelf_text(content.shelf.count))
        words = self.tr("Hours a {0}, whole book").format(unit_word(unit))
        self._hours_pane.set_title(words)
        self._hours.show_hours(content.hours)
        self.scatter.show_points(content.points, content.cuts)
        self._note.setText(content.note)
        self.eyes.show_costly(content.costly)

    def show_progress(self, done: int, total: int, words: str) -> None:
        """Show how far a large placement is; a total of 0 ends it."""
        if not total:
            self.progress.end()
        elif not self.progress.isVisible() and done <= 1:
            self.progress.begin(words)
        else:
            self.progress.step(done, total, words)

    def _left(self) -> QWidget:
        placement = Pane(
            self.tr("Placement"), note=self.tr("drag an account to another tier"), padded=False
        )
        placement.add_action(_Legend())
        placement.body.setContentsMargins(8, 0, 8, 0)
        placement.body.addWidget(self.view)
        self._hours_pane.body.setContentsMargins(16, 0, 16, 2)
        self._hours_pane.body.addWidget(self._hours)
        left = Ground("surface")
        left.setMinimumWidth(400)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(placement, 1)
        for part in (self.progress, self._shelf, Hairline(), self._hours_pane):
            column.addWidget(part)
        return left

    def _shelf_bar(self) -> QWidget:
        bar = Ground("surface")
        row = QHBoxLayout(bar)
        row.setContentsMargins(16, 6, 16, 10)
        row.setSpacing(8)
        row.addWidget(self._shelf_words, 1)
        row.addWidget(self.answer_button)
        row.addWidget(self.place_button)
        return bar

    def _right(self) -> QWidget:
        chart = Pane(self.tr("Equipped × potential"), padded=False)
        chart.add_action(_TierLegend())
        chart.body.setContentsMargins(10, 0, 8, 0)
        chart.body.addWidget(self.scatter, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._note, 1)
        foot.addWidget(self.scatter.chart.button(), 0, Qt.AlignmentFlag.AlignTop)
        chart.body.addLayout(foot)
        right = Ground("surface")
        right.setMinimumWidth(360)
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(chart, 62)
        column.addWidget(self.eyes, 38)
        return right


class _Legend(QWidget):
    """What the bars beside a tier mean."""

    def __init__(self) -> None:
        super().__init__()
        self._parts = (
            (self.tr("promised"), "tier-m"), (self.tr("spent"), "none-ink"),
            (self.tr("what-if"), ""),
        )  # fmt: skip
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Bars: promised, spent; the tick is the what-if"))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(12))
        return QSize(round(sum(metrics.horizontalAdvance(t) + 28 for t, _ in self._parts)), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            look, left = theme_of(self), 0.0
            painter.setFont(font(12))
            for text, token in self._parts:
                if token:
                    painter.fillRect(QRectF(left, 6, 10, 6), look.colour(token))
                else:
                    painter.setPen(QPen(look.colour("text"), 1.6))
                    painter.drawLine(round(left + 7), 3, round(left + 7), 14)
                width = QFontMetricsF(font(12)).horizontalAdvance(text)
                painter.setPen(look.colour("text2"))
                room = QRectF(left + 14, 0, width + 4, self.height())
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), text)
                left += width + 26


class _TierLegend(QWidget):
    """The colours of the tiers with their words."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Colours: high, medium, low, digital"))

    def sizeHint(self) -> QSize:
        metrics = QFontMetricsF(font(11))
        words = sum(metrics.horizontalAdvance(w) + 19 for w in TIER_WORDS.values())
        return QSize(round(words), 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            look, left = theme_of(self), 1.0
            painter.setFont(font(11))
            for letter, word in TIER_WORDS.items():
                painter.setPen(QPen(look.colour("tier-m"), 1))
                painter.setBrush(look.colour(f"tier-{letter.lower()}"))
                painter.drawEllipse(QRectF(left, 5, 8, 8))
                width = QFontMetricsF(font(11)).horizontalAdvance(word)
                painter.setPen(look.colour("text2"))
                room = QRectF(left + 11, 0, width + 4, self.height())
                painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), word)
                left += width + 19
