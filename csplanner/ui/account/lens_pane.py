"""The pane of the two lenses: what we measure beside what they measure."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM
from csplanner.ui.account.lens_rows import LensRow, Side
from csplanner.ui.account.nothing import NothingYet, draw_dashed_pair
from csplanner.ui.account.parts import RowButton, clear, one_tab_stop
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_OURS, _THEIRS = 5, 7
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LensPane(Pane):
    """Pairs of measures; `asked` carries the key of a pair."""

    asked = Signal(str, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Two lenses"), parent)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setContentsMargins(16, 0, 16, 4)
        self.body.addLayout(self._rows)
        self._nothing = NothingYet(
            self.tr("What we measure stands here beside what they measure, once either is known."),
            draw_dashed_pair,
        )
        self.body.addWidget(self._nothing)

    def show_rows(self, rows: Sequence[LensRow]) -> None:
        """Show other pairs."""
        clear(self._rows)
        self._nothing.setVisible(not rows)
        if rows:
            self._rows.addWidget(self._head())
        buttons = [self._row(row) for row in rows]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)

    def _head(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 2)
        line.setSpacing(12)
        for words, share in (
            (self.tr("How we measure it"), _OURS),
            (self.tr("How they measure it"), _THEIRS),
        ):
            line.addWidget(ElidedLabel(words, px=12, weight=MEDIUM, colour="text3"), share)
        return box

    def _row(self, row: LensRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.asked.emit(row.key, button))
        line = QHBoxLayout()
        line.setContentsMargins(0, 4, 0, 4)
        line.setSpacing(12)
        line.addWidget(self._side(row.ours), _OURS)
        line.addWidget(self._side(row.theirs), _THEIRS)
        button.take(line)
        set_plain_tooltip(button, row.spoken)
        return button

    def _side(self, side: Side) -> QWidget:
        box = QWidget()
        box.setMinimumWidth(0)
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        line.addWidget(ElidedLabel(side.title, colour="text2"), 1)
        ink = "watch-ink" if side.is_poor else "text"
        if side.value:
            value = PlainLabel(side.value, weight=MEDIUM, colour=ink)
        else:
            value = PlainLabel(self.tr("unknown"), px=12, colour="text3")
        value.setAlignment(_RIGHT)
        line.addWidget(value)
        return box
