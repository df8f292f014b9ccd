"""Adds or changes a filter: written as a sentence, or chosen part by part."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from csplanner.domain.filters import FIELDS, OPERATORS, Condition, parse_filter
from csplanner.ui.book.words import SUBJECTS
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel
from csplanner.ui.widgets.popover import Popover

_WIDTH = 360
_WORDS: dict[str, tuple[str, ...]] = {
    "tier": ("high", "medium", "low", "digital", "not placed"),
    "health": ("good", "watch", "risk", "none"),
    "sentiment": ("confident", "comfortable", "unsure", "uneasy", "alarmed"),
}
_FLAGS = ("yes", "no")
_NUMBERS = {"arr": "100000", "score": "50", "gap": "25", "coverage": "60"}


class FilterForm(Popover):
    """`chosen(conditions)` carries what was written; the sentence is what counts."""

    chosen = Signal(object)

    def __init__(self, window: QWidget, *, today: date) -> None:
        super().__init__(window)
        self._today = today
        self._field = QComboBox(self)
        self._operator = QComboBox(self)
        self._value = QComboBox(self)
        self._value.setEditable(True)
        self._value.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for box, name in (
            (self._field, self.tr("Field")),
            (self._operator, self.tr("Comparison")),
            (self._value, self.tr("Value")),
        ):
            box.setAccessibleName(name)
        self._line = QLineEdit(self)
        self._line.setMinimumWidth(_WIDTH)
        self.sentence = Field(self.tr("Show accounts whose"), self._line)
        self._hint = PlainLabel(
            self.tr("Join sentences with “and”: tier is not digital and arr at least 100000."),
            px=12,
            colour="text3",
        )
        self._hint.setWordWrap(True)
        self._apply = Button(self.tr("Show these"), self, kind="primary")
        self._apply.clicked.connect(self._take)
        self._line.returnPressed.connect(self._take)
        self._fill_fields()
        self._lay_out()

    def _lay_out(self) -> None:
        parts = QHBoxLayout()
        parts.setSpacing(8)
        for box, share in ((self._field, 2), (self._operator, 2), (self._value, 3)):
            parts.addWidget(box, share)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self._apply)
        self.body.addWidget(self.sentence)
        self.body.addLayout(parts)
        self.body.addWidget(self._hint)
        self.body.addLayout(foot)

    def _fill_fields(self) -> None:
        for name in FIELDS:
            self._field.addItem(SUBJECTS[name], name)
        self._field.activated.connect(self._field_chosen)
        self._operator.activated.connect(self._write_sentence)
        self._value.textActivated.connect(self._write_sentence)
        self._value.lineEdit().textEdited.connect(self._write_sentence)  # type: ignore[union-attr]
        self._show_parts("tier")

    def open_for(self, point: QPoint, condition: Condition | None = None) -> None:
        """Open at a point of the window, with a condition to change or empty."""
        if condition is None:
            self._line.clear()
        else:
            self._show_parts(condition.field)
            self._operator.setCurrentText(condition.operator)
            self._value.setEditText(condition.value)
            self._line.setText(str(condition))
        self.sentence.show_error("")
        self.open_at(point)
        self._line.setFocus(Qt.FocusReason.PopupFocusReason)
        self._line.selectAll()

    def _field_chosen(self, _index: int) -> None:
        self._show_parts(str(self._field.currentData()))
        self._write_sentence()

    def _show_parts(self, name: str) -> None:
        self._field.setCurrentIndex(self._field.findData(name))
        kind = FIELDS[name]
        self._operator.clear()
        self._operator.addItems(OPERATORS[kind])
        self._value.clear()
        if kind == "flag":
            self._value.addItems(_FLAGS)
        elif kind == "date":
            ahead = self._today + timedelta(days=90)
            self._value.addItems([ahead.isoformat(), self._today.isoformat()])
        elif kind == "number":
            self._value.addItem(_NUMBERS.get(name, "1"))
        else:
            self._value.addItems(_WORDS.get(name, ()))

    def _write_sentence(self, *_: object) -> None:
        name, operator = str(self._field.currentData()), self._operator.currentText()
        self._value.setEnabled(operator != "is unknown")
        value = "" if operator == "is unknown" else self._value.currentText().strip()
        if operator == "within" and not value.isdecimal():
            value = "90"
            self._value.setEditText(value)
        self._line.setText(f"{name} {operator} {value}".strip())

    def _take(self) -> None:
        try:
            conditions = parse_filter(self._line.text())
        except ValueError as error:
            self._fault(str(error))
            return
        if not conditions:
            self._fault(self.tr("Say which accounts, such as tier is not digital."))
            return
        self.close_popover()
        self.chosen.emit(conditions)

    def _fault(self, sentence: str) -> None:
        """Say what is wrong; the panel grows by the sentence."""
        self.sentence.show_error(sentence)
        self._fit()
