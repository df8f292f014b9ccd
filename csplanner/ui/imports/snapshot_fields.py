"""What is said of a snapshot as a whole: its day, source, currency, completeness, empty cells."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from csplanner.book.staging_shapes import SHAPES
from csplanner.crm import currencies
from csplanner.crm.staged import Staged
from csplanner.errors import UserError
from csplanner.language import tr
from csplanner.paint.fonts import SEMIBOLD
from csplanner.ui.actions.pick import Pick
from csplanner.ui.actions.typed import day_shown, read_day
from csplanner.ui.imports.crm_words import in_words
from csplanner.ui.imports.words import one_line
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel

_WHOLE = ("account", "person", "opportunity", "subscription", "case", "term")
"""Kinds of record of which a snapshot may hold all."""


class SnapshotFields(QWidget):
    """`changed` is emitted when anything was typed or chosen."""

    changed = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.as_of, self.source, self.currency = QLineEdit(), QLineEdit(), QLineEdit()
        self._typed = {"as_of": False, "source": False, "currency": False}
        self._asked: set[str] = set()
        self.as_of_field = Field(self.tr("As of"), self.as_of)
        self.currency_field = Field(self.tr("Amounts that name no currency are in"), self.currency)
        self._why = PlainLabel("", px=12, colour="text2")
        self.whole: dict[str, QCheckBox] = {name: QCheckBox(_every(name)) for name in _WHOLE}
        self.within = Pick([("", tr("whoever owns them"))])
        self.within_field = Field(self.tr("Of accounts of"), self.within)
        self._means = PlainLabel("", px=12, colour="text2")
        self.keep = QRadioButton(self.tr("Says nothing: your book keeps its value"))
        self.clear = QRadioButton(self.tr("Clears the value, unless you set it"))
        self.keep.setChecked(True)
        for label in (self._why, self._means):
            label.setWordWrap(True)
        self._lay_out()
        self.as_of.editingFinished.connect(self._tidy_day)
        self.as_of.textEdited.connect(lambda _text: self._edited("as_of"))
        self.source.textEdited.connect(lambda _text: self._edited("source"))
        self.currency.textEdited.connect(lambda _text: self._edited("currency"))
        for box in self.whole.values():
            box.toggled.connect(self._scope_changed)
        self.within.activated.connect(lambda _at: self._scope_changed())
        self.clear.toggled.connect(lambda _on: self.changed.emit())
        self._say_scope()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        source = Field(self.tr("Comes from"), self.source)
        holds = PlainLabel(self.tr("These files hold"), weight=SEMIBOLD)
        blank = PlainLabel(self.tr("An empty cell"), weight=SEMIBOLD)
        for label in (holds, blank):
            label.setContentsMargins(2, 10, 0, 0)
        for part in (self.as_of_field, self._why, source, self.currency_field, holds,
                     *self.whole.values(), self.within_field, self._means, blank, self.keep,
                     self.clear):  # fmt: skip
            column.addWidget(part)

    def show_staged(self, staged: Staged, owners: Sequence[str] = ()) -> None:
        """Show what was found; what was typed stays. `owners` are those of the book's accounts."""
        if not self._typed["as_of"] and "as_of" not in self._asked:
            self.as_of.setText(day_shown(staged.as_of))
            self._why.setText(in_words(staged.as_of_why))
        if not self._typed["source"]:
            self.source.setText(one_line(staged.source))
        if not self._typed["currency"] and "currency" not in self._asked:
            self.currency.setText(staged.currency)
        there = {m.object for m in staged.mappings} | set(staged.counts)
        for name, box in self.whole.items():
            box.setVisible(name == "account" or name in there)
        self._offer_owners(owners)

    def forget(self) -> None:
        """Forget what was typed."""
        self._typed = dict.fromkeys(self._typed, False)
        self._asked = set()
        self.as_of.setPlaceholderText("")
        self.currency.setPlaceholderText("")
        for box in self.whole.values():
            box.setChecked(False)
        self.within.setCurrentIndex(0)
        for field in (self.as_of, self.source, self.currency):
            field.clear()
        self._why.setText("")
        self.keep.setChecked(True)
        self.as_of_field.show_error("")
        self.currency_field.show_error("")

    def was_said(self, name: str) -> bool:
        """Whether `as_of`, `source` or `currency` was typed."""
        return self._typed[name]

    @property
    def is_asking_day(self) -> bool:
        """Whether the day waits to be typed: nothing tells it."""
        return "as_of" in self._asked and not self._typed["as_of"]

    @property
    def is_asking_currency(self) -> bool:
        """Whether the currency of amounts that name none waits to be said."""
        return "currency" in self._asked and not self.currency.text().strip()

    def ask_day(self) -> None:
        """Ask for the day: nothing in the files tells it."""
        self._asked.add("as_of")
        self.as_of.clear()
        self.as_of.setPlaceholderText(day_shown(self._today))
        self._why.setText(
            self.tr("Nothing in the files tells it. Usually the day the export was made.")
        )

    def ask_currency(self, choices: Sequence[str]) -> None:
        """Ask for the currency of amounts that name none, such as one of `choices`."""
        self._asked.add("currency")
        self.currency.clear()
        self.currency.setPlaceholderText(", ".join(choices))

    def take_currency(self, code: str) -> None:
        """Take a currency somebody chose elsewhere."""
        self._typed["currency"] = True
        self.currency.setText(code)
        self.currency_field.show_error("")

    def show_wrong(self) -> None:
        """Give the keyboard to what is wrong or waits."""
        for field in (self.as_of_field, self.currency_field):
            if field.error:
                field.field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def typed_day(self) -> date | None:
        """The day typed, None when it was not touched; UserError when it is none."""
        if self.is_asking_day:
            error = UserError(self.tr("Type the day, such as 10 Mar 2026."))
            self.as_of_field.show_error(str(error))
            raise error
        if not self._typed["as_of"]:
            return None
        try:
            found = read_day(self.as_of.text(), self._today)
            if found is not None and found > self._today:
                raise UserError(self.tr("A snapshot cannot show a day ahead. Type an earlier day."))
        except UserError as error:
            self.as_of_field.show_error(str(error))
            raise
        self.as_of_field.show_error("")
        return found

    def typed_currency(self) -> str:
        """The currency typed, empty when it was not touched; UserError when it is none."""
        code = self.currency.text().strip().upper()
        if "currency" in self._asked and not code:
            error = UserError(self.tr("Type the currency, such as EUR."))
            self.currency_field.show_error(str(error))
            raise error
        if not self._typed["currency"] or not code:
            return ""
        try:
            currencies.check_said(code)
        except UserError as error:
            self.currency_field.show_error(str(error))
            raise
        self.currency_field.show_error("")
        return code

    @property
    def typed_source(self) -> str:
        """The source typed, empty when it was not touched."""
        return " ".join(self.source.text().split()) if self._typed["source"] else ""

    @property
    def complete(self) -> tuple[str, ...]:
        """The kinds of record of which the files hold everything."""
        return tuple(n for n, box in self.whole.items() if box.isChecked() and not box.isHidden())

    @property
    def owner(self) -> str:
        """The owner whose accounts the files are complete for; empty: everyone's."""
        return self.within.key if self.complete else ""

    @property
    def blanks(self) -> str:
        """`keep` or `clear`: what an empty cell does."""
        return "clear" if self.clear.isChecked() else "keep"

    def headline(self, why: str = "") -> str:
        """What the snapshot is as a whole, in a few sentences."""
        day, source = self._day_said(), one_line(self.source.text().strip())
        said = tr("As of {0}, from {1}.").format(day, source) if day and source else ""
        why = why if why and not self._typed["as_of"] else ""
        return " ".join(filter(None, (said, why, self.sentence())))

    def _day_said(self) -> str:
        """The day in full, or what stands there while it is none."""
        text = self.as_of.text().strip()
        try:
            found = read_day(text, self._today)
        except UserError:
            return text
        return day_shown(found) if found is not None else text

    def _tidy_day(self) -> None:
        """Show a typed day as days are written, so that it is seen how it was read."""
        said = self._day_said()
        if said and said != self.as_of.text():
            self.as_of.setText(said)

    def sentence(self) -> str:
        """What absence and empty cells do, in a sentence or two."""
        blank = (
            tr("Empty cells clear what you did not set.")
            if self.blanks == "clear"
            else tr("Empty cells change nothing.")
        )
        return f"{self._means.text()} {blank}"

    def _offer_owners(self, owners: Sequence[str]) -> None:
        chosen = self.within.key
        self.within.clear()
        self.within.addItem(tr("whoever owns them"), "")
        for name in owners:
            self.within.addItem(one_line(name), name)
        self.within.choose(chosen)
        self._say_scope()

    def _edited(self, name: str) -> None:
        self._typed[name] = True
        if name == "as_of":
            self._why.setText("")
            self.as_of_field.show_error("")
        elif name == "currency":
            self.currency_field.show_error("")
        self.changed.emit()

    def _scope_changed(self) -> None:
        self._say_scope()
        self.changed.emit()

    def _say_scope(self) -> None:
        complete = self.complete
        self.within_field.setVisible(bool(complete) and self.within.count() > 1)
        if not complete:
            means = self.tr("What is absent stays as it is.")
        elif complete == ("account",):
            means = self.tr("Accounts of this source that are absent are kept, marked as missing.")
        else:
            means = self.tr("What is absent is kept and marked: nothing is deleted.")
        self._means.setText(means)


def _every(name: str) -> str:
    """`Every account`."""
    return tr("Every {0}").format(tr(SHAPES[name].one))
