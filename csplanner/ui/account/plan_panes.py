"""The middle column of the overview: objectives, use, experience, place in the pyramid."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui.account.parts import GoalBar, RowButton, UseBar, clear, one_tab_stop
from csplanner.ui.account.plan_rows import ObjectiveRow, PlaceView, UseRow, VoiceRow
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.chips import MarkWidget
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Pane

_USE_COLUMNS = 6
_RIGHT = Qt.AlignmentFlag.AlignRight


class ObjectivesPane(Pane):
    """What they want, in their own metrics; `edited` carries an id, `added` asks for a new one."""

    edited = Signal(str)
    added = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        add = IconButton("plus", self.tr("Add an objective"))
        add.clicked.connect(self.added)
        self.add_action(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: Sequence[ObjectiveRow], note: str) -> None:
        """Show other objectives."""
        self.set_title(self.tr("Objectives, in their own metrics"), note)
        clear(self._rows)
        buttons = [self._row(row) for row in rows]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if not rows:
            words = self.tr("Nobody wrote down what they want. Outcomes stay unknown until then.")
            label = PlainLabel(words, colour="text2")
            label.setWordWrap(True)
            self._rows.addWidget(label)
            add = Button(self.tr("Add their first objective"), small=True)
            add.clicked.connect(self.added)
            self._rows.addSpacing(6)
            self._rows.addWidget(add)

    def _row(self, row: ObjectiveRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.edited.emit(row.id))
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(ElidedLabel(row.title), 1)
        way = ((row.start, 400, "text2"), ("→", 400, "text3"), (row.now, SEMIBOLD, "text"))
        for words, weight, ink in (*way, (f"of {row.goal}", 400, "text2")):
            shade = "text3" if words.endswith("unknown") else ink
            first.addWidget(PlainLabel(words, weight=weight, colour=shade))
        second = QHBoxLayout()
        second.setSpacing(6)
        ink = "text2" if row.has_owner else "risk-ink"
        second.addWidget(PlainLabel(row.owner, px=12, colour=ink))
        if row.unit:
            second.addWidget(PlainLabel(row.unit, px=12))
        age = ElidedLabel(row.age, px=12, colour="watch-ink" if row.is_stale else "text2")
        second.addWidget(age, 1)
        second.addWidget(GoalBar(row.share, row.is_stale))
        column = QVBoxLayout()
        column.setContentsMargins(0, 7, 0, 7)
        column.setSpacing(4)
        column.addLayout(first)
        column.addLayout(second)
        button.take(column)
        return button


class UsePane(Pane):
    """The modules they bought, unused ones included; `asked` carries a module."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        note = self.tr("share of seats active in 30 days")
        super().__init__(self.tr("What they use"), parent, note=note)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(8)
        self.body.addLayout(self._grid)

    def show_rows(self, rows: Sequence[UseRow]) -> None:
        """Show other modules; without any, the pane hides."""
        clear(self._grid)
        self.setVisible(bool(rows))
        buttons = [self._cell(row) for row in rows]
        across = min(_USE_COLUMNS, max(1, len(buttons)))
        for place, button in enumerate(buttons):
            self._grid.addWidget(button, place // across, place % across)
        one_tab_stop(buttons)

    def _cell(self, row: UseRow) -> RowButton:
        name = f"{row.title}: {row.words}"
        button = RowButton(name, run=lambda: self.asked.emit(row.title, button), line="")
        column = QVBoxLayout()
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(4)
        column.addWidget(ElidedLabel(row.title, px=12, weight=MEDIUM))
        column.addWidget(UseBar(row.share))
        column.addWidget(PlainLabel(row.words, px=12, colour=row.ink))
        button.take(column)
        return button


class VoicePane(Pane):
    """What each touchpoint answered, the poorest first; `asked` carries a touchpoint."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        note = self.tr("latest result at each touchpoint")
        super().__init__(self.tr("Experience"), parent, note=note)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: Sequence[VoiceRow]) -> None:
        """Show other answers; without any, the pane hides."""
        clear(self._rows)
        self.setVisible(bool(rows))
        buttons = [self._row(row) for row in rows]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)

    def _row(self, row: VoiceRow) -> RowButton:
        name = f"{row.title}: {row.value}, {row.band}, {row.note}"
        button = RowButton(name, run=lambda: self.asked.emit(row.title, button))
        line = QHBoxLayout()
        line.setContentsMargins(0, 5, 0, 5)
        line.setSpacing(8)
        line.addWidget(MarkWidget(row.band, size=14))
        line.addWidget(ElidedLabel(row.title), 1)
        line.addWidget(PlainLabel(row.value, weight=MEDIUM))
        note = PlainLabel(row.note, px=12, colour="text2")
        note.setAlignment(_RIGHT)
        note.setMinimumWidth(64)
        line.addWidget(note)
        button.take(line)
        return button


class PlacePane(Pane):
    """Equipped and potential, what the rule says of them, and what you chose."""

    asked = Signal(str, object)
    answered = Signal()
    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Place in the pyramid"), parent)
        answer = Button(self.tr("Answer…"), small=True)
        answer.clicked.connect(self.answered)
        tier = Button(self.tr("Set tier…"), small=True)
        tier.clicked.connect(self.placed)
        self.add_action(answer)
        self.add_action(tier)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.addLayout(self._rows)

    def show_view(self, view: PlaceView) -> None:
        """Show another account's place."""
        clear(self._rows)
        buttons = [
            self._row("equipped", self.tr("How equipped they are"), view.equipped),
            self._row("potential", self.tr("Their potential"), view.potential),
        ]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        for text in (view.sentence, view.reason, view.review):
            if text:
                label = PlainLabel(text, px=12, colour="text2")
                label.setWordWrap(True)
                self._rows.addSpacing(4)
                self._rows.addWidget(label)

    def _row(self, key: str, title: str, value: str) -> RowButton:
        button = RowButton(f"{title}: {value}", run=lambda: self.asked.emit(key, button))
        line = QHBoxLayout()
        line.setContentsMargins(0, 5, 0, 5)
        line.addWidget(PlainLabel(title), 1)
        ink, weight = ("text3", 400) if value == "unknown" else ("text", SEMIBOLD)
        line.addWidget(PlainLabel(value, weight=weight, colour=ink))
        button.take(line)
        return button
