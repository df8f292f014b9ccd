"""What the frame asks of a page, and a base that answers most of it."""

from typing import Protocol

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QLineEdit, QWidget

from csplanner.language import tr


class Page(Protocol):
    """A screen of the window; any QWidget that answers these."""

    key: str
    title: str
    place: str

    navigate: SignalInstance
    heading_changed: SignalInstance
    inspector_changed: SignalInstance

    def breadcrumb(self) -> list[str]:
        """Return the path shown in the header; the last part is the page's title."""

    def chosen_text(self) -> str:
        """Return what is selected, shown in the status bar in place of the book's totals."""

    def open(self, argument: object) -> None:
        """Show what `argument` names (None: what was shown before); called on each visit."""

    def refresh(self) -> None:
        """Ask the book again; called when the page is shown and when its facts changed."""

    def inspector(self) -> QWidget | None:
        """Return what explains the selection, or None when the page has no inspector."""

    def focus_find(self) -> None:
        """Move the keyboard to the field that finds within this screen."""


class PageWidget(QWidget):
    """A page with sensible answers: set `key`, `title` and, for sub-pages, `place`.

    `place` is the sidebar entry lit while the page is shown. Emit `navigate(key, argument)` to go
    elsewhere, `heading_changed` when the breadcrumb or what is selected and `inspector_changed`
    when the inspector is another widget.
    """

    key = ""
    title = ""
    place = ""

    navigate = Signal(str, object)
    heading_changed = Signal()
    inspector_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = self.place or self.key
        self.setAccessibleName(tr(self.title))

    def chosen_text(self) -> str:
        """Return what is selected, for the status bar: nothing."""
        return ""

    def breadcrumb(self) -> list[str]:
        """Return the page's title alone."""
        return [tr(self.title)]

    def open(self, argument: object) -> None:
        """Do nothing: the page shows the same whatever it is opened with."""

    def refresh(self) -> None:
        """Do nothing: the page shows nothing of the book."""

    def inspector(self) -> QWidget | None:
        """Return None: the page has no inspector."""
        return None

    def reveal_inspector(self) -> None:
        """Show the page's inspector where the window keeps it closed."""
        inspector = self.inspector()
        toggle = getattr(self.window(), "toggle_inspector", None)
        if inspector is not None and not inspector.isVisible() and toggle is not None:
            toggle()

    def focus_find(self) -> None:
        """Move the keyboard to the first field of the page, when there is one."""
        field = self.findChild(QLineEdit)
        if field is not None:
            field.setFocus()
