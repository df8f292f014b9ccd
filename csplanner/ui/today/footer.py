"""The foot of Today: what marks mean, and what was snoozed or finished, to bring back."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from csplanner.paint.fonts import MEDIUM, SEMIBOLD
from csplanner.ui.today.rows import PutAway
from csplanner.ui.widgets import format as format_words
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.chips import MarkWidget
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Ground
from csplanner.ui.widgets.popover import Popover

_MOST = 12


class TodayFooter(Ground):
    """Legend at the left; counts at the right that open what was put away."""

    all_asked = Signal()
    snoozed_asked = Signal()
    done_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("surface", parent, lines="t")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 3, 12, 3)
        row.setSpacing(6)
        for band, form, words in (
            ("good", "filled", self.tr("measured")),
            ("good", "hollow", self.tr("your judgement")),
            ("none", "dashed", self.tr("missing")),
        ):
            row.addWidget(MarkWidget(band, form=form, size=12))
            row.addWidget(PlainLabel(words, px=12, colour="text2"))
            row.addSpacing(6)
        row.addStretch(1)
        self.limit = PlainLabel("", px=12, colour="text2")
        row.addWidget(self.limit)
        self.more = Button("", kind="link", small=True)
        self.more.clicked.connect(self.all_asked)
        row.addWidget(self.more)
        self.snoozed = Button("", kind="quiet", small=True)
        self.done = Button("", kind="quiet", small=True)
        self.snoozed.clicked.connect(self.snoozed_asked)
        self.done.clicked.connect(self.done_asked)
        row.addWidget(self.snoozed)
        row.addWidget(self.done)

    def show_more(self, more: int, *, is_whole: bool, listed: int, total: int) -> None:
        """Offer the `more` that the short list leaves out, or the short list again.

        Of more accounts than can be listed, say that the most urgent ones are.
        """
        limit = self.tr("The {} most urgent of {} are listed.")
        shown, whole = format_words.number(listed), format_words.number(total)
        self.limit.setText(limit.format(shown, whole))
        self.limit.setVisible(is_whole and more == 0 and listed < total)
        self.more.setVisible(is_whole or more > 0)
        words = self.tr("Show the short list") if is_whole else self.tr("Show {} more")
        self.more.set_text(words.format(more))

    def show_counts(self, snoozed: int, done: int) -> None:
        """Show how many were put away; a count of none is not a button to press."""
        for button, count, words in (
            (self.snoozed, snoozed, self.tr("{} snoozed")),
            (self.done, done, self.tr("{} finished today")),
        ):
            button.set_text(words.format(count))
            button.setEnabled(count > 0)


class PutAwayList(Popover):
    """What was put away, each with a button that brings it back."""

    def __init__(
        self,
        window: QWidget,
        title: str,
        *,
        rows: Sequence[PutAway],
        bring_back: Callable[[PutAway], None],
    ) -> None:
        super().__init__(window)
        self.setAccessibleName(title)
        self.body.addWidget(PlainLabel(title, weight=SEMIBOLD))
        for row in rows[:_MOST]:
            self.body.addWidget(self._line(row, bring_back))
        if len(rows) > _MOST:
            rest = self.tr("and {} more").format(len(rows) - _MOST)
            self.body.addWidget(PlainLabel(rest, px=12, colour="text3"))

    def open_above(self, button: QWidget) -> None:
        """Open over a button at the foot of the page."""
        corner = button.mapTo(self.ground, QPoint(button.width(), 0))
        panel = self.sizeHint()
        self.open_at(QPoint(corner.x() - panel.width() + 64, corner.y() - panel.height() + 56))
        first = self.findChild(Button)
        if first is not None:
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _line(self, row: PutAway, bring_back: Callable[[PutAway], None]) -> QWidget:
        line = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        name = ElidedLabel(row.name, weight=MEDIUM)
        what = ElidedLabel(row.text, px=12, colour="text2")
        name.setMinimumWidth(260)
        words.addWidget(name)
        words.addWidget(what)
        back = Button(self.tr("Bring back"), small=True)

        def pressed() -> None:
            self.close_popover()
            bring_back(row)

        back.clicked.connect(pressed)
        layout = QHBoxLayout(line)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(words, 1)
        layout.addWidget(back)
        return line


class DismissPopover(Popover):
    """Asks why an entry does not need you; `given` carries the reason."""

    given = Signal(str)

    def __init__(self, window: QWidget, name: str) -> None:
        super().__init__(window)
        self.setAccessibleName(self.tr("Dismiss"))
        self.body.addWidget(PlainLabel(self.tr("Dismiss {}").format(name), weight=SEMIBOLD))
        note = PlainLabel(self.tr("It comes back when its evidence changes."), colour="text2")
        self.body.addWidget(note)
        self._reason = Field(self.tr("Why it does not need you"))
        self._reason.setMinimumWidth(280)
        self.body.addWidget(self._reason)
        row = QHBoxLayout()
        row.addStretch(1)
        keep = Button(self.tr("Keep"))
        keep.clicked.connect(self.close_popover)
        dismiss = Button(self.tr("Dismiss"), kind="primary")
        dismiss.clicked.connect(self._give)
        row.addWidget(keep)
        row.addWidget(dismiss)
        self.body.addLayout(row)
        self._reason.field.returnPressed.connect(self._give)  # type: ignore[attr-defined]

    def open_near(self, corner: QPoint) -> None:
        """Open with the keyboard in the field."""
        self.open_at(corner)
        self._reason.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _give(self) -> None:
        text = self._reason.field.text().strip()  # type: ignore[attr-defined]
        if not text:
            self._reason.show_error(self.tr("Say why in a few words, so that you know later."))
            self.adjustSize()
            return
        self.close_popover()
        self.given.emit(text)
