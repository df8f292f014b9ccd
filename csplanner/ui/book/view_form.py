"""Asks what a view is called, and keeps it."""

from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from csplanner.book.book import Book
from csplanner.language import tr
from csplanner.ui.actions import typed
from csplanner.ui.actions.form import Form, Work, text_of
from csplanner.ui.book.view_tabs import keep
from csplanner.ui.session import BookSession

_LONGEST = 40


class ViewForm(Form):
    """Saves filter, grouping, sorts and columns under a name."""

    def __init__(
        self, session: BookSession, parent: QWidget, *, name: str, spec: dict[str, Any]
    ) -> None:
        super().__init__(
            session, parent, title=self.tr("Save view"), verb=self.tr("Save view"),
            sentence=self.tr("Keeps the filters, the grouping, the sorts and the columns."),
        )  # fmt: skip
        self._spec = spec
        self.name = self.add(self.tr("Name"), text=name)

    def collect(self) -> Work | None:
        sentence = self.tr("Give the view a name, such as Renewals to inspect.")
        name = self.read(self.name, lambda text: typed.required(text, sentence))
        return None if name is None else partial(keep, name=name[:_LONGEST], spec=self._spec)

    @property
    def typed_name(self) -> str:
        """What the view is called now."""
        return text_of(self.name).strip()[:_LONGEST]


class RenameForm(Form):
    """Gives a saved view another name."""

    def __init__(self, session: BookSession, parent: QWidget, *, view_id: str, name: str) -> None:
        super().__init__(session, parent, title=self.tr("Rename view"), verb=self.tr("Rename view"))
        self._view_id = view_id
        self.name = self.add(self.tr("Name"), text=name)

    def collect(self) -> Work | None:
        sentence = self.tr("Give the view a name, such as Renewals to inspect.")
        name = self.read(self.name, lambda text: typed.required(text, sentence))
        return None if name is None else partial(_rename, view_id=self._view_id, name=name)


def _rename(book: Book, *, view_id: str, name: str) -> str:
    book.views.update(view_id, name[:_LONGEST])
    return tr("The view is called {0} now").format(name[:_LONGEST])
