"""The rate table of the book: what is without a rate, the rates by day, and a row to type one."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from csplanner.domain.money import Money
from csplanner.domain.rate import Rate
from csplanner.domain.wording import one_line
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.ui.actions import Actions
from csplanner.ui.actions.day_field import DayField
from csplanner.ui.actions.typed import day_shown, read_day
from csplanner.ui.session import BookSession
from csplanner.ui.settings.line_grid import LineGrid
from csplanner.ui.settings.rate_rows import (
    RatesView,
    missing_words,
    rates_view,
    read_code,
    remove_rate,
    set_rate,
    typed_rate,
)
from csplanner.ui.widgets.buttons import Button, IconButton
from csplanner.ui.widgets.fields import Field, IconLabel
from csplanner.ui.widgets.format import day
from csplanner.ui.widgets.labels import ElidedLabel, PlainLabel
from csplanner.ui.widgets.panes import Pane

_CODE, _RATE, _DAY = 64, 88, 132


class CurrenciesPane(Pane):
    """Shows and changes the rates; each change is one step that can be undone."""

    def __init__(self, session: BookSession, actions: Actions) -> None:
        super().__init__(actions.tr("Exchange rates"))
        self._session, self._actions = session, actions
        self._changing: Rate | None = None
        self.view = RatesView("", (), ())
        self._missing = QVBoxLayout()
        self._missing.setSpacing(4)
        self.grid = LineGrid(
            [self.tr("One"), self.tr("is"), self.tr("From"), self.tr("Source"), ""],
            right=(1,), wide=3, name=self.tr("Exchange rates, newest first"),
        )  # fmt: skip
        self.change_buttons: list[IconButton] = []
        self.remove_buttons: list[IconButton] = []
        self._note = PlainLabel(
            self.tr(
                "Totals add other currencies by the newest rate up to the day judged; what has "
                "none stands apart. Amounts of an account stay in their own currency."
            ),
            px=12,
            colour="text2",
        )
        self._note.setWordWrap(True)
        self.body.addLayout(self._missing)
        self.body.addWidget(self.grid)
        self.body.addLayout(self._entry())
        self.body.addWidget(self._error_line())
        self.body.addWidget(self._note)
        self.grid.hide()

    def refresh(self) -> None:
        """Read the rates anew, beside the window; what is being typed stays."""
        self._session.ask(self, rates_view, self._show)

    def add(self) -> None:
        """Keep the rate that was typed, or say what is wrong with it."""
        rate = self._typed()
        if rate is None:
            return
        self.add_button.setEnabled(False)
        self._session.write(
            partial(set_rate, rate=rate, was=self._changing), self._kept, failed=self._refused
        )

    def begin(self, rate: Rate | Money) -> None:
        """Bring a rate into the row to change it, or a currency that has none."""
        self._changing = rate if isinstance(rate, Rate) else None
        if isinstance(rate, Rate):
            texts = (rate.from_currency, rate.text, rate.to_currency, day_shown(rate.on))
            self.source.setText(rate.source)
        else:
            texts = (rate.currency, "", self.view.currency, day_shown(self._session.today))
        for field, text in zip((self.code, self.rate, self.to, self.on), texts, strict=True):
            field.setText(text)
        self.add_button.set_text(self.tr("Change") if self._changing else self.tr("Add"))
        self.cancel_button.setVisible(self._changing is not None)
        self.rate.setFocus()
        self.rate.selectAll()

    def clear(self) -> None:
        """Empty the row for another rate."""
        self._changing = None
        for field in (self.code, self.rate, self.source):
            field.clear()
        self.to.setText(self.view.currency)
        self.on.setText(day_shown(self._session.today))
        self.add_button.set_text(self.tr("Add"))
        self.cancel_button.hide()
        self._say_error("")

    # Parts

    def _entry(self) -> QHBoxLayout:
        tr, may = self.tr, self._actions.can_write
        self.code, self.rate, self.to = QLineEdit(), QLineEdit(), QLineEdit()
        self.on: QLineEdit = DayField(self._session.today, self._session.today)
        self.source = QLineEdit()
        row = QHBoxLayout()
        row.setSpacing(8)
        for words, field, width in (
            (tr("One"), self.code, _CODE), (tr("is"), self.rate, _RATE), (tr("of"), self.to, _CODE),
            (tr("From"), self.on, _DAY), (tr("Source"), self.source, 0),
        ):  # fmt: skip
            if width:
                field.setFixedWidth(width)
            field.setReadOnly(not may)
            field.returnPressed.connect(self.add)
            row.addWidget(Field(words, field), 0 if width else 1)
        self.code.setAccessibleName(tr("Currency the rate is from"))
        self.rate.setAccessibleName(tr("What one unit is worth"))
        self.to.setAccessibleName(tr("Currency the rate is to"))
        self.code.setPlaceholderText(tr("EUR"))
        self.rate.setPlaceholderText("1.08")
        self.add_button = Button(tr("Add"))
        self.add_button.setEnabled(may)
        self.add_button.clicked.connect(self.add)
        self.cancel_button = IconButton("x", tr("Leave it as it is"))
        self.cancel_button.clicked.connect(self.clear)
        self.cancel_button.hide()
        ends = QHBoxLayout()
        ends.setContentsMargins(0, 0, 0, 2)
        ends.setSpacing(4)
        for button in (self.add_button, self.cancel_button):
            ends.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        row.addLayout(ends)
        return row

    def _error_line(self) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(4)
        self.error = PlainLabel("", px=12, colour="risk-ink")
        self.error.setWordWrap(True)
        line.addWidget(IconLabel("circle-alert", colour="risk-ink", px=14))
        line.addWidget(self.error, 1)
        box.hide()
        self._error_box = box
        return box

    # Inside

    def _show(self, view: RatesView) -> None:
        is_first = not self.view.currency
        if view == self.view:
            return
        self.view = view
        if is_first or (not self.code.text() and self._changing is None):
            self.to.setText(view.currency)
        while self._missing.count():
            item = self._missing.takeAt(0)
            old = item.widget() if item is not None else None
            if old is not None:
                old.hide()
                old.deleteLater()
        for found in view.missing:
            self._missing.addWidget(self._without(found))
        self.change_buttons, self.remove_buttons = [], []
        self.grid.show_rows([self._widgets(rate) for rate in view.rates])
        self.grid.setVisible(bool(view.rates))

    def _without(self, found: Money) -> QWidget:
        box = QWidget()
        line = QHBoxLayout(box)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        words = PlainLabel(missing_words(found, self.view.currency))
        words.setWordWrap(True)
        give = Button(self.tr("Give a rate"), kind="link", small=True)
        give.setAccessibleName(self.tr("Give a rate of {0}").format(found.currency))
        give.setEnabled(self._actions.can_write)
        give.clicked.connect(lambda: self.begin(found))
        line.addWidget(IconLabel("circle-dashed"))
        line.addWidget(words, 1)
        line.addWidget(give)
        return box

    def _widgets(self, rate: Rate) -> list[QWidget]:
        pair = self.tr("the rate {0} to {1}").format(rate.from_currency, rate.to_currency)
        change = IconButton("pencil", self.tr("Change {0}").format(pair))
        change.clicked.connect(lambda: self.begin(rate))
        gone = IconButton("x", self.tr("Remove {0}").format(pair))
        gone.clicked.connect(lambda: self._remove(rate))
        verbs = QWidget()
        both = QHBoxLayout(verbs)
        both.setContentsMargins(0, 0, 0, 0)
        both.setSpacing(0)
        for button in (change, gone):
            button.setEnabled(self._actions.can_write)
            both.addWidget(button)
        self.change_buttons.append(change)
        self.remove_buttons.append(gone)
        return [
            PlainLabel(rate.from_currency),
            PlainLabel(f"{rate.text} {rate.to_currency}"),
            PlainLabel(day(rate.on, self._session.today), colour="text2"),
            ElidedLabel(one_line(rate.source), colour="text2"), verbs,
        ]  # fmt: skip

    def _typed(self) -> Rate | None:
        self._say_error("")
        try:
            code, to = read_code(self.code.text()), read_code(self.to.text())
            if code == to:
                raise UserError(tr("A rate is between two currencies. Type another one."))
            millionths = typed_rate(self.rate.text())
            on = read_day(self.on.text(), self._session.today) or self._session.today
        except UserError as error:
            self._say_error(str(error))
            return None
        return Rate(code, to, on, millionths, self.source.text().strip())

    def _kept(self, text: str) -> None:
        self.add_button.setEnabled(True)
        self.clear()
        self.code.setFocus()
        self._actions.say(text)

    def _refused(self, sentence: str) -> None:
        self.add_button.setEnabled(True)
        self._say_error(sentence)

    def _remove(self, rate: Rate) -> None:
        self._actions.write(partial(remove_rate, rate=rate))

    def _say_error(self, sentence: str) -> None:
        self.error.setText(sentence)
        self._error_box.setVisible(bool(sentence))
