"""What the panel beside the history tells of one change, and of taking it back."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from csplanner.book.book import Book
from csplanner.book.history_details import ChangeDetails, details
from csplanner.book.history_list import Preview, newer_count, preview
from csplanner.ui.actions import Actions

if TYPE_CHECKING:
    from csplanner.ui.history.page import HistoryPage

_ROWS_PAGE = 20


class _Ahead(NamedTuple):
    preview: Preview
    newer: int
    barred: str


class Explained:
    """Asks for the change that is current in a page, and shows it in the page's panel."""

    def __init__(self, page: "HistoryPage", actions: Actions) -> None:
        self._page = page
        self._actions = actions
        self._shown: tuple[int, ...] = ()
        self._details: ChangeDetails | None = None

    def forget(self) -> None:
        """The book changed: what is shown next is asked for again."""
        self._shown = ()

    def show(self, number: int) -> None:
        """Show a change beside the list, unless it stands there already."""
        if self._shown == (number,):
            return
        self._shown = (number,)
        self._details = None
        if not number:
            self._page.panel.show_nothing(self._page.tr("Choose a change to see what it did."))
            return
        self._page.ask_book(
            self._work(number, 0),
            self._show_change,
            failed=lambda error: self._page.panel.show_nothing(str(error)),
            about="details",
        )
        self._page.ask_book(partial(_look_ahead, number=number), self._show_ahead, about="ahead")

    def _show_change(self, found: ChangeDetails) -> None:
        self._details = found
        entry = self._page.current_entry()
        only = entry.account_ids[0] if entry and len(entry.account_ids) == 1 else ""
        part = self._page.name_of(self._page.tools.account_id or "")
        self._page.panel.show_change(
            found, account_id=only if self._page.name_of(only) else "", part=part
        )

    def _show_ahead(self, ahead: _Ahead) -> None:
        why = ""
        if not self._actions.can_write:
            why = self._page.tr("This book is open read-only, so nothing can be taken back.")
        self._page.panel.show_ahead(
            ahead.preview, newer=ahead.newer, barred=ahead.barred, read_only=why
        )

    def show_more(self) -> None:
        """Show the next rows of the change."""
        known = self._details
        if known is None:
            return
        at, number = known.offset + len(known.rows), known.change.id

        def show(found: ChangeDetails) -> None:
            if self._shown == (number,):
                self._details = found
                self._page.panel.add_rows(found)

        self._page.ask_book(self._work(number, at), show, about="details")

    def _work(self, number: int, offset: int) -> Callable[[Book], ChangeDetails]:
        """What asks for a page of a change, of its part in the account the list is of."""
        account = self._page.tools.account_id
        return lambda book: details(book.connection, number, _ROWS_PAGE, offset, account_id=account)


def _look_ahead(book: Book, *, number: int) -> _Ahead:
    return _Ahead(preview(book.connection, number), *newer_count(book.connection, number))
