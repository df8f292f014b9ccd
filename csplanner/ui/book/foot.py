"""The pinned foot of the table: totals of what is shown, the legend, and the bulk bar."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QSizePolicy, QWidget

from csplanner.book.overview import Totals
from csplanner.domain.wording import unit_word
from csplanner.language import Spoken, noted, tr
from csplanner.paint.bars import draw_dot
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.look import theme_of
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.chips import Chip, MarkWidget
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.popover import KEPT_CLEAR
from csplanner.ui.words import hours, worth_full, worth_text

_BANDS = ("good", "watch", "risk", "none")
_BAND_WORDS = Spoken(
    {
        "good": noted("good"),
        "watch": noted("to watch"),
        "risk": noted("at risk"),
        "none": noted("unknown"),
    }
)


class TotalsFoot(Ground):
    """What is shown in one line: accounts, ARR, mean score, marks, overdue touches, legend."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("window", parent, lines="t")
        self.setAccessibleName(self.tr("Totals of what is shown"))
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(6)
        self._shown = PlainLabel("", px=12, colour="text2")
        self._arr = PlainLabel("", px=12, weight=SEMIBOLD)
        self._mean = PlainLabel("", px=12, weight=SEMIBOLD)
        self._late = PlainLabel("", px=12, weight=SEMIBOLD)
        self._counts = {band: PlainLabel("", px=12) for band in _BANDS}
        self._marks = {band: MarkWidget(band, size=14) for band in _BANDS}
        row.addWidget(self._shown)
        self._pair(row, self.tr("ARR"), self._arr)
        self._pair(row, self.tr("Mean score"), self._mean)
        row.addSpacing(12)
        for band in _BANDS:
            row.addWidget(self._marks[band])
            row.addWidget(self._counts[band])
            row.addSpacing(4)
        self._pair(row, self.tr("Touches overdue"), self._late)
        row.addStretch(1)
        self._legend = _Legend(self)
        row.addWidget(self._legend)
        self._chosen = PlainLabel("", px=12, weight=SEMIBOLD)
        self._chosen.setAccessibleDescription(self.tr("Cells chosen"))
        self._chosen.hide()
        row.addWidget(self._chosen)
        self.setFixedHeight(max(28, self.fontMetrics().height() + 12))

    def _pair(self, row: QHBoxLayout, name: str, value: PlainLabel) -> None:
        row.addSpacing(12)
        row.addWidget(PlainLabel(name, px=12, colour="text3"))
        row.addWidget(value)

    def show_totals(self, totals: Totals, as_of: date) -> None:
        """Show sums; unknown ones say so. `as_of` is the day whose rates they rest on."""
        self._shown.setText(self.tr("{0} shown").format(words.number(totals.accounts)))
        self._arr.setText(worth_text(totals.worth, "") or tr(words.UNKNOWN))
        set_plain_tooltip(self._arr, worth_full(totals.worth, as_of))
        self._arr.setAccessibleDescription(worth_full(totals.worth, as_of))
        self._mean.setText(
            tr(words.UNKNOWN) if totals.mean_score is None else str(totals.mean_score)
        )
        self._late.setText(words.number(totals.overdue))
        self._late.set_colour("risk-ink" if totals.overdue else "text")
        counts = (totals.good, totals.watch, totals.risk, totals.unknown)
        for band, count in zip(_BANDS, counts, strict=True):
            self._counts[band].setText(words.number(count))
            self._counts[band].setAccessibleName(f"{words.number(count)} {_BAND_WORDS[band]}")
        for part in (self._marks["none"], self._counts["none"]):
            part.setVisible(totals.unknown > 0)
        self._fit()

    def show_chosen(self, text: str) -> None:
        """Say what the cells chosen come to, in place of the legend; empty brings that back."""
        self._chosen.setText(text)
        self._chosen.setVisible(bool(text))
        self._fit()

    @property
    def chosen(self) -> str:
        """What it says of the cells chosen."""
        return self._chosen.text()

    def text(self) -> str:
        """Return the totals as one line of words."""
        labels = (self._shown, self._arr, self._mean, self._late)
        return ", ".join(label.text() for label in labels)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Show the legend's words only where there is room."""
        chosen = bool(self._chosen.text())
        self._legend.setVisible(not chosen)
        self._legend.set_long(True)
        if not chosen and self.sizeHint().width() > self.width():
            self._legend.set_long(False)
            self._legend.setVisible(self.sizeHint().width() <= self.width())


class _Legend(QWidget):
    """What the dots of coverage mean."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(5)
        self._order = PlainLabel(
            self.tr("Coverage, left to right: sponsor, decides, champion, day-to-day, finance"),
            px=12,
            colour="text3",
        )
        row.addWidget(self._order)
        row.addSpacing(10)
        for seat, name in (
            ("in_touch", self.tr("in touch")),
            ("quiet", self.tr("quiet")),
            ("nobody", self.tr("nobody")),
        ):
            row.addWidget(_Dot(seat, self))
            row.addWidget(PlainLabel(name, px=12, colour="text3"))

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def set_long(self, long: bool) -> None:
        """Say in which order the dots stand, or leave it to the column's tooltip."""
        self._order.setVisible(long)


class _Dot(QWidget):
    """One dot of coverage."""

    def __init__(self, seat: str, parent: QWidget) -> None:
        super().__init__(parent)
        self._seat = seat
        self.setFixedSize(12, 12)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw_dot(painter, QRectF(self.rect()).center(), seat=self._seat, theme=theme_of(self))
        painter.end()


def chosen_words(totals: Totals, whole: int) -> str:
    """Return `3 of 28 selected · $527k`: accounts ticked out of `whole`, and their ARR."""
    count, shown = words.number(totals.accounts), words.number(whole)
    arr = worth_text(totals.worth, "") or tr("ARR unknown")
    return tr("{0} of {1} selected · {2}").format(count, shown, arr)


class BulkBar(Ground):
    """Stands above the totals while accounts are ticked: what they are, and what to do."""

    cleared = Signal()
    ticked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("accent-tint", parent, lines="t")
        self.setAccessibleName(self.tr("Selected accounts"))
        self._box = QCheckBox(self)
        self._box.setTristate(True)
        self._box.setAccessibleName(self.tr("Select all accounts shown, or none"))
        self._box.clicked.connect(self.ticked)
        self._count = PlainLabel("", weight=SEMIBOLD)
        self._sums = PlainLabel("", colour="text2")
        self._sums.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(14, 0, 16, 0)
        self._row.setSpacing(8)
        self._row.addWidget(self._box)
        self._row.addSpacing(4)
        self._row.addWidget(self._count)
        self._row.addWidget(self._sums, 1)
        self._clear = Button(self.tr("Clear"), self, kind="quiet")
        self._clear.clicked.connect(self.cleared)
        self._row.addWidget(self._clear)
        self._row.addWidget(Chip(tr("Esc"), self, kind="key"))
        self.setFixedHeight(max(44, self._clear.sizeHint().height() + 16))
        self.setObjectName(KEPT_CLEAR)
        self.hide()

    def add_verb(self, words_: str, icon: str, run: Callable[[], object]) -> Button:
        """Add a button before Clear."""
        button = Button(words_, self, icon=icon)
        button.clicked.connect(lambda: run())
        self._row.insertWidget(self._row.count() - 2, button)
        return button

    def add_more(self, name: str, run: Callable[[], object]) -> IconButton:
        """Add a button with three dots before Clear, for verbs that have no room."""
        self.more = IconButton("ellipsis", name, self)
        self.more.clicked.connect(lambda: run())
        self._row.insertWidget(self._row.count() - 2, self.more)
        return self.more

    def show_selection(self, totals: Totals, *, whole: int, unit: str) -> None:
        """Say what is ticked, out of `whole` accounts shown; hide when nothing is."""
        self.setVisible(totals.accounts > 0)
        every = totals.accounts >= whole
        states = Qt.CheckState
        self._box.setCheckState(states.Checked if every else states.PartiallyChecked)
        self._count.setText(self.tr("{0} selected").format(words.number(totals.accounts)))
        arr = worth_text(totals.worth) or self.tr("ARR unknown")
        promised, spent = hours(totals.hours_promised, unit), hours(totals.hours_spent, unit)
        self._sums.setText(
            tr("{0} · {1} a {2} promised, {3} spent").format(arr, promised, unit_word(unit), spent)
        )

    def text(self) -> str:
        """Return what the bar says."""
        return f"{self._count.text()} {self._sums.text()}"

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())
