"""What a move asks before it is made: the reason and the day to look at it again."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QWidget

from csplanner.domain.account import Tier
from csplanner.domain.period import add_months
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.typed import day_shown, read_day, required
from csplanner.ui.pyramid.moves import REVIEW_DAYS, Asked
from csplanner.ui.widgets.buttons import Button, Segmented
from csplanner.ui.widgets.chips import Chip
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.popover import Popover

_WIDTH = 268
_FARTHEST_MONTHS = 36


class ReasonPopover(Popover):
    """Asks for a reason and a review day; Enter moves, Escape cancels.

    `given(reason, review day)` carries what was typed once it can be read. The popover stays
    open until it is closed, so that nothing typed is lost when the book refuses.
    """

    given = Signal(str, object)

    def __init__(self, window: QWidget, asked: Asked, today: date) -> None:
        super().__init__(window)
        self._today = today
        self.title = PlainLabel(asked.title, px=15, weight=SEMIBOLD)
        self.title.setWordWrap(True)
        self.words = PlainLabel(asked.rule, colour="text2")
        self.words.setWordWrap(True)
        for label in (self.title, self.words):
            label.setFixedWidth(_WIDTH)
            self.body.addWidget(label)
        self.reason = _Reason()
        self.reason_field = Field(self.tr("Reason"), self.reason)
        self.review_line = QLineEdit(day_shown(today + timedelta(days=REVIEW_DAYS)))
        self.review = Field(self.tr("Review on"), self.review_line)
        self.body.addWidget(self.reason_field)
        self.body.addWidget(self.review)
        self._refusal = PlainLabel("", colour="risk-ink")
        self._refusal.setWordWrap(True)
        self._refusal.setFixedWidth(_WIDTH)
        self._refusal.hide()
        self.body.addWidget(self._refusal)
        self.move_button = Button(asked.verb, kind="primary")
        cancel = Button(self.tr("Cancel"))
        self.foot = QHBoxLayout()
        self.foot.setSpacing(8)
        for part in (self.move_button, cancel, Chip(tr("Esc"), kind="key")):
            self.foot.addWidget(part)
        self.foot.addStretch(1)
        self.body.addLayout(self.foot)
        self.setAccessibleName(asked.title)
        self.reason.entered.connect(self.submit)
        self.review_line.returnPressed.connect(self.submit)
        self.move_button.clicked.connect(self.submit)
        cancel.clicked.connect(self.close_popover)

    def submit(self) -> None:
        """Read what was typed and hand it over, or say at the field what is wrong."""
        reason = self._read(
            self.reason_field,
            lambda: required(
                self.reason.toPlainText(),
                self.tr("Say in a few words why. You will read it at the next review."),
            ),
        )
        review = self._read(self.review, self._review_day)
        self._fit()
        if isinstance(reason, str) and isinstance(review, date):
            self.given.emit(" ".join(reason.split()), review)

    def refuse(self, sentence: str) -> None:
        """Say why the book did not take it; what was typed stays."""
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))
        self._fit()

    def _review_day(self) -> date:
        found = read_day(self.review_line.text(), self._today)
        if found is None or found <= self._today:
            raise UserError(self.tr("Type a day after today, such as +90."))
        if found > add_months(self._today, _FARTHEST_MONTHS):
            raise UserError(self.tr("That is years away. Type a sooner day, such as +90."))
        return found

    def _read(self, field: Field, reader: Callable[[], object]) -> object:
        field.show_error("")
        try:
            return reader()
        except UserError as error:
            field.show_error(str(error))
            field.field.setFocus(Qt.FocusReason.OtherFocusReason)
            return None


class ManyPopover(ReasonPopover):
    """The same for many accounts at once: in one tier, or each where the rule puts it."""

    def __init__(
        self,
        window: QWidget,
        asked: Asked,
        today: date,
        *,
        tiers: Sequence[tuple[str, str]],
        chosen: str,
    ) -> None:
        """`tiers` are (key, words); the key `rule` means each where the rule puts it."""
        super().__init__(window, asked, today)
        self.tiers = Segmented(tiers, name=self.tr("Tier"))
        self.tiers.choose(chosen)
        self.body.insertWidget(1, self.tiers)

    @property
    def tier(self) -> Tier | None:
        """The tier chosen, None for each where the rule puts it."""
        return None if self.tiers.key == "rule" else Tier(self.tiers.key)

    def show_words(self, sentence: str, verb: str) -> None:
        """Change what is said of the choice, and the verb of its button."""
        self.words.setText(sentence)
        self.move_button.set_text(verb)
        self._fit()


class _Reason(QPlainTextEdit):
    """Two lines for a reason; Enter is done, Shift+Enter a new line."""

    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setFixedHeight(52)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)
