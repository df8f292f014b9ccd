"""The row that takes the map back by quarters, and tells what is different from today."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from csplanner.language import tr
from csplanner.ui.actions.typed import day_shown
from csplanner.ui.book.flow import Flow
from csplanner.ui.map.quarter_track import QuarterTrack
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.panes import Ground

_MOST = 12
_PAUSE_MS = 150


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of change since the day shown: its words and the cards it is about."""

    words: str
    keys: tuple[str, ...]


def quarter_ends(first: date, today: date) -> tuple[date, ...]:
    """The last days of the quarters from `first` on, twelve at most, and today, oldest first."""
    ends: list[date] = []
    day = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1) - timedelta(days=1)
    while day >= first and len(ends) < _MOST:
        ends.append(day)
        day = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - timedelta(days=1)
    return (*reversed(ends), today)


class TimeRow(Ground):
    """A slider with a stop at each quarter; the arrows move by one."""

    day_chosen = Signal(object)
    """The day (a `date`), once the slider rests."""
    keys_asked = Signal(tuple)
    """The cards that a difference is about."""
    closed = Signal()
    other_asked = Signal()
    """Any other day is wanted: the whole account, in a window of its own."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("canvas", parent)
        self._days: tuple[date, ...] = ()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_PAUSE_MS)
        self._timer.timeout.connect(lambda: self.day_chosen.emit(self.day))
        self.slider = QuarterTrack()
        self.slider.setAccessibleName(tr("The day the map is of"))
        self.slider.valueChanged.connect(self._moved)
        self._label = PlainLabel("", px=12)
        self._told = QHBoxLayout()
        self._told.setContentsMargins(0, 0, 0, 0)
        self._told.setSpacing(6)
        self.other = Button(tr("Another day…"), kind="quiet", small=True)
        self.other.clicked.connect(self.other_asked)
        close = IconButton("x", tr("Back to today"))
        close.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 6)
        row.setSpacing(8)
        held = QWidget()
        parts = Flow(held, row=34)
        parts.addWidget(self.slider)
        parts.addWidget(self._label)
        told = QWidget()
        told.setLayout(self._told)
        parts.addWidget(told)
        row.addWidget(held, 1)
        row.addWidget(self.other)
        row.addWidget(close)
        self.setFocusProxy(self.slider)

    @property
    def day(self) -> date | None:
        """The day the slider stands at; None before there are any."""
        return self._days[self.slider.value()] if self._days else None

    def show_days(self, days: Sequence[date], day: date) -> None:
        """Offer these days, oldest first, and stand at `day` or the next one after it; who moves
        the slider just then is not held up.
        """
        if self._timer.isActive() and tuple(days) == self._days:
            return
        self._days = tuple(days)
        blocked = self.slider.blockSignals(True)
        self.slider.show_days(self._days)
        at = next((n for n, each in enumerate(self._days) if each >= day), len(self._days) - 1)
        self.slider.setValue(at)
        self.slider.blockSignals(blocked)
        self._say_day()

    def step(self, by: int) -> None:
        """Move by so many quarters."""
        self.slider.setValue(self.slider.value() + by)

    def show_differences(self, found: Sequence[Difference], since: date | None = None) -> None:
        """Tell who is different today; pressing one chooses the cards.

        `since` is the day it is told from where the map of today is shown.
        """
        while self._told.count():
            item = self._told.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        if not found and self.day != (self._days[-1] if self._days else None):
            self._told.addWidget(PlainLabel(tr("Nothing changed since"), px=12, colour="text2"))
        if since is not None:
            # The track says itself that it stands at today.
            said = tr("Since {0}:") if found else tr("Nothing changed since {0}")
            self._label.setText(said.format(words.day(since, self._days[-1])))
        for each in found:
            button = Button(each.words, kind="link", small=True)
            button.clicked.connect(lambda _on=False, keys=each.keys: self.keys_asked.emit(keys))
            self._told.addWidget(button)

    def _moved(self, _value: int) -> None:
        self._say_day()
        self._timer.start()

    def _say_day(self) -> None:
        day = self.day
        if day is None:
            return
        last = day == self._days[-1]
        said = tr("today") if last else day_shown(day)
        self._label.setText(said)
        self.slider.setAccessibleDescription(said)
