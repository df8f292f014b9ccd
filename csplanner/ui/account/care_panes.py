"""Who looks after what, and what was promised: two short lists of the overview."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.language import ntr
from csplanner.paint.fonts import MEDIUM
from csplanner.ui.account.care_rows import CareRow
from csplanner.ui.account.nothing import NothingYet, draw_dashed_goal
from csplanner.ui.account.parts import RowButton, clear, one_tab_stop
from csplanner.ui.account.promise_rows import PromiseRow
from csplanner.ui.widgets.buttons import Button, IconButton, changing
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel, set_plain_tooltip
from csplanner.ui.widgets.panes import Pane

_TITLE, _SIDE = 104, 42
_CARE, _PROMISES = 6, 4


class CarePane(Pane):
    """Already sold, selling more, interlock; `asked(activity, line id)` wants to change one."""

    asked = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Who looks after what"), parent, token="window")
        add = IconButton("plus", self.tr("Say who looks after something"))
        changing(add)
        add.clicked.connect(lambda: self.asked.emit("", ""))
        self.add_action(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._rows)

    def show_rows(self, rows: Sequence[CareRow]) -> None:
        """Show other lines."""
        clear(self._rows)
        buttons = [self._row(row) for row in rows[:_CARE]]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)
        if len(rows) > _CARE:
            said = "\n".join(row.spoken for row in rows[_CARE:])
            more = PlainLabel(ntr("and {0} more", "and {0} more", len(rows) - _CARE), px=12)
            set_plain_tooltip(more, said)
            self._rows.addWidget(more)

    def _row(self, row: CareRow) -> RowButton:
        button = RowButton(
            row.spoken, run=lambda: self.asked.emit(row.activity, row.cell_id), line=""
        )
        line = QHBoxLayout()
        line.setContentsMargins(0, 3, 0, 3)
        line.setSpacing(8)
        title = ElidedLabel(row.title, colour="text2")
        title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        title.setFixedWidth(_TITLE)
        line.addWidget(title)
        line.setSpacing(4)
        if row.strong:
            strong = f"{row.strong}," if row.rest else row.strong
            line.addWidget(PlainLabel(strong, weight=MEDIUM))
        ink = "risk-ink" if row.is_wrong else "text2" if row.cell_id else "text3"
        line.addWidget(ElidedLabel(row.rest, colour=ink), 1)
        button.take(line)
        set_plain_tooltip(button, row.spoken)
        return button


class PromisesPane(Pane):
    """What is still to be kept by either side; `edited` carries a promise, `added` wants one."""

    edited = Signal(str)
    added = Signal()
    all_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Promises"), parent)
        self._all = Button(self.tr("All"), kind="link", small=True)
        self._all.clicked.connect(self.all_asked)
        self.add_action(self._all)
        add = IconButton("plus", self.tr("Write down a promise"))
        changing(add)
        add.clicked.connect(self.added)
        self.add_action(add)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.body.setContentsMargins(16, 0, 16, 8)
        self.body.addLayout(self._rows)
        self._nothing = NothingYet(
            self.tr("Nothing is promised, by them or by us."), draw_dashed_goal
        )
        self.body.addWidget(self._nothing)

    def show_rows(self, rows: Sequence[PromiseRow], note: str, total: int) -> None:
        """Show other promises; `total` counts those kept and dropped as well."""
        self.set_title(self.tr("Promises"), note)
        clear(self._rows)
        self._all.setVisible(total > 0)
        self._nothing.setVisible(not rows)
        if not rows:
            done = self.tr("Nothing promised is open.")
            self._nothing.words.setText(
                done if total else self.tr("Nothing is promised, by them or by us.")
            )
        buttons = [self._row(row) for row in rows[:_PROMISES]]
        for button in buttons:
            self._rows.addWidget(button)
        one_tab_stop(buttons)

    def _row(self, row: PromiseRow) -> RowButton:
        button = RowButton(row.spoken, run=lambda: self.edited.emit(row.id))
        line = QHBoxLayout()
        line.setContentsMargins(0, 5, 0, 5)
        line.setSpacing(8)
        side = Chip(row.side, kind="outline")
        side.setFixedWidth(max(_SIDE, side.sizeHint().width()))
        line.addWidget(side)
        line.addWidget(ElidedLabel(row.what), 4)
        line.addWidget(ElidedLabel(row.owner, px=12, colour="text2"), 2)
        line.addWidget(PlainLabel(row.due, px=12, colour=row.due_ink))
        button.take(line)
        set_plain_tooltip(button, row.spoken)
        return button
