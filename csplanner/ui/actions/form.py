"""A small form: labelled fields, Enter saves, and nothing typed is lost when saving fails."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QLineEdit, QWidget

from csplanner.book.book import Book
from csplanner.errors import UserError
from csplanner.ui.actions.choices import LetterChoices
from csplanner.ui.actions.day_field import DayField
from csplanner.ui.session import BookSession
from csplanner.ui.widgets.buttons import Button
from csplanner.ui.widgets.dialogs import Dialog
from csplanner.ui.widgets.fields import Field
from csplanner.ui.widgets.labels import PlainLabel

T = TypeVar("T")
Work = Callable[[Book], str]
"""Writes what the form holds and returns the line to say about it."""


class Form(Dialog):
    """A dialog of fields that writes through the session.

    Override `collect`: read the fields with `read` and return the work, or None when the form
    cannot be saved. `saved(text)` carries what was done; the form then closes. When the book
    refuses, its sentence stands above the buttons and everything typed stays.
    """

    saved = Signal(str)

    def __init__(
        self,
        session: BookSession,
        parent: QWidget | None = None,
        *,
        title: str,
        sentence: str = "",
        verb: str = "",
    ) -> None:
        super().__init__(title, sentence, parent)
        self.session = session
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(440)
        self._wrong: list[Field] = []
        self._saving = False
        self._first: QWidget = self
        self._refusal = PlainLabel("", colour="risk-ink")
        self._refusal.setWordWrap(True)
        self._refusal.hide()
        self.layout().insertWidget(3, self._refusal)  # type: ignore[union-attr]
        cancel = Button(self.tr("Cancel"), self)
        cancel.setAutoDefault(False)
        cancel.clicked.connect(self.reject)
        self.save_button = Button(verb or self.tr("Save"), self, kind="primary")
        self.save_button.clicked.connect(self.save)
        self.save_button.setDefault(True)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self.save_button)

    # For subclasses

    def collect(self) -> Work | None:
        """Return the work that writes what was typed."""
        raise NotImplementedError

    def add(self, label: str, widget: QWidget | None = None, *, text: str = "") -> Field:
        """Add a labelled field below the others; a line edit holding `text` unless given.

        The first one gets the keyboard unless another is named with `begin_at`.
        """
        field = self.field(label, widget, text=text)
        self.body.addWidget(field)
        if self._first is self:
            self.begin_at(field.field)
        return field

    def field(self, label: str, widget: QWidget | None = None, *, text: str = "") -> Field:
        """A labelled field that stands nowhere yet."""
        field = Field(label, widget)
        if text and isinstance(field.field, QLineEdit):
            field.field.setText(text)
        return field

    def day_field(self, label: str, day: date | None = None) -> Field:
        """A labelled field for a day that stands nowhere yet."""
        return Field(label, DayField(self.session.today, day))

    def begin_at(self, widget: QWidget) -> None:
        """Give `widget` the keyboard when the form opens."""
        self._first = widget
        widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def add_row(self, *fields: QWidget) -> QLayout:
        """Put fields side by side."""
        row = QHBoxLayout()
        row.setSpacing(12)
        for field in fields:
            row.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        self.body.addLayout(row)
        return row

    def read(self, field: Field, reader: Callable[[str], T]) -> T | None:
        """The value of a field; when it cannot be read the field says why, and None comes."""
        try:
            return reader(text_of(field))
        except UserError as error:
            self.fault(field, str(error))
            return None

    def fault(self, field: Field, sentence: str) -> None:
        """Say at a field what is wrong; the form will not be saved."""
        field.show_error(sentence)
        self._wrong.append(field)

    # Saving

    def save(self) -> None:
        """Write what was typed, or show what is wrong with it."""
        if self._is_writing():
            return
        for field in self.findChildren(Field):
            field.show_error("")
        self._wrong.clear()
        self._refuse("")
        work = self.collect()
        if self._wrong:
            self._topmost_wrong().field.setFocus(Qt.FocusReason.OtherFocusReason)
        elif work is not None:
            self._saving = True
            self.session.write(work, self._saved, failed=self._failed)

    def _topmost_wrong(self) -> Field:
        """The field with a fault that is read first, whichever was looked at first."""

        def place(field: Field) -> tuple[int, int]:
            at = field.mapTo(self, QPoint(0, 0))
            return at.y(), at.x()

        return min(self._wrong, key=place)

    @property
    def refusal(self) -> str:
        """The book's sentence when it refused the last save."""
        return self._refusal.text()

    def reject(self) -> None:
        """Close without saving, unless the book is just writing."""
        if not self._is_writing():
            super().reject()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    def _saved(self, text: str) -> None:
        self._saving = False
        self.saved.emit(text)
        self.accept()

    def _failed(self, sentence: str) -> None:
        self._saving = False
        self._refuse(sentence)

    def _is_writing(self) -> bool:
        """Whether an answer of the book is still to come; after a bug none ever does."""
        return self._saving and not self.session.idle

    def _refuse(self, sentence: str) -> None:
        self._refusal.setText(sentence)
        self._refusal.setVisible(bool(sentence))


def text_of(field: Field) -> str:
    """What is typed or chosen in a field."""
    if isinstance(field.field, LetterChoices):
        return field.field.key
    assert isinstance(field.field, QLineEdit)
    return field.field.text()
