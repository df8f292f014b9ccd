"""The middle column of the overview: objectives, what they use, place in the pyramid."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from csplanner.language import ntr, tr
from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui.account.nothing import NothingYet, draw_dashed_bars, draw_dashed_goal
from csplanner.ui.account.parts import GoalBar, RowButton, UseBar, clear, one_tab_stop
from csplanner.ui.account.plan_rows import ObjectiveRow, PlaceView, UseRow
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_USE_COLUMNS = 6
_OBJECTIVES = 4
_USE_WIDEST = 72


class ObjectivesPane(Pane):
    """What they want, in their own metrics; `edited` carries an id, `added` asks for a new one."""

    edited = Signal(str)
    added = Signal()
    figure_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._figure = IconButton("target", self.tr("Add a figure of an objective"))
        self._figure.clicked.connect(self.figure_asked)
        self.add_action(self._figure)
        add = IconButton("plus", self.tr("Add an objective"))
        changing(add, self._figure)
        add.clicked.connect(self.added)
        self.add_action(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setContentsMargins(16, 0, 16, 4)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: Sequence[ObjectiveRow], note: str) -> None:
        """Show other objectives, the first few of many, reached ones last."""
        self.set_title(self.tr("Objectives, in their own metrics"), note)
        clear(self._rows)
        self._figure.setVisible(bool(rows))
        buttons = [self._row(row) for row in rows[:_OBJECTIVES]]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if len(rows) > _OBJECTIVES:
            self._add_rest(rows[_OBJECTIVES:])
        if not rows:
            words = self.tr("Nobody wrote down what they want. Outcomes stay unknown until then.")
            verb = self.tr("Add their first objective")
            nothing = NothingYet(words, draw_dashed_goal, verb=verb, run=self.added.emit)
            self._rows.addWidget(nothing)

    def _add_rest(self, rows: Sequence[ObjectiveRow]) -> None:
        """A way to those that have no room: pressing it shows them."""
        words = ntr("{0} more objective", "{0} more objectives", len(rows))
        more = Button(words, kind="link", small=True)
        self._rows.addWidget(more)

        def show() -> None:
            more.hide()
            buttons = [self._row(row) for row in rows]
            for button in buttons:
                self._rows.addWidget(button)
            buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

        more.clicked.connect(show)

    def _row(self, row: ObjectiveRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.edited.emit(row.id))
        first = QHBoxLayout()
        first.setSpacing(6)
        first.addWidget(ElidedLabel(row.title), 1)
        way = ((row.start, 400, "text2"), ("→", 400, "text3"), (row.now, SEMIBOLD, "text"))
        for words, weight, ink in (*way, (tr("of {0}").format(row.goal), 400, "text2")):
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
        column.setContentsMargins(0, 5, 0, 5)
        column.setSpacing(2)
        column.addLayout(first)
        column.addLayout(second)
        button.take(column)
        return button


class UsePane(Pane):
    """The modules they bought, unused ones included; `asked` carries a module."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("What they use"), parent)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self.body.setContentsMargins(16, 0, 16, 6)
        self.body.addLayout(self._grid)
        self._nothing = NothingYet(
            self.tr("No use is known. Import a usage export to see what they use."),
            draw_dashed_bars,
        )
        self.body.addWidget(self._nothing)

    def show_rows(self, rows: Sequence[UseRow]) -> None:
        """Show other modules."""
        clear(self._grid)
        note = self.tr("share of seats active in 30 days") if rows else ""
        self.set_title(self.tr("What they use"), note)
        self._nothing.setVisible(not rows)
        buttons = [self._cell(row) for row in rows]
        across = min(_USE_COLUMNS, max(1, len(buttons)))
        for place, button in enumerate(buttons):
            self._grid.addWidget(button, place // across, place % across)
        one_tab_stop(buttons)

    def _cell(self, row: UseRow) -> RowButton:
        name = f"{row.title}: {row.words}"
        button = RowButton(name, run=lambda: self.asked.emit(row.title, button), line="")
        column = QVBoxLayout()
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(4)
        column.addWidget(_wide(ElidedLabel(row.title, px=12, weight=MEDIUM)))
        column.addWidget(UseBar(row.share, is_bought=row.is_bought))
        column.addWidget(_wide(ElidedLabel(row.words, px=12, colour=row.ink)))
        button.take(column)
        return button


def _wide(label: ElidedLabel) -> ElidedLabel:
    """The label with room for its words, up to what six of a line can have."""
    words = label.fontMetrics().horizontalAdvance(label.text()) + 2
    label.setMinimumWidth(min(_USE_WIDEST, words))
    return label


class PlacePane(Pane):
    """Equipped and potential in one line, what the rule says of them, and what you chose."""

    asked = Signal(str, object)
    answered = Signal()
    placed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Place in the pyramid"), parent)
        answer = Button(self.tr("Answer…"), kind="link", small=True)
        answer.clicked.connect(self.answered)
        tier = Button(self.tr("Set tier…"), kind="link", small=True)
        changing(answer, tier)
        tier.clicked.connect(self.placed)
        self.add_action(answer)
        self.add_action(tier)
        self._axes = QHBoxLayout()
        self._axes.setSpacing(16)
        self._said = ElidedLabel("", px=12, colour="text2")
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.setSpacing(2)
        self.body.addLayout(self._axes)
        self.body.addWidget(self._said)

    def show_view(self, view: PlaceView) -> None:
        """Show another account's place."""
        clear(self._axes)
        buttons = [
            self._axis("equipped", self.tr("Equipped"), view.equipped),
            self._axis("potential", self.tr("Potential"), view.potential),
        ]
        for button in buttons:
            self._axes.addWidget(button)
        one_tab_stop(buttons)
        told = [text for text in (view.sentence, view.reason, view.review) if text]
        self._said.setText(" ".join(told))
        set_plain_tooltip(self._said, "\n".join(told))
        self._said.setVisible(bool(told))

    def _axis(self, key: str, title: str, value: str) -> RowButton:
        button = RowButton(f"{title}: {value}", run=lambda: self.asked.emit(key, button), line="")
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 4)
        line.addWidget(PlainLabel(title, colour="text2"))
        ink, weight = ("text3", 400) if value == "unknown" else ("text", SEMIBOLD)
        line.addWidget(PlainLabel(value, weight=weight, colour=ink))
        line.addStretch(1)
        button.take(line)
        return button
