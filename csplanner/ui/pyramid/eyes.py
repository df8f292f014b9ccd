"""Eyes wide open: accounts that take more than was promised, and whether losing them would hurt."""

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from csplanner.domain.account import Regrettable
from csplanner.paint.fonts import SEMIBOLD
from csplanner.paint.pyramid_hours import BOOK_HEIGHT, BookHours, draw_book_hours
from csplanner.ui.look import theme_of
from csplanner.ui.pyramid.points import Costly
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground, Hairline, Scroll


class EyesWideOpen(Ground):
    """The list; `decided(account id, Regrettable)` and `chosen(account id)`."""

    decided = Signal(str, object)
    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent)
        self.setAccessibleName(self.tr("Eyes wide open"))
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 16, 0)
        head.setSpacing(8)
        head.addWidget(PlainLabel(self.tr("Eyes wide open"), weight=SEMIBOLD))
        head.addWidget(Chip(self.tr("high maintenance, low potential"), kind="watch"))
        head.addStretch(1)
        bar = QWidget()
        bar.setFixedHeight(38)
        bar.setLayout(head)
        inner = QWidget()
        self._list = QVBoxLayout(inner)
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._list.addStretch(1)
        self._none = PlainLabel(
            self.tr(
                "No account with potential below 50 takes one and a half times what you promised."
            ),
            colour="text2",
        )
        self._none.setWordWrap(True)
        self._none.setContentsMargins(16, 4, 16, 8)
        self._rows: dict[str, _Row] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (Hairline(), bar, self._none):
            column.addWidget(part)
        column.addWidget(Scroll(inner), 1)

    def show_costly(self, costly: Sequence[Costly]) -> None:
        """Show these accounts; rows that stay keep the keyboard."""
        self._none.setVisible(not costly)
        wanted = {c.account_id for c in costly}
        for key in [key for key in self._rows if key not in wanted]:
            row = self._rows.pop(key)
            row.hide()
            row.deleteLater()
        for at, each in enumerate(costly):
            row = self._rows.get(each.account_id) or self._new_row(each.account_id)
            row.show_costly(each)
            self._list.insertWidget(at, row)

    def row(self, account_id: str) -> "_Row | None":
        """The row of an account, when it is listed."""
        return self._rows.get(account_id)

    def _new_row(self, account_id: str) -> "_Row":
        row = _Row(account_id)
        row.choice.chosen.connect(lambda key: self.decided.emit(account_id, Regrettable(key)))
        row.name.clicked.connect(lambda: self.chosen.emit(account_id))
        self._rows[account_id] = row
        return row


class _Row(QWidget):
    """One account: hours, the question, and what the plan is."""

    def __init__(self, account_id: str) -> None:
        super().__init__()
        self.account_id = account_id
        self.name = Button("", kind="link", small=True)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.name.setMinimumWidth(48)
        self._arr = PlainLabel("", colour="text2")
        self._spent = PlainLabel("", weight=SEMIBOLD, colour="risk-ink")
        self._promised = PlainLabel("", colour="text2", px=12)
        self._plan = PlainLabel("", px=12, colour="text2")
        self._plan.setWordWrap(True)
        self.choice = Segmented(
            (
                (Regrettable.YES.value, self.tr("Yes")),
                (Regrettable.NO.value, self.tr("No")),
                (Regrettable.UNDECIDED.value, self.tr("Not decided")),
            ),
            name=self.tr("Regrettable if they left"),
        )
        question = ElidedLabel(self.tr("Regrettable if they left?"), px=12)
        top = QHBoxLayout()
        top.setContentsMargins(13, 0, 16, 0)
        top.setSpacing(4)
        top.addWidget(self.name)
        top.addWidget(self._arr)
        top.addStretch(1)
        top.addWidget(self._spent)
        top.addWidget(self._promised)
        ask = QHBoxLayout()
        ask.setContentsMargins(16, 0, 16, 0)
        ask.addWidget(question, 1)
        ask.addWidget(self.choice)
        column = QVBoxLayout()
        column.setContentsMargins(0, 7, 0, 9)
        column.setSpacing(4)
        column.addLayout(top)
        column.addLayout(ask)
        self._plan.setContentsMargins(16, 0, 16, 0)
        column.addWidget(self._plan)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(Hairline())
        outer.addLayout(column)

    def show_costly(self, costly: Costly) -> None:
        """Show the account as it is now."""
        self.name.set_text(costly.name)
        self._arr.setText(costly.arr)
        self._spent.setText(costly.spent)
        self._promised.setText(costly.promised)
        self._plan.setText(costly.plan)
        with QSignalBlocker(self.choice):
            self.choice.choose(costly.regrettable)
        self.setAccessibleName(f"{costly.name}: {costly.spent} {costly.promised}. {costly.plan}")


class BookHoursBar(QWidget):
    """The hours of the whole book as one bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hours: BookHours | None = None
        self.setFixedHeight(round(BOOK_HEIGHT))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_hours(self, hours: BookHours) -> None:
        """Show these hours."""
        self._hours = hours
        parts = ", ".join(s.words for s in hours.stretches)
        self.setAccessibleName(
            f"{hours.promised_text} ({parts}), {hours.spent_text}, {hours.available_text}"
        )
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._hours is not None:
            with QPainter(self) as painter:
                rect = self.rect().toRectF().adjusted(0, 5, 0, 0)
                draw_book_hours(painter, rect, hours=self._hours, theme=theme_of(self))
