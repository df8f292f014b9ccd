"""What one does with the views of the Book: save, arrange, share as text, put back as saved."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from csplanner.book.book import Book
from csplanner.domain.filters_view import ViewText, parse_view, view_text
from csplanner.language import tr
from csplanner.ui.actions.actions import Actions
from csplanner.ui.book.columns import COLUMNS, FROZEN, Layout
from csplanner.ui.book.form_opener import FormOpener
from csplanner.ui.book.views import NamedView, spec_of
from csplanner.ui.session import BookSession

if TYPE_CHECKING:
    from csplanner.ui.book.page import BookPage


class ViewVerbs(FormOpener):
    """The verbs about views of one Book page; `form` is the form that is open, if any."""

    def __init__(self, page: "BookPage", session: BookSession, actions: Actions) -> None:
        super().__init__(page, actions, page.table)
        self._page, self._session = page, session
        page.tabs.asked.connect(self.do)
        page.tabs.arranged.connect(self._arrange)
        page.tools.pasted.connect(self.show_text)
        page.tools.undo_asked.connect(self.undo_changes)

    def do(self, verb: str, key: str = "") -> None:
        """Do something with a view by its key, the one chosen without."""
        verbs: dict[str, Callable[[NamedView], object]] = {
            "rename": self._rename, "duplicate": self._duplicate, "remove": self._remove,
            "hide": self._hide, "left": lambda named: self._move(named, -1),
            "right": lambda named: self._move(named, 1), "copy": self._copy,
            "unhide": lambda _: self.show_hidden(),
        }  # fmt: skip
        verbs[verb](self._page.tabs.view_of(key) if key else self._page.tabs.named)

    # Text

    def copy_text(self) -> None:
        """Copy what is shown as text that can be sent to somebody."""
        self._copy_text(view_text(self._page.view, _columns(self._page.table.arrangement())))

    def paste_text(self) -> None:
        """Show the view whose text was copied; without one say what such a text looks like."""
        text = QGuiApplication.clipboard().text()
        if not text.strip():
            self._actions.refuse(tr("Copy the text of a view first, such as book: tier is high."))
            return
        try:
            self.show_text(parse_view(text, self._session.read.as_of()))
        except ValueError as error:
            self._actions.refuse(tr("What you copied is no view. {0}").format(error))

    def show_text(self, found: ViewText) -> None:
        """Show a view that was written as text."""
        try:
            layout = _layout(found.columns) if found.columns else None
        except ValueError as error:
            self._actions.refuse(str(error))
            return
        self._page.columns.take(layout)
        self._page.show_view(found.view)

    def take_text(self, found: ViewText) -> None:
        """Have a view that was written as text shown when the page is read next."""
        layout = _layout(found.columns) if found.columns else None
        self._page.take_view(found.view, layout)

    def _copy(self, named: NamedView) -> None:
        if named.key == self._page.tabs.named.key:
            self.copy_text()
        else:
            columns = _columns(named.layout) if named.layout is not None else ()
            self._copy_text(view_text(named.view, columns))

    def _copy_text(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self._actions.say(tr("Copied the view as text: paste it into a message"), undo=False)

    # Saved views

    def undo_changes(self) -> None:
        """Show the view chosen as it was saved."""
        named = self._page.tabs.named
        self._page.take_view(named.view, named.layout)
        self._page.refresh()
        self._page.table.setFocus()

    def show_hidden(self) -> None:
        """Show all views of the program again."""

        def work(book: Book) -> str:
            book.views.show_hidden()
            return tr("All views are shown, those with accounts in them as tabs")

        self._actions.write(work)

    def _rename(self, named: NamedView) -> None:
        from csplanner.ui.book.view_form import RenameForm

        parent = self._page.window()
        self._open(RenameForm(self._session, parent, view_id=named.key, name=named.title))

    def _duplicate(self, named: NamedView) -> None:
        from csplanner.ui.book.view_form import ViewForm

        name = tr("{0}, copy").format(named.shown_title)
        spec = spec_of(named.view, named.layout or Layout())
        self._open(ViewForm(self._session, self._page.window(), name=name, spec=spec))

    def _remove(self, named: NamedView) -> None:
        def work(book: Book) -> str:
            book.views.remove(named.key)
            return tr("The view {0} is removed").format(named.title)

        self._actions.write(work)

    def _hide(self, named: NamedView) -> None:
        def work(book: Book) -> str:
            book.views.hide(named.key, named.title)
            return tr("The view {0} is hidden").format(named.shown_title)

        self._actions.write(work)

    def _move(self, named: NamedView, by: int) -> None:
        order = self._page.tabs.saved_order()
        if named.key not in order:
            return
        place = order.index(named.key)
        other = place + by
        if 0 <= other < len(order):
            order[place], order[other] = order[other], order[place]
            self._arrange(order)

    def _arrange(self, order: Sequence[str]) -> None:
        def work(book: Book) -> str:
            book.views.arrange(order)
            return tr("The views stand in another order")

        self._actions.write(work)


def _columns(layout: Layout) -> tuple[str, ...]:
    """The columns a layout shows, in order; none where they stand as they come."""
    shown = tuple(k for k in layout.order[FROZEN - 1 :] if k not in layout.hidden)
    plain = Layout()
    usual = tuple(k for k in plain.order[FROZEN - 1 :] if k not in plain.hidden)
    return () if shown == usual else shown


def _layout(names: Sequence[str]) -> Layout:
    """Columns by key or title, as a layout; ValueError for one that is not known."""
    known = {c.title.casefold(): c.key for c in COLUMNS} | {c.key: c.key for c in COLUMNS}
    keys = []
    for name in names:
        if name.casefold() not in known:
            raise ValueError(tr("The Book has no column “{0}”.").format(name))
        keys.append(known[name.casefold()])
    fixed = [column.key for column in COLUMNS[:FROZEN]]
    order = [*fixed, *(k for k in keys if k not in fixed)]
    rest = [c.key for c in COLUMNS if c.key not in order]
    return replace(Layout(), order=(*order, *rest), hidden=frozenset(rest))
