"""What the page shown can do when a command of the window asks for it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from csplanner.language import tr
from csplanner.ui.main_window import MainWindow

if TYPE_CHECKING:
    from csplanner.ui.book_window import BookWindow


class ShownPage:
    """Passes commands on to the page a window shows; what it cannot do is not offered."""

    def __init__(self, window: "BookWindow") -> None:
        self._window = window

    @property
    def account(self) -> str | None:
        """The account the page is about, or None."""
        found = getattr(self._window.current_page(), "current_account", None)
        return found if isinstance(found, str) and found else None

    def verb(self, name: str) -> Callable[..., object] | None:
        """What the page does when asked for `name`, if it can."""
        page = self._window.current_page()
        found = getattr(getattr(page, "page", page), name, None)
        return found if callable(found) else None

    def can_step(self) -> bool:
        """Whether the page goes from one account to the next."""
        return self.verb("step") is not None

    def step(self, by: int) -> None:
        """Show the next (1) or previous (−1) account of the list."""
        step = self.verb("step")
        if step is not None:
            step(by)

    def can_put_away(self) -> bool:
        """Whether Today is shown with a row to put away."""
        entry = self.verb("current_entry")
        return entry is not None and entry() is not None

    def put_away(self, how: str) -> None:
        """Do what `done`, `snooze` or `dismiss` means to the current row of Today."""
        ask = self.verb("ask")
        if ask is not None and self.can_put_away():
            ask(how)

    def can_export(self) -> bool:
        """Whether the page can be exported, or is an account, which has a QBR."""
        return self.verb("export") is not None or self._is_account

    def export(self) -> None:
        """Export what the page shows; for an account, its QBR."""
        exporter = self.verb("export")
        if exporter is not None:
            exporter()
        elif self.account is not None and self._is_account and self._window.verbs is not None:
            self._window.verbs.export_qbr(self.account)

    def export_words(self) -> str:
        """What `export` would bring."""
        if self.verb("export") is None and self._is_account:
            return tr("Prepare the QBR of the account…")
        return tr("Export what is shown…")

    @property
    def _is_account(self) -> bool:
        page = self._window.current_page()
        return page is not None and page.key == "account" and self.account is not None


def page_widget(window: MainWindow, key: str) -> QWidget | None:
    """The page of that key itself, once it was shown."""
    page = window.page(key)
    found = getattr(page, "page", page)
    return found if isinstance(found, QWidget) else None


def shown_part(window: MainWindow) -> str:
    """The tab of the account page that is looked at; empty where another page is."""
    current = window.current_page()
    if current is None or current.key != "account":
        return ""
    return str(getattr(page_widget(window, "account"), "part", ""))
