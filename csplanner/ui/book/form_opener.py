"""Opening the forms of the Book, one at a time; the table has the keyboard again after each."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from csplanner.ui.actions.actions import Actions

if TYPE_CHECKING:
    from csplanner.ui.actions.form import Form


class FormOpener(QObject):
    """`form` is the form that is open, if any; what it did is said once it has done it."""

    def __init__(self, parent: QObject, actions: Actions, table: QWidget) -> None:
        super().__init__(parent)
        self._actions, self._back_to = actions, table
        self.form: Form | None = None

    def _open(self, form: "Form") -> None:
        self.form = form
        form.saved.connect(self._actions.say)
        form.finished.connect(self._forget)
        form.open()

    def _forget(self) -> None:
        self.form = None
        self._back_to.setFocus()
