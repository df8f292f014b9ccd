"""The filters in force as sentences in a row: arrow keys between them, Enter changes one."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from csplanner.domain.filters import Condition
from csplanner.ui.book.flow import Flow
from csplanner.ui.book.words import condition_words
from csplanner.ui.widgets import format as words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import FilterChip
from csplanner.ui.widgets.fields import IconLabel
from csplanner.ui.widgets.labels import PlainLabel, set_plain_tooltip

_LONGEST = 64
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class FilterChips(QWidget):
    """`edited(place)` asks to change a filter, −1 to add one; `removed(place)` to take it away."""

    edited = Signal(int)
    removed = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.chips: list[FilterChip] = []
        self._focus_on = -1
        self._flow = Flow(self)
        self._flow.addWidget(IconLabel("list-filter", self))
        self.add_button = Button(self.tr("Add filter"), self, kind="quiet", icon="plus")
        self.add_button.clicked.connect(lambda: self.edited.emit(-1))
        self.add_button.installEventFilter(self)
        self._count = PlainLabel("", self, px=12, colour="text3")
        self._flow.addWidget(self.add_button)
        self._flow.addWidget(self._count)

    def show_conditions(self, conditions: Sequence[Condition], today: date) -> None:
        """Show what is in force; the keyboard stays about where it was."""
        place = next((at for at, chip in enumerate(self.chips) if chip.hasFocus()), -1)
        for chip in self.chips:
            self._flow.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        for part in (self.add_button, self._count):
            self._flow.removeWidget(part)
        self.chips = [self._chip(at, c, today) for at, c in enumerate(conditions)]
        for part in (self.add_button, self._count):
            self._flow.addWidget(part)
        self._keep_one_stop(0)
        if place >= 0:
            self._step_to(min(place, len(self.chips) - 1) if self.chips else 0)

    def show_count(self, shown: int, whole: int) -> None:
        """Say how many accounts are shown."""
        text = words.plural(whole, "account")
        if shown != whole:
            text = self.tr("{0} of {1}").format(words.number(shown), text)
        self._count.setText(text)
        self._flow.invalidate()

    def beside(self, place: int) -> QWidget:
        """The chip of a filter, or the button that adds one."""
        return self.chips[place] if 0 <= place < len(self.chips) else self.add_button

    def _chip(self, place: int, condition: Condition, today: date) -> FilterChip:
        subject, rest = condition_words(condition, today)
        shown = rest if len(rest) <= _LONGEST else f"{rest[:_LONGEST].rstrip()}…"
        chip = FilterChip(subject, shown, self)
        if shown != rest:
            chip.setAccessibleName(f"{subject} {rest}")
            set_plain_tooltip(chip, f"{subject} {rest}")
        chip.edited.connect(lambda: self.edited.emit(place))
        chip.removed.connect(lambda: self.removed.emit(place))
        chip.installEventFilter(self)
        self._flow.addWidget(chip)
        chip.show()
        return chip

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go from chip to chip, and change the one that has the keyboard."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        stops: list[QWidget] = [*self.chips, self.add_button]
        if watched not in stops:
            return super().eventFilter(watched, event)
        place, key = stops.index(watched), event.key()
        if key in _STEPS:
            self._step_to((place + _STEPS[Qt.Key(key)]) % len(stops))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._step_to(0 if key == Qt.Key.Key_Home else len(stops) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2):
            self.edited.emit(place if place < len(self.chips) else -1)
        else:
            return super().eventFilter(watched, event)
        return True

    def _step_to(self, place: int) -> None:
        stops: list[QWidget] = [*self.chips, self.add_button]
        self._keep_one_stop(place)
        stops[place].setFocus(Qt.FocusReason.TabFocusReason)

    def _keep_one_stop(self, place: int) -> None:
        """Tab stops at one of them; arrow keys go on from there."""
        stops: list[QWidget] = [*self.chips, self.add_button]
        for at, part in enumerate(stops):
            one = at == min(place, len(stops) - 1)
            part.setFocusPolicy(Qt.FocusPolicy.StrongFocus if one else Qt.FocusPolicy.ClickFocus)
