"""The head of Today: the day, one sentence, the week's hours and the strip."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.paint.fonts import REGULAR, SEMIBOLD, font
from csplanner.ui.look import theme_of
from csplanner.ui.today.rows import Run, Week
from csplanner.ui.today.strip import RenewalStrip
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground


class SentenceLabel(QWidget):
    """One line in which some words are strong; it ends in "…" when there is no room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[Run] = ()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_runs(self, runs: Sequence[Run]) -> None:
        """Show other words."""
        self._runs = runs
        text = "".join(run.text for run in runs)
        self.setAccessibleName(text)
        set_plain_tooltip(self, text)
        self.update()

    @property
    def text(self) -> str:
        """The whole sentence."""
        return "".join(run.text for run in self._runs)

    def sizeHint(self) -> QSize:
        return QSize(120, 20)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, left = theme_of(self), 0.0
        for run in self._runs:
            face = font(13, SEMIBOLD if run.strong else REGULAR)
            metrics = QFontMetricsF(face)
            room = QRectF(left, 0, max(0.0, self.width() - left), self.height())
            shown = metrics.elidedText(run.text, Qt.TextElideMode.ElideRight, room.width())
            painter.setFont(face)
            painter.setPen(look.colour("text" if run.strong else "text2"))
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), shown)
            left += metrics.horizontalAdvance(shown)
            if shown != run.text:
                break
        painter.end()


class HoursBar(QWidget):
    """Hours planned against hours there are: the part beyond them is another colour."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._share = 0.0
        self.setFixedHeight(12)
        self.setMinimumWidth(190)

    def show_share(self, share: float) -> None:
        """Show planned over available; 1 is exactly full."""
        self._share = share
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        look, width = theme_of(self), float(self.width())
        whole = max(self._share, 1.0)
        full = width / whole
        painter.fillRect(QRectF(0, 4, full, 5), look.colour("grid"))
        planned = width * self._share / whole
        painter.fillRect(QRectF(0, 4, min(planned, full), 5), look.colour("accent"))
        if planned > full:
            painter.fillRect(QRectF(full, 4, planned - full, 5), look.colour("watch"))
            painter.fillRect(QRectF(full - 1, 1, 2, 11), look.colour("text"))
        painter.end()


class HoursLabel(QWidget):
    """`Week 11   29 h planned of 26 h` over its bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = PlainLabel("", px=12, colour="text2")
        self._strong = PlainLabel("", px=12, weight=SEMIBOLD)
        self._rest = PlainLabel("", px=12, colour="text2")
        self._bar = HoursBar()
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self._title)
        row.addSpacing(12)
        row.addStretch(1)
        row.addWidget(self._strong)
        row.addWidget(self._rest)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(row)
        column.addWidget(self._bar)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_week(self, week: Week) -> None:
        """Show another week's hours."""
        self._title.setText(week.title)
        self._strong.setText(week.strong)
        self._strong.set_colour("watch-ink" if week.is_over else "text")
        self._rest.setText(week.rest)
        self._bar.show_share(week.share)
        words = f"{week.title}: {week.strong}{week.rest}"
        self.setAccessibleName(words)
        tip = self.tr("The hours your tiers promise a week, of the hours you have for customers.")
        set_plain_tooltip(self, tip)


class TodayHead(Ground):
    """Everything above the list."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="b")
        self.title = PlainLabel("", px=20, weight=SEMIBOLD)
        self.day_note = PlainLabel("", colour="watch-ink")
        self.sentence = SentenceLabel()
        self.hours = HoursLabel()
        self.strip = RenewalStrip()
        first = QHBoxLayout()
        first.setSpacing(12)
        first.addWidget(self.title)
        first.addWidget(self.day_note, 0, Qt.AlignmentFlag.AlignBottom)
        self.news = Button("", kind="link", small=True)
        self.news.hide()
        first.addStretch(1)
        first.addWidget(self.news, 0, Qt.AlignmentFlag.AlignBottom)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addLayout(first)
        words.addWidget(self.sentence)
        top = QHBoxLayout()
        top.setSpacing(24)
        top.addLayout(words, 1)
        top.addWidget(self.hours, 0, Qt.AlignmentFlag.AlignBottom)
        top.addWidget(self.strip.chart.button(), 0, Qt.AlignmentFlag.AlignBottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 14, 16, 8)
        column.setSpacing(10)
        column.addLayout(top)
        column.addWidget(self.strip)

    def show_news(self, words: str) -> None:
        """Say how many changes the last snapshot brought; nothing for no words."""
        self.news.set_text(words)
        self.news.setVisible(bool(words))
